"""How many single-digit errors the engine finds in true documents, and whether its repairs are right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from ticktie.check import engine, rule
from ticktie.model.facts import Fact, FactSet
from ticktie.model.findings import Finding, Severity

from .seed_facts import seed_facts
from .shared import shared_folder

BOOK = rule.load()
#: Every so many of all single-digit errors are tried here; the exam tries all of them.
STEP = 41


def misread(facts: FactSet) -> Iterator[tuple[Fact, Decimal]]:
    """Every figure of the tables with every one of its digits replaced by every other digit."""
    for fact in facts.facts:
        if fact.kind != "narrative" and fact.value is not None:
            digits = str(int(abs(fact.value).scaleb(fact.decimals or 0)))
            for at in range(len(digits)):
                for digit in set("0123456789") - {digits[at]} - ({"0"} if at == 0 and len(digits) > 1 else set()):
                    wrong = Decimal(digits[:at] + digit + digits[at + 1 :]).scaleb(-(fact.decimals or 0))
                    yield fact, wrong.copy_sign(fact.value)


def found_in(facts: FactSet, wrong: Fact) -> list[Finding]:
    """The findings of the document with one figure replaced, but for those it has anyway."""
    changed = replace(facts, facts=tuple(wrong if one.id == wrong.id else one for one in facts.facts))
    known = {one.fingerprint for one in engine.check(facts, BOOK).findings}
    return [one for one in engine.check(changed, BOOK).findings if one.fingerprint not in known]


def sample(seed: str, *, tables_only: bool) -> list[tuple[Fact, list[Finding]]]:
    facts = seed_facts(shared_folder(), seed)
    if tables_only:
        facts = replace(facts, facts=tuple(one for one in facts.facts if one.kind == "table"), shares=())
    errors = sorted(misread(facts), key=lambda error: (error[0].id, error[1]))[::STEP]
    return [(fact, found_in(facts, replace(fact, value=value, printed=None))) for fact, value in errors]


def test_most_single_digit_errors_are_found_and_every_sure_repair_is_right() -> None:
    """About nine in ten as errors, nineteen in twenty with notes; a single repair always edits the wrong figure."""
    tried = [one for seed in ("000", "002", "004") for one in sample(seed, tables_only=True)]
    loud = sum(any(finding.severity == Severity.ERROR for finding in found) for _, found in tried)
    seen = sum(bool(found) for _, found in tried)
    assert loud >= 0.86 * len(tried) and seen >= 0.94 * len(tried)
    sure = [(fact, found[0].repairs[0]) for fact, found in tried if found and len(found[0].repairs) == 1]
    assert len(sure) >= 0.45 * len(tried)
    assert all({edit.fact for edit in repair.edits} == {fact.id} for fact, repair in sure)


def test_wrong_figure_is_among_the_suspects_beside_another_error() -> None:
    """A document with a wrong claim of its own keeps each wrong figure among the suspects."""
    tried = sample("004", tables_only=False)
    suspects = [
        (fact, {one.culprit for one in found} | {key for one in found for key in one.candidates})
        for fact, found in tried
        if found
    ]
    assert sum(fact.id in named for fact, named in suspects) >= 0.97 * len(suspects)

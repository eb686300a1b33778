"""Checking again after one figure changed: only the rules that can see the change are tried again."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from ticktie.check.bench import build_bench
from ticktie.check.book import Rule, RuleBook
from ticktie.check.diagnose import diagnose
from ticktie.check.engine import numbered
from ticktie.check.findings import finding
from ticktie.check.index import Index, build, local
from ticktie.check.kinds import KINDS
from ticktie.check.structure import INCOME, reached
from ticktie.check.trial import Trial
from ticktie.model.facts import Fact, FactSet
from ticktie.model.findings import Finding

#: Kinds of rules about the additive structure of one statement.
BY_STATEMENT = frozenset({"implied-sum", "foot-exact"})


class Baseline(Struct, frozen=True):
    """A fact set as it is: the trials of every rule, and the concepts that a rule depends on (None: on any)."""

    facts: FactSet
    book: RuleBook
    trials: dict[str, tuple[Trial, ...]]
    depends: dict[str, frozenset[str] | None]


def baseline(facts: FactSet, book: RuleBook) -> Baseline:
    """Every rule of ``book`` tried on ``facts``."""
    index = build(facts)
    return Baseline(facts, book, {rule.id: _tried(rule, book, index) for rule in book.rules}, _dependence(book))


def recheck(base: Baseline, wrong: Iterable[Fact]) -> list[Finding]:
    """The findings about broken checks where ``wrong`` facts stand in place of those with the same ids (same concepts
    and settings; values and decimals may differ): what checking everything again would say."""
    changed = {fact.id: fact for fact in wrong}
    facts = tuple(changed.get(fact.id, fact) for fact in base.facts.facts)
    index = build(replace(base.facts, facts=facts))
    concepts = {local(fact.concept) for fact in changed.values()}
    near = _near(base, changed, concepts, facts)
    trials = (trial for rule in base.book.rules for trial in _again(rule, base, index, concepts, near))
    judged = tuple(numbered(trials, index))
    if not any(one.trial.outcome == "broken" for one in judged):
        return []
    bench = build_bench(judged, index, base.book)
    return [finding(diagnosis, bench) for diagnosis in diagnose(bench)]


class Near(Struct, frozen=True):
    """The statements in which figures changed, and an index of what their additive structure depends on."""

    statements: frozenset[str | None]
    index: Index


def _near(base: Baseline, changed: dict[str, Fact], concepts: set[str], facts: tuple[Fact, ...]) -> Near | None:
    """Where additive structure must be sought again; None where it must be everywhere: printed sums know no statement,
    and net income opens another one."""
    if base.facts.sums or concepts.intersection(INCOME):
        return None
    statements = reached(fact.statement for fact in changed.values())
    seen = statements | {"income-statement"} if "cash-flow" in statements else statements
    part = (fact for fact in facts if fact.statement in seen or local(fact.concept) in INCOME)
    return Near(statements, build(FactSet(tuple(part))))


def _again(rule: Rule, base: Baseline, index: Index, changed: set[str], near: Near | None) -> tuple[Trial, ...]:
    depends = base.depends[rule.id]
    if depends is not None and depends.isdisjoint(changed):
        return base.trials[rule.id]
    if rule.kind not in BY_STATEMENT or near is None:
        return _tried(rule, base.book, index)

    def is_near(trial: Trial) -> bool:
        return index.fact(trial.total).statement in near.statements

    kept = (trial for trial in base.trials[rule.id] if not is_near(trial))
    return (*kept, *filter(is_near, _tried(rule, base.book, near.index)))


def _tried(rule: Rule, book: RuleBook, index: Index) -> tuple[Trial, ...]:
    return tuple(KINDS[rule.kind].trials(rule, book, index))


def _dependence(book: RuleBook) -> dict[str, frozenset[str] | None]:
    """The concepts that the trials of each rule depend on: a formula on those that it names."""
    return {
        rule.id: None
        if rule.holds is None
        else frozenset((*(reference.concept for reference in rule.holds.references), *rule.words("unless")))
        for rule in book.rules
    }

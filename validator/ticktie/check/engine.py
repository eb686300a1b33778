"""Facts and rules in, checks and findings and states out: every rule is tried, what broke is diagnosed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ticktie.check.bench import Judged, build_bench
from ticktie.check.book import RuleBook
from ticktie.check.diagnose import diagnose
from ticktie.check.feasibility import conflicts
from ticktie.check.findings import finding, observed
from ticktie.check.index import Index, build, place
from ticktie.check.kinds import KINDS
from ticktie.check.states import states
from ticktie.check.trial import Trial
from ticktie.model.facts import FactSet
from ticktie.model.findings import Check, Finding, Verdict
from ticktie.model.memory import uncollected


def check(facts: FactSet, book: RuleBook) -> Verdict:
    """Every check that the rules of ``book`` make of ``facts``, one finding for each connected group of broken ones,
    and the state of every fact. The verdict does not depend on the order of facts or rules."""
    with uncollected():
        index = build(facts)
        judged = tuple(numbered(trials(index, book), index))
        findings = (*_diagnosed(judged, index, book), *observed(facts, book))
        ordered = tuple(sorted(findings, key=_worst_first))
        return Verdict(tuple([one.check for one in judged]), ordered, states(facts, judged, ordered))


def trials(index: Index, book: RuleBook) -> list[Trial]:
    """Every rule tried wherever it applies; then, where that is asked for, whether all that holds holds together."""
    every: list[Trial] = []
    for rule in book.rules:
        every += KINDS[rule.kind].trials(rule, book, index)
    if "feasibility" in book.options:
        for rule in book.of_kind("joint"):
            every += conflicts(rule.id, every, index)
    return every


def numbered(every: Iterable[Trial], index: Index) -> Iterator[Judged]:
    """The trials as checks; ids are the rule's id and a number in the order of the places."""
    by_id = index.facts.by_id
    by_rule: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in every:
        by_rule[trial.rule].append(trial)
    for rule, trials in sorted(by_rule.items()):
        trials.sort(key=lambda trial: (place(by_id[trial.total]), trial.source, trial.items))
        for number, trial in enumerate(trials, 1):
            yield Judged(Check(f"{rule}-{number}", *trial[:8]), trial)


def _diagnosed(judged: tuple[Judged, ...], index: Index, book: RuleBook) -> list[Finding]:
    """The findings of what broke; nothing of the machinery of diagnosis runs where nothing did."""
    if not any(one.trial.outcome == "broken" for one in judged):
        return []
    bench = build_bench(judged, index, book)
    return [finding(diagnosis, bench) for diagnosis in diagnose(bench)]


def _worst_first(found: Finding) -> tuple[object, ...]:
    first = found.locations[0]
    spot = (first.document, first.line or 0, first.column or 0, first.pointer or "")
    return (-found.severity, *spot, found.rule, found.fingerprint)

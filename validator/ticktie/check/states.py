"""The state of every figure: which ones an equality against other stated figures ticks, which ones are broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ticktie.check.bench import Judged
from ticktie.model.facts import Fact, FactSet
from ticktie.model.findings import Finding, Outcome, Severity, State


def states(facts: FactSet, judged: Iterable[Judged], findings: Iterable[Finding]) -> dict[str, State]:
    """A state for every fact: broken beats tied, tied beats rounding, all beat unverified."""
    found: dict[str, State] = dict.fromkeys(facts.by_id, "unverified")
    doubtful = {fact.id for fact in facts.facts if fact.restored_by or fact.kind == "narrative"}
    circular = _circular_sums(facts) if doubtful else {}
    by_outcome: dict[Outcome, list[str]] = {"rounding": [], "tied": []}
    for one in judged:
        trial = one.trial
        into = by_outcome.get(trial.outcome)
        if into is None or trial.ticks == "none":
            continue
        ticked = [trial.total]
        if trial.ticks == "all":
            ticked += [fact for fact, _ in trial.items]
        into += ticked if doubtful.isdisjoint(ticked) else _ticked(one, ticked, facts, circular)
    for fact in by_outcome["rounding"]:
        found[fact] = "rounding"
    for fact in by_outcome["tied"]:
        found[fact] = "tied"
    found.update((fact, "broken") for finding in findings for fact in _suspects(finding))
    return found


def _suspects(finding: Finding) -> tuple[str, ...]:
    if finding.severity < Severity.WARNING:
        return ()
    return finding.candidates if finding.culprit is None else (finding.culprit,)


def _circular_sums(facts: FactSet) -> dict[str, set[frozenset[str]]]:
    """For each figure that sums restored: the figures of those sums, since another rule may say the same again."""
    members = {one.id: frozenset((one.total, *(fact for fact, _ in one.items))) for one in facts.sums}
    return {
        fact.id: {members[source] for source in fact.restored_by if source in members}
        for fact in facts.facts
        if fact.restored_by
    }


def _ticked(
    judged: Judged, members: Iterable[str], facts: FactSet, circular: dict[str, set[frozenset[str]]]
) -> Iterator[str]:
    """The figures that a check which holds gives their tick: never a claim as an operand, never a figure that was
    restored by this very check or by a claim in it."""
    for identifier in members:
        fact = facts.by_id[identifier]
        if fact.kind == "narrative" and identifier != judged.trial.total:
            continue
        if fact.restored_by and _is_circular(fact, judged, circular):
            continue
        yield identifier


def _is_circular(fact: Fact, judged: Judged, circular: dict[str, set[frozenset[str]]]) -> bool:
    trial = judged.trial
    if trial.source in fact.restored_by or fact.restored_by.intersection(trial.members):
        return True
    return frozenset(trial.members) in circular.get(fact.id, ())

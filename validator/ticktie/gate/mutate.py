"""Mutation testing for numbers: errors made on purpose, one at a time, and what the checks say of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import ceil

from msgspec import Struct
from msgspec.structs import fields

from ticktie.check.book import RuleBook
from ticktie.check.printing import printed, reprinted
from ticktie.gate.errors import Injection
from ticktie.gate.recheck import Baseline, baseline, recheck
from ticktie.model.facts import FactSet
from ticktie.model.findings import Edit, Finding, Severity

#: Fewer errors than this are not worth a second process.
WORTH_A_PROCESS = 100


class Outcome(Struct, frozen=True):
    """What the checks say of one injected error.

    ``found``: a new finding of severity error; ``noted``: any new finding; ``pinned``: the first new error names the
    wrong figure as its culprit or first candidate; ``repaired``: it has one repair only; ``right``: which restores what
    stood there; ``ticked``: the figure took part in a check that held before.
    """

    found: bool
    noted: bool
    pinned: bool
    repaired: bool
    right: bool
    ticked: bool


class Tally(Struct, frozen=True):
    """Outcomes counted."""

    injected: int = 0
    found: int = 0
    noted: int = 0
    pinned: int = 0
    repaired: int = 0
    right: int = 0
    ticked: int = 0
    ticked_found: int = 0


def mutate(facts: FactSet, book: RuleBook, injected: Sequence[Injection], processes: int = 1) -> list[Outcome]:
    """The outcome of each of ``injected``, in their order; the same for any number of ``processes``."""
    processes = min(processes, max(1, len(injected) // WORTH_A_PROCESS))
    if processes == 1:
        return _outcomes(facts, book, injected)
    size = ceil(len(injected) / (4 * processes))
    parts = [injected[at : at + size] for at in range(0, len(injected), size)]
    with ProcessPoolExecutor(processes) as pool:
        return [outcome for part in pool.map(partial(_outcomes, facts, book), parts) for outcome in part]


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """``outcomes`` counted."""
    found = list(outcomes)
    counts = {one.name: sum(getattr(outcome, one.name) for outcome in found) for one in fields(Outcome)}
    both = sum(outcome.ticked and outcome.found for outcome in found)
    return Tally(injected=len(found), ticked_found=both, **counts)


def _outcomes(facts: FactSet, book: RuleBook, injected: Sequence[Injection]) -> list[Outcome]:
    judge = judging(facts, book)
    return [judge(one) for one in injected]


def judging(facts: FactSet, book: RuleBook) -> Callable[[Injection], Outcome]:
    """A function that says the outcome of one error in ``facts``."""
    base = baseline(facts, book)
    return partial(outcome, base, Known.of(recheck(base, ())), frozenset(_ticked(base)))


class Known(Struct, frozen=True):
    """What the checks say of the facts as they are: findings, and the edits that would repair them."""

    findings: frozenset[object]
    edits: frozenset[Edit]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Known:
        found = list(findings)
        edits = (edit for finding in found for repair in finding.repairs for edit in repair.edits)
        return cls(frozenset(map(_key, found)), frozenset(edits))

    def covers(self, finding: Finding) -> bool:
        """Whether ``finding`` says nothing new: it stood there before, or its one repair is one that did."""
        edits = [edit for repair in finding.repairs for edit in repair.edits]
        return _key(finding) in self.findings or (len(finding.repairs) == 1 and self.edits.issuperset(edits))


def outcome(base: Baseline, known: Known, ticked: frozenset[str], injection: Injection) -> Outcome:
    """What the checks say of ``injection`` that they did not say before."""
    new = [finding for finding in recheck(base, injection.wrong) if not known.covers(finding)]
    errors = [finding for finding in new if finding.severity == Severity.ERROR]
    wrong = {fact.id for fact in injection.wrong}
    repairs = [repair for finding in errors for repair in finding.repairs]
    repaired = len(repairs) == 1
    return Outcome(
        found=bool(errors),
        noted=bool(new),
        pinned=bool(errors) and suspect(errors[0]) in wrong,
        repaired=repaired,
        right=repaired and set(repairs[0].edits) - known.edits == set(_restoring(base, injection)),
        ticked=bool(wrong & ticked),
    )


def suspect(finding: Finding) -> str | None:
    """The figure that a finding names first."""
    return finding.culprit or next(iter(finding.candidates), None)


def _key(finding: Finding) -> object:
    """What makes a finding the same before and after a change."""
    return (finding.rule, finding.severity, finding.facts, finding.residual)


def _restoring(base: Baseline, injection: Injection) -> Iterator[Edit]:
    """The edits that undo ``injection``."""
    for wrong in injection.wrong:
        value = base.facts.by_id[wrong.id].value
        if value is not None:
            yield Edit(wrong.id, printed(wrong), reprinted(wrong, value))


def _ticked(base: Baseline) -> Iterator[str]:
    """The figures that an equality with other figures which holds touches."""
    for trials in base.trials.values():
        for trial in trials:
            if trial.passed and trial.ticks != "none":
                yield from (trial.total,) if trial.ticks == "total" else trial.members

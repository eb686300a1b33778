"""The rules engine on facts that somebody supplies: what it finds, pins and repairs, and when it must keep silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from os import cpu_count
from pathlib import Path
from random import Random
from time import perf_counter

from msgspec.structs import replace

from tests.exam.board import Figure
from tests.exam.classic import classic_filings
from tests.exam.filings import KINDS, Filing, filings, injected
from tests.unit.seed_facts import seed_facts
from ticktie.check.book import RuleBook
from ticktie.check.engine import check
from ticktie.gate.errors import Injection, injections
from ticktie.gate.mutate import Outcome, Tally, mutate, tally
from ticktie.model.facts import FactSet
from ticktie.model.findings import Severity, Verdict
from ticktie.pipeline import rule_book

SEEDS = ("000", "002", "004")
#: Errors of filers, read in their filings: first digits of the file's hash, rule, and how often.
#: c9f0db32: weighted shares of three years are printed in millions (727.9, 736.5, 746.3) and tagged without that scale.
#: e761bbde: weighted shares of three years are in thousands (46,628, 46,633, 46,598) and tagged without that scale.
GENUINE = Counter({("c9f0db32", "SCALE001"): 3, ("e761bbde", "SCALE001"): 3})
#: Of the errors in filings one in so many is tried; tests.tools.inject_all tries all of them.
STEP = 15
CORES = min(4, cpu_count() or 1)


def measure(shared: Path) -> Iterator[Figure]:
    """Every figure of the acceptance list that supplied facts decide."""
    yield from _seeds(shared)
    book = rule_book()
    for name, found in (("filings", list(filings(shared))), ("held out", list(classic_filings(shared)))):
        yield from _as_they_are(name, found, book)
        yield from _with_errors(name, shared, found, book)


def _seeds(shared: Path) -> Iterator[Figure]:
    """Every single-digit error in every table figure of the seeds, the truth's claims beside them."""
    start = perf_counter()
    outcomes: list[Outcome] = []
    for seed in SEEDS:
        facts = _supplied(seed_facts(shared, seed))
        wrong = list(injections([fact for fact in facts.facts if fact.kind != "narrative"], ("digit",)))
        outcomes += mutate(facts, rule_book(), wrong, CORES)
    counts, seconds = tally(outcomes), perf_counter() - start
    yield _share("seeds: digit errors found as errors", counts.found, counts.injected, 0.90)
    yield _share("seeds: digit errors found, notes counted", counts.noted, counts.injected, 0.96)
    yield _share("seeds: digit errors with a unique repair", counts.repaired, counts.injected, 0.60)
    yield _share("seeds: unique repairs that are right", counts.right, counts.repaired, 1)
    print(f"   seeds: {counts}")
    yield Figure("engine", "seeds: every digit error tried in", seconds, "<=", 120, "s", steady=False)


def _supplied(facts: FactSet) -> FactSet:
    """The truth as a supplier sends it: table figures without a table, and no sums but those of the text."""
    sent = (
        fact if fact.kind == "narrative" else replace(fact, origin="supplied", kind=None, label=None, printed=None)
        for fact in facts.facts
    )
    return FactSet(tuple(sent))


def _as_they_are(name: str, found: list[Filing], book: RuleBook) -> Iterator[Figure]:
    """False alarms and coverage of the face statements."""
    verdicts = {filing.key: check(filing.facts, book) for filing in found}
    alarms = sum((_alarms(key, verdict) for key, verdict in verdicts.items()), Counter[tuple[str, str]]()) - GENUINE
    for (key, rule), times in sorted(alarms.items()):
        print(f"   false alarm: {rule} in {key}, {times} times")
    states = [state for verdict in verdicts.values() for state in verdict.states.values()]
    warnings, notes = (_total(verdicts.values(), severity) for severity in (Severity.WARNING, Severity.NOTE))
    yield Figure("engine", f"{name}: false errors", alarms.total(), "<=", 0)
    yield Figure("engine", f"{name}: false warnings a filing", warnings / len(found), "<=", 0.2)
    print(f"   {name}: {notes} notes in {len(found)} filings")
    yield _share(f"{name}: tick coverage", sum(state != "unverified" for state in states), len(states), 0.85)


def _alarms(key: str, verdict: Verdict) -> Counter[tuple[str, str]]:
    return Counter((key, finding.rule) for finding in verdict.findings if finding.severity == Severity.ERROR)


def _total(verdicts: Iterable[Verdict], severity: Severity) -> int:
    return sum(finding.severity == severity for verdict in verdicts for finding in verdict.findings)


def _with_errors(name: str, shared: Path, found: list[Filing], book: RuleBook) -> Iterator[Figure]:
    """Six kinds of errors in face facts, one in so many of all that there are."""
    by_kind: defaultdict[str, list[Outcome]] = defaultdict(list)
    start = perf_counter()
    for filing in found:
        wrong = _sample(injected(shared, filing), filing.key)
        for injection, outcome in zip(wrong, mutate(filing.facts, book, wrong, CORES), strict=True):
            by_kind[injection.kind].append(outcome)
    whole = tally(outcome for kind in KINDS for outcome in by_kind[kind])
    yield from _rates(f"{name}, injected", whole)
    yield _share(f"{name}, injected: unique repairs that are right", whole.right, whole.repaired, 0.98)
    for kind in KINDS:
        print(f"   {name}, {kind}: {tally(by_kind[kind])}")
    yield Figure("engine", f"{name}: errors tried in", perf_counter() - start, "<=", 120, "s", steady=False)


def _sample(wrong: list[Injection], seed: str) -> list[Injection]:
    """One in so many of ``wrong``, drawn by ``seed``, in their order."""
    return [wrong[at] for at in sorted(Random(seed).sample(range(len(wrong)), len(wrong) // STEP))]


def _rates(name: str, counts: Tally) -> Iterator[Figure]:
    print(f"   {name}: {counts}")
    yield _share(f"{name}: found", counts.found, counts.injected, 0.88)
    yield _share(f"{name}: found of those touched", counts.ticked_found, counts.ticked, 0.95)
    yield _share(f"{name}: pinned of those found", counts.pinned, counts.found, 0.85)


def _share(name: str, part: int, whole: int, target: float) -> Figure:
    return Figure("engine", name, round(part / whole, 4) if whole else None, ">=", target)

"""Grounding: facts spoiled on purpose, held against the documents they come from; found and rightly named per kind."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from tests.exam.board import Figure
from tests.exam.filings import filings
from tests.unit.seed_facts import seed_facts
from ticktie.gate.errors import injections
from ticktie.gate.ground import ground
from ticktie.model.facts import Fact, FactSet, Observation, Period
from ticktie.pipeline import extract_document

#: How a spoiled fact must be called; values may be wrong in many ways.
NAMES = {
    "value": {"ground-value", "ground-invented", "ground-sign", "ground-scale"},
    "digit": {"ground-value", "ground-invented"},
    "sign": {"ground-sign"},
    "scale": {"ground-scale"},
    "swap": {"ground-value", "ground-period"},
    "invented": {"ground-invented"},
    "missing": {"ground-missing", "ground-row-missing"},
    "period": {"ground-period"},
    "concept": {"ground-concept"},
}
#: What rules report as warnings only.
WARNINGS = ("ground-row-missing", "ground-place")
KINDS = ("digit", "sign", "scale", "swap", "invented", "missing", "period", "concept")
ROUNDS = 20


@dataclass
class Tally:
    """Spoiled facts, found and rightly named, by kind; findings about facts that were not spoiled."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    false: list[Observation] = field(default_factory=list)
    missed: list[tuple[str, Fact]] = field(default_factory=list)


def measure(shared: Path) -> Iterator[Figure]:
    """Seeds: one fact in ten spoiled, each kind in turn."""
    tally = Tally()
    for seed in ("000", "002", "004"):
        (path,) = (shared / "seeds").glob(f"{seed}*.txt")
        extraction = extract_document(path)
        truth = as_supplied(seed_facts(shared, seed).facts)
        spoil_all(truth, extraction.facts, extraction.document.text, tally)
    yield from figures("seeds", tally)
    tally = Tally()
    with TemporaryDirectory() as folder:
        for filing in filings(shared):
            path = stripped(shared, filing.name, Path(folder))
            extraction = extract_document(path)
            given = as_supplied(filing.facts.facts, kinds=(None,))
            spoil_all(given, extraction.facts, extraction.document.text, tally, rounds=2)
    yield from figures("filings", tally)


def stripped(shared: Path, name: str, folder: Path) -> Path:
    """The filing without its tags."""
    (source,) = (shared / "corpus/ixbrl" / name).glob("*.htm")
    target = folder / f"{name}.htm"
    program = str(shared / "score/ixbrl_truth.py")
    subprocess.run([sys.executable, program, "--strip", str(source), str(target)], check=True)
    return target


def figures(name: str, tally: Tally) -> Iterator[Figure]:
    """The board's rows of a tally."""
    for kind in KINDS:
        target = 0.95 if kind in ("digit", "sign", "scale", "swap") else 0.9
        made = max(tally.made[kind], 1)
        yield Figure("grounding", f"{name}: {kind} found", tally.found[kind] / made, ">=", target)
        yield Figure("grounding", f"{name}: {kind} rightly named", tally.named[kind] / made, ">=", target)
    errors = {one.message for one in tally.false if one.kind not in WARNINGS}
    yield Figure("grounding", f"{name}: errors about unspoiled facts", len(errors), "<=", 0)


def as_supplied(facts: Sequence[Fact], kinds: Sequence[str | None] = ("table",)) -> list[Fact]:
    """The table facts as an extraction pipeline hands them over: no places, no print."""
    return [
        replace(fact, id=f"x{number}", origin="supplied", kind=None, printed=None, location=None)
        for number, fact in enumerate(facts)
        if fact.kind in kinds and fact.value is not None
    ]


def spoil_all(truth: list[Fact], read: FactSet, text: str, tally: Tally, rounds: int = ROUNDS) -> None:
    """Every kind of error, in rounds of one fact in ten."""
    for kind in (None, *KINDS):
        for number in range(rounds if kind else 1):
            facts, wrong = spoiled(truth, kind, Random(f"{kind} {number}")) if kind else (truth, {})
            count(kind, wrong, ground(FactSet(tuple(facts)), read, text).observations, tally)


def count(kind: str | None, wrong: dict[str, Fact], seen: Sequence[Observation], tally: Tally) -> None:
    """Add what was found in one round."""
    about = {name: one for one in seen for name in _left_out(one, wrong)}
    about |= {name: one for one in seen for name in one.facts}
    for name, fact in wrong.items():
        assert kind is not None
        tally.made[kind] += 1
        tally.found[kind] += name in about
        tally.named[kind] += name in about and about[name].kind in NAMES[kind]
        if name not in about or about[name].kind not in NAMES[kind]:
            tally.missed.append((f"{kind}: {about[name].message if name in about else 'nothing'}", fact))
    tally.false += [one for one in seen if not {*one.facts, *_left_out(one, wrong)} & set(wrong)]


def _left_out(seen: Observation, wrong: dict[str, Fact]) -> list[str]:
    """The spoiled facts whose true figure a finding calls uncovered."""
    if seen.kind not in NAMES["missing"]:
        return []
    return [name for name, fact in wrong.items() if seen.expected == fact.value]


def spoiled(truth: list[Fact], kind: str, rng: Random) -> tuple[list[Fact], dict[str, Fact]]:
    """``truth`` with one fact in ten spoiled, and the true facts by the ids of the spoiled ones."""
    chosen = rng.sample(range(len(truth)), max(1, len(truth) // 10))
    facts: list[Fact | None] = list(truth)
    wrong: dict[str, Fact] = {}
    for at in chosen:
        new = _SPOIL[kind](truth[at], truth, rng)
        if new is not truth[at]:
            facts[at] = new
            wrong[truth[at].id] = truth[at]
    return [fact for fact in facts if fact is not None], wrong


def _digit(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    made = list(injections([fact], ("digit", "transposition", "dropped-digit")))
    return rng.choice(made).wrong[0] if made else fact


def _sign(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    return replace(fact, value=-fact.number.value) if fact.value else fact


def _scale(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    power = rng.choice((3, -3))
    if not fact.value:
        return fact
    decimals = None if fact.decimals is None else fact.decimals - power
    return replace(fact, value=fact.value.scaleb(power), decimals=decimals)


def _swap(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    others = [one for one in truth if one.concept == fact.concept and one.period != fact.period]
    others = [one for one in others if one.value != fact.value and one.label == fact.label]
    return replace(fact, value=rng.choice(others).value) if others else fact


def _invented(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    value = Decimal(rng.randrange(10**5, 10**6)).scaleb(-(fact.decimals or 0))
    return replace(fact, concept="us-gaap:ImpairmentOfLongLivedAssetsHeldForUse", label=None, value=value)


def _missing(fact: Fact, truth: list[Fact], rng: Random) -> Fact | None:
    return None if fact.value and fact.statement in ("balance-sheet", "income-statement", "cash-flow") else fact


def _period(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    periods = {one.period for one in truth if one.period and _is_other(one.period, fact.period)}
    same = {one.value for one in truth if one.concept == fact.concept and one.period in periods}
    if not periods or fact.value in same or not fact.value:
        return fact
    return replace(fact, period=rng.choice(sorted(periods)))


def _is_other(one: Period, other: Period | None) -> bool:
    return other is not None and one != other and one.is_instant == other.is_instant


def _concept(fact: Fact, truth: list[Fact], rng: Random) -> Fact:
    others = {one.concept for one in truth if one.unit == fact.unit and one.concept != fact.concept}
    others = {one for one in others if one.startswith("us-gaap:")}
    if not others or not fact.value or not fact.concept.startswith("us-gaap:"):
        return fact
    return replace(fact, concept=rng.choice(sorted(others)), label=None)


_SPOIL: dict[str, Callable[[Fact, list[Fact], Random], Fact | None]] = {
    "digit": _digit, "sign": _sign, "scale": _scale, "swap": _swap,
    "invented": _invented, "missing": _missing, "period": _period, "concept": _concept,
}  # fmt: skip

"""Seconds of checking fact sets held in memory, beside a bare calculation check of the same facts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from gc import collect
from time import process_time

from msgspec.structs import replace

from ticktie.check.engine import check
from ticktie.model.facts import Fact, FactSet, Period, Sum
from ticktie.model.place import Location
from ticktie.pipeline import rule_book

ITEMS = 4
SIZES = (20_000, 50_000, 100_000, 200_000)
ROUNDS = 3


def facts_in_sums(sums: int) -> FactSet:
    """``sums`` printed sums of four items, five facts each, in thousands; every fifty sums are one table."""
    rng = random.Random(sums)
    facts: list[Fact] = []
    printed: list[Sum] = []
    for number in range(sums):
        values = [Decimal(rng.randrange(1, 10**6) * 1000) for _ in range(ITEMS)]
        column = [_fact(number, at, value) for at, value in enumerate([*values, sum(values, Decimal(0))])]
        items = tuple((fact.id, Decimal(1)) for fact in column[:ITEMS])
        printed.append(Sum(f"s{number}", column[ITEMS].id, items, table=f"t{number // 50}"))
        facts += column
    return FactSet(tuple(facts), tuple(printed))


def _fact(number: int, at: int, value: Decimal) -> Fact:
    where = Location("memory", line=number * (ITEMS + 1) + at + 1, column=1)
    return Fact(
        f"f{number}x{at}", f"ext:Item{at}", value, -3, "iso4217:USD", Period(date(2031, 12, 31)),
        entity=f"cik:{number:010}", kind="table", location=where,
    )  # fmt: skip


def bare(facts: FactSet) -> list[tuple[str, Decimal]]:
    """The alternative: forty lines that add up and compare; no rounding of its own, no states, no checks to report."""
    values: dict[str, Decimal] = {}
    decimals: dict[str, int | None] = {}
    for fact in facts.facts:
        if fact.value is not None:
            values[fact.id], decimals[fact.id] = fact.value, fact.decimals
    wrong = []
    for one in facts.sums:
        expected, allowed = Decimal(0), _half(decimals[one.total])
        for fact_id, weight in one.items:
            expected += values[fact_id] * weight
            allowed += _half(decimals[fact_id])
        residual = values[one.total] - expected
        if abs(residual) > allowed:
            wrong.append((one.id, residual))
    return wrong


def _half(decimals: int | None) -> Decimal:
    return Decimal(0) if decimals is None else Decimal(5).scaleb(-decimals - 1)


def with_one_error(facts: FactSet) -> FactSet:
    """The same facts, one of them with a digit misread."""
    first = facts.facts[0]
    wrong = replace(first, value=(first.value or Decimal(0)) + 300_000)
    return replace(facts, facts=(wrong, *facts.facts[1:]))


def seconds(work: Callable[[FactSet], object], facts: FactSet) -> float:
    """Processor seconds of the quickest of a few rounds."""
    laps = []
    for _ in range(ROUNDS):
        collect()
        start = process_time()
        work(facts)
        laps.append(process_time() - start)
    return min(laps)


def ticktie(facts: FactSet) -> object:
    """Every rule of the book on ``facts``."""
    return check(facts, rule_book())


def diagnosis() -> str:
    """A line about one broken figure in a statement of two hundred."""
    facts = facts_in_sums(40)
    return f"one broken figure of {len(facts.facts)}: {1000 * seconds(ticktie, with_one_error(facts)):.0f} ms"


def lines() -> Iterator[str]:
    """A line for each size: ticktie beside the alternative, on facts that tie and with one error."""
    yield diagnosis()
    for sums in SIZES:
        facts = facts_in_sums(sums)
        clean, broken = seconds(ticktie, facts), seconds(ticktie, with_one_error(facts))
        yield (
            f"in memory: {len(facts.facts):,} facts in {sums:,} sums {clean:.2f} s, with one error {broken:.2f} s; "
            f"forty lines without report {seconds(bare, facts):.2f} s"
        )

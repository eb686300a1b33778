"""Rows and columns of supplied facts: the line items of one statement by their places, a column for each period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from ticktie.check.index import local, place
from ticktie.check.tree import is_total
from ticktie.model.facts import Fact, Period
from ticktie.model.number import EXACT, scaled

MOST_COLUMNS = 12

Key = tuple[str, tuple[tuple[str, str], ...], str | None]


class Row(Struct, frozen=True):
    """One line item of a statement: its facts, and its values and the unit of their last stated digit (integers at
    one scale, 0 where exact) by column."""

    concept: str
    facts: dict[int, Fact]
    values: tuple[int, ...]
    units: tuple[int, ...]


class Identity(NamedTuple):
    """A total row with its items and their signs, the columns in which it holds, and the two columns that hold only
    together (their figures may be exchanged), if any."""

    total: Row
    items: tuple[tuple[Row, int], ...]
    columns: tuple[int, ...]
    merged: tuple[int, ...] = ()


def table_rows(facts: Sequence[Fact], joining: Sequence[Fact] = ()) -> tuple[list[Row], list[Row]]:
    """The rows of one statement in the order of their places, and those of ``joining`` figures in the same columns; a
    column is a period."""
    statements = Counter(fact.statement for fact in facts)
    own = max(statements, key=lambda statement: (statements[statement], statement or ""), default=None)
    grouped = _grouped(sorted(facts, key=lambda fact: (fact.statement == own, place(fact))))
    periods = list(dict.fromkeys(period for by_period in grouped.values() for period in by_period))[:MOST_COLUMNS]
    power = min((_last_digit(fact) for fact in (*facts, *joining)), default=0)
    main = _main_columns(grouped, periods)
    rows = [_row(key, _in_main(by_period, main), periods, power) for key, by_period in grouped.items()]
    return rows, [_row(key, by_period, periods, power) for key, by_period in _grouped(joining).items()]


def _grouped(facts: Sequence[Fact]) -> dict[Key, dict[Period, Fact]]:
    """The facts by row and period, in the order of the first figures of the rows."""
    grouped: defaultdict[Key, dict[Period, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.period is not None:
            grouped[(fact.concept, fact.dimensions, fact.unit)].setdefault(fact.period, fact)
    return grouped


def _main_columns(grouped: dict[Key, dict[Period, Fact]], periods: Sequence[Period]) -> dict[date, Period]:
    """The periods of the totals by their end, where one of several with that end has them."""
    totals = {period for key, by_period in grouped.items() if is_total(local(key[0])) for period in by_period}
    main: dict[date, Period] = {}
    for period in periods:
        if period in totals and not period.is_instant:
            main[period.end] = period if period.end not in main else Period(date.min)
    return {end: period for end, period in main.items() if period.start is not None}


def _in_main(by_period: dict[Period, Fact], main: dict[date, Period]) -> dict[Period, Fact]:
    """The figures of a row that stands beside the columns of the totals (a shorter period of the same end was given
    to it), in these columns."""
    periods = list(by_period)
    if any(period.is_instant or period.end not in main or period == main[period.end] for period in periods):
        return by_period
    return {main[period.end]: fact for period, fact in by_period.items()}


def _last_digit(fact: Fact) -> int:
    """The power of ten of the last digit that the value has or states."""
    stated = 0 if fact.decimals is None else -fact.decimals
    if not fact.value:
        return stated
    own = int(fact.number.value.normalize(EXACT).as_tuple().exponent)
    return own if fact.decimals is None else min(own, stated)


def _row(key: Key, by_period: dict[Period, Fact], periods: Sequence[Period], power: int) -> Row:
    facts = {at: by_period[period] for at, period in enumerate(periods) if period in by_period}
    values = tuple(int(scaled(facts[at].number.value, -power)) if at in facts else 0 for at in range(len(periods)))
    return Row(local(key[0]), facts, values, tuple(_unit(facts.get(at), power) for at in range(len(periods))))


def _unit(fact: Fact | None, power: int) -> int:
    return 0 if fact is None or fact.decimals is None else 10 ** max(-fact.decimals - power, 0)

"""Additive structure of supplied facts: rows that add up in the other columns must add up in this one.

Supplied facts carry no printed table, but their places keep its order. Rows are read from the top on a stack: where
the last rows, with some signs, make the next one in every column (or in every column but one), that one is their
total and takes their place. What holds elsewhere by the last digit is no coincidence; where it does not hold, a figure
is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ticktie.check.index import Index, local, place, setting_of
from ticktie.check.runs import Search
from ticktie.check.tree import is_aside, is_leaf, is_root, is_total, usual_sign
from ticktie.model.facts import Fact, Period, Sum
from ticktie.model.number import EXACT, scaled

#: Longer tables, and longer runs of items, are not searched.
MOST_ROWS, MOST_ITEMS, MOST_COLUMNS = 400, 40, 12
#: How many times more values than tries there must be before a run that holds is no coincidence.
CHANCE = 1000

#: What a cash flow statement opens with.
INCOME = ("ProfitLoss", "NetIncomeLoss")

Key = tuple[str, tuple[tuple[str, str], ...], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One line item of a statement: its facts and its values (integers at one scale) by column."""

    concept: str
    facts: dict[int, Fact]
    values: tuple[int, ...]


class Identity(NamedTuple):
    """A total row with its items and their signs, and the columns in which it holds."""

    total: Row
    items: tuple[tuple[Row, int], ...]
    columns: tuple[int, ...]


class Implied(NamedTuple):
    """One column of an identity, how many columns prove the identity, and what its rows state in other columns."""

    printed: Sum
    proofs: int
    others: dict[str, tuple[Decimal, ...]]


def implied_sums(index: Index) -> list[Implied]:
    """The sums that the order and the columns of supplied facts show, one for each column of each identity."""
    covered = {one.total for one in index.facts.sums}
    found: list[Implied] = []
    for (statement, _), facts in sorted(_tables(index).items(), key=lambda table: (table[0][0], table[0][1] or "")):
        facts = [*_carried(facts, index), *facts]
        found += (one for one in _table_sums(statement, facts) if one.printed.total not in covered)
    return found


def _carried(facts: list[Fact], index: Index) -> list[Fact]:
    """The net income that opens a cash flow statement where it was supplied with another statement only."""
    concepts = {local(fact.concept) for fact in facts}
    if "NetCashProvidedByUsedInOperatingActivities" not in concepts or concepts.intersection(INCOME):
        return []
    settings = dict.fromkeys(setting_of(fact) for fact in facts if not fact.dimensions)
    for concept in INCOME:
        found = [index.stated(concept, setting)[0] for setting in settings if index.stated(concept, setting)]
        if found:
            return found
    return []


def _tables(index: Index) -> dict[tuple[str, str | None], list[Fact]]:
    """The amounts of supplied facts, by statement and entity."""
    tables: defaultdict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for fact in index.facts.facts:
        if fact.origin == "supplied" and fact.value is not None and fact.period is not None:
            amount = (fact.unit or "").startswith("iso4217:") and "/" not in (fact.unit or "")
            if amount and not is_aside(local(fact.concept)):
                tables[(fact.statement or "", fact.entity)].append(fact)
    return dict(tables)


def _table_sums(statement: str, facts: list[Fact]) -> Iterator[Implied]:
    rows = table_rows(facts)
    if len(rows) > MOST_ROWS:
        return
    telling = (found for found in identities(rows) if len(found.columns) > 1 or len(found.items) > 1)
    for number, identity in enumerate(telling):
        for column, total in identity.total.facts.items():
            items = tuple((row.facts[column].id, Decimal(sign)) for row, sign in identity.items if column in row.facts)
            if items:
                printed = Sum(
                    f"implied:{total.id}", total.id, items, table=f"supplied {statement}",
                    line=f"{statement} {number}", complete=_is_complete(identity, column),
                )  # fmt: skip
                yield Implied(printed, len(identity.columns), {} if identity.columns else _others(identity, column))


def _others(identity: Identity, column: int) -> dict[str, tuple[Decimal, ...]]:
    """For each figure of the column: the values of its row in the other columns."""
    rows = [identity.total, *(row for row, _ in identity.items)]
    return {
        row.facts[column].id: tuple(fact.number.value for at, fact in row.facts.items() if at != column)
        for row in rows
        if column in row.facts
    }


def _is_complete(identity: Identity, column: int) -> bool:
    """Whether the column states every item that the other columns state (an item that is zero may be left out)."""
    return all(column in row.facts for row, _ in identity.items) or _holds(identity, column)


def _holds(identity: Identity, column: int) -> bool:
    return sum(row.values[column] * sign for row, sign in identity.items) == identity.total.values[column]


def table_rows(facts: list[Fact]) -> list[Row]:
    """The rows of one statement in the order of their places; a column is a period."""
    statements = Counter(fact.statement for fact in facts)
    own = max(statements, key=lambda statement: (statements[statement], statement or ""))
    ordered = sorted(facts, key=lambda fact: (fact.statement == own, place(fact)))
    grouped: defaultdict[Key, dict[Period, Fact]] = defaultdict(dict)
    for fact in ordered:
        if fact.period is not None:
            grouped[(fact.concept, fact.dimensions, fact.unit)].setdefault(fact.period, fact)
    periods = list(dict.fromkeys(fact.period for fact in ordered if fact.period is not None))[:MOST_COLUMNS]
    power = min((_last_digit(fact) for fact in ordered), default=0)
    return [_row(key, by_period, periods, power) for key, by_period in grouped.items()]


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
    return Row(local(key[0]), facts, values)


def identities(rows: list[Row]) -> Iterator[Identity]:
    """The sums of the statement, innermost first; what stands above a grand total is no item of what stands below."""
    stack: list[Row] = []
    for row in rows:
        found = _repeated(row, stack) or _identity(row, stack[-MOST_ITEMS:])
        if found is not None:
            yield found
            del stack[len(stack) - len(found.items) :]
        stack = [] if is_root(row.concept) else [*stack, row]


def _repeated(total: Row, stack: list[Row]) -> Identity | None:
    """A subtotal of one item: the row above with one sign, in every column that either states."""
    columns = tuple(column for column in total.facts if total.values[column])
    if not stack or not columns:
        return None
    for sign in (1, -1):
        if all(value * sign == own for value, own in zip(stack[-1].values, total.values, strict=True)):
            return Identity(total, ((stack[-1], sign),), columns)
    return None


def _identity(total: Row, stack: list[Row]) -> Identity | None:
    """The shortest run of the last rows that makes ``total`` in all its columns, else in all but one or two; else in
    two columns together, whose figures may be exchanged."""
    columns = tuple(column for column in total.facts if total.values[column])
    if len(columns) < 2 or len(stack) < 2:
        return None
    fewest = len(columns) - 1 if len(columns) < 4 else 2
    for kept in range(len(columns), fewest - 1, -1):
        for flips in range(3 if kept == len(columns) else 2):
            for within in combinations(columns, kept):
                found = _run(total, stack, [(column,) for column in within], flips)
                if found is not None:
                    return found
    merged = (_run(total, stack, [pair], 0) for pair in combinations(columns, 2))
    return next((found for found in merged if found is not None), None)


def _run(total: Row, stack: list[Row], columns: list[tuple[int, ...]], flips: int) -> Identity | None:
    """The shortest telling run that makes ``total`` in ``columns`` (in each one, or in the sum of several)."""
    base = 8 * MOST_ITEMS * max(abs(value) for row in (total, *stack) for value in row.values) + 1
    target = _coded(total, columns, base)
    search = Search(target, [_coded(row, columns, base) for row in stack], [usual_sign(row.concept) for row in stack])
    for signs, tries in search.runs(flips=flips):
        run = stack[-len(signs) :]
        if _is_fit(total, run, signs) and _is_telling(total, run, columns, tries):
            alone = tuple(column[0] for column in columns if len(column) == 1)
            return Identity(total, tuple(zip(run, signs, strict=True)), alone)
    return None


def _is_fit(total: Row, run: list[Row], signs: tuple[int, ...]) -> bool:
    """Whether the row may be a total of the run: a line item that is usually none is so only of items added up."""
    plain = min(signs) > 0 and not any(is_total(row.concept) for row in run)
    return plain or not is_leaf(total.concept)


def _coded(row: Row, columns: list[tuple[int, ...]], base: int) -> int:
    """All values of the row as one integer, so that columns add up at once."""
    code = 0
    for column in columns:
        code = code * base + sum(row.values[at] for at in column)
    return code


def _is_telling(total: Row, run: list[Row], columns: list[tuple[int, ...]], tries: int) -> bool:
    """Whether the run holds by more than chance: two items that are not zero, the first among them, and many more
    values that the total might have had than runs were tried (as many where the row is known for a total)."""
    stated = [any(row.values[at] for column in columns for at in column) for row in run]
    possible = 1
    for column in columns:
        possible *= abs(sum(total.values[at] for at in column))
    return sum(stated) >= 2 and stated[0] and possible >= (1 if is_total(total.concept) else CHANCE) * tries

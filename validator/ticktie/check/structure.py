"""Additive structure of supplied facts: rows that add up in the other columns must add up in this one.

Supplied facts carry no printed table, but their places keep its order. Rows are read from the top on a stack: where
the last rows, with some signs, make the next one in every column (or in every column but one), that one is their
total and takes their place. What holds elsewhere by the last digit is no coincidence; where it does not hold, a figure
is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ticktie.check.implied import identities
from ticktie.check.index import Index, local, setting_of
from ticktie.check.rows import Identity, Row, table_rows
from ticktie.check.tree import adjusts_cash_flow, is_aside
from ticktie.model.facts import Fact, Sum

#: Longer tables are not searched.
MOST_ROWS = 400

#: What a cash flow statement opens with.
INCOME = ("ProfitLoss", "NetIncomeLoss")
#: The total of a cash flow statement in which figures of the income statement stand.
OPERATING = "NetCashProvidedByUsedInOperatingActivities"


class Implied(NamedTuple):
    """One column of an identity, how many columns prove the identity; where this column holds only together with
    another, what its rows state there; and what the rows that it lacks state in other columns, with their signs."""

    printed: Sum
    proofs: int
    others: dict[str, Decimal]
    lacking: tuple[Decimal, ...]


def implied_sums(index: Index) -> list[Implied]:
    """The sums that the order and the columns of supplied facts show, one for each column of each identity."""
    covered = {one.total for one in index.facts.sums}
    found: list[Implied] = []
    tables = _tables(index)
    for (statement, entity), facts in sorted(tables.items(), key=lambda table: (table[0][0], table[0][1] or "")):
        facts = [*_carried(facts, index), *facts]
        joining = _joining(facts, tables.get(("income-statement", entity), []))
        found += (one for one in _table_sums(statement, facts, joining) if one.printed.total not in covered)
    return found


def _is_searched(facts: list[Fact]) -> bool:
    """Whether other columns could prove a sum, and the table is no longer than tables are."""
    return len({fact.period for fact in facts}) > 1 and len({fact.concept for fact in facts}) <= MOST_ROWS


def reached(statements: Iterable[str | None]) -> frozenset[str | None]:
    """The statements whose additive structure depends on figures of ``statements``."""
    named = frozenset(statements)
    return named | {"cash-flow"} if "income-statement" in named else named


def _carried(facts: list[Fact], index: Index) -> list[Fact]:
    """The net income that opens a cash flow statement where it was supplied with another statement only."""
    concepts = {local(fact.concept) for fact in facts}
    if OPERATING not in concepts or concepts.intersection(INCOME):
        return []
    settings = dict.fromkeys(setting_of(fact) for fact in facts if local(fact.concept) == OPERATING)
    for concept in INCOME:
        found = [index.stated(concept, setting)[0] for setting in settings if index.stated(concept, setting)]
        if found:
            return found
    return []


def _joining(facts: list[Fact], income: list[Fact]) -> list[Fact]:
    """Figures of the income statement that may stand among the items of operating cash flow as well."""
    periods = {fact.period for fact in facts if local(fact.concept) == OPERATING}
    carried = {fact.id for fact in facts}
    return [
        fact
        for fact in income
        if fact.period in periods and fact.id not in carried and adjusts_cash_flow(local(fact.concept))
    ]


def _tables(index: Index) -> dict[tuple[str, str | None], list[Fact]]:
    """The amounts of supplied facts, by statement and entity."""
    tables: defaultdict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for fact in index.facts.facts:
        if fact.origin == "supplied" and fact.value is not None and fact.period is not None and _is_ordered(fact):
            amount = (fact.unit or "").startswith("iso4217:") and "/" not in (fact.unit or "")
            if amount:
                tables[(fact.statement or "", fact.entity)].append(fact)
    return {
        table: [fact for fact in facts if not is_aside(local(fact.concept))]
        for table, facts in tables.items()
        if _is_searched(facts)
    }


def _is_ordered(fact: Fact) -> bool:
    """Whether the place of a fact says where its line item stands among others: in markup only statements do."""
    return bool(fact.statement) or fact.location is None or fact.location.xpath is None


def _table_sums(statement: str, facts: list[Fact], joining: list[Fact]) -> Iterator[Implied]:
    rows, joined = table_rows(facts, joining)
    if len(rows) > MOST_ROWS:
        return
    found = (one for one in identities(rows, joined) if len(one.columns) > 1 or len(one.items) > 1)
    for number, identity in enumerate(found):
        for column, total in identity.total.facts.items():
            items = tuple((row.facts[column].id, Decimal(sign)) for row, sign in identity.items if column in row.facts)
            if items:
                printed = Sum(
                    f"implied:{total.id}", total.id, items, table=f"supplied {statement}",
                    line=f"{statement} {number}",
                )  # fmt: skip
                yield Implied(printed, len(identity.columns), _others(identity, column), _lacking(identity, column))


def _others(identity: Identity, column: int) -> dict[str, Decimal]:
    """For each figure of a column that holds only together with another: the value of its row there."""
    if column not in identity.merged:
        return {}
    other = next(at for at in identity.merged if at != column)
    rows = [identity.total, *(row for row, _ in identity.items)]
    both = (row.facts for row in rows if column in row.facts and other in row.facts)
    return {facts[column].id: facts[other].number.value for facts in both}


def _states_none(absent: list[tuple[Row, int]], column: int) -> bool:
    return not any(column in row.facts for row, _ in absent)


def _lacking(identity: Identity, column: int) -> tuple[Decimal, ...]:
    """What the items that the column does not state contribute in the other columns; nothing where another column
    that does not state them either holds without them: there they are none."""
    absent = [(row, sign) for row, sign in identity.items if column not in row.facts]
    if any(_states_none(absent, at) for at in identity.columns if at != column):
        return ()
    return tuple(fact.number.value * sign for row, sign in absent for fact in row.facts.values() if fact.value)

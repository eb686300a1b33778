"""The truth about the seed documents as fact sets: what a perfect reader would hand to the rules engine."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

from ticktie.model.facts import Fact, FactSet, Period, ShareOfCount, Sum
from ticktie.model.source import Location

from .shared import json_lines

PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
SHARES = "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"
NAMES = {
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxes*": PRETAX,
    f"{SHARES.replace('OfShare', 'OfShares')}*": SHARES,
}
UNITS = {"USD": "iso4217:USD", "USD/shares": "iso4217:USD/xbrli:shares", "shares": "xbrli:shares"}
Row = dict[str, Any]


def period_of(row: Row) -> Period | None:
    said = row["period"]
    if not said:
        return None
    if "instant" in said:
        return Period(date.fromisoformat(said["instant"]))
    return Period(date.fromisoformat(said["end"]), date.fromisoformat(said["start"]))


def concept_of(hint: str) -> str:
    name = NAMES.get(hint, hint.rstrip("*"))
    return f"ext:{name}" if hint.endswith("*") and hint not in NAMES else f"us-gaap:{name}"


def table_facts(rows: list[Row]) -> list[Fact]:
    """A fact for each figure of the statements, in the order of the print."""
    return [_table_fact(number, row) for number, row in enumerate(rows)]


def _table_fact(number: int, row: Row) -> Fact:
    where = Location(row["seed"], row["line"], 1 + 20 * row["cell"])
    return Fact(
        f"t{number}",
        concept_of(row["concept_hint"]),
        Decimal(row["value"]),
        row["decimals"],
        UNITS[row["unit"]],
        period_of(row),
        kind="table",
        label=row["row_label_restored"],
        printed=row["raw"],
        location=where,
        statement="balance-sheet" if "instant" in row["period"] else "income-statement",
    )


def claim_facts(rows: list[Row], tables: list[Fact]) -> Iterator[Fact]:
    """A fact for each claim; the concept is that of the table row it names, else its metric as a part of something."""
    by_row = {((fact.label or "").split(": ")[-1], fact.period): fact for fact in tables}
    for number, row in enumerate(rows):
        yield _claim_fact(number, row, by_row.get((row["table_row"], period_of(row))))


def _claim_fact(number: int, row: Row, named: Fact | None) -> Fact:
    value = Decimal(row["value"])
    words = row["metric"].removesuffix(" (second mention)")
    negative = "as loss" in words or "as used" in words
    return Fact(
        f"c{number}",
        named.concept if named else _metric(words),
        -value if negative else value,
        -Decimal(row["stated_precision"]).adjusted(),
        UNITS.get(row["unit"], row["unit"]),
        period_of(row),
        kind="narrative",
        label=words,
        printed=row["mention"],
        approximate=row["approx"],
        dimensions=() if named or re.fullmatch(r"\w+( \(as used\))?", words) else (("ticktie:part", words),),
        location=Location(row["seed"], row["line"], number + 1),
    )


def _metric(words: str) -> str:
    return f"us-gaap:{words.split()[0]}" if re.match(r"[A-Z]\w+( \(as|$)", words) else "ext:Part"


def printed_sums(facts: list[Fact]) -> Iterator[Sum]:
    """The sums of each statement: runs of rows that add up to the next, pairs that add up or differ, by column."""
    statements: defaultdict[object, dict[str, dict[Period | None, Fact]]] = defaultdict(dict)
    for fact in facts:
        if fact.unit == "iso4217:USD":
            statements[fact.statement].setdefault(fact.label or "", {})[fact.period] = fact
    for name, rows in statements.items():
        lines = list(rows.values())
        for at, total in enumerate(lines):
            weights = _found(lines, at)
            if weights:
                yield from _columns(str(name), at, total, weights)


def _columns(
    table: str, at: int, total: dict[Period | None, Fact], weights: list[tuple[dict[Any, Fact], int]]
) -> Iterator[Sum]:
    for period, fact in total.items():
        items = tuple((row[period].id, Decimal(weight)) for row, weight in weights if period in row)
        yield Sum(f"s-{fact.id}", fact.id, items, table=table, line=f"{table}-{at}")


def _found(lines: list[dict[Any, Fact]], at: int) -> list[tuple[dict[Any, Fact], int]]:
    for start in range(at - 1):
        run = [(row, 1) for row in lines[start:at]]
        if _holds(lines[at], run):
            return run
    for a, b in combinations(lines[:at], 2):
        for sign in (1, -1):
            if _holds(lines[at], [(a, 1), (b, sign)]):
                return [(a, 1), (b, sign)]
    return []


def _holds(total: dict[Any, Fact], items: list[tuple[dict[Any, Fact], int]]) -> bool:
    def value(row: dict[Any, Fact], period: object) -> Decimal:
        return (row[period].value or Decimal(0)) if period in row else Decimal(0)

    return all(value(total, period) == sum(value(row, period) * sign for row, sign in items) for period in total)


def seed_facts(shared: Path, seed: str) -> FactSet:
    """Everything that the truth says of one seed."""
    rows = [row for row in json_lines(shared / "truth/seeds/seed_truth_tables.jsonl") if row["seed"].startswith(seed)]
    tables = table_facts(rows)
    said = [
        row for row in json_lines(shared / "truth/seeds/seed_truth_narrative.jsonl") if row["seed"].startswith(seed)
    ]
    grim = [row for row in json_lines(shared / "truth/seeds/seed_truth_grim.jsonl") if row["seed"].startswith(seed)]
    shares = [pair for number, row in enumerate(grim) for pair in _share(number, row)]
    facts = (*tables, *claim_facts(said, tables), *(fact for pair in shares for fact in pair))
    return FactSet(facts, tuple(printed_sums(tables)), tuple(ShareOfCount(a.id, b.id) for a, b in shares))


def _share(number: int, row: Row) -> Iterator[tuple[Fact, Fact]]:
    where = Location(row["seed"], row["line"], number + 1)
    part = (("ticktie:part", row["what"]),)
    percent = Decimal(row["percent"])
    common: dict[str, Any] = {"period": None, "kind": "narrative", "location": where}
    share = Fact(f"p{number}", "ext:Share", percent / 100, 3, None, **common, dimensions=part, printed=f"{percent}%")
    words = (("ticktie:part", f"{row['what']} whole"),)
    count = Decimal(row["denominator"])
    yield share, Fact(f"n{number}", "ext:Count", count, None, "ext:patients", **common, dimensions=words)

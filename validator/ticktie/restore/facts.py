"""From restored statements to facts: concept and sign from the label, period from the column, sums from identities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.footing import Identity
from ticktie.extract.regions import scale_of
from ticktie.map.labels import Mapping, extension_name, map_label
from ticktie.map.signs import concept_sign
from ticktie.map.structure import Relation, refined, refined_typed
from ticktie.map.taxonomy import concepts
from ticktie.map.weights import effects, sign_by_effect
from ticktie.model.facts import PART, Fact, Period, Sum
from ticktie.model.number import EXACT, scaled
from ticktie.model.source import Document
from ticktie.restore.columns import Column
from ticktie.restore.lines import Figure, Line
from ticktie.restore.statement import Statement
from ticktie.restore.values import sum_id

_UNITS = {"monetary": "iso4217:{0}", "per-share": "iso4217:{0}/xbrli:shares", "shares": "xbrli:shares", "percent": None}
_OPENING = re.compile(r"\b(?:beginning|opening|start)\b", re.I)
_COST = re.compile(r"\b(?:costs?|expenses?|research|general|selling|marketing|depreciation)\b", re.I)
#: How much surer a later row must be of a concept to take it from an earlier one.
_FIRST_WINS = 0.25
#: What most filers tag with two concepts.
_BOTH = {
    "us-gaap:EarningsPerShareBasicAndDiluted": ("us-gaap:EarningsPerShareBasic", "us-gaap:EarningsPerShareDiluted"),
    "us-gaap:WeightedAverageNumberOfShareOutstandingBasicAndDiluted": (
        "us-gaap:WeightedAverageNumberOfSharesOutstandingBasic",
        "us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding",
    ),
}
_BROKEN_DOWN = frozenset(
    {
        "Revenues", "SalesRevenueNet", "RevenueFromContractWithCustomerExcludingAssessedTax", "CostOfRevenue",
        "CostOfGoodsAndServicesSold", "GrossProfit",
    }
)  # fmt: skip


class _Row(Struct, frozen=True):
    """One line with its concept."""

    line: Line
    mapping: Mapping
    part: str = ""
    twin: str = ""

    @property
    def name(self) -> tuple[str, str, bool]:
        """What no two rows of a statement share: concept and unit, at the end of a period or at its beginning."""
        concept = f"{self.mapping.concept}|{self.part}" if self.part else self.mapping.concept
        return concept, self.line.unit, _OPENING.search(self.line.label) is not None

    def period(self, column: Column) -> Period | None:
        """The period of a figure: a balance in a statement of flows stands at the end of its column, or at its
        beginning."""
        period, concept = column.period, concepts().get(self.mapping.concept.partition(":")[2])
        if period is None or period.start is None or concept is None or concept.period == "duration":
            return period
        return Period(period.start - timedelta(days=1)) if self.name[2] else Period(period.end)


class _Page(Struct, frozen=True):
    """What the facts of a statement have in common."""

    statement: Statement
    document: Document
    currency: str
    entity: str | None


def fact_id(table: str, key: int | str, column: int) -> str:
    """The name of the fact of one cell, stable while the document is."""
    return f"{table}.{key}.{column}"


def facts_of(statement: Statement, document: Document, currency: str, entity: str | None) -> tuple[Fact, ...]:
    """Every figure of a statement as a fact, row by row."""
    rows = [one for row in _rows(statement) for one in _twins(row, statement)]
    page = _Page(statement, document, currency, entity)
    costs = _costs_in_brackets(statement.lines)
    told = _effects(rows, statement)
    return tuple(
        _fact(row, column, page, _by_effect(row, told) or _sign(row, column, statement, costs))
        for row in rows
        for column, figure in enumerate(row.line.figures)
        if figure is not None and not figure.is_unreadable
    )


def _twins(row: _Row, statement: Statement) -> tuple[_Row, ...]:
    """A row of a typed statement that is basic and diluted at once, as the two facts that it states."""
    pair = _BOTH.get(row.mapping.concept) if statement.region.is_typed else None
    if pair is None:
        return (row,)
    basic, diluted = (replace(row.mapping, concept=concept) for concept in pair)
    return replace(row, mapping=basic), replace(row, mapping=diluted, twin="d")


def sums_of(statement: Statement, facts: Sequence[Fact]) -> tuple[Sum, ...]:
    """The identities of a statement column by column, weighted for the signs of the facts."""
    by_id = {fact.id: fact for fact in facts}
    return tuple(
        found
        for identity in statement.identities
        for column in range(len(statement.columns))
        if (found := _sum(statement.table, identity, column, by_id)) is not None
    )


def _rows(statement: Statement) -> list[_Row]:
    """The lines with their concepts: no two rows of a statement report one concept in one unit."""
    lines = [line for line in statement.lines if not line.is_heading]
    labels = tuple(line.label for line in lines)
    mappings = {line.key: _mapping(line, statement, labels) for line in lines}
    mappings = refined(mappings, _relations(statement))
    if statement.region.is_typed:
        mappings = refined_typed(mappings, _relations(statement))
    parts = _parts(lines, mappings, statement) if statement.region.is_typed else {}
    rows = [_Row(line, *parts.get(line.key, (mappings[line.key], ""))) for line in lines]
    best: dict[tuple[str, str, bool], _Row] = {}
    margin = _FIRST_WINS if statement.region.is_typed else 0.0
    for row in rows:
        if row.name not in best or row.mapping.confidence > best[row.name].mapping.confidence + margin:
            best[row.name] = row
    taken = {row.mapping.concept for row in best.values()}
    return [row if best[row.name] is row else _renamed(row, statement.table, taken) for row in rows]


def _parts(lines: Sequence[Line], mappings: dict[int, Mapping], statement: Statement) -> dict[int, tuple[Mapping, str]]:
    """Rows that break a total down by the same words as another total is (products and services of sales and of
    costs): the concept of the total, and the words as its part."""
    counts = Counter(line.label for line in lines if line.unit == "monetary")
    labels = {line.key: line.label for line in lines if counts[line.label] > 1}
    found: dict[int, tuple[Mapping, str]] = {}
    for total, items in _relations(statement):
        whole = mappings[total]
        if whole.concept.partition(":")[2] in _BROKEN_DOWN and all(row in labels for row, _ in items):
            found |= {row: (whole, labels[row]) for row, _ in items}
    return found


def _relations(statement: Statement) -> list[Relation]:
    return [(identity.total, identity.items) for identity in statement.identities]


def _effects(rows: Sequence[_Row], statement: Statement) -> dict[int, int]:
    """What each row of a typed income statement adds to its result (1) or takes off (-1)."""
    if statement.region.kind != "income-statement" or not statement.region.is_typed:
        return {}
    return effects({row.line.key: row.mapping for row in rows}, _relations(statement))


def _renamed(row: _Row, table: str, taken: set[str]) -> _Row:
    """A row whose concept another row of the statement fits better, under a name of its own."""
    words = f"{row.line.section} {row.line.label}" if row.line.label else ""
    name = f"ext:{extension_name(words)}" if words else f"ext:LineItem{table}{row.line.key}"
    name = name if name not in taken else f"{name}{table}{row.line.key}"
    taken.add(name)
    return replace(row, mapping=replace(row.mapping, concept=name, confidence=min(row.mapping.confidence, 0.4)))


def _costs_in_brackets(lines: Sequence[Line]) -> bool:
    """Whether a table prints its costs as negative figures."""
    costs = [line for line in lines if _COST.search(line.label) and any(line.figures)]
    negative = [line for line in costs if all(figure.value <= 0 for figure in line.figures if figure)]
    return len(negative) > 1 and 2 * len(negative) > len(costs)


def _by_effect(row: _Row, told: dict[int, int]) -> int | None:
    effect = told.get(row.line.key)
    return None if effect is None else sign_by_effect(row.mapping.concept, effect)


def _sign(row: _Row, column: int, statement: Statement, costs_in_brackets: bool) -> int:
    """1 where the fact has the printed sign of its figure, -1 where the concept turns it."""
    values = [figure.value for figure in row.line.figures if figure and figure.value]
    figure = row.line.figures[column]
    if figure is None or not figure.value:
        return 1
    sign = concept_sign(
        row.line.label,
        row.mapping.concept,
        figure.value < 0,
        statement=statement.region.kind,
        mixed=min(values) < 0 < max(values),
        costs_in_brackets=costs_in_brackets,
    )
    return sign if figure.value > 0 else -sign


def _mapping(line: Line, statement: Statement, siblings: tuple[str, ...]) -> Mapping:
    return map_label(
        line.label,
        section=line.section,
        statement=statement.region.kind,
        unit=line.unit,
        period_type="instant" if statement.region.kind == "balance-sheet" else "duration",
        siblings=siblings,
        year=_year(statement),
        guess=statement.region.is_typed,
    )


def _year(statement: Statement) -> int | None:
    """The year that the latest column ends in."""
    return max((column.period.end.year for column in statement.columns if column.period), default=None)


def _fact(row: _Row, index: int, page: _Page, sign: int) -> Fact:
    statement, document = page.statement, page.document
    line, column = row.line, statement.columns[index]
    figure = line.figures[index]
    assert figure is not None
    power = _power(line, statement)
    value = scaled(figure.value, power)
    unit = _UNITS[line.unit]
    return Fact(
        id=fact_id(statement.table, f"{line.key}{row.twin}", index),
        concept=row.mapping.concept,
        value=EXACT.multiply(value, Decimal(sign)),
        decimals=_decimals(figure, line) - power,
        unit=unit.format(page.currency) if unit else None,
        period=row.period(column),
        entity=page.entity,
        dimensions=((PART, row.part),) if row.part else (),
        kind="table",
        label=line.label or None,
        section=line.section or None,
        printed=figure.raw,
        statement=statement.region.reported_kind,
        location=document.location(figure.span),
        damage=_merged(figure.damage, line.damage, column.damage, _scale_lost(line, statement)),
        evidence=_merged(figure.evidence, line.evidence, column.evidence, _scale_evidence(line, statement)),
        restored_by=_restorers(figure, line, column),
        confidence=_confidence(row, figure, column),
        weight_in_print=sign,
    )


def _decimals(figure: Figure, line: Line) -> int:
    """A nil mark is zero at the decimals of its row."""
    if not figure.is_nil:
        return figure.decimals
    others = [other.decimals for other in line.figures if other and not other.is_nil]
    return max(others, default=0)


def _power(line: Line, statement: Statement) -> int:
    own = scale_of(line.label) if line.unit in ("monetary", "shares") else None
    if own is not None:
        return own
    if line.unit == "monetary":
        return statement.scale
    return statement.share_scale if line.unit == "shares" else -2 if line.unit == "percent" else 0


def _scale_evidence(line: Line, statement: Statement) -> tuple[str, ...]:
    """What told the scale of a row that the print does not scale."""
    return statement.told.evidence if line.unit in ("monetary", "shares") else ()


def _scale_lost(line: Line, statement: Statement) -> tuple[str, ...]:
    return ("scale-lost",) if _scale_evidence(line, statement) else ()


def _merged(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))


def _restorers(figure: Figure, line: Line, column: Column) -> frozenset[str]:
    return figure.restored_by | line.restored_by | column.restored_by


def _confidence(row: _Row, figure: Figure, column: Column) -> float:
    """Of the mapping, less where something was restored or is missing."""
    factor = 1.0
    for doubtful, weight in (
        (figure.damage and not figure.evidence, 0.6),
        (figure.evidence, 0.9),
        (column.period is None, 0.3),
        (column.evidence, 0.9),
        (not row.line.label, 0.4),
    ):
        factor *= weight if doubtful else 1.0
    return round(row.mapping.confidence * factor, 3)


def _sum(table: str, identity: Identity, column: int, facts: dict[str, Fact]) -> Sum | None:
    """One column of an identity; a blank cell adds nothing, a column without its total or with one item is no sum."""
    total = facts.get(fact_id(table, identity.total, column))
    items = [(fact, weight) for key, weight in identity.items if (fact := facts.get(fact_id(table, key, column)))]
    if total is None or len(items) < 2:
        return None
    return Sum(
        id=sum_id(table, identity, column),
        total=total.id,
        items=tuple(
            (fact.id, Decimal(weight * fact.weight_in_print * total.weight_in_print)) for fact, weight in items
        ),
        table=table,
        line=f"{table}.r{identity.total}",
    )

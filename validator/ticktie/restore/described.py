"""Facts of figures that stand within labels: par values, share counts, allowances, costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ticktie.extract.descriptions import AMOUNT, HELD, PAR, DescribedFigure, described
from ticktie.extract.reports import is_periodic_report
from ticktie.map.labels import extension_name
from ticktie.model.facts import Fact
from ticktie.model.facts import Statement as Kind
from ticktie.model.number import scaled
from ticktie.model.source import Cell, Document, Span
from ticktie.restore.statement import Statement

_SHARES = {"authorized": "SharesAuthorized", "issued": "SharesIssued", "outstanding": "SharesOutstanding"}
#: Words of an amount and of its row, and the concept they make; the first that fits counts.
_AMOUNTS = (
    (r"amortized cost", r"fixed maturit|debt securit|available", "AvailableForSaleDebtSecuritiesAmortizedCostBasis"),
    (r"cost", r"equity securit", "EquitySecuritiesFvNiCost"),
    (r"allowance", r"fixed maturit|available.for.sale", "DebtSecuritiesAvailableForSaleAllowanceForCreditLoss"),
    (r"allowance", r"premium", "PremiumsReceivableAllowanceForDoubtfulAccounts"),
    (r"allowance", r"reinsurance", "ReinsuranceRecoverablesAllowance"),
    (r"allowance", r"receivable", "AllowanceForDoubtfulAccountsReceivableCurrent"),
    (r"accumulated depreciation", r"", "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"),
    (r"liquidation", r"", "PreferredStockLiquidationPreferenceValue"),
)
_SURE, _OWN = 0.85, 0.5


class _Page(Struct, frozen=True):
    """What the described facts of a statement have in common; ``kind`` is the statement that they belong to."""

    statement: Statement
    document: Document
    currency: str
    entity: str | None
    kind: Kind | None


def described_facts(statement: Statement, document: Document, currency: str, entity: str | None) -> Iterator[Fact]:
    """The facts that the labels of a statement with typed characters state, row by row; in a periodic report they are
    facts of the statement, in a release they stand beside it."""
    kind: Kind | None = statement.region.reported_kind if is_periodic_report(document) else "other"
    page = _Page(statement, document, currency, entity, kind)
    ends = [column.period.end if column.period else None for column in statement.columns]
    section = ""
    for row in statement.grid.rows:
        if not any(row.slots):
            section = row.label or section
        for cell in row.row.cells:
            for number, figure in enumerate(described(cell.text, ends) if not cell.column else ()):
                context = f"{section} {cell.text}" if re.match(r"(?i)\W*shares\b", cell.text) else cell.text
                yield from _facts(page, figure, cell, f"{row.order}.d{number}", context)


def _facts(page: _Page, figure: DescribedFigure, cell: Cell, name: str, context: str) -> Iterator[Fact]:
    """One fact for each measure and column of a described figure."""
    for measure in figure.measures:
        concept, unit, power = _meaning(page.statement, figure, measure, context)
        for index, column in enumerate(page.statement.columns):
            if column.period is None or figure.column not in (None, index):
                continue
            yield Fact(
                id=f"{page.statement.table}.{name}.{measure}.{index}",
                concept=concept,
                value=scaled(figure.value, power),
                decimals=figure.decimals - power,
                unit=unit.format(page.currency),
                period=column.period,
                entity=page.entity,
                kind="table",
                label=figure.words or f"{_stock(context)}, {measure}",
                printed=cell.text[figure.start : figure.end],
                statement=page.kind,
                location=page.document.location(Span(cell.span.start + figure.start, cell.span.start + figure.end)),
                confidence=_OWN if concept.startswith("ext:") else _SURE,
            )


def _meaning(statement: Statement, figure: DescribedFigure, measure: str, context: str) -> tuple[str, str, int]:
    """Concept, unit and power of ten of one measure of a described figure."""
    if measure == AMOUNT:
        own = figure.power if figure.power is not None else statement.scale
        return _amount(figure.words, context), "iso4217:{0}", own
    stock = _stock(context)
    if measure == PAR:
        return f"us-gaap:{stock}ParOrStatedValuePerShare", "iso4217:{0}/xbrli:shares", 0
    power = figure.power if figure.power is not None else statement.share_scale
    if measure == HELD or stock == "TreasuryStock":
        return "us-gaap:TreasuryStockCommonShares", "xbrli:shares", power
    return f"us-gaap:{stock}{_SHARES[measure]}", "xbrli:shares", power


def _stock(context: str) -> str:
    words = context.lower()
    if "treasury" in words:
        return "TreasuryStock"
    return "PreferredStock" if re.search(r"\bprefer(?:red|ence)\b", words) else "CommonStock"


def _amount(words: str, context: str) -> str:
    for said, row, concept in _AMOUNTS:
        if re.search(said, words, re.IGNORECASE) and re.search(row, context, re.IGNORECASE):
            return f"us-gaap:{concept}"
    head = re.split(r"[,(;]", context, maxsplit=1)[0]
    return f"ext:{extension_name(f'{head} {words}')}"

"""Concepts by the place of a row in the sums of its table: what words leave open, the structure decides."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence

from msgspec.structs import replace

from ticktie.map.labels import Mapping
from ticktie.map.taxonomy import concepts

#: A printed relation: the row of the total, and its items with their weights.
Relation = tuple[int, Sequence[tuple[int, int]]]

_REVENUE = frozenset({"Revenues", "SalesRevenueNet", "RevenueFromContractWithCustomerExcludingAssessedTax"})
_COST = frozenset({"CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold", "CostOfServices"})
_EXPENSES = frozenset({"OperatingExpenses", "CostsAndExpenses", "NoninterestExpense", "OtherCostAndExpenseOperating"})
_SURE = 0.9
_PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
_ALL_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
_NOT_EQUITY = frozenset({"LiabilitiesAndStockholdersEquity", "Liabilities", "Assets"})
_OTHER_INCOME = frozenset({"OtherNonoperatingIncomeExpense", "OtherNonoperatingIncome", "NonoperatingIncomeExpense"})


def refined(mappings: Map[int, Mapping], relations: Sequence[Relation]) -> dict[int, Mapping]:
    """The mappings by row, corrected where a relation of the table says what a row must be."""
    found = dict(mappings)
    for total, items in relations:
        name = _local(found.get(total))
        if name == "GrossProfit" and [weight for _, weight in items] == [1, -1]:
            _suggest(found, items[0][0], "Revenues", _REVENUE)
            _suggest(found, items[1][0], "CostOfRevenue", _COST)
        elif name == "OperatingIncomeLoss" and [weight for _, weight in items] == [1, -1]:
            _expenses(found, items[0][0], items[1][0])
        elif name == "Liabilities" and len(items) > 2:
            _other_noncurrent(found, [row for row, _ in items])
    return found


def refined_typed(mappings: Map[int, Mapping], relations: Sequence[Relation]) -> dict[int, Mapping]:
    """What structure says besides in a table without damage: equity with interests of others, and what stands between
    operating income and income before taxes."""
    found = dict(mappings)
    for total, items in relations:
        _once(found, total, items)
        _of_sheet(found, total, items)
        _of_results(found, total, items)
    return found


def _once(found: dict[int, Mapping], total: int, items: Sequence[tuple[int, int]]) -> None:
    """Of a total and its items the total has their common concept."""
    for row, _ in items:
        if found[row].concept == found[total].concept and not found[row].concept.startswith("ext:"):
            found[row] = replace(found[row], confidence=found[row].confidence / 2)


def _of_sheet(found: dict[int, Mapping], total: int, items: Sequence[tuple[int, int]]) -> None:
    """What a total of a balance sheet says of its items."""
    whole, rows = _local(found.get(total)), [row for row, _ in items]
    names = [_local(found.get(row)) for row in rows]
    if "MinorityInterest" in names and whole not in _NOT_EQUITY:
        _set(found, total, _ALL_EQUITY)
    if whole in ("AssetsCurrent", "LiabilitiesCurrent"):
        _classify(found, rows, "Current")
    if whole in ("Assets", "Liabilities"):
        _of_side(found, rows, names)
    if len(items) == 2 and names[1].startswith("AccumulatedDepreciation"):
        _set(found, rows[0], "PropertyPlantAndEquipmentGross")
        _set(found, total, "PropertyPlantAndEquipmentNet")
    if whole == "LiabilitiesAndStockholdersEquity":
        _between(found, rows)


def _of_side(found: dict[int, Mapping], rows: Sequence[int], names: Sequence[str]) -> None:
    """What stands beside a current block is not current."""
    if names[0].endswith("Current"):
        _classify(found, rows[1:], "Noncurrent")
    if len(rows) > 2:
        _not_all_noncurrent(found, rows)


def _of_results(found: dict[int, Mapping], total: int, items: Sequence[tuple[int, int]]) -> None:
    """What stands between operating income and income before taxes."""
    whole = _local(found.get(total))
    if whole == _PRETAX and len(items) == 2 and _local(found.get(items[0][0])) == "OperatingIncomeLoss":
        _nonoperating(found, items[1][0])
    if whole in _OTHER_INCOME and len(items) > 1:
        _set(found, total, "NonoperatingIncomeExpense")


def _classify(found: dict[int, Mapping], rows: Sequence[int], ending: str) -> None:
    """The current or noncurrent concept of what stands in the current block of a sheet or outside of it."""
    for row in rows:
        name = _local(found.get(row))
        if name + ending in concepts() and not found[row].concept.startswith("ext:"):
            _set(found, row, name + ending)


def _not_all_noncurrent(found: dict[int, Mapping], rows: Sequence[int]) -> None:
    """Beside other rows that make up a side, what is called noncurrent is only the other of them."""
    for row in rows:
        name = _local(found.get(row))
        if name in ("AssetsNoncurrent", "LiabilitiesNoncurrent"):
            _set(found, row, f"Other{name}")


def _between(found: dict[int, Mapping], rows: Sequence[int]) -> None:
    """Stock between liabilities and equity that may be given back is temporary equity."""
    for row in rows:
        if re.match("(?:ext:.*(?:Preferred|Redeem|Mezzanine|Temporary)|us-gaap:PreferredStock)", found[row].concept):
            _set(found, row, "TemporaryEquityCarryingAmountAttributableToParent")


def _set(found: dict[int, Mapping], row: int, concept: str) -> None:
    mapping = found[row]
    found[row] = replace(mapping, concept=f"us-gaap:{concept}", confidence=max(mapping.confidence, 0.85))


def _nonoperating(found: dict[int, Mapping], row: int) -> None:
    """All that stands between operating income and income before taxes in one row, unless it is interest alone."""
    name = _local(found.get(row))
    if name in _OTHER_INCOME or found[row].concept.startswith("ext:") or "InterestAndOther" in name:
        _set(found, row, "NonoperatingIncomeExpense")


def _local(mapping: Mapping | None) -> str:
    return mapping.concept.partition(":")[2] if mapping else ""


def _suggest(found: dict[int, Mapping], row: int, concept: str, alike: frozenset[str]) -> None:
    """Gives a row the concept of its role, unless it has one like it or a sure one."""
    mapping = found.get(row)
    if mapping is None or _local(mapping) in alike:
        return
    if mapping.concept.startswith("ext:") or mapping.confidence < _SURE:
        found[row] = replace(mapping, concept=f"us-gaap:{concept}", confidence=max(mapping.confidence, 0.8))


def _expenses(found: dict[int, Mapping], start: int, expense: int) -> None:
    """What is taken from gross profit are operating expenses; what is taken from revenues, all costs and expenses."""
    mapping = found.get(expense)
    if mapping is None or (_local(mapping) not in _EXPENSES and not mapping.concept.startswith("ext:")):
        return
    if _local(found.get(start)) == "GrossProfit":
        found[expense] = replace(mapping, concept="us-gaap:OperatingExpenses")


def _other_noncurrent(found: dict[int, Mapping], rows: Sequence[int]) -> None:
    """Beside debt of its own row, long-term liabilities are only the others."""
    for row in rows:
        if _local(found.get(row)) == "LiabilitiesNoncurrent":
            found[row] = replace(found[row], concept="us-gaap:OtherLiabilitiesNoncurrent")

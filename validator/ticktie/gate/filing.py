"""The face statements of a filing against the facts that its filer tagged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ticktie.gate.truth import PRIMARY, Row, Stated, days, document, f1, local, share, size, stated, unit

Key = tuple[object, ...]

#: Line items that rules stand on; near-synonyms count as their first name.
LANDMARKS = (
    ("Assets",),
    ("AssetsCurrent",),
    ("Liabilities",),
    ("LiabilitiesCurrent",),
    ("LiabilitiesAndStockholdersEquity",),
    ("StockholdersEquity",),
    ("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",),
    ("CashAndCashEquivalentsAtCarryingValue",),
    (
        "Revenues",
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        "SalesRevenueNet",
        "RevenuesNetOfInterestExpense",
    ),
    ("CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"),
    ("GrossProfit",),
    ("OperatingExpenses", "CostsAndExpenses", "BenefitsLossesAndExpenses"),
    ("OperatingIncomeLoss",),
    ("IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",),
    ("IncomeTaxExpenseBenefit",),
    ("NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),
    ("EarningsPerShareBasic",),
    ("EarningsPerShareDiluted",),
    ("EarningsPerShareBasicAndDiluted",),
    ("WeightedAverageNumberOfSharesOutstandingBasic",),
    ("WeightedAverageNumberOfDilutedSharesOutstanding",),
    ("NetCashProvidedByUsedInOperatingActivities",),
    ("NetCashProvidedByUsedInInvestingActivities",),
    ("NetCashProvidedByUsedInFinancingActivities",),
    (
        "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect",
        "CashAndCashEquivalentsPeriodIncreaseDecrease",
    ),
)
_LANDMARK = {name: names[0] for names in LANDMARKS for name in names}


def score_filing(out: Path, truth: Sequence[Row], noise: Sequence[Row]) -> dict[str, Any]:
    """``facts`` by concept, period and value (the filer's own concepts left out); ``figures`` by period, size and unit
    alone; ``landmarks`` those facts that rules stand on."""
    face = [row for row in truth if row["statement"] and not row["dimensions"] and _is_visible(row)]
    standard = [row for row in face if row["concept"].partition(":")[0] == "us-gaap"]
    own = {_row_figure(row) for row in face if row not in standard} - {_row_figure(row) for row in standard}
    read = [fact for fact in stated(document(out)) if fact.kind == "table" and fact.statement in PRIMARY]
    read = [fact for fact in read if fact.value is not None and fact.is_plain]
    facts = _compared(set(map(_row_fact, standard)), {_fact(one) for one in read if _figure(one) not in own})
    figures = _compared(set(map(_row_figure, face)), set(map(_figure, read)))
    landmarks = _compared(_landmarks(map(_row_fact, standard)), _landmarks(map(_fact, read)))
    return {
        **{name: facts[name] for name in ("f1", "recall", "precision")},
        "figures_f1": figures["f1"],
        "figures_recall": figures["recall"],
        "landmarks_f1": landmarks["f1"],
        "facts": facts,
        "figures": figures,
        "landmarks": landmarks,
    }


def _is_visible(row: Row) -> bool:
    return row["value"] is not None and not row["hidden"]


def _row_figure(row: Row) -> Key:
    return (days(row["period"]), size(row["value"]), unit(row["unit"]))


def _figure(fact: Stated) -> Key:
    return (fact.days, fact.size, fact.unit)


def _row_fact(row: Row) -> Key:
    return (local(row["concept"]), days(row["period"]), Decimal(row["value"]).normalize())


def _fact(fact: Stated) -> Key:
    return (fact.concept, fact.days, fact.value.normalize() if fact.value is not None else None)


def _landmarks(keys: Any) -> set[Key]:
    return {(_LANDMARK[key[0]], *key[1:]) for key in keys if key[0] in _LANDMARK}


def _compared(wanted: set[Key], have: set[Key]) -> dict[str, Any]:
    right = wanted & have
    recall, precision = share(len(right), len(wanted)), share(len(right), len(have))
    return {
        "recall": recall,
        "precision": precision,
        "f1": f1(precision, recall),
        "truth": len(wanted),
        "read": len(have),
        "right": len(right),
        "missing": sorted(map(str, wanted - have))[:30],
        "wrong": sorted(map(str, have - wanted))[:30],
    }

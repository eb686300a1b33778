"""Which tables of a tagged report are its primary statements: those with most of the figures that only they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from ticktie.model.facts import Fact, Statement

_CASH = "NetCashProvidedByUsedIn{}Activities"
#: For each statement groups of line items; its table holds one of every group.
LANDMARKS: dict[Statement, tuple[frozenset[str], ...]] = {
    "balance-sheet": (frozenset({"Assets"}), frozenset({"LiabilitiesAndStockholdersEquity"})),
    "income-statement": (
        frozenset({
            "IncomeTaxExpenseBenefit", "OperatingIncomeLoss", "OperatingExpenses", "CostsAndExpenses",
            "BenefitsLossesAndExpenses", "GeneralAndAdministrativeExpense", "SellingGeneralAndAdministrativeExpense",
        }),
        frozenset({"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"}),
        frozenset({
            "EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted", "Revenues",
            "RevenueFromContractWithCustomerExcludingAssessedTax", "OperatingIncomeLoss",
        }),
    ),
    "cash-flow": tuple(
        frozenset({name, f"{name}ContinuingOperations"})
        for name in (_CASH.format("Operating"), _CASH.format("Financing"))
    ),
}  # fmt: skip
_STANDARD = ("us-gaap", "gaap", "ifrs-full")


def is_landmark(fact: Fact) -> bool:
    """Whether only a primary statement states ``fact``."""
    return fact.concept in _NAMES and not fact.dimensions


def with_statements(facts: Sequence[Fact], tables: Mapping[str, int]) -> list[Fact]:
    """``facts``, those without dimensions in the tables of primary statements with its name; ``tables`` says in which
    table a fact stands, by id."""
    held: dict[int, set[str]] = {}
    for fact in facts:
        if is_landmark(fact) and fact.id in tables:
            held.setdefault(tables[fact.id], set()).add(fact.concept.partition(":")[2])
    chosen = _chosen(held, Counter(tables.get(fact.id, 0) for fact in facts if not fact.dimensions))
    return [_with(fact, chosen.get(tables.get(fact.id, 0))) for fact in facts] if chosen else list(facts)


def _chosen(held: Mapping[int, set[str]], sizes: Mapping[int, int]) -> dict[int, Statement]:
    """The statement of each table that is one: with most figures among those that hold its landmarks."""
    chosen: dict[int, Statement] = {}
    for name in LANDMARKS:
        fitting = [table for table, names in held.items() if _fits(names, name)]
        if fitting:
            chosen[max(fitting, key=lambda table: (sizes[table], -table))] = name
    return chosen


def _fits(names: set[str], statement: Statement) -> bool:
    """Whether a table that holds ``names`` has a landmark of every group."""
    return all(group & names for group in LANDMARKS[statement])


def _with(fact: Fact, statement: Statement | None) -> Fact:
    return fact if statement is None or fact.dimensions else replace(fact, statement=statement)


_NAMES = frozenset(
    f"{prefix}:{name}" for prefix in _STANDARD for groups in LANDMARKS.values() for group in groups for name in group
)

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


def with_statements(facts: Sequence[Fact], tables: Mapping[str, int]) -> list[Fact]:
    """``facts``, those without dimensions in the tables of primary statements with its name; ``tables`` says in which
    table a fact stands, by id."""
    held: dict[int, set[str]] = {}
    sizes: Counter[int] = Counter()
    for fact in facts:
        table = tables.get(fact.id)
        if table is not None and not fact.dimensions:
            prefix, _, name = fact.concept.partition(":")
            sizes[table] += 1
            if prefix in _STANDARD and name in _NAMES:
                held.setdefault(table, set()).add(name)
    named = {table: name for name in LANDMARKS if (table := _table(name, held, sizes)) is not None}
    return [_with(fact, named.get(tables.get(fact.id, 0))) for fact in facts] if named else list(facts)


def _table(name: Statement, held: Mapping[int, set[str]], sizes: Mapping[int, int]) -> int | None:
    """The table with most figures that holds a landmark of every group."""
    fitting = [table for table, names in held.items() if all(group & names for group in LANDMARKS[name])]
    return max(fitting, key=lambda table: (sizes[table], -table), default=None)


def _with(fact: Fact, statement: Statement | None) -> Fact:
    return fact if statement is None or fact.dimensions else replace(fact, statement=statement)


_NAMES = frozenset().union(*(group for groups in LANDMARKS.values() for group in groups))

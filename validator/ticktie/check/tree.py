"""What the tree of sums of the primary statements says of a line item: whether it is a total, which sign it has."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from ticktie.resources import data_folder

#: Beginnings of names of what is taken away: paid, bought, repaid, contra accounts, gains within adjustments.
_TAKEN = re.compile(
    r"Payment|Repayment|Purchase|CostOf|InterestExpense|IncomeTax|TreasuryStock|Accumulated(Dep|Amort)"
    r"|Allowance|Gain|IncomeLossFromEquity|EquitySecuritiesFvNi|DebtAndEquitySecuritiesGain|Dividends|Distributions"
    r"|OtherNoncashIncome|EquityMethodInvestment"
)
_CHANGE = re.compile(r"IncreaseDecreaseIn")
_OWED = re.compile(r"Payable|Liabilit|Accrued|DeferredRevenue|ContractWithCustomerLiab|CustomerAdvance|Compensation")
_TOTAL = re.compile(r"Total|NetCashProvidedBy|.*(PeriodIncreaseDecrease|CostsAndExpenses$)")
#: What stands in brackets behind a label, and is no item of the column.
_ASIDE = re.compile(
    r"Allowance|.*(AllowanceForCreditLoss|AmortizedCost|FvNiCost|NotYetPaid)$|InterestPaid|IncomeTaxesPaid"
)


@cache
def _sums() -> dict[str, list[dict[str, int]]]:
    path = data_folder("schemas") / "taxonomy" / "calculation.toml"
    sums: dict[str, list[dict[str, int]]] = tomllib.loads(path.read_text(encoding="utf-8"))["sums"]
    return sums


@cache
def _weights() -> dict[str, int]:
    return {item: weight for ways in _sums().values() for way in ways for item, weight in way.items()}


def is_total(concept: str) -> bool:
    """Whether the line item is a total of the primary statements."""
    return concept in _sums() or bool(_TOTAL.match(concept))


def is_leaf(concept: str) -> bool:
    """Whether the line item is known, and known to be no total."""
    return concept in _weights() and concept not in _sums()


def is_root(concept: str) -> bool:
    """Whether the line item is a grand total: no item of any other."""
    return concept in _sums() and concept not in _weights()


def is_aside(concept: str) -> bool:
    """Whether the line item stands beside the column: in brackets behind a label, or below the statement."""
    return bool(_ASIDE.match(concept))


def usual_sign(concept: str) -> int:
    """The usual sign of an item in its sum: from the tree, else from the words of its name."""
    name = concept.partition(":")[2] or concept
    if _CHANGE.match(name):
        return 1 if _OWED.search(name) else -1
    if _TAKEN.match(name):
        return -1
    return _weights().get(name, 1)

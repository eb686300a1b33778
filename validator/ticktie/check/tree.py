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
    r"|OtherNoncashIncome|EquityMethodInvestment|DisposalGroup.*GainLoss"
)
#: Beginnings of names that leave no doubt about the sign; names that state both directions do.
_SURE = re.compile(r"(Payments?(Of|To)|Repayments?Of|Proceeds?From|Purchases?Of)(?!Payments|Repayments|Proceeds)")
_CHANGE = re.compile(r"IncreaseDecreaseIn")
_OWED = re.compile(
    r"Payable|Liabilit|Accrued|DeferredRevenue|ContractWithCustomerLiab|CustomerAdvance|Compensation|Unearned|Reserve"
)
_CONTRA = re.compile(r"Accumulated(Dep|Amort)|Allowance|.*AllowanceFor|Less")
#: Totals of assets and of liabilities.
_STOCK = re.compile(r"Assets(Current|Noncurrent)?|Liabilities(Current|Noncurrent)?")
_TOTAL = re.compile(
    r"(.*:)?Total|Revenues$|NetCashProvidedBy|AdjustmentsToReconcileNetIncome|.*(PeriodIncreaseDecrease|CostsAndExpenses$)"
    r"|.*(LossesAndExpenses|OperatingExpenses|CostsAndOtherExpenses|Adjustments|BeforeIncomeTaxes)$"
)
#: Names of gains and losses and of expenses that took no cash: operating cash flow adds them back to net income.
_ADJUSTING = re.compile(
    r"Depreciation|Amortization|Gain|Impairment|Provision|ShareBased|Deferred|Writ(eO|eDo|tenO)|WrittenDown"
    r"|EquityMethod|Restructuring|FairValue|Extinguishment|Accretion|NonCash|Noncash"
)
_GAIN = re.compile(r"Gain|IncomeLossFromEquityMethod")
_OPERATING = re.compile(r"NetCashProvidedByUsedInOperating|AdjustmentsToReconcile|.*AdjustmentsToReconcile")
#: Names of what cannot be below zero: what is paid or received in one direction, stocks, costs, prices.
_POSITIVE = re.compile(
    r"(Payments?(Of|To)|Repayments?Of|Proceeds?From|Purchases?Of)(?!Payments|Repayments|Proceeds)(?!.*Net)"
    r"|(Payments?To|Proceeds?From).*NetOfIssuanceCosts?$|Assets(Current|Noncurrent|Net)?$|Liabilities(Current|Noncurrent)?$"
    r"|LiabilitiesAndStockholdersEquity$|Cash(AndCashEquivalents|CashEquivalents|$)(?!.*(Increase|Effect))|Inventor|Goodwill"
    r"|PropertyPlantAndEquipment|(Accounts|Other|Notes|Nontrade|Premiums|Interest).*(Receivable|Payable)"
    r"|LongTermDebt|ShortTerm(Investments|Borrowings)|DebtCurrent|CommercialPaper|MarketableSecurities"
    r"|(Operating|Finance)Lease(RightOfUse|Liabilit)|IntangibleAssets|DeferredRevenue|ContractWithCustomerLiab"
    r"|(Accrued|Other)(Liabilities|Assets)|OtherAccrued|EmployeeRelated|Prepaid|DepositsAssets|UnearnedPremiums"
    r"|DeferredIncomeTax(Assets|Liabilit)|(Common|Preferred|Treasury)Stock|TemporaryEquityPar|Depreciation"
    r"|Amortization|CostOf|ResearchAndDevelopment|SellingGeneral|InterestPaid|ShareBasedComp|.*Allowance"
)
#: What stands in brackets behind a label, and is no item of the column.
_ASIDE = re.compile(
    r"(?!.*Net).*Allowance|.*(AllowanceForCreditLoss|AmortizedCost|AmortizedCostBasis|FvNiCost|NotYetPaid)$"
    r"|InterestPaid|IncomeTaxesPaid|.*LiquidationPreference|(?!.*Net).*AllowanceFor"
)


#: Totals whose items the statement itself seldom prints.
_SELDOM = frozenset({"InventoryNet", "PropertyPlantAndEquipmentNet", "NonoperatingIncomeExpense", "Revenues"})


@cache
def _sums() -> dict[str, list[dict[str, int]]]:
    path = data_folder("schemas") / "taxonomy" / "calculation.toml"
    sums: dict[str, list[dict[str, int]]] = tomllib.loads(path.read_text(encoding="utf-8"))["sums"]
    return sums


@cache
def _weights() -> dict[str, int]:
    return {item: weight for ways in _sums().values() for way in ways for item, weight in way.items()}


@cache
def _path(item: str, total: str) -> int:
    """The sign with which the tree of sums adds ``item`` into ``total``, through other totals of its statement too; 0
    where it does not."""
    for way in _sums().get(total, []):
        if item in way:
            return way[item]
    if total.startswith("NetCash"):
        return 0  # net income is an item there: its own items stand in another statement
    through = (weight * _path(item, name) for way in _sums().get(total, []) for name, weight in way.items())
    return next((sign for sign in through if sign), 0)


def is_total(concept: str) -> bool:
    """Whether the line item is a total of the primary statements."""
    return concept in _sums() or bool(_TOTAL.match(concept))


def is_printed_sum(concept: str) -> bool:
    """Whether the line item is a total whose items its statement prints."""
    return is_total(concept) and concept not in _SELDOM


def is_leaf(concept: str) -> bool:
    """Whether the line item is known, and known to be no total."""
    return concept in _weights() and not is_total(concept)


def has_sure_sign(concept: str, total: str = "") -> bool:
    """Whether the sign of an item in its sum is beyond doubt: known from the tree, said by its name, or that of every
    asset and liability."""
    name = concept.partition(":")[2] or concept
    return name in _weights() or bool(_SURE.match(name)) or bool(_STOCK.fullmatch(total))


def adjusts_cash_flow(concept: str) -> bool:
    """Whether a line item of the income statement took no cash, so that operating cash flow may print it as well."""
    return bool(_ADJUSTING.search(concept))


def adjusting_sign(concept: str) -> int:
    """The sign of such an item in operating cash flow."""
    return -1 if _GAIN.search(concept) else 1


def is_never_negative(concept: str) -> bool:
    """Whether a standard line item cannot be below zero."""
    return bool(_POSITIVE.match(concept))


def is_root(concept: str) -> bool:
    """Whether the line item is a grand total: no item of any other."""
    return concept in _sums() and concept not in _weights()


def is_aside(concept: str) -> bool:
    """Whether the line item stands beside the column: in brackets behind a label, or below the statement."""
    return bool(_ASIDE.match(concept))


def usual_sign(concept: str, total: str = "") -> int:
    """The usual sign of an item in its sum: from the tree, else from the words of its name. Operating cash flow takes
    gains off, every other total adds them."""
    name = concept.partition(":")[2] or concept
    if _CHANGE.match(name):
        return 1 if _OWED.search(name) else -1
    if _STOCK.fullmatch(total):
        return -1 if _CONTRA.match(name) else 1
    known = _path(name, total)
    if known:
        return known
    if total and _GAIN.search(name):
        return -1 if _OPERATING.match(total) else 1
    if _TAKEN.match(name):
        return -1
    return _weights().get(name, 1)

"""Which sign a concept wants for a printed figure: what the words of the label say, and what its brackets say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from ticktie.map.taxonomy import concepts
from ticktie.map.words import plain
from ticktie.model.concepts import Concept
from ticktie.model.facts import Statement

Sense = Literal["income", "tax", "income-expense", "cash", "change", "equity", "one-way"]

_SENSES: tuple[tuple[Sense, re.Pattern[str]], ...] = (
    ("tax", re.compile(r"ExpenseBenefit|IncomeTaxesAndTaxCredits|TaxEffectOf")),
    ("cash", re.compile(r"ProvidedByUsedIn")),
    ("change", re.compile(r"PeriodIncreaseDecrease|^EffectOfExchangeRate")),
    ("income-expense", re.compile(r"IncomeExpense|InterestIncomeExpense|OperatingIncomeExpense|ExpenseIncome")),
    (
        "equity",
        re.compile(
            r"(?<!And)StockholdersEquity|^RetainedEarnings|^PartnersCapital|^AssetsNet$|^AccumulatedOtherComprehensive|^MinorityInterest$"
        ),
    ),
    (
        "income",
        re.compile(
            r"IncomeLoss|ProfitLoss|GainLoss|GainsLosses|EarningsPerShare|PerBasicShare|PerDilutedShare|^GrossProfit|^ComprehensiveIncome"
        ),
    ),
)
_POSITIVE: dict[Sense, str] = {
    "income": r"net income|income|incomes|earnings|profits?|gains?|margin|recover(?:y|ies)",
    "tax": r"expenses?|provisions?|charges?",
    "income-expense": r"income|gains?|earnings|revenues?",
    "cash": r"provided|generated|from",
    "change": r"increases?",
    "equity": r"retained earnings|equity|income|surplus",
}
_NEGATIVE: dict[Sense, str] = {
    "income": r"loss(?:es)?|deficit|impairments?|write[- ]?(?:downs?|offs?)",
    "tax": r"benefits?|credits?|recover(?:y|ies)",
    "income-expense": r"expenses?|loss(?:es)?|charges?|deductions?|costs?",
    "cash": r"used?|applied|absorbed|required",
    "change": r"decreases?",
    "equity": r"deficits?|deficiency|loss(?:es)?|impairment",
}
_TAXES = re.compile(
    r"\b(?:income|on income|on earnings)[ -]tax(?:es)?\b|\bbefore .*|\btaxes on (?:income|earnings)\b"
    r"|\bother comprehensive income\b(?= \(loss)"
)
_TAX_NOISE = re.compile(r"\b(?:shared?|stock)[- ]based\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_LESS = re.compile(r"^\W*(?:less|deduct)\b")
_CONTRA = re.compile(
    r"^AccumulatedDepreciation|AccumulatedDepreciation|AccumulatedAmortization|Allowance|^TreasuryStock|^UnearnedESOP"
)
_WORDS_RULE_IN_CASH_FLOW = re.compile(
    r"^NetIncomeLoss|^ProfitLoss|^IncomeLossFromContinuingOperations|ProvidedByUsedIn|PeriodIncreaseDecrease|^EffectOf"
)
_CAN_BE_NEGATIVE_IN_CASH_FLOW = re.compile(
    r"IncreaseDecrease|GainLoss|GainsLosses|IncomeLoss|ExpenseBenefit|IncomeExpense|TaxCredits|PaymentsFor[A-Z]|ProceedsFrom(?:Repay|Pay)"
)
_OUTSIDE_OPERATIONS = re.compile(r"^Interest|Nonoperating|Debt|Dividend|NoncontrollingInterest|^MinorityInterest")


class Wording(NamedTuple):
    """What a label says of direction: ``sign`` of a figure printed without brackets, and whether the label names both
    directions (then brackets mean the other one)."""

    sign: int
    both: bool


@lru_cache(maxsize=1024)
def sense_of(concept: str) -> Sense:
    """Which pair of words turns the sign of ``concept`` (local name)."""
    return next((sense for sense, pattern in _SENSES if pattern.search(concept)), "one-way")


@lru_cache(maxsize=4096)
def wording(label: str, sense: Sense) -> Wording:
    """What ``label`` says of the direction of a figure of a concept of ``sense``."""
    if sense == "one-way":
        return Wording(1, False)
    text = plain(label)
    if sense != "equity":
        text = _TAXES.sub(" ", text)
    outside = _BRACKETS.sub(" ", text)
    found = [
        (match.start(), sign)
        for sign, words in ((1, _POSITIVE[sense]), (-1, _NEGATIVE[sense]))
        for match in re.finditer(rf"\b(?:{words})\b", outside)
    ]
    first = min(found)[1] if found else 1
    opposite = _NEGATIVE[sense] if first > 0 else _POSITIVE[sense]
    return Wording(first, bool(re.search(rf"\b(?:{opposite})\b", text)))


def local_name(concept: str) -> str:
    """``us-gaap:Assets`` as ``Assets``."""
    return concept.rpartition(":")[2]


def concept_sign(
    label: str,
    concept: str,
    printed_negative: bool,
    *,
    statement: Statement | None = None,
    mixed: bool = False,
    costs_in_brackets: bool = False,
) -> int:
    """The sign (1 or -1) of a fact from the label of its row and whether its figure is printed in brackets.

    The value of the fact is this sign times the printed magnitude:

    * words of one direction decide alone (``Net loss 5``, ``Net loss (5)``, ``Accumulated deficit (5)``: -1), unless
      the row prints both signs (``mixed``): then brackets mean the worded direction;
    * a label of both directions (``Net income (loss)``) leaves it to the brackets;
    * in a cash flow statement figures are cash effects: payments, and increases of assets, turn their sign;
    * ``Less:`` and contra items (accumulated depreciation, treasury stock) are positive amounts;
    * a cost in brackets is a positive cost if its table prints costs so (``costs_in_brackets``) or it stands below
      operating income, else a negative one. Concepts unknown to us (``ext:``) keep the printed sign.
    """
    printed = -1 if printed_negative else 1
    known = concepts().get(local_name(concept))
    if known is None or concept.startswith("ext:"):
        return printed
    if known.unit == "shares" or _CONTRA.search(known.name):
        return 1
    if _is_cash_effect(known, statement):
        return _cash_effect(known, printed, mixed)
    sense = sense_of(known.name)
    if sense == "one-way":
        return _amount(known, label, printed, costs_in_brackets)
    return _worded(known, label, sense, printed, mixed, costs_in_brackets)


def _is_cash_effect(concept: Concept, statement: Statement | None) -> bool:
    main = concept.statements[:1] == ("cash-flow",)
    in_cash_flow = statement == "cash-flow" or (statement is None and main)
    return in_cash_flow and concept.period == "duration" and not _WORDS_RULE_IN_CASH_FLOW.search(concept.name)


def _cash_effect(concept: Concept, printed: int, mixed: bool) -> int:
    """Cash in is positive in print; a concept with a credit balance counts the other way."""
    direction = -1 if concept.balance == "credit" else 1
    if not mixed and not _CAN_BE_NEGATIVE_IN_CASH_FLOW.search(concept.name) and direction < 0:
        return 1
    return printed * direction


def _amount(concept: Concept, label: str, printed: int, costs_in_brackets: bool) -> int:
    if _LESS.search(plain(label)):
        return 1
    is_cost = concept.balance == "debit" and concept.period == "duration"
    if is_cost and (costs_in_brackets or _OUTSIDE_OPERATIONS.search(concept.name)):
        return 1
    return printed


def _worded(concept: Concept, label: str, sense: Sense, printed: int, mixed: bool, costs_in_brackets: bool) -> int:
    said = wording(label, sense)
    if said.both:
        return said.sign * printed
    if said.sign < 0:
        return printed if mixed else -1
    if _LESS.search(plain(label)) or concept.name.endswith("AttributableToNoncontrollingInterest"):
        return 1
    return 1 if sense == "tax" and costs_in_brackets else printed


def says_opposite(label: str, concept: str) -> bool:
    """Whether the words of ``label`` state the negative direction of ``concept`` (``Net loss`` of NetIncomeLoss)."""
    return wording(label, sense_of(local_name(concept))).sign < 0

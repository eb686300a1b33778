"""Percentages of running text that are the quotient of two table figures: margins, rates, shares of a stated whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ticktie.map.rows import plain
from ticktie.model.facts import Fact, Period, Quotient
from ticktie.model.figures import Claim
from ticktie.model.source import Document

#: Ratios of the field by name: part and whole, the first concepts that stand.
_RATIOS: tuple[tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (re.compile(name), parts, wholes)
    for name, parts, wholes in (
        (r"^gross (?:profit )?margin", ("GrossProfit",), ("REVENUE",)),
        (r"^operating (?:profit |income )?margin", ("OperatingIncomeLoss",), ("REVENUE",)),
        (r"^net (?:profit |income )?margin", ("NetIncomeLoss", "ProfitLoss"), ("REVENUE",)),
        (r"^(?:effective )?(?:income )?tax rate", ("IncomeTaxExpenseBenefit",), ("PRETAX",)),
    )
)
_GROUPS = {
    "REVENUE": (
        "Revenues",
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        "SalesRevenueNet",
        "RevenueFromContractWithCustomerIncludingAssessedTax",
    ),
    "PRETAX": (
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments",
    ),
}
_NOT_PLAIN = re.compile(r"\b(?:pro forma|non-?gaap|adjusted|excluding)\b")
#: What stands between an amount and the percentage that it is of something.
_OR = re.compile(
    r",?\s(?:or|and\saccount(?:ed|s)\sfor|which\saccount(?:ed|s)\sfor)\s(?:approximately\s|about\s)?|\s?\("
)
_OF = re.compile(r"\s(?:of|to)\s")
#: The table fact of a concept (local name) in a period.
Find = Callable[[str, Period], Fact | None]
Named = Callable[[str, Claim], Fact | None]


def quotients(
    claims: Sequence[Claim],
    facts: Mapping[str, Fact],
    find: Find,
    named: Named,
    stated: Callable[[Fact], Fact | None],
    document: Document,
) -> Iterator[Quotient]:
    """The quotients that the percentages among ``claims`` state: ``find`` gives the table fact of a concept, ``named``
    that of a phrase, ``stated`` that which a claim repeats."""
    for before, claim in zip((None, *claims), claims, strict=False):
        if claim.kind not in ("percentage", "percent-change") or claim.period is None or not claim.metrics:
            continue
        pair = _ratio(claim, find) if claim.decimals else None
        if pair is None and claim.kind == "percentage" and before is not None and _is_of(before, claim, document):
            part, whole = stated(facts[before.id]), named(claim.metrics[0], claim)
            pair = (part, whole) if part and whole and part.id != whole.id else None
        if pair is not None:
            yield Quotient(claim.id, pair[0].id, pair[1].id)


def _ratio(claim: Claim, find: Find) -> tuple[Fact, Fact] | None:
    name = re.sub(r"^(?:total|overall|company|consolidated|our|gaap) ", "", plain(claim.metrics[0]))
    if claim.period is None or _NOT_PLAIN.search(name):
        return None
    for pattern, parts, wholes in _RATIOS:
        if pattern.match(name):
            part, whole = _first(parts, claim.period, find), _first(wholes, claim.period, find)
            return (part, whole) if part and whole else None
    return None


def _first(names: Sequence[str], period: Period, find: Find) -> Fact | None:
    concepts = [concept for name in names for concept in _GROUPS.get(name, (name,))]
    return next((fact for concept in concepts if (fact := find(concept, period))), None)


def _is_of(before: Claim, claim: Claim, document: Document) -> bool:
    """Whether a percentage says what the amount right before it is of the whole that follows."""
    if before.kind != "amount" or before.sentence != claim.sentence or "/" in before.unit:
        return False
    between = re.sub(r"\s+", " ", document.text[before.span.end : claim.span.start])
    return bool(_OR.fullmatch(between) and _OF.match(document.text, claim.span.end))

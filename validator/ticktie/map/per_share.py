"""Per-share figures and share counts, whose rows often say no more than ``Basic`` and ``Diluted``."""

from __future__ import annotations

from collections.abc import Set

_BASIC = frozenset({"basic", "primary", "undiluted"})
_DILUTED = frozenset({"diluted", "dilution", "dilutive"})
_EARNINGS = frozenset({"earning", "income", "loss", "profit", "eps"})
_SPECIAL = frozenset(
    {
        "pro",
        "forma",
        "adjusted",
        "nongaap",
        "core",
        "excluding",
        "cumulative",
        "book",
        "price",
        "accounting",
        "extraordinary",
        "effect",
    }
    | {
        "accretion",
        "tangible",
        "fund",
        "ffo",
        "change",
        "charge",
        "operating",
        "disposal",
        "sale",
        "unusual",
        "gaap",
        "impact",
        "restructuring",
    }
    | {"exclusive", "normalized", "comparable", "class", "cash", "undistributed", "distributed"}
)
_COUNTING = frozenset({"share", "outstanding", "weighted", "average", "number", "unit", "used", "stock", "common"})
_ADJUSTMENT = frozenset(
    {
        "effect",
        "potential",
        "equivalent",
        "incremental",
        "option",
        "warrant",
        "award",
        "convertible",
        "addition",
        "impact",
    }
)

Found = tuple[str, float]
#: A measure of the filer's own.
OWN: Found = ("", 0.7)


def _which(words: Set[str]) -> tuple[bool, bool]:
    return bool(words & _BASIC), bool(words & _DILUTED)


def per_share_concept(label: Set[str], section: Set[str]) -> Found | None:
    """Concept (local name) and confidence of a per-share row by its words and those of its headings; None where they
    do not say, an empty name for a measure of the filer's own."""
    words = label | section
    if "dividend" in words and not label & (_BASIC | _DILUTED):
        return _dividend(words)
    if {"par", "stated", "exercise", "liquidation"} & words:
        return None
    if _SPECIAL & words:
        return OWN
    basic, diluted = _which(label if label & (_BASIC | _DILUTED) else words)
    if not basic and not diluted and not words & _EARNINGS:
        return None
    sure = 0.97 if basic or diluted else 0.75
    return _earnings(words, basic, diluted), sure


def _dividend(words: Set[str]) -> Found:
    if "preferred" in words:
        return "PreferredStockDividendsPerShareDeclared", 0.85
    if "paid" in words:
        return "CommonStockDividendsPerShareCashPaid", 0.9
    return "CommonStockDividendsPerShareDeclared", 0.9 if "declared" in words else 0.8


def _earnings(words: Set[str], basic: bool, diluted: bool) -> str:
    kind = "BasicAndDiluted" if basic == diluted else "Basic" if basic else "Diluted"
    if "discontinued" in words:
        return f"IncomeLossFromDiscontinuedOperationsNetOfTaxPer{kind}Share"
    if "continuing" in words:
        return f"IncomeLossFromContinuingOperationsPer{kind}Share"
    return f"EarningsPerShare{kind}"


def share_count_concept(label: Set[str], section: Set[str], has_diluted_sibling: bool) -> Found | None:
    """Concept (local name) and confidence of a row of average share counts; None where the words do not say, an
    empty name for a measure of the filer's own."""
    words = label | section
    if {"authorized", "issued", "repurchased"} & words:
        return None
    if {"forma", "nongaap"} & words or label == {"adjusted"}:
        return OWN
    if _is_adjustment(label):
        return "WeightedAverageNumberDilutedSharesOutstandingAdjustment", 0.9
    for words_of, sure in ((label, 0.97), (section, 0.9)):
        basic, diluted = _which(words_of)
        if (basic or diluted) and (words_of is label or "average" in words):
            return _average(basic, diluted), sure
    return (_average(True, not has_diluted_sibling), 0.8) if "average" in words else None


def _is_adjustment(label: Set[str]) -> bool:
    """Whether a row of share counts adds the dilutive shares to the basic ones."""
    basic, diluted = _which(label)
    if basic or label & {"weighted", "average", "assuming", "total", "adjusted"}:
        return False
    return bool(label & (_ADJUSTMENT if diluted else {"equivalent", "potential"}))


def _average(basic: bool, diluted: bool) -> str:
    if basic and diluted:
        return "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"
    return (
        "WeightedAverageNumberOfSharesOutstandingBasic" if basic else "WeightedAverageNumberOfDilutedSharesOutstanding"
    )

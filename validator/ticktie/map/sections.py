"""Which part of a statement the headings above a row name (``current-assets``, ``revenues``, ``investing``, ...)."""

from __future__ import annotations

import re
from functools import lru_cache

from ticktie.map.words import plain
from ticktie.model.facts import Statement

_BALANCE_SHEET = (
    ("noncurrent-assets", r"\b(?:non-?current|long[- ]term|other|fixed) assets|^investments\b|^property\b"),
    ("current-assets", r"\bcurrent assets"),
    ("noncurrent-liabilities", r"\b(?:non-?current|long[- ]term|other) (?:liabilities|obligations)|^long[- ]term debt"),
    ("current-liabilities", r"\bcurrent liabilities"),
    ("", r"liabilities(?:,.*)? and\b.*\b(?:equity|deficit|deficiency|capital|investment)"),
    ("equity", r"\b(?:equity|deficit|deficiency|capital)\b"),
    ("liabilities", r"\bliabilities\b"),
    ("assets", r"\bassets\b"),
)
_INCOME_STATEMENT = (
    ("shares", r"weighted|shares (?:used|outstanding)|number of shares|average (?:common )?shares"),
    ("per-share", r"per (?:common |ordinary )?(?:share|unit)|per[- ]share"),
    ("", r"other (?:income|expense|\(income|\(expense|revenue)|non-?operating|interest and other|discontinued"),
    ("costs", r"\b(?:expenses?|costs?)\b"),
    ("revenues", r"\b(?:revenues?|sales|interest income|non-?interest income|operating income)\b|^income$"),
)
_CASH_FLOW = (
    (
        "supplemental",
        r"supplement|non-?cash (?:investing|financing|transactions|activities)|cash paid|paid for|disclosure",
    ),
    ("operating", r"\boperating activities|\boperations|adjustments? to reconcile|changes? in|^operating\b"),
    ("investing", r"\binvesting activities|^investing\b"),
    ("financing", r"\bfinancing activities|^financing\b"),
)
_BY_STATEMENT: dict[Statement | None, tuple[tuple[str, str], ...]] = {
    "balance-sheet": _BALANCE_SHEET,
    "income-statement": _INCOME_STATEMENT,
    "cash-flow": _CASH_FLOW,
    "other": (),
    None: _BALANCE_SHEET[:5] + _INCOME_STATEMENT[:2] + _CASH_FLOW + _INCOME_STATEMENT[2:] + _BALANCE_SHEET[5:],
}
_SEPARATOR = re.compile(r"\s*[|>;\n\t]\s*|:\s*")
_FAMILIES = (
    frozenset({"assets", "liabilities", "equity"}),
    frozenset({"revenues", "costs"}),
    frozenset({"operating", "investing", "financing"}),
)


def headings(section: str) -> list[str]:
    """The headings of ``section``, outermost first (parted by ``|``, ``>``, ``;`` or ``:``)."""
    return [heading for heading in _SEPARATOR.split(section) if heading.strip()]


@lru_cache(maxsize=1024)
def part_of(section: str, statement: Statement | None) -> str | None:
    """The part that the deepest telling heading of ``section`` names; empty where it names none in particular, None
    where no heading tells."""
    for heading in reversed(headings(section)):
        text = plain(heading)
        for part, pattern in _BY_STATEMENT[statement]:
            if re.search(pattern, text):
                return part
    return None


def _side(part: str) -> str:
    return part.rpartition("-")[2]


def contradicts(part: str, concept_part: str) -> bool:
    """Whether a concept of ``concept_part`` cannot stand in ``part`` (``current-assets`` in ``liabilities``)."""
    mine, theirs = _side(part), _side(concept_part)
    if not any(mine in family and theirs in family for family in _FAMILIES):
        return False
    return mine != theirs or (part != mine and concept_part != theirs and part != concept_part)

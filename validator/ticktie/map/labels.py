"""Row labels to us-gaap concepts: first by the labels that filers print, by count; then through light damage.

A label that no filer printed for a standard concept gets a concept of its own (``ext:`` and the label in camel case).
A wrong standard concept is worse than an own one, so every step beyond an exact label costs confidence.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from ticktie.map.candidates import EXACT, candidates
from ticktie.map.guess import SURE, alike
from ticktie.map.per_share import OWN, Found, per_share_concept, share_count_concept
from ticktie.map.sections import contradicts, headings, part_of
from ticktie.map.signs import concept_sign, says_opposite, sense_of
from ticktie.map.successors import current_name
from ticktie.map.taxonomy import Use, concepts, label_index
from ticktie.map.words import label_similarity, normalise, readability
from ticktie.model.concepts import Concept, PeriodType, UnitKind
from ticktie.model.facts import Statement

__all__ = ["Mapping", "concept_sign", "extension_name", "is_readable", "label_similarity", "map_label"]

UNKNOWN = 0.5
MIN_SHARE = 0.34
SMOOTHING = 1.5
#: Cash flow statements count restricted cash as cash for years that begin after 15 December 2017 (ASU 2016-18).
RESTRICTED_CASH_SINCE = 2019
BARE = 0.75
SHAPE = 0.8
_MAX_NAME = 120
#: Line items that the rules stand on: a guess never names them.
LANDMARKS = frozenset(
    {
        "Assets", "AssetsCurrent", "Liabilities", "LiabilitiesCurrent", "LiabilitiesAndStockholdersEquity",
        "StockholdersEquity", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest", "Revenues",
        "CostOfRevenue", "GrossProfit", "OperatingExpenses", "OperatingIncomeLoss", "IncomeTaxExpenseBenefit",
        "NetIncomeLoss", "ProfitLoss", "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInInvestingActivities", "NetCashProvidedByUsedInFinancingActivities",
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
        "CashAndCashEquivalentsAtCarryingValue", "CashAndCashEquivalentsPeriodIncreaseDecrease",
        "RevenueFromContractWithCustomerExcludingAssessedTax", "CostOfGoodsAndServicesSold", "CostsAndExpenses",
        "BenefitsLossesAndExpenses", "NetIncomeLossAvailableToCommonStockholdersBasic",
    }
)  # fmt: skip

_NONCONTROLLING = re.compile(r"noncontrolling|minority interest")
_ENDS = re.compile(r"\b(?:beginning|end|ending|start|opening|closing)\b")
_CHANGE = re.compile(r"\b(?:increase|decrease|change)\b(?!.*\b(?:payable|receivable|asset|liability)\b)")
_EXCHANGE = re.compile(r"\bexchange\b|\bcurrency\b")
_AND_RESTRICTED = "CashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
_SHAPES = (
    (
        "LiabilitiesAndStockholdersEquity",
        re.compile(r"^(?:total )?liability \w.* (?:equity|deficit|deficiency|net asset)$"),
    ),
    ("StockholdersEquity", re.compile(r"^total .*\bstockholder (?:equity|deficit|deficiency)$")),
    (
        "NetCashProvidedByUsedInOperatingActivities",
        re.compile(r"^(?:net )?cash .*\b(?:operating activity|from operation)$"),
    ),
    ("NetCashProvidedByUsedInInvestingActivities", re.compile(r"^(?:net )?cash .*\binvesting activity$")),
    ("NetCashProvidedByUsedInFinancingActivities", re.compile(r"^(?:net )?cash .*\bfinancing activity$")),
)
_NOT_PLAIN = re.compile(
    r"\b(?:before|change|continuing|discontinued|adjustment|reconcile|noncash|noncontrolling|included)\b"
)
#: What a heading of a cash flow statement says is done with the items below it.
_ACTION = re.compile(
    r"(?i)\W*(?:(?:net )?purchases? of|(?:proceeds from )?(?:the )?(?:sales?|maturities|redemptions?|issuances?) of"
    r"|payments? (?:of|for)|acquisitions? of|repayments? of)\b"
)
_BARE = frozenset({"", "total", "subtotal", "net"})


class Mapping(Struct, frozen=True):
    """The concept of a label (``us-gaap:Assets``, ``ext:ProductSales``), how sure it is (0 to 1), and whether the words
    state the negative direction of the concept (``Net loss`` of NetIncomeLoss)."""

    concept: str
    confidence: float
    negated: bool = False


class _Table(NamedTuple):
    """What the other rows of a table say: whether interests of others appear, whether a diluted row does, and whether
    each side of a balance sheet is classified (None: no rows given)."""

    noncontrolling: bool | None = None
    diluted: bool = False
    current_assets: bool | None = None
    current_liabilities: bool | None = None
    restricted_cash: bool = False
    year: int | None = None
    guess: bool = False


class _Row(NamedTuple):
    """A label with all that may decide its concept."""

    label: str
    section: str
    statement: Statement | None
    unit: UnitKind | None
    period: PeriodType | None
    table: _Table


def map_label(
    label: str,
    *,
    section: str = "",
    statement: Statement | None = None,
    unit: UnitKind | None = None,
    period_type: PeriodType | None = None,
    siblings: Sequence[str] = (),
    year: int | None = None,
    guess: bool = False,
) -> Mapping:
    """The concept of a row: ``section`` holds the headings above it (outermost first), ``siblings`` the labels of the
    table's rows, ``year`` the one its latest column ends in; what is None or empty decides nothing. ``guess`` allows
    the concept of a label that only shares the telling words."""
    table = _table(tuple(siblings))._replace(year=year, guess=guess)
    if year is not None and year >= RESTRICTED_CASH_SINCE:
        table = table._replace(restricted_cash=True)
    return _mapped(_Row(label, section, statement, unit, period_type, table))


@lru_cache(maxsize=256)
def _table(siblings: tuple[str, ...]) -> _Table:
    if not siblings:
        return _Table()
    keys = [normalise(sibling) for sibling in siblings]
    return _Table(
        noncontrolling=any(_NONCONTROLLING.search(key) for key in keys),
        diluted=any("dilut" in key for key in keys),
        current_assets=any(key.endswith("current asset") and "noncurrent" not in key for key in keys),
        current_liabilities=any(key.endswith("current liability") and "noncurrent" not in key for key in keys),
        restricted_cash=any("restricted" in key and _ENDS.search(key) for key in keys),
    )


def _shaped(row: _Row, key: str) -> Found | None:
    """A total by its first and last words, whatever stands between (``Total NAME stockholders' equity``)."""
    name = next((name for name, shape in _SHAPES if shape.search(key)), None)
    if name is None or row.statement not in (None, *concepts()[name].statements) or _NOT_PLAIN.search(key):
        return None
    return (name, SHAPE) if row.unit in (None, "monetary") else None


@lru_cache(maxsize=16384)
def _mapped(row: _Row) -> Mapping:
    row = _split_heading(row)
    found = _named(row)
    if found is None or not found[0]:
        return Mapping(f"ext:{extension_name(row.label)}", UNKNOWN if found is None else round(found[1], 3))
    name = current_name(found[0], normalise(row.label), row.table.year)
    return Mapping(f"us-gaap:{name}", round(found[1], 3), says_opposite(row.label, name))


def _named(row: _Row) -> Found | None:
    """Concept (local name, empty for one outside our taxonomy) and confidence; None where nothing is known."""
    key = normalise(row.label)
    if key in _BARE:
        return _bare(row, key)
    found = _share_data(row) or _restricted_cash(row) or _acted(row) or _indexed(row) or _shaped(row, key)
    if row.table.guess and row.unit == "monetary" and (found is None or not found[0]):
        return _guessed(row) or found
    return found


def _acted(row: _Row) -> Found | None:
    """``Fixed maturities`` below the heading ``Purchases of investments`` as ``Purchases of fixed maturities``."""
    above = headings(row.section)
    if row.statement != "cash-flow" or not row.table.guess or not above or _ACTION.match(row.label):
        return None
    action = _ACTION.match(above[-1])
    return _indexed(row._replace(label=f"{action[0]} {row.label}")) if action else None


def _guessed(row: _Row) -> Found | None:
    """The concept of the known labels that share the telling words of the row, alone or below its heading."""
    tries = [row.label, *(f"{heading} {row.label}" for heading in headings(row.section)[-1:])]
    found = []
    for label in tries:
        for key, likeness in alike(label, row.statement):
            best = _best(row, key, label_index().uses(key))
            if best is not None and best[0] not in LANDMARKS:
                found.append((SURE * likeness * min(1.0, 0.5 + best[1]), best[0]))
                break
    sure, name = max(found, default=(0.0, ""))
    return (name, sure) if name else None


def _bare(row: _Row, key: str) -> Found | None:
    """A row labelled ``Total``, or not at all, as the total of its deepest heading; a row without a label is no total
    of a whole side of the balance sheet, since it may close any block of it."""
    above = headings(row.section)
    if not above or (not key and part_of(above[-1], row.statement) in ("assets", "liabilities", "equity", "")):
        return None
    found = _indexed(row._replace(label=f"Total {above[-1]}"))
    return (found[0], BARE * found[1]) if found else None


def _split_heading(row: _Row) -> _Row:
    """``Expenses: Research`` as label ``Research`` below heading ``Expenses``."""
    head, colon, rest = row.label.partition(":")
    if not colon or not normalise(rest) or len(head.split()) > 3 or part_of(head, row.statement) is None:
        return row
    return row._replace(label=rest.strip(), section=f"{row.section}|{head}")


def _restricted_cash(row: _Row) -> Found | None:
    """Cash including restricted cash at the ends of a cash flow statement (ASU 2016-18), and its change."""
    key = normalise(row.label)
    if row.statement != "cash-flow" or not ("restricted" in key or row.table.restricted_cash):
        return None
    if "cash" not in key.replace("restricted cash", "") or "discontinued" in key:
        return None
    if _ENDS.search(key) or (row.period == "instant" and key.startswith("total")):
        return f"Cash{_AND_RESTRICTED}", 0.95
    if _EXCHANGE.search(key):
        return f"EffectOfExchangeRateOnCash{_AND_RESTRICTED}", 0.9
    if _CHANGE.search(key):
        return f"Cash{_AND_RESTRICTED}PeriodIncreaseDecreaseIncludingExchangeRateEffect", 0.95
    return None


def _share_data(row: _Row) -> Found | None:
    part = part_of(row.section, "income-statement") if row.unit is None else None
    label, section = set(normalise(row.label).split()), set(normalise(row.section.replace("|", " ")).split())
    if row.unit == "per-share" or part == "per-share":
        return per_share_concept(label, section)
    if row.unit == "shares" or part == "shares":
        return share_count_concept(label, section, row.table.diluted)
    return None


def _indexed(row: _Row) -> Found | None:
    """Concept name and confidence by the label index; an empty name says that filers use a concept outside of it."""
    index = label_index()
    for keys, quality in candidates(row.label, row.statement, index):
        uses = [use for key in keys for use in index.uses(key)]
        found = _best(row, keys[0], uses)
        if found is not None:
            return found[0], quality * found[1]
        if quality == EXACT and _is_outside(row, uses):
            return OWN
    return None


def _is_outside(row: _Row, uses: Sequence[Use]) -> bool:
    """Whether filers print the very label on this statement, but for concepts outside our taxonomy alone."""
    here = [use for use in uses if row.statement in (None, use.statement)]
    return bool(here) and all(use.concept is None for use in here)


def _best(row: _Row, key: str, uses: Sequence[Use]) -> Found | None:
    """The concept that filers most use a label for in this place, with its share of the uses that fit; None where none
    fits or none stands out."""
    scores: dict[str, float] = {}
    for use in uses:
        name, score = _scored(row, key, use)
        scores[name] = scores.get(name, 0.0) + score
    if not any(score > 0 for name, score in scores.items() if name):
        return None
    _prefer_by_interests(scores, row, key)
    best = max(scores, key=lambda name: (scores[name], name))
    share = scores[best] / (sum(scores.values()) + SMOOTHING)
    return (best, share) if share >= MIN_SHARE else None


def _prefer_by_interests(scores: dict[str, float], row: _Row, key: str) -> None:
    """Without interests of others the parent's share is all there is; with them ``Net income`` is that of all."""
    for whole, parents in (
        ("ProfitLoss", "NetIncomeLoss"),
        ("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest", "StockholdersEquity"),
    ):
        if whole in scores and parents in scores and row.table.noncontrolling is not None:
            if not row.table.noncontrolling:
                scores[parents] += scores.pop(whole)
            elif key in ("net income", "net loss", "net earning", "consolidated net income"):
                scores[whole] += scores.pop(parents) / 2


def _scored(row: _Row, key: str, use: Use) -> tuple[str, float]:
    """Concept name (empty outside our taxonomy) and weight of one use of a label in the place of ``row``."""
    same = row.statement is None or use.statement == row.statement
    weight = use.filings * (1.0 if same else 0.3 if use.statement == "other" else 0.1)
    if use.concept is None:
        return "", weight
    return use.concept.name, weight * _fit(row, key, use.concept)


def _fit(row: _Row, key: str, concept: Concept) -> float:
    if row.unit is not None and row.unit != concept.unit:
        return 0.0
    if (
        row.period is not None
        and row.period != concept.period
        and not (concept.period == "instant" and _ENDS.search(key))
    ):
        return 0.0
    part = part_of(row.section, row.statement)
    if part and (contradicts(part, concept.part) or _wrong_side(part, concept)):
        return 0.0
    weight = 4.0 if part == concept.part and part not in ("", "assets", "liabilities") else 1.0
    return weight * _classified(row, concept, part)


def _wrong_side(part: str, concept: Concept) -> bool:
    """Whether a flow of revenue stands among costs or the reverse (a part that names neither decides nothing)."""
    if part == "revenues":
        return concept.period == "duration" and (concept.balance == "debit" or "Nonoperating" in concept.name)
    if part == "costs" and concept.period == "duration":
        return concept.balance == "credit" and sense_of(concept.name) == "one-way"
    return False


def _classified(row: _Row, concept: Concept, part: str | None) -> float:
    """How well current or noncurrent fits the sheet: an unclassified side has neither, one with a current block puts
    what stands outside the block among the noncurrent."""
    side = concept.part.rpartition("-")[2]
    classified = {"assets": row.table.current_assets, "liabilities": row.table.current_liabilities}.get(side)
    if classified is None or concept.period != "instant":
        return 1.0
    if not classified:
        return 0.05 if concept.part.startswith(("current-", "noncurrent-")) and "Deferred" not in concept.name else 1.0
    return 0.2 if concept.part.startswith("current-") and part == side else 1.0


def extension_name(label: str) -> str:
    """A name for a concept of our own: the words of ``label`` in camel case, a valid NCName that depends on the label
    alone; ``LineItem`` and a number of five digits where it has no words."""
    text = unicodedata.normalize("NFKD", label.replace("’", "'")).encode("ascii", "ignore").decode()
    words = re.findall(
        r"[A-Za-z0-9]+",
        re.sub(r"(?<!\d)\(\s*(?:\d{1,2}|[a-z])\s*\)|(?<=\w)'(?=\w)", "", text.replace("&", " and ")).replace("'", ""),
    )
    name = "".join(
        word[:1].upper() + (word[1:].lower() if word.isupper() and len(word) > 4 else word[1:]) for word in words
    )[:_MAX_NAME]
    if not re.search(r"[A-Za-z]", name):
        return f"LineItem{zlib.crc32(label.encode()) % 100000:05d}"
    return name if name[0].isalpha() else f"LineItem{name}"


@lru_cache(maxsize=8192)
def is_readable(label: str) -> float:
    """How much ``label`` looks like words of financial statements rather than garble, 0 to 1."""
    index = label_index()
    return readability(label, index.vocabulary, index.trigrams)

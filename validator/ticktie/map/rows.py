"""Table rows as running text may name them, and the row that a phrase names: by words, never by value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct, field
from rapidfuzz.fuzz import ratio

from ticktie.map.phrases import concept_for_phrase
from ticktie.model.facts import PART, Fact, Period

Flavour = Literal["basic", "diluted", "both", ""]
Side = Literal["in", "out", ""]

_WORD = re.compile(r"[a-z0-9&]+")
#: Below this confidence the concept of a row is a guess from its words: then the words themselves decide.
_GUESSED = 0.5
#: Words that narrow nothing: with or without them a phrase names the same row.
_HARMLESS = frozenset(
    {
        "total", "consolidated", "company", "overall", "aggregate", "gaap", "quarterly", "reported", "amount",
        "amounts",
        "fee", "fees", "payment", "payments", "expense", "expenses", "revenue", "revenues", "equivalents", "equivalent",
        "net", "s", "respectively", "including", "such", "all", "the", "and", "of", "for", "in", "on", "to", "a", "an",
        "our", "its", "as", "by", "from", "with", "at",
    }
)  # fmt: skip
_LIGHT = frozenset({"receivable", "payable", "other", "sheet", "balance", "common", "outstanding"})
_OUT = re.compile(r"\b(?:expenses?|costs?|charges?|provision|spending|paid|payments\sto)\b")
_IN = re.compile(r"\b(?:revenues?|sales|fees?|income|reimbursement|royalt\w+|gains?)\b")
_COST_CONCEPT = re.compile(r"Expense(?!Benefit)|Cost")
_LAST_COST = re.compile(r"\scosts?$")
_NET_LEAD = re.compile(r"^(?:total\s)?net\s")
_ALTERNATIVE = re.compile(r"\((?:loss(?:es)?|income|expense|benefit|deficit|gains?|charges?|provision)\)/?")
_ASIDE = re.compile(r"\(\w{2,6}\)|(?<!non-)\bgaap\b")
_MARKS = re.compile(r"[“”\":*]|^[-\s]+")
_INCOME = re.compile(r"income|revenue|sales|earnings|interest")
_ADJUSTED = re.compile(
    r"\b(?:pro\sforma|non-?gaap|adjusted|excluding|organic|constant|comparable|same[-\s]store|core)\b"
)
#: Words that name no line item when they stand alone.
_BARE = frozenset(
    {"expense", "income", "loss", "losses", "gain", "gains", "profit", "cost", "costs", "cash", "equity", "tax"}
)
#: Spaces in the longest name of a standard line item in running text.
_LONGEST_NAME = 9
_SYNONYMS = (
    frozenset(
        {
            "Revenues",
            "SalesRevenueNet",
            "RevenueFromContractWithCustomerExcludingAssessedTax",
            "RevenueFromContractWithCustomerIncludingAssessedTax",
            "RevenuesNetOfInterestExpense",
        }
    ),
    frozenset({"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"}),
    frozenset({"OperatingExpenses", "CostsAndExpenses", "BenefitsLossesAndExpenses"}),
    frozenset({"CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"}),
    frozenset({"StockholdersEquity", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"}),
)
#: The share of a row's words that a phrase must have, all of the phrase's words being in the row.
_ENOUGH = 0.75


class Row(Struct, frozen=True):
    """One line item of the tables: what its facts share, its words, and the periods it is printed for."""

    concept: str
    label: str
    section: str
    unit: str | None
    words: frozenset[str]
    names: frozenset[str]
    side: Side
    flavour: Flavour
    periods: frozenset[Period]
    part: str = ""
    is_negative: bool = False
    decimals: int | None = None

    @property
    def is_instant(self) -> bool:
        return all(period.is_instant for period in self.periods)


class RowTable(Struct, frozen=True):
    """The rows of one unit with their index: by concept and its synonyms, and by word."""

    rows: tuple[Row, ...]
    by_name: dict[str, list[int]]
    by_word: dict[str, set[int]]
    alike: dict[str, frozenset[int]] = field(default_factory=dict)

    def candidates(self, name: str) -> list[Row]:
        """The rows that a plain phrase may name: those of its concept, and those that hold all of its words."""
        found = set(self.by_name.get(standard_concept(name) or "", ()))
        words = words_of(name)
        if words:
            found |= frozenset.intersection(*(self._holding(word) for word in words))
        return [self.rows[index] for index in sorted(found)]

    def _holding(self, word: str) -> frozenset[int]:
        if word not in self.alike:
            near = [other for other in self.by_word if _held(word, frozenset({other}))]
            self.alike[word] = frozenset(index for other in near for index in self.by_word[other])
        return self.alike[word]


Tables = dict[str | None, RowTable]


def tables(facts: Sequence[Fact]) -> Tables:
    """The rows of undimensioned table facts by unit, in printed order."""
    return _by_unit(rows(facts))


def views(facts: Sequence[Fact]) -> dict[str, Tables]:
    """The rows of table facts of each part (a pro forma view, a supplementary table), by part and unit."""
    parts: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind == "table" and len(fact.dimensions) == 1 and fact.dimensions[0][0] == PART:
            parts.setdefault(fact.dimensions[0][1], []).append(fact)
    return {part: _by_unit(rows(members, part)) for part, members in parts.items()}


def _by_unit(found: Sequence[Row]) -> Tables:
    by_unit: dict[str | None, list[Row]] = {}
    for row in found:
        by_unit.setdefault(row.unit, []).append(row)
    return {unit: _indexed(tuple(members)) for unit, members in by_unit.items()}


def _indexed(members: tuple[Row, ...]) -> RowTable:
    by_name: dict[str, list[int]] = {}
    by_word: dict[str, set[int]] = {}
    for index, row in enumerate(members):
        for name in row.names:
            by_name.setdefault(name, []).append(index)
        for word in row.words:
            by_word.setdefault(word, set()).add(index)
    return RowTable(members, by_name, by_word)


def rows(facts: Sequence[Fact], part: str = "") -> tuple[Row, ...]:
    """The rows of undimensioned table facts, or of those of a part, in printed order."""
    groups: dict[tuple[str, str, str, str | None], list[Fact]] = {}
    for fact in facts:
        if fact.kind == "table" and bool(fact.dimensions) == bool(part) and fact.period is not None:
            key = (fact.concept, fact.label or "", fact.section or "", fact.unit)
            groups.setdefault(key, []).append(fact)
    return tuple(_row(key, members, part) for key, members in groups.items())


def _row(key: tuple[str, str, str, str | None], facts: list[Fact], part: str) -> Row:
    concept, label, section, unit = key
    name = plain(label)
    return Row(
        concept,
        label,
        section,
        unit,
        words_of(name),
        _names(concept if any(fact.confidence >= _GUESSED for fact in facts) else "", name),
        _row_side(concept, name, section),
        _row_flavour(concept, f"{section} {label}"),
        frozenset(fact.period for fact in facts if fact.period is not None),
        part,
        any(fact.value for fact in facts) and all(fact.value < 0 for fact in facts if fact.value),
        max((fact.decimals for fact in facts if fact.decimals is not None), default=None),
    )


def _names(concept: str, name: str) -> frozenset[str]:
    """The standard concepts that mean this row: its own, its label's, and their synonyms."""
    said = standard_concept(name)
    found = {concept.split(":")[-1], *([said] if said else [])}
    return frozenset(found.union(*(group for group in _SYNONYMS if group & found)))


def standard_concept(name: str) -> str | None:
    """The local name of the standard concept that a plain phrase names as a whole."""
    if name in ("earnings", "profit", "profits"):
        return "NetIncomeLoss"
    found = None if name in _BARE or name.count(" ") > _LONGEST_NAME else concept_for_phrase(name)
    return found.concept.split(":")[-1] if found else None


def is_earnings_per_share(name: str) -> bool:
    """Whether a plain phrase names the earnings or loss per share of the company, and no other amount."""
    return (standard_concept(name) or "").startswith("EarningsPerShare")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """``text`` in lower case, without owners, quotes and bracketed alternatives; dashes within words stay."""
    lowered = (
        text.lower().replace("’", "'").replace("non-performing", "nonperforming").replace("non-interest", "noninterest")
    )
    lowered = _ALTERNATIVE.sub(" ", lowered)
    lowered = _ASIDE.sub(" ", lowered)
    return " ".join(_MARKS.sub(" ", lowered).split()).strip(" ,.")


@lru_cache(maxsize=8192)
def words_of(name: str) -> frozenset[str]:
    """The words of a plain name that tell rows apart, as stems."""
    words = _WORD.findall(_LAST_COST.sub("", name).replace("'s", "").replace("-", " "))
    return frozenset(_stem(word) for word in words if word not in _HARMLESS)


def _stem(word: str) -> str:
    for ending in ("ements", "ement", "ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _row_side(concept: str, name: str, section: str) -> Side:
    """Whether a row is money coming in or going out, by its name, its concept and its section."""
    local = concept.split(":")[-1]
    above = section.lower()
    if _OUT.search(name) or ("Income" not in local and _COST_CONCEPT.search(local)):
        return "out"
    if "Revenue" in local or (_IN.search(above) and not _OUT.search(above)):
        return "in"
    return "out" if _OUT.search(above) else "in" if _IN.search(name) else ""


def _row_flavour(concept: str, label: str) -> Flavour:
    text = f"{label} {concept}".lower()
    basic, diluted = "basic" in text, "dilut" in text
    return "both" if basic and diluted else "basic" if basic else "diluted" if diluted else ""


def named_row(phrase: str, unit: str | None, period: Period | None, table: Tables, about: str = "") -> Row | None:
    """The row that ``phrase`` names among rows of one unit; ``about`` (the sentence so far) decides between likes."""
    name, alike = plain(phrase), table.get(unit)
    if alike is None or not name:
        return None
    if not _may_be_adjusted(name, alike):
        return None
    if unit is not None and unit.endswith("/xbrli:shares"):
        return _per_share_row(name, period, alike.rows)
    return _best(name, about, alike.candidates(name))


def row_of_view(phrase: str, unit: str | None, period: Period | None, view: Tables) -> Row | None:
    """The row of an adjusted view that an adjusted phrase names ("pro forma net income": its "Net income")."""
    name = plain(phrase)
    if unit is None or not _is_adjusted(name):
        return None
    return named_row(" ".join(_ADJUSTED.sub(" ", name).split()), unit, period, view)


def row_of_other(phrase: str, unit: str | None, period: Period | None, view: Tables) -> Row | None:
    """The row of a supplementary table that has just the words of a phrase and stands for its period."""
    name, words = plain(phrase), words_of(plain(phrase))
    if unit is None and unit in view:
        return _best(name, "", [row for row in view[unit].rows if period in row.periods])
    held = [row for row in view[unit].rows if row.words == words and period in row.periods] if unit in view else []
    exact = [row for row in held if _is_exact(name, row)] or held
    return exact[0] if words and len({row.concept for row in exact}) == 1 else None


def _is_adjusted(name: str) -> bool:
    return _ADJUSTED.search(name) is not None


def _may_be_adjusted(name: str, table: RowTable) -> bool:
    """Whether a phrase speaks of GAAP figures, or some row of the table is an adjusted one too."""
    return not _is_adjusted(name) or any(_is_adjusted(plain(row.label)) for row in table.rows)


def _best(name: str, about: str, table: Sequence[Row]) -> Row | None:
    """The row with the most of the phrase's words; None where two rows are equally good and nothing decides."""
    scored = [(score, row) for row in table if (score := _score(name, about, row)) > 0]
    if not scored:
        return None
    top = max(score for score, _ in scored)
    best = [row for score, row in scored if score > top - 0.01]
    return best[0] if len({row.concept for row in best}) == 1 else _decided(name, about, best)


def _score(name: str, about: str, row: Row) -> float:
    """How well a plain phrase names a row: 2 by its concept, up to 1 by its words, 0 not at all."""
    said = standard_concept(name)
    if said is not None and said in row.names:
        return 2.0 + 0.1 * _is_exact(name, row) + 0.05 * ("total" in row.label.lower())
    side = _side(name)
    if side and row.side and side != row.side:
        return 0.0
    mine = words_of(name)
    if not mine or not row.words or name in _BARE or _is_net_of_other(name, row):
        return 0.0
    if not all(_held(word, row.words) for word in mine):
        return 0.0
    weight = sum(_weight(word) for word in row.words)
    covered = sum(_weight(word) for word in row.words if _held(word, mine)) / weight
    return covered + 0.1 * _is_exact(name, row) if covered >= _ENOUGH else 0.0


def _is_exact(name: str, row: Row) -> bool:
    return name == plain(row.label)


def _weight(word: str) -> float:
    return 0.25 if word in _LIGHT else 1.0


def _held(word: str, words: frozenset[str]) -> bool:
    return word in words or any(ratio(word, other) >= 88 for other in words if len(other) > 5)


def _side(name: str) -> Side:
    out, into = _OUT.search(name), _IN.search(name)
    return "out" if out else "in" if into else ""


def _is_net_of_other(name: str, row: Row) -> bool:
    """Whether only one of the two is a net figure of income ("interest income" is not "net interest income")."""
    label = plain(row.label)
    if not _INCOME.search(name):
        return False
    return bool(_NET_LEAD.match(name)) != bool(_NET_LEAD.match(label))


def _decided(name: str, about: str, table: list[Row]) -> Row | None:
    """The one of several equal rows whose section or side the sentence's subject speaks of."""
    exact = [row for row in table if _is_exact(name, row)]
    if len({row.concept for row in exact}) == 1:
        return exact[0]
    out, into = _OUT.search(about.lower()), _IN.search(about.lower())
    subject = "" if bool(out) == bool(into) else "out" if out else "in"
    sided = [row for row in table if subject and row.side == subject]
    if len({row.concept for row in sided}) == 1:
        return sided[0]
    totals = [row for row in table if "total" in row.label.lower()]
    return totals[0] if len({row.concept for row in totals}) == 1 else None


def _per_share_row(name: str, period: Period | None, table: Sequence[Row]) -> Row | None:
    """The row of earnings per share of the kind said; where none is, the diluted one, or the only one printed."""
    if not is_earnings_per_share(name):
        return _best(name, "", [row for row in table if not row.flavour])
    earnings = [row for row in table if row.flavour or is_earnings_per_share(plain(row.label))]
    printed = [row for row in earnings if period in row.periods] or earnings
    wanted: tuple[Flavour, ...] = ("both", "diluted", "basic", "")
    if "basic" in name and "dilut" not in name:
        wanted = ("basic", "both", "")
    elif "dilut" in name:
        wanted = ("diluted", "both", "")
    for flavour in wanted:
        found = [row for row in printed if row.flavour == flavour]
        if found:
            return found[-1]
    return None

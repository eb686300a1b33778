"""Claims of running text as facts: the concept by words, the sign by the concept, the period by words and row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from ticktie.map.phrases import concept_for_phrase
from ticktie.map.quotients import quotients
from ticktie.map.rows import (
    Row,
    Tables,
    is_earnings_per_share,
    named_row,
    plain,
    row_of_other,
    row_of_view,
    standard_concept,
    tables,
    views,
)
from ticktie.map.signs import says_opposite
from ticktie.map.taxonomy import concepts
from ticktie.model.facts import PART, RANGE_HIGH, RANGE_LOW, SCENARIO, Fact, Period, Quotient, ShareOfCount, Sum
from ticktie.model.figures import Claim
from ticktie.model.source import Document

_QUALIFIER = re.compile(
    r"\s(?:from|related\sto|relating\sto|attributable\sto|associated\swith|in\sconnection|resulting|previously|under|generated|held)\b.*$"
)
#: Words that name all of a company's result when they are the subject, and anything when they are part of something.
_VAGUE = frozenset({"earnings", "profit", "profits", "expenses", "sales", "revenue", "revenues", "operating expenses"})
_LOSS = re.compile(r"\bloss(?:es)?\b")
_GAIN = re.compile(r"income|gain|profit")
#: Labels of rows that may be a gain or a loss.
_EITHER_WAY = re.compile(r"(?i)\(loss(?:es)?\)|gain|income")
_UNSAID = "unsaid"
_SCALE = 3
#: The parts that are views of whole statements.
_PLAIN_VIEW = re.compile(r"pro ?forma|non-gaap")


class ClaimFacts(Struct, frozen=True):
    """Facts of kind ``narrative`` with the sums (stated differences) and shares of counts that the text gives."""

    facts: tuple[Fact, ...]
    sums: tuple[Sum, ...] = ()
    shares: tuple[ShareOfCount, ...] = ()
    quotients: tuple[Quotient, ...] = ()


class Stated(Struct, frozen=True):
    """What the tables state: the rows of the statements, and those of each view and supplementary table by part."""

    main: Tables
    views: dict[str, Tables]


class Meaning(Struct, frozen=True):
    """What a claim's words mean: a concept, the row that gave it (if any), the sign, and the part (if it is one)."""

    concept: str
    row: Row | None = None
    sign: int = 1
    part: str = ""
    instant: bool | None = None


def map_claims(claims: Sequence[Claim], table_facts: Sequence[Fact], document: Document) -> ClaimFacts:
    """The claims as facts: a claim that names a table row gets the aspects of that row's figure in its period."""
    table = Stated(tables(table_facts), views(table_facts))
    entity = next((fact.entity for fact in table_facts if fact.entity), None)
    facts = {claim.id: replace(_fact(claim, table, document), entity=entity) for claim in claims}
    facts = _kept_apart(facts)
    sums = tuple(_sums(claims, facts))
    return ClaimFacts(
        tuple(facts.values()),
        sums,
        tuple(_shares(claims, facts)),
        tuple(_quotients(claims, facts, table_facts, table, document)),
    )


def _quotients(
    claims: Sequence[Claim], facts: dict[str, Fact], printed: Sequence[Fact], table: Stated, document: Document
) -> Iterator[Quotient]:
    """The percentages that are quotients of table figures."""
    by_aspects: dict[tuple[object, ...], Fact] = {}
    for fact in printed:
        by_aspects.setdefault((fact.concept, fact.period, fact.dimensions), fact)

    def find(concept: str, period: Period) -> Fact | None:
        return by_aspects.get((f"us-gaap:{concept}", period, ()))

    def stated(claim: Fact) -> Fact | None:
        return by_aspects.get((claim.concept, claim.period, claim.dimensions))

    def named(phrase: str, claim: Claim) -> Fact | None:
        meaning = _level(replace(claim, metrics=(phrase,), is_part=False), _money_unit(table.main), table, "")
        dimensions = ((PART, meaning.part),) if meaning.part else ()
        return by_aspects.get((meaning.concept, _period(claim, meaning), dimensions))

    yield from quotients(claims, facts, find, named, stated, document)


def _fact(claim: Claim, table: Stated, document: Document) -> Fact:
    unit = _unit(claim.unit)
    meaning = _meaning(claim, unit, table, _subject(claim, document))
    negative = meaning.sign < 0 or claim.value < 0
    value = claim.value if claim.kind in ("percent-change", "change") else abs(claim.value) * (-1 if negative else 1)
    return Fact(
        id=claim.id,
        concept=meaning.concept,
        value=value,
        decimals=claim.decimals,
        unit=unit,
        period=_period(claim, meaning),
        dimensions=_dimensions(claim, meaning),
        kind="narrative",
        label=claim.metrics[0] if claim.metrics else None,
        printed=claim.raw,
        location=document.location(claim.span),
        approximate=claim.approximate,
    )


def _kept_apart(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts, where parts, events and forecasts of one name that state different values are different things.

    Only undimensioned facts are so well named that two values are a contradiction.
    """
    seen: dict[tuple[object, ...], Fact] = {}
    result: dict[str, Fact] = {}
    for identity, fact in facts.items():
        first = seen.setdefault(fact.aspects, fact)
        apart = bool(fact.dimensions) and not first.number.interval.meets(fact.number.interval)
        result[identity] = _renamed(fact, identity) if apart else fact
    return result


def _renamed(fact: Fact, identity: str) -> Fact:
    """The fact as a part of its own."""
    part = dict(fact.dimensions).get(PART, fact.label or _UNSAID)
    others = tuple(dimension for dimension in fact.dimensions if dimension[0] != PART)
    return replace(fact, dimensions=((PART, f"{part} ({identity})"), *others))


def _subject(claim: Claim, document: Document) -> str:
    """What the sentence said before the claim: it decides between rows of one name."""
    if claim.sentence is None:
        return ""
    return document.text[claim.sentence.start : claim.span.start]


def _unit(unit: str) -> str | None:
    """The OIM unit of a claim's unit; None for pure numbers and counts of things."""
    if unit == "shares":
        return "xbrli:shares"
    currency, _, per = unit.partition("/")
    if len(currency) == 3 and currency.isupper():
        return f"iso4217:{currency}" + ("/xbrli:shares" if per else "")
    return None


def _meaning(claim: Claim, unit: str | None, table: Stated, about: str) -> Meaning:
    """Concept and row of a claim; a change, a percentage, an event or a count is never the figure of a row."""
    if claim.kind == "event":
        return Meaning("ext:Event", part=claim.metrics[0].lower())
    if claim.kind in ("amount", "guidance"):
        return _level(claim, unit, table, about)
    printed = _in_views(claim, None, table) if claim.unit == "pure" and claim.kind != "count" else None
    if printed is not None:
        return printed
    words = claim.metrics[0] if claim.metrics else claim.unit
    unit = _money_unit(table.main)
    base = _level(
        replace(claim, is_part=False), f"{unit}/xbrli:shares" if _is_per_share(claim) and unit else unit, table, about
    )
    return replace(base, part=f"{claim.kind}: {words} ({claim.id})".lower(), row=None)


def _money_unit(table: Tables) -> str | None:
    return next((unit for unit in table if unit and "/" not in unit and unit != "xbrli:shares"), None)


def _is_finer(claim: Claim, row: Row) -> bool:
    """Whether a claim is stated a thousand times finer than the row prints: it repeats no rounded figure, and may well
    be in the row's own scale ("$113,675" in notes in thousands)."""
    if claim.decimals is None or row.decimals is None or "/" in claim.unit or claim.unit == "pure":
        return False
    return claim.decimals >= row.decimals + _SCALE


def _is_per_share(claim: Claim) -> bool:
    return bool(claim.metrics) and is_earnings_per_share(plain(claim.metrics[0]))


def _in_views(claim: Claim, unit: str | None, stated: Stated) -> Meaning | None:
    """The row of a view (of an adjusted claim), or of a supplementary table, that the first phrase of a claim names."""
    for phrase in claim.metrics[:1]:
        for part, view in stated.views.items():
            named = row_of_view if _PLAIN_VIEW.fullmatch(part) else row_of_other
            row = named(phrase, unit, claim.period, view)
            if row is not None and claim.period in row.periods:
                return Meaning(row.concept, row, _sign(plain(phrase), row), part=part, instant=row.is_instant)
    return None


def _level(claim: Claim, unit: str | None, stated: Stated, about: str) -> Meaning:
    """The meaning of an amount: the row that the first phrase names that names one, a standard concept, or a part."""
    table = stated.main
    tried = [phrase for phrase in claim.metrics[:1] if plain(phrase) not in _VAGUE] if claim.is_part else claim.metrics
    for phrase in tried:
        row = _row_of(phrase, claim, unit, table, about)
        if row is not None and not _is_finer(claim, row):
            return Meaning(row.concept, row, _sign(plain(phrase), row), instant=row.is_instant)
        if row is not None:
            return Meaning(f"ext:{camel(phrase)}", part=phrase.lower())
    part = _part(claim, unit, table)
    for phrase in tried if not (claim.is_part and part.instant is not None) else ():
        meaning = _standard(plain(phrase), unit)
        if meaning is not None:
            return meaning
    return _in_views(claim, unit, stated) or part


def _row_of(phrase: str, claim: Claim, unit: str | None, table: Tables, about: str) -> Row | None:
    """The row a phrase names; a total so described ("revenue from the sale of X") is not the row of the total."""
    row = named_row(phrase, unit, claim.period, table, about)
    if row is not None:
        return row
    short = _QUALIFIER.sub("", phrase)
    if short == phrase or standard_concept(plain(short)) is not None:
        return None
    return named_row(short, unit, claim.period, table, about)


def _standard(phrase: str, unit: str | None) -> Meaning | None:
    """A standard concept that no table row prints ("cash used in operations")."""
    found = concept_for_phrase(phrase) if standard_concept(phrase) else None
    if found is None or unit is None:
        return None
    local = found.concept.split(":")[-1]
    known = concepts().get(local)
    if known is not None and known.unit != _unit_kind(unit):
        return None
    return Meaning(found.concept, sign=-1 if found.negated else 1, instant=known.period == "instant" if known else None)


def _unit_kind(unit: str) -> str:
    return "per-share" if unit.endswith("/xbrli:shares") else "shares" if unit == "xbrli:shares" else "monetary"


def _part(claim: Claim, unit: str | None, table: Tables) -> Meaning:
    """A part of the whole that the last phrase names, or of nothing that has a name."""
    words = claim.metrics[0] if claim.metrics else _UNSAID
    whole = claim.metrics[-1] if len(claim.metrics) > 1 else ""
    row = named_row(whole, unit, claim.period, table) if whole else None
    standard = _standard(plain(whole), unit) if whole and row is None else None
    if row is not None:
        return Meaning(row.concept, None, 1, words.lower(), row.is_instant)
    if standard is not None:
        return replace(standard, part=words.lower(), sign=1)
    return Meaning(f"ext:{camel(words)}", part=words.lower())


def camel(words: str) -> str:
    """``words`` as the local name of an extension concept."""
    name = "".join(word[:1].upper() + word[1:].lower() for word in re.findall(r"[A-Za-z0-9]+", words)[:8])
    return name if name[:1].isalpha() else f"Item{name}"


def _sign(phrase: str, row: Row) -> int:
    """-1 where the words of a claim turn the sign of its row's concept."""
    local = row.concept.split(":")[-1]
    said = concept_for_phrase(phrase)
    if _is_cost_of_income(phrase, local):
        return -1
    if said is not None and said.concept.split(":")[-1] in row.names:
        return -1 if said.negated else 1
    if row.is_negative and row.concept.startswith("ext:"):
        return -1
    if local in concepts():
        return -1 if says_opposite(phrase, local) else 1
    return -1 if _LOSS.search(phrase) and _EITHER_WAY.search(row.label) and not _GAIN.search(phrase) else 1


def _is_cost_of_income(phrase: str, concept: str) -> bool:
    """Whether "other expense, net" is said of a concept that knows income only."""
    income = "Income" in concept and not re.search(r"Expense|Tax|Loss|Before", concept)
    return income and re.search(r"expense|loss", phrase) is not None and "income" not in phrase


def _dimensions(claim: Claim, meaning: Meaning) -> tuple[tuple[str, str], ...]:
    """Part, forecast and end of range; of two losses the larger is the minimum."""
    found = [(PART, meaning.part)] if meaning.part else []
    if claim.kind == "guidance":
        found.append(SCENARIO)
    if claim.bound is not None:
        found.append(RANGE_LOW if (claim.bound == "low") == (meaning.sign > 0) else RANGE_HIGH)
    return tuple(found)


def _period(claim: Claim, meaning: Meaning) -> Period | None:
    """The claim's period as an instant or a duration, as the concept wants it."""
    period = claim.period
    if period is None or meaning.instant is None:
        return period
    if meaning.instant:
        return Period(period.end)
    if period.is_instant and meaning.row is not None:
        ending = [other for other in meaning.row.periods if other.end == period.end and not other.is_instant]
        return min(ending, key=lambda other: other.days, default=period)
    return period


def _sums(claims: Sequence[Claim], facts: dict[str, Fact]) -> list[Sum]:
    """The differences that sentences state, in the signs of the facts."""
    found = []
    for claim in claims:
        if claim.difference_of is None:
            continue
        later, earlier = (facts[identity] for identity in claim.difference_of)
        total = facts[claim.id]
        facts[claim.id] = replace(
            total,
            concept=later.concept,
            period=later.period,
            dimensions=((PART, "change"),),
            value=_difference(claim, later, earlier),
        )
        found.append(Sum(f"{claim.id}-difference", claim.id, _items(later, earlier, claim), "difference"))
    return found


def _difference(claim: Claim, later: Fact, earlier: Fact) -> Decimal:
    """The stated difference in the sign of the facts: a smaller loss is an increase of net income."""
    turned = (later.value or 0) < 0 and (earlier.value or 0) < 0 and claim.value < 0
    return abs(claim.value) if turned or claim.value > 0 else claim.value


def _items(later: Fact, earlier: Fact, claim: Claim) -> tuple[tuple[str, Decimal], ...]:
    """Minuend and subtrahend; a difference without direction subtracts the smaller."""
    if claim.value > 0 and (later.value or Decimal(0)) < (earlier.value or Decimal(0)):
        later, earlier = earlier, later
    return (later.id, Decimal(1)), (earlier.id, Decimal(-1))


def _shares(claims: Sequence[Claim], facts: dict[str, Fact]) -> list[ShareOfCount]:
    return [ShareOfCount(claim.id, claim.whole) for claim in claims if claim.whole in facts and claim.whole is not None]

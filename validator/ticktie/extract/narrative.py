"""Claims: the figures of running text, with the words and the period that say what each one is."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ticktie.extract.amounts import Amount
from ticktie.extract.claim_kinds import as_event, kind_of
from ticktie.extract.claim_names import in_share_unit, named, per_share
from ticktie.extract.claim_relations import related
from ticktie.extract.clauses import Phrases
from ticktie.extract.counts import PEOPLE
from ticktie.extract.narrative_period import dated
from ticktie.extract.parts import with_parts
from ticktie.extract.period_words import Relative, period_mentions, resolve
from ticktie.extract.periods import Calendar
from ticktie.extract.reading import Context, Reading, in_group, phrases_of, read_sentence
from ticktie.extract.sentences import Sentence, is_list_item, sentences
from ticktie.model.facts import Period
from ticktie.model.figures import Claim
from ticktie.model.source import Document

_DIGIT = re.compile(r"\d")
_BOILERPLATE = re.compile(
    r"(?i)forward-looking\sstatements?\s(?:within|are|involve|based|include)|safe\sharbor|CFR\s\d|telephone|\bdial\b"
)


def claims(document: Document, calendar: Calendar) -> tuple[Claim, ...]:
    """Every claim of the document's running text, in order; ids are ``c1``, ``c2``, ..."""
    found: list[Claim] = []
    headings: dict[str, str] = {}
    scene, context, paragraph = calendar, Context(calendar.current), -1
    for sentence in sentences(document):
        if sentence.paragraph != paragraph:
            scene = scene if is_list_item(sentence.passage.text) else calendar
            context, paragraph = _new_paragraph(context, sentence, scene), sentence.paragraph
        reading = read_sentence(sentence, scene, len(found) + 1)
        new: list[Claim] = []
        if reading.amounts and not _BOILERPLATE.search(sentence.text):
            new = _claims(reading, context, scene)
            found += [*new, *_second_instants(new, reading)]
            headings |= dict.fromkeys([claim.id for claim in new], sentence.passage.heading)
        context = _after(context, reading, new, scene)
        scene = _of_list(sentence, scene)
    return with_parts(found, headings)


def _of_list(sentence: Sentence, calendar: Calendar) -> Calendar:
    """The calendar for the list that a sentence opens: "Results for 2022 included:" speaks of the periods of 2022."""
    mentions = period_mentions(sentence.text, calendar) if sentence.text.rstrip().endswith(":") else ()
    years = [m.readings[0] for m in mentions if m.kind == "year" and isinstance(m.readings[0], Period)]
    if not years or calendar.current is None:
        return calendar
    year = calendar.fiscal_year(years[0].end)
    return replace(calendar, current=resolve(Relative("in-year", None, year), calendar.current, calendar))


def _second_instants(new: list[Claim], reading: Reading) -> list[Claim]:
    """A figure said of two days ("# at DATE and DATE") is two claims."""
    found: list[Claim] = []
    for claim, amount in zip(new, reading.amounts, strict=True):
        for mention in reading.mentions:
            two = mention.kind == "instant" and len(mention.readings) == 2 and mention.start - amount.end <= 2
            alone = sum(a.end <= mention.start and a.unit == amount.unit for a in reading.amounts) == 1
            second = mention.readings[1] if two and alone and mention.start >= amount.end else None
            if isinstance(second, Period):
                found.append(replace(claim, id=f"{claim.id}b", period=second))
    return found


def _new_paragraph(context: Context, sentence: Sentence, calendar: Calendar) -> Context:
    """A paragraph speaks of the reported period, or of the one that its heading names; after a colon, of the same."""
    heading = sentence.passage.heading
    if not heading or not _DIGIT.search(sentence.passage.text):
        return Context(calendar.current)
    outlook = bool(re.search(r"(?i)outlook|guidance", heading))
    period = calendar.current
    for mention in period_mentions(heading, calendar)[:1]:
        if isinstance(mention.readings[0], Period) and mention.kind == "duration":
            period = mention.readings[0]
    if outlook and period == calendar.current and period is not None:
        period = calendar.following(period)
    return Context(period, (), None, (), outlook)


def _claims(reading: Reading, context: Context, calendar: Calendar) -> list[Claim]:
    """The claims of one sentence."""
    periods = dated(reading.text, reading.amounts, reading.mentions, reading.groups, context.period, calendar)
    found: list[Claim] = []
    for index, amount in enumerate(reading.amounts):
        words = phrases_of(reading, index)
        claim = _claim(reading, index, amount, words, context)
        claim = replace(claim, period=periods[index].period, period_words=periods[index].words)
        found.append(in_share_unit(named(claim, reading, index, words, found, context), amount))
    found = [as_event(claim, reading) for claim in found]
    return related(found, reading, context)


def _claim(reading: Reading, index: int, amount: Amount, words: Phrases, context: Context) -> Claim:
    """The amount as a claim, still without name and period."""
    kind, sign = kind_of(reading, amount, context)
    unit, value = amount.unit, amount.value * sign
    if amount.kind == "money" and per_share(reading, amount):
        unit = f"{unit}/shares"
    return Claim(
        id=f"c{reading.first_id + index}",
        span=reading.sentence.span(amount.start, amount.end),
        raw=amount.raw,
        value=value,
        decimals=amount.decimals,
        unit=unit,
        kind=kind,
        approximate=amount.approximate,
        bound=amount.bound,
        sentence=reading.sentence.span(0, len(reading.sentence.text)),
    )


def _after(context: Context, reading: Reading, new: list[Claim], calendar: Calendar) -> Context:
    """What the next sentence inherits."""
    absolute = [c for c in new if c.period is not None and c.kind not in ("event",)]
    period = context.period
    statement = [c for c in absolute if not _is_comparison(c, reading)]
    if statement and statement[0].period_words in ("said", "current"):
        period = statement[0].period
    people = [c for c in new if c.kind == "count" and c.unit in PEOPLE and not c.approximate]
    named = [c for c in new if c.metrics and c.kind in ("amount", "guidance")]
    return Context(
        period,
        tuple(new) or context.last,
        people[-1] if people else context.population,
        named[0].metrics if named else context.metrics,
        context.outlook,
    )


def _is_comparison(claim: Claim, reading: Reading) -> bool:
    return any(group.comparison and in_group(claim, reading, group) for group in reading.groups)

"""The words for periods in running text, and what they mean by a fiscal calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.amounts import looks_forward
from ticktie.extract.dates import MONTH_NAMES, dates, month_end
from ticktie.extract.durations import number_word
from ticktie.extract.periods import Calendar, printed_periods
from ticktie.model.facts import Period

Relation = Literal["year-ago", "previous", "next", "current", "in-year"]
MentionKind = Literal["duration", "instant", "month", "year", "relative"]


class Relative(Struct, frozen=True):
    """A period named by its relation to another ("the same quarter last year"); ``months`` where a length is said."""

    relation: Relation
    months: int | None = None
    year: int | None = None


Reading = Period | Relative


class PeriodMention(Struct, frozen=True):
    """Words for one or more periods at ``[start, end)`` ("fiscal years 2011 and 2010": two readings)."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    kind: MentionKind


_ORD = r"(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th)"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_YEAR = r"(?:19[89]\d|20\d\d)"
_OWNER = r"(?:(?:the|our|its)\s)?(?:(?:Company|[A-Z][\w&.-]{1,20})['’]s\s)?"
#: "of the Company's fiscal year 2009", "fiscal 2009", "2009", "of fiscal years 2011 and 2010", "2009 fiscal year".
_TAIL = (
    rf"(?:,?\s(?:of\s|in\s)?{_OWNER}(?:(?:calendar|fiscal|FY)\s?)?(?:years?\s)?(?P<year>{_YEAR})(?![\d.,]\d|%|\w)"
    rf"(?:\sfiscal\syears?)?(?:,?\s(?:and|&)\s(?:(?:of\s)?fiscal\s(?:year\s)?)?(?P<year2>{_YEAR})(?!\w))?)"
)
_AGO = (
    r"(?P<ago>,?\s(?:of\s)?(?:a\syear\s(?:ago|earlier)|last\s(?:fiscal\s)?year"
    r"|(?:of\s|in\s)?the\s(?:prior|previous|preceding|last)\s(?:fiscal\s)?year))"
)
_LENGTH = r"(?:three|six|nine|twelve|3|6|9|12)"
_QUARTER = re.compile(
    rf"(?P<before>(?:last\syear['’]s|(?:the\s)?(?:prior|previous)[-\s]year(?:['’]s)?)\s)?(?:fiscal\s)?\b{_ORD}[-\s](?:fiscal\s)?quarters?\b(?:\sended\b)?(?:{_TAIL}|{_AGO})?"
    rf"|\b(?:fiscal\s|FY\s?)?(?P<year3>{_YEAR})\s(?:fiscal\s)?(?P<ord2>first|second|third|fourth)[-\s]quarter\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?P<ago>\b[Ll]ast\syear['’]s\s)?\b(?:(?:FY\s?|fiscal\s)(?P<before>20\d\d)\s)?(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q|H(?P<h>[12])|(?P<h2>[12])H)\b,?\s?(?:of\s)?(?:FY\s?|F|fiscal\s(?:year\s)?)?['’]?"
    r"(?P<year>20\d\d|\d\d(?!\d|%|[.,]\d))?\b"
)
_MONTHS = re.compile(
    rf"(?P<first>\bfirst\s)?\b(?<!next\s)(?<!past\s)(?<!last\s)(?P<n>{_LENGTH})[-\s]months?\b(?:[-\s]periods?)?(?:{_TAIL}|{_AGO})?",
    re.IGNORECASE,
)
_HALF = re.compile(rf"\b(?P<ord>first|second)\s(?:fiscal\s)?half\b{_TAIL}?", re.IGNORECASE)
_FISCAL = re.compile(
    rf"\b(?:(?:full[-\s])?fiscal\s(?:years?\s)?|full[-\s]year\s|FY\s?|(?:the\s)?years?\s)(?P<year>{_YEAR})\b(?![.,]\d|%)"
    rf"(?:,?\sand\s(?:fiscal\s)?(?P<year2>{_YEAR})\b)?"
    rf"|\b(?P<year3>{_YEAR})\s(?:full\s)?(?:fiscal\s)?year\b|\b(?:in|for|during|of|from|to)\s(?P<year4>{_YEAR})\b(?![.,]\d|%)"
    rf"(?:,?\sand\s(?:in\s)?(?P<year5>{_YEAR})\b)?",
    re.IGNORECASE,
)
_SPAN_WORD = (
    r"(?:fiscal\s)?(?:(?:(?:three|six|nine|twelve|3|6|9|12)[-\s]months?|(?:\d\d|thirteen|thirty-nine|twenty-six)[-\s]weeks?)\s?)?"
    r"(?:(?:fiscal\s)?(?:quarter|period|year|half|months|weeks)s?)?"
)
_YEAR_AGO = re.compile(
    rf"""\b(?:
        (?:the\s)?(?:same|comparable|corresponding|equivalent|like)\s(?:fiscal\s)?(?:three[-\s]month\s|six[-\s]month\s|nine[-\s]month\s)?
          (?:quarter|period|(?:three|six|nine|twelve)[-\s]months?(?:\speriod)?|weeks?)s?
          (?:\s(?:of|in|from|for|a|during)\s?(?:the\s)?(?:last|prior|previous|preceding|year)?\s?(?:fiscal\s)?
             (?:year\s)?(?:fiscal\s(?:year\s)?)?(?P<year>{_YEAR})\b
            |(?:\s(?:of|in|from|for|during))?\s(?:the\s)?(?:last|prior|previous|preceding|a|one)[-\s](?:fiscal\s)?year
             (?:\s(?:ago|earlier))?)?
      | (?:the\s)?(?:prior|previous|last|preceding)[-\s](?:fiscal\s)?year(?:['’]s)?
          (?:\s(?:comparable|same|corresponding))?(?:[-\s]{_SPAN_WORD})?
      | (?:the\s)?year[-\s](?:ago|earlier)(?:[-\s](?:comparable\s)?(?:quarter|period|{_LENGTH}[-\s]month\speriod))?
      | (?:a|one)\syear\s(?:ago|earlier|before)(?:\s(?:quarter|period))?
      | last\syear(?:['’]s)?(?:\s(?:first|second|third|fourth)?\s?(?:quarter|period))?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"\b(?:the\s)?(?:immediate(?:ly)?\s)?(?:prior|previous|preceding|last|linked|sequential)\s(?:fiscal\s)?quarter\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    rf"\b(?:the|this|our|current|reported)\s(?:current\s|reported\s|entire\s|just\s(?:completed|ended)\s)?(?:fiscal\s)?"
    rf"(?:(?P<n>{_LENGTH})[-\s]months?(?:\speriod)?|(?P<quarter>quarter)|(?P<period>current\speriod)|(?P<year>(?:full\s|fiscal\s)year))\b"
    r"(?!\s(?:to|end))|\b(?P<ytd>year[-\s]to[-\s]date)\b|\b(?:the\s)?current\s(?P<period2>period|quarter)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:the\s)?next\s(?:fiscal\s)?quarter\b", re.IGNORECASE)
_MONTH_QUARTER = re.compile(rf"\b(?P<month>{'|'.join(MONTH_NAMES)})\s(?:(?P<year>{_YEAR})\s)?quarter\b", re.IGNORECASE)
_AS_OF = re.compile(r"(?i)\b(?:as\s(?:of|at)|at)\s(?:the\s(?:close|end)\sof\s)?$")
_QUARTER_END = re.compile(
    r"\b(?:at\s|as\sof\s)(?:the\s)?(?:end\sof\s(?:the\s)?)?(?:fiscal\s)?(?:quarter|year|period)(?:[-\s]end)?\b",
    re.IGNORECASE,
)


def period_mentions(text: str, calendar: Calendar) -> tuple[PeriodMention, ...]:
    """Every mention of a period in ``text``, in order, without overlaps (what says most wins)."""
    lowered = text.lower()
    taken: list[PeriodMention] = []
    for hints, reader in _READERS:
        if not any(hint in lowered for hint in hints):
            continue
        for found in reader(text, calendar):
            mention = replace(found, end=len(text[: found.end].rstrip(" ,")))
            if not any(mention.start < other.end and other.start < mention.end for other in taken):
                taken.append(mention)
    taken.sort(key=lambda mention: mention.start)
    return tuple(_without_echoes(taken))


def _without_echoes(mentions: list[PeriodMention]) -> Iterator[PeriodMention]:
    """One mention for "prior year" before "quarter ended DATE"."""
    start = None
    for index, mention in enumerate(mentions):
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if after and mention.kind == "relative" and after.kind == "duration" and after.start - mention.end <= 2:
            start = mention.start
            continue
        yield mention if start is None else replace(mention, start=start)
        start = None


def resolve(reading: Reading, anchor: Period | None, calendar: Calendar) -> Period | None:
    """The period that a reading means beside ``anchor``; None where nothing anchors it."""
    if isinstance(reading, Period):
        return reading
    if reading.relation == "current":
        return _current(reading.months, calendar)
    if anchor is None:
        return None
    if reading.relation == "previous":
        return calendar.previous(
            anchor if reading.months is None or anchor.is_instant else _resized(anchor, reading.months, calendar)
        )
    if reading.relation == "next":
        return calendar.following(anchor)
    if reading.relation == "in-year" and reading.year is not None:
        return _in_year(anchor, reading.year, calendar)
    return calendar.year_ago(anchor)


def _resized(anchor: Period, months: int, calendar: Calendar) -> Period:
    return calendar.duration(anchor.end, months)


def _current(months: int | None, calendar: Calendar) -> Period | None:
    """The reported period, or as many months to its end (three or the year so far)."""
    if calendar.current is None or months is None:
        return calendar.current
    if months == 0:
        months = 3 * calendar.quarter_number(calendar.current.end)
    if months == 13:
        return calendar.duration(calendar.current.end, 12)
    if months == 12 and calendar.quarter_number(calendar.current.end) != 4:
        return calendar.year(calendar.fiscal_year(calendar.current.end))
    return calendar.duration(calendar.current.end, months)


def _in_year(anchor: Period, year: int, calendar: Calendar) -> Period:
    period = anchor
    for _ in range(10):
        if calendar.fiscal_year(period.end) <= year:
            break
        period = calendar.year_ago(period)
    return period


_BEFORE_PRINTED = re.compile(
    r"(?:\bthe\s)?\b(?:(?:prior|previous|same|comparable|corresponding|preceding|fiscal|year|20\d\d)[-\s]){1,4}$",
    re.IGNORECASE,
)


def _printed(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "Three months ended DATE", with one reading for each length and year."""
    found: list[PeriodMention] = []
    for printed in printed_periods(text):
        months, end = printed.mention.months, printed.period.end
        period = calendar.duration(calendar.near(end), months) if months else printed.period
        if found and printed.start < found[-1].end:
            found[-1] = _joined(found[-1], period, printed.end)
            continue
        lead = _BEFORE_PRINTED.search(text, max(0, printed.start - 48), printed.start)
        found.append(PeriodMention(lead.start() if lead else printed.start, printed.end, (period,), "duration"))
    yield from found


def _joined(mention: PeriodMention, period: Period, end: int) -> PeriodMention:
    readings = tuple(dict.fromkeys((*mention.readings, period)))
    return replace(mention, readings=readings, end=max(end, mention.end))


def _of_parts(
    text: str, calendar: Calendar, pattern: re.Pattern[str], number: str, build: Builder
) -> Iterator[PeriodMention]:
    """Numbered parts of fiscal years ("second quarter", "first half"), of the year said or of the reported one."""
    for match in pattern.finditer(text):
        parts = match.groupdict()
        which = _ordinal(parts.get(number) or parts.get("ord2") or "")
        years = [int(parts[key]) for key in ("year", "year2", "year3") if parts.get(key)]
        earlier = bool(parts.get("ago") or parts.get("before"))
        names = years or [_unsaid_year(calendar, which, text) - earlier]
        yield PeriodMention(*match.span(), tuple(build(calendar, which, year) for year in names), "duration")


Builder = Callable[[Calendar, int, int], Period]


def _quarter_of(calendar: Calendar, which: int, year: int) -> Period:
    return calendar.quarter(which, year)


def _half_of(calendar: Calendar, which: int, year: int) -> Period:
    return calendar.half(which, year)


def _ordinal(word: str) -> int:
    return _ORDINALS.get(word.lower()) or int(word[0])


def _unsaid_year(calendar: Calendar, quarter: int, text: str) -> int:
    """The fiscal year meant where none is said: the reported one, or the one before for a quarter yet to come."""
    if calendar.current is None:
        return date.min.year + 1
    year = calendar.fiscal_year(calendar.current.end)
    to_come = quarter > calendar.quarter_number(calendar.current.end)
    return year - (to_come and not looks_forward(text))


def _short(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "3Q FY2011", "Q4 2013", "2H 2011"."""
    for match in _SHORT.finditer(text):
        half = match["h"] or match["h2"]
        quarter = match["q"] or match["q2"]
        year = _full_year(match["year"] or match["before"]) or _unsaid_year(calendar, int(half or quarter), text)
        year -= bool(match["ago"])
        period = calendar.half(int(half), year) if half else calendar.quarter(int(quarter), year)
        yield PeriodMention(*match.span(), (period,), "duration")


def _full_year(text: str | None) -> int | None:
    return None if not text else int(text) if len(text) == 4 else 2000 + int(text)


def _months(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "The first nine months of fiscal 2011", "nine months" of the reported year, of last year."""
    for match in _MONTHS.finditer(text):
        months = number_word(match["n"]) or 3
        years = [int(match[key]) for key in ("year", "year2") if match[key]]
        if not years and not match["first"]:
            continue
        names = years or [_unsaid_year(calendar, 1, text) - bool(match["ago"])]
        yield PeriodMention(*match.span(), tuple(calendar.ytd(months, year) for year in names), "duration")


def _fiscal(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "Fiscal 2009", "fiscal years 2011 and 2010", "in 2009"."""
    for match in _FISCAL.finditer(text):
        years = [int(match[key]) for key in ("year", "year2", "year3", "year4", "year5") if match[key]]
        yield PeriodMention(*match.span(), tuple(calendar.year(year) for year in years), "year")


def _year_ago(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    for match in _YEAR_AGO.finditer(text):
        year = match["year"]
        relation = Relative("in-year", None, int(year)) if year else Relative("year-ago")
        yield PeriodMention(*match.span(), (relation,), "relative")


def _previous(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    for match in _PREVIOUS.finditer(text):
        yield PeriodMention(*match.span(), (Relative("previous", 3),), "relative")
    for match in _NEXT.finditer(text):
        yield PeriodMention(*match.span(), (Relative("next", 3),), "relative")


def _current_words(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "The quarter", "the nine months", "year to date": the reported period."""
    for match in _CURRENT.finditer(text):
        months = 3 if match["quarter"] else 12 if match["year"] else 0 if match["ytd"] else None
        if match["n"]:
            months = number_word(match["n"])
        yield PeriodMention(*match.span(), (Relative("current", months),), "relative")


_TRAILING_YEAR = re.compile(
    r"\b(?:the\s)?(?:trailing|last|past)\s(?:twelve|12|four|4)[-\s](?:month|quarter)s?\b", re.IGNORECASE
)


def _trailing_year(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "The trailing twelve months": a year to the end of the reported period."""
    for match in _TRAILING_YEAR.finditer(text) if calendar.current else ():
        yield PeriodMention(*match.span(), (Relative("current", 13),), "relative")


def _month_quarters(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """ "The June 2005 quarter", "the March quarter"."""
    for match in _MONTH_QUARTER.finditer(text):
        month = MONTH_NAMES.index(match["month"].lower()) + 1
        near = calendar.current.end if calendar.current else date.today()
        year = int(match["year"]) if match["year"] else near.year - (month - near.month > 6) + (near.month - month > 6)
        yield PeriodMention(*match.span(), (calendar.duration(calendar.near(month_end(year, month)), 3),), "duration")


def _dates(text: str, calendar: Calendar) -> Iterator[PeriodMention]:
    """Instants ("as of DATE", "at DATE and DATE") and months; a bare or "on" date says when, not of which period."""
    chain: list[PeriodMention] = []
    for day in dates(text):
        before = _AS_OF.search(text, max(0, day.start - 24), day.start)
        if day.month and day.year and not day.day:
            period = Period(month_end(day.year, day.month), date(day.year, day.month, 1))
            yield PeriodMention(day.start, day.end, (period,), "month")
        elif day.date and chain and _ALSO.fullmatch(text, chain[-1].end, day.start):
            last = chain.pop()
            chain.append(PeriodMention(last.start, day.end, (*last.readings, Period(day.date)), "instant"))
        elif day.date and before:
            chain.append(PeriodMention(before.start(), day.end, (Period(day.date),), "instant"))
    yield from chain
    if calendar.current:
        for match in _QUARTER_END.finditer(text):
            yield PeriodMention(*match.span(), (Period(calendar.current.end),), "instant")


_ALSO = re.compile(r",?\s(?:and|&)\s(?:at\s|as\sof\s)?|,\s")
#: For each form the letters without which it cannot occur, and its reader; of two that overlap the earlier wins.
_READERS: tuple[tuple[tuple[str, ...], Callable[[str, Calendar], Iterator[PeriodMention]]], ...] = (
    (("ended", "ending", "ends"), _printed),
    (("quarter",), partial(_of_parts, pattern=_QUARTER, number="ord", build=_quarter_of)),
    (("quarter",), _month_quarters),
    (("1q", "2q", "3q", "4q", "q1", "q2", "q3", "q4", "1h", "2h", "h1", "h2"), _short),
    (("trailing", "last", "past"), _trailing_year),
    (("year", "same", "compar", "correspond", "equivalent", "like"), _year_ago),
    (("month",), _months),
    (("half",), partial(_of_parts, pattern=_HALF, number="ord", build=_half_of)),
    (("quarter",), _previous),
    (("19", "20", "/", "end"), _dates),
    (("19", "20"), _fiscal),
    (("quarter", "month", "period", "year"), _current_words),
)

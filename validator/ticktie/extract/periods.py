"""The fiscal calendar of a document: where its years end, which period it reports, and what its period words mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from ticktie.extract.dates import DateMention, dates, month_end
from ticktie.extract.durations import DurationMention, durations
from ticktie.extract.printed import (
    PrintedPeriod,
    add_months,
    duration_period,
    is_month_end,
    months_of,
    printed_periods,
)
from ticktie.extract.sentences import pieces
from ticktie.model.facts import Period

__all__ = [
    "Calendar",
    "DateMention",
    "DurationMention",
    "PrintedPeriod",
    "add_months",
    "calendar",
    "dates",
    "duration_period",
    "durations",
    "is_month_end",
    "month_end",
    "months_of",
    "printed_periods",
]

_DAY = timedelta(days=1)
#: Sentences that count as a document's opening (cover page, headline, first paragraph).
_OPENING = 40
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.;!?])\s{1,9}(?=[A-Z“\"])")
_FISCAL_YEAR_END = re.compile(
    r"(?i)fiscal\syears?(?:[-\s]?\d{2,4})?[-\s]{1,3}(?:that\s)?end(?:ed|ing|s)?\s(?:on\s|is\s|of\s)?"
)
_DIGIT = re.compile(r"\d")
_AS_OF = re.compile(r"(?i)(?:\bas\s(?:of|at)|\bat|end(?:ed|ing))\s{1,9}$")
_FISCAL_YEAR = re.compile(
    r"(?i)(?:fiscal(?:\syears?)?\s|FY\s?|quarter,?\s(?:of\s)?(?:the\s)?(?:fiscal\s)?(?:year\s)?"
    r"|[1-4]Q\s?(?:FY)?\s?|Q[1-4]\s(?:FY)?\s?)"
    r"(20\d\d|19[89]\d|(?<=FY)\d\d)\b|\b(20\d\d|19[89]\d)\sfiscal\syear"
)
_FISCAL_YEAR_HINTS = ("fiscal", "fy", "q")


class Calendar(Struct, frozen=True):
    """A fiscal calendar, with what the document says of its periods.

    A year is named for the calendar year it ends in, plus ``name_shift`` (-1: fiscal 2023 ends in early 2024).
    ``current`` is the reported quarter (or year), ``instants`` all period ends that the document prints, ``weeks``
    says that periods are whole weeks and end on different days each year.
    """

    year_end_month: int = 12
    year_end_day: int = 31
    current: Period | None = None
    instants: tuple[date, ...] = ()
    weeks: bool = False
    name_shift: int = 0

    def year_end(self, fiscal_year: int) -> date:
        """The last day of a fiscal year, by the name of the year."""
        year = fiscal_year - self.name_shift
        last = month_end(year, self.year_end_month)
        day = last if self.year_end_day >= 28 else last.replace(day=self.year_end_day)
        return self._whole_weeks(day)

    def near(self, day: date) -> date:
        """The printed period end within eight days of ``day``, where periods are whole weeks; otherwise ``day``."""
        near = [other for other in self.instants if abs((other - day).days) <= 8] if self.weeks else []
        return min(near, key=lambda other: abs((other - day).days), default=day)

    def _whole_weeks(self, day: date) -> date:
        """The quarter end about ``day``: a printed one, or one of whole quarters of 13 weeks from the reported one."""
        near = self.near(day)
        if near != day or not self.weeks or self.current is None:
            return near
        quarters = round(Decimal((day - self.current.end).days) * 4 / Decimal("365.25"))
        stepped = self.current.end + timedelta(days=91 * quarters)
        return stepped if abs((stepped - day).days) <= 8 else day

    def duration(self, end: date, months: int) -> Period:
        """The period of so many months to ``end``; it starts after a printed period end if one is near."""
        if not self.weeks:
            return duration_period(end, months)
        start = duration_period(end, weeks=months // 3 * 13) if months % 3 == 0 else duration_period(end, months)
        before = (start.start or end) - _DAY
        return Period(end, self.near(before) + _DAY)

    def quarter(self, number: int, fiscal_year: int) -> Period:
        """The ``number``-th quarter (1 to 4) of a fiscal year."""
        return self.duration(self._end_of(number, fiscal_year), 3)

    def year(self, fiscal_year: int) -> Period:
        return self.duration(self.year_end(fiscal_year), 12)

    def half(self, number: int, fiscal_year: int) -> Period:
        """The first or second half of a fiscal year."""
        return self.duration(self._end_of(2 * number, fiscal_year), 6)

    def ytd(self, months: int, fiscal_year: int) -> Period:
        """The first ``months`` of a fiscal year (3, 6, 9 or 12)."""
        return self.duration(self._end_of(months // 3, fiscal_year), months)

    def _end_of(self, quarter: int, fiscal_year: int) -> date:
        """The last day of a quarter of a fiscal year."""
        year_end = self.year_end(fiscal_year)
        if quarter == 4:
            return year_end
        anchor = year_end if is_month_end(year_end) or self.weeks is False else self._regular(year_end)
        return self._whole_weeks(add_months(anchor, 3 * quarter - 12))

    def _regular(self, day: date) -> date:
        """The month end that a varying period end stands near."""
        ends = [month_end(day.year, day.month), date(day.year, day.month, 1) - _DAY]
        return min(ends, key=lambda end: abs((end - day).days))

    def fiscal_year(self, day: date) -> int:
        """The name of the fiscal year that ``day`` falls in (a few days late count as the year before)."""
        slack = day - timedelta(days=7) if self.weeks else day
        last = month_end(slack.year, self.year_end_month)
        ends = last if self.year_end_day >= 28 else last.replace(day=self.year_end_day)
        return slack.year + (slack > ends) + self.name_shift

    def quarter_number(self, day: date) -> int:
        """The quarter of the fiscal year that ends on or after ``day``."""
        slack = day - timedelta(days=7) if self.weeks else day
        return (slack.month - self.year_end_month - 1) % 12 // 3 + 1

    def year_ago(self, period: Period) -> Period:
        """The same period one fiscal year before."""
        end = self._year_before(period.end)
        if period.start is None:
            return Period(end)
        months = months_of(period)
        if self.weeks:
            return self.duration(end, months)
        return duration_period(end, months) if months else Period(end, add_months(period.start, -12))

    def _year_before(self, day: date) -> date:
        moved = day - timedelta(days=364) if self.weeks else add_months(day, -12)
        return self.near(moved)

    def previous(self, period: Period) -> Period:
        """The period of the same length that ends where ``period`` starts; the quarter end before an instant."""
        if period.start is None:
            return Period(self.near(add_months(period.end, -3)))
        return self.duration(period.start - _DAY, months_of(period))

    def following(self, period: Period) -> Period:
        """The period of the same length that starts where ``period`` ends."""
        months = months_of(period)
        if self.weeks:
            return Period(self.near(period.end + timedelta(days=period.days)), period.end + _DAY)
        return duration_period(add_months(period.end, months), months)


def calendar(texts: Iterable[str]) -> Calendar:
    """The fiscal calendar that ``texts`` (paragraphs, table headers) speak of, else calendar years."""
    sentences = [piece for text in texts if _mentions_time(text) for piece in _sentences(text)]
    printed = [period for sentence in sentences for period in printed_periods(sentence)]
    instants = _instants(sentences, printed)
    weeks = _in_weeks(printed)
    current = _current(printed, _published(sentences, printed))
    month, day = _year_end(sentences, printed, current)
    bare = Calendar(month, day, current, instants, weeks)
    return _named(bare, sentences)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of ``text``, none longer than one can be."""
    for sentence in _SENTENCE.split(text):
        yield from (sentence[start:end] for start, end in pieces(sentence, 0, len(sentence)))


def _mentions_time(text: str) -> bool:
    return _DIGIT.search(text) is not None or "quarter" in text.lower()


def _instants(sentences: list[str], printed: list[PrintedPeriod]) -> tuple[date, ...]:
    """All printed period ends; an inherited one ("June 26, 2004 and 2003") only where no other is near it."""
    said = {period.period.end for period in printed if not period.inherited}
    inherited = {period.period.end for period in printed if period.inherited}
    for sentence in sentences:
        for mention in dates(sentence):
            if mention.date and _is_end(mention, sentence):
                (inherited if mention.inherited else said).add(mention.date)
    alone = {day for day in inherited if not any(abs((day - other).days) <= 8 for other in said)}
    return tuple(sorted(said | alone))


def _is_end(mention: DateMention, sentence: str) -> bool:
    """Whether a date is a period's end: said so, or it stands in a header."""
    if mention.inherited or len(sentence) < 60:
        return True
    return _AS_OF.search(sentence, max(0, mention.start - 12), mention.start) is not None


def _in_weeks(printed: list[PrintedPeriod]) -> bool:
    """Whether periods are whole weeks: most quarters and years end within a month, or lengths are in weeks."""
    whole = [p for p in printed if p.mention.weeks or (p.mention.months or 1) % 3 == 0]
    inside = sum(bool(p.mention.weeks) or not is_month_end(p.period.end) for p in whole)
    return inside * 2 > len(whole)


def _published(sentences: list[str], printed: list[PrintedPeriod]) -> date:
    """The latest day that the opening of a document mentions, besides ends to come (no later end can be reported)."""
    ends = {p.period.end for p in printed}
    days = {day.date for sentence in sentences[:_OPENING] for day in dates(sentence) if day.date}
    return max(days - ends, default=date.max)


def _current(printed: list[PrintedPeriod], published: date) -> Period | None:
    """The latest printed period, the shortest of its end; a period still "ending" only if nothing better is said."""
    past = [p for p in printed if not p.mention.ending or (p.period.end < published and p.mention.kind != "year")]
    past = [p for p in past if not p.inherited] or past or printed
    if not past:
        return None
    latest = max(p.period.end for p in past)
    return max((p.period for p in past if p.period.end == latest), key=lambda period: period.start or latest)


def _year_end(sentences: list[str], printed: list[PrintedPeriod], current: Period | None) -> tuple[int, int]:
    """Month and day of the fiscal year's end, by the evidence with most weight."""
    votes: Counter[tuple[int, int]] = Counter()
    for (month, day), weight in _evidence(sentences, printed, current):
        votes[month, 31 if day >= 28 or day <= 7 else day] += weight
    return votes.most_common(1)[0][0] if votes else (12, 31)


def _evidence(
    sentences: list[str], printed: list[PrintedPeriod], current: Period | None
) -> Iterator[tuple[tuple[int, int], int]]:
    for sentence in sentences:
        yield from _of_fiscal_year(sentence)
        yield from _of_ordinal(sentence)
    for period in printed:
        yield from _of_length(period)
    if current is not None and months_of(current) == 3:
        for number, count in _ordinals(sentences).most_common(1):
            yield _quarters_on(current.end, 4 - number), min(count, 2)


def _month_and_day(day: date) -> tuple[int, int]:
    """Month and day of a year's end; the first days of a month belong to the month before."""
    if day.day <= 7:
        day = day - timedelta(days=day.day)
    return day.month, 31 if day.day >= 22 else day.day


def _quarters_on(day: date, quarters: int) -> tuple[int, int]:
    month, last = _month_and_day(day)
    return (month - 1 + 3 * quarters) % 12 + 1, last


def _of_fiscal_year(sentence: str) -> Iterator[tuple[tuple[int, int], int]]:
    """Of "fiscal year ended June 30": seven votes, each."""
    for match in _FISCAL_YEAR_END.finditer(sentence) if "fiscal" in sentence.lower() else ():
        for day in dates(sentence[match.end() : match.end() + 30])[:1]:
            if day.month and day.day and day.start <= 4:
                yield _month_and_day(date(day.year or 2000, day.month, day.day)), 7


def _of_ordinal(sentence: str) -> Iterator[tuple[tuple[int, int], int]]:
    """Of "quarter ended September 30 ... the first quarter": five votes, where only one of each is said."""
    numbers = {length.ordinal for length in durations(sentence) if length.kind == "quarter" and length.ordinal}
    ends = {p.period.end for p in printed_periods(sentence) if months_of(p.period) == 3}
    if len(numbers) == 1 and len(ends) == 1:
        yield _quarters_on(ends.pop(), 4 - (numbers.pop() or 4)), 5


def _of_length(period: PrintedPeriod) -> Iterator[tuple[tuple[int, int], int]]:
    """Of "nine months ended" says where the year ends: two votes; "year ended" two."""
    months = months_of(period.period)
    if months in (6, 9):
        yield _quarters_on(period.period.end, (12 - months) // 3), 2
    elif months == 12:
        yield _month_and_day(period.period.end), 2


def _ordinals(sentences: list[str]) -> Counter[int]:
    return Counter(
        length.ordinal
        for sentence in sentences
        for length in durations(sentence)
        if length.kind == "quarter" and length.ordinal
    )


def _named(bare: Calendar, sentences: list[str]) -> Calendar:
    """``bare`` with the year names that the text gives to the reported quarter (fiscal 2023 may end in 2024)."""
    if bare.current is None:
        return _with_current(bare, sentences)
    year = bare.fiscal_year(bare.current.end)
    names = Counter(name for sentence in sentences for name in _year_names(sentence))
    early = bare.year_end_month <= 6
    if early and names[year - 1] and not names[year]:
        return Calendar(bare.year_end_month, bare.year_end_day, bare.current, bare.instants, bare.weeks, -1)
    return bare


def _with_current(bare: Calendar, sentences: list[str]) -> Calendar:
    """The reported quarter from its name ("second quarter 2023") where no text prints its end."""
    for sentence in sentences:
        names = list(_year_names(sentence))
        numbers = [length.ordinal for length in durations(sentence) if length.kind == "quarter" and length.ordinal]
        if names and numbers:
            current = bare.quarter(numbers[0], names[0])
            return Calendar(bare.year_end_month, bare.year_end_day, current, bare.instants, bare.weeks)
    return bare


def _year_names(sentence: str) -> Iterator[int]:
    lowered = sentence.lower()
    for match in _FISCAL_YEAR.finditer(sentence) if any(hint in lowered for hint in _FISCAL_YEAR_HINTS) else ():
        year = int(match[1] or match[2])
        yield year if year > 99 else 2000 + year

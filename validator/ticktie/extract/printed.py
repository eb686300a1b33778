"""Periods: the arithmetic of quarters and years, and the periods that a text prints as "three months ended DATE"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from ticktie.extract.dates import DateMention, dates, month_end
from ticktie.extract.durations import DurationMention, durations
from ticktie.model.facts import Period

_DAY = timedelta(days=1)
#: "quarter and six months ended": the words that may stand between two lengths that share a date.
_JOINT = re.compile(r"(?:,?\s{1,3}(?:and|or|&)\s{1,3}|,\s{0,3})(?:the\s|for\sthe\s)?(?:first\s)?")
#: What may stand between "ended" and its date.
_LEAD = re.compile(r"[\s:(]{0,9}(?:on\s|as\sof\s|the\s)?")


def is_month_end(day: date) -> bool:
    return (day + _DAY).month != day.month


def add_months(day: date, months: int) -> date:
    """``day`` moved by whole months; a month's last day stays a last day."""
    index = day.year * 12 + day.month - 1 + months
    last = month_end(index // 12, index % 12 + 1)
    return last if is_month_end(day) or day.day > last.day else last.replace(day=day.day)


def duration_period(end: date, months: int | None = None, weeks: int | None = None) -> Period:
    """The duration of so many months or weeks that ends on ``end`` (inclusive).

    Quarters that end within a month are counted in weeks (13 a quarter): nobody ends a calendar quarter there.
    """
    if weeks is None and months is not None and months % 3 == 0 and not is_month_end(end):
        weeks = months // 3 * 13
    if weeks is not None:
        return Period(end, end - timedelta(days=7 * weeks) + _DAY)
    return Period(end, add_months(end, -(months or 12)) + _DAY)


def months_of(period: Period) -> int:
    """The whole months nearest to the length of a duration (13 weeks are 3 months); 0 for an instant."""
    return int((Decimal(period.days) * 12 / Decimal("365.25")).to_integral_value())


class PrintedPeriod(Struct, frozen=True):
    """A period whose length and end a text prints at ``[start, end)``, with the words of the length.

    ``inherited`` says that month and day of the end are those of another year."""

    start: int
    end: int
    period: Period
    mention: DurationMention
    inherited: bool = False


@lru_cache(maxsize=4096)
def printed_periods(text: str) -> tuple[PrintedPeriod, ...]:
    """Every "N months ended DATE" of ``text``; several lengths or years of one date give one period each."""
    lengths = durations(text)
    if not any(length.ended for length in lengths):
        return ()
    days = dates(text)
    found: list[PrintedPeriod] = []
    for index, length in enumerate(lengths):
        last = _last_of_joint(text, lengths, index)
        if last.ended:
            found += (_printed(length, day) for day in _dates_after(text, last, days))
    return tuple(found)


def _last_of_joint(text: str, lengths: tuple[DurationMention, ...], index: int) -> DurationMention:
    """The last of the lengths that share one date with the length at ``index``."""
    while (
        not lengths[index].ended
        and index + 1 < len(lengths)
        and _JOINT.fullmatch(text, lengths[index].end, lengths[index + 1].start)
    ):
        index += 1
    return lengths[index]


def _dates_after(text: str, length: DurationMention, days: tuple[DateMention, ...]) -> list[DateMention]:
    """The date that follows a length directly, with the years that inherit month and day from it."""
    for index, day in enumerate(days):
        if day.start >= length.end and day.date and _LEAD.fullmatch(text, length.end, day.start):
            rest = days[index + 1 :]
            heirs = next((i for i, later in enumerate(rest) if not later.inherited), len(rest))
            return [day, *(heir for heir in rest[:heirs] if heir.date)]
    return []


def _printed(length: DurationMention, day: DateMention) -> PrintedPeriod:
    assert day.date is not None
    period = duration_period(day.date, length.months, length.weeks)
    return PrintedPeriod(length.start, day.end, period, length, day.inherited)

"""The period of each value column where headers stand over their columns: what is above, then beside, then around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from msgspec import Struct

from ticktie.extract.periods import Calendar, DateMention, DurationMention, dates, duration_period, durations, month_end
from ticktie.extract.placed import column_words
from ticktie.extract.tables import Grid
from ticktie.model.facts import Period
from ticktie.model.source import Row


class Words(Struct, frozen=True):
    """The lengths and days that a text states, and the text itself."""

    text: str
    lengths: tuple[DurationMention, ...]
    days: tuple[DateMention, ...]


@cache
def _range() -> re.Pattern[str]:
    return re.compile(r"(?i)\s*(?:,|\bto\b|\bthrough\b|[-–—])\s*")


def placed_periods(grid: Grid, calendar: Calendar) -> list[Period | None]:
    """The period of each value column; None where header, label column and caption leave it open."""
    first = min((row.order for row in grid.rows if any(row.slots)), default=0)
    above = {id(row) for row in grid.region.rows[:first]}
    header = [row for row in grid.headers if id(row) in above]
    over = [words(column_words(header, place)) for place in grid.places]
    around = [words(_beside(header)), *(words([text]) for text in _captions(grid))]
    over = [_with_year(_named_year(said, calendar), over, column) for column, said in enumerate(over)]
    if grid.region.kind == "balance-sheet":
        return [_instant(said, over, around) for said in over]
    return _flows(over, around, calendar, grid.region.kind == "cash-flow")


def _named_year(said: Words, calendar: Calendar) -> Words:
    """The words over a column whose year is only called the current or the prior one, with the year that is meant."""
    found = re.search(r"(?i)\b(?:(?P<now>current|this)|prior|previous|last)\s+(?:year|period)", said.text)
    partial = next((day for day in reversed(said.days) if day.month), None)
    if found is None or partial is None or any(day.year for day in said.days) or calendar.current is None:
        return said
    latest = calendar.current.end
    year = latest.year - ((partial.month or 0, partial.day or 0) > (latest.month, latest.day))
    return words([said.text, str(year if found["now"] else year - 1)])


def _with_year(said: Words, over: Sequence[Words], column: int) -> Words:
    """The words over a column that has no year of its own, with those of the nearest column that has one."""
    years = [k for k, other in enumerate(over) if any(day.year for day in other.days)]
    if column in years or not years or not said.days:
        return said
    nearest = min(years, key=lambda k: (abs(k - column), k < column))
    year = next(day.year for day in reversed(over[nearest].days) if day.year)
    return words([said.text, str(year)])


def words(texts: Iterable[str]) -> Words:
    """What texts, read as one, state."""
    text = " ".join(" ".join(texts).split())
    return Words(text, tuple(length for length in durations(text) if length.months or length.weeks), dates(text))


def _beside(header: Sequence[Row]) -> list[str]:
    return [cell.text for row in header for cell in row.cells if not cell.column]


def _captions(grid: Grid) -> list[str]:
    """The texts above the table, the nearest first."""
    return [paragraph.text for paragraph in reversed(grid.region.caption)]


# --- ends --------------------------------------------------------------------------------------------------------


def _end(said: Words, over: Sequence[Words], around: Sequence[Words]) -> date | None:
    """The last day that the words over a column state; what is missing comes from beside, other columns, captions."""
    whole = [day.date for day in said.days if day.date]
    if whole:
        return whole[-1]
    year = next((day.year for day in reversed(said.days) if day.year), None)
    partial = next((day for day in reversed(said.days) if day.month), None)
    if partial is None:
        partial = _month_day([*around, *over]) if year or not said.days else None
    if year is None:
        year = _year(around)
    return _date(year, partial)


def _month_day(sources: Iterable[Words]) -> DateMention | None:
    return next((day for said in sources for day in said.days if day.month), None)


def _year(sources: Iterable[Words]) -> int | None:
    """The only year that texts around a table speak of."""
    years = {day.year for said in sources for day in said.days if day.year}
    return years.pop() if len(years) == 1 else None


def _date(year: int | None, partial: DateMention | None) -> date | None:
    if year is None or partial is None or partial.month is None:
        return None
    last = month_end(year, partial.month)
    if partial.day is None or partial.day > last.day or (partial.month == 2 and partial.day >= 28):
        return last
    return last.replace(day=partial.day)


def _instant(said: Words, over: Sequence[Words], around: Sequence[Words]) -> Period | None:
    end = _end(said, over, around)
    return Period(end) if end else None


# --- flows -------------------------------------------------------------------------------------------------------


def _flows(over: Sequence[Words], around: Sequence[Words], calendar: Calendar, to_date: bool) -> list[Period | None]:
    """The periods of flow columns: each length with its end, or the whole range where both its days are printed."""
    found: list[Period | None] = []
    length: DurationMention | None = None
    for said in over:
        length = said.lengths[-1] if said.lengths else length
        end = _end(said, over, around)
        ranged = _ranged(said, end)
        chosen = length or _length(around)
        if ranged is not None or end is None:
            found.append(ranged)
        elif re.search(r"(?i)\byear[\s-]to[\s-]date\b|\bYTD\b", said.text):
            found.append(calendar.duration(end, calendar.quarter_number(end) * 3))
        elif chosen is not None:
            found.append(period(calendar, end, chosen))
        else:
            found.append(_unsaid(calendar, end, to_date))
    return found


def _length(around: Iterable[Words]) -> DurationMention | None:
    return next((said.lengths[0] for said in around if said.lengths), None)


def _ranged(said: Words, end: date | None) -> Period | None:
    """A period that is printed from day to day ("January 1 to July 21" over 2023)."""
    days = [day for day in said.days if day.month and day.day]
    for first, last in pairwise(days):
        if _range().fullmatch(said.text, first.end, last.start) and not last.inherited:
            stop = last.date or (_date(end.year, last) if end else None)
            start = first.date or (_date(stop.year, first) if stop else None)
            if start and stop and start < stop:
                return Period(stop, start)
    return None


def period(calendar: Calendar, end: date, length: DurationMention) -> Period:
    """The period of a length to ``end``, by weeks where the calendar counts so."""
    if calendar.weeks and length.months:
        return calendar.duration(end, length.months)
    return duration_period(end, length.months, length.weeks)


def _unsaid(calendar: Calendar, end: date, to_date: bool) -> Period | None:
    """A column that states no length: cash flows run from the beginning of the year, the rest is left open."""
    if not to_date or calendar.current is None:
        return None
    return calendar.duration(end, calendar.quarter_number(end) * 3)

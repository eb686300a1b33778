"""Fiscal calendars of the generator: the periods of the columns of one quarter's release, and how they are worded."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from ticktie.model.facts import Period

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ORDINALS = ("first", "second", "third", "fourth")
NUMBERS = {
    3: "three",
    6: "six",
    9: "nine",
    12: "twelve",
    13: "thirteen",
    26: "twenty-six",
    39: "thirty-nine",
    52: "fifty-two",
}


def month_end(year: int, month: int) -> date:
    """The last day of ``month`` (any integer; 13 is January of the next year)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def day(when: date) -> str:
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


def month_day(when: date) -> str:
    return f"{MONTHS[when.month - 1]} {when.day},"


@dataclass(frozen=True, slots=True)
class Calendar:
    """One company's fiscal quarter: ``end`` closes quarter ``quarter`` of ``year``; ``weeks`` for 13-week quarters."""

    end: date
    quarter: int
    year: int
    weeks: bool

    def _back(self, when: date, quarters: int) -> date:
        """The closing day ``quarters`` before ``when``."""
        if self.weeks:
            return when - timedelta(weeks=13 * quarters)
        return month_end(when.year, when.month - 3 * quarters)

    def flow(self, quarters: int, years_ago: int = 0) -> Period:
        """The duration of the last ``quarters`` quarters, or the same one ``years_ago``."""
        end = self._back(self.end, 4 * years_ago)
        return Period(end, self._back(end, quarters) + timedelta(days=1))

    @property
    def year_end(self) -> date:
        """The close of the last fiscal year before this quarter's year (for a fourth quarter: a year ago)."""
        return self._back(self.end, self.quarter)

    def span(self, quarters: int) -> int:
        """Length in months, or in weeks where quarters are weeks."""
        return quarters * (13 if self.weeks else 3)

    @property
    def unit(self) -> str:
        return "week" if self.weeks else "month"


def make_calendar(rng: random.Random, allow_weeks: bool) -> Calendar:
    """A quarter of a random fiscal year; the fiscal year bears the year in which it ends."""
    year_end_month, quarter = rng.choice((12, 12, 12, 6, 6, 9, 3, 1, 5, 10, 2, 8)), rng.randint(1, 4)
    year = rng.randint(1999, 2013)
    end = month_end(year, year_end_month - 3 * (4 - quarter))
    weeks = allow_weeks and rng.random() < 0.12
    if weeks:
        end -= timedelta(days=(end.weekday() - 5) % 7)
    return Calendar(end, quarter, year, weeks)

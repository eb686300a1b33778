"""Dates in text as they are printed: whole dates, dates without a year, months, and years alone."""

from __future__ import annotations

import re
from datetime import date as Day
from datetime import timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ABBREVIATIONS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
_MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | _ABBREVIATIONS

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_YEAR = r"(?:19[89]\d|20\d\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"""(?<![\w.])(?P<month>{_MONTH})\b\.?\s{{1,9}}(?P<day>{_DAY})(?![\d%]|\.\d|,(?!{_YEAR}(?!\d))\d)(?:st|nd|rd|th)?
           (?:(?:\s?,\s{{0,9}}|\s{{1,9}})(?P<year>{_YEAR})(?!\d|[.,]\d|%))?
      |(?<![\w.,/-])(?P<day2>{_DAY})(?:st|nd|rd|th)?\s(?P<month2>{_MONTH})\b\.?(?:,?\s(?P<year2>{_YEAR})(?!\d|[.,]\d|%))?
      |(?<![\w.])(?P<month3>{_MONTH})\b\.?(?:\s{{1,9}}of)?,?\s{{1,9}}(?P<year3>{_YEAR})(?!\d|[.,]\d|%)
      |(?<![\w.,/-])(?P<year4>{_YEAR})-(?P<month4>\d\d)-(?P<day4>\d\d)(?![\w-])
      |(?<![\w.,/-])(?P<month5>\d\d?)/(?P<day5>\d\d?)/(?P<year5>{_YEAR}|\d\d)(?![\w/])
      |(?:(?<![\w$.,/])|(?<=FY))(?<!\d-)(?P<year6>{_YEAR})(?!\w|[.,]\d|%|-\d{{3}})""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_AGAIN = re.compile(r"\s?(?:,|,?\s?(?:and|or|vs\.?|versus|to|&))\s{1,9}$")
_WORD_AND_DAY = re.compile(r"(?<![\w.])([A-Za-z]{3,10})(?=\.?\s{1,9}(?:[1-9]|[12]\d|3[01])\b\s?,)")


class DateMention(Struct, frozen=True):
    """A date in a text at ``[start, end)``; parts that are not printed are None.

    ``inherited`` says that month and day come from the date before ("December 31, 2004 and 2003").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    inherited: bool = False

    @property
    def date(self) -> Day | None:
        """The day meant, where year, month and day are known and exist."""
        if not (self.year and self.month and self.day):
            return None
        return _day(self.year, self.month, self.day)

    @property
    def last_day(self) -> Day | None:
        """The day meant, or the last day of a month without a day."""
        if self.day is None and self.year and self.month:
            return month_end(self.year, self.month)
        return self.date


def month_end(year: int, month: int) -> Day:
    """The last day of a month."""
    following = Day(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def dates(text: str) -> tuple[DateMention, ...]:
    """Every date that ``text`` mentions, in order; a misread month name counts where a day and a comma follow."""
    if not _DIGIT.search(text):
        return ()
    found: list[DateMention] = []
    for match in _DATE.finditer(_with_months_restored(text)):
        mention = _mention(match)
        if mention is not None:
            found.append(_inherit(mention, found[-1], text) if found else mention)
    return tuple(found)


def _mention(match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    year = next((parts[key] for key in ("year", "year2", "year3", "year4", "year5", "year6") if parts[key]), None)
    month = next((parts[key] for key in ("month", "month2", "month3", "month4", "month5") if parts[key]), None)
    day = next((parts[key] for key in ("day", "day2", "day4", "day5") if parts[key]), None)
    end = match.end("day") if parts["month"] and not parts["year"] else match.end()
    mention = DateMention(match.start(), end, _year(year), _month(month), int(day) if day else None)
    return mention if _plausible(mention) else None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    year = int(text)
    return year if year > 99 else year + (1900 if year >= 80 else 2000)


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else _MONTHS[text.lower()]


def _plausible(mention: DateMention) -> bool:
    month, day = mention.month, mention.day
    if month is None:
        return True
    return 1 <= month <= 12 and (day is None or _day(mention.year or 2000, month, day) is not None)


def _inherit(mention: DateMention, before: DateMention, text: str) -> DateMention:
    """A year alone after "December 31, 2004 and" takes month and day from there; a February's end stays its end."""
    if mention.month or not before.month or not before.year or not _AGAIN.fullmatch(text, before.end, mention.start):
        return mention
    day = before.day
    if day and mention.year and before.month == 2 and day >= 28:
        day = month_end(mention.year, 2).day
    return replace(mention, month=before.month, day=day, inherited=True)


def _with_months_restored(text: str) -> str:
    """``text`` with misread month names ("Septernber 30,") put right where that keeps every offset."""
    return _WORD_AND_DAY.sub(lambda match: _restored(match[1]), text)


@lru_cache(maxsize=4096)
def _restored(word: str) -> str:
    if word.lower() in _MONTHS or len(word) < 4:
        return word
    near = [(ratio(word.lower(), name), name) for name in MONTH_NAMES if abs(len(name) - len(word)) <= 1]
    score, name = max(near, default=(0.0, ""))
    if score < 80:
        return word
    fitting = name if len(name) <= len(word) else name[:3]
    return fitting.title().ljust(len(word))

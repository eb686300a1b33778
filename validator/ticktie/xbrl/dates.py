"""Dates as inline XBRL formats print them, as ISO 8601: ``2031-06-30``, ``--06-30``, ``2031-06``; and durations.

Source: Inline XBRL Transformation Registries 1 to 5; the SEC's ixt-sec, 2015-08-31.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from ticktie.xbrl.numerals import Transformation, TransformError, words

Months = Sequence[str]

_DIGITS = {0x0966 + digit: str(digit) for digit in range(10)} | {0xFF10 + digit: str(digit) for digit in range(10)}
_PARTS = {"d": "(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?", "m": "(?P<m>[0-9]{1,2})", "y": "(?P<y>[0-9]{4}|[0-9]{1,2})"}
_TAIL = r"[^0-9\s]{0,12}"
#: Languages whose names may not be lengthened.
_EXACT = frozenset({"en", "roman"})
#: First day of each Saka month in the Gregorian calendar (of its second year from the eleventh month on).
_SAKA_STARTS = (
    (3, 22), (4, 21), (5, 22), (6, 22), (7, 23), (8, 23), (9, 23), (10, 23), (11, 22), (12, 22), (1, 21), (2, 20),
)  # fmt: skip
_QUARTERS = {"first": 3, "1": 3, "second": 6, "2": 6, "third": 9, "3": 9, "fourth": 12, "last": 12, "4": 12}
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H"}


def printed_date(parts: Sequence[str], months: Months | None) -> Transformation:
    """A date whose ``parts`` stand in this order; ``months`` are the names where the month is no number."""
    pieces = [_PARTS.get(part) or _named(months or (), part in _EXACT) for part in parts]
    pattern = re.compile(r"\s*" + r"[^0-9]+?".join(pieces) + r"[^0-9]*", re.IGNORECASE)
    numbers = _numbers(months)

    def transform(text: str) -> str:
        match = pattern.fullmatch(text.translate(_DIGITS))
        if match is None:
            raise TransformError(f"{text.strip()[:40]!r} is no date of this format")
        found = match.groupdict()
        month = numbers.get(_lower(found["n"]), 0) if "n" in found else int(found["m"])
        return _iso(found.get("y"), month, found.get("d"), text)

    return transform


def _named(months: Months, exact: bool) -> str:
    names = sorted((re.escape(name) for month in months for name in month.split()), key=len, reverse=True)
    return f"(?P<n>{'|'.join(names)})" + (r"\b" if exact else _TAIL)


def _numbers(months: Months | None) -> dict[str, int]:
    return {_lower(name): number for number, month in enumerate(months or (), 1) for name in month.split()}


def _lower(name: str) -> str:
    return name.lower()


def _iso(year: str | None, month: int, day: str | None, text: str) -> str:
    """The date in ISO 8601; years of one or two digits are of this century."""
    full = None if year is None else int(year) + (2000 if len(year) < 3 else 0)
    try:
        last = monthrange(2000 if full is None else full, month)[1]
    except (ValueError, IndexError):
        last = 0
    if not last or (day is not None and not 1 <= int(day) <= last):
        raise TransformError(f"{text.strip()[:40]!r} is no day of the calendar")
    shown = "-" if full is None else f"{full:04}"
    return f"{shown}-{month:02}" + ("" if day is None else f"-{int(day):02}")


def era_date(parts: Sequence[str], eras: dict[str, int]) -> Transformation:
    """A date of a Japanese era; the first year of an era may be called 元."""
    names = "|".join(sorted(eras, key=len, reverse=True))
    pieces = {"y": rf"({names})\s*([0-9]{{1,2}}|元)\s*年?", "m": r"([0-9]{1,2})\s*月?", "d": r"([0-9]{1,2})\s*日?"}
    pattern = re.compile(r"\s*" + r"[^0-9]*?".join(pieces[part] for part in parts) + r"\s*")

    def transform(text: str) -> str:
        match = pattern.fullmatch(text.translate(_DIGITS))
        if match is None:
            raise TransformError(f"{text.strip()[:40]!r} is no date of a Japanese era")
        year = eras[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return _iso(str(year), int(match[3]), match[4] if len(parts) > 2 else None, text)

    return transform


def saka_date(months: Months) -> Transformation:
    """A date of the Indian national calendar, whose year 1 began in March 79."""
    names = _numbers(months)
    pattern = re.compile(r"\s*([0-9]{1,2})[\s/.,-]*([^\s\d/.,-]+)[^0-9]*?([0-9]{4}|[0-9]{2})\s*")

    def transform(text: str) -> str:
        match = pattern.fullmatch(text.translate(_DIGITS))
        month = 0 if match is None else names.get(match[2].lower(), 0)
        if match is None or not month:
            raise TransformError(f"{text.strip()[:40]!r} is no date of the Indian national calendar")
        return _from_saka(int(match[3]), month, int(match[1]), text)

    return transform


def _from_saka(year: int, month: int, day: int, text: str) -> str:
    if year < 100:
        year += 1900 if year > 21 else 2000
    starts = year + 78
    leap = isleap(starts)
    length = 31 if 2 <= month <= 6 or (month == 1 and leap) else 30
    if not 1 <= day <= length or not 1 <= starts < 9998:
        raise TransformError(f"{text.strip()[:40]!r} is no day of the Indian national calendar")
    first_month, first_day = _SAKA_STARTS[month - 1]
    first = date(starts + (month > 10), first_month, first_day - (month == 1 and leap))
    return (first + timedelta(days=day - 1)).isoformat()


def quarter_end(text: str) -> str:
    """The last day of a calendar quarter: ``second quarter of 2031``."""
    quarter = re.search(r"\b(first|second|third|fourth|last|[1-4])(?:st|nd|rd|th)?\b", text, re.IGNORECASE)
    year = re.search(r"\b(\d{4})\b", text)
    if quarter is None or year is None:
        raise TransformError(f"{text.strip()[:40]!r} names no quarter of a year")
    month = _QUARTERS[quarter[1].lower()]
    return _iso(year[1], month, str(monthrange(int(year[1]) or 2000, month)[1]), text)


def duration(unit: str) -> Transformation:
    """A number of years, months, weeks, days or hours as an ISO 8601 duration: ``2.5`` years are ``P2Y6M``."""

    def transform(text: str) -> str:
        bare = text.strip().replace(",", "")
        if not re.fullmatch(r"-?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})", bare):
            raise TransformError(f"{text.strip()[:40]!r} is no number of units of time")
        sign = "-" if bare.startswith("-") else ""
        return sign + _duration(Decimal(bare.removeprefix("-")), unit)

    return transform


def _duration(amount: Decimal, unit: str) -> str:
    whole, part = int(amount), amount - int(amount)
    if unit == "Y":
        months = int(part * 12)
        days = int((part * 12 - months) * 30)
        return f"P{whole}Y" + (f"{months}M" if months else "") + (f"{days}D" if days else "")
    if unit == "M":
        days = int(part * 30)
        return f"P{whole}M" + (f"{days}D" if days else "")
    if unit == "W":
        return f"P{int(amount * 7)}D"
    if unit == "D":
        return f"P{whole}D" + (f"T{int(part * 24)}H" if part else "")
    return f"PT{whole}H" + (f"{int(part * 60)}M" if part else "")


def duration_words(text: str) -> str:
    """English words of a duration: ``two years and six months``, ``thirty days``."""
    found: dict[str, int] = {}
    parts = re.split(r"\b(years?|months?|weeks?|days?|hours?)\b", text.lower())
    for amount, unit in zip(parts[::2], parts[1::2], strict=False):
        number = Decimal(words(re.sub(r"^\W*(and\b)?\W*", "", amount)))
        name = _UNITS[unit.rstrip("s")]
        found["D" if name == "W" else name] = int(number) * (7 if name == "W" else 1)
    if not found or parts[-1].strip(" .,\u00a0"):
        raise TransformError(f"{text.strip()[:40]!r} is no duration in words")
    days = "".join(f"{found[unit]}{unit}" for unit in "YMD" if unit in found)
    return f"P{days}" + (f"T{found['H']}H" if "H" in found else "")

"""The fields of a supplied fact: numbers, periods, units and decimals as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from ticktie.model.facts import Period
from ticktie.model.number import EXACT, scaled

_PLAIN = re.compile(r"-?\d{1,99}(?:\.\d{1,99})?", re.ASCII)
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,4})?")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.0+)?)?Z?|\s00:00:00)?")
_SPAN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_PER_SHARE = re.compile(r"([A-Za-z]{3})\s*(?:/|per)\s*shares?", re.IGNORECASE)
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": "", "\u202f": "", " ": ""})
_MOST_DIGITS = 400
_MOST_DECIMALS = 400
_SYMBOLS = {"$": "iso4217:USD", "€": "iso4217:EUR", "£": "iso4217:GBP", "¥": "iso4217:JPY"}

SHARES = "xbrli:shares"
ONE_DAY = timedelta(days=1)


class FieldError(ValueError):
    """A field that does not say what it must; the message names the field and what would be right."""


class Amount(NamedTuple):
    """A value with the unit that its spelling says (a percentage is a fraction)."""

    value: Decimal
    unit: str | None = None


def amount(raw: object) -> Amount:
    """The number that ``raw`` states: plain, with thousands commas, negative in brackets, with a currency or percent
    sign; raises FieldError for anything else."""
    if isinstance(raw, bool):
        raise FieldError(f"value {raw} is no number")
    if isinstance(raw, int | float | Decimal):
        return Amount(_decimal(str(raw), raw))
    if _PLAIN.fullmatch(str(raw)):
        return Amount(Decimal(str(raw)))
    text = str(raw).strip().translate(_DASHES)
    unit = next((unit for symbol, unit in _SYMBOLS.items() if symbol in text[:3]), None)
    core = re.sub(r"[$€£¥]", "", text, count=1)
    percent = core.endswith("%")
    core = core.removesuffix("%")
    negative = core.startswith("(") and core.endswith(")")
    value = _decimal(core[1:-1] if negative else core, raw)
    value = scaled(value, -2) if percent else value
    return Amount(EXACT.minus(value) if negative else value, unit)


def _decimal(text: str, raw: object) -> Decimal:
    if not _NUMBER.fullmatch(text) or not any(letter.isdigit() for letter in text):
        raise FieldError(f"value {_short(raw)} is no number; write digits, as in -1234.5")
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise FieldError(f"value {_short(raw)} is no number; write digits, as in -1234.5") from None
    if len(value.as_tuple().digits) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS:
        raise FieldError(f"value {_short(raw)} has more than {_MOST_DIGITS} digits")
    return value


def decimals(raw: object) -> int | None:
    """A whole number of decimals; None for ``INF`` (exact). Raises FieldError."""
    return _decimals(str(raw).strip())


@lru_cache(maxsize=256)
def _decimals(text: str) -> int | None:
    if text.upper() == "INF":
        return None
    try:
        number = int(Decimal(text)) if Decimal(text) == int(Decimal(text)) else _MOST_DECIMALS + 1
    except (InvalidOperation, ValueError, OverflowError):
        number = _MOST_DECIMALS + 1
    if abs(number) > _MOST_DECIMALS:
        raise FieldError(f"decimals {_short(text)} is no whole number; write -3 for thousands, or INF where exact")
    return number


def unit(raw: object) -> str | None:
    """An OIM unit: ``iso4217:USD``, ``xbrli:shares``, ``iso4217:USD/xbrli:shares``; None for pure numbers."""
    return _unit("" if raw is None else str(raw).strip())


@lru_cache(maxsize=256)
def _unit(text: str) -> str | None:
    if text.lower() in ("", "pure", "xbrli:pure", "number", "none"):
        return None
    if text.lower() in ("share", "shares", SHARES):
        return SHARES
    if _CURRENCY.fullmatch(text.upper()) and (text.isupper() or text.islower()):
        return f"iso4217:{text.upper()}"
    per = _PER_SHARE.fullmatch(text)
    return f"iso4217:{per[1].upper()}/{SHARES}" if per else text


def period(raw: object) -> Period | None:
    """``2024-12-31``, ``2024-01-01/2024-12-31`` (inclusive), OIM date-times (an end of day is the next midnight),
    ``2024``, ``2024-Q1``, ``2024-H1``, ``2024-03``, or a mapping with ``instant`` or ``start`` and ``end``."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, Mapping):
        return between(raw.get("start"), raw.get("end", raw.get("instant")))
    return _written(str(raw).strip())


@lru_cache(maxsize=1024)
def _written(text: str) -> Period:
    start, slash, end = text.partition("/")
    if slash:
        return _span(start, end)
    whole = _SPAN.fullmatch(text)
    return _abbreviated(whole) if whole else Period(_end(text))


def between(start: object, end: object) -> Period | None:
    """The period from ``start`` to ``end``, both inclusive (or OIM date-times); an instant where there is no start."""
    if not end:
        if start:
            raise FieldError(f"period starts {_short(start)} and has no end")
        return None
    return _span(str(start or "").strip(), str(end).strip())


@lru_cache(maxsize=1024)
def _span(start: str, end: str) -> Period:
    first, last = (_date(start)[0] if start else None), _end(end)
    if first is not None and first > last:
        raise FieldError(f"period ends {last}, before its start {first}")
    return Period(last, first)


def _end(raw: str) -> date:
    """An inclusive last day; the midnight of a date-time ends the day before."""
    day, has_time = _date(raw)
    try:
        return day - ONE_DAY if has_time else day
    except OverflowError:
        raise FieldError(f"period {_short(raw)} is before the calendar begins") from None


def _date(raw: str) -> tuple[date, bool]:
    """The date, and whether it is an OIM date-time at midnight."""
    text = raw.strip()
    match = _DATE.fullmatch(text)
    if match is None or any(int(part or 0) for part in match.groups()[3:]):
        raise FieldError(f"period {_short(raw)} is no date; write 2024-12-31")
    try:
        return date(*map(int, match.groups()[:3])), "T" in text
    except ValueError:
        raise FieldError(f"period {_short(raw)} is no day of the calendar") from None


def _abbreviated(match: re.Match[str]) -> Period:
    """A year, half, quarter or month of the calendar (xBRL-CSV 1.0, section 4.11)."""
    year = int(match[1])
    first, months = 1, 12
    if match[2]:
        first, months = 3 * int(match[2]) - 2, 3
    elif match[3]:
        first, months = 6 * int(match[3]) - 5, 6
    elif match[4]:
        first, months = int(match[4]), 1
    try:
        begins = date(year, first, 1)
        after = date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    except ValueError:
        raise FieldError(f"period {_short(match[0])} is no month of the calendar") from None
    return Period(after - ONE_DAY, begins)


def _short(raw: object) -> str:
    text = str(raw)
    return repr(text if len(text) <= 40 else text[:40] + "…")

"""Numbers as inline XBRL formats print them, as plain decimal strings.

Source: Inline XBRL Transformation Registries 1 to 5, https://www.xbrl.org/guidance/ixbrl-transformation/.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from string import digits

Transformation = Callable[[str], str]

_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058a\u05be\ufe58\ufe63\uff0d")
_BLANK = " \t\n\r"
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0C: ",", 0xFF0E: "."}
_WAYS = {
    "threes": "[0-9]{{1,3}}(?:[{marks}][0-9]{{3}})*",
    "grouped": "[0-9]{{1,3}}(?:[{marks}]?[0-9]{{3}})*",
    "free": "[0-9{marks}]*",
    "indian": "(?:(?:[0-9]{{1,2}}[{marks}]?)?(?:[0-9]{{2}}[{marks}]?)*[0-9]{{3}}|[0-9]+)",
}
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_SMALL)} | {word: 10 * ten for ten, word in enumerate(_TENS, 2)}
_NOTHING = frozenset({"no", "none", "nil", "zero"})
_LARGE = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


class TransformError(ValueError):
    """A text that is not what its format says."""


def numeral(way: str, point: str, marks: str) -> Transformation:
    """Digits in one way of grouping (``threes``, ``grouped``, ``free``, ``indian``) with a decimal point of its own."""
    whole = _WAYS[way].format(marks=re.escape(marks)).replace("[]?", "")
    decimal, blanks = re.escape(point), "[ \u00a0]*" if way == "free" and marks else ""
    pattern = re.compile(rf"(?=.*[0-9])({whole})(?:{decimal}({blanks}[0-9][0-9 \u00a0]*))?", re.ASCII)
    gone = dict.fromkeys(map(ord, marks + " \u00a0"))

    usual = marks[:1] if way == "free" and marks else "\0"

    def transform(text: str) -> str:
        bare = text.strip(_BLANK)
        whole = bare.replace(usual, "")
        if whole.isdecimal() and whole.isascii():
            return whole
        match = pattern.fullmatch(bare)
        if match is None:
            raise TransformError(f"{bare[:40]!r} is no number with the decimal mark {point!r}")
        digits = match[1].translate(gone) or "0"
        return f"{digits}.{match[2].translate(gone)}" if match[2] else digits

    return transform


def unit_numeral(marks: str, way: str) -> Transformation:
    """A whole amount, words, and two digits of a hundredth: ``7 dollars and 5 cents``."""
    whole = _WAYS[way].format(marks=re.escape(marks))
    pattern = re.compile(rf"({whole})[^0-9]*[^0-9{re.escape(marks)}][^0-9]*([0-9]{{1,2}})[^0-9]*", re.ASCII)
    gone = dict.fromkeys(map(ord, marks))

    def transform(text: str) -> str:
        match = pattern.fullmatch(text.translate(_WIDE).strip(_BLANK))
        digits = "" if match is None else match[1].translate(gone)
        if match is None or not digits:
            raise TransformError(f"{text.strip()[:40]!r} is no amount of units and hundredths")
        return f"{digits}.{match[2].zfill(2)}"

    return transform


def dash(text: str) -> str:
    """Zero, printed as a dash."""
    if text.strip(_BLANK) not in _DASHES:
        raise TransformError(f"{text.strip()[:40]!r} is no dash")
    return "0"


def fixed(value: str) -> Transformation:
    """``value``, whatever is printed."""
    return lambda text: value


def words(text: str) -> str:
    """English words of a number, digits among them: ``two hundred and five``, ``1.5 million``, ``no``."""
    tokens = re.findall(r"[a-z]+|[0-9][0-9,]*(?:\.[0-9]+)?|\S", text.lower().replace("-", " "))
    tokens = [token for token in tokens if token not in ("and", ",")]
    if not tokens:
        raise TransformError("no words of a number")
    if len(tokens) == 1 and tokens[0] in _NOTHING:
        return "0"
    total, part = Decimal(0), Decimal(0)
    for token in tokens:
        if token in _LARGE:
            total, part = total + (part or Decimal(1)).scaleb(_LARGE[token]), Decimal(0)
        else:
            part = _added(part, token, text)
    return format(total + part, "f")


def _added(part: Decimal, token: str, text: str) -> Decimal:
    """``part`` with one more word of a number below a thousand."""
    if token == "hundred":
        return (part or Decimal(1)) * 100
    if token in ("a", "an"):
        return part + 1
    if token in _WORDS:
        return part + _WORDS[token]
    if token[0] in digits:
        return part + Decimal(token.replace(",", ""))
    raise TransformError(f"{text.strip()[:40]!r}: {token!r} is no word of a number")

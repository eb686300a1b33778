"""How a printed figure becomes a value: the part of the print to tag, the transformation, scale and sign.

A transformation is chosen by trying which one yields the value from the print; none does: the fact is hidden.
Source: Transformation Registry 4 (2020-02-12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from msgspec import Struct

from ticktie.emit.names import NAMESPACES
from ticktie.model.number import EXACT
from ticktie.xbrl.transform import TransformError, transformation

_FORMATS = ("num-dot-decimal", "num-comma-decimal")
_LEAST_SCALE, _MOST_SCALE = -6, 18


class Print(Struct, frozen=True):
    """The part ``[start, end)`` of a text that states a value: ``transformed * 10**scale``, negative with a sign."""

    start: int
    end: int
    format: str
    scale: int
    negative: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A numeral with its separators, one stretch of it, and a mark for nothing."""
    return (
        re.compile(r"(?<![\w.,])[.,]?\d(?:[\d.,\u00a0 ]*\d)?"),
        re.compile(r"[^\u00a0 ]+"),
        re.compile(r"[-\u2010-\u2015\u2212_]+|\b(?:nil|none|no|zero|n/?a)\b", re.I),
    )


def transformed(text: str) -> Iterator[tuple[str, Decimal, int]]:
    """Every transformation that takes ``text``, with the amount and the digits after its decimal mark."""
    for name in _FORMATS:
        transform = transformation(NAMESPACES["ixt"], name)
        try:
            amount = transform(text) if transform else ""
        except TransformError:
            continue
        yield f"ixt:{name}", Decimal(amount), len(amount.partition(".")[2])


def find(text: str, value: Decimal, decimals: int | None) -> Print | None:
    """The part of ``text`` that states ``value``, read as its ``decimals`` want it; None where no part does."""
    if not value:
        return _zero(text)
    loose: Print | None = None
    for start, end in _numerals(text):
        for name, amount, after in transformed(text[start:end]):
            scale = _scale(amount, value)
            if scale is None:
                continue
            found = Print(start, end, name, scale, value < 0)
            if (scale == 0) if decimals is None else (after - scale == decimals):
                return found
            loose = loose or found
    return loose


def _numerals(text: str) -> Iterator[tuple[int, int]]:
    """Numerals as they stand, then the stretches between the spaces in them."""
    numeral, stretch, _ = _patterns()
    runs = [match.span() for match in numeral.finditer(text)]
    yield from runs
    for start, end in runs:
        if " " in text[start:end] or "\u00a0" in text[start:end]:
            for match in stretch.finditer(text, start, end):
                trimmed = match.group().rstrip(".,")
                yield match.start(), match.start() + len(trimmed)


def _scale(amount: Decimal, value: Decimal) -> int | None:
    """The power of ten between a transformed print and a value; None where there is none."""
    if not amount:
        return None
    power = value.adjusted() - amount.adjusted()
    matches = EXACT.scaleb(amount, power) == value.copy_abs()
    return power if matches and _LEAST_SCALE <= power <= _MOST_SCALE else None


def _zero(text: str) -> Print | None:
    """A zero in digits, or a mark that stands for it."""
    for start, end in _numerals(text):
        for name, amount, _ in transformed(text[start:end]):
            if not amount:
                return Print(start, end, name, 0, False)
    mark = _patterns()[2].search(text)
    return Print(mark.start(), mark.end(), "ixt:fixed-zero", 0, False) if mark else None

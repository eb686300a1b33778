"""Exact decimal numbers that carry their precision.

A figure printed as ``v`` to ``d`` decimals stands for a true value in the closed interval
``[v - 10^-d/2, v + 10^-d/2]`` (Calculations 1.1, section 4.2: round-to-nearest). ``decimals=None`` is XBRL's
``INF``: the value is exact. No float takes part.
"""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from functools import cache

from msgspec import Struct

#: Arithmetic in this context is exact or raises: a sum may need more digits than the caller's context allows.
EXACT = Context(prec=1000, Emin=-99999, Emax=99999, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])
_ROUNDING = Context(prec=1000, Emin=-99999, Emax=99999, traps=[InvalidOperation, Overflow, DivisionByZero])

ZERO = Decimal(0)
HALF = Decimal("0.5")
#: Decimals of a figure of which no digit is known (XBRL 2.1: precision 0).
NOTHING_KNOWN = -400


def exact_sum(values: list[Decimal] | tuple[Decimal, ...]) -> Decimal:
    """The sum of ``values`` without rounding."""
    total = ZERO
    for value in values:
        total = EXACT.add(total, value)
    return total


def scaled(value: Decimal, power: int) -> Decimal:
    """``value * 10**power``, exactly."""
    return EXACT.scaleb(value, power)


def plain(value: Decimal) -> str:
    """``value`` as a decimal string without exponent or superfluous zeros (``-0`` is ``0``)."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def half_unit(decimals: int | None) -> Decimal:
    """Half of the last stated digit: the largest rounding error of a figure with ``decimals``; 0 where exact."""
    return ZERO if decimals is None else EXACT.scaleb(HALF, -decimals)


class Interval(Struct, frozen=True):
    """An interval of true values from ``low`` to ``high``; each end belongs to it unless it is said to be open."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            EXACT.add(self.low, other.low),
            EXACT.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(EXACT.minus(self.high), EXACT.minus(self.low), self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """The hull of all products; an open end counts as closed (wider, never narrower, than the truth)."""
        products = [EXACT.multiply(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def __contains__(self, value: Decimal) -> bool:
        above = self.low < value or (self.low == value and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    @property
    def is_empty(self) -> bool:
        """Whether no value lies in it (a single point with an open end is empty)."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def scale(self, weight: Decimal) -> Interval:
        """The interval of ``weight * x``."""
        if not weight:
            return Interval(ZERO, ZERO)
        size = weight.copy_abs()
        low, high = EXACT.multiply(self.low, size), EXACT.multiply(self.high, size)
        ends = Interval(low, high, self.low_open, self.high_open)
        return ends if weight > 0 else -ends

    def intersect(self, other: Interval) -> Interval:
        """What the two share; may be empty."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals share a value."""
        return not self.intersect(other).is_empty


class Number(Struct, frozen=True):
    """A stated value and the decimals it is stated to (``None``: exact)."""

    value: Decimal
    decimals: int | None

    @property
    def interval(self) -> Interval:
        """All true values that the stated one may stand for."""
        half = half_unit(self.decimals)
        return Interval(EXACT.subtract(self.value, half), EXACT.add(self.value, half))

    @property
    def truncated(self) -> Interval:
        """All true values that the stated one may stand for if digits were cut off (Calculations 1.1, section 4.3):
        open where the next stated value begins, on both sides where the stated value is zero."""
        if self.decimals is None:
            return Interval(self.value, self.value)
        unit = EXACT.scaleb(Decimal(1), -self.decimals)
        low = self.value if self.value > 0 else EXACT.subtract(self.value, unit)
        high = self.value if self.value < 0 else EXACT.add(self.value, unit)
        return Interval(low, high, self.value <= 0, self.value >= 0)

    @property
    def has_excess_digits(self) -> bool:
        """Whether digits other than 0 are stated beyond ``decimals``."""
        return self.decimals is not None and round_to(self.value, self.decimals) != self.value

    def rounds_to(self, coarser: Number) -> bool:
        """Whether this number, rounded half up or half even to the decimals of ``coarser``, prints as it."""
        if coarser.decimals is None:
            return self.value == coarser.value
        modes = (ROUND_HALF_UP, ROUND_HALF_EVEN)
        return any(round_to(self.value, coarser.decimals, mode) == coarser.value for mode in modes)


def round_to(value: Decimal, decimals: int, mode: str = ROUND_HALF_UP) -> Decimal:
    """``value`` rounded to ``decimals`` (which may be negative)."""
    whole = EXACT.scaleb(value, decimals).quantize(Decimal(1), rounding=mode, context=_ROUNDING)
    return _ROUNDING.scaleb(whole, -decimals)

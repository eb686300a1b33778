"""Exact decimal numbers that carry their precision.

A figure printed as ``v`` to ``d`` decimals stands for a true value in the closed interval
``[v - 10^-d/2, v + 10^-d/2]`` (Calculations 1.1, section 4.2: round-to-nearest). ``decimals=None`` is XBRL's
``INF``: the value is exact. No float takes part.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow

#: Arithmetic in this context is exact or raises: a sum may need more digits than the caller's context allows.
EXACT = Context(prec=1000, Emin=-99999, Emax=99999, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])
_ROUNDING = Context(prec=1000, Emin=-99999, Emax=99999, traps=[InvalidOperation, Overflow, DivisionByZero])

ZERO = Decimal(0)
HALF = Decimal("0.5")


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


def half_unit(decimals: int | None) -> Decimal:
    """Half of the last stated digit: the largest rounding error of a figure with ``decimals``; 0 where exact."""
    return ZERO if decimals is None else EXACT.scaleb(HALF, -decimals)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of true values, ``low <= x <= high``."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(EXACT.add(self.low, other.low), EXACT.add(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(EXACT.minus(self.high), EXACT.minus(self.low))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        products = [EXACT.multiply(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def scale(self, weight: Decimal) -> Interval:
        """The interval of ``weight * x``."""
        ends = EXACT.multiply(self.low, weight), EXACT.multiply(self.high, weight)
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether the two closed intervals share a value."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Number:
    """A stated value and the decimals it is stated to (``None``: exact)."""

    value: Decimal
    decimals: int | None

    @property
    def interval(self) -> Interval:
        """All true values that the stated one may stand for."""
        half = half_unit(self.decimals)
        return Interval(EXACT.subtract(self.value, half), EXACT.add(self.value, half))

    def rounds_to(self, coarser: Number) -> bool:
        """Whether this number, rounded half up or half even to the decimals of ``coarser``, prints as it."""
        if coarser.decimals is None:
            return self.value == coarser.value
        return any(round_to(self.value, coarser.decimals, mode) == coarser.value for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN))


def round_to(value: Decimal, decimals: int, mode: str = ROUND_HALF_UP) -> Decimal:
    """``value`` rounded to ``decimals`` (which may be negative)."""
    return _ROUNDING.scaleb(EXACT.scaleb(value, decimals).quantize(Decimal(1), rounding=mode, context=_ROUNDING), -decimals)

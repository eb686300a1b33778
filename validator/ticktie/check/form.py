"""Polynomials over facts: what an equality says about the figures in it, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from ticktie.model.number import EXACT, ZERO, Interval, Number, half_unit

ONE = Decimal(1)
Numbers = Mapping[str, Number]
Monomial = tuple[str, ...]


class Form(Struct, frozen=True):
    """A sum of products of facts: (fact ids, sorted) with their coefficient; the empty product is the constant."""

    terms: tuple[tuple[Monomial, Decimal], ...] = ()

    @classmethod
    def of(cls, terms: Mapping[Monomial, Decimal]) -> Form:
        """A form without vanishing terms, in the order of the products' first appearance."""
        return cls(tuple((monomial, weight) for monomial, weight in terms.items() if weight))

    @classmethod
    def fact(cls, identifier: str) -> Form:
        return cls((((identifier,), ONE),))

    @classmethod
    def constant(cls, value: Decimal) -> Form:
        return cls.of({(): value})

    def __add__(self, other: Form) -> Form:
        terms = dict(self.terms)
        for monomial, weight in other.terms:
            terms[monomial] = EXACT.add(terms.get(monomial, ZERO), weight)
        return Form.of(terms)

    def __neg__(self) -> Form:
        return Form(tuple((monomial, EXACT.minus(weight)) for monomial, weight in self.terms))

    def __sub__(self, other: Form) -> Form:
        return self + -other

    def __mul__(self, other: Form) -> Form:
        terms: dict[Monomial, Decimal] = {}
        for left, a in self.terms:
            for right, b in other.terms:
                monomial = tuple(sorted(left + right))
                terms[monomial] = EXACT.add(terms.get(monomial, ZERO), EXACT.multiply(a, b))
        return Form.of(terms)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts in it, each once, in the order of their first appearance."""
        return tuple(dict.fromkeys(identifier for monomial, _ in self.terms for identifier in monomial))

    @property
    def is_linear(self) -> bool:
        return all(len(monomial) <= 1 for monomial, _ in self.terms)

    def value(self, numbers: Numbers) -> Decimal:
        """Its value at the stated values."""
        total = ZERO
        for monomial, weight in self.terms:
            total = EXACT.add(total, _product(monomial, weight, numbers))
        return total

    def interval(self, numbers: Numbers) -> Interval:
        """All values it may have; wider than the truth where a fact stands in several terms, never narrower."""
        total = Interval(ZERO, ZERO)
        for monomial, weight in self.terms:
            part = Interval(ONE, ONE)
            for identifier in monomial:
                part = part * numbers[identifier].interval
            total = total + part.scale(weight)
        return total

    def spread(self, numbers: Numbers) -> Decimal:
        """How far rounding may move it from its value at the stated values, where it is linear."""
        total = ZERO
        for monomial, weight in self.terms:
            if monomial:
                half = half_unit(numbers[monomial[0]].decimals)
                total = EXACT.add(total, EXACT.multiply(half, weight.copy_abs()))
        return total

    def slope(self, identifier: str, numbers: Numbers) -> Decimal | None:
        """How much it grows with the fact, the others at their stated values; None where it is not linear in it."""
        total = ZERO
        for monomial, weight in self.terms:
            count = monomial.count(identifier)
            if count > 1:
                return None
            if count:
                rest = tuple(other for other in monomial if other != identifier)
                total = EXACT.add(total, _product(rest, weight, numbers))
        return total


def _product(monomial: Monomial, weight: Decimal, numbers: Numbers) -> Decimal:
    for identifier in monomial:
        weight = EXACT.multiply(weight, numbers[identifier].value)
    return weight

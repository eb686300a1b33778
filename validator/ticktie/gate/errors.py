"""Errors as they happen to figures, made on purpose: one figure (for a swap two) changed in a fact set.

A figure is a row of digits at the last place that its fact states (``68,714`` for 68,714,000,000 to -6 decimals).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from ticktie.check.printing import LOOKALIKES, printed_power, reprinted
from ticktie.model.facts import Fact
from ticktie.model.number import EXACT, plain, scaled

#: Kinds of errors in the order of reports, with the words for each.
KINDS = {
    "digit": "one digit read as another",
    "transposition": "two neighbouring digits exchanged",
    "dropped-digit": "one digit lost",
    "sign": "sign lost or added",
    "scale": "thousands slipped",
    "swap": "figures of two columns exchanged",
}


class Injection(Struct, frozen=True):
    """One error: its kind, and the wrong facts that stand in place of those with the same ids."""

    kind: str
    wrong: tuple[Fact, ...]


def injections(facts: Sequence[Fact], kinds: Iterable[str], *, likely: bool = False) -> Iterator[Injection]:
    """Every error of ``kinds`` that can happen to ``facts``, one at a time, in their order; with ``likely`` only those
    digits for another that optical recognition takes for each other."""
    for kind in kinds:
        if kind == "swap":
            yield from _swaps(facts)
        elif kind == "digit" and likely:
            yield from (Injection(kind, (wrong,)) for fact in facts for wrong in _single(fact, _misread))
        else:
            yield from (Injection(kind, (wrong,)) for fact in facts for wrong in _KINDS[kind](fact))


def sampled(found: Sequence[Injection], size: int | None, seed: int) -> list[Injection]:
    """At most ``size`` of each kind, drawn by ``seed``, in their old order; all of them where ``size`` is None."""
    if size is None:
        return list(found)
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for number, injection in enumerate(found):
        by_kind[injection.kind].append(number)
    drawn: list[int] = []
    for kind, numbers in by_kind.items():
        drawn += numbers if len(numbers) <= size else Random(f"{seed}/{kind}").sample(numbers, size)
    return [found[number] for number in sorted(drawn)]


def _digits(fact: Fact) -> tuple[str, int]:
    """The digits of the figure and the power of ten of the last one; zeros before a fraction count as printed."""
    value = (fact.value or Decimal(0)).copy_abs()
    power = printed_power(fact)
    text = plain(scaled(value, -power))
    if power and "." in text:
        power, text = 0, plain(value)
    places = len(text.partition(".")[2])
    if fact.decimals is not None and power == 0:
        places = max(places, fact.decimals)
    whole, _, fraction = text.partition(".")
    return whole + fraction.ljust(places, "0"), power - places


def _with_digits(fact: Fact, digits: str, power: int) -> Fact | None:
    """``fact`` with other digits and its sign; None where its value stays."""
    size = scaled(Decimal(digits or "0"), power)
    return _with_value(fact, EXACT.minus(size) if (fact.value or 0) < 0 else size)


def _with_value(fact: Fact, value: Decimal) -> Fact | None:
    if value == fact.value:
        return None
    return replace(fact, value=value, printed=reprinted(fact, value) if fact.printed else None)


def _single(fact: Fact, others: Callable[[str], str]) -> Iterator[Fact]:
    """``fact`` with each digit read as each of those that ``others`` names."""
    digits, power = _digits(fact)
    for at, digit in enumerate(digits):
        for other in others(digit):
            wrong = _with_digits(fact, digits[:at] + other + digits[at + 1 :], power)
            if wrong is not None:
                yield wrong


def _any_other(digit: str) -> str:
    return "0123456789".replace(digit, "")


def _misread(digit: str) -> str:
    return "".join(other for other in _any_other(digit) if frozenset((digit, other)) in LOOKALIKES)


def _substituted(fact: Fact) -> Iterator[Fact]:
    return _single(fact, _any_other)


def _transposed(fact: Fact) -> Iterator[Fact]:
    digits, power = _digits(fact)
    for at in range(len(digits) - 1):
        wrong = _with_digits(fact, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :], power)
        if wrong is not None:
            yield wrong


def _dropped(fact: Fact) -> Iterator[Fact]:
    """``fact`` without one of its digits; of equal neighbours one is dropped once."""
    digits, power = _digits(fact)
    shorter = dict.fromkeys(digits[:at] + digits[at + 1 :] for at in range(len(digits)) if len(digits) > 1)
    return (wrong for text in shorter if (wrong := _with_digits(fact, text, power)) is not None)


def _sign(fact: Fact) -> Iterator[Fact]:
    """``fact`` with the other sign; not one that was read in running text, where words say it and no mark."""
    if fact.value and not (fact.kind == "narrative" and fact.origin == "read"):
        wrong = _with_value(fact, EXACT.minus(fact.value))
        if wrong is not None:
            yield wrong


def _scale(fact: Fact) -> Iterator[Fact]:
    """``fact`` a thousand times too large and too small; its decimals slip with it."""
    if fact.value:
        for power in (3, -3):
            decimals = None if fact.decimals is None else fact.decimals - power
            yield replace(fact, value=scaled(fact.value, power), decimals=decimals, printed=None)


def _swaps(facts: Sequence[Fact]) -> Iterator[Injection]:
    """The figures of one row exchanged: the same line item, unit and dimensions, in periods of one length."""
    rows: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.value and fact.period is not None and fact.kind != "narrative":
            months = round(fact.period.days / 30.44)
            rows[(fact.concept, fact.entity, fact.unit, fact.dimensions, fact.statement, months)].append(fact)
    for row in rows.values():
        for one, other in combinations(row, 2):
            if one.value != other.value and one.period != other.period:
                yield Injection("swap", (_as(one, other), _as(other, one)))


def _as(fact: Fact, other: Fact) -> Fact:
    return replace(fact, value=other.value, printed=other.printed)


_KINDS: dict[str, Callable[[Fact], Iterator[Fact]]] = {
    "digit": _substituted,
    "transposition": _transposed,
    "dropped-digit": _dropped,
    "sign": _sign,
    "scale": _scale,
}

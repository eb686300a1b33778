"""The figures of a document, to be asked for by value and by line item."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from ticktie.check.filed import local
from ticktie.map.words import plain
from ticktie.model.facts import Fact
from ticktie.model.number import EXACT, Number, half_unit, round_to

Item = tuple[str, tuple[tuple[str, str], ...]]
#: Days by which the first day of a period may be off: weeks are counted, months are guessed.
_START = 10


class Shelf:
    """Read figures by size and by line item."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        valued = [fact for fact in facts if fact.value is not None]
        self.facts = sorted(valued, key=_size)
        self._sizes = [_size(fact) for fact in self.facts]
        self._decimals = {fact.decimals for fact in self.facts if fact.decimals is not None}
        self._items: defaultdict[Item, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            for item in items(fact):
                self._items[item].append(fact)

    def of_item(self, fact: Fact) -> list[Fact]:
        """The figures of the line item that ``fact`` names, in any period."""
        found = {one.id: one for item in items(fact) for one in self.under(item)}
        return list(found.values())

    def under(self, item: Item) -> list[Fact]:
        """The figures of a line item as the document names it."""
        return self._items.get(item, [])

    def of_size(self, size: Decimal, decimals: int | None) -> list[Fact]:
        """The figures whose magnitude agrees with ``size`` stated to ``decimals``, whatever their sign."""
        half = half_unit(decimals)
        found = self._between(EXACT.subtract(size, half), EXACT.add(size, half))
        for coarser in self._decimals:
            if decimals is None or coarser < decimals:
                rounded = round_to(size, coarser)
                found += self._between(rounded, rounded)
        stated = Number(size, decimals)
        agreeing = (one for one in found if agree(stated, Number(_size(one), one.decimals)))
        return list({one.id: one for one in agreeing}.values())

    def _between(self, low: Decimal, high: Decimal) -> list[Fact]:
        return self.facts[bisect_left(self._sizes, low) : bisect_right(self._sizes, high)]


def _size(fact: Fact) -> Decimal:
    return (fact.value or Decimal(0)).copy_abs()


def items(fact: Fact) -> tuple[Item, ...]:
    """What names the line item of ``fact``: its concept, and its label where the concept says no more: where it is
    inferred from the label, or somebody's own."""
    dimensions = tuple(sorted(fact.dimensions))
    by_concept = (local(fact.concept), dimensions)
    own = ":" in local(fact.concept) or fact.confidence < 1
    if not fact.label or (fact.origin == "supplied" and not own):
        return (by_concept,)
    return (by_concept, (f"label {plain(fact.label)}", dimensions))


def agree(first: Number, second: Number) -> bool:
    """Whether the finer of two figures, rounded to the decimals of the coarser, prints as it."""
    return first.rounds_to(second) if _is_finer(first, second) else second.rounds_to(first)


def _is_finer(first: Number, second: Number) -> bool:
    return second.decimals is not None and (first.decimals is None or first.decimals >= second.decimals)


def same_value(one: Fact, other: Fact) -> bool:
    """Whether two facts state the same value, sign included, as far as their decimals say."""
    return agree(one.number, other.number)


def same_period(one: Fact, other: Fact) -> bool:
    """Whether two facts speak of one period; the first day of a duration may be off by days."""
    a, b = one.period, other.period
    if a is None or b is None or a == b:
        return a is None or b is None or a == b
    if a.start is None or b.start is None:
        return False
    return a.end == b.end and abs((a.start - b.start).days) <= _START


def same_unit(one: Fact, other: Fact) -> bool:
    """Whether two facts count the same: money, shares, money a share, or pure numbers; an unsaid unit is any."""
    return one.unit is None or other.unit is None or _kind(one.unit) == _kind(other.unit)


def _kind(unit: str) -> tuple[str, ...]:
    return tuple(part.partition(":")[0] for part in unit.split("/"))

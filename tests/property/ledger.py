"""Lines and their arithmetic: what the statements of the generator are made of.

Amounts are integers in ticks, the last printed digit of the statement (``Book.tick`` dollars).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.property.vocabulary import Item
from ticktie.model.facts import Period, Statement

Values = list[int | None]


@dataclass(slots=True)
class Line:
    """One line item: ``values`` by column in ticks (EPS in cents, shares in their own ticks), None for a blank cell.

    ``kind``: item, total, eps, shares or heading. ``flip``: the concept wants the other sign than the print.
    ``phrase`` names it in the text, ``negative`` where its value is below zero.
    """

    key: str
    label: str
    section: str = ""
    values: Values = field(default_factory=list)
    kind: str = "item"
    phrase: str = ""
    negative: str = ""
    plural: bool = False
    concepts: frozenset[str] = frozenset()
    flip: bool = False


@dataclass(slots=True)
class Book:
    """One statement before printing: columns in logical order (current first) and lines from top to bottom."""

    statement: Statement
    periods: list[Period]
    lines: list[Line]
    tick: Decimal
    share_tick: Decimal

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.key == key)

    def has(self, key: str) -> bool:
        return any(line.key == key for line in self.lines)


def add(*vectors: Values) -> Values:
    """The column sums; a blank counts as nothing."""
    return [sum(v or 0 for v in column) for column in zip(*vectors, strict=True)]


def minus(vector: Values) -> Values:
    return [None if v is None else -v for v in vector]


def worded(rng: random.Random, item: Item, case: Callable[[str], str]) -> str:
    return case(rng.choice(item.labels))


class Accountant:
    """Draws the lines of one income statement; keeps the random source, the columns and the habits of labels."""

    def __init__(
        self, rng: random.Random, industry: str, columns: int, quarters: int, case: Callable[[str], str]
    ) -> None:
        self.rng, self.industry, self.columns, self.quarters, self.case = rng, industry, columns, quarters, case
        self.lines: list[Line] = []
        self.section = ""

    def heading(self, label: str) -> None:
        self.section = label.rstrip(":")
        self.lines.append(Line(f"h{len(self.lines)}", self.case(label), kind="heading"))

    def put(
        self, key: str, item: Item, values: Values, kind: str = "item", flip: bool = False, label: str = ""
    ) -> Values:
        section = "" if kind == "total" else self.section
        label = label or worded(self.rng, item, self.case)
        line = Line(
            key, label, section, values, kind, item.phrase, item.negative, item.plural, frozenset(item.concepts), flip
        )
        self.lines.append(line)
        return values

    def amounts(self, base: float, sparse: float = 0.0) -> Values:
        """A quarter, the same quarter a year before, and the sums since the start of both years."""
        rng = self.rng
        now = max(1, round(base * rng.uniform(0.6, 1.5)))
        then = max(1, round(now * rng.uniform(0.55, 1.35)))
        if self.columns == 2:
            return self.thin([now, then], sparse)
        rest = [sum(round(x * rng.uniform(0.6, 1.3)) for _ in range(self.quarters - 1)) for x in (now, then)]
        return self.thin([now, then, now + rest[0], then + rest[1]], sparse)

    def thin(self, values: Values, sparse: float) -> Values:
        """Now and then one or two columns are nil (printed as a dash) or blank."""
        if self.rng.random() < sparse:
            nil = self.rng.choice((0, 0, None))
            gone = {(0,), (1,)} if self.columns == 2 else {(0,), (1,), (1, 3), (0, 2)}
            for index in self.rng.choice(sorted(gone)):
                values[index] = nil
        return values


def signed_label(
    rng: random.Random, values: Values, gain: tuple[str, ...], loss: tuple[str, ...], mixed: tuple[str, ...]
) -> str:
    known = [v for v in values if v]
    pool = gain if all(v > 0 for v in known) else loss if all(v < 0 for v in known) else mixed
    return rng.choice(pool)

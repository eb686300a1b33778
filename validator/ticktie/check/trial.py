"""One rule tried on one set of figures: a Check before it has a number, with what diagnosis needs to know of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from ticktie.check.form import ONE, Form, Monomial
from ticktie.check.formula import Relation
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO

#: Which figures a trial that holds gives their tick: all of them, the total only, or none (signs, bounds, scales).
Ticks = Literal["all", "total", "none"]
Items = tuple[tuple[str, Decimal], ...]


class Trial(NamedTuple):
    """The outcome of ``rule`` for ``total`` and its ``items``; residual = actual - expected.

    ``source`` is the id of the printed sum it comes from, ``group`` the table whose sums prove each other.
    ``equation`` is what must be zero (or have the sign of ``relation``) where it is more than total = items.
    ``proves`` says that it is evidence for its figures; ``known`` is what the total should be where the rule knows.
    A named tuple, since a large document has one for each of its sums: it is made in a third of the time.
    """

    rule: str
    outcome: Outcome
    total: str
    items: Items
    expected: Decimal | None
    actual: Decimal | None
    residual: Decimal | None
    allowed: Decimal | None
    source: str = ""
    group: str = ""
    equation: Form | None = None
    relation: Relation = "=="
    ticks: Ticks = "all"
    proves: bool = True
    known: Decimal | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """Every figure in it, total first, each once."""
        return tuple(dict.fromkeys([self.total, *[fact for fact, _ in self.items]]))

    @property
    def form(self) -> Form:
        """What must vanish: the total less its weighted items."""
        if self.equation is not None:
            return self.equation
        weights: dict[Monomial, Decimal] = {(self.total,): ONE}
        for fact, weight in self.items:
            weights[(fact,)] = EXACT.subtract(weights.get((fact,), ZERO), weight)
        return Form.of(weights)

    @property
    def passed(self) -> bool:
        return self.outcome in ("tied", "rounding")

"""The taxonomy as data: concepts with their properties, the labels filers give them, and the tree of sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ticktie.model.facts import Statement

PeriodType = Literal["instant", "duration"]
Balance = Literal["debit", "credit"]
UnitKind = Literal["monetary", "per-share", "shares", "percent", "pure"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One line item: local name (us-gaap), period type, balance, kind of unit, statements it stands in, and labels
    that filers print for it (normalised label -> number of filers)."""

    name: str
    period: PeriodType
    unit: UnitKind
    balance: Balance | None = None
    statements: tuple[Statement, ...] = ()
    label: str = ""
    labels: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Concepts by local name, and for each total the alternatives of its weighted children."""

    concepts: dict[str, Concept]
    children: dict[str, tuple[tuple[str, Decimal], ...]]

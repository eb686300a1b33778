"""The taxonomy as data: concepts with their properties, the labels filers give them, and the tree of sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from ticktie.model.facts import Statement

PeriodType = Literal["instant", "duration"]
Balance = Literal["debit", "credit"]
UnitKind = Literal["monetary", "per-share", "shares", "percent", "pure"]


#: One way to add up a total: concept (local name) and weight of each child.
Children = tuple[tuple[str, Decimal], ...]


class Concept(Struct, frozen=True):
    """One line item: local name (us-gaap), period type, kind of unit, balance, the statements it stands in (main one
    first), the part of its statement (``current-assets``, ``revenues``, ``investing``, ...; empty where any) and a
    short label of our own."""

    name: str
    period: PeriodType
    unit: UnitKind
    balance: Balance | None = None
    statements: tuple[Statement, ...] = ()
    part: str = ""
    label: str = ""


class Taxonomy(Struct, frozen=True):
    """Concepts by local name, and for each total the alternatives of its weighted children (most usual first)."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    children: dict[str, tuple[Children, ...]] = field(default_factory=dict)

"""What every output format writes: facts under their final names, the items they need, sums, and footnotes."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from ticktie.emit.names import NAMESPACES, Profile, extension_namespace
from ticktie.model.concepts import Balance, PeriodType
from ticktie.model.facts import PART, Fact
from ticktie.model.number import Interval


class Item(Struct, frozen=True):
    """One line item of the entity's own taxonomy or of the standard one, as an XBRL item."""

    prefix: str
    name: str
    kind: str
    period: PeriodType
    balance: Balance | None
    label: str

    @property
    def qname(self) -> str:
        return f"{self.prefix}:{self.name}"


class Relation(Struct, frozen=True):
    """A total and its weighted items by QName, and the network it stands in."""

    role: str
    total: str
    items: tuple[tuple[str, Decimal], ...]


class Role(Struct, frozen=True):
    """One network of the document: a printed table (or the claims of its text) with its line items in order."""

    name: str
    title: str
    items: tuple[str, ...]


class Footnote(Struct, frozen=True):
    """A remark on facts."""

    id: str
    text: str
    facts: tuple[str, ...]


class Omitted(Struct, frozen=True):
    """A fact that is not written, and why."""

    fact: Fact
    why: str


class Axis(Struct, frozen=True):
    """A dimension of the entity's own with its members; no member: it is typed."""

    name: str
    members: tuple[str, ...]


class Emission(Struct, frozen=True):
    """A document's facts, ready to be written; ``name`` is the stem of every file, ``totals`` are the ids of facts that
    the print adds up to."""

    name: str
    profile: Profile
    entity: str | None
    facts: tuple[Fact, ...]
    items: dict[str, Item]
    axes: tuple[Axis, ...] = ()
    relations: tuple[Relation, ...] = ()
    roles: tuple[Role, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    totals: frozenset[str] = frozenset()

    @property
    def extension(self) -> str:
        """The namespace of the entity's own line items."""
        return extension_namespace(self.entity)

    @property
    def standard_schema(self) -> str:
        """Where the standard items are declared."""
        return f"{self.name}_gaap.xsd" if self.profile.is_own else self.profile.schema

    @property
    def axis_schema(self) -> str:
        """Where the standard axes are declared."""
        return f"{self.name}_srt.xsd" if self.profile.is_own else self.profile.axis_schema

    @property
    def part_schema(self) -> str:
        """Where the dimension of parts is declared."""
        return f"{self.name}_part.xsd"

    @property
    def has_standard_axes(self) -> bool:
        standard = f"{self.profile.axis_prefix}:"
        return any(axis.startswith(standard) for fact in self.facts for axis, _ in fact.dimensions)

    @property
    def has_parts(self) -> bool:
        return any(axis == PART for fact in self.facts for axis, _ in fact.dimensions)

    @property
    def namespaces(self) -> dict[str, str]:
        """Every namespace that facts may use, by prefix."""
        standard = {self.profile.prefix: self.profile.namespace, self.profile.axis_prefix: self.profile.axis_namespace}
        return NAMESPACES | standard | {"ext": self.extension}

    @property
    def notes_of(self) -> dict[str, tuple[str, ...]]:
        """The footnotes of each fact by its id."""
        found: dict[str, list[str]] = {}
        for note in self.footnotes:
            for fact in note.facts:
                found.setdefault(fact, []).append(note.id)
        return {fact: tuple(notes) for fact, notes in found.items()}


def common_interval(facts: list[Fact]) -> Interval | None:
    """All true values that every one of ``facts`` may stand for; None where there are none (nil facts say nothing)."""
    common: Interval | None = None
    for fact in facts:
        if fact.value is not None:
            common = fact.number.interval if common is None else common.intersect(fact.number.interval)
    return None if common is None or common.is_empty else common

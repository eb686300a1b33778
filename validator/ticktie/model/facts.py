"""Facts in the Open Information Model: a value with concept, entity, period, unit and dimensions.

Source of the model: Open Information Model 1.0, https://www.xbrl.org/Specification/oim/REC-2021-10-13/.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from ticktie.model.number import Number
from ticktie.model.place import Location

Origin = Literal["read", "supplied"]
FactKind = Literal["table", "narrative"]
Statement = Literal["balance-sheet", "income-statement", "cash-flow", "other"]

#: Dimension that marks a part of a line item that no table breaks down (its value is the words that name the part).
PART = "ticktie:part"
SCENARIO = ("srt:StatementScenarioAxis", "srt:ScenarioForecastMember")
RANGE_LOW = ("srt:RangeAxis", "srt:MinimumMember")
RANGE_HIGH = ("srt:RangeAxis", "srt:MaximumMember")


class Period(Struct, frozen=True, order=True):
    """An instant (``start`` is None) or a duration; both dates are inclusive, an instant is the end of its day."""

    end: date
    start: date | None = None

    @property
    def is_instant(self) -> bool:
        return self.start is None

    @property
    def days(self) -> int:
        """Length in days; 0 for an instant."""
        return 0 if self.start is None else (self.end - self.start).days + 1

    @property
    def oim(self) -> str:
        """As an OIM period: date-times where the end of a day is the next midnight."""
        end = f"{self.end + timedelta(days=1)}T00:00:00"
        return end if self.start is None else f"{self.start}T00:00:00/{end}"

    def __str__(self) -> str:
        return str(self.end) if self.start is None else f"{self.start} to {self.end}"


class Fact(Struct, frozen=True):
    """One reported value with its meaning.

    ``value`` is in full units with the sign that the concept wants; None is nil. ``decimals`` None means exact.
    ``unit`` is an OIM unit (``iso4217:USD``, ``xbrli:shares``, ``iso4217:USD/xbrli:shares``), None for pure numbers.
    ``restored_by`` holds the ids of sums and claims that restored this figure: they never give it its tick.
    ``weight_in_print`` is -1 where the printed sign is the opposite of the concept's (a cost printed in brackets).
    ``decimals_assumed`` says that the source gave no decimals: they follow from the zeros of its column.
    ``cited`` is where in a document a supplied fact claims to stand; ``location`` is then its place in its own file.
    """

    id: str
    concept: str
    value: Decimal | None
    decimals: int | None
    unit: str | None
    period: Period | None
    entity: str | None = None
    dimensions: tuple[tuple[str, str], ...] = ()
    origin: Origin = "read"
    kind: FactKind | None = None
    label: str | None = None
    section: str | None = None
    printed: str | None = None
    statement: Statement | None = None
    location: Location | None = None
    damage: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    restored_by: frozenset[str] = frozenset()
    confidence: float = 1.0
    weight_in_print: int = 1
    approximate: bool = False
    decimals_assumed: bool = False
    cited: Location | None = None

    @property
    def number(self) -> Number:
        """Value with precision; a nil fact has none and raises."""
        if self.value is None:
            raise ValueError(f"fact {self.id} is nil and has no number")
        return Number(self.value, self.decimals)

    @property
    def is_restored(self) -> bool:
        return bool(self.evidence)

    @property
    def aspects(self) -> tuple[object, ...]:
        """What makes two facts duplicates (OIM 1.0, section 5): equal in all but value and decimals."""
        return (self.concept, self.entity, self.period, self.unit, tuple(sorted(self.dimensions)))


SumKind = Literal["footing", "cross-footing", "difference"]


class Sum(Struct, frozen=True):
    """A total and its weighted items by fact id, in the signs of the facts: ``total = sum(weight * item)``.

    ``kind`` says where the relation stands: a column of a printed table foots, a row cross-foots, a sentence states a
    difference. ``table`` groups the sums of one printed table and ``line`` those of one printed total row over its
    columns (the columns prove each other). A ``complete`` sum has every item that the print shows.
    """

    id: str
    total: str
    items: tuple[tuple[str, Decimal], ...]
    kind: SumKind = "footing"
    table: str = ""
    line: str = ""
    complete: bool = True


class ShareOfCount(Struct, frozen=True):
    """A percentage that the text gives of a whole count: the facts of both (for GRIM)."""

    percentage: str
    whole: str


class Quotient(Struct, frozen=True):
    """A percentage that the text gives of one figure in another: ``share = part / whole``, by fact id."""

    share: str
    part: str
    whole: str


class Observation(Struct, frozen=True):
    """Something seen while reading that a person may want to know: one damage, with its places.

    ``kind`` is the name of the damage (``shadow-row``, ``header-lost``, ...) and selects the rule of family ``read``
    or ``ground``; ``edits`` are (fact id, before, after, cause), each a repair of its own.
    """

    kind: str
    message: str
    locations: tuple[Location, ...]
    facts: tuple[str, ...] = ()
    expected: Decimal | None = None
    actual: Decimal | None = None
    edits: tuple[tuple[str, str, str, str], ...] = ()


class Relation(Struct, frozen=True):
    """What a calculation linkbase says in one role: a total and its weighted items, by concept."""

    role: str
    total: str
    items: tuple[tuple[str, Decimal], ...]


class FactSet(Struct, frozen=True):
    """The facts of one document with the relations that its print or its text shows between them, those that the
    taxonomy beside it says (``relations``), and the namespaces of the prefixes of its names."""

    facts: tuple[Fact, ...]
    sums: tuple[Sum, ...] = ()
    shares: tuple[ShareOfCount, ...] = ()
    observations: tuple[Observation, ...] = ()
    relations: tuple[Relation, ...] = ()
    namespaces: dict[str, str] = field(default_factory=dict)
    quotients: tuple[Quotient, ...] = ()
    by_id: dict[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        force_setattr(self, "by_id", {fact.id: fact for fact in self.facts})

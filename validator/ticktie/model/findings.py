"""What checking yields: checks (passed or not), findings for people, and the report of a document."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum
from functools import reduce
from operator import add
from typing import Literal, NamedTuple

from msgspec import Struct

from ticktie.model.facts import Fact, FactKind
from ticktie.model.place import Location
from ticktie.model.source import Document

Outcome = Literal["tied", "rounding", "broken", "incomplete"]
State = Literal["tied", "rounding", "broken", "unverified"]


class Severity(IntEnum):
    """How bad a finding is; ordered, so that thresholds compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Severity:
        """The severity named ``text``; raises ValueError naming the choices."""
        try:
            return cls[text.upper()]
        except KeyError:
            raise ValueError(f"unknown severity {text!r}: use error, warning or note") from None


class Check(NamedTuple):
    """One rule applied to one set of figures. ``residual = actual - expected``; ``allowed`` is the largest |residual|
    that the intervals permit, None where there is none. ``items`` are (fact id, weight).

    A named tuple, since a large document has one for each of its sums: it is made in a third of the time."""

    id: str
    rule: str
    outcome: Outcome
    total: str
    items: tuple[tuple[str, Decimal], ...]
    expected: Decimal | None
    actual: Decimal | None
    residual: Decimal | None
    allowed: Decimal | None


class Edit(Struct, frozen=True):
    """One figure to change, as text: ``before -> after``."""

    fact: str
    before: str
    after: str


class Repair(Struct, frozen=True):
    """Edits that make every check of a finding hold; ``cause`` is how such an error happens; rank 1 is best."""

    edits: tuple[Edit, ...]
    cause: str
    rank: int


class Finding(Struct, frozen=True):
    """What a person must look at: one connected group of broken checks, or one damage. Always has a place.

    ``remedy`` and ``why`` are those of its rule. ``accepted`` says why it fails no run (it stands in the baseline, or
    somebody suppressed it and gave a reason); empty where nobody accepted it.
    """

    rule: str
    name: str
    severity: Severity
    confidence: float
    message: str
    locations: tuple[Location, ...]
    checks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    expected: Decimal | None = None
    actual: Decimal | None = None
    residual: Decimal | None = None
    allowed: Decimal | None = None
    culprit: str | None = None
    candidates: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    fingerprint: str = ""
    remedy: str = ""
    why: str = ""
    accepted: str = ""

    def __post_init__(self) -> None:
        if not self.locations:
            raise ValueError(f"finding of {self.rule} has no location: {self.message}")


class Verdict(Struct, frozen=True):
    """What the rules engine says of one fact set."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    states: dict[str, State]


class Counts(Struct, frozen=True):
    """Figures by state; ``restored`` is counted beside the states."""

    figures: int = 0
    tied: int = 0
    rounding: int = 0
    broken: int = 0
    unverified: int = 0
    restored: int = 0

    @property
    def ticked(self) -> int:
        """Figures that some equality with other stated figures was tried on: the numerator of tick coverage."""
        return self.figures - self.unverified

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.figures + other.figures,
            self.tied + other.tied,
            self.rounding + other.rounding,
            self.broken + other.broken,
            self.unverified + other.unverified,
            self.restored + other.restored,
        )


class Tie(Struct, frozen=True):
    """A figure of a draft and its support: ``agreed`` (with the tick mark that it earns), ``conflict`` or ``open``;
    ``source`` names the supporting document and ``location`` the place in it."""

    fact: str
    outcome: Literal["agreed", "conflict", "open"]
    mark: str = ""
    source: str = ""
    location: Location | None = None


class Tick(Struct, frozen=True):
    """A tick mark beside a figure: what it refers to (a check, a document, what a person wrote), and for one made by
    hand the initials and the date."""

    fact: str
    mark: str
    reference: str
    by: str = ""


class DocumentReport(Struct, frozen=True):
    """All that is known of one document after checking; ``error`` says why it could not be read. ``ties`` are those of
    a tie-out, None where none was asked for; ``ticks`` are those made by hand.

    ``document`` is the text that the findings point into, None where it could not be read or was not kept.
    """

    path: str
    sha256: str
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    states: dict[str, State] | None = None
    error: str | None = None
    document: Document | None = None
    ties: tuple[Tie, ...] | None = None
    ticks: tuple[Tick, ...] = ()

    def state(self, fact: Fact) -> State:
        """The state of ``fact``: unverified unless a check says otherwise."""
        return (self.states or {}).get(fact.id, "unverified")

    def counts(self, kind: FactKind | None) -> Counts:
        """The figures of ``kind`` (None: supplied without one), by state; nil facts are no figures."""
        return self.count_of(fact for fact in self.facts if fact.kind == kind)

    def count_of(self, facts: Iterable[Fact]) -> Counts:
        """The figures among ``facts`` of this document, by state."""
        figures = [fact for fact in facts if fact.value is not None]
        states = [self.state(fact) for fact in figures]
        return Counts(
            figures=len(figures),
            tied=states.count("tied"),
            rounding=states.count("rounding"),
            broken=states.count("broken"),
            unverified=states.count("unverified"),
            restored=sum(fact.is_restored for fact in figures),
        )


class Threshold(Struct, frozen=True):
    """A condition that a run must meet beside having no findings: its option, what is wanted and what was reached
    (counts and exact ratios as ``n/N``)."""

    name: str
    wanted: str
    reached: str
    met: bool


class Report(Struct, frozen=True):
    """The reports of all documents of one run, in the order they were given; the thresholds it had to meet, and
    ``remarks`` on what it was measured by (entries of a baseline that nothing matches)."""

    documents: tuple[DocumentReport, ...]
    thresholds: tuple[Threshold, ...] = ()
    remarks: tuple[str, ...] = ()

    def counts(self, kind: FactKind | None) -> Counts:
        """The counts of ``kind`` over all documents."""
        return reduce(add, (document.counts(kind) for document in self.documents), Counts())

    @property
    def every(self) -> Counts:
        """The counts of all figures, of tables, of the text and supplied."""
        return self.counts("table") + self.counts("narrative") + self.counts(None)

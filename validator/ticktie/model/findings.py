"""What checking yields: checks (passed or not), findings for people, and the report of a document."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Literal

from ticktie.model.facts import Fact
from ticktie.model.source import Location

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


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied to one set of figures. ``residual = actual - expected``; ``allowed`` is the largest |residual|
    that the intervals permit, None where there is none. ``items`` are (fact id, weight)."""

    id: str
    rule: str
    outcome: Outcome
    total: str
    items: tuple[tuple[str, Decimal], ...]
    expected: Decimal | None
    actual: Decimal | None
    residual: Decimal | None
    allowed: Decimal | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One figure to change, as text: ``before -> after``."""

    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of edits that makes every check of a finding hold; ``cause`` is how such an error happens; rank 1 is best."""

    edits: tuple[Edit, ...]
    cause: str
    rank: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person must look at: one connected group of broken checks, or one damage. Always has a place."""

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

    def __post_init__(self) -> None:
        if not self.locations:
            raise ValueError(f"finding of {self.rule} has no location: {self.message}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules engine says of one fact set."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    states: dict[str, State]


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures by state; ``restored`` is counted beside the states."""

    figures: int = 0
    tied: int = 0
    rounding: int = 0
    broken: int = 0
    unverified: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """All that is known of one document after checking; ``error`` says why it could not be read."""

    path: str
    sha256: str
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    states: dict[str, State] | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The reports of all documents of one run, in the order they were given."""

    documents: tuple[DocumentReport, ...]

"""A report built by hand: one claim that a table contradicts, one shadow row, one figure that nothing checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ticktie.model.facts import Fact, Period
from ticktie.model.findings import Check, DocumentReport, Edit, Finding, Repair, Report, Severity
from ticktie.model.source import Document, Location, Span

TEXT = (
    "Halden Instruments, Inc.\n"
    "\n"
    "License fees were $1.2 million for the quarter, and service fees were $0.3 million.\n"
    "\n"
    "License fees\t\t$\t1,051\t\n"
    "Licence fccs\t\t$\t1,0S1\t\n"
)
PATH = "release.txt"
QUARTER = Period(start=date(2031, 1, 1), end=date(2031, 3, 31))


def document(text: str = TEXT, path: str = PATH) -> Document:
    """``text`` as it would have been read, without blocks."""
    starts = [0, *(offset + 1 for offset, character in enumerate(text) if character == "\n")]
    return Document(path, text, "utf-8", "0" * 64, (), line_starts=tuple(starts))


def place(words: str, text: str = TEXT, path: str = PATH) -> Location:
    """Where ``words`` first stand in ``text``."""
    start = text.index(words)
    return document(text, path).location(Span(start, start + len(words)))


def claim(**other: object) -> Fact:
    """License fees as the sentence states them."""
    stated = {"value": Decimal(1200000), "decimals": -5, "printed": "$1.2 million", "location": place("$1.2 million")}
    return _fact("n1", "narrative", **(stated | other))


def figure(**other: object) -> Fact:
    """License fees as the table states them."""
    stated = {"value": Decimal(1051000), "decimals": -3, "printed": "1,051", "location": place("1,051")}
    return _fact("t1", "table", **(stated | other))


def _fact(name: str, kind: str, **other: object) -> Fact:
    fixed = {"id": name, "kind": kind, "concept": "us-gaap:LicenseAndServicesRevenue", "label": "License fees"}
    aspects = {"unit": "iso4217:USD", "period": QUARTER, "entity": "cik:0000123456"}
    return Fact(**(fixed | aspects | other))  # type: ignore[arg-type]


def broken_check() -> Check:
    numbers = (Decimal(1051000), Decimal(1200000), Decimal(149000), Decimal(50500))
    return Check("c1", "TIE001", "broken", "n1", (("t1", Decimal(1)),), *numbers)


def broken_finding(message: str = "the text says $1.2 million, the table 1,051 thousand") -> Finding:
    return Finding(
        rule="TIE001",
        name="claim-against-table",
        severity=Severity.ERROR,
        confidence=0.9,
        message=message,
        locations=(place("$1.2 million"), place("1,051")),
        checks=("c1",),
        facts=("n1", "t1"),
        expected=Decimal(1051000),
        actual=Decimal(1200000),
        residual=Decimal(149000),
        allowed=Decimal(50500),
        culprit="n1",
        repairs=(Repair((Edit("n1", "$1.2 million", "$1.1 million"),), "one digit misread", 1),),
        fingerprint="f1",
        remedy="write $1.1 million",
    )


def damage_finding() -> Finding:
    message = "line 6 repeats line 5 with damage"
    return Finding("READ001", "shadow-row", Severity.NOTE, 1.0, message, (place("Licence fccs"),), fingerprint="f2")


def document_report(**other: object) -> DocumentReport:
    """The report of the text above."""
    service = _fact("n2", "narrative", value=Decimal(300000), decimals=-5, printed="$0.3 million", label="service fees")
    fields = {
        "path": PATH,
        "sha256": "0" * 64,
        "facts": (claim(), service, figure(evidence=("the claim names it",))),
        "checks": (broken_check(),),
        "findings": (broken_finding(), damage_finding()),
        "states": {"n1": "broken", "t1": "tied"},
        "document": document(),
    }
    return DocumentReport(**(fields | other))  # type: ignore[arg-type]


def report(*documents: DocumentReport) -> Report:
    return Report(documents or (document_report(),))

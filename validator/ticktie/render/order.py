"""The one order in which reports list things, so that the same document always gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ticktie.model.facts import Fact
from ticktie.model.findings import Check, DocumentReport, Finding, Report
from ticktie.model.source import Location

_DIGITS = re.compile(r"(\d+)")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by place, then severity (worst first), then rule."""
    return sorted(findings, key=lambda f: (_place(f.locations[0]), -f.severity, f.rule, f.message))


def open_findings(document: DocumentReport) -> list[Finding]:
    """The findings that nobody accepted, in order."""
    return [finding for finding in in_order(document.findings) if not finding.accepted]


def worst_first(report: Report) -> list[tuple[DocumentReport, Finding]]:
    """The open findings of all documents: errors, then warnings, then notes, each in the order of their places."""
    found = [(document, finding) for document in report.documents for finding in open_findings(document)]
    return sorted(found, key=lambda one: -one[1].severity)


def facts_in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Facts by place in their document, then by id."""
    return sorted(facts, key=lambda fact: (_place(fact.location), natural(fact.id)))


def checks_in_order(checks: Iterable[Check]) -> list[Check]:
    """Checks by rule, then by id, numbers in it counted as numbers."""
    return sorted(checks, key=lambda check: (check.rule, natural(check.id)))


def natural(text: str) -> list[tuple[int, str]]:
    """A sort key that puts ``c9`` before ``c10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(text) if part]


def _place(location: Location | None) -> tuple[str, int, int, str]:
    if location is None:
        return ("", 0, 0, "")
    return (location.document, location.line or 0, location.column or 0, location.pointer or "")

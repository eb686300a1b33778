"""The findings and the coverage of a run in one sentence."""

from __future__ import annotations

from ticktie.model.findings import Report, Severity
from ticktie.render.order import worst_first


def tally(report: Report) -> str:
    """``2 documents: 1 error, 0 warnings, 3 notes; tick coverage 71/82``, and what was accepted or not read."""
    found = [finding.severity for _, finding in worst_first(report)]
    kinds = ", ".join(count(found.count(severity), str(severity)) for severity in reversed(Severity))
    accepted = sum(bool(finding.accepted) for document in report.documents for finding in document.findings)
    kinds += f" ({accepted} more accepted)" if accepted else ""
    unread = sum(document.error is not None for document in report.documents)
    coverage = f"{report.every.ticked}/{report.every.figures}"
    text = f"{count(len(report.documents), 'document')}: {kinds}; tick coverage {coverage}"
    return text + (f"; {unread} unreadable" if unread else "")


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

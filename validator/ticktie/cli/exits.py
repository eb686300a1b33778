"""Exit codes: part of the contract with whoever calls ticktie from a script."""

from __future__ import annotations

from enum import IntEnum

from ticktie.model.findings import Report, Severity


class Exit(IntEnum):
    """What a run came to; 2 beats 3 beats 1."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


def exit_code(report: Report, named: frozenset[str], fail_on: Severity) -> Exit:
    """3 where a document of ``named`` could not be read, else 1 where an open finding is at or above ``fail_on`` (more
    of them than a threshold tolerates) or a threshold is missed, else 0."""
    if any(document.error is not None and document.path in named for document in report.documents):
        return Exit.UNREADABLE
    open_ones = (finding for document in report.documents for finding in document.findings if not finding.accepted)
    counted = any(threshold.name == "max-errors" for threshold in report.thresholds)
    failed = not counted and any(finding.severity >= fail_on for finding in open_ones)
    missed = not all(threshold.met for threshold in report.thresholds)
    return Exit.FINDINGS if failed or missed else Exit.CLEAN

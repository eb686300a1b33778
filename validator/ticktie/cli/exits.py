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


def exit_code(report: Report, named: frozenset[str], fail_on: Severity, exit_zero: bool = False) -> Exit:
    """3 where a document of ``named`` could not be read, else 1 where a finding is at or above ``fail_on``, else 0."""
    if any(document.error is not None and document.path in named for document in report.documents):
        return Exit.UNREADABLE
    found = (finding.severity for document in report.documents for finding in document.findings)
    if not exit_zero and any(severity >= fail_on for severity in found):
        return Exit.FINDINGS
    return Exit.CLEAN

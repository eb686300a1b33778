"""GitLab's Code Quality report: a JSON list with an entry for each open finding.

Source: GitLab documentation, Code Quality, "Code Quality report format".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ticktie.model.findings import DocumentReport, Finding, Report, Severity
from ticktie.render import Options
from ticktie.render.json import dump_list
from ticktie.render.neutral import clipped
from ticktie.render.order import open_findings
from ticktie.render.uri import shown

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report, options: Options) -> bytes:
    """The open findings of ``report``, with fingerprints that differ from each other and outlive moved lines."""
    return dump_list([entry for document in report.documents for entry in _entries(document)])


def _entries(document: DocumentReport) -> Iterator[dict[str, Any]]:
    seen = Counter[str]()
    if document.error is not None:
        yield _entry("not-read", "blocker", document.error, document.path, 1, 1, "unreadable", 1)
    for finding in open_findings(document):
        seen[finding.fingerprint] += 1
        yield _finding(finding, document, seen[finding.fingerprint])


def _finding(finding: Finding, document: DocumentReport, number: int) -> dict[str, Any]:
    first = finding.locations[0]
    path, severity = first.document or document.path, _SEVERITIES[finding.severity]
    begin = first.line or 1
    message = f"{finding.rule} {finding.name}: {finding.message}"
    end = first.end_line or begin
    return _entry(finding.rule, severity, message, path, begin, end, finding.fingerprint or finding.rule, number)


def _entry(
    rule: str, severity: str, message: str, path: str, begin: int, end: int, fingerprint: str, number: int
) -> dict[str, Any]:
    """One entry; two alike of one document are told apart by their number, since GitLab shows each fingerprint once."""
    identity = json.dumps([shown(path), fingerprint, number])
    return {
        "description": clipped(message),
        "check_name": rule,
        "fingerprint": sha256(identity.encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": severity,
        "location": {"path": shown(path), "lines": {"begin": begin, "end": end}},
    }

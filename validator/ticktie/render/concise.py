"""One line a finding: ``file:line:column: severity RULE name: message``, as editors and grep understand it."""

from __future__ import annotations

from ticktie.model.findings import DocumentReport, Finding, Report
from ticktie.render import Options
from ticktie.render.neutral import clipped, inert, neutral
from ticktie.render.order import open_findings
from ticktie.render.place import place


def render(report: Report, options: Options) -> bytes:
    """The findings of ``report`` at or above ``options.least``, one a line, unreadable documents among them."""
    lines = [inert(line) for document in report.documents for line in _lines(document, options)]
    return "".join(line + "\n" for line in lines).encode("utf-8", "backslashreplace")


def _lines(document: DocumentReport, options: Options) -> list[str]:
    if document.error is not None:
        return [f"{neutral(document.path)}: unreadable: {clipped(document.error)}"]
    return [_line(finding) for finding in open_findings(document) if finding.severity >= options.least]


def _line(finding: Finding) -> str:
    where, rule = place(finding.locations[0]), f"{finding.rule} {finding.name}"
    return f"{where}: {finding.severity} {rule}: {clipped(finding.message)}"

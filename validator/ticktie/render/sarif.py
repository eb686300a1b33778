"""SARIF 2.1.0, which code scanning reads: rules with their help, results with places and stable fingerprints.

Source: Static Analysis Results Interchange Format 2.1.0 (OASIS Standard, 27 March 2020).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ticktie.model.findings import DocumentReport, Finding, Report, Severity
from ticktie.model.source import Location
from ticktie.render import Options
from ticktie.render.json import dump
from ticktie.render.neutral import clipped
from ticktie.render.order import in_order
from ticktie.render.uri import uri
from ticktie.resources import rule_page
from ticktie.version import VERSION

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ROOT = "%SRCROOT%"

Json = dict[str, Any]


def render(report: Report, options: Options) -> bytes:
    """``report`` as one SARIF run."""
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> Json:
    found = [finding for document in report.documents for finding in in_order(document.findings)]
    rules = {finding.rule: finding for finding in sorted(found, key=lambda one: one.rule)}
    numbers = {rule: number for number, rule in enumerate(rules)}
    driver = {"name": "ticktie", "version": VERSION, "rules": [_rule(finding) for finding in rules.values()]}
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which ticktie ran."}}},
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(document) for document in report.documents],
        "results": [_result(finding, numbers) for finding in found],
    }


def _rule(finding: Finding) -> Json:
    """What the rule of ``finding`` says, for the reader of a result."""
    page = rule_page(finding.rule)
    summary = clipped(str(page.get("summary") or finding.name))
    why = clipped(finding.why or str(page.get("why") or summary))
    remedy = clipped(finding.remedy or str(page.get("remedy") or ""))
    family = finding.rule.rstrip("0123456789").lower()
    return {
        "id": finding.rule,
        "name": finding.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\n\n{remedy}".strip()},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": [family]},
    }


def _invocation(report: Report) -> Json:
    unread = [document for document in report.documents if document.error is not None]
    missed = [threshold for threshold in report.thresholds if not threshold.met]
    notices = [_notice(f"{one.name}: wanted {one.wanted}, got {one.reached}", None) for one in missed]
    notices += [_notice(f"not read: {document.error}", document.path) for document in unread]
    return {"executionSuccessful": not unread, "toolExecutionNotifications": notices}


def _notice(text: str, path: str | None) -> Json:
    notice: Json = {"level": "error", "message": {"text": clipped(text)}}
    if path is not None:
        notice["locations"] = [{"physicalLocation": {"artifactLocation": _artifact_location(path)}}]
    return notice


def _artifact(document: DocumentReport) -> Json:
    written: Json = {"location": _artifact_location(document.path), "roles": ["analysisTarget"]}
    if document.sha256:
        written["hashes"] = {"sha-256": document.sha256}
    if document.document is not None and document.document.encoding:
        written["encoding"] = document.document.encoding
    return written


def _artifact_location(path: str) -> Json:
    reference = uri(path)
    return {"uri": reference} if reference.startswith("file:") else {"uri": reference, "uriBaseId": _ROOT}


def _result(finding: Finding, numbers: dict[str, int]) -> Json:
    first, *others = (_location(location) for location in finding.locations)
    written: Json = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": clipped(finding.message)},
        "locations": [first],
        "partialFingerprints": {"ticktie/v1": finding.fingerprint or finding.rule},
        "rank": round(finding.confidence * 100, 2),
    }
    if others:
        written["relatedLocations"] = [{"id": number, **other} for number, other in enumerate(others, 1)]
    if finding.accepted:
        written["suppressions"] = [{"kind": "external", "justification": clipped(finding.accepted)}]
    return written


def _location(location: Location) -> Json:
    """A place in a file, in a part of one (a pointer), or in facts that came without a file."""
    written: Json = {}
    if location.document:
        physical: Json = {"artifactLocation": _artifact_location(location.document)}
        region = dict(_region(location))
        written["physicalLocation"] = physical | ({"region": region} if region else {})
    if location.pointer is not None:
        written["logicalLocations"] = [{"fullyQualifiedName": clipped(location.pointer)}]
    return written


def _region(location: Location) -> Iterator[tuple[str, int]]:
    """Lines and columns from 1, the end column exclusive, as SARIF counts them."""
    named = (
        ("startLine", location.line),
        ("startColumn", location.column),
        ("endLine", location.end_line),
        ("endColumn", location.end_column),
    )
    return ((name, value) for name, value in named if value is not None and location.line is not None)

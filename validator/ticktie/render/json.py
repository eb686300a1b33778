"""The json report: every document with its facts, checks (passed or not), findings and counts. Numbers are strings."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from msgspec.structs import asdict

from ticktie.model.findings import Check, DocumentReport, Finding, Repair, Report, Severity, Tie
from ticktie.model.number import plain
from ticktie.render import Options
from ticktie.render.facts import Json, fact_objects, judgement, location_object
from ticktie.render.order import checks_in_order, in_order
from ticktie.render.ticks import ticks
from ticktie.version import VERSION

#: What a terminal might obey and json.dumps lets through: C1 controls, bidi and zero-width marks, lone surrogates.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]")


def render(report: Report, options: Options) -> bytes:
    """``report`` as JSON, in an order that depends on nothing but the documents."""
    documents = [document_object(document) for document in report.documents]
    return dump({"ticktie": VERSION, "documents": documents, "summary": _summary(report)})


def dump(data: Json) -> bytes:
    """``data`` as indented UTF-8 with a final newline; characters that a terminal might obey are escaped."""
    return _safe(json.dumps(data, ensure_ascii=False, indent=1))


def dump_list(data: list[Json]) -> bytes:
    """A list as indented UTF-8."""
    return _safe(json.dumps(data, ensure_ascii=False, indent=1))


def dump_line(data: Json) -> bytes:
    """``data`` as one line of UTF-8."""
    return _safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _safe(text: str) -> bytes:
    return (_UNSAFE.sub(_escaped, text) + "\n").encode()


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def document_object(document: DocumentReport) -> Json:
    """One document with its facts, checks, findings and counts."""
    judged = judgement(document.checks, document.states or {})
    written = {
        "path": document.path,
        "sha256": document.sha256,
        "facts": fact_objects(document.facts, judged),
        "checks": [_check(check) for check in checks_in_order(document.checks)],
        "findings": [finding_object(finding) for finding in in_order(document.findings)],
        "counts": _counts(document),
        "error": document.error,
    }
    if document.ties is None and not document.ticks:
        return written
    marks, ties = [asdict(tick) for tick in ticks(document)], list(map(_tie, document.ties or ()))
    return written | {"ticks": marks, "support": ties}


def _tie(tie: Tie) -> Json:
    place = None if tie.location is None else location_object(tie.location)
    return {"fact": tie.fact, "outcome": tie.outcome, "source": tie.source or None, "location": place}


def _check(check: Check) -> Json:
    return {
        "id": check.id,
        "rule": check.rule,
        "outcome": check.outcome,
        "total": check.total,
        "items": [{"fact": fact, "weight": plain(weight)} for fact, weight in check.items],
    } | _numbers(check)


def finding_object(finding: Finding) -> Json:
    """One finding; ``accepted`` only where somebody accepted it."""
    written = {
        "rule": finding.rule,
        "name": finding.name,
        "severity": str(finding.severity),
        "confidence": finding.confidence,
        "message": finding.message,
        "checks": list(finding.checks),
        "facts": list(finding.facts),
        "locations": [location_object(location) for location in finding.locations],
        **_numbers(finding),
        "culprit": finding.culprit,
        "candidates": list(finding.candidates),
        "repairs": [_repair(repair) for repair in finding.repairs],
        "fingerprint": finding.fingerprint,
    }
    return written | {"accepted": finding.accepted} if finding.accepted else written


def _numbers(of: Check | Finding) -> Json:
    """Expected, actual, residual and allowed as decimal strings, null where there is none."""
    names: dict[str, Decimal | None] = {
        "expected": of.expected,
        "actual": of.actual,
        "residual": of.residual,
        "allowed": of.allowed,
    }
    return {name: None if value is None else plain(value) for name, value in names.items()}


def _repair(repair: Repair) -> Json:
    edits = [{"fact": edit.fact, "from": edit.before, "to": edit.after} for edit in repair.edits]
    return {"edits": edits, "cause": repair.cause, "rank": repair.rank}


def _counts(document: DocumentReport) -> Json:
    supplied = sum(fact.origin == "supplied" for fact in document.facts)
    return {
        "tables": asdict(document.counts("table")),
        "claims": asdict(document.counts("narrative")),
        "supplied": supplied,
    }


def _summary(report: Report) -> dict[str, Any]:
    severities = [str(finding.severity) for document in report.documents for finding in document.findings]
    tables, claims = report.counts("table"), report.counts("narrative")
    summary = {
        "documents": len(report.documents),
        "unreadable": sum(document.error is not None for document in report.documents),
        "findings": {str(severity): severities.count(str(severity)) for severity in reversed(Severity)},
        "tables": asdict(tables),
        "claims": asdict(claims),
        "tick_coverage": {"ticked": report.every.ticked, "figures": report.every.figures},
    }
    if report.thresholds:
        summary["thresholds"] = [asdict(threshold) for threshold in report.thresholds]
    return summary | {"remarks": list(report.remarks)} if report.remarks else summary

"""Known findings by fingerprint: with a baseline only new ones fail a run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from ticktie.model.findings import DocumentReport, Finding, Report, Severity
from ticktie.render.uri import relative

FORM = 1
ACCEPTED = "known: it stands in the baseline"


class BaselineError(Exception):
    """A baseline that cannot be used; the message names file, place and remedy."""


class Known(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """One known finding. Only the fingerprint identifies it; document, rule and message are for people."""

    document: str
    rule: str
    fingerprint: str
    message: str = ""


class _File(Struct, frozen=True, forbid_unknown_fields=True, rename={"form": "ticktie-baseline"}):
    form: int
    findings: tuple[Known, ...]


def known(report: Report, least: Severity) -> tuple[Known, ...]:
    """The findings of ``report`` at or above ``least``, in the order of documents and rules."""
    found = (
        Known(relative(document.path), finding.rule, finding.fingerprint, finding.message)
        for document in report.documents
        for finding in document.findings
        if finding.severity >= least
    )
    return tuple(sorted(found))


def dump(entries: Iterable[Known]) -> bytes:
    """A baseline file: JSON, one finding after the other in a stable order."""
    written = {"ticktie-baseline": FORM, "findings": [asdict(entry) for entry in sorted(entries)]}
    return (json.dumps(written, indent=1, ensure_ascii=True) + "\n").encode()


def read(file: Path) -> tuple[Known, ...]:
    """The entries of a baseline file; raises BaselineError."""
    try:
        held = msgspec.json.decode(file.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        reason = (problem.strerror if isinstance(problem, OSError) else None) or f"no baseline: {problem}"
        raise BaselineError(f"{file}: {reason}; write it by: ticktie baseline PATH... -o {file}") from None
    if held.form != FORM:
        raise BaselineError(f"{file}: ticktie-baseline {held.form} is not known to this version; write it anew")
    return held.findings


def accept(report: Report, entries: Iterable[Known]) -> tuple[Report, tuple[Known, ...]]:
    """``report`` with the findings of ``entries`` accepted, and the entries left over. An entry accepts one finding:
    one of its own document first, else one of a document that was renamed; a second copy of an error is new."""
    left = Counter(entries)
    documents = [_matched(document, left, own=True) for document in report.documents]
    documents = [_matched(document, left, own=False) for document in documents]
    return replace(report, documents=tuple(documents)), tuple(sorted(left.elements()))


def stale(left: Iterable[Known], report: Report) -> tuple[Known, ...]:
    """The entries of ``left`` that nothing can match any more: their document was read in this run."""
    read_now = {relative(document.path) for document in report.documents if document.error is None}
    return tuple(entry for entry in left if entry.document in read_now)


def _matched(document: DocumentReport, left: Counter[Known], own: bool) -> DocumentReport:
    path = relative(document.path)
    return replace(document, findings=tuple(_finding(one, path, left, own) for one in document.findings))


def _finding(finding: Finding, path: str, left: Counter[Known], own: bool) -> Finding:
    if finding.accepted:
        return finding
    for entry, count in left.items():
        if count and entry.fingerprint == finding.fingerprint and (not own or entry.document == path):
            left[entry] -= 1
            return replace(finding, accepted=ACCEPTED)
    return finding

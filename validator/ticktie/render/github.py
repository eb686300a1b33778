"""GitHub workflow commands: each finding an annotation of its line, worst first.

The site shows ten annotations of a kind, so the first one says how many there are. Source: Workflow commands for
GitHub Actions, setting a notice, warning or error message.
"""

from __future__ import annotations

from collections.abc import Iterator

from ticktie.model.findings import Finding, Report, Severity
from ticktie.model.source import Location
from ticktie.render import Options
from ticktie.render.neutral import clipped
from ticktie.render.order import worst_first
from ticktie.render.tally import tally
from ticktie.render.uri import shown

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, options: Options) -> bytes:
    """``report`` as workflow commands, one a line, and nothing else."""
    return "".join(f"{line}\n" for line in _lines(report)).encode("utf-8", "backslashreplace")


def _lines(report: Report) -> Iterator[str]:
    yield _command("notice", {"title": "ticktie"}, tally(report))
    for threshold in report.thresholds:
        if not threshold.met:
            message = f"{threshold.name}: wanted {threshold.wanted}, got {threshold.reached}"
            yield _command("error", {"title": "ticktie"}, message)
    for document in report.documents:
        if document.error is not None:
            place = {"file": shown(document.path), "title": "ticktie: not read"}
            yield _command("error", place, document.error)
    yield from (_annotation(finding) for _, finding in worst_first(report))


def _annotation(finding: Finding) -> str:
    title = f"{finding.rule} {finding.name}"
    return _command(_COMMANDS[finding.severity], _place(finding.locations[0]) | {"title": title}, finding.message)


def _place(location: Location) -> dict[str, str]:
    """File, lines and columns; the columns only of a place on one line, since GitHub wants it so."""
    found = {"file": shown(location.document)} if location.document else {}
    if location.line is not None:
        last = location.end_line or location.line
        found |= {"line": str(location.line), "endLine": str(last)}
        if last == location.line and location.column is not None:
            found["col"] = str(location.column)
            found["endColumn"] = str(location.end_column or location.column)
    return found


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    """``text`` as the message of a command: one line that ends no command and begins none."""
    return clipped(text).replace("%", "%25").replace("##[", "## [")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

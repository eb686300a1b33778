"""Markdown for a pull-request comment or a job summary: counts, what was missed, and the findings worst first.

Text of a document stands in code spans only: there it makes no mention, link, picture, heading or table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticktie.model.findings import DocumentReport, Finding, Report, Severity
from ticktie.render import Options
from ticktie.render.excerpt import excerpt
from ticktie.render.neutral import clipped
from ticktie.render.order import worst_first
from ticktie.render.place import place
from ticktie.render.tally import tally
from ticktie.render.uri import shown

#: A comment holds 65,536 characters: so many findings, and so many rows of counts, fit even where all are long.
SHOWN = 30
ROWS = 60
_TICKS = re.compile("`+")
_KINDS = (("Tables", "table"), ("Claims", "narrative"), ("Supplied", None))


def render(report: Report, options: Options) -> bytes:
    """``report`` as Markdown; comments are limited in length, so only the worst findings are shown, and how many
    there are."""
    lines = [*_heading(report, options), *_coverage(report), *_support(report), *_missed(report)]
    lines += [*_unread(report), *_findings(report)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def code(text: str, in_table: bool = False) -> str:
    """``text`` as a code span, whatever backticks it holds; in a table its bars are escaped."""
    text = clipped(text, 400).strip() or " "
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    padded = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{padded.replace('|', chr(92) + '|') if in_table else padded}{fence}"


def _heading(report: Report, options: Options) -> Iterator[str]:
    failing = any(finding.severity >= options.fail_on for _, finding in worst_first(report))
    missed = any(not threshold.met for threshold in report.thresholds)
    unread = any(document.error is not None for document in report.documents)
    word = "figures disagree" if failing else "a threshold is missed" if missed else "the figures agree"
    yield f"### ticktie: {'a document could not be read' if unread and not failing else word}"
    yield ""
    yield f"{tally(report)}."
    yield ""


def _coverage(report: Report) -> Iterator[str]:
    yield "| Document | | Figures | Tied | Rounding | Broken | Unverified | Restored |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    rows = [row for document in report.documents for row in _rows(document)]
    yield from rows[:ROWS]
    yield ""
    if len(rows) > ROWS:
        yield f"{ROWS} of {len(rows)} rows of counts are shown."
        yield ""


def _rows(document: DocumentReport) -> Iterator[str]:
    for title, kind in _KINDS:
        counts = document.counts(kind)  # type: ignore[arg-type]
        if counts.figures:
            numbers = (counts.figures, counts.tied, counts.rounding, counts.broken, counts.unverified, counts.restored)
            yield f"| {code(shown(document.path), True)} | {title} | {' | '.join(map(str, numbers))} |"


def _support(report: Report) -> Iterator[str]:
    """How the figures stand to their support, where a tie-out was asked for."""
    tied = [document for document in report.documents if document.ties is not None]
    if tied:
        yield "| Document | Agreed | In conflict | Open |"
        yield "|---|---:|---:|---:|"
    for document in tied:
        outcomes = [tie.outcome for tie in document.ties or ()]
        counts = " | ".join(str(outcomes.count(word)) for word in ("agreed", "conflict", "open"))
        yield f"| {code(shown(document.path), True)} | {counts} |"
    if tied:
        yield ""


def _missed(report: Report) -> Iterator[str]:
    for one in report.thresholds:
        standing = "met" if one.met else "**missed**"
        yield f"- {standing}: {code(one.name)} wanted {code(one.wanted)}, got {code(one.reached)}"
    yield from (f"- {code(remark)}" for remark in report.remarks)
    if report.thresholds or report.remarks:
        yield ""


def _unread(report: Report) -> Iterator[str]:
    for document in report.documents:
        if document.error is not None:
            yield f"- **not read**: {code(shown(document.path))}: {code(document.error)}"


def _findings(report: Report) -> Iterator[str]:
    found = worst_first(report)
    for document, finding in found[:SHOWN]:
        yield from _finding(document, finding)
    if len(found) > SHOWN:
        yield ""
        yield f"{SHOWN} of {len(found)} findings are shown."


def _finding(document: DocumentReport, finding: Finding) -> Iterator[str]:
    loud = f"**{finding.severity}**" if finding.severity > Severity.NOTE else str(finding.severity)
    yield f"- {loud} {code(finding.rule)} at {code(place(finding.locations[0]))}: {code(finding.message)}"
    if finding.severity == Severity.NOTE:
        return
    yield from (f"  - {line}" for line in _printed(document, finding))
    for repair in finding.repairs[:3]:
        edits = ", ".join(f"{edit.before} -> {edit.after}" for edit in repair.edits)
        yield f"  - repair: {code(f'{edits} ({repair.cause})')}"
    if finding.remedy:
        yield f"  - remedy: {code(finding.remedy)}"


def _printed(document: DocumentReport, finding: Finding) -> Iterator[str]:
    """The printed lines of the first two places."""
    for location in finding.locations[:2]:
        if document.document is not None and document.document.path == location.document:
            found = excerpt(document.document, location, 120)
            if found is not None:
                yield f"line {found.line}: {code(found.text)}"

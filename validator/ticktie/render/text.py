"""The report for people: each finding with its printed line, its numbers, why and remedy; then counts and coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from textwrap import wrap

from ticktie.model.findings import Counts, DocumentReport, Finding, Report, Severity, Threshold
from ticktie.model.source import Location
from ticktie.render import Options
from ticktie.render.excerpt import Excerpt, excerpt
from ticktie.render.neutral import clipped, inert, neutral
from ticktie.render.order import open_findings
from ticktie.render.place import place
from ticktie.render.tally import count, tally
from ticktie.render.ticks import legend, ticks
from ticktie.resources import rule_page

_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "ok": "32", "mark": "1;31", "faint": "2", "bold": "1"}
_PLACES_SHOWN = 3
_REMEDY = "compare the marked figures with the source, correct the wrong one there, and run the check again"
_READ_REMEDY = "compare these places with the original print: the figures were read as the notes say"


def render(report: Report, options: Options) -> bytes:
    """``report`` as text; quiet leaves out everything but findings at or above ``options.least``."""
    lines = [line for document in report.documents for line in _document(document, options)]
    if not options.quiet:
        lines += _summary(report, options)
    return "".join(inert(line) + "\n" for line in lines).encode("utf-8", "backslashreplace")


def _paint(text: str, colour: str, options: Options) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if options.colour else text


def _document(document: DocumentReport, options: Options) -> Iterator[str]:
    """All lines of one document; only what is shown of its findings when quiet."""
    if document.error is not None:
        yield _paint("unreadable", "warning", options) + f" {neutral(document.path)}: {clipped(document.error)}"
        yield ""
        return
    shown = [finding for finding in open_findings(document) if finding.severity >= options.least]
    if not options.quiet:
        yield from _heading(document, options)
    yield from _findings(document, shown, options)
    if not options.quiet:
        yield from _document_counts(document, options)


def _heading(document: DocumentReport, options: Options) -> Iterator[str]:
    yield _paint(neutral(document.path), "bold", options)
    for note in document.document.notes if document.document else ():
        yield f"  {clipped(note)}"
    yield ""


def _findings(document: DocumentReport, findings: list[Finding], options: Options) -> Iterator[str]:
    """Findings in full, worst first; then the notes of damage read through, one line each."""
    damage = [finding for finding in findings if _is_damage_note(finding)]
    loud = [finding for finding in findings if not _is_damage_note(finding)]
    for finding in sorted(loud, key=lambda finding: -finding.severity):
        yield from _finding(document, finding, options)
        yield ""
    if damage:
        yield _paint("note", "note", options) + f" Read through damage, {count(len(damage), 'place')}:"
        yield from (_damage(finding) for finding in damage)
        yield f"  remedy  {_READ_REMEDY}"
        yield ""


def _is_damage_note(finding: Finding) -> bool:
    return finding.severity == Severity.NOTE and finding.rule.startswith("READ")


def _damage(finding: Finding) -> str:
    return f"  {place(finding.locations[0])}: {finding.rule} {finding.name}: {clipped(finding.message)}"


def _finding(document: DocumentReport, finding: Finding, options: Options) -> Iterator[str]:
    severity = str(finding.severity)
    first, *rest = wrap(f"{severity} {finding.rule} {finding.name}: {clipped(finding.message)}", options.width)
    yield _paint(severity, severity, options) + first.removeprefix(severity)
    yield from (f"  {line}" for line in rest)
    for location in finding.locations[:_PLACES_SHOWN]:
        yield from _place(document, location, options)
    if len(finding.locations) > _PLACES_SHOWN:
        others = ", ".join(place(location) for location in finding.locations[_PLACES_SHOWN:][:8])
        yield f"  also at {others}"
    for name, text in _details(document, finding):
        yield from _wrapped(name, text, options)


def _place(document: DocumentReport, location: Location, options: Options) -> Iterator[str]:
    """The place, and below it the printed line with the figure underlined."""
    yield "  " + _paint(place(location), "bold", options)
    text = document.document
    shown = None
    if text is not None and text.path == location.document:
        shown = excerpt(text, location, options.width - 16)
    if shown is not None:
        yield from _marked(shown, options)


def _marked(shown: Excerpt, options: Options) -> Iterator[str]:
    gutter = f"{shown.line:>7} | "
    yield _paint(gutter, "faint", options) + shown.before + _paint(shown.marked, "mark", options) + shown.after
    yield _paint(" " * 8 + "| ", "faint", options) + _paint(shown.caret, "mark", options)


def _details(document: DocumentReport, finding: Finding) -> Iterator[tuple[str, str]]:
    """What is known beside the message: numbers, repair or candidates, why, remedy."""
    page = rule_page(finding.rule)
    numbers = _numbers(document, finding)
    if numbers:
        yield "numbers", numbers
    for repair in finding.repairs[:_PLACES_SHOWN]:
        edits = ", ".join(f"{edit.before} -> {edit.after}" for edit in repair.edits)
        yield "repair", f"{edits} ({repair.cause})"
    if finding.candidates and not finding.culprit and not finding.repairs:
        yield "one of", ", ".join(_candidates(document, finding))
    why = finding.why or page.get("why")
    if why:
        yield "why", str(why)
    yield "remedy", finding.remedy or str(page.get("remedy") or _REMEDY)


def _candidates(document: DocumentReport, finding: Finding) -> Iterator[str]:
    """The printed candidates with their places."""
    wanted = set(finding.candidates)
    for fact in document.facts:
        if fact.id in wanted:
            where = f" ({place(fact.location)})" if fact.location else ""
            yield f"{fact.printed or fact.value}{where}"


def _numbers(document: DocumentReport, finding: Finding) -> str:
    """``expected 1,051,000, actual 1,000,000, residual -51,000, allowed 50,000 (USD)``, as far as they are known."""
    named = (
        ("expected", finding.expected),
        ("actual", finding.actual),
        ("residual", finding.residual),
        ("allowed", finding.allowed),
    )
    known = [f"{name} {_grouped(value)}" for name, value in named if value is not None]
    unit = _unit(document, finding)
    return ", ".join(known) + (f" ({unit})" if known and unit else "")


def _unit(document: DocumentReport, finding: Finding) -> str:
    """The unit that all facts of ``finding`` share, without its prefix; empty where they share none."""
    wanted = set(finding.facts)
    units = {fact.unit for fact in document.facts if fact.id in wanted}
    unit = next(iter(units)) if len(units) == 1 else None
    return "/".join(part.split(":")[-1] for part in unit.split("/")) if unit else ""


def _grouped(value: Decimal) -> str:
    """``value`` with thousands separators and no superfluous zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _wrapped(name: str, text: str, options: Options) -> Iterable[str]:
    lines = wrap(clipped(" ".join(text.split())), max(40, options.width - 10)) or [""]
    return [f"  {name:<8}{lines[0]}", *(" " * 10 + line for line in lines[1:])]


def _document_counts(document: DocumentReport, options: Options) -> Iterator[str]:
    tables, claims, supplied = (document.counts(kind) for kind in ("table", "narrative", None))
    if tables.figures or not supplied.figures:
        yield f"  tables  {_counts(tables)}"
    if claims.figures or not supplied.figures:
        yield f"  claims  {_counts(claims)}"
    if supplied.figures:
        yield f"  facts   {_counts(supplied)}"
    yield from _tie_out(document)
    yield "  " + _paint(f"tick coverage {_coverage(tables + claims + supplied)}", "ok", options)
    yield ""


def _counts(counts: Counts) -> str:
    states = f"{counts.tied} tied, {counts.rounding} rounding, {counts.broken} broken, {counts.unverified} unverified"
    return f"{count(counts.figures, 'figure')}: {states}; {counts.restored} restored"


def _tie_out(document: DocumentReport) -> Iterator[str]:
    """How the figures stand to their support, and the tick marks in use, where a tie-out or ticks were asked for."""
    if document.ties is not None:
        outcomes = [tie.outcome for tie in document.ties]
        counts = (outcomes.count("agreed"), outcomes.count("conflict"), outcomes.count("open"))
        yield "  support {} agreed, {} in conflict, {} open".format(*counts)
    if document.ties is not None or document.ticks:
        yield f"  ticks   {clipped('; '.join(legend(ticks(document))))}"


def _coverage(counts: Counts) -> str:
    return f"{counts.ticked}/{counts.figures}"


def _summary(report: Report, options: Options) -> Iterator[str]:
    """One line over all documents, after what was missed and remarked."""
    yield from (_threshold(threshold, options) for threshold in report.thresholds)
    yield from (f"note: {clipped(remark)}" for remark in report.remarks)
    yield _paint(tally(report), "bold", options)


def _threshold(threshold: Threshold, options: Options) -> str:
    standing = _paint("met", "ok", options) if threshold.met else _paint("missed", "error", options)
    return f"{standing} {clipped(threshold.name)}: wanted {clipped(threshold.wanted)}, got {clipped(threshold.reached)}"

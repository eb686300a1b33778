"""The repairs of a report as a unified diff of its sources: to read and to apply, since nothing is ever rewritten.

A finding with one repair gives its edits to the diff; where several figures may be the wrong one, they are told in
remarks, which ``patch`` and ``git apply`` skip. A line with characters that a terminal might obey is shown with their
escapes, and then does not apply.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Edit, Finding, Repair, Report
from ticktie.model.number import EXACT, plain
from ticktie.model.source import Document
from ticktie.render.neutral import clipped, escape
from ticktie.render.place import place

_CONTEXT = 3
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\.\d+")
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Change(Struct, frozen=True):
    """New text for the code points ``[start, end)`` of a source."""

    start: int
    end: int
    text: str


def repairs(report: Report) -> bytes:
    """The repairs of all documents as remarks and diffs, in the order of the findings; empty where there are none."""
    lines = (line for document in report.documents for line in _document(document))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _document(document: DocumentReport) -> Iterator[str]:
    facts = {fact.id: fact for fact in document.facts}
    changes: list[Change] = []
    for finding in document.findings:
        yield from _remarks(finding, facts)
        if len(finding.repairs) == 1 and document.document is not None:
            found = [_change(edit, facts[edit.fact], document.document) for edit in finding.repairs[0].edits]
            changes += [change for change in found if change is not None and not any(_meet(change, c) for c in changes)]
    if changes and document.document is not None:
        yield from _diff(document.document, sorted(changes, key=lambda change: change.start))


def _remarks(finding: Finding, facts: dict[str, Fact]) -> Iterator[str]:
    """What each repair of ``finding`` changes, and why."""
    for number, repair in enumerate(finding.repairs):
        lead = f"{finding.severity} {finding.rule}" if not number else "or"
        yield f"# {lead}: {_told(repair, facts)}"


def _told(repair: Repair, facts: dict[str, Fact]) -> str:
    edits = "; ".join(f"{_where(facts.get(edit.fact))}{edit.before} -> {edit.after}" for edit in repair.edits)
    return clipped(f"{edits} ({repair.cause})" if repair.cause else edits)


def _where(fact: Fact | None) -> str:
    return f"{place(fact.location)}: " if fact is not None and fact.location is not None else ""


def _meet(one: Change, other: Change) -> bool:
    return one.start < other.end and other.start < one.end


def _change(edit: Edit, fact: Fact, document: Document) -> Change | None:
    """The change of the source that makes ``edit``; None where its figure does not stand there as it was read, or
    stands in markup."""
    if document.source is not None:
        return None
    if fact.location is None or fact.location.offset is None or fact.location.document != document.path:
        return None
    start, end = fact.location.offset
    text = document.text[start:end]
    changed = text.replace(edit.before, edit.after, 1) if edit.before in text else _restated(text, edit, fact)
    if changed is None or changed == text or changed.count("\n") != text.count("\n"):
        return None
    return Change(start, end, changed)


def _restated(text: str, edit: Edit, fact: Fact) -> str | None:
    """``text`` of a facts file with the number that ``edit`` wants: its value is given in full units there."""
    match, before, after = _NUMBER.search(text), _shown(edit.before), _shown(edit.after)
    if match is None or not before or after is None or fact.value is None or _shown(match[0]) != fact.value:
        return None
    power = fact.value.copy_abs().adjusted() - before.copy_abs().adjusted()
    value = EXACT.scaleb(after, power)
    if EXACT.scaleb(before, power).copy_abs() != fact.value.copy_abs():
        return None
    number = f"{value:,f}" if "," in match[0] else plain(value)
    return text[: match.start()] + number + text[match.end() :]


def _shown(text: str) -> Decimal | None:
    """The number that ``text`` shows, negative in brackets."""
    match = _NUMBER.search(text)
    try:
        value = None if match is None else Decimal(match[0].replace(",", ""))
    except InvalidOperation:
        return None
    return value.copy_negate() if value is not None and "(" in text else value


def _diff(document: Document, changes: list[Change]) -> Iterator[str]:
    """The unified diff of ``document`` with ``changes``, which are in order and apart."""
    before = document.text.split("\n")
    text, at = [], 0
    for change in changes:
        text += [document.text[at : change.start], change.text]
        at = change.end
    after = "".join([*text, document.text[at:]]).split("\n")
    path = _path(document.path)
    yield f"--- a/{path}"
    yield f"+++ b/{path}"
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    for group in _near(changed):
        yield from _hunk(before, after, group)


def _path(path: str) -> str:
    return clipped(path.replace("\\", "/").lstrip("/"))


def _near(changed: list[int]) -> Iterator[list[int]]:
    """The numbers of changed lines, those together whose context meets."""
    group: list[int] = []
    for number in changed:
        if group and number - group[-1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _hunk(before: list[str], after: list[str], changed: list[int]) -> Iterator[str]:
    """One hunk; what follows the last line end of a file is a line without one, nothing is none."""
    lines = len(before) - (not before[-1])
    first, stop = max(changed[0] - _CONTEXT, 0), min(changed[-1] + _CONTEXT + 1, lines)
    size = f"{first + 1},{stop - first}"
    yield f"@@ -{size} +{size} @@"
    for number in range(first, stop):
        unended = ["\\ No newline at end of file"] if number == len(before) - 1 else []
        if before[number] == after[number]:
            yield from [f" {_safe(before[number])}", *unended]
        else:
            yield from [f"-{_safe(before[number])}", *unended, f"+{_safe(after[number])}", *unended]


def _safe(line: str) -> str:
    """``line`` as it stands, tabs and a last carriage return included, other controls as their escapes."""
    body = line.removesuffix("\r")
    if not (body.isascii() and body.replace("\t", "").isprintable()):
        body = "".join(one if one == "\t" or unicodedata.category(one) not in _UNSAFE else escape(one) for one in body)
    return body + line[len(line.removesuffix("\r")) :]

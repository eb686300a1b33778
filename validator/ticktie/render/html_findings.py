"""Findings as the page lists them: worst first, each with its places, numbers, repairs, why and remedy."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Finding, Severity
from ticktie.model.place import Location
from ticktie.render.html_marks import Mark
from ticktie.render.html_words import words_of
from ticktie.render.order import in_order
from ticktie.render.place import place
from ticktie.resources import rule_page

_REMEDY = "Compare the marked figures with the source, correct the wrong one there, and run the check again."
_ANCHOR = re.compile(r"[^A-Za-z0-9_-]")


class Link(Struct, frozen=True):
    """A place that a finding names: its anchor in the page (empty where it has none) and its words."""

    href: str
    words: str


class Entry(Struct, frozen=True):
    """One finding of the list; ``number`` is its row in the page's data, ``anchor`` outlives a new run."""

    number: int
    anchor: str
    severity: str
    rule: str
    name: str
    message: str
    confidence: str
    places: tuple[Link, ...]
    numbers: tuple[tuple[str, str], ...]
    repairs: tuple[str, ...]
    why: str
    remedy: str
    is_damage: bool


class Group(Struct, frozen=True):
    """The findings of one rule, with what the rule says of all of them."""

    rule: str
    name: str
    why: str
    remedy: str
    entries: tuple[Entry, ...]


def groups(entries: Iterable[Entry]) -> list[Group]:
    """``entries`` by rule and remedy, in the order in which these first come."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.rule, entry.remedy), []).append(entry)
    return [Group(one[0].rule, one[0].name, one[0].why, one[0].remedy, tuple(one)) for one in found.values()]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, then in the order of their places."""
    return sorted(in_order(findings), key=lambda finding: -finding.severity)


def entries(
    document: DocumentReport, findings: Sequence[Finding], facts: Sequence[Fact], marks: Sequence[Mark]
) -> list[Entry]:
    """The list of ``findings``, in their order."""
    seen: dict[str, int] = {}
    units = {fact.id: fact.unit for fact in facts}
    return [_entry(document, number, finding, marks, units, seen) for number, finding in enumerate(findings)]


def _entry(
    document: DocumentReport,
    number: int,
    finding: Finding,
    marks: Sequence[Mark],
    units: dict[str, str | None],
    seen: dict[str, int],
) -> Entry:
    page = rule_page(finding.rule)
    return Entry(
        number=number,
        anchor=_anchor(finding, seen),
        severity=str(finding.severity),
        rule=finding.rule,
        name=words_of(finding.name),
        message=words_of(finding.message, 4000),
        confidence=f"{finding.confidence:.0%}",
        places=tuple(_link(document, location, marks) for location in finding.locations),
        numbers=tuple(_numbers(finding, units)),
        repairs=tuple(_repairs(finding)),
        why=words_of(" ".join(str(page.get("why", "")).split())),
        remedy=words_of(" ".join(str(finding.remedy or page.get("remedy") or _REMEDY).split())),
        is_damage=finding.severity == Severity.NOTE and finding.rule.startswith("READ"),
    )


def _anchor(finding: Finding, seen: dict[str, int]) -> str:
    """``finding-FINGERPRINT``, which stays as long as the finding; numbered where several share one."""
    name = _ANCHOR.sub("-", finding.fingerprint[:64]) or finding.rule
    seen[name] = seen.get(name, 0) + 1
    return f"finding-{name}" if seen[name] == 1 else f"finding-{name}-{seen[name]}"


def _link(document: DocumentReport, location: Location, marks: Sequence[Mark]) -> Link:
    """The figure at ``location``, else its line; a place in another file is named and not linked."""
    source = document.document
    if source is None or location.document != source.path or location.line is None:
        return Link("", place(location))
    words = f"line {location.line}"
    offset = location.offset and (source.text_offset(location.offset[0]), source.text_offset(location.offset[1]))
    mark = None if offset is None else _mark_at(offset, marks)
    if mark is None:
        return Link(f"#l{location.line}", words)
    return Link(f"#f{mark.facts[0]}", f"{words_of(mark.printed, 40)}, {words}" if mark.printed else words)


def _mark_at(offset: tuple[int, int], marks: Sequence[Mark]) -> Mark | None:
    """The mark that ``offset`` is about: the one that it starts in, or that is all it holds."""
    at = bisect_right(marks, offset[0], key=lambda mark: mark.span.start) - 1
    if at >= 0 and offset[0] < marks[at].span.end:
        return marks[at]
    inside = [mark for mark in marks[at + 1 : at + 3] if mark.span.start < offset[1]]
    return inside[0] if len(inside) == 1 else None


def _numbers(finding: Finding, units: dict[str, str | None]) -> Iterable[tuple[str, str]]:
    """``expected 1,051,000 USD``, as far as it is known."""
    unit = short_unit({units.get(fact) for fact in finding.facts})
    for name in ("expected", "actual", "residual", "allowed"):
        value: Decimal | None = getattr(finding, name)
        if value is not None:
            yield name, f"{'±' if name == 'allowed' and value else ''}{grouped(value)}{unit and ' ' + unit}"


def short_unit(units: Iterable[str | None]) -> str:
    """The unit that all share, without prefixes; empty where they share none."""
    one = set(units)
    unit = one.pop() if len(one) == 1 else None
    return words_of("/".join(part.split(":")[-1] for part in unit.split("/"))) if unit else ""


def grouped(value: Decimal) -> str:
    """``value`` with thousands separators, a true minus sign and no superfluous zeros."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "\u2212")


def _repairs(finding: Finding) -> Iterable[str]:
    for repair in finding.repairs:
        edits = ", ".join(f"{words_of(edit.before, 80)} \u2192 {words_of(edit.after, 80)}" for edit in repair.edits)
        yield f"{edits} ({words_of(repair.cause)})" if repair.cause else edits

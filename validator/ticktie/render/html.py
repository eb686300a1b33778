"""The page of a document: what it prints with each figure's state, and its findings with their evidence.

One file without network, and with several documents a page for each and an index of them. The page is a view of the
json report: its script (``reports/templates/report.js``) shows the checks that the page's data holds.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import Counts, DocumentReport, Report, Severity
from ticktie.model.place import Location
from ticktie.render import Options
from ticktie.render.html_counts import STATES, Bar, part_bars, report_bar, whole_bar
from ticktie.render.html_data import packed, rules_of
from ticktie.render.html_document import Body, body
from ticktie.render.html_findings import entries, grouped, groups, short_unit, worst_first
from ticktie.render.html_marks import marks
from ticktie.render.html_words import words_of
from ticktie.render.order import checks_in_order, facts_in_order
from ticktie.resources import data_folder
from ticktie.version import VERSION

_UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_NO_TEXT = Body("", frozenset())


class Loose(Struct, frozen=True):
    """A figure that the page cannot show in its document: it goes into a table of its own."""

    number: int
    state: str
    restored: bool
    name: str
    period: str
    value: str
    place: str


class Line(Struct, frozen=True):
    """One document of the index; ``href`` is empty where its page is not beside it."""

    href: str
    path: str
    error: str
    bar: Bar
    findings: tuple[tuple[str, int], ...]


def render(report: Report, options: Options) -> bytes:
    """The page of the one document of ``report``; of several their index, without their pages."""
    if len(report.documents) == 1:
        return _page(report.documents[0])
    return _index(report, [""] * len(report.documents))


def pages(report: Report, options: Options, name: str) -> dict[str, bytes]:
    """The page as ``name``; of several documents the index, and beside it a folder with the page of each."""
    if len(report.documents) == 1:
        return {name: _page(report.documents[0])}
    folder = f"{PurePath(name).stem}_files"
    names = [f"{folder}/{_file_name(number, one)}" for number, one in enumerate(report.documents, 1)]
    made = {file: _page(one, name) for file, one in zip(names, report.documents, strict=True)}
    return {name: _index(report, [quote(file) for file in names])} | made


def _file_name(number: int, document: DocumentReport) -> str:
    """A name that every file system takes: the document's number and the safe characters of its name."""
    stem = _UNSAFE_IN_NAMES.sub("-", PurePath(document.path).name).strip(".-")[:80]
    return f"{number:03}-{stem or 'document'}.html"


def _page(document: DocumentReport, index: str = "") -> bytes:
    """The page of ``document``; ``index`` is the file name of the index one folder up."""
    facts, checks = facts_in_order(document.facts), checks_in_order(document.checks)
    findings, places = worst_first(document.findings), marks(document, facts)
    text = document.document
    printed = _NO_TEXT if text is None else body(text, places)
    shown = [one for one in places if one.facts[0] in printed.facts]
    listed = entries(document, findings, facts, shown)
    return _fill(
        "report.html",
        script_name="report.js",
        path=words_of(document.path),
        name=words_of(PurePath(document.path).name),
        sha256=document.sha256,
        error=words_of(document.error or ""),
        notes=[words_of(note) for note in (text.notes if text else ())],
        index="" if not index else f"../{quote(index)}",
        body=printed.html,
        loose=_loose(document, facts, printed),
        whole=whole_bar(document),
        bars=part_bars(document),
        loud=[entry for entry in listed if not entry.is_damage],
        damage=groups(entry for entry in listed if entry.is_damage),
        rules=rules_of(checks, findings),
        concepts=sorted({words_of(fact.concept) for fact in facts}),
        data=packed(document, facts, checks, findings),
    )


def _loose(document: DocumentReport, facts: Sequence[Fact], printed: Body) -> list[Loose]:
    rest = [(number, fact) for number, fact in enumerate(facts) if number not in printed.facts]
    return [_loose_figure(document, number, fact) for number, fact in rest]


def _loose_figure(document: DocumentReport, number: int, fact: Fact) -> Loose:
    location = fact.location
    unit = short_unit([fact.unit])
    return Loose(
        number=number,
        state=document.state(fact),
        restored=fact.is_restored,
        name=words_of(fact.label or fact.concept, 200),
        period=str(fact.period or ""),
        value="nil" if fact.value is None else f"{grouped(fact.value)}{unit and ' ' + unit}",
        place="" if location is None else _place(location),
    )


def _place(location: Location) -> str:
    return words_of(location.pointer or (f"line {location.line}" if location.line else location.document))


def _index(report: Report, names: Sequence[str]) -> bytes:
    lines = [_line(document, name) for document, name in zip(report.documents, names, strict=True)]
    return _fill("index.html", lines=lines, whole=report_bar(report), unlinked=not any(names))


def _line(document: DocumentReport, href: str) -> Line:
    severities = [finding.severity for finding in document.findings]
    return Line(
        href=href,
        path=words_of(document.path),
        error=words_of(document.error or ""),
        bar=whole_bar(document),
        findings=tuple((str(severity), severities.count(severity)) for severity in reversed(Severity)),
    )


def _fill(template: str, script_name: str = "", **values: Any) -> bytes:
    """``template`` with ``values``, its style and script written into it and allowed by their hashes alone."""
    style, script = _source("report.css"), _source(script_name) if script_name else ""
    allowed = {"style": _hash(style), "script": _hash(script) if script else "'none'"}
    text = _template(template).render(
        **values, style=style, script=script, allowed=allowed, version=VERSION, states=STATES, empty=Counts()
    )
    return str(text).encode("utf-8", "backslashreplace")


def _hash(source: str) -> str:
    """A source expression of Content-Security-Policy Level 3 (section 2.3.1) that allows this text and no other."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


@cache
def _source(name: str) -> str:
    """The style or script ``name``, without the indentation that only its authors need."""
    text = (data_folder("reports") / "templates" / name).read_text(encoding="utf-8")
    return "\n".join(line.strip() for line in text.splitlines())


@cache
def _template(name: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = data_folder("reports") / "templates"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template(f"{name}.jinja")

"""Ticks that people make: a file of figures with a reference, initials and a date, one a line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Report, Tick

COLUMNS = ("figure", "reference", "initials", "date")
_OPTIONAL = ("document", "period", "mark")


class TicksError(Exception):
    """A file of ticks that cannot be used; the message names file, line and remedy."""


class ManualTick(Struct, frozen=True):
    """One tick as somebody wrote it. ``figure`` is the id of a fact, a place (``12`` or ``12:40``: line and column), or
    a label, which ``period`` makes unique; ``place`` is where the tick stands."""

    figure: str
    reference: str
    initials: str
    made: date
    place: str
    document: str = ""
    period: str = ""
    mark: str = ""

    def fits(self, fact: Fact) -> bool:
        """Whether this tick is beside ``fact``."""
        spot = fact.location
        line = "" if spot is None or spot.line is None else str(spot.line)
        names = {fact.id, line, f"{line}:{spot.column}" if spot else "", (fact.label or "").casefold()}
        return self.figure.casefold() in names - {""} and self.period in ("", str(fact.period))


def read(file: Path) -> tuple[ManualTick, ...]:
    """The ticks of a CSV file with the columns figure, reference, initials and date; raises TicksError."""
    try:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise TicksError(f"{file}: cannot be read: {problem}; give a CSV file in UTF-8") from None
    return tuple(_tick(row, f"{file}:{number}") for number, row in enumerate(rows, 2))


def _tick(row: dict[str, str | None], place: str) -> ManualTick:
    missing = [name for name in COLUMNS if not (row.get(name) or "").strip()]
    if missing:
        raise TicksError(f"{place}: {missing[0]} is missing; every tick needs {', '.join(COLUMNS)}")
    stated = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *_OPTIONAL)}
    when = stated.pop("date")
    try:
        made = date.fromisoformat(when)
    except ValueError:
        raise TicksError(f"{place}: date {when!r} is none; write it as 2031-12-31") from None
    return ManualTick(made=made, place=place, **stated)


def ticked(report: Report, marks: Iterable[ManualTick]) -> Report:
    """``report`` with the ticks beside their figures; a tick that fits none or several figures is a remark. It changes
    no state: only an equality against other figures does."""
    marks = tuple(marks)
    documents = tuple(_document(document, marks) for document in report.documents)
    return replace(report, documents=documents, remarks=(*report.remarks, *_remarks(report, marks)))


def _document(document: DocumentReport, marks: tuple[ManualTick, ...]) -> DocumentReport:
    found = ((mark, _figures(mark, document)) for mark in marks)
    own = tuple(
        Tick(facts[0].id, mark.mark or mark.initials, mark.reference, f"{mark.initials} {mark.made}")
        for mark, facts in found
        if len(facts) == 1
    )
    return replace(document, ticks=(*document.ticks, *own))


def _figures(mark: ManualTick, document: DocumentReport) -> list[Fact]:
    if mark.document not in ("", document.path, Path(document.path).name):
        return []
    return [fact for fact in document.facts if fact.value is not None and mark.fits(fact)]


def _remarks(report: Report, marks: tuple[ManualTick, ...]) -> Iterator[str]:
    for mark in marks:
        counts = [len(_figures(mark, document)) for document in report.documents]
        if not any(counts):
            yield f"{mark.place}: no figure is {mark.figure!r}; name its id, its line and column, or its label"
        elif max(counts) > 1 or counts.count(1) > 1:
            yield f"{mark.place}: {mark.figure!r} is several figures; add its column, its period or its document"

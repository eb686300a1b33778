"""What a person may want to know of the damage that was read through: one observation for one damage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ticktie.extract.tables import GridRow
from ticktie.model.facts import Fact, Observation
from ticktie.model.source import Document, Location, Row, Span
from ticktie.restore.lines import Line
from ticktie.restore.statement import Statement

_OF_FIGURES = {
    "separator-misread": "thousands marks misread: {0}",
    "digits-misread": "digits misread: {0}",
    "sign-misread": "a bracket is lost: {0}",
    "value-lost": "the figure is missing from its cell: {0}",
    "value-moved": "the figure stands in a neighbouring row: {0}",
    "rows-merged": "several rows are printed in one: {0}",
}


def observations(statement: Statement, facts: Sequence[Fact], document: Document) -> tuple[Observation, ...]:
    """The damage of one statement, in reading order."""
    return (
        *_of_header(statement, facts, document),
        *_of_scale(statement, facts, document),
        *_of_labels(statement, facts, document),
        *_of_figures(facts),
        *_of_unreadable(statement, document),
        *_of_shadows(statement, document),
        *_of_collapsed(statement, document),
        *_of_layout(statement, document),
    )


def _place(document: Document, row: Row) -> Location:
    """The place of a printed row: from its first cell to the end of its last text."""
    last = max((cell for cell in row.cells if cell.text), key=lambda cell: cell.column, default=row.cells[-1])
    return document.location(Span(row.cells[0].span.start, max(last.span.end, row.cells[0].span.start)))


def _of_header(statement: Statement, facts: Sequence[Fact], document: Document) -> Iterator[Observation]:
    row = _header_row(statement)
    for kind, words in (("header-lost", "does not say its period"), ("header-displaced", "has its period elsewhere")):
        odd = [index for index, column in enumerate(statement.columns) if kind in column.damage]
        if not odd:
            continue
        columns = ", ".join(str(index + 1) for index in odd)
        how = "; ".join(dict.fromkeys(word for index in odd for word in statement.columns[index].evidence))
        places = [_place(document, row)] if row else []
        if kind == "header-displaced":
            places = [document.location(aside.span) for aside in statement.region.asides] or places
        touched = tuple(fact.id for fact in facts if fact.id.rsplit(".", 1)[1] in {str(index) for index in odd})
        yield Observation(kind, f"value column {columns} {words}: {how}", tuple(places), touched)


def _header_row(statement: Statement) -> Row | None:
    rows = statement.region.rows
    first = next((index for index, row in enumerate(rows) if row in [grid.row for grid in _valued(statement)]), 0)
    return rows[max(0, first - 1)] if rows else None


def _valued(statement: Statement) -> list[GridRow]:
    return [row for row in statement.grid.rows if any(row.slots)]


def _of_scale(statement: Statement, facts: Sequence[Fact], document: Document) -> Iterator[Observation]:
    row = _header_row(statement)
    touched = tuple(fact.id for fact in facts if "scale-lost" in fact.damage)
    if statement.told.evidence and row is not None:
        message = f"nothing states the scale of the statement: {'; '.join(statement.told.evidence)}"
        yield Observation("scale-lost", message, (_place(document, row),), touched)


def _of_labels(statement: Statement, facts: Sequence[Fact], document: Document) -> Iterator[Observation]:
    lost = [line for line in statement.lines if "label-lost" in line.damage]
    rows = [line for line in statement.lines if not line.is_heading]
    if not lost:
        return
    touched = _facts_on(facts, statement, lost)
    nameless = sum(not line.label for line in lost)
    said = f"; {nameless} of them nothing names" if nameless else ""
    if len(lost) * 2 >= len(rows):
        message = f"{len(lost)} rows have lost their labels{said}"
        yield Observation("labels-lost", message, _lines(document, lost), touched)
        return
    for line in lost:
        name = f'restored as "{line.label}"' if line.label else "nothing names it"
        yield Observation(
            "label-lost",
            f"a row has lost its label: {name}",
            _lines(document, [line]),
            _facts_on(facts, statement, [line]),
        )


def _facts_on(facts: Sequence[Fact], statement: Statement, lines: Sequence[Line]) -> tuple[str, ...]:
    keys = {f"{statement.table}.{line.key}" for line in lines}
    return tuple(fact.id for fact in facts if fact.id.rsplit(".", 1)[0] in keys)


def _lines(document: Document, lines: Iterable[Line]) -> tuple[Location, ...]:
    spans = [figure.span for line in lines for figure in line.figures if figure][:50]
    return tuple(document.location(span) for span in spans)


def _of_figures(facts: Sequence[Fact]) -> Iterator[Observation]:
    for kind, words in _OF_FIGURES.items():
        hit = [fact for fact in facts if kind in fact.damage and fact.location]
        if kind in ("value-lost", "value-moved"):
            for fact in hit:
                how = "; ".join(fact.evidence[:2])
                yield Observation(kind, words.format(how), (fact.location,) if fact.location else (), (fact.id,))
        elif hit:
            prints = ", ".join(dict.fromkeys(fact.printed or "" for fact in hit))
            places = tuple(dict.fromkeys(fact.location for fact in hit if fact.location))
            yield Observation(kind, words.format(prints), places, tuple(fact.id for fact in hit))


def _of_unreadable(statement: Statement, document: Document) -> Iterator[Observation]:
    for line in statement.lines:
        for figure in line.figures:
            if figure is not None and figure.is_unreadable and re.search(r"\w", figure.raw):
                message = f"no figure can be read in this cell: {figure.raw}"
                yield Observation("figure-unreadable", message, (document.location(figure.span),))


def _of_shadows(statement: Statement, document: Document) -> Iterator[Observation]:
    rows = {row.order: row.row for row in statement.grid.rows}
    lines = {line.key: line.line for line in statement.lines}
    by_line = {row.line: row for row in rows.values()}
    for shadow, other in sorted(statement.structure.shadows, key=lambda pair: pair[0].line):
        what = f"repeats line {lines[other]} with damage" if other in lines else "is OCR debris"
        prints = ", ".join(figure.raw for figure in shadow.figures if figure)
        yield Observation("shadow-row", f"the row {what}: {prints}", (_place(document, by_line[shadow.line]),))


def _of_collapsed(statement: Statement, document: Document) -> Iterator[Observation]:
    for row in statement.grid.collapsed:
        yield Observation("rows-collapsed", "a whole column is printed in one row", (_place(document, row),))


def _of_layout(statement: Statement, document: Document) -> Iterator[Observation]:
    starts = [row for row in statement.grid.rows if row.order in statement.region.breaks]
    for row in starts:
        yield Observation("table-split", "the statement goes on in a second table", (_place(document, row.row),))
    shifted = _shifted(statement)
    if shifted:
        message = f"value columns stand in other cells from line {shifted[0].line} to line {shifted[-1].line}"
        yield Observation("cells-shifted", message, tuple(_place(document, row.row) for row in shifted))


def _shifted(statement: Statement) -> list[GridRow]:
    """The full rows of a table whose figures stand in other cells than in the statement's first full row."""
    full = [row for row in statement.grid.rows if all(row.slots)]
    spots = {row.order: tuple(slot.cell.column for slot in row.slots if slot) for row in full}
    if not full:
        return []
    first = spots[full[0].order]
    return [row for row in full if _gaps(spots[row.order]) != _gaps(first)]


def _gaps(places: Sequence[int]) -> tuple[int, ...]:
    return tuple(b - a for a, b in pairwise(places))

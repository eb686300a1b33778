"""Tables of texts that keep their columns in place: rows above one another whose figures stand in the same bands.

A table is a run of rows with the short lines between them; a line of words that runs into the value columns ends it,
and begins the header of the next one. Every cell carries its grid column, and the columns that a heading spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from ticktie.model.source import Cell, Row, Span
from ticktie.read.bands import Band, bands, covered, divided, placed, values_of
from ticktie.read.page import Line, is_break, is_length, is_prose, speaks_of_time

_FEWEST_ROWS, _FEWEST_MARKS = 2, 3
#: How far a header may stand above the first row, in lines that are not blank.
_TALLEST_HEADER = 14
#: A heading of a value column begins so many characters left of its figures, at most.
_LEFT = 8
#: A character is about so many points wide.
_POINTS = 6


class Block(Struct, frozen=True):
    """The lines of one table, ``[first, last]`` by index, with its value columns."""

    first: int
    last: int
    bands: tuple[Band, ...]


def tables(lines: Sequence[Line], width: int) -> tuple[Block, ...]:
    """The tables of a text whose columns are in place."""
    found: list[Block] = []
    for rows in _joined(lines, _runs(lines, width)):
        if not _is_table([lines[row] for row in rows]):
            continue
        columns = bands([lines[row] for row in rows])
        if columns:
            above = found[-1].last if found else -1
            found.append(Block(_top(lines, rows[0], columns, above, width), rows[-1], columns))
    return tuple(found)


def rows_of(lines: Sequence[Line], block: Block) -> list[Row]:
    """The rows of a table: header lines, headings, and rows of figures."""
    held = lines[block.first : block.last + 1]
    first = next(line.number for line in held if _holds_values(line, block.bands))
    rows: list[Row] = []
    rule: Line | None = None
    for line in reversed(held):
        if _holds_values(line, block.bands):
            rows.append(_value_row(line, block.bands))
        elif line.kind in ("row", "text"):
            rows.append(_text_row(line, block.bands, _rules(rule), line.number < first))
        if line.kind in ("row", "text", "rule"):
            rule = line if line.kind == "rule" else None
    return _one_a_row(rows[::-1])


def _one_a_row(rows: Sequence[Row]) -> list[Row]:
    """Rows, with the figures of one that is printed over two lines in one."""
    out: list[Row] = []
    for row in rows:
        if out and _completes(out[-1], row):
            cells = (below if below.text else above for above, below in zip(out[-1].cells, row.cells, strict=True))
            out[-1] = Row(tuple(cells), out[-1].line, row.columns)
        else:
            out.append(row)
    return out


def _completes(above: Row, row: Row) -> bool:
    """Whether a line without a label right below a row holds figures in its blank columns, and in those alone."""
    if row.cells[0].text or row.line != above.line + 1 or len(above.cells) != len(row.cells):
        return False
    held = [(bool(a.text), bool(b.text)) for a, b in zip(above.cells[1:], row.cells[1:], strict=True)]
    return bool(above.cells[0].text) and any(a for a, _ in held) and all(a != b for a, b in held)


def _rules(line: Line | None) -> list[tuple[int, int]]:
    """The strokes of a rule; none of one that runs through."""
    strokes = [(match.start(), match.end()) for match in re.finditer(r"[-=_–—*~]{2,}", line.text)] if line else []
    return strokes if len(strokes) > 1 else []


def _holds_values(line: Line, columns: Sequence[Band]) -> bool:
    """Whether the marks of a line stand in the value columns, and not in a label."""
    marks = values_of(line)
    return line.kind == "row" and (marks[0].gap or len(marks) > 1) and marks[-1].end > columns[0].start


# --- which lines belong together -----------------------------------------------------------------------------------


def _runs(lines: Sequence[Line], width: int) -> list[list[int]]:
    """Runs of rows that no line of words in the value columns, no sentence and no page break parts."""
    runs: list[list[int]] = [[]]
    for index, line in enumerate(lines):
        run = runs[-1]
        rows = [lines[row] for row in run[-12:]]
        if line.kind == "row" and _is_apart(line, rows):
            run.append(index)
        elif run and (is_break(line) or (line.kind in ("row", "text") and _parts(line, rows, width))):
            runs.append([])
    return [run for run in runs if run]


def _is_table(rows: Sequence[Line]) -> bool:
    apart = [row for row in rows if any(mark.gap for mark in row.marks)]
    return len(apart) >= _FEWEST_ROWS and sum(len(values_of(row)) for row in apart) >= _FEWEST_MARKS


def _is_apart(line: Line, rows: Sequence[Line]) -> bool:
    """Whether the figures of a row stand apart from its label, not left of where those of the rows above stand."""
    return any(mark.gap for mark in line.marks) and (len(rows) < 2 or line.end > _left(rows) - 2)


def _parts(line: Line, rows: Sequence[Line], width: int) -> bool:
    """Whether a line of words ends the table above: it runs into the value columns, or is part of a sentence."""
    return is_prose(line, width) or line.end > _left(rows) + 1


def _left(rows: Sequence[Line]) -> int:
    """Where the value columns begin."""
    return min((values_of(row)[0].start for row in rows if values_of(row)[0].gap), default=10**6)


def _joined(lines: Sequence[Line], runs: Sequence[list[int]]) -> list[list[int]]:
    """Runs, with those joined that only a long label parts."""
    out: list[list[int]] = []
    for run in runs:
        if out and _goes_on(lines, out[-1], run):
            out[-1] = [*out[-1], *run]
        else:
            out.append(run)
    return out


def _goes_on(lines: Sequence[Line], above: Sequence[int], below: Sequence[int]) -> bool:
    """Whether rows go on below a line that is no header: few lines of words without time between, the same bands."""
    between = [line for line in lines[above[-1] + 1 : below[0]] if line.kind != "blank"]
    if len(between) > 4 or any(is_break(line) or speaks_of_time(line.text) for line in between):
        return False
    ours, theirs = bands([lines[row] for row in above]), bands([lines[row] for row in below])
    return bool(theirs) and all(any(band.shared(a.start, a.end) > 1 for a in ours) for band in theirs)


# --- the header above a table --------------------------------------------------------------------------------------


def _top(lines: Sequence[Line], first: int, columns: Sequence[Band], above: int, width: int) -> int:
    """The index of the first line of a table: of its header, else of the headings right above its first row."""
    near, top, seen = first, None, 0
    for index in range(first - 1, above, -1):
        line = lines[index]
        if is_break(line) or seen >= _TALLEST_HEADER or line.kind == "row":
            break
        if line.kind != "text":
            continue
        seen += 1
        if _is_header(line, columns) and not is_prose(line, width):
            top = index
        elif _end(line) > columns[0].start or top is not None:
            break
        elif not _is_far(lines, index, near):
            near = index
    return near if top is None else top


def _end(line: Line) -> int:
    """Where the words of a line end."""
    return max((end for _, end in _segments(line)), default=0)


def _is_far(lines: Sequence[Line], index: int, top: int) -> bool:
    """Whether more than one blank line parts a line from the table below it."""
    return sum(line.kind == "blank" for line in lines[index:top]) > 1


def _is_header(line: Line, columns: Sequence[Band]) -> bool:
    """Whether all words of a line but those of the label column stand over value columns."""
    segments = _segments(line)
    over = [start for start, _ in segments if start >= columns[0].start - 12]
    if len(segments) == 1:
        start, end = segments[0]
        return start >= columns[0].start - _LEFT and end <= columns[-1].end + 12
    return bool(over)


# --- cells ---------------------------------------------------------------------------------------------------------


def _value_row(line: Line, columns: Sequence[Band]) -> Row:
    marks = values_of(line)
    label = _label(line, marks[0].start)
    held = dict(zip(placed(marks[-len(columns) :], columns), marks[-len(columns) :], strict=True))
    cells = [_cell(line, held[k].start, held[k].end, k + 1) if k in held else _blank(line, band, k + 1)
             for k, band in enumerate(columns)]  # fmt: skip
    return Row((label, *cells), line.number, len(columns) + 1)


def _label(line: Line, end: int) -> Cell:
    text = re.sub(r"[\s$€£¥(]+$", "", line.text[:end])
    start = min(line.indent, len(text))
    return Cell(
        " ".join(text.split()), Span(line.start + start, line.start + max(start, len(text))), 0, indent=start * _POINTS
    )


def _cell(line: Line, start: int, end: int, column: int, width: int = 1) -> Cell:
    text = " ".join(line.text[start:end].split())
    return Cell(text, Span(line.start + start, line.start + end), column, width)


def _blank(line: Line, band: Band, column: int) -> Cell:
    """The place where a figure would stand."""
    end = min(band.end, len(line.text))
    return Cell("", Span(line.start + min(band.start, end), line.start + end), column)


def _text_row(line: Line, columns: Sequence[Band], extents: Sequence[tuple[int, int]], above: bool) -> Row:
    """A header line (``above`` the first figures), each of its pieces over the columns that it heads; or a heading."""
    cells: list[Cell] = []
    pieces = _pieces(line) if above else _segments(line)
    over_all = _shared_out(line, pieces, columns) if above and not extents else {}
    for start, end in pieces:
        if start <= line.indent and _is_label_of(line, start, end, columns[0].start, above):
            cells.append(_cell(line, start, end, 0))
            continue
        over = over_all.get(start) or covered(*_extent(start, end, extents), columns)
        cells.append(_cell(line, start, end, over[0] + 1, len(over)))
    if cells[0].column:
        cells.insert(0, Cell("", Span(line.start, line.start), 0))
    indent = line.indent * _POINTS
    first = Cell(cells[0].text, cells[0].span, 0, 1, indent)
    return Row((first, *cells[1:]), line.number, len(columns) + 1)


def _is_label_of(line: Line, start: int, end: int, left: int, above: bool) -> bool:
    """Whether the first words of a line stand in the label column, which ends at ``left``."""
    if not above:
        return start < left
    near = start >= left - _LEFT and bool(_date().search(line.text, start, end))
    return start < left - 2 * _LEFT or (end <= left and not near)


def _shared_out(line: Line, pieces: Sequence[tuple[int, int]], columns: Sequence[Band]) -> dict[int, range]:
    """The columns that each length of a period heads where nothing but its middle says how far it reaches."""
    heads = [piece for piece in pieces if piece[0] >= columns[0].start - 2 * _LEFT]
    if not heads or len(heads) >= len(columns) or not all(is_length(line.text[start:end]) for start, end in heads):
        return {}
    if len(heads) > 1 and all(_is_over_one(start, end, columns) for start, end in heads):
        return {}
    groups = divided(heads, columns)
    return {start: group for (start, _), group in zip(heads, groups, strict=True)}


def _is_over_one(start: int, end: int, columns: Sequence[Band]) -> bool:
    """Whether words stand with their middle over the middle of one column."""
    return any(abs(band.start + band.end - start - end) <= 4 for band in columns)


def _extent(start: int, end: int, extents: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The rule under a heading shows how far it reaches."""
    below = [rule for rule in extents if min(rule[1], end) > max(rule[0], start)]
    return (below[0][0], below[-1][1]) if len(below) == 1 else (start, end)


def _pieces(line: Line) -> list[tuple[int, int]]:
    """The segments of a header line; one with several dates in it parts between them."""
    return [piece for start, end in _segments(line) for piece in _dates(line, start, end)]


def _segments(line: Line) -> list[tuple[int, int]]:
    """The runs of words with single blanks between them."""
    found = [(match.start(), match.end()) for match in _segment().finditer(line.text)]
    return [(start, end) for start, end in found if line.text[start:end].strip("-=_ ")] or found[:1]


@cache
def _segment() -> re.Pattern[str]:
    return re.compile(r"\S+(?:(?: |(?<=\d,) {2,3}(?=(?:19|20)\d\d))\S+)*")


@cache
def _date() -> re.Pattern[str]:
    return re.compile(
        r"(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?,?\s\d{1,2}\b(?:,?\s{0,3}(?:19|20)\d\d\b|,)?"
        r"|\b(?:19|20)\d\d\b"
    )


def _dates(line: Line, start: int, end: int) -> list[tuple[int, int]]:
    """One piece a date where several follow one another in ``[start, end)``; the whole otherwise."""
    found = list(_date().finditer(line.text, start, end))
    if len(found) < 2:
        return [(start, end)]
    cuts = [start, *(match.start() for match in found[1:]), end]
    return [(a, a + len(line.text[a:b].rstrip())) for a, b in pairwise(cuts)]

"""Tables of texts whose columns have run together: a label, then the figures of its row, one blank apart.

Which column a figure of a short row stands in, the print does not say any more: cells only count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from ticktie.model.source import Cell, Row, Span
from ticktie.read import wrapped
from ticktie.read.marks import Mark
from ticktie.read.page import Line, is_note, is_prose, is_time_header, speaks_of_time

_FEWEST_ROWS = 2
#: So many lines without figures may stand between two rows.
_WIDEST_GAP = 4
_TALLEST_HEADER = 5


class Block(Struct, frozen=True):
    """The lines of one table, ``[first, last]`` by index, with the usual number of figures in a row."""

    first: int
    last: int
    columns: int


def tables(lines: Sequence[Line], width: int) -> tuple[Block, ...]:
    """The tables of a text whose columns have run together."""
    found: list[Block] = []
    for run in _runs(lines, width):
        columns = _columns([lines[row] for row in run])
        above = found[-1].last if found else -1
        found.append(Block(_top(lines, run[0], above, width), _bottom(lines, run[-1], width), columns))
    return tuple(found)


def rows_of(lines: Sequence[Line], block: Block) -> list[Row]:
    """The rows of a table: headings and header lines of one cell, and rows of figures."""
    rows = []
    for line in lines[block.first : block.last + 1]:
        if line.kind == "row" and _is_row(line, block.columns):
            rows.append(_value_row(line, block.columns))
        elif line.kind in ("row", "text"):
            rows.append(_text_row(line))
    return rows


def joined(rows: Sequence[Row], text: str) -> tuple[Row, ...]:
    """``rows`` with wrapped labels in one piece."""
    return wrapped.joined(rows, text)


def _runs(lines: Sequence[Line], width: int) -> list[list[int]]:
    """Runs of rows with few lines of words between them, none of them part of a sentence."""
    runs: list[list[int]] = [[]]
    words = 0
    for index, line in enumerate(lines):
        if line.kind == "row" and not _is_sentence(line, width):
            runs[-1].append(index)
            words = 0
        elif line.kind in ("row", "text"):
            words += 1
            if runs[-1] and (words > _WIDEST_GAP or _ends_table(line, lines, index, width)):
                runs.append([])
        elif line.kind == "markup" or "\f" in line.text:
            runs.append([])
    return [run for run in runs if _is_table([lines[row] for row in run])]


def _ends_table(line: Line, lines: Sequence[Line], index: int, width: int) -> bool:
    """Whether a line of words begins running text, or the heading of another table."""
    return is_note(line.text) or is_time_header(line.text) or (is_prose(line, width) and not _is_wrapped(lines, index))


def _is_wrapped(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line is a row or nothing but figures."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and following.kind == "row" and len(following.marks) > 1


def _is_sentence(line: Line, width: int) -> bool:
    """Whether one figure ends a line by chance."""
    return len(line.marks) == 1 and (is_prose(line, width) or not line.label)


def _is_table(rows: Sequence[Line]) -> bool:
    return len(rows) >= _FEWEST_ROWS and any(len(row.marks) > 1 for row in rows)


def _columns(rows: Sequence[Line]) -> int:
    counts = Counter(len(row.marks) for row in rows)
    return max(counts, key=lambda number: (counts[number], number))


def _is_row(line: Line, columns: int) -> bool:
    return bool(line.marks)


def _top(lines: Sequence[Line], first: int, above: int, width: int) -> int:
    """The first line of a table: its header lines, and the headings right above its first row."""
    top, headed = first, False
    for seen, index in enumerate(range(first - 1, max(above, first - 1 - _TALLEST_HEADER), -1), 1):
        line = lines[index]
        if line.kind not in ("text", "row") or is_prose(line, width) or is_note(line.text):
            break
        timed = speaks_of_time(line.text)
        if headed and not timed:
            break
        if timed or seen <= 2:
            top, headed = index, headed or timed
    return top


def _bottom(lines: Sequence[Line], last: int, width: int) -> int:
    """The last line of a table, with what is left of a label below its last row."""
    following = lines[last + 1] if last + 1 < len(lines) else None
    if following is None or following.kind != "text" or is_prose(following, width):
        return last
    return last + 1 if wrapped.goes_on(lines[last].label, following.text.strip()) else last


def _value_row(line: Line, columns: int) -> Row:
    marks = line.marks[-columns:]
    label = _cell(line, line.indent, len(line.text[: marks[0].start].rstrip(" $€£¥(")), 0)
    return Row((label, *(_mark(line, mark, k) for k, mark in enumerate(marks, 1))), line.number)


def _mark(line: Line, mark: Mark, column: int) -> Cell:
    return _cell(line, mark.start, mark.end, column)


def _text_row(line: Line) -> Row:
    return Row((_cell(line, line.indent, line.end, 0),), line.number)


def _cell(line: Line, start: int, end: int, column: int) -> Cell:
    start = min(start, end)
    return Cell(" ".join(line.text[start:end].split()), Span(line.start + start, line.start + end), column)

"""Rows of markdown tables, of pipes or of elements, on the grid that their figures show.

OCR engines put labels and first figures into one cell, leave spans out, or count them wrong: so the columns are those
of the rows with figures, and a header is laid over them by its spans where these add up, else by its order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import unescape
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ticktie.model.source import Cell, Row, Span
from ticktie.read.marks import is_year, marks_of


class Raw(Struct, frozen=True):
    """One cell as it is written: its text, its place, the columns it says it spans; ``rest`` is what stands in it
    below a line break."""

    text: str
    start: int
    end: int
    span: int = 1
    below: tuple[Raw, ...] = ()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "tag": re.compile(r"(?i)<(/?)(t[rdh]|caption)\b([^<>]{0,300})>"),
        "span": re.compile(r"(?i)colspan\s*=\s*[\"']?(\d{1,2})"),
        "break": re.compile(r"(?i)<br\s*/?>|\n"),
        "inline": re.compile(r"<[^<>]{0,80}>|\*{2,3}|(?<![\w*])_(?=\S)|(?<=\S)_(?![\w*])|(?<!\\)\\(?=[$()*_|])"),
        "rule": re.compile(r"[\s:|-]*-{2,}[\s:|-]*"),
        "pipe": re.compile(r"(?<!\\)\|"),
    }


def pipe_cells(line: str, offset: int) -> list[Raw]:
    """The cells between the pipes of one line; none for the rule under a header."""
    if _patterns()["rule"].fullmatch(line) or "|" not in line:
        return []
    body = line.rstrip()
    cuts = [match.start() for match in _patterns()["pipe"].finditer(body)]
    edges = [*cuts] if body.endswith("|") else [*cuts, len(body)]
    if body[: edges[0]].strip():
        edges.insert(0, -1)
    return [_raw(line, offset, a + 1, b) for a, b in pairwise(edges)]


def element_rows(content: str, start: int, end: int) -> list[list[Raw]]:
    """The rows of a table element at ``[start, end)``."""
    rows: list[list[Raw]] = []
    opened: tuple[int, int] | None = None
    for tag in _patterns()["tag"].finditer(content, start, end):
        if opened is not None:
            rows[-1].append(_element(content, opened[0], tag.start(), opened[1]))
            opened = None
        name, closes = tag[2].lower(), bool(tag[1])
        if closes:
            continue
        if name in ("tr", "caption") or not rows:
            rows.append([])
        if name != "tr":
            span = _patterns()["span"].search(tag[3])
            opened = (tag.end(), min(60, max(1, int(span[1]))) if span else 1)
    if opened is not None:
        rows[-1].append(_element(content, opened[0], end, opened[1]))
    return [row for row in rows if row]


def rows_of(raw: Sequence[Sequence[Raw]], line_of: Callable[[int], int]) -> tuple[Row, ...]:
    """The rows of a table on one grid: the label in column 0, every value column in one other."""
    parted = _trimmed([part for row in raw for part in _without_section(list(_parted(row)))])
    columns = _columns(parted)
    if columns < 2:
        return tuple(_plain(row, line_of) for row in parted)
    return tuple(_placed(row, columns, line_of) for row in parted)


def _raw(line: str, offset: int, start: int, end: int) -> Raw:
    words = line[start:end]
    lead = len(words) - len(words.lstrip())
    stripped = words.strip()
    at = offset + start + (lead if stripped else 0)
    return Raw(_cleaned(stripped), at, at + len(stripped))


def _element(content: str, start: int, end: int, span: int) -> Raw:
    """A cell of an element; what stands below a line break in it is kept apart."""
    parts, position = [], start
    for match in [*_patterns()["break"].finditer(content, start, end), None]:
        stop = match.start() if match else end
        if content[position:stop].strip():
            parts.append(_raw(content, 0, position, stop))
        position = match.end() if match else end
    parts = [part for part in parts if part.text]
    if not parts:
        return Raw("", start, start, span)
    words = " ".join(part.text for part in parts)
    return Raw(words, parts[0].start, parts[-1].end, span, tuple(parts))


def _cleaned(words: str) -> str:
    return " ".join(unescape(_patterns()["inline"].sub("", words)).split())


def _parted(row: Sequence[Raw]) -> Iterator[Raw]:
    """The cells of a row; a first cell of words over a figure is a label and the first figure."""
    first = row[0]
    if len(first.below) > 1 and _is_figure(first.below[-1].text) and not _is_figure(first.below[0].text):
        words = first.below[:-1]
        yield Raw(" ".join(part.text for part in words), words[0].start, words[-1].end)
        yield replace(first.below[-1], below=())
        yield from row[1:]
    else:
        yield from row


def _without_section(row: list[Raw]) -> Iterator[list[Raw]]:
    """A row; the heading of a section that stands in a cell before its label is a row of its own."""
    words = [bool(cell.text) and not _is_figure(cell.text) for cell in row[:2]]
    if len(row) > 3 and all(words) and sum(_is_figure(cell.text) for cell in row[2:]) > 1:
        yield row[:1]
        row = row[1:]
    yield row


def _trimmed(rows: list[list[Raw]]) -> list[list[Raw]]:
    """Rows without the cells behind the last figure of any row."""
    held = [row for row in rows if any(_is_figure(cell.text) for cell in row[1:])]
    last = max((len(row) - next(k for k, cell in enumerate(reversed(row)) if cell.text) for row in held), default=0)
    return [row[:last] if row in held else row for row in rows]


def _columns(rows: Sequence[Sequence[Raw]]) -> int:
    """The usual number of cells of the rows with figures."""
    counts = Counter(sum(cell.span for cell in row) for row in rows if any(_is_figure(cell.text) for cell in row[1:]))
    return max(counts, key=lambda number: (counts[number], number), default=0)


def _is_figure(words: str) -> bool:
    marks = marks_of(words)
    return len(marks) == 1 and not words[: marks[0].start].strip(" $€£¥") and not is_year(words)


def _plain(row: Sequence[Raw], line_of: Callable[[int], int]) -> Row:
    """A row of a table without figures: its cells in order."""
    cells = tuple(Cell(cell.text, Span(cell.start, cell.end), column) for column, cell in enumerate(row))
    return Row(cells, line_of(row[0].start))


def _placed(row: Sequence[Raw], columns: int, line_of: Callable[[int], int]) -> Row:
    """A row on the grid, with the columns its cells span; a row that lacks its label has figures only."""
    cells = _laid(row, columns)
    if cells[0].column:
        cells.insert(0, Cell("", Span(row[0].start, row[0].start), 0))
    return Row(tuple(cells), line_of(row[0].start), columns)


def _laid(row: Sequence[Raw], columns: int) -> list[Cell]:
    width = sum(cell.span for cell in row)
    held = any(_is_figure(cell.text) for cell in row)
    heads = sum(bool(cell.text) for cell in row)
    if len(row) > 1 and (width < columns or (width > columns and not held and heads == columns - 1)):
        return _ordered(row, columns, held)
    cells: list[Cell] = []
    column = 0
    row = row if held else _with_note_heading(row)
    for index, cell in enumerate(row):
        if column < columns and not (cells and not cell.text and column < cells[-1].column + cells[-1].width):
            span = min(_reach(row, index, held), columns - column)
            over = 1 if not column and 1 < span < columns and not held else 0
            cells.append(Cell(cell.text, Span(cell.start, cell.end), column + over, span - over))
        column += cell.span
    return cells


def _with_note_heading(row: Sequence[Raw]) -> Sequence[Raw]:
    """A header whose "Note" has slipped over the labels, with it over the notes again."""
    if len(row) > 2 and not row[1].text and re.fullmatch(r"(?i)notes?\.?", row[0].text):
        return [row[1], row[0], *row[2:]]
    return row


def _reach(row: Sequence[Raw], index: int, held: bool) -> int:
    """The columns a cell spans; a heading of a pipe table goes on over the blank cells behind it."""
    cell = row[index]
    if held or not index or not cell.text or cell.span > 1:
        return cell.span
    following = next((k for k, other in enumerate(row[index + 1 :], index + 1) if other.text), len(row))
    heads = sum(bool(other.text) for other in row[1:])
    even = heads > 0 and (len(row) - index) % (following - index) == 0
    return following - index if even else 1


def _ordered(row: Sequence[Raw], columns: int, held: bool) -> list[Cell]:
    """The cells of a row that is too short, from the right: a lost label, or a header without a cell over labels."""
    words = list(row)
    label = [words.pop(0)] if held and not _is_figure(words[0].text) else []
    if not held:
        words = [cell for cell in words if cell.text] or words
    share, rest = divmod(columns - 1, len(words)) if words else (1, 0)
    if rest or held:
        share, first = 1, columns - len(words)
    else:
        first = 1
    cells = [Cell(cell.text, Span(cell.start, cell.end), 0) for cell in label]
    return cells + [
        Cell(cell.text, Span(cell.start, cell.end), first + k * share, share) for k, cell in enumerate(words)
    ]

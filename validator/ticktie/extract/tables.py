"""From the rows of a region to a grid: which cells are figures, how many value columns there are, what stands in each.

The number of value columns is the modal number of figures; a full row takes its figures in order, so a shifted cell
does no harm; a short row takes its columns from the nearest full row of the same width.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ticktie.extract.numbers import CellContent, cleaned, content, is_year
from ticktie.extract.periods import dates, durations
from ticktie.extract.regions import Region
from ticktie.model.source import Cell, Row

_VALUES = ("figure", "letters")
_MOST_PARTS = 4
#: How many cells from its column a nil mark may stand; a bullet is likelier a stray mark.
_REACH = {"nil": 1.0, "bullet": 0.5}


class Slot(Struct, frozen=True):
    """One cell that holds a figure (or what is left of one), with the line it stands on."""

    cell: Cell
    content: CellContent
    line: int


class GridRow(Struct, frozen=True):
    """One printed row: its label, its figures by value column (None: blank), and what fits no column.

    ``order`` is its place among the region's rows, ``block`` the table that it stands in; ``empty`` holds the blank
    cells by column, where a lost figure would stand.
    """

    order: int
    block: int
    row: Row
    label: str
    slots: tuple[Slot | None, ...]
    spare: tuple[Slot, ...] = ()

    @property
    def line(self) -> int:
        return self.row.line


class Grid(Struct, frozen=True):
    """A region as value rows over ``columns`` value columns, with its header rows and the rows that only repeat a
    whole column (``collapsed``) or hold a page number or stray marks (``strays``).

    ``places`` are the grid columns that the value columns stand in, where the geometry of the rows is true."""

    region: Region
    columns: int
    rows: tuple[GridRow, ...]
    headers: tuple[Row, ...]
    collapsed: tuple[Row, ...]
    strays: tuple[Row, ...]
    places: tuple[int, ...] = ()


class _Full(Struct, frozen=True):
    """The full rows of a region, in order: all of them, and by their number of cells."""

    rows: tuple[Row, ...]
    by_width: dict[int, list[Row]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> _Full:
        every = tuple(rows)
        by_width: dict[int, list[Row]] = {}
        for row in every:
            by_width.setdefault(len(row.cells), []).append(row)
        return cls(every, by_width)

    def nearest(self, row: Row) -> Row | None:
        """The full row nearest to ``row`` among those of its width, else among all; of two the one above."""
        among = self.by_width.get(len(row.cells), self.rows)
        place = bisect_right(among, row.line, key=lambda other: other.line)
        around = among[max(0, place - 1) : place + 1]
        return min(around, key=lambda other: (abs(other.line - row.line), other.line > row.line), default=None)


def grid(region: Region) -> Grid:
    """The grid of ``region``; one without value columns where it holds no figures."""
    columns = column_count(region.rows)
    found: dict[str, list[Row]] = {"header": [], "collapsed": [], "stray": [], "value": []}
    orders = {id(row): order for order, row in enumerate(region.rows)}
    for row in region.rows:
        found[_sort(row, columns)].append(row)
    full = _Full.of(row for row in found["value"] if len(_slots(row, _VALUES)) == columns)
    rows = [_grid_row(region, row, orders[id(row)], columns, full) for row in found["value"]]
    return Grid(region, columns, tuple(rows), tuple(found["header"]), tuple(found["collapsed"]), tuple(found["stray"]))


def column_count(rows: Sequence[Row]) -> int:
    """The modal number of figures in the rows that hold any; the larger of two equally frequent ones."""
    counts = Counter(len(_slots(row, (*_VALUES, "many"))) for row in rows if not is_header(row))
    counts.pop(0, None)
    if set(counts) - {1}:
        counts[1] = counts[1] // 2
    return max(counts, key=lambda n: (counts[n], n), default=0)


def is_header(row: Row) -> bool:
    """Whether a row holds dates, years or durations and no figure of its own."""
    texts = [cell.text for cell in row.cells if cell.text]
    figures = [cell for cell in row.cells if cell.column and content(cell.text).kind in (*_VALUES, "many")]
    if any(not is_year(cell.text) for cell in figures if not _dated(cell.text)):
        return False
    return any(is_year(text) or _dated(text) for text in texts if len(text) < 120)


def label_of(row: Row) -> str:
    """The words before the first figure; a single letter in a cell of its own is a misread currency sign."""
    words = []
    for cell in row.cells:
        if cell.column and len(cell.text) == 1 and cell.text.isalpha():
            continue
        kind = content(cell.text).kind
        if kind in ("figure", "nil", "many") or (kind == "letters" and cell.column):
            break
        if kind in ("text", "letters"):
            words.append(cleaned(cell.text))
    return " ".join(words)


def _dated(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3}|/", text)) and bool(dates(text) or durations(text))


def _slots(row: Row, kinds: Sequence[str]) -> list[Slot]:
    """The cells of the given kinds, in order; the first cell only where it holds a well-formed figure."""
    out = []
    for cell, following in zip(row.cells, (*row.cells[1:], None), strict=True):
        held = _content(cell, following)
        if held.kind in kinds and (cell.column or held.is_well_formed):
            out.append(Slot(cell, held, row.line))
    money = [slot for slot in out if not slot.content.is_percent]
    return money if len(money) * 2 >= len(out) else out


def _content(cell: Cell, following: Cell | None) -> CellContent:
    """What a cell holds, with the closing bracket or percent sign that stands in the next cell."""
    tail = following.text if following and re.fullmatch(r"\)?\s?%?", following.text) else ""
    return content(cell.text + tail) if tail and cell.text else content(cell.text)


def _sort(row: Row, columns: int) -> str:
    """What a row is: ``header``, ``value``, ``collapsed`` or ``stray``."""
    if is_header(row):
        return "header"
    held = [content(cell.text) for cell in row.cells]
    if any(len(item.parts) > _MOST_PARTS for item in held):
        return "collapsed"
    figures = _slots(row, (*_VALUES, "many"))
    if not figures:
        return "value" if label_of(row) else "stray"
    return "stray" if columns > 1 and _is_page_number(row, figures) else "value"


def _is_page_number(row: Row, figures: Sequence[Slot]) -> bool:
    """One small whole number without a label and nothing else in the row."""
    only = [cell for cell in row.cells if cell.text]
    return len(only) == len(figures) == 1 and bool(re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", only[0].text))


def _grid_row(region: Region, row: Row, order: int, columns: int, full: _Full) -> GridRow:
    block = bisect_right(region.breaks, order)
    slots, spare = _assign(row, columns, full)
    return GridRow(order, block, row, label_of(row), slots, spare)


def _assign(row: Row, columns: int, full: _Full) -> tuple[tuple[Slot | None, ...], tuple[Slot, ...]]:
    """The slots of a row by value column, and those that found none."""
    figures = _slots(row, (*_VALUES, "many"))
    with_nil = _slots(row, (*_VALUES, "many", "nil"))
    for chosen in (with_nil, figures):
        if len(chosen) == columns:
            return tuple(chosen), ()
    if len(figures) > columns:
        return tuple(figures[:columns]), tuple(figures[columns:])
    return _placed(_slots(row, (*_VALUES, "many", "nil", "bullet")), columns, _positions(row, full, columns))


def _positions(row: Row, full: _Full, columns: int) -> tuple[float, ...]:
    """The cell numbers of the value columns, from the nearest full row of the same width, else of any width."""
    nearest = full.nearest(row)
    if nearest is None:
        width = len(row.cells)
        return tuple((k + 1) * (width - 1) / columns for k in range(columns))
    return tuple(float(slot.cell.column) for slot in _slots(nearest, _VALUES))


def _placed(
    slots: Sequence[Slot], columns: int, positions: Sequence[float]
) -> tuple[tuple[Slot | None, ...], tuple[Slot, ...]]:
    """Slots in the value columns they stand nearest to, figures before nil marks, in order and none twice."""
    figures = [slot for slot in slots if slot.content.kind not in _REACH]
    chosen = _aligned(figures, columns, positions)
    taken: list[Slot | None] = [None] * columns
    for slot, column in zip(figures, chosen, strict=True):
        taken[column] = slot
    spare = []
    for slot in slots:
        if slot.content.kind in _REACH:
            column = min(range(columns), key=lambda k: abs(positions[k] - slot.cell.column))
            if taken[column] is None and abs(positions[column] - slot.cell.column) <= _REACH[slot.content.kind]:
                taken[column] = slot
            else:
                spare.append(slot)
    return tuple(taken), tuple(spare)


def _aligned(slots: Sequence[Slot], columns: int, positions: Sequence[float]) -> tuple[int, ...]:
    """The increasing assignment of slots to columns with the least distance in cells (dynamic programme)."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for slot in slots:
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for column in range(columns):
            options = [value for last, value in best.items() if last < column]
            if options:
                cost, path = min(options)
                step[column] = (cost + abs(positions[column] - slot.cell.column), (*path, column))
        best = step
    return min(best.values())[1] if best else ()

"""A table element as a grid of label and value columns.

Cells take their place by their spans; ``$``, ``)`` and ``%`` of cells of their own go back to their figures; spacer
columns vanish. A value column is where the figures of the rows overlap, whatever columns the markup has.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ticktie.read.markup_blocks import Piece, RawCell, joined, lines

#: What stands before a figure in a cell of its own, and what behind.
_BEFORE = re.compile(r"(?:[A-Z]{0,3}\s?[$€£¥₹]|USD|EUR|GBP|Rs\.?)?\s?\(?|[-–−]?\s?[$€£¥]")
_BEHIND = re.compile(r"[)\]]?\s?%?\s?[)\]]?|[)\]]?\s?(?:pts?\.?|bps|ppts?|x)|[*†‡§]{1,3}")
_FIGURE = re.compile(
    r"(?:[A-Z]{0,3}\s?[$€£¥₹]|USD|EUR|GBP|Rs\.?)?\s?[-–−(\[]?\s?[$€£¥]?\s?(?:\d[\d,]*(?:\.\d*)?|\.\d+)\s?[)\]]?\s?"
    r"(?:%|pts?\.?|bps|x)?\s?[)\]]?[*†‡§]{0,3}"
)
_NIL = re.compile(r"[$€£¥]?\s?\(?\s?(?:[-–—−_]{1,4}|nil)\s?%?\s?\)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: How many columns of markup may lie between a figure and its sign.
_REACH = 1


class Placed(Struct, frozen=True):
    """A cell on the columns ``[start, end)`` of the markup; ``low`` and ``high`` are those with its signs."""

    cell: RawCell
    text: str
    start: int
    end: int
    low: int
    high: int

    @property
    def is_figure(self) -> bool:
        return is_figure(self.text)


class Member(Struct, frozen=True):
    """A cell on the grid: from column ``column`` (labels in 0) over ``width`` columns."""

    cell: RawCell
    text: str
    column: int
    width: int


class Geometry(Struct, frozen=True):
    """The rows of a table over ``columns`` grid columns, the label column among them."""

    rows: tuple[tuple[Member, ...], ...]
    columns: int


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure or a nil mark and nothing else."""
    return bool(_FIGURE.fullmatch(text) or _NIL.fullmatch(text))


def geometry(rows: Sequence[Sequence[RawCell]]) -> Geometry:
    """The grid of a table."""
    placed = [_with_signs(row) for row in _placed(list(_split_rows(rows)))]
    zones = _zones(placed)
    return Geometry(tuple(tuple(_members(row, zones)) for row in placed if row), len(zones) + 1)


def is_data(rows: Iterable[Sequence[Member]]) -> bool:
    """Whether a table holds figures beside labels, and does not only lay out text (a bullet or a number before it)."""
    return any(any(is_figure(member.text) for member in row[1:]) for row in rows)


# --- places by spans ---------------------------------------------------------------------------------------------


def _placed(rows: Sequence[Sequence[RawCell]]) -> Iterator[list[Placed]]:
    """The cells of each row that hold text, on the columns that the spans of all rows leave them."""
    held: dict[int, int] = {}
    for row in rows:
        found, column = [], 0
        taken = {at for at, left in held.items() if left > 0}
        held = {at: left - 1 for at, left in held.items() if left > 1}
        for cell in row:
            while column in taken:
                column += 1
            end = column + cell.colspan
            if cell.pieces:
                found.append(Placed(cell, cell.text, column, end, column, end))
            if cell.rowspan > 1:
                held |= dict.fromkeys(range(column, end), cell.rowspan - 1)
            column = end
        yield found


def _split_rows(rows: Sequence[Sequence[RawCell]]) -> Iterator[Sequence[RawCell]]:
    """The rows; one whose cells hold several figures each, line by line, is as many rows."""
    for row in rows:
        if any(piece.lead == "\n" for cell in row for piece in cell.pieces):
            yield from _split(row)
        else:
            yield row


def _split(row: Sequence[RawCell]) -> list[Sequence[RawCell]]:
    parts = [list(lines(cell.pieces)) if cell.pieces else [] for cell in row]
    counts = {len(part) for part in parts if len(part) > 1 and all(is_figure(joined(line)) for line in part)}
    number = counts.pop() if len(counts) == 1 else 1
    years = all(_YEAR.fullmatch(joined(line)) for part in parts if len(part) == number for line in part)
    if number == 1 or years or any(len(part) not in (0, number) for part in parts):
        return [row]
    return [
        [replace(cell, pieces=part[k] if part else ()) for cell, part in zip(row, parts, strict=True)]
        for k in range(number)
    ]


# --- signs in cells of their own ---------------------------------------------------------------------------------


def _with_signs(row: Sequence[Placed]) -> list[Placed]:
    """The cells of a row with signs and brackets put back to the figures that they belong to."""
    out: list[Placed] = []
    for cell in row:
        last = out[-1] if out else None
        if last is not None and _is_before(last, cell):
            out[-1] = _merged(last, cell, cell.start, cell.end)
        elif last is not None and _is_behind(last, cell):
            out[-1] = _merged(last, cell, last.start, last.end)
        else:
            out.append(cell)
    return out


def _is_before(sign: Placed, figure: Placed) -> bool:
    near = figure.start - sign.high <= _REACH
    return near and bool(_BEFORE.fullmatch(sign.text)) and figure.is_figure


def _is_behind(figure: Placed, sign: Placed) -> bool:
    near = sign.start - figure.high <= _REACH
    return near and bool(_BEHIND.fullmatch(sign.text)) and figure.is_figure and "%" not in figure.text


def _merged(a: Placed, b: Placed, start: int, end: int) -> Placed:
    """Two cells as one at ``[start, end)``; brackets and percent signs stand close, currencies apart."""
    close = a.text.endswith(("(", "-", "–", "−")) or b.text.startswith((")", "]", "%", "*", "†", "‡", "§"))
    first, *rest = b.cell.pieces
    pieces = (*a.cell.pieces, Piece(first.text, first.start, first.end, "" if close else " "), *rest)
    cell = replace(a.cell, pieces=pieces, path=b.cell.path if start == b.start else a.cell.path)
    return Placed(cell, joined(pieces), start, end, a.low, b.high)


# --- value columns -----------------------------------------------------------------------------------------------


class _Zone(Struct):
    """Where the figures of one value column stand: ``[start, end)``, with their signs ``[low, high)``."""

    start: int
    end: int
    low: int
    high: int

    def overlaps(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end


def _zones(rows: Iterable[Sequence[Placed]]) -> list[_Zone]:
    """The value columns from left to right: figures that overlap share one, narrow ones say where it is."""
    figures = [cell for row in rows for cell in _figures(row)]
    zones: list[_Zone] = []
    for cell in sorted(figures, key=lambda cell: (cell.end - cell.start, cell.start)):
        over = [zone for zone in zones if zone.overlaps(cell.start, cell.end)]
        if not over:
            zones.append(_Zone(cell.start, cell.end, cell.low, cell.high))
        elif len(over) == 1:
            zone = over[0]
            zone.start, zone.end = min(zone.start, cell.start), max(zone.end, cell.end)
            zone.low, zone.high = min(zone.low, cell.low), max(zone.high, cell.high)
    return sorted(zones, key=lambda zone: zone.start)


def _figures(row: Sequence[Placed]) -> list[Placed]:
    """The figures of a row behind its first cell; years that head columns are none."""
    found = [cell for cell in row if cell.is_figure and (cell is not row[0] or cell.start)]
    return [] if all(_YEAR.fullmatch(cell.text) for cell in found) else found


def _members(row: Sequence[Placed], zones: Sequence[_Zone]) -> Iterator[Member]:
    """The cells of a row on the grid; one that stands left of all figures is its label."""
    starts = [zone.start for zone in zones]
    for cell in row:
        first, last = _columns(cell, zones, starts)
        yield Member(cell.cell, cell.text, first, last - first + 1)


def _columns(cell: Placed, zones: Sequence[_Zone], starts: Sequence[int]) -> tuple[int, int]:
    """The first and last grid column of a cell."""
    if not zones or cell.end <= zones[0].low or (cell.start == 0 and not cell.is_figure):
        return 0, 0
    over = [number for number, zone in enumerate(zones, 1) if zone.overlaps(cell.start, cell.end)]
    if cell.is_figure and len(over) > 1:
        over = over[-1:]
    if over:
        return over[0], over[-1]
    near = [number for number, zone in enumerate(zones, 1) if cell.start < zone.high and zone.low < cell.end]
    if near:
        return near[0], near[-1]
    right = bisect_left(starts, cell.start)
    candidates = [number for number in (right, right + 1) if 1 <= number <= len(zones)]
    nearest = min(candidates, key=lambda n: max(zones[n - 1].start - cell.end, cell.start - zones[n - 1].end))
    return nearest, nearest

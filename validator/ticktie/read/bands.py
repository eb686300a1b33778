"""Where the value columns of a printed table stand: bands of characters that the figures of its rows share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from msgspec import Struct

from ticktie.read.marks import Mark
from ticktie.read.page import Line

#: How many characters the right edges of one column may differ by.
_SWAY = 2
#: More columns than this are not shared out by trying all ways.
_MOST_COLUMNS = 14


class Band(Struct, frozen=True):
    """A value column: the characters ``[start, end)`` that its figures take up."""

    start: int
    end: int

    def shared(self, start: int, end: int) -> int:
        """How many characters ``[start, end)`` shares with it; less than 0: how far it is off."""
        return min(self.end, end) - max(self.start, start)


def values_of(line: Line) -> tuple[Mark, ...]:
    """The marks of a row that stand apart from its label; figures before the first gap belong to the label."""
    first = next((index for index, mark in enumerate(line.marks) if mark.gap), None)
    return line.marks if first is None else line.marks[first:]


def bands(rows: Iterable[Line]) -> tuple[Band, ...]:
    """The value columns of ``rows``, left to right: by overlap, or by right edges where two figures of a line would
    share a column."""
    marks = [[mark for mark in values_of(row) if mark.kind == "figure" and mark.gap] for row in rows]
    every = sorted({(mark.start, mark.end) for row in marks for mark in row})
    found = _by_overlap(every)
    if any(len(row) > len({band_of(mark, found) for mark in row}) for row in marks):
        found = _by_right_edge(every)
    return tuple(found)


def band_of(mark: Mark, found: Sequence[Band]) -> int:
    """The column that a mark stands in, or nearest to."""
    return max(range(len(found)), key=lambda k: (found[k].shared(mark.start, mark.end), -abs(found[k].end - mark.end)))


def placed(marks: Sequence[Mark], found: Sequence[Band]) -> tuple[int, ...]:
    """The column of each mark, left to right, no two in one."""
    chosen: list[int] = []
    for number, mark in enumerate(marks):
        lowest = chosen[-1] + 1 if chosen else 0
        highest = len(found) - (len(marks) - number)
        chosen.append(max(lowest, min(band_of(mark, found), highest)))
    return tuple(chosen)


def covered(start: int, end: int, found: Sequence[Band]) -> range:
    """The columns that the words at ``[start, end)`` head: those they stand over, else the nearest."""
    over = [k for k, band in enumerate(found) if band.shared(start, end) > 0]
    if over:
        return range(over[0], over[-1] + 1)
    nearest = max(range(len(found)), key=lambda k: found[k].shared(start, end))
    return range(nearest, nearest + 1)


def divided(heads: Sequence[tuple[int, int]], found: Sequence[Band]) -> tuple[range, ...]:
    """The columns shared out among headings, left to right, so that each stands over the middle of its own."""
    share, rest = divmod(len(found), len(heads))
    even = tuple(range(k * share, (k + 1) * share) for k in range(len(heads)))
    if not rest and all(_is_over(head, group, found) for head, group in zip(heads, even, strict=True)):
        return even
    if len(found) > _MOST_COLUMNS:
        return tuple(covered(start, end, found) for start, end in heads)
    ways = combinations(range(1, len(found)), len(heads) - 1)
    groups = [tuple(range(a, b) for a, b in pairwise((0, *cuts, len(found)))) for cuts in ways]
    return min(groups, key=lambda way: sum(_off(head, group, found) for head, group in zip(heads, way, strict=True)))


def _is_over(head: tuple[int, int], group: range, found: Sequence[Band]) -> bool:
    """Whether the middle of a heading stands over its columns."""
    return 2 * found[group[0]].start <= head[0] + head[1] <= 2 * found[group[-1]].end


def _off(head: tuple[int, int], group: range, found: Sequence[Band]) -> int:
    """How far, in half characters, a heading is off the middle of its columns."""
    return abs(head[0] + head[1] - found[group[0]].start - found[group[-1]].end)


def _by_overlap(marks: Sequence[tuple[int, int]]) -> list[Band]:
    found: list[Band] = []
    for start, end in marks:
        if found and start < found[-1].end:
            found[-1] = Band(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Band(start, end))
    return found


def _by_right_edge(marks: Sequence[tuple[int, int]]) -> list[Band]:
    found: list[Band] = []
    for start, end in sorted(marks, key=lambda mark: mark[1]):
        if found and end - found[-1].end <= _SWAY:
            found[-1] = Band(min(start, found[-1].start), end)
        else:
            found.append(Band(start, end))
    return found

"""The printed line of a place with the figure marked, as compilers show it."""

from __future__ import annotations

from msgspec import Struct

from ticktie.model.source import Document, Location
from ticktie.render.neutral import columns, neutral


class Excerpt(Struct, frozen=True):
    """A window on one printed line: neutral text before, in and after the marked figure."""

    line: int
    before: str
    marked: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.marked + self.after

    @property
    def caret(self) -> str:
        """A line that underlines the marked figure when printed below ``text``."""
        return " " * columns(self.before) + "^" * max(1, columns(self.marked))


def excerpt(document: Document, location: Location, width: int) -> Excerpt | None:
    """The line of ``location`` clipped to about ``width`` columns around the figure; None where it has no offsets.

    Of markup the line as a reader sees it is shown, under its number in the file."""
    if location.offset is None or location.line is None:
        return None
    begin, end = (document.text_offset(offset) for offset in location.offset)
    start, stop = _line_bounds(document, document.line_of(begin) if document.source else location.line)
    first, last = (min(max(offset, start), stop) for offset in (begin, end))
    room = max(20, width - (last - first))
    low, high = _window(start, first, last, stop, room)
    text = document.text
    return Excerpt(
        line=location.line,
        before=_clipped_left(neutral(text[low:first]), low > start),
        marked=neutral(text[first : min(last, first + width)]),
        after=neutral(text[last:high]).rstrip() + ("…" if high < stop else ""),
    )


def _line_bounds(document: Document, line: int) -> tuple[int, int]:
    """First and past-the-last offset of ``line`` (from 1), without its line end."""
    start = document.line_starts[line - 1]
    stop = document.line_starts[line] - 1 if line < len(document.line_starts) else len(document.text)
    return start, stop - document.text.endswith("\r", start, stop)


def _window(start: int, first: int, last: int, stop: int, room: int) -> tuple[int, int]:
    """Up to ``room`` characters around [first, last), within the line; what one side does not need the other gets."""
    left, right = first - start, stop - last
    if left + right <= room:
        return start, stop
    half = room // 2
    keep_left = min(left, max(half, room - right))
    return first - keep_left, last + min(right, room - keep_left)


def _clipped_left(text: str, clipped: bool) -> str:
    return "…" + text if clipped else text.lstrip()

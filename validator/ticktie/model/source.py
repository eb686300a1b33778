"""A document as it was read: decoded text, and blocks of it with their places.

Offsets count code points of the decoded text without byte-order mark. Lines end at ``\\n`` only and count from 1,
as do columns; ends are exclusive.
"""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct, field

from ticktie.model.place import Location as Location


class Span(Struct, frozen=True):
    """A half-open range of code points, ``[start, end)``."""

    start: int
    end: int


class Cell(Struct, frozen=True):
    """One cell of a printed table row; ``column`` counts cells from 0; ``text`` is stripped, ``span`` its place."""

    text: str
    span: Span
    column: int


class Row(Struct, frozen=True):
    """One printed line (or markup row) of a table."""

    cells: tuple[Cell, ...]
    line: int


class Table(Struct, frozen=True):
    """Consecutive table rows, as printed."""

    rows: tuple[Row, ...]
    span: Span


class Paragraph(Struct, frozen=True):
    """Consecutive lines of running text, a heading or a list item; ``span`` covers its text as it stands."""

    text: str
    span: Span


Block = Table | Paragraph


class Document(Struct, frozen=True):
    """Decoded text with its blocks in reading order. Holds no parser state, so it pickles."""

    path: str
    text: str
    encoding: str
    sha256: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    line_starts: tuple[int, ...] = field(default=())

    def line_of(self, offset: int) -> int:
        """The line (from 1) that holds ``offset``."""
        return bisect_right(self.line_starts, offset)

    def location(self, span: Span) -> Location:
        """The place of ``span``, with lines and columns counted from 1."""
        line, end_line = self.line_of(span.start), self.line_of(max(span.start, span.end - 1))
        return Location(
            document=self.path,
            line=line,
            column=span.start - self.line_starts[line - 1] + 1,
            end_line=end_line,
            end_column=span.end - self.line_starts[end_line - 1] + 1,
            offset=(span.start, span.end),
        )

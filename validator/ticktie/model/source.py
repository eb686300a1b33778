"""A document as it was read: decoded text, and blocks of it with their places.

Offsets count code points of the decoded text without byte-order mark. Lines end at ``\\n`` only and count from 1,
as do columns; ends are exclusive. Where the file holds markup, ``Document.text`` is what a reader sees of it, spans
count in that text, and ``SourceMap`` leads from it to the places in the file.
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
    """One cell of a printed table row; ``column`` counts cells from 0; ``text`` is stripped, ``span`` its place.

    In a row with true geometry ``column`` is the first of the ``width`` grid columns that the cell covers, and
    ``indent`` (in points) is how far its text is set in."""

    text: str
    span: Span
    column: int
    width: int = 1
    indent: int = 0


class Row(Struct, frozen=True):
    """One printed line (or markup row) of a table.

    ``columns`` is the number of grid columns where the geometry of the table is true (labels stand in column 0, the
    figures of one value column all in one other), 0 where columns only count the cells of the row."""

    cells: tuple[Cell, ...]
    line: int
    columns: int = 0


class Table(Struct, frozen=True):
    """Consecutive table rows, as printed."""

    rows: tuple[Row, ...]
    span: Span


class Paragraph(Struct, frozen=True):
    """Consecutive lines of running text, a heading or a list item; ``span`` covers its text as it stands."""

    text: str
    span: Span


Block = Table | Paragraph


class SourceMap(Struct, frozen=True):
    """From the visible text of a document to its file: run ``i`` of the text is ``[here[i], here_end[i])`` and stands
    in the file at ``[there[i], there_end[i])``; the block that starts at ``blocks[i]`` has the element path
    ``paths[i]``.

    All offset lists ascend; ``line_starts`` are those of the file. Runs are as long here as there, but for those of
    one character (``&#8212;``).
    """

    here: tuple[int, ...]
    here_end: tuple[int, ...]
    there: tuple[int, ...]
    there_end: tuple[int, ...]
    line_starts: tuple[int, ...]
    blocks: tuple[int, ...] = ()
    paths: tuple[str, ...] = ()

    def start(self, offset: int) -> int:
        """Where in the file the character at ``offset`` of the text begins."""
        run = max(0, bisect_right(self.here, offset) - 1)
        return min(self.there[run] + offset - self.here[run], self.there_end[run])

    def end(self, offset: int) -> int:
        """Where in the file the text that ends before ``offset`` ends."""
        run = max(0, bisect_right(self.here, offset - 1) - 1)
        if offset >= self.here_end[run]:
            return self.there_end[run]
        return self.there[run] + offset - self.here[run]

    def text_offset(self, offset: int) -> int:
        """The offset in the text of what stands at ``offset`` of the file."""
        run = max(0, bisect_right(self.there, offset) - 1)
        return min(self.here[run] + max(0, offset - self.there[run]), self.here_end[run])

    def path(self, offset: int) -> str | None:
        """The element path of the block that holds ``offset`` of the text."""
        block = bisect_right(self.blocks, offset) - 1
        return self.paths[block] if block >= 0 else None


class Document(Struct, frozen=True):
    """Decoded text with its blocks in reading order. Holds no parser state, so it pickles.

    ``entity`` is whom the file itself names as the filer, ``skipped`` says which parts of it are not read, and
    ``is_typed`` that its characters are those that were typed: no engine has read them from a picture."""

    path: str
    text: str
    encoding: str
    sha256: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    line_starts: tuple[int, ...] = field(default=())
    source: SourceMap | None = None
    entity: str | None = None
    skipped: tuple[str, ...] = ()
    is_typed: bool = False

    def line_of(self, offset: int) -> int:
        """The line (from 1) that holds ``offset``."""
        return bisect_right(self.line_starts, offset)

    def location(self, span: Span) -> Location:
        """The place of ``span`` in the file, with lines and columns counted from 1."""
        source = self.source
        if source is None or not source.here:
            return _location(self.path, self.line_starts, span.start, span.end)
        end = source.end(max(span.end, span.start + 1))
        return _location(self.path, source.line_starts, source.start(span.start), end, source.path(span.start))

    def text_offset(self, offset: int) -> int:
        """The offset in ``text`` of what stands at ``offset`` of the file (the same where there is no markup)."""
        return offset if self.source is None else self.source.text_offset(offset)


def _location(path: str, starts: tuple[int, ...], start: int, end: int, xpath: str | None = None) -> Location:
    line, end_line = bisect_right(starts, start), bisect_right(starts, max(start, end - 1))
    return Location(
        document=path,
        line=line,
        column=start - starts[line - 1] + 1,
        end_line=end_line,
        end_column=end - starts[end_line - 1] + 1,
        offset=(start, end),
        xpath=xpath,
    )

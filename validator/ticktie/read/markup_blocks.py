"""What markup comes to before it is laid out: visible text in paragraphs, preformatted text, table cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from ticktie.read.markup import Run

#: A footnote mark that is raised behind a word or a figure.
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[*†‡§¶]{1,3})\)?(?:\s?,\s?\(?(?:\d{1,2}|[a-zA-Z])\)?)*")
#: Points that a leading blank sets a label in.
_BLANK = 3


class Piece(Struct, frozen=True):
    """A run of text with no blanks but single ones inside; ``lead`` is the blank or line end before it."""

    text: str
    start: int
    end: int
    lead: str = ""


class Sink(Struct):
    """The text of one paragraph or cell while it grows; ``blanks`` counts those before its first word."""

    path: str = ""
    indent: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    blanks: int = 0
    lead: str = ""

    def add(self, run: Run) -> None:
        if run.is_space:
            if not self.pieces:
                self.blanks += run.text.count("\xa0") + run.text.count("\u2003")
            self.lead = self.lead or " "
            return
        self.pieces.append(Piece(run.text, run.start, run.end, self.lead if self.pieces else ""))
        self.lead = ""

    def add_break(self) -> None:
        """A line end: blanks around it count nothing."""
        if self.pieces:
            self.lead = "\n"

    def without_mark(self, first: int) -> None:
        """Take off the raised pieces from ``first`` on where they are but a footnote mark."""
        if _MARK.fullmatch(joined(self.pieces[first:])):
            del self.pieces[first:]


class RawParagraph(Struct, frozen=True):
    """A run of text between block boundaries."""

    pieces: tuple[Piece, ...]
    path: str


class RawPre(Struct, frozen=True):
    """Preformatted text: every blank and line end as it stands, in runs one for one."""

    runs: tuple[Run, ...]
    path: str


class RawCell(Struct, frozen=True):
    """A table cell with its spans; ``indent`` in points."""

    pieces: tuple[Piece, ...]
    path: str
    colspan: int = 1
    rowspan: int = 1
    indent: int = 0

    @property
    def text(self) -> str:
        return joined(self.pieces)

    @property
    def start(self) -> int:
        return self.pieces[0].start if self.pieces else 0


class RawTable(Struct, frozen=True):
    """The rows of a table element as they stand, header and body alike."""

    rows: tuple[tuple[RawCell, ...], ...]
    path: str


RawBlock = RawParagraph | RawPre | RawTable


def cell_of(sink: Sink, colspan: int, rowspan: int) -> RawCell:
    """The finished cell of a sink."""
    indent = round(sink.indent) + _BLANK * sink.blanks
    return RawCell(tuple(sink.pieces), sink.path, colspan, rowspan, indent)


def joined(pieces: Iterable[Piece]) -> str:
    """The text of pieces, on one line."""
    return "".join((" " if piece.lead else "") + piece.text for piece in pieces).strip()


def lines(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each line."""
    start = 0
    for index, piece in enumerate(pieces):
        if piece.lead == "\n" and index > start:
            yield tuple(pieces[start:index])
            start = index
    yield tuple(pieces[start:])


def as_paragraph(cells: Iterable[RawCell]) -> RawParagraph | None:
    """The cells of a row that is no data as one run of text; None where nothing stands in it."""
    pieces: list[Piece] = []
    path = ""
    for cell in cells:
        first, *rest = cell.pieces or (None,)
        if first is not None:
            path = path or cell.path
            pieces += [Piece(first.text, first.start, first.end, " " if pieces else ""), *rest]
    return RawParagraph(tuple(pieces), path) if pieces else None

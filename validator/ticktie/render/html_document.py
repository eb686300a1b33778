"""A document as its blocks show it, as HTML: paragraphs as they are broken, tables as tables or as aligned text.

Every character of the document is escaped here. Figures become ``<a id=fN class=STATE>``, where N is the number of the
figure in the page's data (without id where it is the one after the last figure, without class where it is tied); the
page's script makes them links. A line says its number
(``data-l``) where it does not follow the one above, ``data-s`` where it is the same. All that keeps the page small.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from msgspec import Struct

from ticktie.model.source import Block, Cell, Document, Paragraph, Row, Span, Table
from ticktie.render.html_marks import Mark
from ticktie.render.html_words import SILENT
from ticktie.render.neutral import neutral_character

#: A cell with more characters is running text and not a figure or a heading of figures.
_WORDS = 24
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Body(Struct, frozen=True):
    """The document as HTML, and the numbers of the figures that it shows."""

    html: str
    facts: frozenset[int]


def body(document: Document, marks: Sequence[Mark]) -> Body:
    """All blocks of ``document`` in order, and what stands between them."""
    pen = _Pen(document, marks)
    pieces = list(_blocks(document, pen))
    return Body("".join(pieces), frozenset(pen.written))


def shown(text: str) -> str:
    """``text`` escaped for HTML, without control characters; line ends and tabs stay.

    The backslash with which Markdown protects a dollar sign is no part of the print.
    """
    if not (text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()):
        text = "".join(one if one in "\n\t" else neutral_character(one) for one in _unsilent(text))
    return escape(text.replace("\\$", "$"))


def _unsilent(text: str) -> str:
    return text.replace("\r\n", "\n").translate(SILENT)


class _Pen:
    """Writes units of text with their marks; a mark is written once, in the unit that holds its first character."""

    def __init__(self, document: Document, marks: Sequence[Mark]) -> None:
        self.text, self.marks = document.text, marks
        self.starts = [mark.span.start for mark in marks]
        self.written: set[int] = set()
        self.next = 0

    def write(self, text: str, span: Span) -> str:
        """The ``text`` of the unit that stands at ``span``, with the marks in it."""
        pieces, at = [], 0
        for mark in self.marks[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]:
            start, end = mark.span.start - span.start, min(mark.span.end - span.start, len(text))
            if at <= start < end:
                pieces += [shown(text[at:start]), self._link(mark, text[start:end])]
                self.written.update(mark.facts)
                at = end
        return "".join([*pieces, shown(text[at:])])

    def _link(self, mark: Mark, text: str) -> str:
        first, *others = mark.facts
        name = "" if first == self.next else f" id=f{first}"
        self.next = first + 1
        state = f'"{mark.state} restored"' if mark.restored else mark.state
        tied = " class=" + state if state != "tied" else ""
        also = f' data-also="{" ".join(map(str, others))}"' if others else ""
        return f"<a{name}{tied}{also}>{shown(text)}</a>"


def _blocks(document: Document, pen: _Pen) -> Iterator[str]:
    """The blocks, and the text between them that belongs to none."""
    at = 0
    for block in document.blocks:
        yield from _between(document, pen, at, _line_start(document, block))
        yield from _block(document, pen, block)
        at = max(at, block.span.end)
    yield from _between(document, pen, at, len(document.text))


def _block(document: Document, pen: _Pen, block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"<p data-l={_line(document, block.span)}>{pen.write(block.text, block.span)}</p>\n"
    elif _is_aligned(document, block):
        yield from _lines(document, pen, _line_start(document, block), block.span.end)
    else:
        yield "<div class=table><table>\n"
        lines = [0, *(_line(document, row.cells[0].span) if row.cells else 0 for row in block.rows)]
        yield from (_row(row, pen, two) for row, two in zip(block.rows, pairwise(lines), strict=True))
        yield "</table></div>\n"


def _line(document: Document, span: Span) -> int:
    """The line of the file, as findings name it."""
    return document.location(Span(span.start, span.start + 1)).line or 1


def _line_start(document: Document, block: Block) -> int:
    return document.line_starts[document.line_of(block.span.start) - 1]


def _is_aligned(document: Document, table: Table) -> bool:
    """Whether nothing but blanks parts the cells of a text: then their alignment is what makes it a table."""
    if document.source is not None or any(row.columns for row in table.rows):
        return False
    gaps = [document.text[a.span.end : b.span.start] for row in table.rows for a, b in pairwise(row.cells)]
    return bool(gaps) and all(not gap.strip(" \xa0") for gap in gaps)


def _between(document: Document, pen: _Pen, start: int, end: int) -> Iterator[str]:
    """Text that belongs to no block, line by line, without the blank lines around it."""
    text = document.text[start:end]
    if text.strip():
        first = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
        yield from _lines(document, pen, start + first, start + len(text.rstrip()))


def _lines(document: Document, pen: _Pen, start: int, end: int) -> Iterator[str]:
    """The lines from ``start`` to ``end`` in the alignment of the source."""
    yield "<div class=lines>"
    for number, line in enumerate(_LINES.finditer(document.text, start, end)):
        place = "" if number else f" data-l={_line(document, Span(start, start))}"
        yield f"<p{place}>{pen.write(line[0].rstrip(), Span(line.start(), line.end()))}</p>"
    yield "</div>\n"


def _row(row: Row, pen: _Pen, lines: tuple[int, int]) -> str:
    """One row; the words of its first column are its heading, so that they are heard with each figure."""
    above, line = lines
    label = next((cell for cell in row.cells if cell.text and not cell.column), None)
    cells = "".join(_cell(cell, before, pen, cell is label) for cell, before in _with_gaps(row))
    place = " data-s" if line == above else "" if above and line == above + 1 else f" data-l={line}"
    return f"<tr{place}>{cells}\n"


def _with_gaps(row: Row) -> Iterator[tuple[Cell, int]]:
    """The cells of ``row``, each with the number of grid columns that stand empty before it."""
    at = 0
    for cell in row.cells:
        yield cell, max(0, cell.column - at) if row.columns else 0
        at = max(at, cell.column + cell.width)


def _cell(cell: Cell, before: int, pen: _Pen, is_first: bool) -> str:
    gap = "" if not before else "<td>" if before == 1 else f"<td colspan={before}>"
    wide = f" colspan={cell.width}" if cell.width > 1 else ""
    if not cell.text:
        return f"{gap}<td{wide}>"
    written = pen.write(cell.text, cell.span)
    if is_first and "<a" not in written and any(map(str.isalpha, cell.text)):
        inset = f" class=i{min(5, (cell.indent + 5) // 10)}" if cell.indent >= 5 else ""
        return f"{gap}<th{inset}{wide}>{written}"
    words = " class=w" if len(cell.text) > _WORDS else ""
    return f"{gap}<td{words}{wide}>{written}"

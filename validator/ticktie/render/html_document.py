"""A document as its blocks show it, as HTML: paragraphs as they are broken, tables as tables or as aligned text.

Every character of the document is escaped here. Figures become ``<a id=fN class=STATE>`` (without class where tied),
where N is the number of the figure in the page's data; the page's script makes them links. A line says its number
(``data-l``) where it does not follow the one above: both keep the page small.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from msgspec import Struct

from ticktie.model.source import Block, Cell, Document, Paragraph, Row, Span, Table
from ticktie.render.html_marks import Mark
from ticktie.render.html_words import SILENT
from ticktie.render.neutral import neutral_character

#: A cell with more characters is running text and not a figure or a heading of figures.
_WORDS = 24
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MARKUP = re.compile(r"<[^>]*>")


class Body(Struct, frozen=True):
    """The document as HTML, and the numbers of the figures that it shows."""

    html: str
    facts: frozenset[int]


def body(document: Document, marks: Sequence[Mark]) -> Body:
    """All blocks of ``document`` in order, and in plain text what stands between them."""
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

    def write(self, text: str, span: Span) -> str:
        """The ``text`` of the unit that stands at ``span`` in the source, with the marks in it."""
        pieces, at = [], 0
        for mark, start, end in self._places(text, span):
            pieces += [shown(text[at:start]), _link(mark, text[start:end])]
            self.written.update(mark.facts)
            at = end
        return "".join([*pieces, shown(text[at:])])

    def _places(self, text: str, span: Span) -> Iterator[tuple[Mark, int, int]]:
        """The marks in a unit and where they stand in its text, which in markup is not the text of the source."""
        found = self.marks[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]
        if not found:
            return
        plain = self.text.startswith(text, span.start)
        at = 0
        for mark in found:
            start, end = mark.span.start - span.start, mark.span.end - span.start
            if not plain:
                start, end = self._search(mark, text, at)
            if at <= start < len(text):
                yield mark, start, min(end, len(text))
                at = min(end, len(text))

    def _search(self, mark: Mark, text: str, at: int) -> tuple[int, int]:
        """Where the words of ``mark`` next stand in ``text``; -1 where they do not."""
        for words in (_plain(self.text[mark.span.start : mark.span.end]), mark.printed.strip()):
            start = text.find(words, at) if words else -1
            if start >= 0:
                return start, start + len(words)
        return (0, len(text)) if at == 0 else (-1, -1)


def _plain(source: str) -> str:
    """The words of a stretch of markup."""
    from html import unescape

    return " ".join(unescape(_MARKUP.sub("", source)).split())


def _link(mark: Mark, text: str) -> str:
    first, *others = mark.facts
    state = f'"{mark.state} restored"' if mark.restored else mark.state
    tied = " class=" + state if state != "tied" else ""
    also = f' data-also="{" ".join(map(str, others))}"' if others else ""
    return f"<a id=f{first}{tied}{also}>{shown(text)}</a>"


def _blocks(document: Document, pen: _Pen) -> Iterator[str]:
    """The blocks with what plain text has between them; markup between blocks is no text."""
    plain, at = _is_plain(document), 0
    for block in document.blocks:
        if plain:
            yield from _between(document, pen, at, _line_start(document, block))
        yield from _block(document, pen, block)
        at = max(at, block.span.end)
    if plain:
        yield from _between(document, pen, at, len(document.text))


def _block(document: Document, pen: _Pen, block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"<p data-l={document.line_of(block.span.start)}>{pen.write(block.text, block.span)}</p>\n"
    elif _is_aligned(document, block):
        yield from _lines(document, pen, document.line_starts[block.rows[0].line - 1], block.span.end)
    else:
        yield "<div class=table><table>\n"
        lines = [0, *(row.line for row in block.rows)]
        yield from (_row(row, pen, last) for row, last in zip(block.rows, lines, strict=False))
        yield "</table></div>\n"


def _line_start(document: Document, block: Block) -> int:
    return document.line_starts[document.line_of(block.span.start) - 1]


def _is_plain(document: Document) -> bool:
    """Whether the blocks hold the source as it stands; those of markup hold what it says."""
    units = list(_units(document.blocks))
    return sum(document.text.startswith(text, span.start) for text, span in units) * 2 >= len(units)


def _units(blocks: Iterable[Block]) -> Iterator[tuple[str, Span]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.span
        else:
            yield from ((cell.text, cell.span) for row in block.rows for cell in row.cells if cell.text)


def _is_aligned(document: Document, table: Table) -> bool:
    """Whether nothing but blanks parts the cells: then their alignment in the print is what makes it a table."""
    gaps = [
        document.text[left.span.end : right.span.start]
        for row in table.rows
        for left, right in zip(row.cells, row.cells[1:], strict=False)
    ]
    return bool(gaps) and all(not gap.strip(" \xa0") for gap in gaps)


def _between(document: Document, pen: _Pen, start: int, end: int) -> Iterator[str]:
    """Text that belongs to no block, line by line; nothing where it is blank."""
    if document.text[start:end].strip():
        yield from _lines(document, pen, start, end)


def _lines(document: Document, pen: _Pen, start: int, end: int) -> Iterator[str]:
    """The lines from ``start`` to ``end`` in the alignment of the source."""
    yield "<div class=lines>"
    for number, line in enumerate(_LINES.finditer(document.text, start, end)):
        place = "" if number else f" data-l={document.line_of(start)}"
        yield f"<p{place}>{pen.write(line[0].rstrip(), Span(line.start(), line.end()))}</p>"
    yield "</div>\n"


def _row(row: Row, pen: _Pen, last: int) -> str:
    """One row; its first words are its heading, so that a reader of the screen hears them with each figure."""
    label = next((cell for cell in row.cells if cell.text), None)
    cells = "".join(_cell(cell, pen, cell is label) for cell in row.cells)
    place = "" if row.line == last + 1 and last else f" data-l={row.line}"
    return f"<tr{place}>{cells}\n"


def _cell(cell: Cell, pen: _Pen, is_first: bool) -> str:
    if not cell.text:
        return "<td>"
    written = pen.write(cell.text, cell.span)
    if is_first and "<a " not in written and any(map(str.isalpha, cell.text)):
        return f"<th>{written}"
    return f"<td class=w>{written}" if len(cell.text) > _WORDS else f"<td>{written}"

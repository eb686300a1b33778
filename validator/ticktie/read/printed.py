"""Printed text without tabs: tables by the places of their figures, and the paragraphs between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticktie.model.source import Block, Paragraph, Row, Span, Table
from ticktie.read import layout, trailing
from ticktie.read.page import Line, is_bullet, is_wide, lines_of, usual_width
from ticktie.read.wrapped import joined

#: How much further in than the line above, in characters, a centred heading begins.
_CENTRED = 8


def blocks(text: str, starts: tuple[int, ...]) -> Iterator[Block]:
    """Tables and paragraphs in reading order."""
    lines = lines_of(text, starts)
    find = _in_columns if is_wide(lines) else _run_together
    position = 0
    for first, last, rows in find(lines, text):
        yield from paragraphs(lines[position:first], text)
        if rows:
            yield Table(tuple(rows), Span(rows[0].cells[0].span.start, max(cell.span.end for cell in rows[-1].cells)))
        position = last + 1
    yield from paragraphs(lines[position:], text)


def words(text: str, starts: Sequence[int]) -> Iterator[Paragraph]:
    """Paragraphs only."""
    yield from paragraphs(lines_of(text, starts), text)


def _in_columns(lines: Sequence[Line], text: str) -> Iterator[tuple[int, int, tuple[Row, ...]]]:
    for block in layout.tables(lines, usual_width(lines)):
        yield block.first, block.last, joined(layout.rows_of(lines, block), text)


def _run_together(lines: Sequence[Line], text: str) -> Iterator[tuple[int, int, tuple[Row, ...]]]:
    for block in trailing.tables(lines, usual_width(lines)):
        yield block.first, block.last, trailing.joined(trailing.rows_of(lines, block), text)


def paragraphs(lines: Sequence[Line], text: str) -> Iterator[Paragraph]:
    """Consecutive lines as paragraphs; blank lines, rules, markup, page numbers and bullets part them."""
    held: list[Line] = []
    for line in lines:
        solid = line.kind in ("text", "row", "folio")
        if held and (not solid or is_bullet(line.text) or _is_title(line, held[-1])):
            yield _paragraph(held, text)
            held = []
        if solid:
            held.append(line)
    if held:
        yield _paragraph(held, text)


def _is_title(line: Line, above: Line) -> bool:
    """Whether a line begins far to the right of one that ends a sentence, as a centred heading does."""
    return line.indent >= above.indent + _CENTRED and above.text.rstrip().endswith((".", ":", "!", ")"))


def _paragraph(lines: Sequence[Line], text: str) -> Paragraph:
    span = Span(lines[0].start, lines[-1].start + len(lines[-1].text))
    return Paragraph(text[span.start : span.end], span)

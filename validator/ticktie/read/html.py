"""Reads HTML: paragraphs, preformatted text and tables with their true geometry, each with its place in the source."""

from __future__ import annotations

import codecs
import hashlib
import re

from msgspec.structs import replace

from ticktie.model.source import Block, Cell, Document, Paragraph, Row, SourceMap, Span, Table
from ticktie.read import text as plain_text
from ticktie.read.errors import ReadError
from ticktie.read.flow import Flow
from ticktie.read.geometry import Geometry, Member, geometry, is_data
from ticktie.read.markup import Run
from ticktie.read.markup_blocks import Piece, RawBlock, RawParagraph, RawPre, RawTable, as_paragraph

_LOOKED_AT = 4096
_MARKUP = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]|<(?:table|div|p|td|font|span)(?:\s[^<>]*)?>", re.IGNORECASE
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
#: Labels of browsers for what is really Windows-1252.
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "iso8859-1"})


def is_html(data: bytes) -> bool:
    """Whether ``data`` is HTML: tags of it stand near the beginning, and no ASCII table of a submission does."""
    return sum(1 for _ in zip(_MARKUP.finditer(data[:_LOOKED_AT]), range(2), strict=False)) > 1 or bool(
        re.search(rb"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]", data[: 16 * _LOOKED_AT])
    )


def read(data: bytes, path: str) -> Document:
    """The document that HTML ``data`` shows; raises ReadError where it shows nothing."""
    source, encoding, notes = decode(data, path)
    blocks = Flow().read(source, _body(source))
    page = _Page()
    for block in blocks:
        page.add(block)
    if not page.blocks:
        raise ReadError(path, "the page shows no text", "give a page whose text stands in its markup, not in scripts")
    return page.document(path, source, encoding, hashlib.sha256(data).hexdigest(), notes)


def decode(data: bytes, path: str) -> tuple[str, str, tuple[str, ...]]:
    """Text by byte-order mark, by what the page says of its encoding where that holds, else as any text."""
    declared = _CHARSET.search(data[:_LOOKED_AT])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = declared[1].decode("ascii").lower()
        try:
            if name not in _WESTERN and name not in ("utf-8", "utf8", "utf-16", "utf-7"):
                return data.decode(name), name, ()
        except (LookupError, UnicodeDecodeError):
            pass
    return plain_text.decode(data, path)


def _body(source: str) -> int:
    """Where the document begins: behind the header that a submission puts before it."""
    header = re.match(r"\s*<DOCUMENT>(?:(?!<TEXT>).){0,4000}<TEXT>", source, re.IGNORECASE | re.DOTALL)
    return header.end() if header else 0


class _Page:
    """The visible text while it is laid out: blocks, and the runs that lead back to the source."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._line = 1
        self._runs: list[tuple[int, int, int, int]] = []
        self._paths: list[tuple[int, str]] = []

    def document(self, path: str, source: str, encoding: str, sha256: str, notes: tuple[str, ...]) -> Document:
        text = "".join(self._parts)
        return Document(
            path=path,
            text=text,
            encoding=encoding,
            sha256=sha256,
            blocks=tuple(self.blocks),
            notes=notes,
            line_starts=plain_text.line_starts(text),
            source=self._source_map(plain_text.line_starts(source)),
        )

    def _source_map(self, starts: tuple[int, ...]) -> SourceMap:
        here, here_end, there, there_end = zip(*self._runs, strict=True) if self._runs else ((), (), (), ())
        blocks, paths = zip(*self._paths, strict=True) if self._paths else ((), ())
        return SourceMap(here, here_end, there, there_end, starts, blocks, paths)

    def add(self, block: RawBlock) -> None:
        if isinstance(block, RawParagraph):
            self._paragraph(block)
        elif isinstance(block, RawPre):
            self._preformatted(block)
        else:
            self._table(block)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._line += text.count("\n")

    def _pieces(self, pieces: tuple[Piece, ...], path: str, between: str | None = None) -> Span:
        """Write pieces with what leads each (``between`` for every line end) and return their span."""
        start = self._length
        if pieces:
            self._paths.append((start, path))
        for index, piece in enumerate(pieces):
            lead = piece.lead if between is None or piece.lead != "\n" else between
            if index and lead:
                self._write(lead)
            self._runs.append((self._length, self._length + len(piece.text), piece.start, piece.end))
            self._write(piece.text)
        return Span(start, self._length)

    def _paragraph(self, block: RawParagraph) -> None:
        span = self._pieces(block.pieces, block.path)
        self.blocks.append(Paragraph(_text(block.pieces), span))
        self._write("\n\n")

    def _preformatted(self, block: RawPre) -> None:
        """Preformatted text is read as any text."""
        start, line = self._length, self._line
        self._paths.append((start, block.path))
        for run in block.runs:
            self._run(run)
        text = "".join(run.text for run in block.runs)
        for found in plain_text.blocks(text, plain_text.line_starts(text)):
            self.blocks.append(_shifted(found, start, line - 1))
        self._write("\n\n")

    def _run(self, run: Run) -> None:
        self._runs.append((self._length, self._length + len(run.text), run.start, run.end))
        self._write(run.text)

    def _table(self, block: RawTable) -> None:
        found = geometry(block.rows)
        if not is_data(found.rows):
            for row in block.rows:
                paragraph = as_paragraph(row)
                if paragraph is not None:
                    self._paragraph(paragraph)
            return
        start = self._length
        rows = tuple(self._row(row, found) for row in found.rows)
        self.blocks.append(Table(rows, Span(start, max(start, self._length - 1))))
        self._write("\n")

    def _row(self, members: tuple[Member, ...], found: Geometry) -> Row:
        cells: list[Cell] = []
        if members[0].column:
            cells.append(Cell("", Span(self._length, self._length), 0))
            self._write("\t")
        for index, member in enumerate(members):
            if index:
                self._write("\t")
            span = self._pieces(member.cell.pieces, member.cell.path, " ")
            cells.append(Cell(member.text, span, member.column, member.width, member.cell.indent))
        row = Row(tuple(cells), self._line, found.columns)
        self._write("\n")
        return row


def _text(pieces: tuple[Piece, ...]) -> str:
    return "".join((piece.lead if index else "") + piece.text for index, piece in enumerate(pieces))


def _shifted(block: Block, by: int, lines: int) -> Block:
    """A block of preformatted text at its place in the whole."""
    span = Span(block.span.start + by, block.span.end + by)
    if isinstance(block, Paragraph):
        return Paragraph(block.text, span)
    return Table(tuple(_shifted_row(row, by, lines) for row in block.rows), span)


def _shifted_row(row: Row, by: int, lines: int) -> Row:
    cells = (replace(cell, span=Span(cell.span.start + by, cell.span.end + by)) for cell in row.cells)
    return replace(row, cells=tuple(cells), line=row.line + lines)

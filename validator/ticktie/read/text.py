"""Reads plain text as OCR engines and PDF converters write it: paragraphs, list items, and tab-separated tables."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from ticktie.model.source import Block, Cell, Document, Paragraph, Row, Span, Table
from ticktie.read import printed
from ticktie.read.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BULLET = re.compile(r"\s*(?:[-–—•·*]\s|o\s|\(?[a-z0-9]{1,3}[.)]\s)")
#: A longer line between two table rows is running text.
_LONGEST_HEADING = 100
_BINARY_SHARE = 0.05
_WIDE_SHARE = 0.5


def read(data: bytes, path: str) -> Document:
    """The document that ``data`` holds; raises ReadError for an empty or a binary file."""
    if not data.strip():
        raise ReadError(path, "the file is empty", "give a text with at least one figure")
    text, encoding, notes = decode(data, path)
    _lined(text, path)
    starts = line_starts(text)
    return Document(
        path=path,
        text=text,
        encoding=encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(blocks(text, starts)),
        notes=notes,
        line_starts=starts,
        is_typed=not is_tabbed(text),
    )


def decode(data: bytes, path: str) -> tuple[str, str, tuple[str, ...]]:
    """Text without byte-order mark, the encoding, and a note where the encoding was assumed."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text, notes = data[len(mark) :].decode(encoding, "replace"), ()
            return _textual(text, path), encoding, notes
    wide = _wide(data)
    if wide:
        note = f"no byte-order mark, and every other byte is NUL: read as {wide.upper()}"
        return _textual(data.decode(wide, "replace"), path), wide, (note,)
    try:
        return _textual(data.decode("utf-8"), path), "utf-8", ()
    except UnicodeDecodeError as problem:
        text = data.decode("cp1252", "replace")
        note = f"not valid UTF-8 (byte {problem.start}): read as Windows-1252"
        return _textual(text, path), "cp1252", (note,)


def _textual(text: str, path: str) -> str:
    """``text`` itself; raises ReadError where so many control characters stand in it that it is no text."""
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise ReadError(path, "the file is binary, not text", "convert it to text, or name the right file")
    return text


def _wide(data: bytes) -> str | None:
    """The UTF-16 that ``data`` is in without saying so: Western letters and digits leave a NUL in every pair."""
    pairs = len(data) // 2
    first, second = data[0::2].count(0), data[1::2].count(0)
    if second > _WIDE_SHARE * pairs and first <= _BINARY_SHARE * pairs:
        return "utf-16-le"
    if first > _WIDE_SHARE * pairs and second <= _BINARY_SHARE * pairs:
        return "utf-16-be"
    return None


def _lined(text: str, path: str) -> None:
    """Raise ReadError where carriage returns alone end the lines: all of it would be one line, and no table."""
    body = text.strip()
    if "\r" in body and "\n" not in body:
        remedy = "convert them to newlines: tr '\\r' '\\n' < OLD > NEW"
        raise ReadError(path, "its lines end in carriage returns only", remedy)


def line_starts(text: str) -> tuple[int, ...]:
    """The offset of each line's first character; lines end at ``\\n`` only."""
    return (0, *(match.end() for match in re.finditer(r"\n", text)))


def blocks(text: str, starts: tuple[int, ...]) -> Iterator[Block]:
    """Tables and paragraphs in reading order: by tabs where rows hold them, else by the places of the figures."""
    return tabbed(text, starts) if is_tabbed(text) else printed.blocks(text, starts)


def is_tabbed(text: str) -> bool:
    """Whether tabs part the cells of rows, as OCR engines print them: words or figures stand on both sides of one."""
    return "\t" in text and re.search(r"\S[^\S\n]*\t[^\S\n]*\S", text) is not None


def tabbed(text: str, starts: tuple[int, ...]) -> Iterator[Block]:
    """Tables (consecutive lines with tabs) and paragraphs (consecutive lines without), in reading order."""
    table: list[Row] = []
    paragraph: list[Span] = []
    for number, start in enumerate(starts, 1):
        end = starts[number] - 1 if number < len(starts) else len(text)
        line = text[start:end]
        if "\t" in line or (table and _is_between(text, line, end)):
            yield from _paragraphs(text, paragraph)
            paragraph = []
            table.append(table_row(line, start, number))
            continue
        yield from _tables(table)
        table = []
        if not line.strip():
            yield from _paragraphs(text, paragraph)
            paragraph = []
        else:
            if paragraph and _BULLET.match(line):
                yield from _paragraphs(text, paragraph)
                paragraph = []
            paragraph.append(Span(start, end))
    yield from _tables(table)
    yield from _paragraphs(text, paragraph)


def _is_between(text: str, line: str, end: int) -> bool:
    """Whether a short line without a tab has a row right below it: then it is a row of one cell, such as a heading."""
    following = text[end + 1 : text.find("\n", end + 1) if text.find("\n", end + 1) >= 0 else len(text)]
    return bool(line.strip()) and len(line) <= _LONGEST_HEADING and "\t" in following


def table_row(line: str, start: int, number: int) -> Row:
    """The cells between the tabs of one line; an empty cell spans the blank between its tabs."""
    cells, offset = [], start
    for column, raw in enumerate(line.split("\t")):
        stripped = raw.strip()
        lead = len(raw) - len(raw.lstrip()) if stripped else 0
        span = Span(offset + lead, offset + lead + len(stripped)) if stripped else Span(offset, offset + len(raw))
        cells.append(Cell(stripped, span, column))
        offset += len(raw) + 1
    return Row(tuple(cells), number)


def _tables(rows: list[Row]) -> Iterator[Table]:
    if rows:
        yield Table(tuple(rows), Span(rows[0].cells[0].span.start, rows[-1].cells[-1].span.end))


def _paragraphs(text: str, lines: list[Span]) -> Iterator[Paragraph]:
    if lines:
        span = Span(lines[0].start, lines[-1].end)
        yield Paragraph(text[span.start : span.end], span)

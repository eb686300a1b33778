"""Markdown as OCR engines write it: pipe tables, table elements, headings, and the marks between pages.

Text keeps its place: what is only markup becomes blanks, character for character.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from ticktie.model.source import Block, Document, Paragraph, Row, Span, Table
from ticktie.read import printed, text
from ticktie.read.errors import ReadError
from ticktie.read.markdown_rows import Raw, element_rows, pipe_cells, rows_of

_LOOKED_AT = 200_000
_FEWEST_SIGNS = 3


class _Part(Struct, frozen=True):
    """A stretch of the file: lines of words, of a pipe table, or a table element."""

    kind: str
    start: int
    end: int


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "sign": re.compile(r"(?m)^#{1,6} \S|^\|.*\|\s*$|^\s*\|?\s*:?-{3,}:?\s*\||^\*\*[^*\n]+\*\*\s*$|^---\s*$"),
        "page": re.compile(r"(?im)^[ \t]*(?:#{1,6}\s*page\s+\d+|\*{0,2}_?end of page\s+\d+_?\*{0,2}|[-*_]{3,}"
                           r"|<!--.*?-->|!\[[^\]\n]*\]\([^)\n]*\)|\{\d+\}-*|\\newpage|<page[^>\n]{0,40}>)[ \t]*$"),
        "markup": re.compile(r"(?m)^[ \t]*#{1,6}(?=\s)|\*{2,3}|(?<=[\s(])_(?=[(\w])|(?<=[\w.)])_(?=\s|$)|^[ \t]*>(?=\s)"
                             r"|</?(?:b|i|u|em|strong|sup|sub|br|p|div|center|span|mark)\b[^<>]{0,80}>"),
        "table": re.compile(r"(?is)<table\b[^<>]{0,200}>.{0,400000}?(?:</table\s*>|\Z)"),
        "pipes": re.compile(r"(?m)^[ \t]*\|[^\n]*\|[^\n]*$(?:\n[ \t]*\|[^\n]*$)*"),
        "html": re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]"),
    }  # fmt: skip


def is_markdown(data: bytes, path: str) -> bool:
    """Whether ``data`` is markdown: its name says so, or signs of it stand on lines of their own; no page of HTML."""
    start = data[:_LOOKED_AT].decode("utf-8", "replace")
    if _patterns()["html"].search(start[:4096]):
        return False
    named = path.lower().endswith((".md", ".markdown", ".mdown"))
    return named or len(_patterns()["sign"].findall(start)) >= _FEWEST_SIGNS


def read(data: bytes, path: str) -> Document:
    """The document that markdown ``data`` holds; raises ReadError for an empty or a binary file."""
    if not data.strip():
        raise ReadError(path, "the file is empty", "give a text with at least one figure")
    content, encoding, notes = text.decode(data, path)
    starts = text.line_starts(content)
    return Document(
        path=path,
        text=content,
        encoding=encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(blocks(content, starts)),
        notes=notes,
        line_starts=starts,
    )


def blocks(content: str, starts: Sequence[int]) -> Iterator[Block]:
    """Tables and paragraphs in reading order."""
    plain = _without_marks(content)
    for part in _parts(content):
        if part.kind == "words":
            yield from _paragraphs(plain, part)
            continue
        raw = _pipe_table(content, part) if part.kind == "pipes" else element_rows(content, part.start, part.end)
        found = rows_of(raw, lambda offset: _line(starts, offset))
        if found:
            yield Table(found, _span(found))


def _span(rows: Sequence[Row]) -> Span:
    return Span(rows[0].cells[0].span.start, max(cell.span.end for cell in rows[-1].cells))


def _line(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset)


def _parts(content: str) -> Iterator[_Part]:
    """The tables of a text and what stands between them."""
    position = 0
    for match, kind in _tables(content):
        if match.start() < position:
            continue
        yield _Part("words", position, match.start())
        yield _Part(kind, match.start(), match.end())
        position = match.end()
    yield _Part("words", position, len(content))


def _tables(content: str) -> list[tuple[re.Match[str], str]]:
    elements = [(match, "element") for match in _patterns()["table"].finditer(content)]
    pipes = [(match, "pipes") for match in _patterns()["pipes"].finditer(content)]
    return sorted([*elements, *pipes], key=lambda found: found[0].start())


def _pipe_table(content: str, part: _Part) -> list[list[Raw]]:
    rows, offset = [], part.start
    for line in content[part.start : part.end].split("\n"):
        cells = pipe_cells(line, offset)
        if cells:
            rows.append(cells)
        offset += len(line) + 1
    return rows


def _paragraphs(plain: str, part: _Part) -> Iterator[Paragraph]:
    words = plain[part.start : part.end]
    for found in printed.words(words, text.line_starts(words)):
        start, end = found.span.start + part.start, found.span.end + part.start
        yield Paragraph(plain[start:end], Span(start, end))


def _without_marks(content: str) -> str:
    """The text with its markup and the marks of its pages as blanks."""
    blank = _patterns()["page"].sub(lambda match: " " * len(match[0]), content)
    return _patterns()["markup"].sub(lambda match: " " * len(match[0]), blank)

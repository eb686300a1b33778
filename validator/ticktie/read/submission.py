"""Full submissions to EDGAR (``.txt``, ``.nc``): the documents inside, of which the one with the statements is read.

The tags are those of the dissemination formats: https://www.sec.gov/info/edgar/pdsdissemspec.pdf, sections 2 to 4.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from ticktie.model.source import Block, Document, Paragraph, Row, SourceMap, Span, Table
from ticktie.read import text
from ticktie.read.errors import ReadError

_LOOKED_AT = 65536
#: Which documents of a submission hold its figures, best first: of reports the main one, of announcements the release.
_REPORTS = r"(?:10-?[KQ]|20-F|40-F|10-?KT|10-?QT|10-?K405|N-CSRS?|485BPOS|S-[134]|F-[134]|424B\d)(?:SB)?(?:/A)?"
_RANKS = (_REPORTS, r"EX-99(?:\.0?1)?", r"EX-99.*", r"EX-13.*", r"(?:8-K|6-K)\d{0,2}(?:/A)?", r"EX-2\d?", r".*")
#: What a submission encloses that is no text.
_NO_TEXT = (
    ("uuencoded data", r"(?m)^begin \d{3} \S"),
    ("PDF", r"<PDF>|%PDF-"),
    ("XBRL data", r"<XBRL>|<xbrl\b|<xbrli:|<xsd:schema|<schema\b|<link:linkbase"),
    ("XML data", r"<XML>"),
)

Reader = Callable[[bytes, str], Document]


class Part(Struct, frozen=True):
    """A document of a submission: its type and file name, and where its text stands."""

    kind: str
    name: str
    start: int
    end: int


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "document": re.compile(r"<DOCUMENT>\s*<TYPE>([^\n<]{1,40})"),
        "text": re.compile(r"<TEXT>[ \t]*\r?\n?"),
        "close": re.compile(r"</TEXT>|</DOCUMENT>|(?=<DOCUMENT>\s*<TYPE>)"),
        "name": re.compile(r"<FILENAME>([^\n<]{1,120})"),
        "cik": re.compile(r"CENTRAL INDEX KEY:\s*(\d{1,10})|<CIK>\s*(\d{1,10})"),
    }


def is_submission(data: bytes) -> bool:
    """Whether ``data`` is a submission: documents with a type and a text are in it."""
    start = data[:_LOOKED_AT]
    headed = b"<SEC-HEADER>" in start or b"<SEC-DOCUMENT>" in start or b"<SUBMISSION>" in start
    return headed or re.match(rb"\s*<DOCUMENT>\s*<TYPE>", start) is not None


def read(data: bytes, path: str, reader: Reader) -> Document:
    """The document of a submission that holds its figures, at its place in the whole; the others are named in
    ``skipped``. ``reader`` reads what is inside. Raises ReadError where no document of it is text."""
    whole, encoding, notes = text.decode(data, path)
    parts = parts_of(whole)
    if not parts:
        raise ReadError(path, "the submission holds no document", "give a file with <DOCUMENT> and <TEXT> in it")
    unread = {part: why for part in parts if (why := _no_text(whole, part))}
    chosen, inner = _first_with_tables(whole, [part for part in parts if part not in unread], path, reader)
    found = _at_its_place(inner, whole, chosen.start)
    return replace(
        found,
        path=path,
        encoding=encoding,
        notes=tuple(dict.fromkeys((*notes, *inner.notes))),
        sha256=hashlib.sha256(data).hexdigest(),
        entity=_entity(whole),
        skipped=tuple(_skipped(part, unread.get(part)) for part in parts if part is not chosen),
    )


def parts_of(whole: str) -> tuple[Part, ...]:
    """The documents that a submission encloses, in order."""
    found = []
    for match in _patterns()["document"].finditer(whole):
        opened = _patterns()["text"].search(whole, match.end())
        start = opened.end() if opened else match.end()
        closed = _patterns()["close"].search(whole, start)
        name = _patterns()["name"].search(whole, match.end(), start)
        end = closed.start() if closed else len(whole)
        found.append(Part(match[1].strip(), name[1].strip() if name else "", start, end))
    return tuple(found)


def _rank(part: Part) -> int:
    return next(rank for rank, kind in enumerate(_RANKS) if re.fullmatch(kind, part.kind.upper()))


def _no_text(whole: str, part: Part) -> str | None:
    """What a document is that cannot be read as text."""
    start = whole[part.start : min(part.end, part.start + 3000)]
    if part.kind.upper().startswith(("GRAPHIC", "ZIP", "EXCEL", "EX-101", "JSON")):
        return "data"
    return next((why for why, pattern in _NO_TEXT if re.search(pattern, start)), None)


def _first_with_tables(whole: str, parts: Sequence[Part], path: str, reader: Reader) -> tuple[Part, Document]:
    """The best document that holds a table, else the best that can be read."""
    best: tuple[Part, Document] | None = None
    for part in sorted(parts, key=_rank):
        try:
            inner = reader(whole[part.start : part.end].encode("utf-8"), path)
        except ReadError:
            continue
        if any(isinstance(block, Table) and len(block.rows) > 4 for block in inner.blocks):
            return part, inner
        best = best or (part, inner)
    if best is None:
        raise ReadError(path, "no document of the submission is text", "name the document itself, as text or HTML")
    return best


def _entity(whole: str) -> str | None:
    found = _patterns()["cik"].search(whole, 0, _LOOKED_AT)
    return f"cik:{(found[1] or found[2]).zfill(10)}" if found else None


def _skipped(part: Part, why: str | None) -> str:
    named = f"{part.kind} ({part.name})" if part.name else part.kind
    return f"{named} is {why}" if why else f"{named} is another document of the submission"


# --- places in the whole -------------------------------------------------------------------------------------------


def _at_its_place(inner: Document, whole: str, by: int) -> Document:
    """The document with places in the submission."""
    starts = text.line_starts(whole)
    if inner.source is not None:
        return replace(inner, source=_moved_map(inner.source, by, starts))
    lines = whole.count("\n", 0, by)
    blocks = tuple(_moved(block, by, lines) for block in inner.blocks)
    return replace(inner, text=whole, blocks=blocks, line_starts=starts)


def _moved_map(source: SourceMap, by: int, starts: tuple[int, ...]) -> SourceMap:
    there, ends = (tuple(at + by for at in places) for places in (source.there, source.there_end))
    return replace(source, there=there, there_end=ends, line_starts=starts)


def _moved(block: Block, by: int, lines: int) -> Block:
    span = _by(block.span, by)
    if isinstance(block, Paragraph):
        return replace(block, span=span)
    return Table(tuple(_moved_row(row, by, lines) for row in block.rows), span)


def _moved_row(row: Row, by: int, lines: int) -> Row:
    cells = tuple(replace(cell, span=_by(cell.span, by)) for cell in row.cells)
    return replace(row, cells=cells, line=row.line + lines)


def _by(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)

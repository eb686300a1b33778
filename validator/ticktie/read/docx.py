"""Reads Word drafts (Office Open XML, ECMA-376 part 1, section 17): paragraphs, tables, footnotes, in reading order.

The parts are laid out as a page of markup and read as one, so that tables keep their geometry; lines and columns are
those of the visible text.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ticktie.model.source import Document
from ticktie.read.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAIN, _NOTES = "word/document.xml", ("word/footnotes.xml", "word/endnotes.xml")
#: An unpacked part larger than this, or so many times larger than its packed form, is no draft of a report.
_LARGEST, _MOST_PACKED, _SMALL = 64 << 20, 400, 1 << 20
_MOST_PARTS = 4000


def is_docx(data: bytes) -> bool:
    """Whether ``data`` is a Word document: a ZIP archive that names its main part."""
    return data.startswith(b"PK\x03\x04") and (b"word/document.xml" in data or b"word/" in data[:4096])


def read(data: bytes, path: str) -> Document:
    """The document that a Word file shows; raises ReadError for a damaged or unsafe one."""
    from ticktie.read import html

    parts = _parts(data, path)
    body = "".join(_blocks(_body(parts[_MAIN], path)))
    notes = "".join(_notes(_root(parts[name], path)) for name in _NOTES if name in parts)
    page = html.read(f"<html><body>{body}{notes}</body></html>".encode(), path)
    return replace(page, encoding="utf-8", sha256=hashlib.sha256(data).hexdigest(), source=None, is_typed=True)


def _parts(data: bytes, path: str) -> dict[str, bytes]:
    """The parts that are read, unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_unsafe(members, path)
            wanted = [member for member in members if member.filename in (_MAIN, *_NOTES)]
            found = {member.filename: archive.read(member) for member in wanted}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise ReadError(path, f"the Word file is damaged: {problem}", "open it in Word and save it again") from None
    if _MAIN not in found:
        raise ReadError(path, f"the Word file has no {_MAIN}", "open it in Word and save it as .docx")
    return found


def _refuse_unsafe(members: list[zipfile.ZipInfo], path: str) -> None:
    """Raise ReadError for names that lead out of the archive and for sizes that no draft has."""
    for member in members[: _MOST_PARTS + 1]:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
            raise ReadError(path, f"its part {name[:60]!r} leads out of the archive", "do not open it")
        packed = max(1, member.compress_size)
        if member.file_size > _LARGEST or (member.file_size > _SMALL and member.file_size > _MOST_PACKED * packed):
            raise ReadError(path, f"its part {name[:60]!r} unpacks to {member.file_size} bytes", "ask for another file")
        if member.flag_bits & 1:
            raise ReadError(path, "the Word file is encrypted", "save it without a password")
    if len(members) > _MOST_PARTS:
        raise ReadError(path, f"the archive holds {len(members)} parts", "ask for another file")


def _root(data: bytes, path: str) -> Element:
    from ticktie.xbrl.xml import XmlError, parse

    try:
        root: Element = parse(data.replace(_STRICT[1:-1].encode(), _W[1:-1].encode())).root
        return root
    except XmlError as problem:
        raise ReadError(path, f"the Word file is damaged: {problem}", "open it in Word and save it again") from None


def _body(data: bytes, path: str) -> Element:
    body = _root(data, path).find(f"{_W}body")
    if body is None:
        raise ReadError(path, "the Word file has no body", "open it in Word and save it again")
    return body


def _notes(root: Element) -> str:
    """The footnotes, without the separators that stand among them."""
    real = [note for note in root if note.get(f"{_W}type") in (None, "normal")]
    return "".join(block for note in real for block in _blocks(note))


def _blocks(parent: Element) -> Iterator[str]:
    """Paragraphs and tables as markup; what wraps them (content controls, insertions) is looked through."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield f"<p>{_words(child)}</p>"
        elif child.tag == f"{_W}tbl":
            yield f"<table>{''.join(_row(row) for row in _rows(child))}</table>"
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _rows(child)


def _row(row: Element) -> str:
    cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    lead = f'<td colspan="{_number(before)}"></td>' if before is not None and _number(before) else ""
    return f"<tr>{lead}{''.join(_cell(cell) for cell in cells)}</tr>"


def _cell(cell: Element) -> str:
    """A cell with its span; one that goes on with the one above is blank."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    wide = f' colspan="{_number(span) or 1}"' if span is not None else ""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    if merged is not None and merged.get(f"{_W}val") != "restart":
        return f"<td{wide}></td>"
    return f"<td{wide}{_indent(cell)}>{''.join(_blocks(cell))}</td>"


def _indent(cell: Element) -> str:
    """How far the first paragraph of a cell is set in, from twentieths of a point."""
    found = cell.find(f"{_W}p/{_W}pPr/{_W}ind")
    twips = (found.get(f"{_W}left") or found.get(f"{_W}start") or "0") if found is not None else "0"
    points = int(twips) // 20 if twips.lstrip("-").isdigit() else 0
    return f' style="padding-left:{points}pt"' if 0 < points < 500 else ""


def _is_in_run(node: Element) -> bool:
    """Whether a tab is text, and not a stop of the paragraph's layout."""
    parent = node.getparent()
    return parent is not None and parent.tag == f"{_W}r"


def _number(element: Element) -> int:
    value = element.get(f"{_W}val") or ""
    return min(100, int(value)) if value.isdigit() else 0


def _words(paragraph: Element) -> str:
    """The visible text of a paragraph: inserted text counts, deleted text does not."""
    parts = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(escape(node.text or ""))
        elif node.tag in (f"{_W}tab", f"{_W}ptab") and _is_in_run(node):
            parts.append("&#160;&#160;&#160;&#160;")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("<br>")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)

"""A text as a page for people: its prose as paragraphs, its tables as tables, every character of it in its place.

Nothing is left out. What only a typesetter needs (an escaping backslash, the bars of a drawn table) stays in the text
in no size, so that a search or a copy finds what the source holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from ticktie.emit.contexts import Frame
from ticktie.emit.markup import element, escaped
from ticktie.emit.tags import Tag, wrapped
from ticktie.model.source import Cell, Document, Paragraph, Row, Table

_LONGEST_HEADING = 90
_WRAPPED_AT = 60


class Ink(Struct, frozen=True):
    """What is drawn: the text, its tags by start in ascending order, and remarks by fact id."""

    text: str
    tags: tuple[Tag, ...]
    shared: Frame
    remarks: Mapping[str, str]
    totals: frozenset[str]

    def markup(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with its tags."""
        out, at = [], start
        for tag in self.within(start, end):
            out += [_prose(self.text[at : tag.start]), self.figure(tag, self.text[tag.start : tag.end])]
            at = tag.end
        return "".join([*out, _prose(self.text[at:end])])

    def within(self, start: int, end: int) -> list[Tag]:
        """The tags that lie in ``[start, end)``."""
        from bisect import bisect_left

        first = bisect_left(self.tags, start, key=lambda tag: tag.start)
        last = bisect_left(self.tags, end, key=lambda tag: tag.start)
        return [tag for tag in self.tags[first:last] if tag.end <= end]

    def figure(self, tag: Tag, text: str) -> str:
        """The printed ``text`` of a tag in its elements, with the remarks on its facts."""
        drawn = wrapped(tag, escaped(text), self.shared)
        said = " ".join(dict.fromkeys(self.remarks[fact.id] for fact in tag.facts if fact.id in self.remarks))
        return element("span", {"class": "remark", "title": said}, drawn) if said else drawn


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        "escape": re.compile(r"\\(?=[!-/:-@\[-`{-~])"),
        "number": re.compile(r"[\s\\$€£¥()\[\]%,.\d*†x–—-]*\d[\s\\$€£¥()\[\]%,.\d*†x–—-]*|[\s\\$(–—)-]+"),
        "bullet": re.compile(r"\s*(?:[-–—•·*▪]|o|\(?[a-z0-9]{1,3}[.)])\s+"),
        "heading": re.compile(r"#{1,6}\s|\*\*[^*]+\*\*$"),
        "rule": re.compile(r"[-=_*\s]{3,}"),
    }


def body(document: Document, ink: Ink) -> Iterator[str]:
    """The blocks of a document as XHTML, in reading order, with whatever stands between them."""
    at = 0
    for block in document.blocks:
        yield from _between(ink, at, block.span.start)
        yield _table(block, ink) if isinstance(block, Table) else _paragraph(block, ink)
        at = max(at, block.span.end)
    yield from _between(ink, at, len(document.text))


def _between(ink: Ink, start: int, end: int) -> Iterator[str]:
    if ink.text[start:end].strip():
        yield element("p", None, ink.markup(start, end))


def _paragraph(block: Paragraph, ink: Ink) -> str:
    text, patterns = block.text.strip(), _patterns()
    drawn = ink.markup(block.span.start, block.span.end)
    if patterns["rule"].fullmatch(text):
        return element("p", {"class": "rule"}, drawn)
    if patterns["bullet"].match(text):
        return element("p", {"class": "item"}, drawn)
    if patterns["heading"].match(text) or _is_heading(text):
        return element("h2" if len(text) <= _LONGEST_HEADING else "p", None, drawn)
    lines = text.splitlines()
    is_short = len(lines) > 1 and max(map(len, lines)) < _WRAPPED_AT
    return element("p", {"class": "lines"} if is_short else None, drawn)


def _is_heading(text: str) -> bool:
    """Whether one short line in capitals, or in title case without a full stop, heads what follows."""
    letters = [character for character in text if character.isalpha()]
    if "\n" in text or len(text) > _LONGEST_HEADING or len(letters) < 3:
        return False
    words = [word for word in re.findall(r"[A-Za-z][\w'’-]*", text) if len(word) > 3]
    return text.isupper() or (bool(words) and text[-1] not in ".,;:)" and all(word[0].isupper() for word in words))


def _table(table: Table, ink: Ink) -> str:
    width = max(len(row.cells) for row in table.rows)
    figures = [bool(ink.within(row.cells[0].span.start, row.cells[-1].span.end)) for row in table.rows]
    head = figures.index(True) if any(figures) else 0
    rows = [
        _row(row, _end(table, number), ink, width, "head" if number < head else "")
        for number, row in enumerate(table.rows)
    ]
    return element("table", None, "\n", element("tbody", None, "\n", *(f"{row}\n" for row in rows)))


def _end(table: Table, number: int) -> int:
    """Where the stretch of text that belongs to a row ends: the next row's beginning."""
    if number + 1 < len(table.rows):
        return table.rows[number + 1].cells[0].span.start
    return table.span.end


def _row(row: Row, end: int, ink: Ink, width: int, kind: str) -> str:
    cells = row.cells
    ends = [*(cell.span.start for cell in cells[1:]), max(end, cells[-1].span.end)]
    drawn = [
        _cell(cell, after, ink, number, width if len(cells) == 1 else 1)
        for number, (cell, after) in enumerate(zip(cells, ends, strict=True))
    ]
    tags = ink.within(cells[0].span.start, max(end, cells[-1].span.end))
    is_total = any(fact.id in ink.totals for tag in tags for fact in tag.facts)
    return element("tr", {"class": "total" if is_total and not kind else kind or None}, *drawn)


def _cell(cell: Cell, after: int, ink: Ink, number: int, span: int) -> str:
    rest = ink.text[cell.span.end : after].strip()
    drawn = ink.markup(cell.span.start, cell.span.end) + (_tiny(rest) if rest else "")
    is_figure = number > 0 and _patterns()["number"].fullmatch(cell.text) is not None
    said = {"class": "figure" if is_figure else None, "colspan": str(span) if span > 1 else None}
    return element("td", said, drawn)


def _prose(text: str) -> str:
    """Text with the backslashes that only escape what follows in no size."""
    pattern = _patterns()["escape"]
    return _tiny("\\").join(escaped(part) for part in pattern.split(text))


def _tiny(text: str) -> str:
    return element("span", {"class": "tiny"}, escaped(text))

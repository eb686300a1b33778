"""A text as a page for people: its prose as paragraphs, its tables as tables, every character of it in its place.

Nothing is left out. What only a typesetter needs (an escaping backslash, the bars of a drawn table) stays in the text
in no size, so that a search or a copy finds what the source holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from ticktie.emit.contexts import Frame
from ticktie.emit.markup import element, escaped
from ticktie.emit.tags import Tag, wrapped
from ticktie.model.source import Document, Paragraph, Row, Table

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
        "number": re.compile(r"[\s\\$€£¥()\[\]%,.\d*†x–—-]*\d[\s\\$€£¥()\[\]%,.\d*†x–—-]*"),
        "year": re.compile(r"(?:19|20)\d\d"),
        "sign": re.compile(r"\\?[$€£¥]"),
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


class _Cell(Struct, frozen=True):
    """A stretch of a row, ``[start, end)``, that is drawn as one cell; ``rest`` is what stands behind it."""

    text: str
    start: int
    end: int
    rest: str


def _table(table: Table, ink: Ink) -> str:
    rows = [_cells(row, _end(table, number), ink.text) for number, row in enumerate(table.rows)]
    tags = [ink.within(cells[0].start, max(cells[-1].end, cells[0].start + 1)) for cells in rows]
    counts = Counter(_values(cells) for cells, found in zip(rows, tags, strict=True) if found)
    width = max(counts, key=lambda count: (counts[count], count)) if counts else max(len(cells) - 1 for cells in rows)
    first = next((number for number, found in enumerate(tags) if found), 0)
    columns = max(width, *(_columns(cells, width) for cells in rows))
    drawn = []
    for number, (cells, found) in enumerate(zip(rows, tags, strict=True)):
        is_head = number < first and not any(_is_figure(cell.text) for cell in cells[1:])
        is_total = any(fact.id in ink.totals for tag in found for fact in tag.facts)
        kind = "head" if is_head else "total" if is_total else None
        drawn.append(element("tr", {"class": kind}, *_drawn(cells, width, columns, ink)))
    return element("table", None, "\n", element("tbody", None, "\n", *(f"{row}\n" for row in drawn)))


def _end(table: Table, number: int) -> int:
    """Where the stretch of text that belongs to a row ends: the next row's beginning."""
    if number + 1 < len(table.rows):
        return table.rows[number + 1].cells[0].span.start
    return table.span.end


def _cells(row: Row, end: int, text: str) -> list[_Cell]:
    """The cells of a row; a currency sign alone goes with the figure behind it."""
    starts = [cell.span.start for cell in row.cells]
    ends = [*starts[1:], max(end, row.cells[-1].span.end)]
    out: list[_Cell] = []
    for number, (cell, after) in enumerate(zip(row.cells, ends, strict=True)):
        start = cell.span.start
        if number > 1 and _patterns()["sign"].fullmatch(out[-1].text) and cell.text:
            start = out.pop().start
        shown = " ".join(text[start : cell.span.end].split())
        out.append(_Cell(shown, start, cell.span.end, text[cell.span.end : after].strip()))
    return out


def _values(cells: list[_Cell]) -> int:
    return sum(bool(cell.text) for cell in cells[1:])


def _drawn(cells: list[_Cell], width: int, columns: int, ink: Ink) -> list[str]:
    """The cells of a row on a grid of ``columns`` behind the label, figures to the right: blanks give way, a heading
    spans the columns below it, and a row that is wider than the others takes room from its label."""
    values = _laid(cells, width)
    span = width // len(values) if values and width % len(values) == 0 else 1
    used = max(width, span * len(values)) if values else 0
    missing = used - span * len(values)
    label = _cell(cells[0], ink, 1 + columns - used)
    return [label, *(_cell(cell, ink, span) for cell in values), *["<td></td>"] * missing]


def _laid(cells: list[_Cell], width: int) -> list[_Cell]:
    """The values of a row: without its blanks where they are not needed to tell its columns."""
    values = cells[1:]
    if _values(cells) == width or len(values) > width:
        return [cell for cell in values if cell.text or cell.rest]
    return values


def _columns(cells: list[_Cell], width: int) -> int:
    return len(_laid(cells, width))


def _cell(cell: _Cell, ink: Ink, span: int = 1) -> str:
    drawn = ink.markup(cell.start, cell.end) + (_tiny(cell.rest) if cell.rest else "")
    is_figure = _is_figure(cell.text) or (bool(cell.text) and not any(map(str.isalnum, cell.text)))
    said = {"class": "figure" if is_figure else None, "colspan": str(span) if span > 1 else None}
    return element("td", said, drawn)


def _is_figure(text: str) -> bool:
    """Whether a cell holds a number that is no year."""
    patterns = _patterns()
    return patterns["number"].fullmatch(text) is not None and not patterns["year"].fullmatch(text)


def _prose(text: str) -> str:
    """Text with the backslashes that only escape what follows in no size."""
    pattern = _patterns()["escape"]
    return _tiny("\\").join(escaped(part) for part in pattern.split(text))


def _tiny(text: str) -> str:
    return element("span", {"class": "tiny"}, escaped(text))

"""Sentences of running text with their places: paragraphs joined over page breaks, lines unwrapped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from ticktie.model.source import Document, Paragraph, Span, Table

_WORD = re.compile(r"\S+")
_WIDE = re.compile(r"\s\s|[^\S ]")
_NUMERIC = re.compile(r"[$(]{0,3}[\d,.]*\d[\d,.]*[)%]{0,2}|[$%)(]|[-–—]")
_DIGIT = re.compile(r"\d")
_SPELLED = re.compile(r"\b(?:million|billion)\b|\.$", re.IGNORECASE)
_COLUMNS = re.compile(r"\S\s{2,}[$(]{0,2}\s{0,3}\d|\.{4}|\S\s{6,}\S")
_PAGE_NOISE = re.compile(
    r"\s*(?:[-–—\s]{0,4}(?:page\s)?\d{1,3}(?:\s(?:of|/)\s\d{1,3})?[-–—\s]{0,4}|-?\s?more\s?-?|<page>|\f|#+\spage\s\d+|\W{0,4})\s*",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?:;][\"”’')\]*]{0,3}\s*$")
_HANGING = re.compile(
    r"(?:,|\b(?:the|a|an|of|in|to|for|as|and|or|by|with|from|at|on|was|were|is|its|our|that|which|per|net|operating|total|approximately|compared))\s*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s{0,8}(?:[-–—•·*▪o]\s|-{2}\s|\(?[a-z0-9]{1,2}[.)]\s)")
_BREAK = re.compile(r"(?<=[.!?])(?:[\"”’')\]]{1,3}|'')?\s(?=[“\"‘(`]{0,3}[A-Z0-9$])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|St|No|Nos|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|Ph\.D"
    r"|Calif|Mass|Wash|Fig|Vol|Rs|[A-Z])\.|\b[a-z]\.[a-z]\.|[ap]\.m\.)$"
)
#: Characters of the longest sentence (so that work on sentences is linear in the document), and of a passage.
LONGEST = 2000
_LONGEST_PASSAGE = 20_000
#: Words of a paragraph that make it prose, and not a heading or a label.
_PROSE = 12


class Passage(Struct, frozen=True):
    """One run of text with single spaces; ``anchors`` are (offset here, offset in the document), ascending."""

    text: str
    anchors: tuple[tuple[int, int], ...]
    heading: str = ""

    def place(self, offset: int) -> int:
        """The document offset of a character of this passage."""
        here, there = self.anchors[max(0, bisect_right(self.anchors, (offset, 1 << 60)) - 1)]
        return there + offset - here

    def span(self, start: int, end: int) -> Span:
        """The document span of ``text[start:end]`` (not empty)."""
        return Span(self.place(start), self.place(end - 1) + 1)


class Sentence(Struct, frozen=True):
    """A sentence at ``start`` of its passage; ``paragraph`` counts passages, ``index`` sentences within."""

    text: str
    start: int
    passage: Passage
    paragraph: int
    index: int

    def span(self, start: int, end: int) -> Span:
        return self.passage.span(self.start + start, self.start + end)


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the document's running text, in reading order; lines that are table rows are left out."""
    found: list[Sentence] = []
    for number, passage in enumerate(passages(document)):
        for index, (start, end) in enumerate(_bounds(passage.text)):
            found.append(Sentence(passage.text[start:end], start, passage, number, index))
    return tuple(found)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        if _ABBREVIATION.search(text, max(0, match.start() - 8), match.start()):
            continue
        yield from pieces(text, start, match.start())
        start = match.end()
    if text[start : start + LONGEST + 1].strip():
        yield from pieces(text, start, len(text))


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """``[start, end)`` cut at spaces into pieces no longer than a sentence can be."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def passages(document: Document) -> Iterator[Passage]:
    """Paragraphs as passages; one that ends in mid-sentence goes on in the next, over page numbers and "-more-"."""
    pending: list[Span] = []
    broken, heading = False, ""
    for text, lines in _paragraphs(document):
        if _PAGE_NOISE.fullmatch(text):
            broken = True
            continue
        if pending and not _continues(_ending(document, pending), text, broken):
            yield _passage(document, pending, heading)
            pending = []
        if not pending and _is_heading(text):
            heading = text.strip()
        pending += lines
        broken = False
    if pending:
        yield _passage(document, pending, heading)


def _paragraphs(document: Document) -> Iterator[tuple[str, list[Span]]]:
    """The prose lines of each paragraph; a table is empty text where it is no more than a page number."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines = list(_prose_lines(document.text, block.span))
            if lines:
                yield "\n".join(document.text[line.start : line.end] for line in lines), lines
        elif len(block.rows) > 1 or not _is_page_number(block):
            yield "Table.", []


def _is_page_number(table: Table) -> bool:
    return all(_PAGE_NOISE.fullmatch(cell.text) for row in table.rows for cell in row.cells)


def _prose_lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if not _is_tabular(text[start:end].strip()):
            yield Span(start, end)
        start = end + 1


def _is_tabular(line: str) -> bool:
    """Whether a line is a row of a table: columns with figures, or half figures."""
    if not line or (not line[0].isalnum() and set(line) <= set("-=_ .*")):
        return True
    if _DIGIT.search(line) and len(_COLUMNS.findall(line)) > 1:
        return True
    return _is_figures(line.split(), line)


def _is_figures(words: list[str], line: str) -> bool:
    """Whether at least three words of a line, and half of them, are figures or their signs."""
    if 2 * sum(word[-1].isalpha() for word in words) > len(words):
        return False
    numeric = sum(_NUMERIC.fullmatch(word) is not None for word in words)
    return numeric > 2 and numeric * 2 >= len(words) and not _SPELLED.search(line)


def _continues(before: str, after: str, broken: bool) -> bool:
    """Whether a paragraph goes on in the next one."""
    words = before.split()
    if not after.strip() or _END.search(before) or _BULLET.match(after) or after.startswith("Table."):
        return False
    if len(words) < _PROSE:
        return False
    opens_low = after.lstrip()[:1].islower() or after.lstrip()[:1] in "$\\"
    return opens_low or broken or _HANGING.search(before) is not None


def _is_heading(text: str) -> bool:
    words = text.split()
    return 0 < len(words) < _PROSE and not _END.search(text) and not _BULLET.match(text)


def is_list_item(text: str) -> bool:
    """Whether a passage opens with a bullet or a number of a list."""
    return _BULLET.match(text) is not None


def _ending(document: Document, spans: list[Span]) -> str:
    """The text of the last lines, as far as it tells whether a paragraph goes on; empty where it is long enough."""
    if spans[-1].end - spans[0].start > _LONGEST_PASSAGE:
        return ""
    return " ".join(document.text[span.start : span.end] for span in spans[-12:])


def _passage(document: Document, spans: list[Span], heading: str) -> Passage:
    parts: list[str] = []
    anchors: list[tuple[int, int]] = []
    here = 0
    for span in spans:
        for start, part in _parts(document.text[span.start : span.end]):
            anchors.append((here, span.start + start))
            parts.append(part)
            here += len(part) + 1
    return Passage(" ".join(parts), tuple(anchors), heading)


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """A line in parts with single spaces inside: the whole line where it has no others."""
    stripped = line.strip()
    if _WIDE.search(stripped):
        yield from ((match.start(), match[0]) for match in _WORD.finditer(line))
    elif stripped:
        yield line.index(stripped[0]), stripped

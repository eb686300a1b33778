"""Where the statements stand: runs of table rows with the caption above them and the stray words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from rapidfuzz.fuzz import ratio

from ticktie.extract.numbers import content, is_year
from ticktie.model.facts import Statement
from ticktie.model.source import Block, Document, Paragraph, Row, Table

_CAPTIONS: tuple[tuple[Statement, re.Pattern[str]], ...] = (
    ("cash-flow", re.compile(r"\bcash\s+flows?\b", re.I)),
    ("balance-sheet", re.compile(r"\bbalance\s+sheets?\b|\bfinancial\s+(?:condition|position)\b", re.I)),
    (
        "income-statement",
        re.compile(
            r"\bstatements?\s+of\s+(?:\w+\s+){0,3}(?:operations|income|earnings|loss|profit)\b|\bincome\s+statements?\b"
            r"|\bprofit\s+(?:and|or)\s+loss\b|\boperating\s+results\b|\bresults\s+of\s+operations\b",
            re.I,
        ),
    ),
)
_SCALES = (
    (9, re.compile(r"\b(?:in|of)\s+billions\b|\$\s?billions?\b", re.I)),
    (
        6,
        re.compile(
            r"\b(?:in|of)\s+(?:US\s+|U\.S\.\s+|[A-Z]{3}\s+)?(?:[$€£¥]\s?)?millions\b"
            r"|\bmillions\s+of\s+dollars\b|\(millions", re.I
        ),
    ),
    (3, re.compile(r"\bthousands\b|\b000'?s\b|\$?['’]000|\(000\)|000\s+omitted", re.I)),
)
#: Every text that states a scale holds one of these; misread ones stand in brackets.
_SCALE_HINTS = ("llion", "thousand", "000", "dollars", "(")
_WHOLE = re.compile(r"\(in\s+(?:whole\s+)?dollars\b|\bin\s+whole\s+dollars\b", re.I)
#: Words that stand between the rows of a statement and open no table of their own.
_ASIDE_WORDS = re.compile(
    r"\b(?:for|the|and|of|in|as|at|to|on|ended|ending|unaudited|audited|continued|thousands|millions|dollars|except"
    r"|per|share|shares|data|amounts?|us|u\.s|months?|quarters?|weeks?|years?|fiscal|first|second|third|fourth|one|two"
    r"|three|six|nine|twelve|thirteen|twenty|thirty|fifty|more|page|restated|see|notes?|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|assets|liabilities|equity|shareholders|stockholders|s"
    r"|revenues?|expenses|net|sales|costs)\b|[\W\d_]+",
    re.I,
)
_OTHER_TABLE = re.compile(
    r"\bsegments?\b|supplement|reconciliation|non-?gaap|\bpro\s+forma\b|geographic|backlog|\badjusted\b|\bratios?\b|statistic"
    r"|\bhighlights\b|\bexhibits?\b",
    re.I,
)
_LONGEST_CAPTION = 300
_MISREAD = 75
_NO_CAPTION = re.compile(
    r"^\W*item\s+\d|\bexhibits?\b|[a-z]\. [A-Z].*[a-z]\. [A-Z]|\b(?:announced?|reports?|reported)\b"
    r"|cash\s+flows?\s+(?:from|provided|used)|\b(?:operating|investing|financing)\s+activities\b",
    re.I,
)
_CONTENT: tuple[tuple[Statement, re.Pattern[str]], ...] = (
    (
        "cash-flow",
        re.compile(r"(?:provided|used)\D{0,20}(?:operating|investing|financing)|operating\s+activities", re.I),
    ),
    ("balance-sheet", re.compile(r"total\s+assets|total\s+liabilities|(?:stock|share)holders['’]?\s+equity", re.I)),
    (
        "income-statement",
        re.compile(
            r"revenues?\b|net\s+sales|net\s+(?:loss|income|earnings)|operating\s+expenses|per\s+(?:common\s+)?share",
            re.I,
        ),
    ),
)


class Region(Struct, frozen=True):
    """The rows of one statement: ``caption`` is the heading with the short lines around it, ``asides`` the short
    paragraphs that stand between or after the rows; ``scale`` the power of ten of its money. ``is_typed`` says that its
    characters are those that were typed: no engine has misread them."""

    kind: Statement | None
    rows: tuple[Row, ...]
    caption: tuple[Paragraph, ...] = ()
    asides: tuple[Paragraph, ...] = ()
    scale: int | None = None
    breaks: tuple[int, ...] = ()
    is_typed: bool = False
    is_comprehensive: bool = False

    @property
    def reported_kind(self) -> Statement | None:
        """The statement that the facts of the region belong to: one that ends in comprehensive income without a row
        of net income is one of comprehensive income, though its rows read like an income statement."""
        return "other" if self.is_comprehensive else self.kind

    @property
    def is_placed(self) -> bool:
        """Whether the rows have true geometry."""
        return bool(self.rows) and self.rows[0].columns > 0


class _Open(Struct):
    """A region that still grows."""

    kind: Statement | None
    caption: list[Paragraph] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    asides: list[Paragraph] = field(default_factory=list)
    scale: int | None = None
    breaks: list[int] = field(default_factory=list)

    def closed(self) -> Region:
        other = any(_OTHER_TABLE.search(paragraph.text) for paragraph in self.caption)
        kind = self.kind or (None if other else kind_of_rows(self.rows))
        return Region(kind, tuple(self.rows), tuple(self.caption), tuple(self.asides), self.scale, tuple(self.breaks))


def regions(document: Document) -> tuple[Region, ...]:
    """The regions of ``document`` that hold at least one row, in reading order; of markup only tables without true
    geometry (preformatted ones)."""
    blocks = document.blocks if document.source is None else _unplaced(document.blocks)
    return tuple(region for region in _walk(blocks) if region.rows)


def _unplaced(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks without tables of true geometry; none where no other table stands among them."""
    left = [block for block in blocks if isinstance(block, Paragraph) or not block.rows[0].columns]
    return left if any(isinstance(block, Table) for block in left) else []


def kind_of_caption(text: str) -> Statement | None:
    """The statement that a heading announces; None for running text and other headings."""
    flat = " ".join(text.split())
    if len(flat) > _LONGEST_CAPTION or flat.endswith((".", ";")) or _NO_CAPTION.search(flat):
        return None
    return next((kind for kind, pattern in _CAPTIONS if pattern.search(flat)), None)


def scale_of(text: str) -> int | None:
    """The power of ten that ``text`` states for money ("in thousands" is 3); None where it states none."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _SCALE_HINTS):
        return None
    if _WHOLE.search(text):
        return 0
    stated = next((power for power, pattern in _SCALES if pattern.search(text)), None)
    return _misread_scale(text) if stated is None else stated


def _misread_scale(text: str) -> int | None:
    """The scale of a bracket whose words are misread: "(ln thousarids, except per share data)"."""
    inside = re.match(r"[^(\d]{0,60}\(\s*[Il1|]n\s([^()\d]{7,80})\)?\s*$", text)
    for word in re.findall(r"[A-Za-z0-9|]{7,10}", inside[1]) if inside else ():
        for power, name in ((3, "thousands"), (6, "millions")):
            if ratio(word.lower(), name) >= _MISREAD:
                return power
    return None


def kind_of_rows(rows: Iterable[Row]) -> Statement | None:
    """The statement that the row labels look like; None where fewer than two figures or no telling label stand."""
    rows = list(rows)
    if sum(content(cell.text).kind in ("figure", "many") for row in rows for cell in row.cells[1:]) < 2:
        return None
    labels = "\n".join(row.cells[0].text for row in rows)
    hits = {kind: len(pattern.findall(labels)) for kind, pattern in _CONTENT}
    best = max(hits, key=lambda kind: hits[kind])
    return best if hits[best] else None


def _walk(blocks: Iterable[Paragraph | Table]) -> Iterator[Region]:
    current: _Open | None = None
    scale: int | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            scale = _stated(block.text, scale)
            following = _after_paragraph(current, block, scale)
            if current is not None and following is not current:
                yield current.closed()
            current = following
        else:
            for row in block.rows:
                kind = _caption_row(row)
                if kind and (current is None or current.rows):
                    if current is not None:
                        yield current.closed()
                    current = _Open(kind, scale=scale)
                current = current or _Open(None, scale=scale)
                if row is block.rows[0] and _is_other_statement(current, block.rows):
                    yield current.closed()
                    current = _Open(None, scale=current.scale)
                current.scale = _stated_by_row(row, current.scale)
                current.rows.append(row)
            if current is not None:
                current.breaks.append(len(current.rows))
    if current is not None:
        yield current.closed()


def _is_other_statement(current: _Open, rows: Sequence[Row]) -> bool:
    """Whether a table that follows without a caption is plainly a statement of another kind."""
    kinds = {current.kind or kind_of_rows(current.rows), kind_of_rows(rows)}
    return bool(current.rows) and kinds == {"balance-sheet", "income-statement"}


def _stated(text: str, before: int | None) -> int | None:
    """The scale in force after ``text``: a heading or an aside sets it, running text does not."""
    stated = scale_of(text) if len(text) <= _LONGEST_CAPTION else None
    return before if stated is None else stated


def _stated_by_row(row: Row, before: int | None) -> int | None:
    """The scale in force after a table row: a row of figures does not state it, nor one that speaks of shares."""
    text = " ".join(cell.text for cell in row.cells)
    figures = [cell for cell in row.cells if content(cell.text).kind in ("figure", "many") and not is_year(cell.text)]
    return before if figures or re.match(r"(?i)\W*(?:\w+\s+){0,2}shares", text) else _stated(text, before)


def _after_paragraph(current: _Open | None, block: Paragraph, scale: int | None) -> _Open | None:
    """The region that is open after a paragraph: a new one, the same one, or none."""
    kind = kind_of_caption(block.text)
    if kind is not None:
        return _Open(kind, [block], scale=scale)
    if len(block.text) > _LONGEST_CAPTION or (re.search(r"[a-z]{2}\.$", block.text.strip()) and len(block.text) > 80):
        return None
    if current is not None and not _ASIDE_WORDS.sub("", block.text):
        (current.asides if current.rows else current.caption).append(block)
        current.scale = scale if not current.rows else current.scale
        return current
    if current is not None and not current.rows:
        current.caption.append(block)
        return current
    return _Open(None, [block], scale=scale)


def _caption_row(row: Row) -> Statement | None:
    """The statement that a table row announces: one text cell and nothing else."""
    texts = [cell.text for cell in row.cells if cell.text]
    return kind_of_caption(texts[0]) if len(texts) == 1 and len(texts[0]) > 12 else None

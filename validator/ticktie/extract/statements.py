"""Which tables of a document with true geometry are the primary statements: by the rows they hold, then by caption.

A document repeats its statements in discussions, reconciliations and summaries; of tables that hold the landmarks of
one statement the captioned one is it, and others only where they report other periods under a caption of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from ticktie.extract.numbers import content, is_year
from ticktie.extract.periods import dates, durations
from ticktie.extract.regions import Region, scale_of
from ticktie.extract.split_tables import whole_tables
from ticktie.model.facts import Statement
from ticktie.model.source import Document, Paragraph, Row, Table

#: Labels that each statement holds one of; all groups must be met.
_LANDMARKS: dict[Statement, tuple[str, ...]] = {
    "balance-sheet": (
        r"\btotal (?:consolidated )?assets\b|^assets, total",
        r"\b(?:total )?liabilities\b.*(?:equity|deficit|deficiency|capital|net assets|investment|surplus|fund)"
        r"|^total (?:equity|capital) and liabilities|equity and (?:total )?liabilities",
    ),
    "cash-flow": (
        r"\boperating activities|\boperations\b",
        r"\binvesting activities|\binvestment activities",
        r"\b(?:fi)?nancing\b",
    ),
    "income-statement": (
        r"\bnet\b.{0,30}\b(?:income|loss|earnings|profit)|^profit\b"
        r"|^(?:income|profit|loss|earnings)\b.*\b(?:period|year|quarter)\b",
        r"\btax(?:es|ation)?\b|\boperating (?:income|loss|profit|expenses|costs)|\bcosts and expenses|\btotal expenses"
        r"|\b(?:loss|income|profit) from operations|\bgeneral and administrative|\bnoninterest expense",
        r"\brevenues?\b|\bsales\b|\bper\b.{0,30}\bshare|\bpremiums\b|\bdiluted\b|\binterest income\b|\bturnover\b",
    ),
}
_CAPTIONS: dict[Statement, str] = {
    "cash-flow": r"\bstatements?\s+of\s+(?:\w+\s+){0,3}cash\s*flows?|\bcash\s*flows?\s+statements?",
    "balance-sheet": r"\bbalance\s+sheets?\b|\bstatements?\s+of\s+(?:\w+\s+){0,3}financial\s+(?:condition|position)",
    "income-statement": (
        r"\bstatements?\s+of\s+(?:\w+\s+){0,3}(?:operations|income|earnings|loss|profit)\b|\bincome\s+statements?\b"
        r"|\bprofit\s+(?:and|or|&)\s+loss\b"
    ),
}
#: Words of a caption or of a header that make a table a view of its own of the figures.
_OTHER = (
    r"\breconcil|non-?gaap|\bpro\s?forma\b|\bsegments?\b|\bas\s+(?:previously\s+)?reported\b|\badjust(?:ed|ments?)\b"
    r"|\beliminations?\b|\bparent\s+company\b|\bcondensed\s+consolidating\b|\bparenthetical"
)
_FEWEST_ROWS = 5
_UNCAPTIONED_ROWS = 10
_LONGEST_CAPTION, _LONGEST_NAME = 200, 120
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
#: A longer text with a full stop is a sentence, and no name.
_LONGEST_END = 60
#: Paragraphs above a table that may be its caption.
_NEAR = 7


class Candidate(Struct, frozen=True):
    """A table that holds the landmarks of a statement, with the texts above it and its rows of figures."""

    index: int
    kind: Statement
    table: Table
    caption: tuple[Paragraph, ...]
    rows: int
    captioned: bool
    header: str

    @property
    def worth(self) -> tuple[bool, int, int]:
        return self.captioned, self.rows, -self.index


@cache
def _patterns(kind: Statement) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _LANDMARKS[kind])


@cache
def _caption_pattern(kind: Statement) -> re.Pattern[str]:
    return re.compile(_CAPTIONS[kind], re.IGNORECASE)


@cache
def _other() -> re.Pattern[str]:
    return re.compile(_OTHER, re.IGNORECASE)


def placed_regions(document: Document) -> tuple[Region, ...]:
    """The primary statements among the tables with true geometry, in reading order."""
    found = list(_candidates(document))
    chosen = [candidate for kind in _LANDMARKS for candidate in _chosen([c for c in found if c.kind == kind])]
    return tuple(_region(candidate, document) for candidate in sorted(chosen, key=lambda c: c.index))


def is_figure_row(row: Row) -> bool:
    """Whether a row has a figure beside its label that heads no column as a year."""
    if is_header_row(row):
        return False
    return any(content(cell.text).is_well_formed for cell in row.cells if cell.column)


def is_header_row(row: Row) -> bool:
    """Whether all that stands beside the label of a row are years, or words."""
    beside = [cell for cell in row.cells if cell.column]
    held = [cell for cell in beside if content(cell.text).is_well_formed]
    if not held:
        return bool(beside)
    dated = any(dates(cell.text) for cell in beside if cell not in held)
    return all(is_year(cell.text) for cell in held) and (len(held) > 1 or dated or not row.cells[0].text)


def header_of(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows above the first one with figures."""
    first = next((index for index, row in enumerate(rows) if is_figure_row(row)), len(rows))
    return tuple(rows[:first])


def _candidates(document: Document) -> Iterator[Candidate]:
    above: list[Paragraph] = []
    blocks = document.blocks if document.source is not None else tuple(whole_tables(document.blocks))
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            above.append(block)
            continue
        if block.rows and (block.rows[0].columns > 1 or document.is_typed):
            caption = _caption(above)
            yield from _candidates_of(index, block, caption)
        if len(block.rows) > 1:
            above = []


def _caption(above: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The short texts right above a table, up to running text."""
    found: list[Paragraph] = []
    for paragraph in reversed(above[-_NEAR:]):
        flat = " ".join(paragraph.text.split())
        if len(flat) > _LONGEST_CAPTION or (len(flat) > _LONGEST_END and flat.endswith(".")):
            break
        found.append(paragraph)
    return tuple(reversed(found))


def _candidates_of(index: int, table: Table, caption: tuple[Paragraph, ...]) -> Iterator[Candidate]:
    rows = [row for row in table.rows if is_figure_row(row)]
    if len(rows) < _FEWEST_ROWS:
        return
    labels = [" ".join(cell.text for cell in row.cells if not cell.column).strip() for row in table.rows]
    header = header_of(table.rows)
    heads = [cell.text for row in header for cell in row.cells]
    lines = [line for paragraph in caption for line in _lines(paragraph.text)]
    beside = " ".join([*lines[-1:], *(row.cells[0].text for row in header if not row.cells[0].column)])
    texts = [*lines, beside[:_LONGEST_NAME].rstrip(".: "), *heads, *_over_columns(header)]
    for kind in _LANDMARKS:
        if not all(any(pattern.search(label) for label in labels) for pattern in _patterns(kind)):
            continue
        captioned = any(_names(kind, text) for text in texts)
        other = any(_is_name(text) and _other().search(text) for text in texts) or _rivals(kind, texts)
        if not other and not _in_percent(rows) and (captioned or len(rows) >= _UNCAPTIONED_ROWS):
            yield Candidate(index, kind, table, caption, len(rows), captioned, " ".join(heads).lower())


def _lines(text: str) -> list[str]:
    """The lines of a caption; a sentence is one piece."""
    return [text] if text.rstrip().endswith((".", ";")) else text.splitlines()


def _over_columns(header: Sequence[Row]) -> list[str]:
    """What stands over each grid column, from the top down: headings may be printed a word a line."""
    columns = range(1, header[0].columns if header else 0)
    over = [[cell.text for row in header for cell in row.cells if cell.column == column] for column in columns]
    return [" ".join(words) for words in over]


def _in_percent(rows: Sequence[Row]) -> bool:
    """Whether the first row of figures is printed in percent: the table is a view in shares of a total."""
    held = [content(cell.text) for cell in rows[0].cells if cell.column]
    return bool(held) and all(item.is_percent for item in held if item.kind == "figure")


def _names(kind: Statement, text: str) -> bool:
    """Whether a text is a caption of a statement, not a sentence that speaks of it."""
    return _is_name(text) and bool(_caption_pattern(kind).search(" ".join(text.split())))


def _is_name(text: str) -> bool:
    flat = " ".join(text.split())
    return len(flat) <= _LONGEST_NAME and not flat.endswith((".", ":"))


def _rivals(kind: Statement, texts: Sequence[str]) -> bool:
    """Whether the last caption above names another statement, of equity for one."""
    named = [text for text in texts if re.search(r"(?i)\bstatements?\s+of\b|\bbalance\s+sheets?\b", text)]
    return bool(named) and not any(_names(kind, text) for text in named)


def _chosen(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate of a statement, and captioned ones whose headers differ from its."""
    best = max(candidates, key=lambda candidate: candidate.worth, default=None)
    if best is None:
        return []
    headers = {_times(best)}
    chosen = [best]
    for candidate in candidates:
        if candidate is not best and candidate.captioned and best.captioned and _times(candidate) not in headers:
            headers.add(_times(candidate))
            chosen.append(candidate)
    return chosen


def _times(candidate: Candidate) -> frozenset[str]:
    """The words of a header that say its periods."""
    words = re.findall(r"\d+|[a-z]{3,}", candidate.header)
    return frozenset(word for word in words if word.isdigit() or durations(f"{word} ended") or word[:3] in _MONTHS)


def _region(candidate: Candidate, document: Document) -> Region:
    return Region(
        candidate.kind,
        _without_memo(candidate.table.rows),
        candidate.caption,
        (),
        _scale(candidate),
        (),
        document.source is not None or document.is_typed,
        candidate.kind == "income-statement" and _is_comprehensive(candidate.table.rows),
    )


def _without_memo(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows above a footnote within the table that breaks lines down ("(1) Includes ... as follows")."""
    for index, row in enumerate(rows):
        if index > _FEWEST_ROWS and not is_figure_row(row) and _memo().match(row.cells[0].text):
            return tuple(rows[:index])
    return tuple(rows)


@cache
def _memo() -> re.Pattern[str]:
    return re.compile(
        r"(?i)\s*(?:\(\w\)|\[\w\]|[*†‡§]+)\s*(?:amounts?\s+)?(?:includ|represent|reflect|consist|compris)"
    )


def _is_comprehensive(rows: Sequence[Row]) -> bool:
    """Whether the result of a table is comprehensive income alone."""
    labels = [row.cells[0].text.lower() for row in rows if is_figure_row(row)]
    results = [label for label in labels if _result().search(label) and not re.search(r"\bper\b|\bshares?\b", label)]
    return bool(results) and all("comprehensive" in label for label in results)


@cache
def _result() -> re.Pattern[str]:
    return re.compile(
        r"\bnet\b.{0,20}\b(?:income|loss|earnings|profit)\b|\bcomprehensive\b|^profit\b|\bfor the (?:period|year)\b"
    )


def _scale(candidate: Candidate) -> int | None:
    """The scale that header or caption states, the nearest first."""
    header = [cell.text for row in reversed(header_of(candidate.table.rows)) for cell in row.cells]
    return _first_scale([*header, *(paragraph.text for paragraph in reversed(candidate.caption))])


def _first_scale(texts: Iterable[str]) -> int | None:
    return next((power for text in texts if (power := scale_of(text)) is not None), None)

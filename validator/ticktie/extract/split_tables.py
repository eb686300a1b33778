"""Tables that pages cut: parts without a header of their own, or under the caption and header of the part above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ticktie.extract.dates import dates
from ticktie.extract.durations import durations
from ticktie.extract.numbers import content, is_year
from ticktie.model.source import Block, Paragraph, Row, Span, Table

#: What may stand between two parts: numbers of pages, a running head, a word that the table goes on.
_LONGEST_ASIDE, _MOST_ASIDES = 60, 3
_CONTINUED = re.compile(r"(?i)\W*\(?continued\)?\W*|\W*\(?cont['’.]?d?\)?\W*")


def whole_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """``blocks`` with the parts of each table in one, and what stood between them left out."""
    table: Table | None = None
    caption, between = "", list[Paragraph]()
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        said = _flat(between)
        if table is not None and (_goes_on(table, block, between) or _is_rest(table, block, caption, said)):
            table = _with(table, block)
        else:
            if table is not None:
                yield table
            yield from between
            table, caption = block, said
        between = []
    if table is not None:
        yield table
    yield from between


def header_length(rows: Sequence[Row]) -> int:
    """How many rows stand above the first one with figures."""
    return next((index for index, row in enumerate(rows) if _has_figures(row)), len(rows))


def _has_figures(row: Row) -> bool:
    held = [cell for cell in row.cells if cell.column and content(cell.text).is_well_formed]
    return any(not is_year(cell.text) for cell in held)


def _goes_on(above: Table, below: Table, between: Sequence[Paragraph]) -> bool:
    """Whether a table has no header and as many columns as the one above, and nothing but asides in between."""
    if len(between) > _MOST_ASIDES or any(not _is_aside(paragraph.text) for paragraph in between):
        return False
    return _width(above.rows) == _width(below.rows) > 0 and not any(_is_timed(row) for row in _header(below))


def _is_rest(above: Table, below: Table, caption: str, said: str) -> bool:
    """Whether a table under the same title and header as the one above holds other rows: each printed with the head of
    its page."""
    if not _same_header(above, below) or _title(caption) != _title(said) or _title(said) is None:
        return False
    labels = {row.cells[0].text.lower() for row in above.rows if row.cells[0].text}
    again = [row for row in below.rows[header_length(below.rows) :] if row.cells[0].text.lower() in labels]
    return said == caption or len(again) * 5 <= len(below.rows)


def _title(caption: str) -> str | None:
    """The statement that a caption names."""
    found = re.search(r"balance\s+sheets?|statements?\s+of\s+\w+(?:\s+\w+)?|\w+(?:\s+flows?)?\s+statements?", caption)
    return found[0] if found else None


def _is_aside(text: str) -> bool:
    flat = " ".join(text.split())
    return len(flat) <= _LONGEST_ASIDE and not re.search(r"(?i)\bstatements?\b|\bsheets?\b|:$|\.$", flat)


def _is_timed(row: Row) -> bool:
    return any(dates(cell.text) or durations(cell.text) for cell in row.cells)


def _header(table: Table) -> Sequence[Row]:
    return table.rows[: header_length(table.rows)]


def _width(rows: Sequence[Row]) -> int:
    counts = Counter(sum(bool(cell.text) for cell in row.cells[1:]) for row in rows if _has_figures(row))
    return max(counts, key=lambda number: (counts[number], number), default=0)


def _same_header(above: Table, below: Table) -> bool:
    first, second = _heads(above), _heads(below)
    return bool(first) and first == second


def _heads(table: Table) -> list[str]:
    return [cell.text for row in _header(table) for cell in row.cells if cell.column]


def _flat(between: Sequence[Paragraph]) -> str:
    """The words of a caption, without those that say that it goes on."""
    words = " ".join(" ".join(paragraph.text.split()) for paragraph in between[-2:])
    return _CONTINUED.sub(" ", words).strip().lower()


def _with(above: Table, below: Table) -> Table:
    """Both parts, without the header of the second."""
    rows = (*above.rows, *below.rows[header_length(below.rows) if _is_headed(below) else 0 :])
    return Table(rows, Span(above.span.start, below.span.end))


def _is_headed(table: Table) -> bool:
    return any(_is_timed(row) for row in _header(table))

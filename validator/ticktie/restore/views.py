"""Tables beside the primary statements: pro forma views of one, and supplementary tables that claims may repeat.

Their figures carry the part that they speak of, so that no figure of a view stands for the consolidated actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from ticktie.extract.periods import Calendar, dates, durations
from ticktie.extract.regions import Region, scale_of
from ticktie.map.claims import ClaimFacts
from ticktie.map.labels import extension_name
from ticktie.model.facts import PART, Fact, Statement
from ticktie.model.figures import Claim
from ticktie.model.source import Cell, Document, Paragraph, Row, Table
from ticktie.restore.columns import Column
from ticktie.restore.statement import Statement as Restored
from ticktie.restore.statement import statement

_VIEW = re.compile(r"\bpro[\s-]?forma\b|\bnon-?\s?gaap\b", re.IGNORECASE)
#: A header whose words are stacked over several rows speaks of spans of time.
_FLOW = re.compile(r"\b(?:quarters?|months|weeks|years?)\b.{0,200}\bended\b", re.IGNORECASE | re.DOTALL)
_ADJUSTMENT = re.compile(r"\badj(?:ustments?|\.|\b)", re.IGNORECASE)
_LONGEST_NAME = 60
_HEADER_ROWS, _NEAR = 5, 4
#: A document with more tables than this is a filing: its tables are not read for the sake of its prose.
_MOST_TABLES = 60
_FEWEST_ROWS = 2


def view_of(region: Region) -> str:
    """The view that the caption or the header of a statement says it is ("pro forma"); empty for the statement."""
    for text in (*_lines(region.caption), *_heads(region.rows)):
        is_name = len(text) <= 2 * _LONGEST_NAME and not text.rstrip().endswith(".")
        found = _VIEW.search(text) if is_name else None
        if found:
            return " ".join(found[0].lower().replace("-", " ").split()).replace("non gaap", "non-gaap")
    return ""


def in_view(facts: Sequence[Fact], view: str) -> tuple[Fact, ...]:
    """The facts as those of a view."""
    return tuple(replace(fact, dimensions=((PART, view), *fact.dimensions)) if view else fact for fact in facts)


def supplementary(
    document: Document, found: Sequence[Region], days: Calendar, claims: Sequence[Claim]
) -> Iterator[tuple[Restored, str]]:
    """The tables that are no primary statement with what each is called, where all their columns say their periods."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    if not claims or len(tables) > _MOST_TABLES:
        return
    elsewhere = next((region.scale for region in found if region.kind and region.scale is not None), None)
    number = 0
    for region in _others(document, found):
        for view, part in _by_view(region):
            number += 1
            one = statement(part, f"ot{number}", days, claims, elsewhere)
            if one is not None and any(map(_is_said, one.columns)):
                yield one, view or f"{_name(region)} (table {number})"


def _by_view(region: Region) -> Iterator[tuple[str, Region]]:
    """A table by the views that the words over its columns name (GAAP beside non-GAAP); whole where they name none."""
    from ticktie.extract.placed import column_words, value_columns
    from ticktie.extract.statements import header_of

    header = header_of(region.rows) if region.is_placed else ()
    words = {place: " ".join(column_words(header, place)) for place in value_columns(region)} if header else {}
    moved = {place for place, text in words.items() if _ADJUSTMENT.search(text)}
    adjusted = {place for place, text in words.items() if _VIEW.search(text)} - moved
    if not (moved or adjusted) or len(adjusted) == len(words):
        yield "", region
        return
    if adjusted:
        yield "non-gaap", _columns_of(region, adjusted)
    if moved:
        yield "", _columns_of(region, moved)


def _columns_of(region: Region, places: set[int]) -> Region:
    """A table with its label column and the columns at ``places`` alone."""
    rows = tuple(
        replace(row, cells=tuple(cell for cell in row.cells if not cell.column or _covers_any(cell, places)))
        for row in region.rows
    )
    return replace(region, rows=rows)


def _covers_any(cell: Cell, places: set[int]) -> bool:
    return any(cell.column <= place < cell.column + cell.width for place in places)


def as_other(facts: Iterable[Fact], columns: Sequence[Column], part: str) -> Iterator[Fact]:
    """The facts of a supplementary table whose column says its period, under names of their own."""
    for fact in facts:
        if _is_said(columns[int(fact.id.rsplit(".", 1)[1])]) and fact.label:
            name = f"ext:{extension_name(fact.label)}"
            yield replace(fact, concept=name, statement="other", dimensions=((PART, part),))


def repeated(beside: Iterable[Fact], said: ClaimFacts) -> Iterator[Fact]:
    """The figures of supplementary tables that agree with a claim of theirs, or that a percentage is computed from.

    They only tick: what a column of such a table is measured in is too uncertain for a contradiction."""
    stated: dict[tuple[object, ...], list[Fact]] = {}
    for claim in said.facts:
        stated.setdefault(claim.aspects, []).append(claim)
    used = {one for quotient in said.quotients for one in (quotient.part, quotient.whole)}
    seen: set[tuple[object, ...]] = set()
    for fact in beside:
        claims = stated.get(fact.aspects, ())
        agrees = bool(claims) and all(claim.number.interval.meets(fact.number.interval) for claim in claims)
        if (agrees or (fact.id in used and not claims)) and fact.aspects not in seen:
            seen.add(fact.aspects)
            yield fact


def _is_said(column: Column) -> bool:
    return column.period is not None and not column.damage


def _others(document: Document, found: Sequence[Region]) -> Iterator[Region]:
    if document.source is None:
        candidates: Iterable[Region] = (region for region in found if region.kind is None)
    else:
        taken = {id(row) for region in found for row in region.rows}
        candidates = (region for region in _tables(document) if not any(id(row) in taken for row in region.rows))
    for region in candidates:
        kind = _kind(region)
        if kind is not None:
            yield replace(region, kind=kind)


def _tables(document: Document) -> Iterator[Region]:
    """The tables of a document with markup, each with the short paragraphs right above it."""
    above: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above = [*above, block] if len(block.text) <= 2 * _LONGEST_NAME else []
            continue
        caption = tuple(above[-_NEAR:])
        texts = [*_heads(block.rows), *(paragraph.text for paragraph in reversed(caption))]
        scale = next((power for text in texts if (power := scale_of(text)) is not None), None)
        yield Region(None, block.rows, caption, (), scale, (), True)
        above = [] if len(block.rows) > 1 else above


def _kind(region: Region) -> Statement | None:
    """Whether the columns of a table are spans of time or days; None where nothing says either."""
    if len(region.rows) < _FEWEST_ROWS:
        return None
    for texts in (_heads(region.rows), _lines(region.caption)):
        if any(durations(text) for text in texts) or _FLOW.search(" ".join(texts)):
            return "income-statement"
        if any(dates(text) for text in texts):
            return "balance-sheet"
    return None


def _lines(caption: Sequence[Paragraph]) -> list[str]:
    return [line.strip() for paragraph in caption for line in paragraph.text.split("\n") if line.strip()]


def _heads(rows: Sequence[Row]) -> list[str]:
    return [cell.text for row in rows[:_HEADER_ROWS] for cell in row.cells if cell.text]


def _name(region: Region) -> str:
    """What a table is called: the first short text above it, or in it."""
    texts = [*reversed(_lines(region.caption)), *_heads(region.rows)]
    named = (" ".join(text.lower().split()) for text in texts if re.match(r"[A-Za-z]{4}", text) and not dates(text))
    return next((text[:_LONGEST_NAME] for text in named), "supplementary")

"""The printed tables as a workpaper lays them out: blocks of lines and columns, each with its place on a sheet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ticktie.model.facts import Fact, Statement
from ticktie.model.source import Document

#: The sheets of printed tables in their order, and what they are called.
SHEETS: dict[Statement, str] = {
    "balance-sheet": "Balance sheet",
    "income-statement": "Income statement",
    "cash-flow": "Cash flow",
    "other": "Other tables",
}
#: Rows above the first block: title, note, blank.
TOP = 3
#: Columns before the first figure: line of the document, label.
LEFT = 2
_NEAR = 12


class Line(Struct):
    """One printed row: its label and its figures by column. Mutable only while the block is built."""

    label: str
    section: str
    number: int
    facts: dict[int, Fact]


class Block(Struct):
    """One printed table: its columns (what heads them) and its lines; ``row`` is its header's row on the sheet."""

    columns: list[str]
    lines: list[Line]
    row: int = 0


class Sheet(Struct, frozen=True):
    """One statement with its blocks; ``width`` is the number of figure columns of the widest."""

    name: str
    blocks: tuple[Block, ...]
    width: int


class Spot(Struct, frozen=True):
    """Where a figure stands: sheet, row and column, counted from 0."""

    sheet: str
    row: int
    column: int


def value_column(number: int) -> int:
    """The sheet's column of figure column ``number``; right of it stand its tick, its footing and the difference."""
    return LEFT + 4 * number


def sheets(facts: Iterable[Fact], document: Document | None, suffix: str = "") -> list[Sheet]:
    """The table figures by statement, each printed table a block, in the order of the print; ``suffix`` ends the
    names of the sheets."""
    starts = [] if document is None else [block.span.start for block in document.blocks]
    blocks: dict[Statement, list[Block]] = {}
    open_table: tuple[Statement, int] | None = None
    for fact in facts:
        if fact.kind == "narrative" or fact.value is None:
            continue
        statement = fact.statement or "other"
        table = (statement, _table(fact, document, starts) if statement == "other" else 0)
        made = blocks.setdefault(statement, [])
        if table != open_table:
            made.append(Block([], []))
            open_table = table
        _enter(made[-1], fact)
    return [_sheet(SHEETS[name] + suffix, blocks[name]) for name in SHEETS if name in blocks]


def _table(fact: Fact, document: Document | None, starts: Sequence[int]) -> int:
    """The number of the block of the document that holds ``fact``; -1 where none does."""
    if document is None or fact.location is None or fact.location.offset is None:
        return -1
    return bisect_right(starts, document.text_offset(fact.location.offset[0])) - 1


def _enter(block: Block, fact: Fact) -> None:
    """Put ``fact`` in its column, on the line of its label where that is still free there."""
    column = _column(block, _heading(fact))
    number = fact.location.line or 0 if fact.location else 0
    label, section = fact.label or fact.concept, fact.section or ""
    for line in reversed(block.lines[-_NEAR:]):
        near = line.number == number or bool(fact.damage)
        if (line.label, line.section) == (label, section) and near and column not in line.facts:
            line.facts[column] = fact
            return
    block.lines.append(Line(label, section, number, {column: fact}))


def _heading(fact: Fact) -> str:
    parts = [str(fact.period or ""), *(member.split(":")[-1] for _, member in fact.dimensions)]
    return ", ".join(part for part in parts if part)


def _column(block: Block, heading: str) -> int:
    if heading not in block.columns:
        block.columns.append(heading)
    return block.columns.index(heading)


def _sheet(name: str, blocks: list[Block]) -> Sheet:
    row = TOP
    for block in blocks:
        block.row = row
        row += len(block.lines) + _headings(block) + 2
    return Sheet(name, tuple(blocks), max(len(block.columns) for block in blocks))


def _headings(block: Block) -> int:
    """The rows that section headings take in ``block``."""
    sections = [line.section for line in block.lines]
    return sum(bool(one) and one != above for one, above in zip(sections, ["", *sections], strict=False))


def line_rows(block: Block) -> Iterable[tuple[int, Line, bool]]:
    """The row of each line of ``block``, and whether the heading of its section stands above it."""
    row, section = block.row, ""
    for line in block.lines:
        heads = bool(line.section) and line.section != section
        section = line.section
        row += 1 + heads
        yield row, line, heads


def spots(made: Iterable[Sheet]) -> dict[str, Spot]:
    """The place of each figure by fact id."""
    return {
        fact.id: Spot(sheet.name, row, value_column(column))
        for sheet in made
        for block in sheet.blocks
        for row, line, _ in line_rows(block)
        for column, fact in line.facts.items()
    }

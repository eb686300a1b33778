"""The grid of a table with true geometry: value columns as the markup has them, told from percent and note columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from ticktie.extract.numbers import CellContent, cleaned, content
from ticktie.extract.regions import Region
from ticktie.extract.statements import header_of, is_figure_row, is_header_row
from ticktie.extract.tables import Grid, GridRow, Slot
from ticktie.model.source import Cell, Row

#: What heads a column that holds no amounts of a period.
_NO_AMOUNTS = (
    r"%|\bpercent|\bchange\b|\bvariance\b|\bincrease\b|\bdecrease\b|\bfavou?rable|^notes?\b|\bgrowth\b"
    r"|\bbasis points\b|\bratio\b|^ref\b"
)


@cache
def _no_amounts() -> re.Pattern[str]:
    return re.compile(_NO_AMOUNTS, re.IGNORECASE)


def value_columns(region: Region) -> tuple[int, ...]:
    """The grid columns that hold amounts of a period, from left to right; of percentages where none does."""
    header = header_of(region.rows)
    rows = [row for row in region.rows if is_figure_row(row)]
    columns = range(1, region.rows[0].columns)
    amounts = tuple(column for column in columns if _holds_amounts(rows, column) and not _is_aside(header, column))
    if len(amounts) > 1 and _holds_notes(header, rows, amounts[0]):
        return amounts[1:]
    return amounts or tuple(column for column in columns if _holds_percentages(rows, column))


def _holds_notes(header: Sequence[Row], rows: Sequence[Row], column: int) -> bool:
    """Whether a column holds the numbers of notes: the header speaks of notes, and they are small and whole."""
    if not any(re.fullmatch(r"(?i)notes?\.?", cell.text) for row in header for cell in row.cells):
        return False
    texts = [cell.text for row in rows for cell in row.cells if cell.column == column and cell.text]
    return all(re.fullmatch(r"\d{1,2}(?:\s?[,&]\s?\d{1,2})*", text) for text in texts)


def _holds_percentages(rows: Sequence[Row], column: int) -> bool:
    """Whether a column of a table that holds no amounts (of rates, of ratios) is one of percentages."""
    held = [found for row in rows if (found := value_of(row, column)) is not None]
    return 2 * sum(found.is_percent for _, found in held) > len(held) and 2 * len(held) >= len(rows)


def _holds_amounts(rows: Sequence[Row], column: int) -> bool:
    held = [found for row in rows if (found := value_of(row, column)) is not None]
    percents = sum(found.is_percent for _, found in held)
    amounts = sum(found.kind == "figure" and not found.is_percent for _, found in held)
    return amounts > percents and 5 * len(held) >= len(rows)


def _is_aside(header: Sequence[Row], column: int) -> bool:
    """Whether the lowest words over a column say that no amounts of a period stand in it."""
    words = [text for text in column_words(header, column) if re.search(r"[A-Za-z%]", text)]
    return bool(words) and bool(_no_amounts().search(words[-1]))


def column_words(header: Sequence[Row], column: int) -> list[str]:
    """What stands over a grid column, from the top down."""
    return [cell.text for row in header for cell in row.cells if cell.column and _covers(cell, column)]


def _covers(cell: Cell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.width


def value_of(row: Row, column: int) -> tuple[Cell, CellContent] | None:
    """The figure or nil mark of a row in a grid column, as printed."""
    for cell in row.cells:
        if cell.column == column and cell.column:
            held = content(cell.text)
            if held.kind == "nil":
                return cell, held
            plain = tuple(reading for reading in held.readings if reading.damage in (None, "sign-misread"))
            if held.kind == "figure" and plain:
                return cell, replace(held, readings=tuple(replace(r, damage=None) for r in plain), parts=())
    return None


def label_of(row: Row) -> str:
    """The words of the label column."""
    return " ".join(cleaned(cell.text) for cell in row.cells if not cell.column and cell.text)


def placed_grid(region: Region) -> Grid:
    """The grid of a region whose rows have true geometry."""
    places = value_columns(region)
    found: dict[str, list[Row]] = {"header": [], "stray": []}
    values: list[GridRow] = []
    for kind, order, row in _sorted(region):
        if kind == "value":
            values.append(_grid_row(region, order, row, places))
        else:
            found[kind].append(row)
    return Grid(region, len(places), tuple(values), tuple(found["header"]), (), tuple(found["stray"]), places)


def _grid_row(region: Region, order: int, row: Row, places: Sequence[int]) -> GridRow:
    held = [value_of(row, place) for place in places]
    slots = tuple(Slot(found[0], found[1], row.line) if found else None for found in held)
    return GridRow(order, bisect_right(region.breaks, order), row, label_of(row), slots)


def _sorted(region: Region) -> Iterator[tuple[str, int, Row]]:
    """Every row with its order, as ``header``, ``value`` (a heading has no figures) or ``stray``."""
    above = len(header_of(region.rows))
    headed = [order for order in range(above) if _heads(region.rows[order])]
    first = headed[-1] + 1 if headed else 0
    for order, row in enumerate(region.rows):
        if order < first or (is_header_row(row) and not label_of(row)):
            yield "header", order, row
        else:
            yield ("value" if label_of(row) or is_figure_row(row) else "stray"), order, row


def _heads(row: Row) -> bool:
    """Whether something stands over the value columns in a row above the figures."""
    return any(cell.column and cell.text for cell in row.cells)

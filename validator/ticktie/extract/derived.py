"""Columns that a table computes from its others: changes, percent changes, shares of the first row.

What a column is, its figures prove: nearly all of them follow from those of two columns to its left, or of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from msgspec.structs import replace

from ticktie.extract.dates import dates
from ticktie.extract.tables import Grid, GridRow, Slot
from ticktie.model.number import EXACT, half_unit

_FEWEST = 4
#: The share of its figures that prove a column; percentages of small figures are printed from unrounded ones.
_MOST = Decimal("0.7")
_HUNDRED = Decimal(100)

Values = Sequence[Decimal | None]


def without_derived(grid: Grid) -> Grid:
    """``grid`` without the columns that follow from others."""
    if grid.columns < 2:
        return grid
    columns = [[_value(row.slots[k]) for row in grid.rows] for k in range(grid.columns)]
    decimals = [_usual_decimals(grid, k) for k in range(grid.columns)]
    dated = _dated(grid)
    kept: list[int] = []
    for k in range(grid.columns):
        if k in dated or not kept or not _is_derived(columns[k], [columns[other] for other in kept], decimals[k]):
            kept.append(k)
    return grid if len(kept) == grid.columns else _narrowed(grid, tuple(kept))


def _dated(grid: Grid) -> frozenset[int]:
    """The columns that a year of their own heads: a quarter may be the year less nine months and count all the same."""
    cells = [cell for row in grid.headers for cell in row.cells if any(day.year for day in dates(cell.text))]
    if grid.places:
        heads = (range(cell.column, cell.column + cell.width) for cell in cells if cell.column)
        return frozenset(k for head in heads for k, place in enumerate(grid.places) if place in head and len(head) == 1)
    years = sum(bool(day.year) for cell in cells for day in dates(cell.text))
    return frozenset(range(grid.columns)) if years >= grid.columns else frozenset()


def _is_derived(column: Values, others: Sequence[Values], decimals: int) -> bool:
    """Whether a column is a share of one column to its left, or a change between two."""
    half = half_unit(decimals)
    if others and _is_share(column, others[-1], half):
        return True
    pairs = combinations(range(len(others)), 2)
    return any(
        _proves(column, others[a], others[b], rule) for a, b in pairs for rule in (_difference, _percent_change(half))
    )


def _is_share(column: Values, base: Values, half: Decimal) -> bool:
    """Whether a column holds percentages of the first figure of the one beside it."""
    first = next((pair for pair in zip(column, base, strict=True) if pair[0] is not None and pair[1]), None)
    if first is None or first[0] != _HUNDRED:
        return False
    whole = first[1] or _HUNDRED
    held = [(a, b) for a, b in zip(column, base, strict=True) if a is not None and b is not None]
    hits = sum(abs(abs(a) - abs(b) * _HUNDRED / whole) <= half * 2 for a, b in held)
    return len(held) >= _FEWEST and hits >= _MOST * len(held)


def _proves(column: Values, a: Values, b: Values, rule: Callable[[Decimal, Decimal, Decimal], bool]) -> bool:
    """Whether a rule of two other columns gives nearly all figures of a column, and not by being nothing but zeros."""
    telling = [(x, y, z) for x, y, z in zip(column, a, b, strict=True) if x and y and z]
    return len(telling) >= _FEWEST and sum(rule(*row) for row in telling) >= _MOST * len(telling)


def _difference(x: Decimal, later: Decimal, earlier: Decimal) -> bool:
    return abs(x) == abs(EXACT.subtract(later, earlier)) or abs(x) == abs(abs(later) - abs(earlier))


def _percent_change(half: Decimal) -> Callable[[Decimal, Decimal, Decimal], bool]:
    def fits(x: Decimal, later: Decimal, earlier: Decimal) -> bool:
        ways = ((later, earlier), (earlier, later))
        return any(abs(abs(x) - abs((one - other) * _HUNDRED / other)) <= half * 2 for one, other in ways)

    return fits


def _value(slot: Slot | None) -> Decimal | None:
    return slot.content.readings[0].value if slot is not None and slot.content.readings else None


def _usual_decimals(grid: Grid, column: int) -> int:
    """The decimals that most figures of a column are printed with."""
    slots = (row.slots[column] for row in grid.rows)
    held = [slot.content.readings[0].decimals for slot in slots if slot is not None and slot.content.readings]
    return max(set(held), key=lambda places: (held.count(places), places), default=0)


def _narrowed(grid: Grid, kept: tuple[int, ...]) -> Grid:
    places = tuple(grid.places[k] for k in kept) if grid.places else ()
    rows = tuple(_row(row, kept, bool(places)) for row in grid.rows)
    return replace(grid, columns=len(kept), rows=rows, places=places)


def _row(row: GridRow, kept: Sequence[int], placed: bool) -> GridRow:
    """A row of the kept columns; where no place says which, as many figures as columns are theirs in order, and a row
    that lacks more than one of the others is left blank, for nobody can say which."""
    held = [slot for slot in row.slots if slot is not None]
    if not placed and len(held) == len(kept) and _stand_first(row.slots):
        return replace(row, slots=tuple(held))
    if not placed and len(kept) < len(held) < len(row.slots) - 1:
        return replace(row, slots=(None,) * len(kept))
    return replace(row, slots=tuple(row.slots[k] for k in kept))


def _stand_first(slots: Iterable[Slot | None]) -> bool:
    """Whether all blanks come last."""
    blank = [slot is None for slot in slots]
    return blank == sorted(blank)

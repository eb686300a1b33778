"""One statement, restored: grid -> lines -> structure -> values -> periods -> labels."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.footing import Identity
from ticktie.extract.periods import Calendar
from ticktie.extract.regions import Region
from ticktie.extract.tables import Grid, grid
from ticktie.model.figures import Claim
from ticktie.restore.columns import Column, Stage, columns
from ticktie.restore.labels import restored_labels
from ticktie.restore.lines import Line, lines_of, may_be_merged, modal_decimals, with_sections
from ticktie.restore.scales import Scale, scale
from ticktie.restore.shares import share_scale
from ticktie.restore.structure import Structure, headings, structure
from ticktie.restore.values import Debris, restored_values

_FEWEST_ROWS = 2
_MOST_AMBIGUOUS = 3


class Statement(Struct, frozen=True):
    """A restored statement: its true lines, the identities between them, and the period of each column.

    ``table`` names it within the document; ``share_scale`` is the power of ten of its share counts.
    """

    table: str
    grid: Grid
    lines: tuple[Line, ...]
    identities: tuple[Identity, ...]
    columns: tuple[Column, ...]
    structure: Structure
    told: Scale
    share_scale: int

    @property
    def scale(self) -> int:
        """The power of ten of the money of the statement."""
        return self.told.power

    @property
    def region(self) -> Region:
        return self.grid.region


def statement(
    region: Region, table: str, calendar: Calendar, claims: Sequence[Claim], elsewhere: int | None = None
) -> Statement | None:
    """The restored statement of a region; None where the region is no statement or holds no figures. ``elsewhere`` is
    the scale that other statements of the document state."""
    if region.kind is None:
        return None
    cells = _grid(region)
    if sum(any(row.slots) for row in cells.rows) < _FEWEST_ROWS:
        return None
    found = _structure(cells)
    usual = modal_decimals([line for line in found.lines if line.unit == "monetary"])
    lines = tuple(with_sections(headings(found)))
    if not region.is_typed:
        debris = Debris(tuple(line for line, _ in found.shadows), cells.collapsed)
        lines = restored_values(lines, found.identities, debris, usual, table)
    told = scale(region.scale, elsewhere, lines, claims)
    periods = columns(Stage(replace(cells, region=replace(region, scale=told.power)), lines, calendar, claims))
    lines = restored_labels(lines, found.identities, periods, claims, told.power, region.kind)
    if region.is_typed:
        lines = tuple(replace(line, damage=(), evidence=(), restored_by=frozenset()) for line in lines)
    shares = share_scale(lines, told.power, _captions(cells))
    return Statement(table, cells, lines, found.identities, periods, found, told, shares)


def _grid(region: Region) -> Grid:
    from ticktie.extract.derived import without_derived

    if not region.is_placed:
        return without_derived(grid(region))
    from ticktie.extract.placed import placed_grid

    return without_derived(placed_grid(region))


def _captions(cells: Grid) -> list[str]:
    """The texts above a statement, and those in the header of its table."""
    header = [cell.text for row in cells.headers for cell in row.cells] if cells.places else []
    return [*(paragraph.text for paragraph in cells.region.caption), *header]


def _structure(cells: Grid) -> Structure:
    """The structure of a grid; a row that reads as one figure a cell or as several is read as the sums want it."""
    if cells.region.is_typed:
        return structure(lines_of(cells), cells.region.kind, typed=True)
    either = [row.order for row in cells.rows if may_be_merged(row)]
    plain = structure(lines_of(cells), cells.region.kind)
    for order in either[:_MOST_AMBIGUOUS]:
        split = structure(lines_of(cells, frozenset({order})), cells.region.kind)
        if _proven(split) > _proven(plain):
            plain = split
    return plain


def _proven(found: Structure) -> int:
    """In how many rows and columns the identities of a structure hold."""
    return sum(len(identity.holds) * len(identity.items) for identity in found.identities)

"""One statement, restored: grid -> lines -> structure -> values -> periods -> labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ticktie.extract.footing import Identity
from ticktie.extract.periods import Calendar
from ticktie.extract.regions import Region
from ticktie.extract.tables import Grid, grid
from ticktie.model.figures import Claim
from ticktie.restore.columns import Column, Stage, columns
from ticktie.restore.labels import restored_labels
from ticktie.restore.lines import Line, lines_of, modal_decimals, with_sections
from ticktie.restore.shares import share_scale
from ticktie.restore.structure import Structure, headings, structure
from ticktie.restore.values import Debris, restored_values


@dataclass(frozen=True, slots=True)
class Statement:
    """A restored statement: its true lines, the identities between them, and the period of each column.

    ``table`` names it within the document; ``share_scale`` is the power of ten of its share counts.
    """

    table: str
    grid: Grid
    lines: tuple[Line, ...]
    identities: tuple[Identity, ...]
    columns: tuple[Column, ...]
    structure: Structure
    scale: int
    share_scale: int

    @property
    def region(self) -> Region:
        return self.grid.region


def statement(region: Region, table: str, calendar: Calendar, claims: Sequence[Claim]) -> Statement | None:
    """The restored statement of a region; None where the region is no statement or holds no figures."""
    if region.kind is None:
        return None
    cells = grid(region)
    if not cells.columns or not any(any(row.slots) for row in cells.rows):
        return None
    found = structure(lines_of(cells), region.kind)
    usual = modal_decimals([line for line in found.lines if line.unit == "monetary"])
    debris = Debris(tuple(line for line, _ in found.shadows), cells.collapsed)
    lines = restored_values(with_sections(headings(found)), found.identities, debris, usual, table)
    scale = region.scale if region.scale is not None else 0
    periods = columns(Stage(replace(cells, region=replace(region, scale=scale)), lines, calendar, claims))
    lines = restored_labels(lines, found.identities, periods, claims, scale, region.kind)
    shares = share_scale(lines, scale, [paragraph.text for paragraph in region.caption])
    return Statement(table, cells, lines, found.identities, periods, found, scale, shares)

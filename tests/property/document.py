"""The printed document of the generator: blocks of text and grids of cells, and the true figures that they print.

A cell knows which figures it prints, so that damage can say what it touched and rendering can say on which line a
figure stands. Documents are mutable: a damage changes a freshly generated one in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ticktie.model.facts import Period, Statement


@dataclass(slots=True)
class Figure:
    """One true figure: ``value`` in full units with its printed sign; ``flip`` where the concept wants the other sign.

    ``names`` are other wordings that the text gives to the line. ``gone`` holds the aspects (``label``, ``period``,
    ``value``) that the damaged document prints nowhere: there a note counts as right. ``line`` is set by rendering.
    """

    id: str
    statement: Statement
    row: str
    column: int
    value: Decimal
    unit: str
    period: Period
    label: str
    section: str
    names: tuple[str, ...]
    concepts: frozenset[str]
    flip: bool = False
    line: int = 0
    damaged: bool = False
    gone: frozenset[str] = frozenset()


@dataclass(slots=True)
class Claim:
    """One amount of the text that repeats the figure of ``row`` and ``column`` as ``raw``, named ``phrase``."""

    statement: Statement
    row: str
    column: int
    raw: str
    phrase: str
    value: Decimal
    decimals: int


@dataclass(slots=True)
class Cell:
    """One printed cell and the ids of the figures it prints."""

    text: str = ""
    figures: tuple[str, ...] = ()


@dataclass(slots=True)
class Row:
    """One printed line of a table; ``key`` names its line item.

    ``role``: header, heading, item, total, eps, shares or noise.
    """

    cells: list[Cell]
    role: str
    key: str = ""
    line: int = 0

    @property
    def figures(self) -> list[str]:
        return [name for cell in self.cells for name in cell.figures]

    def cell_of(self, figure: str) -> int:
        """The index of the cell that prints ``figure``; raises ValueError where none does."""
        for index, cell in enumerate(self.cells):
            if figure in cell.figures:
                return index
        raise ValueError(f"{figure} is not printed in this row")


@dataclass(slots=True)
class Grid:
    """One printed table; ``statement`` is None for tables that are not financial."""

    rows: list[Row]
    statement: Statement | None = None

    def value_rows(self) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.figures]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(slots=True)
class Text:
    """A paragraph (or several lines) of running text; ``statement`` where it is that statement's caption."""

    text: str
    statement: Statement | None = None
    line: int = 0


@dataclass(slots=True)
class Habits:
    """How this printer prints: dollar sign, nil mark, scale and the wording of one company."""

    style: str = "a"
    dollar: str = "\\$"
    nil: str = "-"
    scale: int = 3
    places: int = 0
    share_places: int = 0
    split_bracket: bool = False
    bare_cents: bool = False
    indent: str = ""
    quarter: int = 1
    weeks: bool = False
    has_text: bool = True
    caption_dates: bool = False


@dataclass(slots=True)
class Release:
    """A document with its truth. ``spans`` (statement -> first and last line, caption included) is set by rendering."""

    seed: int
    company: str
    blocks: list[Text | Grid]
    figures: dict[str, Figure]
    claims: list[Claim]
    habits: Habits
    kinds: tuple[str, ...] = ()
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def grids(self, statement: Statement | None = None) -> list[Grid]:
        """The tables of ``statement``, or of all statements."""
        found = [b for b in self.blocks if isinstance(b, Grid) and b.statement is not None]
        return [g for g in found if statement in (None, g.statement)]

    def touch(self, ids: list[str] | tuple[str, ...]) -> None:
        """Record that the damage changed how these figures stand in the print."""
        for name in ids:
            self.figures[name].damaged = True

    def lose(self, figure: str, aspect: str) -> None:
        """Record that ``aspect`` of the figure is printed nowhere any more."""
        self.figures[figure].gone |= {aspect}

    def render(self) -> str:
        """The text of the document; sets the line numbers of rows, figures and statements."""
        lines: list[str] = []
        self.spans = {}
        for block in self.blocks:
            first = len(lines) + 1
            lines += _grid_lines(block, first) if isinstance(block, Grid) else _text_lines(block, first)
            self._widen(block.statement, first, len(lines))
            lines.append("")
        self._place()
        return "\n".join(lines) + "\n"

    def _widen(self, statement: Statement | None, first: int, last: int) -> None:
        if statement is not None:
            low, high = self.spans.get(statement, (first, last))
            self.spans[statement] = (min(low, first), max(high, last))

    def _place(self) -> None:
        for grid in self.grids():
            for row in grid:
                for name in row.figures:
                    self.figures[name].line = row.line


def _grid_lines(grid: Grid, first: int) -> list[str]:
    for offset, row in enumerate(grid.rows):
        row.line = first + offset
    return ["\t".join(cell.text for cell in row.cells) for row in grid.rows]


def _text_lines(block: Text, first: int) -> list[str]:
    block.line = first
    return block.text.split("\n")

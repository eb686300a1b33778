"""How a statement is printed: cells, dollar signs, spacer columns, header rows and captions, in varied habits."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from tests.property.document import Cell, Figure, Grid, Habits, Row
from tests.property.fiscal import NUMBERS, Calendar, day, month_day
from tests.property.ledger import Book, Line


@dataclass(frozen=True, slots=True)
class Layout:
    """Where cells stand: for each printed column its dollar habit (own cell or with the figure) and spacers before it.

    ``order`` maps printed position to logical column; ``tail`` counts empty cells at the end of a row.
    """

    own: tuple[bool, ...]
    before: tuple[int, ...]
    order: tuple[int, ...]
    tail: int
    header_on_dollar: bool
    bracket_cell: bool
    pad_headings: bool

    def index(self, position: int) -> int:
        """The cell index of the figure at a printed position."""
        width = sum(self.before[: position + 1]) + sum(self.own[: position + 1]) + position + 1
        return width + position * self.bracket_cell

    def header_index(self, position: int) -> int:
        return self.index(position) - (1 if self.header_on_dollar and self.own[position] else 0)

    @property
    def width(self) -> int:
        return self.index(len(self.own) - 1) + 1 + self.bracket_cell + self.tail


def make_layout(rng: random.Random, columns: int, habits: Habits) -> Layout:
    """Spacer and dollar habits of one table; prior years stand first now and then."""
    loose = 0.5 if habits.style == "b" else 0.12
    kind = rng.choice(("own", "own", "with", "mixed"))
    own = tuple(kind == "own" or (kind == "mixed" and rng.random() < 0.5) for _ in range(columns))
    before = tuple(int(rng.random() < loose) for _ in range(columns))
    swap = rng.random() < (0.12 if habits.style == "b" else 0.04)
    order = tuple(i ^ 1 for i in range(columns)) if swap else tuple(range(columns))
    on_dollar = rng.random() < 0.35
    return Layout(own, before, order, rng.choice((0, 0, 1, 1, 2)), on_dollar, habits.split_bracket, rng.random() < 0.8)


def printed(value: int | None, habits: Habits, kind: str) -> str:
    """The text of an amount in ticks; nil marks for zero, brackets for negatives."""
    if value is None:
        return ""
    if value == 0 and kind != "eps":
        return habits.nil
    places = 2 if kind == "eps" else habits.share_places if kind == "shares" else habits.places
    text = f"{Decimal(abs(value)).scaleb(-places):,.{places}f}"
    if kind == "eps" and habits.bare_cents:
        text = text.removeprefix("0")
    return f"({text})" if value < 0 else text


def _money_cells(layout: Layout, position: int, text: str, ids: tuple[str, ...], dollar: str) -> list[Cell]:
    cells = [Cell() for _ in range(layout.before[position])]
    tail = ""
    if layout.bracket_cell and text.endswith(")"):
        text, tail = text[:-1], ")"
    if layout.own[position]:
        cells += [Cell(dollar if text else ""), Cell(text, ids)]
    else:
        cells.append(Cell(f"{dollar} {text}" if dollar and text else text, ids))
    return [*cells, Cell(tail)] if layout.bracket_cell else cells


def _row(book: Book, line: Line, layout: Layout, habits: Habits, dollars: bool) -> Row:
    indent = habits.indent if line.kind == "item" and line.section else ""
    cells = [Cell(indent + line.label)]
    if line.kind == "heading":
        return Row(
            cells + [Cell() for _ in range(layout.width - 1)] if layout.pad_headings else [*cells, Cell()],
            "heading",
            line.key,
        )
    for position, column in enumerate(layout.order):
        text = printed(line.values[column], habits, line.kind)
        ids = (figure_id(book, line, column),) if text else ()
        cells += _money_cells(layout, position, text, ids, habits.dollar if dollars else "")
    return Row(cells + [Cell() for _ in range(layout.tail)], line.kind, line.key)


def figure_id(book: Book, line: Line, column: int) -> str:
    return f"{book.statement[0]}:{line.key}:{column}"


def figures(book: Book) -> list[Figure]:
    """The true figures of a statement: every cell that prints something."""
    return [
        _figure(book, line, column)
        for line in book.lines
        for column, value in enumerate(line.values)
        if value is not None
    ]


def _figure(book: Book, line: Line, column: int) -> Figure:
    ticks = Decimal(line.values[column] or 0)
    scale = {"eps": Decimal("0.01"), "shares": book.share_tick}.get(line.kind, book.tick)
    unit = {"eps": "USD/shares", "shares": "shares"}.get(line.kind, "USD")
    return Figure(
        id=figure_id(book, line, column),
        statement=book.statement,
        row=line.key,
        column=column,
        value=ticks * scale,
        unit=unit,
        period=book.periods[column],
        label=line.label,
        section=line.section,
        names=(),
        concepts=line.concepts,
        flip=line.flip,
    )


def table(book: Book, layout: Layout, habits: Habits, header: list[Row], rng: random.Random) -> Grid:
    """The statement as a grid: header rows, then one row for each line; dollar signs on first rows and totals."""
    rows = list(header)
    first, totals = True, rng.random() < 0.7
    for line in book.lines:
        mark = line.kind == "eps" or (
            line.kind != "shares" and line.kind != "heading" and (first or (totals and line.key in LAST))
        )
        rows.append(_row(book, line, layout, habits, mark))
        if line.kind != "heading":
            first = False
        elif line.label.upper().startswith("LIABILITIES"):
            first = True
    return Grid(rows, book.statement)


LAST = ("assets", "liabilities_equity", "net")


def _header_row(layout: Layout, texts: dict[int, str], first: str = "") -> Row:
    """A header row with texts at printed positions."""
    cells = [Cell() for _ in range(layout.width)]
    cells[0].text = first
    for position, text in texts.items():
        cells[layout.header_index(position)].text = text
    return Row(cells, "header")


def balance_header(book: Book, layout: Layout, rng: random.Random) -> list[Row]:
    """The two dates, in one row or with the years in a row of their own."""
    ends = [book.periods[c].end for c in layout.order]
    if rng.random() < 0.7:
        return [_header_row(layout, {i: day(end) for i, end in enumerate(ends)})]
    return [
        _header_row(layout, {i: month_day(end) for i, end in enumerate(ends)}),
        _header_row(layout, {i: str(end.year) for i, end in enumerate(ends)}),
    ]


def duration_words(calendar: Calendar, quarters: int, rng: random.Random) -> str:
    """The words above a group of columns, such as ``Three Months Ended``."""
    if quarters == 4:
        return (
            rng.choice(("Twelve Months Ended", "Year Ended", "Fiscal Year Ended"))
            if not calendar.weeks
            else "Fifty-Two Weeks Ended"
        )
    unit = "Weeks" if calendar.weeks else "Months"
    number = "-".join(w.capitalize() for w in NUMBERS[calendar.span(quarters)].split("-"))
    return f"{number} {unit} Ended"


def flow_header(book: Book, layout: Layout, calendar: Calendar, rng: random.Random) -> list[Row]:
    """Durations over years, in one to three rows."""
    columns = [
        (duration_words(calendar, 1 if c < 2 else calendar.quarter, rng), book.periods[c].end) for c in layout.order
    ]
    words = [columns[i - i % 2][0] for i in range(len(columns))]
    ends = [end for _, end in columns]
    starts = range(0, len(columns), 2)
    same_day = all(ends[i].day == ends[i + 1].day for i in starts)
    style = rng.choice(("group", "group", "three", "one", "dates")) if same_day else rng.choice(("one", "dates"))
    if style == "one":
        return [_header_row(layout, {i: f"{w} {day(e)}" for i, (w, e) in enumerate(zip(words, ends, strict=True))})]
    if style == "dates":
        return [
            _header_row(layout, {i: words[i] for i in starts}),
            _header_row(layout, {i: day(e) for i, e in enumerate(ends)}),
        ]
    years = _header_row(layout, {i: str(e.year) for i, e in enumerate(ends)})
    if style == "group":
        return [_header_row(layout, {i: f"{words[i]} {month_day(ends[i])}" for i in starts}), years]
    return [
        _header_row(layout, {i: words[i] for i in starts}),
        _header_row(layout, {i: month_day(ends[i]) for i in starts}),
        years,
    ]

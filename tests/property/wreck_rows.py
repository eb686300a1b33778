"""Damage to whole rows: shadows above and below, merged rows, cells shifted by one."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.property.document import Cell, Grid, Release, Row
from tests.property.garble import DOLLARS, shadow_label, shadow_number, shadow_number_b, soup, wrong_digits


def choose_grid(doc: Release, rng: random.Random, income: float = 0.8) -> Grid:
    """A table of the income statement (with the given chance) or of the balance sheet."""
    return rng.choice(doc.grids("income-statement" if rng.random() < income else "balance-sheet"))


def _garbled(row: Row, rng: random.Random, label: str, number: Callable[[str, random.Random], str]) -> Row:
    """A copy of ``row`` that is no figure: each number misread, dollar signs turned into other marks."""
    cells = [Cell(label)]
    for cell in row.cells[1:]:
        if cell.figures:
            head, _, digits = cell.text.rpartition(" ")
            mark = f"{rng.choice(DOLLARS)} " if head and rng.random() < 0.7 else ""
            cells.append(Cell((mark + number(digits, rng)).strip()))
        elif "$" in cell.text:
            cells.append(Cell(rng.choice(DOLLARS)))
        else:
            cells.append(Cell(cell.text))
    return Row(cells, "noise", row.key)


def _shadow(row: Row, rng: random.Random, style: str) -> Row:
    """An ill-formed duplicate; now and then one cell is right, one is missing, or the row is one cell shorter."""
    label = row.cells[0].text
    garbled = shadow_label(label, rng) if style == "a" or rng.random() < 0.5 else soup(label, rng, 0.12)
    made = _garbled(row, rng, garbled, shadow_number if style == "a" else shadow_number_b)
    spots = [i for i, cell in enumerate(row.cells) if cell.figures]
    if len(spots) > 1 and rng.random() < 0.15:
        made.cells[rng.choice(spots)].text = rng.choice(("", row.cells[rng.choice(spots)].text))
    spare = [i for i in range(1, len(made.cells)) if not made.cells[i].text]
    if spare and rng.random() < 0.2:
        del made.cells[rng.choice(spare)]
    return made


def _with_shadows(doc: Release, rng: random.Random, below: bool) -> bool:
    """Shadow a tenth to two thirds of the rows of one statement, as the seeds do."""
    grid = choose_grid(doc, rng, 0.85)
    rows = [r for r in grid.rows if r.figures]
    share = rng.choice((0.1, 0.15, 0.3, 0.6))
    chosen = {id(r) for r in rng.sample(rows, max(1, round(share * len(rows))))}
    out: list[Row] = []
    for row in grid.rows:
        hit = id(row) in chosen
        if hit and not below:
            out += _spacer(row, rng)
            out.append(_shadow(row, rng, doc.habits.style))
        elif row.role == "heading" and rng.random() < share / 3:
            out.append(Row([Cell(soup(row.cells[0].text, rng, 0.4))] + [Cell() for _ in row.cells[1:]], "noise"))
        out.append(row)
        if hit and below:
            out.append(_shadow(row, rng, doc.habits.style))
        if hit:
            doc.touch(row.figures)
    grid.rows = out
    return True


def _spacer(row: Row, rng: random.Random) -> list[Row]:
    """Sometimes a row of nothing but a stroke stands before a shadow."""
    if rng.random() > 0.1:
        return []
    cells = [Cell() for _ in row.cells]
    cells[rng.randrange(1, len(cells))].text = "_"
    return [Row(cells, "noise")]


def shadow_above(doc: Release, rng: random.Random) -> bool:
    """Rows repeated above with garbled label and digits."""
    return _with_shadows(doc, rng, below=False)


def shadow_below(doc: Release, rng: random.Random) -> bool:
    """Rows repeated below with garbled label and digits."""
    return _with_shadows(doc, rng, below=True)


def shadow_true_label(doc: Release, rng: random.Random) -> bool:
    """One to three rows repeated with their right label and well-formed wrong digits, above or below."""
    grid = choose_grid(doc, rng, 0.8)
    rows = [
        r
        for r in grid.rows
        if r.role in ("item", "total") and r.figures and all(_wide(c) for c in r.cells if c.figures)
    ]
    if rng.random() < 0.15:
        rows += [r for r in grid.rows if r.role == "eps"]
    if not rows:
        return False
    for row in rng.sample(rows, min(len(rows), rng.choice((1, 1, 2, 3)))):
        made = _garbled(
            row, rng, row.cells[0].text, lambda text, r: wrong_digits(text, r) if r.random() < 0.6 else text
        )
        if [c.text for c in made.cells if any(x.isdigit() for x in c.text)] == [c.text for c in row.cells if c.figures]:
            made = _garbled(row, rng, row.cells[0].text, wrong_digits)
        grid.rows.insert(grid.rows.index(row) + rng.choice((0, 0, 1)), made)
        doc.touch(row.figures)
    return True


def _wide(cell: Cell) -> bool:
    """At least two digits: a one-digit cell has no likely misreading that stays apart."""
    return sum(c.isdigit() for c in cell.text) > 1


def cells_shifted(doc: Release, rng: random.Random) -> bool:
    """In a run of rows all cells from some column on stand one cell to the left, or all cells one to the right."""
    grid = choose_grid(doc, rng, 0.8)
    rows = [r for r in grid.rows if r.figures]
    start = rng.randrange(0, max(1, len(rows) - 2))
    run = rows[start : start + rng.randint(2, len(rows))]
    spares = [i for i in range(1, min(len(r.cells) for r in run)) if all(not r.cells[i].text for r in run)]
    before_figures = [i for i in spares if any(c.figures for r in run for c in r.cells[i:])]
    left = rng.random() < 0.7
    if left and before_figures:
        drop = rng.choice(before_figures)
        for row in run:
            _move_left(doc, row, drop)
        return True
    where = rng.choice([1, min(row.cell_of(row.figures[-1]) for row in run)])
    for row in run:
        doc.touch([f for cell in row.cells[where:] for f in cell.figures])
        row.cells.insert(where, Cell())
    return True


def _move_left(doc: Release, row: Row, drop: int) -> None:
    doc.touch([f for cell in row.cells[drop:] for f in cell.figures])
    row.cells = row.cells[:drop] + row.cells[drop + 1 :] + [Cell()]


def rows_merged(doc: Release, rng: random.Random) -> bool:
    """Two or three rows under each other become one line: labels joined, figures of a column in one cell."""
    grid = choose_grid(doc, rng, 0.8)
    starts = [i for i in range(len(grid.rows) - 1) if _mergeable(grid.rows[i], grid.rows[i + 1])]
    if not starts:
        return False
    start = rng.choice(starts)
    first, second = grid.rows[start], grid.rows[start + 1]
    doc.touch(first.figures + second.figures)
    head = grid.rows[start - 1] if start and grid.rows[start - 1].role == "heading" else None
    label = " ".join(t for t in (first.cells[0].text, second.cells[0].text) if t)
    cells = [_joined(a, b) for a, b in zip(first.cells, second.cells, strict=True)]
    if head is not None and head.cells[0].text.endswith(":") and rng.random() < 0.5:
        label = f"{head.cells[0].text} {label}"
        grid.rows.remove(head)
    cells[0] = Cell(label)
    _hide_cut(doc, first, second)
    grid.rows[grid.rows.index(first)] = Row(cells, "item", first.key)
    grid.rows.remove(second)
    return True


def _mergeable(one: Row, two: Row) -> bool:
    """Both are plain rows of the same shape with a figure in every column."""
    same = len(one.cells) == len(two.cells) and len(one.figures) == len(two.figures) > 0
    plain = (
        one.role in ("item", "total")
        and two.role in ("item", "total")
        and bool(one.cells[0].text and two.cells[0].text)
    )
    return same and plain and all(bool(a.figures) == bool(b.figures) for a, b in zip(one.cells, two.cells, strict=True))


def _joined(one: Cell, two: Cell) -> Cell:
    if not one.figures:
        return Cell(one.text or two.text)
    prefix, first = one.text.rpartition(" ")[::2]
    return Cell(f"{prefix} {first} {two.text.rpartition(' ')[2]}".strip(), one.figures + two.figures)


def _hide_cut(doc: Release, one: Row, two: Row) -> None:
    """Where neither capitals nor the text show where one label ends, the labels are lost."""
    first, second = one.cells[0].text, two.cells[0].text
    clear = (
        first[-1:].islower()
        and second[:1].isupper()
        and not any(w[:1].isupper() for w in f"{first} {second[1:]}".split(" ")[1:] if w not in second.split(" ")[:1])
    )
    if clear:
        return
    for name in one.figures + two.figures:
        if not doc.figures[name].names:
            doc.lose(name, "label")

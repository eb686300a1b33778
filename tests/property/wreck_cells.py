"""Damage to single cells and columns: thousands marks, letters, nil marks, strays, lost values, a collapsed column."""

from __future__ import annotations

import random

from tests.property.document import Cell, Grid, Release, Row
from tests.property.garble import lettered, misread_comma
from tests.property.wreck_rows import choose_grid

#: What may stand where a value was: never a nil mark, which would be a figure of its own.
LEFTOVER = (".", "<u> </u>", "'")


def _cells(grid: Grid, roles: tuple[str, ...] = ("item", "total")) -> list[tuple[Row, Cell]]:
    return [(row, cell) for row in grid.rows if row.role in roles for cell in row.cells if cell.figures]


def thousands(doc: Release, rng: random.Random) -> bool:
    """Thousands marks of true figures read as a point or a blank: one to a third of the cells of a column or two."""
    grid = choose_grid(doc, rng, 0.8)
    found = [
        cell for _, cell in _cells(grid, ("item", "total", "shares")) if "," in cell.text and len(cell.figures) == 1
    ]
    if not found:
        return False
    for cell in rng.sample(found, min(len(found), rng.choice((1, 2, 3, 3, 6)))):
        cell.text = misread_comma(cell.text, rng, doc.habits.style).replace("_", " ")
        doc.touch(cell.figures)
    return True


def letters(doc: Release, rng: random.Random) -> bool:
    """Digits of one or two true figures read as letters, in different columns (so that the sums still prove them)."""
    grid = choose_grid(doc, rng, 0.8)
    found = [(r, c) for r, c in _cells(grid) if sum(x.isdigit() for x in c.text) > 2 and len(c.figures) == 1]
    columns: set[int] = set()
    rng.shuffle(found)
    for _, cell in found:
        column = doc.figures[cell.figures[0]].column
        changed = lettered(cell.text, rng)
        if column in columns or not any(x.isalpha() or x == "|" for x in changed):
            continue
        cell.text = changed
        doc.touch(cell.figures)
        columns.add(column)
        if rng.random() < 0.6:
            break
    return bool(columns)


def sign_misread(doc: Release, rng: random.Random) -> bool:
    """One bracket of one to four negative figures is lost."""
    grids = [
        g
        for g in doc.grids()
        if any(c.text.endswith(")") or "(" in c.text for _, c in _cells(g, ("item", "total", "eps")))
    ]
    if not grids:
        return False
    grid = rng.choice(grids)
    found = [(r, c) for r, c in _cells(grid, ("item", "total", "eps")) if "(" in c.text]
    for row, cell in rng.sample(found, min(len(found), rng.randint(1, 4))):
        if doc.habits.style == "b" and rng.random() < 0.4:
            cell.text = cell.text.replace("(", rng.choice(("{", "[", "C", "( ")))
            doc.touch(cell.figures)
            continue
        if rng.random() < 0.5 and (")" in cell.text or row.cells[row.cells.index(cell) + 1 :][:1]):
            cell.text = cell.text.replace("(", "")
            if ")" not in cell.text:
                continue_bracket(row, cell)
        elif ")" in cell.text:
            cell.text = cell.text.replace(")", "")
        else:
            follower = row.cells[row.cells.index(cell) + 1]
            follower.text = follower.text.replace(")", "")
        doc.touch(cell.figures)
    return True


def continue_bracket(row: Row, cell: Cell) -> None:
    """The closing bracket of its own cell moves to the figure whose opening one was lost."""
    follower = row.cells[row.cells.index(cell) + 1]
    if ")" in follower.text:
        follower.text = ""
    cell.text += ")"


def nil_strays(doc: Release, rng: random.Random) -> bool:
    """Nil marks read as other strokes; strays (dollar signs, strokes, bullets, tags); a row with a page number."""
    grid = choose_grid(doc, rng, 0.7)
    touched = [
        _restroke(doc, cell, rng) for _, cell in _cells(grid, ("item",)) if not any(x.isdigit() for x in cell.text)
    ]
    widest = max(len(r.figures) for r in grid.rows)
    rows = [r for r in grid.rows if len(r.figures) == widest]  # in a blank cell a stroke would be a nil figure
    for row in rng.sample(rows, min(len(rows), rng.randint(1, 5))):
        _stray(doc, row, rng)
    if rng.random() < 0.5:
        cells = [Cell() for _ in grid.rows[-1].cells]
        cells[min(len(cells) - 1, rng.choice((1, 2)))].text = str(rng.randint(2, 9))
        grid.rows.append(Row(cells, "noise"))
    return bool(touched or rows)


def _restroke(doc: Release, cell: Cell, rng: random.Random) -> bool:
    prefix = cell.text[: cell.text.find("$") + 1]
    cell.text = f"{prefix} {rng.choice(('_', '_', '_', '—', '•'))}".strip()
    doc.touch(cell.figures)
    return True


def _stray(doc: Release, row: Row, rng: random.Random) -> None:
    """A mark in an empty cell of the row, or a dollar sign that moved, changed or went away."""
    empty = [c for c in row.cells[1:] if not c.text]
    signs = [c for c in row.cells[1:] if c.text.strip("\\") == "$"]
    if signs and rng.random() < 0.4:
        rng.choice(signs).text = rng.choice(("", "S", "¢", "<u>\\$</u>", "Ф"))
    elif empty:
        rng.choice(empty).text = rng.choice(("_", "•", ".", "\\$", "<u> </u>", "-", "_"))
    doc.touch(row.figures)


def column_collapsed(doc: Release, rng: random.Random) -> bool:
    """All figures of one column printed again in one cell of an extra line, once or twice."""
    grid = choose_grid(doc, rng, 0.8)
    rows = [r for r in grid.rows if r.role in ("item", "total") and r.figures]
    columns = sorted({doc.figures[f].column for r in rows for f in r.figures})
    if not columns:
        return False
    column = rng.choice(columns)
    cells = _of_column(doc, rows, column)
    last = max(grid.rows.index(r) for r in rows)
    where = rng.choice((last + 1, last + 1, grid.rows.index(rows[0])))
    grid.rows.insert(where, _collapsed(cells, len(rows[0].cells), rng))
    doc.touch([f for c in cells for f in c.figures])
    return True


def _of_column(doc: Release, rows: list[Row], column: int) -> list[Cell]:
    return [c for r in rows for c in r.cells if any(doc.figures[f].column == column for f in c.figures)]


def _collapsed(cells: list[Cell], width: int, rng: random.Random) -> Row:
    """The extra line; its end may be cut off, and a second copy may stand in the next column."""
    texts = [c.text.replace("\\$ ", "").replace("$ ", "") for c in cells]
    body = texts[: len(texts) - rng.choice((0, 0, 1, 2))]
    out = [Cell() for _ in range(max(3, width))]
    spot = rng.randrange(1, len(out) - 1)
    out[spot].text = "\\$ " + " ".join(body)
    if rng.random() < 0.5:
        out[spot + 1].text = "\\$ " + " ".join(texts[: len(body) + 1])
    return Row(out, "noise")


def value_lost(doc: Release, rng: random.Random) -> bool:
    """One value gone from its cell: moved into the row above, kept in a collapsed line, or kept nowhere."""
    grid = choose_grid(doc, rng, 0.85)
    found = [(r, c) for r, c in _cells(grid) if any(x.isdigit() for x in c.text) and len(c.figures) == 1]
    if not found:
        return False
    row, cell = rng.choice(found)
    doc.touch(cell.figures)
    kind = rng.choice(("moved", "collapsed", "collapsed", "nowhere"))
    text, name = cell.text, cell.figures[0]
    if kind == "collapsed":
        rows = [r for r in grid.rows if r.role in ("item", "total") and r.figures]
        kept = _of_column(doc, rows, doc.figures[name].column)
        where = max(grid.rows.index(r) for r in rows) + 1
        line = _collapsed(kept, len(row.cells), random.Random(0))
        if text.rpartition(" ")[2] not in line.cells[_longest(line)].text.split():
            return False
        grid.rows.insert(where, line)
    elif kind == "moved":
        _move_up(grid, row, cell)
    else:
        doc.lose(name, "value")
    cell.text, cell.figures = (rng.choice(LEFTOVER) if rng.random() < 0.3 else ""), ()
    doc.figures[name].line = 0
    return True


def _longest(row: Row) -> int:
    return max(range(len(row.cells)), key=lambda i: len(row.cells[i].text))


def _move_up(grid: Grid, row: Row, cell: Cell) -> None:
    """The value moves into the heading above, or into a new line without other figures."""
    index, spot = grid.rows.index(row), row.cells.index(cell)
    above = grid.rows[index - 1]
    if above.role != "heading":
        above = Row([Cell() for _ in row.cells], "noise", row.key)
        grid.rows.insert(index, above)
    above.cells += [Cell() for _ in range(len(row.cells) - len(above.cells))]
    above.cells[spot] = Cell(cell.text, cell.figures)

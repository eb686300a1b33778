"""Damage to what frames a table: its labels, its headers, its unity."""

from __future__ import annotations

import random
import re

from tests.property.document import Cell, Claim, Grid, Release, Row, Text
from tests.property.prose import round_half_up
from tests.property.wreck_rows import choose_grid


def _fits(doc: Release, claim: Claim, row: str) -> bool:
    """Whether the figure of ``row`` rounds to what the claim states of its own row."""
    for figure in doc.figures.values():
        if (figure.statement, figure.row, figure.column) == (claim.statement, row, claim.column):
            return figure.unit == _unit(doc, claim) and round_half_up(abs(figure.value), claim.decimals) == claim.value
    return False


def _unit(doc: Release, claim: Claim) -> str:
    return next(f.unit for f in doc.figures.values() if (f.statement, f.row) == (claim.statement, claim.row))


def named_by_text(doc: Release, statement: str, row: str) -> bool:
    """Some sentence names the row, and its amounts fit no other row of the statement in every column named."""
    claims = [c for c in doc.claims if (c.statement, c.row) == (statement, row)]
    others = {f.row for f in doc.figures.values() if f.statement == statement and f.row != row}
    return bool(claims) and not any(all(_fits(doc, c, other) for c in claims) for other in others)


def _forget(doc: Release, row: Row, statement: str) -> None:
    """The label of the row is gone; where no text names it, nothing can bring it back."""
    row.cells[0].text = ""
    doc.touch(row.figures)
    if not named_by_text(doc, statement, row.key):
        for name in row.figures:
            doc.lose(name, "label")


def labels_lost(doc: Release, rng: random.Random) -> bool:
    """The label column of one statement is lost (per-share rows may keep theirs), or one to three labels are."""
    grid = choose_grid(doc, rng, 0.8)
    statement = grid.statement or ""
    rows = [r for r in grid.rows if r.figures]
    if rng.random() < 0.4:
        for row in rng.sample(rows, rng.randint(1, min(3, len(rows)))):
            _forget(doc, row, statement)
        return True
    keep = ("eps", "shares") if rng.random() < 0.65 else ()
    gone = [r for r in rows if r.role not in keep]
    for row in gone:
        _forget(doc, row, statement)
    lines = [r for r in grid.rows if r.role == "heading" and not (keep and _heads_shares(grid, r))]
    grid.rows = [r for r in grid.rows if r not in lines]
    return True


def _heads_shares(grid: Grid, heading: Row) -> bool:
    index = grid.rows.index(heading)
    return index + 1 < len(grid.rows) and grid.rows[index + 1].role in ("eps", "shares")


def _headers(grid: Grid) -> list[Row]:
    return [r for r in grid.rows if r.role == "header"]


def _words(row: Row) -> list[int]:
    """Indices of the header texts of a row (its first cell may hold a heading)."""
    return [i for i, cell in enumerate(row.cells) if i and cell.text]


def header_lost(doc: Release, rng: random.Random) -> bool:
    """The date of the second column of the balance sheet is lost; sometimes a year of the income statement."""
    statement = "income-statement" if rng.random() < 0.2 else "balance-sheet"
    grid = doc.grids(statement)[0]  # type: ignore[arg-type]
    headers = [h for h in _headers(grid) if len(_words(h)) > 1]
    if not headers or len(_words(headers[-1])) < 2:
        return False
    if statement == "balance-sheet":
        lost = _words(headers[-1])[-1]
        for header in headers:
            header.cells[_words(header)[-1]].text = ""
    else:
        lost = _words(headers[-1])[-1]
        headers[-1].cells[lost].text = ""
    _undate(doc, grid, statement)
    return True


def _undate(doc: Release, grid: Grid, statement: str) -> None:
    """Touch the figures of the last printed column; its period is gone where neither caption nor text says it.

    The day on which a year-ago period of whole weeks ended is said nowhere else, whatever the caption's years.
    """
    rows = [r for r in grid.rows if r.figures]
    last = doc.figures[max(rows, key=lambda r: len(r.figures)).figures[-1]].period
    names = [f for r in rows for f in r.figures if doc.figures[f].period == last]
    doc.touch(names)
    told = doc.habits.caption_dates or any(
        c.statement == statement and doc.figures[_id(c)].period == last for c in doc.claims
    )
    if (statement == "balance-sheet" and not told) or (statement == "income-statement" and doc.habits.weeks):
        for name in names:
            doc.lose(name, "period")


def _id(claim: Claim) -> str:
    return f"{claim.statement[0]}:{claim.row}:{claim.column}"


def header_displaced(doc: Release, rng: random.Random) -> bool:
    """The words for the duration stand below the table, before or after its per-share rows."""
    grid = doc.grids("income-statement")[0]
    headers = _headers(grid)
    words = [c for h in headers for c in h.cells if re.search(r"(?i)ended", c.text)]
    texts = [c.text for c in words]
    if not words:
        return False
    moved = []
    for cell in words:
        match = re.match(r"(?i)(.*?\bended)\s*(.*)", cell.text)
        assert match is not None
        keep = match.group(2) if rng.random() < 0.7 or re.search(r"\d{4}$", cell.text) else ""
        moved.append(match.group(1) if keep else cell.text)
        cell.text = keep
    grid.rows = [r for r in grid.rows if r.role != "header" or _words(r)]
    doc.touch([f.id for f in doc.figures.values() if f.statement == "income-statement"])
    distinct = list(dict.fromkeys(moved))
    line = ("\t" if rng.random() < 0.5 and len(distinct) > 1 else " ").join(distinct)
    _put_below(doc, grid, line, rng)
    return bool(texts)


def _put_below(doc: Release, grid: Grid, line: str, rng: random.Random) -> None:
    """The line as a paragraph after the table, or between it and its per-share rows (then a table of their own)."""
    place = doc.blocks.index(grid)
    tail = next((i for i, r in enumerate(grid.rows) if r.role in ("eps", "shares")), len(grid.rows))
    while tail and grid.rows[tail - 1].role == "heading":
        tail -= 1
    new: list[Text | Grid] = [Text(line, grid.statement)]
    if tail < len(grid.rows) and rng.random() < 0.5:
        new.append(Grid(grid.rows[tail:], grid.statement))
        grid.rows = grid.rows[:tail]
    doc.blocks[place + 1 : place + 1] = new


def header_moved(doc: Release, rng: random.Random) -> bool:
    """Header words stand over the wrong cells (one to the left or right), or two of them in one cell."""
    grid = choose_grid(doc, rng, 0.5)
    headers = [h for h in _headers(grid) if len(_words(h)) > 1]
    if not headers:
        return False
    if rng.random() < 0.5:
        for header in rng.sample(headers, rng.randint(1, len(headers))):
            _slide(header, rng)
    else:
        _merge_header(rng.choice(headers), rng)
    doc.touch([f for r in grid.rows for f in r.figures])
    return True


def _slide(header: Row, rng: random.Random) -> None:
    """All texts of the row one cell to the left or right, or each of its own."""
    spots = _words(header)
    texts = [header.cells[i].text for i in spots]
    steps = [rng.choice((-1, 1))] * len(spots) if rng.random() < 0.6 else [rng.choice((-1, 0, 1)) for _ in spots]
    targets = [max(1, spot + step) for spot, step in zip(spots, steps, strict=True)]
    if targets == spots or len(set(targets)) < len(targets) or sorted(targets) != targets:
        targets = [max(1, s - 1) for s in spots] if spots[0] > 1 else [s + 1 for s in spots]
    for spot in spots:
        header.cells[spot].text = ""
    header.cells += [Cell() for _ in range(max(targets) + 1 - len(header.cells))]
    for target, text in zip(targets, texts, strict=True):
        header.cells[target].text = text


def _merge_header(header: Row, rng: random.Random) -> None:
    """Two neighbouring texts (or all of the row) in the cell of the first."""
    spots = _words(header)
    start = rng.choice(range(0, len(spots), 2))
    joined = spots if len(spots) == 2 or rng.random() < 0.3 else spots[start : start + 2]
    header.cells[joined[0]].text = " ".join(header.cells[i].text for i in joined)
    for i in joined[1:]:
        header.cells[i].text = ""


def split(doc: Release, rng: random.Random) -> bool:
    """A table goes on in a second one without header, after a blank line; its cells may stand otherwise."""
    grid = choose_grid(doc, rng, 0.4)
    cuts = [
        i
        for i in range(2, len(grid.rows) - 1)
        if grid.rows[i].role in ("heading", "item", "total") and any(r.figures for r in grid.rows[:i])
    ]
    heads = [i for i in cuts if grid.rows[i].role == "heading"]
    if not cuts:
        return False
    cut = rng.choice(heads) if heads and rng.random() < 0.7 else rng.choice(cuts)
    second = Grid(grid.rows[cut:], grid.statement)
    if rng.random() < 0.4:
        _tighten(second)
    doc.touch([f for r in second.rows for f in r.figures])
    grid.rows = grid.rows[:cut]
    place = doc.blocks.index(grid) + 1
    doc.blocks[place:place] = [Text(str(rng.randint(4, 9))), second] if rng.random() < 0.25 else [second]
    return True


def _tighten(grid: Grid) -> None:
    """Dollar cells join their figures: the second half has its own spacing."""
    for row in grid.rows:
        for index in range(len(row.cells) - 1, 1, -1):
            before = row.cells[index - 1]
            if row.cells[index].figures and not before.figures and "$" in before.text:
                row.cells[index].text = f"{before.text} {row.cells[index].text}"
        spare = [
            i
            for i in range(1, len(row.cells) - 1)
            if row.cells[i + 1].figures and row.cells[i].text.strip("\\") in ("", "$") and not row.cells[i].figures
        ]
        row.cells = [c for i, c in enumerate(row.cells) if i not in spare[-1:]]

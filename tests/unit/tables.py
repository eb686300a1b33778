"""Printed tables for tests, written with ``|`` between the cells, and what each room makes of them."""

from __future__ import annotations

from inspect import cleandoc

from tests.unit.texts import document
from ticktie.extract.narrative import claims
from ticktie.extract.periods import calendar
from ticktie.extract.regions import Region, regions
from ticktie.extract.tables import Grid, grid
from ticktie.model.facts import FactSet
from ticktie.model.source import Document, Paragraph
from ticktie.restore.document import restore
from ticktie.restore.lines import Line, lines_of
from ticktie.restore.statement import Statement, statement


def printed(text: str) -> str:
    """``text`` without its margin, a tab for every ``|`` with the blanks around it."""
    lines = cleandoc(text).split("\n")
    return "\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in lines) + "\n"


def page(text: str) -> Document:
    return document(printed(text))


def region_of(text: str) -> Region:
    """The only region of ``text``."""
    (found,) = regions(page(text))
    return found


def grid_of(text: str) -> Grid:
    return grid(region_of(text))


def lines_in(text: str) -> tuple[Line, ...]:
    return lines_of(grid_of(text))


def statement_in(text: str) -> Statement:
    """The last statement of ``text``, restored with the claims of its paragraphs."""
    doc = page(text)
    found = regions(doc)
    headers = [" ".join(cell.text for cell in row.cells) for region in found for row in region.rows[:4]]
    days = calendar([*(block.text for block in doc.blocks if isinstance(block, Paragraph)), *headers])
    said = claims(doc, days)
    restored = [one for region in found if (one := statement(region, "t1", days, said)) is not None]
    return restored[-1]


def facts_in(text: str) -> FactSet:
    return restore(page(text))


def prints(line: Line) -> list[str]:
    """The raw figures of a line, blank where there is none."""
    return [figure.raw if figure else "" for figure in line.figures]


def values(line: Line) -> list[int | float | None]:
    """The values of a line as plain numbers, None where blank."""
    return [None if figure is None else float(figure.value) for figure in line.figures]

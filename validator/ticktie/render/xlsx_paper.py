"""What the sheets of one document are written from."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import Check, DocumentReport
from ticktie.render.xlsx_sheets import Spot
from ticktie.render.xlsx_styles import Styles
from ticktie.render.xlsx_ticks import tick


class Paper(Struct, frozen=True):
    """One document in a workbook: its figures by id, the checks and ties of each, and the cell where each stands."""

    book: Any
    styles: Styles
    document: DocumentReport
    suffix: str
    facts: dict[str, Fact]
    checks: dict[str, list[Check]]
    places: dict[str, Spot]
    ties: dict[str, list[tuple[str, str]]]
    marks: dict[str, list[str]]

    def tick(self, fact: Fact) -> str:
        """The tick marks of ``fact``; a figure that the text repeats has the mark of the sentence too."""
        own = self.marks.get(fact.id, [])
        told = any(outcome != "broken" for _, outcome in self.ties.get(fact.id, ()))
        own = [*own, "T"] if told and "T" not in own else own
        return tick(fact, self.document.state(fact), own)

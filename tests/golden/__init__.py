"""What the reader makes of the documents of ``tests/documents``, one line for each figure, reviewed by hand.

``python -m tests.golden`` writes the files anew: look at the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.support import PROJECT
from ticktie.model.facts import Fact, FactSet, Observation
from ticktie.model.number import plain
from ticktie.pipeline import extract_document

DOCUMENTS = PROJECT / "tests" / "documents"
GOLDEN = PROJECT / "tests" / "golden"
_UNITS = {"iso4217:USD": "USD", "iso4217:USD/xbrli:shares": "USD/share", "xbrli:shares": "shares"}


def documents() -> list[Path]:
    return sorted(DOCUMENTS.glob("*.txt"))


def golden_file(path: Path) -> Path:
    return GOLDEN / f"{path.stem}.json"


def text_of(path: Path) -> str:
    """The golden text of a document: its table figures, row by row, then what is noted of its damage."""
    facts = extract_document(path).facts
    figures = [json.dumps(_figure(fact), ensure_ascii=False) for fact in _figures(facts)]
    notes = [json.dumps(_note(seen)) for seen in facts.observations]
    return f'{{"figures": [\n{_lines(figures)}\n],\n"notes": [\n{_lines(notes)}\n]}}\n'


def _lines(entries: list[str]) -> str:
    return ",\n".join(f"  {entry}" for entry in entries)


def _figures(facts: FactSet) -> list[Fact]:
    return [fact for fact in facts.facts if fact.kind == "table"]


def _figure(fact: Fact) -> list[object]:
    """Line, label, period, value, unit, then damage and whether evidence restored it, where there is any."""
    place = fact.location.line if fact.location else None
    period = str(fact.period) if fact.period else None
    value = plain(fact.value * fact.weight_in_print) if fact.value is not None else None
    restored = ["restored"] if fact.is_restored else []
    return [place, fact.label, period, value, _UNITS.get(fact.unit or "", "pure"), *fact.damage, *restored]


def _note(seen: Observation) -> list[object]:
    return [seen.kind, *(place.line for place in seen.locations)]

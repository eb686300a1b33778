"""Documents of invented companies, extracted, checked and ready to be emitted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ticktie.emit.files import WRITERS
from ticktie.emit.inline import Page
from ticktie.emit.names import profile
from ticktie.emit.prepare import Judged, prepare
from ticktie.emit.report import Emission
from ticktie.map.taxonomy import concepts, load_taxonomy
from ticktie.model.facts import Fact, FactSet
from ticktie.model.source import Document
from ticktie.pipeline import check_facts, extract_document
from ticktie.read.html import decode

RELEASE = """\
Larchmont Instruments Inc. Reports First Quarter Results

For the quarter ended March 31, 2024, revenues were \\$9.1 million and net income was \\$1.2 million, or \\$0.24 per
basic share. For the full year the company expects net income of \\$5-6 million.

LARCHMONT INSTRUMENTS INC.
CONDENSED STATEMENTS OF OPERATIONS
(in thousands, except per share amounts)

\tThree Months Ended March 31,\t
\t2024\t2023
Revenues:\t\t
Product sales\t$ 6,105\t$ 5,220
Service fees\t3,015\t2,900
Total revenues\t9,120\t8,120
Operating expenses:\t\t
Cost of services\t4,400\t4,100
Research and development\t2,150\t2,000
General and administrative\t1,020\t980
Total operating expenses\t7,570\t7,080
Income from operations\t1,550\t1,040
Other income, net\t50\t-
Income before income taxes\t1,600\t1,040
Provision for income taxes\t400\t260
Net income\t$ 1,200\t$ 780
"""


def read(folder: Path, text: str, name: str = "release.txt") -> tuple[FactSet, Document]:
    """The facts of ``text`` and the document that holds them."""
    place = folder / name
    place.write_text(text, encoding="utf-8")
    found = extract_document(place)
    return found.facts, found.document


def emission_of(facts: FactSet, name: str = "release", taxonomy: str | None = None, **options: Any) -> Emission:
    """``facts``, checked and prepared."""
    report = check_facts(facts, name)
    judged = Judged(report.states or {}, report.checks)
    return prepare(facts, judged, load_taxonomy(), name, profile(taxonomy), **options)


def write(folder: Path, emission: Emission, document: Document, output_format: str) -> Path:
    """The files of ``output_format`` in ``folder``; the path of the first, which is the one to open."""
    markup = decode(Path(document.path).read_bytes(), document.path)[0] if document.source else None
    files = WRITERS[output_format](emission, Page(document, markup), concepts())
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / next(iter(files))


def rows(emission: Emission) -> tuple[tuple[Any, ...], ...]:
    """The facts of ``emission`` as the oracle lists them."""
    return tuple(sorted(map(_row, emission.facts), key=repr))


def _row(fact: Fact) -> tuple[Any, ...]:
    from ticktie.model.number import plain

    return (
        fact.concept,
        fact.entity.partition(":")[2] if fact.entity else None,
        str(fact.period) if fact.period else None,
        None if fact.unit == "xbrli:pure" else fact.unit,
        tuple(sorted(fact.dimensions)),
        None if fact.value is None else plain(fact.value),
        None if fact.value is None else fact.decimals,
    )

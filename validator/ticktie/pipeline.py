"""read -> extract -> map -> restore -> check -> report: the data flow, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ticktie.check.book import RuleBook
from ticktie.check.engine import check
from ticktie.check.rule import load
from ticktie.model.facts import FactSet
from ticktie.model.findings import DocumentReport
from ticktie.model.source import Document
from ticktie.read.text import read
from ticktie.restore.document import restore


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with the facts that were read in it."""

    document: Document
    facts: FactSet


def extract_document(path: Path, entity: str | None = None) -> Extraction:
    """Read ``path`` and map its figures to facts; raises ``ReadError`` (file, place, remedy) where it cannot be read."""
    document = read(path.read_bytes(), str(path))
    return Extraction(document, restore(document, entity))


def check_document(path: Path, entity: str | None = None) -> DocumentReport:
    """Read, map and check ``path``; raises ``ReadError`` (file, place, remedy) where it cannot be read."""
    extraction = extract_document(path, entity)
    document, facts = extraction.document, extraction.facts
    verdict = check(facts, rule_book())
    return DocumentReport(
        path=str(path),
        sha256=document.sha256,
        facts=facts.facts,
        checks=verdict.checks,
        findings=verdict.findings,
        states=verdict.states,
        document=document,
    )


@cache
def rule_book() -> RuleBook:
    """The rules that ship with ticktie, loaded once."""
    return load()

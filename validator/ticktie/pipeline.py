"""read -> extract -> map -> restore -> check -> report: the data flow, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ticktie.model.facts import FactSet
from ticktie.model.findings import DocumentReport
from ticktie.model.source import Document


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with the facts that were read in it."""

    document: Document
    facts: FactSet


def extract_document(path: Path, entity: str | None = None) -> Extraction:
    """Read ``path`` and map its figures to facts; raises ``ReadError`` (file, place, remedy) where it cannot be read."""
    raise NotImplementedError


def check_document(path: Path, entity: str | None = None) -> DocumentReport:
    """Read, map and check ``path``; an unreadable document is a report whose ``error`` says why."""
    raise NotImplementedError

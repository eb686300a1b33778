"""Tick and tie: checks every printed figure of a financial document against the figures it must agree with.

The names below are the public API; each is imported when it is first used, so that ``ticktie --version`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ticktie.version import VERSION as __version__

if TYPE_CHECKING:
    from ticktie.model.facts import Fact, FactSet, Period
    from ticktie.model.findings import Check, DocumentReport, Finding, Report, Severity
    from ticktie.model.source import Document, Location
    from ticktie.pipeline import Extraction, check_document, extract_document
    from ticktie.read.errors import ReadError

__all__ = [
    "Check",
    "Document",
    "DocumentReport",
    "Extraction",
    "Fact",
    "FactSet",
    "Finding",
    "Location",
    "Period",
    "ReadError",
    "Report",
    "Severity",
    "__version__",
    "check_document",
    "extract_document",
]

_HOMES = {
    "ticktie.model.facts": ("Fact", "FactSet", "Period"),
    "ticktie.model.findings": ("Check", "DocumentReport", "Finding", "Report", "Severity"),
    "ticktie.model.source": ("Document", "Location"),
    "ticktie.pipeline": ("Extraction", "check_document", "extract_document"),
    "ticktie.read.errors": ("ReadError",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """The public name, from the module that defines it; AttributeError for anything else."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'ticktie' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)

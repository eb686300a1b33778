"""Tick and tie: checks every printed figure of a financial document against the figures it must agree with.

The names below are the public API; each is imported when it is first used, so that ``ticktie --version`` stays quick.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ticktie.version import VERSION as __version__

if TYPE_CHECKING:
    from ticktie.api import check
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
    "check",
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


class _Checker(ModuleType):
    """The room ``check`` with the function of that name: ``ticktie.check(facts)`` checks them."""

    def __call__(self, facts: Any, **options: Any) -> Any:
        return import_module("ticktie.api").check(facts, **options)


class _Package(ModuleType):
    """This package; the import system binds the room ``check`` to it, which is callable then."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "check" and isinstance(value, ModuleType):
            value.__class__ = _Checker
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """The public name, from the module that defines it; AttributeError for anything else."""
    if name == "check":
        return import_module("ticktie.check")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'ticktie' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)

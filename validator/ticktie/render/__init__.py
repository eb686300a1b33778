"""Reports to bytes: one module for each output format, each with ``render(report, options) -> bytes``.

A new format is one module and its line in RENDERERS.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from msgspec import Struct

from ticktie.model.findings import Report, Severity

#: Format -> the module that renders it; imported only when asked for.
RENDERERS: dict[str, str] = {
    "text": "ticktie.render.text",
    "concise": "ticktie.render.concise",
    "json": "ticktie.render.json",
}

#: Formats that a person reads: they follow ``--quiet`` and say which documents were unreadable.
FOR_PEOPLE = frozenset({"text", "concise"})


class Options(Struct, frozen=True):
    """How a report for people is laid out: ``width`` in columns, colour or not, and the least severity shown."""

    colour: bool = False
    width: int = 100
    least: Severity = Severity.NOTE
    quiet: bool = False


def render(output_format: str, report: Report, options: Options | None = None) -> bytes:
    """``report`` in ``output_format`` (a key of RENDERERS), as UTF-8."""
    module = import_module(RENDERERS[output_format])
    return cast(bytes, module.render(report, options or Options()))

"""Reports to bytes: one module for each output format, each with ``render(report, options) -> bytes``.

A new format is one module and its line in RENDERERS (and its name in ``config.FORMAT``). A module that makes several
files of a report (a page for each document) also has ``pages(report, options, name) -> dict[str, bytes]``.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from msgspec import Struct

from ticktie.model.findings import Report, Severity


class Format(Struct, frozen=True):
    """One output format: the module that renders it, who reads it, whether its bytes are no text, and whether it shows
    the document."""

    module: str
    for_people: bool = False
    binary: bool = False
    shows_document: bool = False


#: Format -> how it is rendered; its module is imported only when asked for.
RENDERERS: dict[str, Format] = {
    "text": Format("ticktie.render.text", for_people=True),
    "concise": Format("ticktie.render.concise", for_people=True),
    "json": Format("ticktie.render.json"),
    "json-lines": Format("ticktie.render.json_lines"),
    "sarif": Format("ticktie.render.sarif"),
    "junit": Format("ticktie.render.junit"),
    "github": Format("ticktie.render.github"),
    "gitlab": Format("ticktie.render.gitlab"),
    "markdown": Format("ticktie.render.markdown"),
    "html": Format("ticktie.render.html", shows_document=True),
    "xlsx": Format("ticktie.render.xlsx", binary=True, shows_document=True),
}

#: Formats that a person reads on a terminal: they follow ``--quiet`` and say which documents were unreadable.
FOR_PEOPLE = frozenset(name for name, form in RENDERERS.items() if form.for_people)


class MissingExtra(Exception):
    """An output format needs a package that is not installed; says what to install."""

    def __init__(self, output_format: str, extra: str) -> None:
        super().__init__(f"{output_format} needs a package that is not installed: pip install 'ticktie[{extra}]'")


class Options(Struct, frozen=True):
    """How a report is laid out: ``width`` in columns, colour or not, and the least severity shown (for people);
    ``fail_on`` is the severity from which a finding fails the run."""

    colour: bool = False
    width: int = 100
    least: Severity = Severity.NOTE
    quiet: bool = False
    fail_on: Severity = Severity.ERROR


def render(output_format: str, report: Report, options: Options | None = None) -> bytes:
    """``report`` in ``output_format`` (a key of RENDERERS), as UTF-8 or the bytes of a binary format."""
    return cast(bytes, _module(output_format).render(report, options or Options()))


def render_files(output_format: str, report: Report, options: Options, name: str) -> dict[str, bytes]:
    """``report`` as files: ``name`` itself, and what the format puts beside it (relative paths below its folder)."""
    module = _module(output_format)
    if hasattr(module, "pages"):
        return cast(dict[str, bytes], module.pages(report, options, name))
    return {name: render(output_format, report, options)}


def _module(output_format: str) -> Any:
    return import_module(RENDERERS[output_format].module)

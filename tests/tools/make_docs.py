"""Write the pages of ``docs/`` that follow from rules, commands, settings and schemas.

``python -m tests.tools.make_docs`` writes them; a test of every day compares them with what they follow from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints

import click
from tests.support import PROJECT

from ticktie.cli.main import COMMANDS, main
from ticktie.cli.rule import markdown
from ticktie.config import Override, Settings, Suppression
from ticktie.render import RENDERERS
from ticktie.render.ticks import LEGEND
from ticktie.resources import data_folder, rule_files, rule_page

DOCS = PROJECT / "docs"
HEAD = "<!-- python -m tests.tools.make_docs writes this page -->\n\n"


def pages() -> dict[str, str]:
    """Every generated page by its path below ``docs/``."""
    found = {f"rules/{known}.md": "".join(f"{line}\n" for line in markdown(rule_page(known))) for known in rule_files()}
    found |= {f"commands/{name}.md": _command(name) for name in COMMANDS}
    found |= {f"contracts/{name}.md": _schema(name) for name in ("facts", "report")}
    found["configuration.md"] = _configuration()
    found["formats.md"] = _formats()
    return {name: HEAD + text for name, text in found.items()}


def _command(name: str) -> str:
    """The page of a command: what its help says."""
    command: click.Command = import_module(COMMANDS[name][0]).command
    context = click.Context(command, info_name=f"ticktie {name}", max_content_width=100, terminal_width=100)
    return f"# ticktie {name}\n\n{COMMANDS[name][1]}\n\n```\n{command.get_help(context)}\n```\n"


def _configuration() -> str:
    """The page of the configuration: each key with its type and default."""
    lines = ["# Configuration\n", "In `ticktie.toml`, or in `pyproject.toml` under `[tool.ticktie]`.\n"]
    named = (("Settings", Settings), ("`[[overrides]]`", Override), ("`[[suppress]]`", Suppression))
    for title, of in named:
        lines += [f"## {title}\n", f"{' '.join((of.__doc__ or '').split()).replace('``', '`')}\n"]
        lines += ["| Key | Type | Default |", "|---|---|---|", *_keys(of), ""]
    return "\n".join(lines)


def _keys(of: Any) -> Iterator[str]:
    hints = get_type_hints(of)
    for one in fields(of):
        yield f"| `{one.name.replace('_', '-')}` | {_type(hints[one.name])} | {_default(one)} |"


def _default(one: Field[Any]) -> str:
    if one.default is MISSING and one.default_factory is MISSING:
        return "required"
    value = one.default if one.default is not MISSING else {}
    return "" if value in (None, "", (), {}) else f"`{value}`"


def _type(hint: Any) -> str:
    """A type in words."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        return f"list of {_type(parts[0])}"
    if origin is dict:
        return f"table of {_type(parts[1])}"
    if str(origin) == "typing.Literal":
        return "one of " + ", ".join(f"`{part}`" for part in parts)
    if parts:
        return " or ".join(_type(part) for part in parts if part is not type(None))
    words = {"str": "text", "int": "whole number", "Decimal": "number", "date": "date"}
    return words.get(hint.__name__, f"table ({hint.__name__.lower()})")


def _formats() -> str:
    """The page of the output formats and of the tick marks."""
    lines = ["# Output formats\n", "| Format | What it is |", "|---|---|"]
    for name, form in RENDERERS.items():
        said = " ".join((import_module(form.module).__doc__ or "").split("\n\n")[0].split())
        lines.append(f"| `{name}` | {said.replace('|', chr(92) + '|').replace('``', '`')} |")
    lines += ["\n# Tick marks\n", "| Mark | What it says |", "|---|---|"]
    return "\n".join([*lines, *(f"| {mark} | {words} |" for mark, words in LEGEND.items()), ""])


def _schema(name: str) -> str:
    """The page of a file contract: every property of its schema."""
    held = json.loads((data_folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8"))
    lines = [f"# {held['title']}\n", f"{held.get('description', '')}\n", f"Schema: `schemas/{name}.schema.json`.\n"]
    parts = [("The file", held), *((f"`{key}`", part) for key, part in held.get("$defs", {}).items())]
    for title, part in parts:
        if part.get("properties"):
            lines += [f"## {title}\n", "| Property | Type | |", "|---|---|---|", *_properties(part, ""), ""]
    return "\n".join(lines)


def _properties(part: dict[str, Any], above: str) -> Iterator[str]:
    needed = part.get("required", [])
    for key, of in part["properties"].items():
        said = f"{of.get('description', '')}{'' if key in needed else ' (optional)'}".strip()
        yield f"| `{above}{key}` | {_kind(of)} | {said.replace('|', chr(92) + '|')} |"
        inner = of if of.get("properties") else of.get("items", {})
        if inner.get("properties"):
            yield from _properties(inner, f"{above}{key}{'' if inner is of else '[]'}.")


def _kind(of: dict[str, Any]) -> str:
    """The type of a property in words."""
    if "$ref" in of:
        return f"`{of['$ref'].rpartition('/')[2]}`"
    if "enum" in of:
        return "one of " + ", ".join(f"`{value}`" for value in of["enum"])
    if "anyOf" in of:
        return " or ".join(map(_kind, of["anyOf"]))
    if of.get("type") == "array":
        return f"list of {_kind(of.get('items', {}))}"
    kinds = of.get("type", "any")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def write() -> None:
    """Write every page, and remove those that nothing makes any more."""
    made = pages()
    for folder in ("rules", "commands", "contracts"):
        for file in (DOCS / folder).glob("*.md"):
            if f"{folder}/{file.name}" not in made:
                file.unlink()
    for name, text in made.items():
        file = DOCS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


__all__ = ["main", "pages", "write"]

if __name__ == "__main__":
    write()

"""``ticktie config``: every setting, its value, and where the value comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from ticktie.cli.output import write
from ticktie.cli.settings import config_option, configured
from ticktie.config import Configuration, Settings, matches
from ticktie.render.neutral import clipped

Row = tuple[str, Any, str]


@click.command("config")
@click.argument("document", required=False, metavar="[PATH]", type=click.Path(path_type=Path))
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
def command(document: Path | None, form: str, config: Path | None) -> None:
    """Print every setting with where its value comes from; with PATH, as it holds for that document.

    \b
    Examples:
      ticktie config
      ticktie config releases/q3.txt
      ticktie config --output-format json
    """
    rows = list(_rows(configured(config), document))
    if form == "json":
        held = {key: {"value": value, "from": origin} for key, value, origin in rows}
        write((json.dumps(held, indent=1, default=str) + "\n").encode(), None)
        return
    texts = [(f"{key} = {_toml(value)}", origin) for key, value, origin in rows]
    width = min(60, max(len(text) for text, _ in texts))
    write("".join(f"{clipped(text):<{width}}  # {clipped(origin)}\n" for text, origin in texts).encode(), None)


def _rows(found: Configuration, document: Path | None) -> Iterator[Row]:
    """Key, value and origin of each setting."""
    settings = found.settings if document is None else found.of(document)
    for field in fields(Settings):
        origin = str(found.file) if field.name in found.given else "default"
        for number, override in enumerate(found.settings.overrides if document else (), 1):
            if getattr(override, field.name, None) and matches(document or Path(), override.paths, found.root):
                origin = f"{found.file}: overrides {number}"
        yield field.name.replace("_", "-"), _plain(getattr(settings, field.name)), origin


def _plain(value: Any) -> Any:
    """``value`` as lists and tables of plain values."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name.replace("_", "-"): _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _toml(value: Any) -> str:
    """``value`` as TOML writes it; nothing as an empty text."""
    if value is None:
        return '""'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items() if one) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value) if isinstance(value, str | int) else str(value)

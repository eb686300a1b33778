"""The one place that finds the data that ships with ticktie: rules, schemas and templates.

In the wheel they lie under ``ticktie/_data/``; in a working tree beside ``validator/``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder ``name`` (``rules``, ``schemas``, ``reports``) of the installed package or the working tree."""
    for root in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        folder = root / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"ticktie's own folder {name!r} is missing: reinstall ticktie")


@cache
def rule_files() -> dict[str, Path]:
    """The file of each rule by its id, sorted by id: ``rules/<family>/<ID>.toml``."""
    files = data_folder("rules").glob("*/*.toml")
    return {file.stem: file for file in sorted(files, key=lambda file: file.stem)}


@cache
def rule_page(rule_id: str) -> dict[str, Any]:
    """What the file of rule ``rule_id`` says, as plain data; empty where there is no such rule."""
    file = rule_files().get(rule_id)
    return {} if file is None else read_page(file)


def read_page(file: Path) -> dict[str, Any]:
    """What a rule file says, as plain data; raises OSError or ValueError where it cannot be read."""
    return tomllib.loads(file.read_text(encoding="utf-8"))

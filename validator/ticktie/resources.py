"""The one place that finds the data that ships with ticktie: rules, schemas and templates.

In the wheel they lie under ``ticktie/_data/``; in a working tree beside ``validator/``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder ``name`` (``rules``, ``schemas``, ``reports``) of the installed package or the working tree."""
    for root in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        folder = root / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"ticktie's own folder {name!r} is missing: reinstall ticktie")

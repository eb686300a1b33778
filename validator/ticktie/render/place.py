"""Places as people and editors write them."""

from __future__ import annotations

from ticktie.model.source import Location
from ticktie.render.neutral import neutral


def place(location: Location) -> str:
    """``file:line:column``, or ``file#pointer`` for a supplied fact."""
    path = neutral(location.document)
    if location.line is None:
        return f"{path}#{neutral(location.pointer)}" if location.pointer else path
    return f"{path}:{location.line}" if location.column is None else f"{path}:{location.line}:{location.column}"

"""Places of documents as programs want them: relative to the working folder, with slashes."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from ticktie.render.neutral import neutral


def relative(path: str) -> str:
    """``path`` from the working folder on where it lies below it, else as it is; with slashes."""
    place = Path(path)
    if place.is_absolute():
        here = Path.cwd()
        place = place.relative_to(here) if place.is_relative_to(here) else place
    return place.as_posix()


def uri(path: str) -> str:
    """``path`` as a relative URI reference, or a ``file:`` URI where it lies outside the working folder."""
    short = relative(path)
    quoted = quote(_bytes(short), safe="/")
    return f"file://{quoted}" if short.startswith("/") else quoted


def _bytes(path: str) -> bytes:
    """The bytes by which the file system knows ``path``; what can be no path at all keeps its question marks."""
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")


def shown(path: str) -> str:
    """``path`` from the working folder on, neutral."""
    return neutral(relative(path))

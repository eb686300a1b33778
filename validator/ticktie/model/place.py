"""Where something stands: the part of a source that facts and findings keep."""

from __future__ import annotations

from msgspec import Struct


class Location(Struct, frozen=True):
    """A place that a person can open: file, line and column (from 1), offsets, and the element path in markup.

    A supplied fact's place is its JSON pointer or row (``pointer``); ``line`` is None where it came without a file.
    """

    document: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    offset: tuple[int, int] | None = None
    xpath: str | None = None
    pointer: str | None = None

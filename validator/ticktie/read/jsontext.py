"""JSON with the places of its members: numbers as Decimal, offsets of every member of an object or item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from json import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple

_VALUE = re.compile(r'"value"\s*:\s*("(?:[^"\\]|\\.)*"|[^,}\s]+)')
_BLANK = re.compile(r"[ \t\n\r]*")


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


_DECODER = JSONDecoder(parse_float=Decimal, parse_int=Decimal, parse_constant=_refused)


class Member(NamedTuple):
    """One member: its key (a list counts from 0), its value, and where its value begins and ends."""

    key: str
    value: Any
    start: int
    end: int


def value(text: str) -> Any:
    """What ``text`` says; raises ValueError (of JSON's own, with line and column) where it is no JSON."""
    start = _skip(text, 0)
    found, end = _decode(text, start)
    if _skip(text, end) != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return found


def members(text: str, at: int) -> Iterator[Member]:
    """The members of the object, or the items of the list, that begins at ``at``."""
    at = _skip(text, at)
    in_object = text[at : at + 1] == "{"
    close = "}" if in_object else "]"
    at = _skip(text, at + 1)
    number = 0
    while text[at : at + 1] not in (close, ""):
        key = str(number)
        if in_object:
            key, at = _decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        found, end = _decode(text, at)
        yield Member(key, found, at, end)
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
        number += 1


def value_span(text: str) -> tuple[int, int]:
    """Where the member ``value`` of the object ``text`` stands; the whole of it where it has none."""
    found = _VALUE.search(text)
    if found is not None and text.count('"value"') == 1:
        return found.span(1)
    try:
        return next((member.start, member.end) for member in members(text, 0) if member.key == "value")
    except (StopIteration, ValueError):
        return 0, max(len(text.rstrip()), 1)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return at if match is None else match.end()


def _decode(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except RecursionError:
        raise JSONDecodeError("Nested too deeply", text, at) from None

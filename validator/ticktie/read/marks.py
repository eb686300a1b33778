"""The figures at the end of a printed line, read from the right: what stands before them is its label."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

MarkKind = Literal["figure", "nil", "absent"]


class Mark(Struct, frozen=True):
    """A figure, a nil mark or an "n/m" of a line, with its brackets and percent sign: ``[start, end)`` in the line;
    ``gap`` says that a currency sign or two blanks stand before it."""

    start: int
    end: int
    kind: MarkKind
    gap: bool


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    sign = r"(?:US|C|A|J|R|S|NZ|HK)?[$€£¥]"
    return {
        "word": re.compile(r"\S+"),
        "figure": re.compile(
            rf"[(\[\-–—−+]{{0,2}}(?:{sign})?[(\-–—−]{{0,2}}(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+)"
            r"[)\]%]{0,3}(?:\*{1,3}|[†‡§])?"
        ),
        "nil": re.compile(rf"(?:{sign})?(?:\(?[-–—−_]{{1,5}}\)?|-0-)%?"),
        "absent": re.compile(r"(?i)n/?[amc]\*?|n\.[am]\.?|nmf|\*{1,3}|n/mf?"),
        "prefix": re.compile(rf"\(?{sign}\(?|[(\-–—](?:{sign})?"),
        "suffix": re.compile(r"[)%\]]{1,3}"),
        "leader": re.compile(r"(?:\.[ .]?){3,}|_{4,}(?=\s)"),
    }


def without_leaders(line: str) -> str:
    """``line`` with tabs, form feeds, carriage returns and dot leaders as blanks, character for character."""
    flat = line.replace("\t", " ").replace("\f", " ").replace("\r", " ").replace("\xa0", " ")
    if "..." not in flat and ". ." not in flat and "____" not in flat:
        return flat
    return _patterns()["leader"].sub(lambda match: " " * len(match[0]), flat)


def marks_of(line: str) -> tuple[Mark, ...]:
    """The marks that end ``line``, left to right; empty where its last word is none."""
    found: list[Mark] = []
    end: int | None = None
    for word in reversed(list(_patterns()["word"].finditer(line))):
        kind = _kind(word[0])
        if kind is not None:
            found.append(Mark(word.start(), end or word.end(), kind, _has_gap(line, word.start())))
            end = None
        elif _patterns()["suffix"].fullmatch(word[0]) and end is None:
            end = word.end()
        elif found and end is None and _patterns()["prefix"].fullmatch(word[0]):
            found[-1] = _prefixed(found[-1], word)
        else:
            break
    return tuple(reversed(found))


def is_year(text: str) -> bool:
    """Whether ``text`` is a bare year."""
    return bool(re.fullmatch(r"\(?(?:19|20)\d\d\)?[*†‡]?", text))


def _kind(word: str) -> MarkKind | None:
    if _patterns()["nil"].fullmatch(word):
        return "nil"
    if _patterns()["figure"].fullmatch(word):
        return "figure"
    return "absent" if _patterns()["absent"].fullmatch(word) else None


def _has_gap(line: str, start: int) -> bool:
    return start == 0 or line[max(0, start - 2) : start] in ("  ", " ")


def _prefixed(mark: Mark, word: re.Match[str]) -> Mark:
    """The mark with a bracket that stands apart, or only known to follow a currency sign."""
    inside = "(" in word[0] or "-" in word[0] or "–" in word[0]
    return Mark(word.start() if inside else mark.start, mark.end, mark.kind, True)

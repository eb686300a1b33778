"""The printed lines of a text: what each one is, before anybody asks which table it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from ticktie.read.marks import Mark, is_year, marks_of, without_leaders

LineKind = Literal["blank", "rule", "markup", "folio", "row", "text"]
#: A line that fills this much of the usual width goes on in the next one.
_FILLED = 0.75
_BULLET = r"\s*(?:[-–—•·*▪◦●]\s|o\s|\(?[a-z0-9]{1,3}[.)]\s)"


class Line(Struct, frozen=True):
    """One printed line: ``text`` has blanks for tabs, form feeds and dot leaders, character for character; ``marks``
    are the figures that end a ``row``."""

    number: int
    start: int
    text: str
    kind: LineKind
    marks: tuple[Mark, ...] = ()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def end(self) -> int:
        return len(self.text.rstrip())

    @property
    def label(self) -> str:
        """The words before the marks."""
        return _without_sign(self.text[: self.marks[0].start] if self.marks else self.text)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    month = (
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
        r"|september|october|november|december)"
    )
    return {
        "markup": re.compile(r"\s*</?(?:[A-Z][A-Z-]*)>.*"),
        "break": re.compile(r"\s*</?(?:PAGE|TABLE|TEXT|DOCUMENT|TYPE)>.*"),
        "rule": re.compile(r"[\s\-=_–—*~]*(?:[-=_–—*~]{4}|[-=_–—]{2}\s+[-=_–—]{2})[\s\-=_–—*~|+]*"),
        "folio": re.compile(r"(?i)\s*[-–]?\s{0,2}(?:(?:\S{1,20}[ /|]{1,3})?page\s+)?\d{1,3}"
                            r"(?:\s+of\s+\d{1,3})?\s{0,2}[-–]?\s*"),
        "sign": re.compile(r"[\s$€£¥(]+$|\s(?:US|C|A|J|R)\$\s*$"),
        "gap": re.compile(r"\S {2,}\S"),
        "hole": re.compile(r"\S {3,}\S"),
        "time": re.compile(
            rf"(?i)\b{month}\b\.?|(?<![\d,.$])(?:19|20)\d\d(?![\d,.]\d)|\b(?:months?|weeks?|quarters?|years?|ended)\b"
        ),
        "length": re.compile(r"(?i)\b(?:months?|weeks?|quarters?|years?)\b|\bended\b"),
        "day": re.compile(rf"(?i){month}\.?\s+$"),
        "note": re.compile(r"\s*(?:\(\w\)|\w\)|\*{1,3}|[†‡])\s?(?:\S+\s+){4}"),
        "bullet": re.compile(_BULLET),
    }


def lines_of(text: str, starts: Sequence[int]) -> tuple[Line, ...]:
    """Every line of ``text``, in order."""
    ends = (*(start - 1 for start in starts[1:]), len(text))
    places = zip(starts, ends, strict=True)
    return tuple(_line(number, start, text[start:end]) for number, (start, end) in enumerate(places, 1))


def is_wide(lines: Iterable[Line]) -> bool:
    """Whether figures stand in columns: most rows have wider gaps than between words."""
    rows = [line for line in lines if line.kind == "row" and len(line.marks) > 1]
    return 2 * sum(bool(_patterns()["gap"].search(line.text.strip())) for line in rows) > len(rows)


def is_break(line: Line) -> bool:
    """Whether markup ends a table or a page here."""
    return line.kind == "markup" and bool(_patterns()["break"].fullmatch(line.text))


def speaks_of_time(text: str) -> bool:
    """Whether months, years or lengths of periods stand in ``text``."""
    return bool(_patterns()["time"].search(text))


def is_time_header(text: str) -> bool:
    """Whether a line is of dates and lengths of periods, with few other words."""
    if not re.search(r"(?:19|20)\d\d|(?i:\bended\b)", text):
        return False
    words = re.sub(r"\([^)]*\)", " ", _patterns()["time"].sub(" ", text))
    return len(re.findall(r"[A-Za-z]{3,}", words)) <= 3


def is_length(text: str) -> bool:
    """Whether ``text`` heads columns with the length of a period ("Three Months Ended")."""
    return bool(_patterns()["length"].search(text))


def is_bullet(text: str) -> bool:
    return bool(_patterns()["bullet"].match(text))


def is_note(text: str) -> bool:
    """Whether a footnote begins here: its mark, and some words."""
    return bool(_patterns()["note"].match(text))


def usual_width(lines: Iterable[Line]) -> int:
    """The width that running text fills: that of all but the longest tenth of the lines without figures."""
    widths = sorted(line.end for line in lines if line.kind == "text" and not _patterns()["gap"].search(line.text))
    return widths[len(widths) * 9 // 10] if widths else 80


def is_prose(line: Line, width: int) -> bool:
    """Whether a line is part of a sentence: it fills the page, or ends one, and most words begin small."""
    if _patterns()["hole"].search(line.text.strip()):
        return False
    words = [word for word in line.text.split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    filled = line.end >= _FILLED * width or line.text.rstrip().endswith((".", ".”", '."'))
    return len(words) >= 4 and filled and 2 * small >= len(words)


def _line(number: int, start: int, printed: str) -> Line:
    text = without_leaders(printed)
    kind = _kind_without_figures(text)
    if kind is not None:
        return Line(number, start, text, kind)
    marks = marks_of(text)
    if marks and _is_row(text, marks):
        return Line(number, start, text, "row", marks)
    return Line(number, start, text, "text")


def _kind_without_figures(text: str) -> LineKind | None:
    if not text.strip():
        return "blank"
    if text.lstrip().startswith("<") and _patterns()["markup"].fullmatch(text):
        return "markup"
    if _patterns()["rule"].fullmatch(text):
        return "rule"
    return "folio" if _patterns()["folio"].fullmatch(text) else None


def _is_row(text: str, marks: Sequence[Mark]) -> bool:
    """Whether marks are figures of a row: not all of them years, nor a day behind its month, nor only "n/m"."""
    above = (None, *marks)
    figures = [mark for mark, last in zip(marks, above, strict=False)
               if mark.kind == "figure" and not _is_note_mark(text, mark, last)]  # fmt: skip
    if not figures:
        return all(mark.kind == "nil" for mark in marks) and (len(marks) > 1 or marks[0].gap)
    if all(is_year(text[mark.start : mark.end]) for mark in figures):
        return False
    return not _patterns()["day"].search(text[: marks[0].start])


def _is_note_mark(text: str, mark: Mark, last: Mark | None) -> bool:
    """Whether a mark is "(1)" right behind a word or a year."""
    if mark.gap or not re.fullmatch(r"\(\d\)", text[mark.start : mark.end]):
        return False
    return last is None or is_year(text[last.start : last.end])


def _without_sign(text: str) -> str:
    return _patterns()["sign"].sub("", text).strip()

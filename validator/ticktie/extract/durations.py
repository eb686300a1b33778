"""Lengths of time in text as they are printed: months, weeks, quarters, halves, years."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

DurationKind = Literal["months", "weeks", "quarter", "half", "year"]

_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    f"{tens}{sep}{unit}" if unit else tens: base + number
    for tens, base in _TENS.items()
    for number, unit in enumerate(["", *_UNITS[:9]])
    for sep in ("-", " ")
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_NUMBER = (
    r"(?:(?:twenty|thirty|forty|fifty)(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|fourteen|sixteen|seventeen|eighteen|nineteen|thirteen|fifteen|eleven|twelve"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
)
_ENDED = r"(?P<ended>,?\s{1,9}(?:(?:that|which)\s)?end(?:ed|ing|s)\b)?"
_DURATION = re.compile(
    rf"""(?<![\w.,$-])(?P<number>{_NUMBER})(?:-?(?:,|\s(?:and|or|&))\s{{0,9}}(?P<second>{_NUMBER}))?[-\s]{{1,3}}
           (?P<unit>months?|weeks?)\b(?:[-\s](?:fiscal\s)?(?:periods?|quarters?|years?|half)\b)?
           {_ENDED.replace("ended", "ended1")}
      |(?<!\w)(?:(?P<n1>{_ORDINAL})\s(?:fiscal\s)?quarters?|q(?P<n2>[1-4])|(?P<n3>[1-4])q
           |(?P<bare>quarters?(?:ly\speriods?)?))\b
           {_ENDED.replace("ended", "ended2")}
      |(?<!\w)(?:(?P<h1>first|second|1st|2nd)[-\s](?:fiscal\s)?half|h(?P<h2>[12])|(?P<h3>[12])h)\b
           {_ENDED.replace("ended", "ended3")}
      |(?<!\w)(?P<year>(?:full[-\s])?(?:fiscal\s)?years?|fiscal(?=\s\d{{4}})|fy(?=\s?\d\d)|annual)\b
           {_ENDED.replace("ended", "ended4")}""",
    re.VERBOSE | re.IGNORECASE,
)
_VOCABULARY = (
    "three", "six", "nine", "twelve", "thirteen", "months", "month", "weeks", "week", "quarter", "quarters",
    "year", "years", "ended", "ending", "fiscal", "first", "second", "third", "fourth", "twenty",
)  # fmt: skip
_TOKEN = re.compile(r"[A-Za-z0-9|]{4,9}")
_HINTS = ("quarter", "month", "week", "half", "year", "fiscal", "annual", "fy")
_SHORT_HINT = re.compile(r"[qQhH][1-4]|[1-4][qQhH]")
#: Longer texts are prose, where one misread word is not worth a guess.
_HEADER_LENGTH = 200


class DurationMention(Struct, frozen=True):
    """A length of time in a text at ``[start, end)``.

    ``ordinal`` is 2 for "second quarter" or "first" halves 1; ``ended`` says that "ended" or "ending" follows (inside
    the span).
    """

    start: int
    end: int
    months: int | None
    weeks: int | None
    kind: DurationKind
    ordinal: int | None = None
    ended: bool = False
    ending: bool = False


def number_word(text: str) -> int | None:
    """The number that digits, or a word up to ninety-nine, stand for."""
    return int(text) if text.isdigit() else _WORDS.get(text.lower())


@lru_cache(maxsize=8192)
def durations(text: str) -> tuple[DurationMention, ...]:
    """Every length of time that ``text`` mentions, in order; a short text is read through light OCR damage."""
    found = _read(text) if _hints(text) else ()
    if found or len(text) > _HEADER_LENGTH:
        return found
    restored, starts, shifts = _with_words_restored(text)
    if restored == text:
        return ()

    def back(offset: int) -> int:
        return offset - shifts[bisect_right(starts, offset) - 1]

    return tuple(replace(m, start=back(m.start), end=back(m.end)) for m in _read(restored))


def _hints(text: str) -> bool:
    """Whether any length of time can stand in ``text`` (much cheaper than to look for one)."""
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS) or _SHORT_HINT.search(text) is not None


def _read(text: str) -> tuple[DurationMention, ...]:
    return tuple(mention for match in _DURATION.finditer(text) for mention in _mentions(match))


def _mentions(match: re.Match[str]) -> tuple[DurationMention, ...]:
    words = next((match[key] for key in ("ended1", "ended2", "ended3", "ended4") if match[key]), "")
    ended, ending = bool(words), words.lower().endswith("ing")
    if match["unit"]:
        numbers = [number_word(match[key]) for key in ("number", "second") if match[key]]
        return tuple(
            _counted(match, number, ended, ending) for number in numbers if number and _is_length(match, number)
        )
    start, end = match.span()
    if match["year"]:
        return (DurationMention(start, end, 12, None, "year", None, ended, ending),)
    if any(match[key] for key in ("h1", "h2", "h3")):
        return (DurationMention(start, end, 6, None, "half", _ordinal(match, "h"), ended, ending),)
    return (DurationMention(start, end, 3, None, "quarter", _ordinal(match, "n"), ended, ending),)


def _is_length(match: re.Match[str], number: int) -> bool:
    """Whether so many months or weeks make a period; the 30 of "June 30, Six Months" do not."""
    return number <= (56 if match["unit"].lower().startswith("week") else 24)


def _counted(match: re.Match[str], number: int, ended: bool, ending: bool) -> DurationMention:
    weeks = match["unit"].lower().startswith("week")
    months, count = (None, number) if weeks else (number, None)
    return DurationMention(
        match.start(), match.end(), months, count, "weeks" if weeks else "months", None, ended, ending
    )


def _ordinal(match: re.Match[str], key: str) -> int | None:
    word = next((match[key + n] for n in "123" if match[key + n]), None)
    if word is None:
        return None
    return int(word) if len(word) == 1 else _ORDINALS[word.lower()]


def _with_words_restored(text: str) -> tuple[str, list[int], list[int]]:
    """``text`` with misread words of length put right, and by how much offsets from each start are shifted."""
    pieces, starts, shifts, last, shift = [], [0], [0], 0, 0
    for match in _TOKEN.finditer(text):
        word = _nearest(match[0])
        if word is None:
            continue
        pieces += [text[last : match.start()], word]
        shift += len(word) - len(match[0])
        last = match.end()
        starts.append(match.end() + shift)
        shifts.append(shift)
    return "".join([*pieces, text[last:]]), starts, shifts


@lru_cache(maxsize=4096)
def _nearest(token: str) -> str | None:
    if token.isdigit():
        return None
    near = extractOne(token.lower(), _VOCABULARY, scorer=ratio, score_cutoff=75)
    return near[0] if near and near[0] != token.lower() else None

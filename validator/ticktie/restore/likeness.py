"""How alike two printed rows are, and how much a row looks like OCR damage: the evidence that a row is a shadow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from ticktie.extract.numbers import CONFUSABLE
from ticktie.map.labels import is_readable, label_similarity
from ticktie.map.taxonomy import label_index
from ticktie.map.words import normalise
from ticktie.restore.lines import Figure, Line

#: Letters that engines take for one another: their common shape.
_SHAPES = str.maketrans("aceos0iljtf1|!mnruhvwx", "o" * 6 + "i" * 8 + "n" * 8)
_JOINED = re.compile("rn|ii|vv")
_SAME_SHAPE = 75
#: What tells "Class A" from "Class B" and "Level 1" from "Level 2".
_MARKS = re.compile(r"\b(?:\d+|[A-Za-z]|[IVX]{2,4})\b")
_NOT_SOLID = re.compile(r"[^0-9A-Za-z=|]")
SAME_LABEL = 0.75
READABLE = 0.5


@lru_cache(maxsize=16384)
def digits(raw: str) -> str:
    """The digits of a printed figure, letters read as the digits they are mistaken for."""
    return "".join(CONFUSABLE.get(char, char) for char in _NOT_SOLID.sub("", raw))


def value_likeness(a: Line, b: Line) -> float:
    """How alike the digits of two rows are, 0 to 1, over the columns where both have a figure, longer ones first."""
    score = weight = 0.0
    for left, right in zip(a.figures, b.figures, strict=False):
        if left and right and not (left.is_nil and right.is_nil):
            first, second = digits(left.raw), digits(right.raw)
            size = max(len(first), len(second))
            score += size * fuzz.ratio(first, second) / 100
            weight += size
    return score / weight if weight else 0.0


def same_values(a: Line, b: Line) -> bool:
    """Whether two rows print the same value in every column where both have one, and share at least one."""
    pairs = [(x, y) for x, y in zip(a.figures, b.figures, strict=False) if x and y]
    return any(x.value for x, _ in pairs) and all(x.value == y.value and not x.is_wreck for x, y in pairs)


def same_label(a: Line, b: Line) -> bool:
    """Whether two labels may be one label printed twice: alike, and not told apart by words of statements."""
    if not a.label or not b.label or label_similarity(a.label, b.label) < SAME_LABEL:
        return False
    if _MARKS.findall(a.label) != _MARKS.findall(b.label) and _is_sound(a) and _is_sound(b):
        return False
    return not is_told_apart(a, b)


def is_told_apart(a: Line, b: Line) -> bool:
    """Whether each of two labels has a word of statements that the other lacks ("basic", "diluted")."""
    left, right = set(normalise(a.label).split()), set(normalise(b.label).split())
    known = label_index().vocabulary
    return bool((left - right) & known and (right - left) & known)


def _is_sound(line: Line) -> bool:
    """Whether every longer word of a label is a word of statements."""
    return all(word in label_index().vocabulary for word in normalise(line.label).split() if len(word) > 1)


def is_cut_short(a: Line, b: Line) -> bool:
    """Whether the label of ``a`` is the beginning of the label of ``b``."""
    left, right = normalise(a.label).split(), normalise(b.label).split()
    return 0 < len(left) < len(right) and right[: len(left)] == left


@lru_cache(maxsize=16384)
def shape(word: str) -> str:
    """A word in which letters that look alike are one letter ("Baeic" and "Basic" are the same)."""
    return _JOINED.sub("m", word.lower()).translate(_SHAPES)


def is_garbled_start(a: Line, b: Line) -> bool:
    """Whether the label of ``a`` is the label of ``b`` or its beginning, misread letter by letter."""
    left, right = normalise(a.label).split(), normalise(b.label).split()
    if not 0 < len(left) <= len(right) or strangeness(a) <= strangeness(b):
        return False
    return all(fuzz.ratio(shape(x), shape(y)) >= _SAME_SHAPE for x, y in zip(left, right, strict=False))


def is_ill(figure: Figure, usual: int) -> bool:
    """Whether a figure is printed as no sound figure of its table is; a misread thousands mark alone is not enough."""
    if figure.is_nil:
        return False
    return figure.is_wreck or "digits-misread" in figure.damage or figure.decimals != usual


def is_marred(figure: Figure, usual: int) -> bool:
    """Whether anything at all is odd in the print of a figure."""
    return any(damage != "rows-merged" for damage in figure.damage) or is_ill(figure, usual)


def ill_share(line: Line, usual: int) -> float:
    """The share of a row's figures that are ill printed."""
    return _share(line, usual, is_ill)


def marred_share(line: Line, usual: int) -> float:
    """The share of a row's figures with anything odd in their print."""
    return _share(line, usual, is_marred)


def _share(line: Line, usual: int, test: Callable[[Figure, int], bool]) -> float:
    figures = [figure for figure in line.figures if figure]
    if not figures:
        return 0.0
    places = usual if line.unit == "monetary" else modal(figures)
    return sum(test(figure, places) for figure in figures) / len(figures)


def modal(figures: Sequence[Figure]) -> int:
    """The decimals that most of ``figures`` have."""
    places = [figure.decimals for figure in figures]
    return max(places, key=places.count)


def readability(line: Line) -> float:
    """How much a row's label looks like the words of a statement; 0 without a label."""
    return is_readable(line.label) if line.label else 0.0


def is_garbled(line: Line, usual: int) -> bool:
    """Whether a row looks like OCR damage by its figures, its label or both."""
    return ill_share(line, usual) >= 0.5 or (bool(line.label) and readability(line) < READABLE)


def strangeness(line: Line) -> float:
    """The share of a label's letters that stand in words which no statement uses."""
    words = normalise(line.label).split()
    known = label_index().vocabulary
    strange = sum(len(word) for word in words if word not in known or len(word) < 2)
    return strange / max(1, sum(map(len, words)))


def is_shadow_of(line: Line, other: Line, usual: int) -> bool:
    """Whether ``line`` reads as a damaged copy of its neighbour ``other``."""
    alike, strange = value_likeness(line, other), strangeness(line)
    if same_label(line, other):
        return strange > strangeness(other) or alike >= 0.35 or normalise(line.label) == normalise(other.label)
    if is_garbled_start(line, other):
        return alike >= 0.3
    if not other.label and is_garbled(line, usual) and alike >= 0.6:
        return True
    if not strange and is_told_apart(line, other):
        return ill_share(line, usual) > 0.75 and line.unit == "monetary"
    if strange >= 0.4 and label_similarity(line.label, other.label) >= 0.5 and strange > strangeness(other):
        return True
    if is_cut_short(line, other) and line.unit == other.unit:
        return alike >= 0.6
    if not line.label:
        return alike >= 0.4 and (line.unit == "monetary" or marred_share(line, usual) > 0)
    wordless = not re.search(r"[A-Za-z]{3}", line.label)
    if readability(line) < READABLE and ill_share(line, usual) >= (0.5 if wordless else 0.51):
        return True
    named_alike = label_similarity(line.label, other.label) >= 0.45 and (strange >= 0.2 or ill_share(line, usual) > 0.5)
    return is_garbled(line, usual) and alike >= 0.4 and (wordless or named_alike)

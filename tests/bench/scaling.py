"""Seconds of ``ticktie check`` on generated texts of growing size."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.exam.command import ticktie
from tests.support import PROJECT

MEGABYTE = 1_000_000
SIZES = (1 * MEGABYTE, 2 * MEGABYTE, 4 * MEGABYTE, 8 * MEGABYTE)
#: Sizes for texts that hold nothing but figures, fifty times as many as a filing of that size.
DENSE = tuple(size // 16 for size in SIZES)
_SAMPLE = PROJECT / "samples" / "brightwater_sensors.txt"


_WORDS = ("the company", "its partners", "expect that", "new products", "will reach markets", "in several regions")


def _filing(rng: random.Random) -> Iterator[str]:
    """A release, then pages of words, as a long filing has them."""
    text = _SAMPLE.read_text(encoding="utf-8")
    while True:
        yield text
        for _ in range(200):
            yield " ".join(rng.choices(_WORDS, k=40)).capitalize() + ".\n\n"


def _releases(rng: random.Random) -> Iterator[str]:
    """The project's own sample release, again and again."""
    text = _SAMPLE.read_text(encoding="utf-8")
    while True:
        yield text


def _tables(rng: random.Random) -> Iterator[str]:
    """Small tables that foot."""
    for number in count(1):
        first, second = (rng.randrange(1_000, 99_999) for _ in range(2))
        yield (
            f"TABLE {number} (in thousands)\n\n\tJune 30, 2031\t\nItem one\t{first:,}\t\nItem two\t{second:,}\t\n"
            f"Total\t{first + second:,}\t\n\n"
        )


def _prose(rng: random.Random) -> Iterator[str]:
    """Paragraphs of claims."""
    while True:
        amount, share = rng.randrange(1, 900) / 10, rng.randrange(1, 99)
        yield f"Revenues were ${amount} million for the quarter ended June 30, 2031, an increase of {share}%.\n\n"


def _one_line(rng: random.Random) -> Iterator[str]:
    """One paragraph without a line end."""
    while True:
        yield f"Revenues were ${rng.randrange(1, 900) / 10} million for the quarter ended June 30, 2031. "


def _one_table(rng: random.Random) -> Iterator[str]:
    """One table without end."""
    for number in count(1):
        yield f"Item {number}\t{rng.randrange(1_000, 99_999):,}\t{rng.randrange(1_000, 99_999):,}\t\n"


SHAPES: dict[str, Callable[[random.Random], Iterator[str]]] = {
    "filing": _filing,
    "releases": _releases,
    "small tables": _tables,
    "prose": _prose,
    "one line": _one_line,
    "one table": _one_table,
}


def sizes(shape: str) -> tuple[int, ...]:
    """Characters of the four texts that are measured for ``shape``, each twice the one before."""
    return SIZES if shape == "filing" else DENSE


def generated(shape: str, size: int) -> str:
    """About ``size`` characters of ``shape``, the same every time."""
    pieces, length = [], 0
    for piece in SHAPES[shape](random.Random(7)):
        pieces.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(pieces)


def laps(shape: str) -> dict[int, float]:
    """Seconds of one check for each size."""
    with TemporaryDirectory() as folder:
        return {size: _lap(Path(folder), shape, size) for size in sizes(shape)}


def _lap(folder: Path, shape: str, size: int) -> float:
    file = folder / f"{size}.txt"
    file.write_text(generated(shape, size), encoding="utf-8")
    start = perf_counter()
    ticktie("check", file, "--quiet", "--exit-zero")
    return perf_counter() - start

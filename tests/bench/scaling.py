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

SIZES = (1, 2, 4, 8)
MEGABYTE = 1_000_000
_SAMPLE = PROJECT / "samples" / "brightwater_sensors.txt"


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
    "releases": _releases,
    "small tables": _tables,
    "prose": _prose,
    "one line": _one_line,
    "one table": _one_table,
}


def generated(shape: str, megabytes: int) -> str:
    """About ``megabytes`` of text of ``shape``, the same every time."""
    pieces, size = [], 0
    for piece in SHAPES[shape](random.Random(7)):
        pieces.append(piece)
        size += len(piece)
        if size >= megabytes * MEGABYTE:
            break
    return "".join(pieces)


def laps(shape: str) -> dict[int, float]:
    """Seconds of one check for each size in megabytes."""
    with TemporaryDirectory() as folder:
        return {size: _lap(Path(folder), shape, size) for size in SIZES}


def _lap(folder: Path, shape: str, megabytes: int) -> float:
    file = folder / f"{megabytes}.txt"
    file.write_text(generated(shape, megabytes), encoding="utf-8")
    start = perf_counter()
    ticktie("check", file, "--quiet", "--exit-zero")
    return perf_counter() - start

"""Bounded time: seconds of a check must grow with the size of the text, not faster.

A filing of 1, 2, 4 and 8 MB; texts of nothing but figures at a sixteenth of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.scaling import MEGABYTE, SHAPES, laps
from tests.exam.board import Figure

#: Eight times the text may take at most this many times as long; start-up makes small texts look slower.
GROWTH = 10


def measure(shared: Path) -> Iterator[Figure]:
    """For each shape of text, how many times longer the largest takes than the smallest, an eighth of it."""
    for shape in SHAPES:
        times = laps(shape)
        print(f"  {shape}: " + ", ".join(f"{size / MEGABYTE:g} MB {taken:.2f} s" for size, taken in times.items()))
        first, *_, last = times.values()
        yield Figure("scaling", f"{shape}, 8 times the text", last / first, "<=", GROWTH, "times", steady=False)

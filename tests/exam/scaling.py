"""Bounded time: seconds for 1, 2, 4 and 8 megabytes of generated text must grow with the size, not faster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.scaling import SHAPES, laps
from tests.exam.board import Figure


def measure(shared: Path) -> Iterator[Figure]:
    """For each shape of text, how much longer 8 MB take than 1 MB: 8 is linear."""
    for shape in SHAPES:
        times = laps(shape)
        print(f"  {shape}: " + ", ".join(f"{size} MB {seconds:.2f} s" for size, seconds in times.items()))
        growth = times[8] / times[1]
        yield Figure("scaling", f"{shape}: 8 MB over 1 MB", growth, "<=", 10, "times", steady=False)

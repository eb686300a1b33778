"""Speed: medians of whole processes, and of warm runs in one process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.exam.board import Figure
from tests.exam.command import ticktie
from tests.support import PROJECT

RUNS = 9
_WARM = """
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from ticktie.pipeline import check_document
paths = [Path(name) for name in sys.argv[1:]]
times = []
for lap in range(8):
    start = perf_counter()
    for path in paths:
        check_document(path)
    times.append((perf_counter() - start) / len(paths))
print(median(times[2:]))
"""


def measure(shared: Path) -> Iterator[Figure]:
    """Seconds, cold; milliseconds a filing, warm."""
    seeds = sorted((shared / "seeds").glob("*.txt"))
    yield _cold("ticktie --version", 0.20, "--version")
    slowest = max(_seconds("check", seed) for seed in seeds if not seed.name.startswith("001"))
    yield Figure("speed", "check one seed (the slowest)", slowest, "<=", 0.6, "s", steady=False)
    yield _cold("check four seeds", 0.9, "check", *seeds)
    yield Figure("speed", "a seed, warm", _warm(seeds), "<=", 60, "ms", steady=False)


def _cold(name: str, target: float, *arguments: str | Path) -> Figure:
    return Figure("speed", name, _seconds(*arguments), "<=", target, "s", steady=False)


def _seconds(*arguments: str | Path) -> float:
    """Median seconds of a whole process, after one run that fills the caches."""
    ticktie(*arguments)
    return median(_lap(arguments) for _ in range(RUNS))


def _lap(arguments: tuple[str | Path, ...]) -> float:
    start = perf_counter()
    ticktie(*arguments)
    return perf_counter() - start


def _warm(seeds: list[Path]) -> float | None:
    """Median milliseconds a filing in one process; None where it cannot run."""
    command = [sys.executable, "-c", _WARM, *seeds]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    return float(done.stdout) * 1000 if done.returncode == 0 else None

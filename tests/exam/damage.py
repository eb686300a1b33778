"""What reading through damage is worth, on generated statements of invented companies (tests/property)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.exam.board import Bound, Figure
from tests.property.measure import CLEAN, table
from tests.property.measure import measure as generated

SINGLES, PAIRS, SEED = 340, 200, 2031
Summary = dict[str, Any]


def measure(shared: Path) -> Iterator[Figure]:
    """Shares of figures: right under one damage, under the hardest kind and under pairs; wrong and unmarked; marked."""
    single, pairs = generated(SINGLES, SEED), generated(PAIRS, SEED, pairs=True)
    for summary in (single, pairs):
        print("\n".join(f"  {line}" for line in table(summary).splitlines()))
    yield _share("right, single damage", single["total"]["right_ratio"], ">=", 0.97)
    yield _share("right, hardest single kind", _lowest(single), ">=", 0.93)
    yield _share("right, pairs", pairs["total"]["right_ratio"], ">=", 0.90)
    for name, summary in (("single damage", single), ("pairs", pairs)):
        yield _share(f"wrong and unmarked, {name}", summary["total"]["wrong_unmarked_ratio"], "<=", 0.002)
        yield _share(f"marked all the same, {name}", summary["total"]["marked_ratio"], "<=", 0.05)
    clean = single["kinds"][CLEAN]
    yield _share("right, undamaged", clean["right_ratio"], ">=", 0.99)
    yield _share("marked all the same, undamaged", clean["marked_ratio"], "<=", 0.05)


def _share(name: str, value: float | None, bound: Bound, target: float) -> Figure:
    return Figure("damage", name, value, bound, target)


def _lowest(summary: Summary) -> float | None:
    """The right share of the kind of damage that is read worst."""
    shares = [found["right_ratio"] for kind, found in summary["kinds"].items() if kind != CLEAN]
    return min((share for share in shares if share is not None), default=None)

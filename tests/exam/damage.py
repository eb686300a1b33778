"""What reading through damage is worth, on generated statements of invented companies (tests/property)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.exam.board import Bound, Figure
from tests.property.measure import CLEAN, table
from tests.property.measure import measure as generated

SINGLES, PAIRS, SEED = 340, 200, 2031
#: The two ways of the generator to word and lay out a release.
STYLES = ("a", "b")
Summary = dict[str, Any]


def measure(shared: Path) -> Iterator[Figure]:
    """Shares of figures: right under one damage, under the hardest kind and under pairs; wrong and unmarked; marked."""
    for style in STYLES:
        single = generated(SINGLES, SEED, style=style)
        pairs = generated(PAIRS, SEED, pairs=True, style=style)
        for summary in (single, pairs):
            print("\n".join(f"  {line}" for line in table(summary).splitlines()))
        yield _share(f"hardest single kind {style} right", _lowest(single), ">=", 0.93)
        yield from _totals(f"single damage {style}", single, 0.97)
        yield from _totals(f"pairs {style}", pairs, 0.90)


def _totals(name: str, summary: Summary, right: float) -> Iterator[Figure]:
    total = summary["total"]
    yield _share(f"{name} right", total["right_ratio"], ">=", right)
    yield _share(f"{name} wrong and unmarked", total["wrong_unmarked_ratio"], "<=", 0.002)
    yield _share(f"{name} marked all the same", total["marked_ratio"], "<=", 0.05)


def _share(name: str, value: float | None, bound: Bound, target: float) -> Figure:
    return Figure("damage", name, value, bound, target)


def _lowest(summary: Summary) -> float | None:
    """The right share of the kind of damage that is read worst."""
    shares = [found["right_ratio"] for kind, found in summary["kinds"].items() if kind != CLEAN]
    return min((share for share in shares if share is not None), default=None)

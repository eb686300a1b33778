"""The claims of running text over the releases with golden files: read, dated, tied to the right figures, no alarm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.exam.board import Bound, Figure
from tests.exam.command import score, ticktie

#: What the scorer calls each figure, with bound and target.
WANTED: tuple[tuple[str, Bound, float], ...] = (
    ("read", ">=", 0.97),
    ("dated", ">=", 0.95),
    ("claim_precision", ">=", 0.97),
    ("tie_f1", ">=", 0.90),
)


def measure(shared: Path) -> Iterator[Figure]:
    """Means over the releases, and the alarms of all together."""
    results = [_scored(shared, truth) for truth in sorted((shared / "truth/releases").glob("*.narrative.jsonl"))]
    for name, bound, target in WANTED:
        values = [found[name] or 0 for found in results]
        yield Figure("claims", f"releases {name}, mean", sum(values) / len(values), bound, target)
    yield Figure("claims", "releases alarms", sum(found["alarms"] for found in results), "<=", 0)


def _scored(shared: Path, truth: Path) -> dict[str, Any]:
    name = truth.name.removesuffix(".narrative.jsonl")
    release = next((shared / "corpus/press_releases").glob(f"{name}.*"))
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        ticktie("check", release, "--output-format", "json", "--exit-zero", "-o", out)
        found = score(shared, "narrative", out, f"releases/{truth.name}")
    print(f"  {name}: {json.dumps({key: found[key] for key, *_ in WANTED})}")
    return found

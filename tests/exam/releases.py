"""Earnings releases as companies publish them: six against golden files, all of them for crashes and loud findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from tests.exam.board import Bound, Figure
from tests.exam.command import score, ticktie

TABLES: dict[str, tuple[Bound, float]] = {
    "recall": (">=", 0.98),
    "precision": (">=", 0.98),
    "named": (">=", 0.95),
}


def measure(shared: Path) -> Iterator[Figure]:
    """Every figure of the acceptance list on the releases."""
    releases = shared / "corpus" / "press_releases"
    with TemporaryDirectory() as folder:
        yield from _golden(shared, releases, Path(folder))
        yield from _all(releases, Path(folder))


def _golden(shared: Path, releases: Path, work: Path) -> Iterator[Figure]:
    """The tables of the releases with golden files: means."""
    names = sorted(path.name.removesuffix(".tables.jsonl") for path in _truth(shared).glob("*.tables.jsonl"))
    scored = [_scored(shared, next(releases.glob(f"{name}.*")), work) for name in names]
    for key, (bound, target) in TABLES.items():
        yield Figure("releases", f"tables {key} (mean)", mean(one.get(key) or 0 for one in scored), bound, target)
        yield Figure("releases", f"tables {key} (worst)", min(one.get(key) or 0 for one in scored), ">=", 0.93)


def _truth(shared: Path) -> Path:
    return shared / "truth" / "releases"


def _scored(shared: Path, release: Path, work: Path) -> dict[str, float]:
    facts = work / f"{release.stem}.json"
    ticktie("extract", release, "-o", facts)
    return score(shared, "tables", facts, f"releases/{release.stem}.tables.jsonl")


def _all(releases: Path, work: Path) -> Iterator[Figure]:
    """All releases in one run: unreadable ones, ones without a fact, errors, and warnings a document."""
    report = work / "all.json"
    paths = sorted(path for path in releases.iterdir() if path.suffix in (".txt", ".htm", ".md"))
    ticktie("check", *paths, "--output-format", "json", "-o", report)
    documents: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["documents"]
    loud = [finding["severity"] for document in documents for finding in document["findings"]]
    yield Figure("releases", "documents read (count)", sum(not one["error"] for one in documents), ">=", len(paths))
    yield Figure("releases", "documents without a table fact (count)", sum(_bare(one) for one in documents), "<=", 1)
    yield Figure("releases", "errors (count; each must be genuine)", loud.count("error"), "<=", 0)
    yield Figure("releases", "warnings a document", loud.count("warning") / max(1, len(documents)), "<=", 0.2)


def _bare(document: dict[str, Any]) -> bool:
    return not any(fact.get("ticktie:kind") == "table" for fact in document["facts"].values())

"""The four filings that the project starts from: what is read, tied and found in them, against golden files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.exam.board import Bound, Figure
from tests.exam.command import score, ticktie

SEEDS = ("000", "002", "004")
TRUTH = "seeds/seed_truth_{}.jsonl"
Wants = dict[str, tuple[Bound, float]]
TABLES: Wants = {
    "recall": (">=", 1),
    "precision": (">=", 1),
    "named": (">=", 0.95),
    "sign": (">=", 1),
    "placed": (">=", 0.97),
    "decimals": (">=", 1),
    "noise_accepted": ("<=", 0),
}
NARRATIVE: Wants = {
    "read": (">=", 1),
    "dated": (">=", 0.95),
    "claim_precision": (">=", 1),
    "tie_recall": (">=", 1),
    "tie_precision": (">=", 1),
    "alarms": ("<=", 0),
}
FINDINGS: Wants = {"recall": (">=", 0.95), "loud": ("<=", 0), "unexpected": ("<=", 3)}


def measure(shared: Path) -> Iterator[Figure]:
    """Every figure of the acceptance list on the seeds."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        for seed in SEEDS:
            yield from _seed(shared, work, seed)
        yield from _together(shared, work)


def _seed(shared: Path, work: Path, seed: str) -> Iterator[Figure]:
    """Tables and claims of one filing."""
    document, facts, report = _one(shared, seed), work / f"{seed}.json", work / f"{seed}.report.json"
    ticktie("extract", document, "-o", facts)
    ticktie("check", document, "--output-format", "json", "-o", report)
    noise = shared / "truth" / TRUTH.format("noise")
    tables = score(shared, "tables", facts, TRUTH.format("tables"), "--only", seed, "--noise", noise)
    narrative = score(shared, "narrative", report, TRUTH.format("narrative"), "--only", seed)
    yield from _figures(f"tables {seed}", tables, TABLES)
    yield from _figures(f"narrative {seed}", narrative, NARRATIVE)


def _together(shared: Path, work: Path) -> Iterator[Figure]:
    """Findings over all four, and the percentages of counts in the one without tables."""
    every, grim = work / "all.json", work / "001.json"
    ticktie("check", *sorted((shared / "seeds").glob("*.txt")), "--output-format", "json", "-o", every)
    ticktie("check", _one(shared, "001"), "--output-format", "json", "-o", grim)
    found = score(shared, "findings", every, TRUTH.format("findings"))
    yield from _figures("findings", found, FINDINGS)
    yield from _figures("grim", score(shared, "grim", grim, TRUTH.format("grim")), {"recall": (">=", 1)})


def _figures(name: str, scored: dict[str, float], wants: Wants) -> Iterator[Figure]:
    for key, (bound, target) in wants.items():
        yield Figure("seeds", f"{name} {key}", scored.get(key), bound, target)


def _one(shared: Path, seed: str) -> Path:
    return next((shared / "seeds").glob(f"{seed}*.txt"))

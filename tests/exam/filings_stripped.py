"""Filings whose tags are taken off: face statements read from the page, against the tags of their filers; time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.exam.board import Figure
from tests.exam.command import score, ticktie

#: Figures of the scorer: mean over the filings, and least of one.
WANTED = {"figures_f1": (0.98, 0.93), "landmarks_f1": (0.97, 0.90), "f1": (0.85, 0.70)}
TOPIC = "filings_stripped"
_BARE_PARSE = "import sys; from lxml import html; html.parse(sys.argv[1])"


def measure(shared: Path) -> Iterator[Figure]:
    """Scores of every filing, and the time of the largest beside a bare parse."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        pages = [_stripped(shared, work, truth) for truth in sorted((shared / "corpus/ixbrl_truth").glob("*.jsonl"))]
        scores = [_scored(shared, work, page) for page in pages]
        for key, (target, least) in WANTED.items():
            values = [float(one.get(key) or 0.0) for one in scores]
            yield Figure(TOPIC, f"{key}, mean", round(mean(values), 4), ">=", target)
            yield Figure(TOPIC, f"{key}, least", min(values), ">=", least)
        yield from _times(max(pages, key=lambda page: page.stat().st_size), work)


def _stripped(shared: Path, work: Path, truth: Path) -> Path:
    folder, page = shared / "corpus/ixbrl" / truth.stem, work / f"{truth.stem}.htm"
    tagged = next(folder.glob("*.htm"))
    subprocess.run([sys.executable, shared / "score/ixbrl_truth.py", "--strip", tagged, page], check=True)
    return page


def _scored(shared: Path, work: Path, page: Path) -> dict[str, float]:
    facts = work / f"{page.stem}.json"
    ticktie("extract", page, "-o", facts)
    return score(shared, "filing", facts, f"../corpus/ixbrl_truth/{page.stem}.jsonl")


def _times(page: Path, work: Path) -> Iterator[Figure]:
    """The best of three runs of a check from the command line, and how many bare parses it takes."""
    checked = min(_seconds("-m", "ticktie", "check", page, "--exit-zero", "-o", work / "report") for _ in range(3))
    parsed = min(_seconds("-c", _BARE_PARSE, page) for _ in range(3))
    yield Figure(TOPIC, "largest filing, seconds", round(checked, 3), "<=", 1.2, "s", steady=False)
    yield Figure(TOPIC, "largest filing, bare parses", round(checked / parsed, 1), "<=", 20, "times", steady=False)


def _seconds(*arguments: str | Path) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return perf_counter() - start

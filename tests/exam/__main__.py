"""Run the exam: ``python -m tests.exam [TOPIC]... [--record]``.

Prints every figure beside its target and its floor, and fails where one is below its floor. ``--record`` raises the
floors to what was measured and writes the measured figures into the README.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from time import perf_counter

from tests.exam.board import Figure, Floors, fallen, load_floors, raised, row, write_floors
from tests.exam.readme import write_table
from tests.support import shared_folder

#: One file of this folder a topic, each with ``measure(shared) -> Iterator[Figure]``.
TOPICS = (
    "seeds",
    "exits",
    "damage",
    "claims",
    "releases",
    "filings_stripped",
    "engine",
    "grounding",
    "xbrl",
    "emission",
    "gate",
    "page",
    "speed",
    "scaling",
    "wheel",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"some of: {', '.join(TOPICS)} (default: all)")
    parser.add_argument("--record", action="store_true", help="raise the floors, and write the README's figures")
    chosen = parser.parse_args()
    unknown = set(chosen.topics) - set(TOPICS)
    if unknown:
        parser.error(f"unknown topic {', '.join(sorted(unknown))}: use {', '.join(TOPICS)}")
    floors = load_floors()
    figures = _measure(tuple(chosen.topics or TOPICS), floors)
    if figures is None:
        return 1 if os.environ.get("CI") else 0
    if chosen.record:
        write_floors(raised(figures, floors))
        write_table(figures)
    return _close(figures, floors)


def _measure(topics: tuple[str, ...], floors: Floors) -> list[Figure] | None:
    """All figures, printed as they come; None where the documents are absent."""
    shared = shared_folder()
    if shared is None:
        print("exam not taken: no folder of shared documents; set TICKTIE_SHARED to its path")
        return None
    figures: list[Figure] = []
    for topic in topics:
        start = perf_counter()
        for figure in import_module(f"tests.exam.{topic}").measure(shared):
            print(row(figure, floors), flush=True)
            figures.append(figure)
        print(f"-- {topic}: {perf_counter() - start:.0f} s", flush=True)
    return figures


def _close(figures: list[Figure], floors: Floors) -> int:
    reached = sum(figure.meets(figure.target) for figure in figures)
    below = fallen(figures, floors)
    print(f"exam: {reached}/{len(figures)} figures reach their target, {len(below)} below their floor")
    for figure in below:
        print(f"BELOW ITS FLOOR: {row(figure, floors)}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

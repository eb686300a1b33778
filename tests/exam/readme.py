"""The README's table of measured figures, written from a run of the exam and from nothing else."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from datetime import date

from tests.exam.board import Figure, shown
from tests.support import PROJECT
from ticktie.version import VERSION

README = PROJECT / "README.md"
BEGIN, END = "<!-- measured: begin (python -m tests.exam --record writes this) -->", "<!-- measured: end -->"


def write_table(figures: Iterable[Figure]) -> None:
    """Replace what stands between the markers of the README by the figures just measured."""
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n{table(figures)}\n{END}{after}", encoding="utf-8")


def table(figures: Iterable[Figure]) -> str:
    """A markdown table; figures of the same kind over several documents share a line with their worst value."""
    lines = [f"ticktie {VERSION}, {date.today()}, Python {platform.python_version()}, {platform.machine()}:", ""]
    lines += ["| measured | figure | target |", "|---|---|---|"]
    for name, worst in _worst(figures).items():
        value = "not measured" if worst.value is None else f"{shown(worst.value)} {worst.unit}".strip()
        lines.append(f"| {name} | {value} | {worst.bound} {shown(worst.target)} |")
    return "\n".join(lines)


def _worst(figures: Iterable[Figure]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.topic == "exits":
            continue
        name = f"{figure.topic}: " + " ".join(word for word in figure.name.split() if not word.isdigit())
        found[name] = min(found.get(name, figure), figure, key=_rank)
    return found


def _rank(figure: Figure) -> float:
    """Lower is worse."""
    if figure.value is None:
        return float("-inf")
    return figure.value if figure.bound == ">=" else -figure.value

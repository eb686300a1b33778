"""Figures that were measured, beside their targets and floors."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FLOORS = Path(__file__).resolve().parents[1] / "exam_floors.toml"

Bound = Literal[">=", "<="]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``value`` None means that it could not be measured. A ``steady`` figure is the same on
    every machine, so its floor rises by itself with ``--record``; times and rates of other machines do not."""

    topic: str
    name: str
    value: float | None
    bound: Bound
    target: float
    unit: str = ""
    steady: bool = True

    def meets(self, limit: float) -> bool:
        """Whether the value is at or on the good side of ``limit``."""
        if self.value is None:
            return False
        return self.value >= limit if self.bound == ">=" else self.value <= limit

    @property
    def key(self) -> str:
        return f"{self.topic}/{self.name}"


Floors = dict[str, dict[str, float]]


def load_floors() -> Floors:
    """Floors by topic and name."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def floor_of(figure: Figure, floors: Floors) -> float | None:
    return floors.get(figure.topic, {}).get(figure.name)


def fallen(figures: Iterable[Figure], floors: Floors) -> list[Figure]:
    """The figures below their floor; one with a floor that was not measured counts among them."""
    limits = [(figure, floor_of(figure, floors)) for figure in figures]
    return [figure for figure, floor in limits if floor is not None and not figure.meets(floor)]


def row(figure: Figure, floors: Floors) -> str:
    """One line of the board: figure, value, target, floor, and how it stands."""
    floor = floor_of(figure, floors)
    fell = floor is not None and not figure.meets(floor)
    standing = "BELOW ITS FLOOR" if fell else "reached" if figure.meets(figure.target) else "short"
    value = "not measured" if figure.value is None else f"{shown(figure.value)} {figure.unit}".strip()
    limit = "" if floor is None else f"{figure.bound} {shown(floor)}"
    return f"{figure.key:<44} {value:>16}   {figure.bound} {shown(figure.target):<8} floor {limit:<10} {standing}"


def raised(figures: Iterable[Figure], floors: Floors) -> Floors:
    """``floors`` with those of steady figures raised to what was measured, up to the target; none ever falls."""
    new = {topic: dict(names) for topic, names in floors.items()}
    for figure in figures:
        if figure.value is None or not figure.steady:
            continue
        better, worse = (min, max) if figure.bound == ">=" else (max, min)
        reached = better(_outward(figure), figure.target)
        old = floor_of(figure, floors)
        new.setdefault(figure.topic, {})[figure.name] = reached if old is None else worse(reached, old)
    return new


def _outward(figure: Figure) -> float:
    """The value to four digits, rounded to the bad side: a floor must not lie above what was measured."""
    value = (figure.value or 0) * 10_000
    return (math.floor(value) if figure.bound == ">=" else math.ceil(value)) / 10_000


def write_floors(floors: Floors) -> None:
    lines = [
        "# Floors of `make exam`: they rise with the figures (python -m tests.exam --record) and never fall.",
        "# Those of times stand at three times the target or more: other machines are slower, busy ones slower still.",
    ]
    for topic, names in sorted(floors.items()):
        lines += ["", f"[{topic}]", *(f'"{name}" = {shown(value)}' for name, value in sorted(names.items()))]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shown(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")

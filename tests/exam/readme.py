"""The README's table of measured figures, written from a run of the exam and from nothing else."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from datetime import date

from tests.exam.board import Figure, shown
from tests.support import PROJECT
from ticktie.version import VERSION

README = PROJECT / "README.md"
BEGIN, END = "<!-- measured: begin (python -m tests.exam --record writes this) -->", "<!-- measured: end -->"

#: What the table says -> the figures of the exam that it stands for.
HEADLINES = {
    "Table figures read with value, unit and period (share; worst of three filings)": r"seeds/tables \d+ recall",
    "Table figures that are right (share; worst of three)": r"seeds/tables \d+ precision",
    "Rows with their label or concept (share; worst of three)": r"seeds/tables \d+ named",
    "Claims of the text read (share; worst of three)": r"seeds/narrative \d+ read",
    "Claims tied to the right figures (share; worst of three)": r"seeds/narrative \d+ tie_recall",
    "Claims tied that truly tie (share; worst of three)": r"seeds/narrative \d+ tie_precision",
    "Expected findings met over four filings (share)": r"seeds/findings recall",
    "Errors and warnings that nobody expected (count)": r"seeds/findings loud",
    "Percentages of counts checked (share)": r"seeds/grim recall",
    "Figures right under one damage (share; worst of two layouts)": r"damage/single damage \w right",
    "Figures right under the hardest damage (share; worst of two)": r"damage/hardest .*",
    "Figures right under two damages (share; worst of two)": r"damage/pairs \w right",
    "Figures wrong and unmarked (share; worst of two, one or two damages)": r"damage/.* wrong and unmarked",
    "Right figures marked all the same (share; worst)": r"damage/.* marked all the same",
    "`ticktie --version`": r"speed/ticktie --version",
    "`ticktie check` of one filing (the slowest)": r"speed/check one seed .*",
    "A filing, warm": r"speed/a seed, warm",
    "Time for 8 MB over time for 1 MB of a filing": r"scaling/filing, .*",
}


def write_table(figures: Iterable[Figure]) -> None:
    """Replace what stands between the markers of the README by the figures just measured."""
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n{table(figures)}\n{END}{after}", encoding="utf-8")


def table(figures: Iterable[Figure]) -> str:
    """A markdown table of the headlines; of a figure measured on several documents the worst is shown."""
    measured = list(figures)
    lines = [f"ticktie {VERSION}, {date.today()}, Python {platform.python_version()}, {platform.machine()}:", ""]
    lines += ["| | measured | target |", "|---|---|---|"]
    for words, pattern in HEADLINES.items():
        found = [figure for figure in measured if re.fullmatch(pattern, figure.key)]
        if found:
            worst = min(found, key=_rank)
            lines.append(f"| {words} | {_value(worst)} | {worst.bound} {shown(worst.target)} |")
    return "\n".join(lines)


def _value(figure: Figure) -> str:
    return "not measured" if figure.value is None else f"{shown(figure.value)} {figure.unit}".strip()


def _rank(figure: Figure) -> float:
    """Lower is worse."""
    if figure.value is None:
        return float("-inf")
    return figure.value if figure.bound == ">=" else -figure.value

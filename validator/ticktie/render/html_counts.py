"""The figures of a page's head: counts by part of the document, tick coverage, and the bars that show them."""

from __future__ import annotations

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import Counts, DocumentReport, Report

#: The parts of a document in the order of the chart, with what people call them.
PARTS = {
    "balance-sheet": "Balance sheet",
    "income-statement": "Income statement",
    "cash-flow": "Cash flow statement",
    "other": "Other tables",
    "text": "Text",
    "supplied": "Supplied facts",
}
STATES = ("tied", "rounding", "broken", "unverified")
#: Width of a full bar, in the units of its drawing.
_FULL = 1000


class Bar(Struct, frozen=True):
    """One line of the chart: counts, and for each state where its stretch of the bar starts and how long it is."""

    name: str
    counts: Counts
    stretches: tuple[tuple[str, int, int], ...]

    @property
    def words(self) -> str:
        """The bar in words, for those who do not see it."""
        shares = ", ".join(f"{getattr(self.counts, state)} {state}" for state in STATES)
        return f"{self.name}: {self.counts.ticked} of {self.counts.figures} figures ticked; {shares}"


def part_of(fact: Fact) -> str:
    """The part of the document that ``fact`` belongs to, a key of PARTS."""
    if fact.kind == "narrative":
        return "text"
    if fact.statement in PARTS:
        return str(fact.statement)
    return "other" if fact.kind == "table" else "supplied"


def whole_bar(document: DocumentReport) -> Bar:
    """All figures of ``document``."""
    return bar("All figures", document.count_of(document.facts))


def report_bar(report: Report) -> Bar:
    """All figures of all documents."""
    return bar("All documents", report.every)


def part_bars(document: DocumentReport) -> list[Bar]:
    """The figures of ``document`` by part; parts without figures are left out."""
    by_part: dict[str, list[Fact]] = {part: [] for part in PARTS}
    for fact in document.facts:
        by_part[part_of(fact)].append(fact)
    bars = (bar(PARTS[part], document.count_of(facts)) for part, facts in by_part.items())
    return [one for one in bars if one.counts.figures]


def bar(name: str, counts: Counts) -> Bar:
    """``counts`` as stretches of a bar that together fill it, in whole units."""
    ends, done = [0], 0
    for state in STATES:
        done += getattr(counts, state)
        ends.append(done * _FULL // max(1, counts.figures))
    stretches = ((state, start, end - start) for state, start, end in zip(STATES, ends, ends[1:], strict=False))
    return Bar(name, counts, tuple(stretch for stretch in stretches if stretch[2]))

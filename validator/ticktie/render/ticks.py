"""Tick marks: which kind of agreement stands behind each figure, as auditors write them beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ticktie.model.findings import Check, DocumentReport, Tick
from ticktie.resources import rule_page

#: Tick mark -> what it says.
LEGEND = {
    "F": "footed: the column adds up to it",
    "CF": "cross-footed: the row adds up to it",
    "T": "text agrees with the table",
    "PY": "agreed to the prior period's document",
    "S": "agreed to support",
    "R": "recalculated from the figures it follows from",
}
_TIED = frozenset({"tie", "repeated-claim", "derived-claim", "duplicate"})
_SUMS = frozenset({"printed-sum", "implied-sum", "calculation"})
_NONE = frozenset({"foot-exact", "row-sign", "row-scale", "presence", "observation", "joint"})


def ticks(document: DocumentReport) -> list[Tick]:
    """The tick marks of all figures: of checks that hold, of ties to support, and those that people wrote."""
    found: dict[str, dict[str, Tick]] = defaultdict(dict)
    rows = _rows(document)
    for check in document.checks:
        mark = _mark(check, rows)
        if mark:
            found[check.total].setdefault(mark, Tick(check.total, mark, check.id))
    for tie in document.ties or ():
        if tie.mark:
            found[tie.fact].setdefault(tie.mark, Tick(tie.fact, tie.mark, tie.source))
    return [*(tick for marks in found.values() for tick in marks.values()), *document.ticks]


def _rows(document: DocumentReport) -> dict[str, int | None]:
    """The printed line of every figure."""
    return {fact.id: None if fact.location is None else fact.location.line for fact in document.facts}


def _mark(check: Check, rows: dict[str, int | None]) -> str:
    """The mark that a check gives its total; empty where it does not hold or is no equality."""
    kind = str(rule_page(check.rule).get("kind", ""))
    if check.outcome not in ("tied", "rounding") or kind in _NONE or not _is_equality(check):
        return ""
    if kind in _TIED:
        return "T"
    if kind not in _SUMS:
        return "R"
    row = rows.get(check.total)
    across = row is not None and all(rows.get(fact) == row for fact, _ in check.items)
    return "CF" if across else "F"


def _is_equality(check: Check) -> bool:
    """Whether the check compared its total with other stated figures; a bound is no equality."""
    holds = str(rule_page(check.rule).get("holds", ""))
    return bool(check.items) and not ("<" in holds or ">" in holds)


def legend(found: list[Tick]) -> Iterator[str]:
    """Each mark in use with what it says and how often it stands."""
    for mark, words in LEGEND.items():
        count = sum(tick.mark == mark for tick in found)
        if count:
            yield f"{mark} {count} ({words})"
    own = sum(tick.mark not in LEGEND for tick in found)
    if own:
        yield f"{own} by hand"

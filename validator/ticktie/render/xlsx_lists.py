"""The lists of a workpaper: findings, open items, and the sign-off with its legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ticktie.model.facts import Fact
from ticktie.model.findings import Finding
from ticktie.model.number import plain
from ticktie.render.html_counts import Bar, part_bars, whole_bar
from ticktie.render.html_findings import worst_first
from ticktie.render.order import facts_in_order
from ticktie.render.place import place
from ticktie.render.xlsx_paper import Paper
from ticktie.render.xlsx_styles import text
from ticktie.render.xlsx_ticks import LEGEND
from ticktie.version import VERSION

_FINDINGS = (
    ("Severity", 9), ("Rule", 9), ("Name", 24), ("Message", 70), ("Places", 30), ("Expected", 16), ("Actual", 16),
    ("Residual", 14), ("Allowed", 12), ("Repair", 30), ("Disposition", 24), ("Initials", 9), ("Date", 11),
)  # fmt: skip
_OPEN = (
    ("State", 11), ("Line", 7), ("Figure", 44), ("Printed", 16), ("Value", 18), ("Period", 24), ("Why", 44),
    ("Support", 24), ("Initials", 9), ("Date", 11),
)  # fmt: skip
_COUNTS = ("Part", "Figures", "Ticked", "Tied", "Rounding", "Broken", "Unverified", "Restored")


def findings_sheet(paper: Paper) -> None:
    """All findings, worst first, with room for what became of them."""
    page = paper.book.add_worksheet(f"Findings{paper.suffix}")
    _table(paper, page, _FINDINGS, (_finding(finding) for finding in worst_first(paper.document.findings)))


def _finding(finding: Finding) -> Sequence[str]:
    numbers = (finding.expected, finding.actual, finding.residual, finding.allowed)
    edits = [edit for repair in finding.repairs for edit in repair.edits]
    return (
        str(finding.severity),
        finding.rule,
        finding.name,
        finding.message,
        "; ".join(place(location) for location in finding.locations[:20]),
        *("" if number is None else plain(number) for number in numbers),
        "; ".join(f"{edit.before} \u2192 {edit.after}" for edit in edits),
    )


def open_items_sheet(paper: Paper) -> None:
    """Every figure that is broken or that nothing ties to, with room for its support."""
    page = paper.book.add_worksheet(f"Open items{paper.suffix}")
    states = ("broken", "unverified")
    figures = [fact for fact in facts_in_order(paper.document.facts) if fact.id in paper.facts]
    ordered = [fact for state in states for fact in figures if paper.document.state(fact) == state]
    _table(paper, page, _OPEN, (_open_item(paper, fact) for fact in ordered))


def _open_item(paper: Paper, fact: Fact) -> Sequence[str]:
    state = paper.document.state(fact)
    tried = {check.rule: None for check in paper.checks.get(fact.id, ())}
    broken = dict.fromkeys(check.rule for check in paper.checks.get(fact.id, ()) if check.outcome == "broken")
    why = (
        f"broken by {', '.join(broken)}" if broken else f"no equality; only {', '.join(tried)}" if tried else "no check"
    )
    line = fact.location.line if fact.location else None
    return (
        state,
        str(line or ""),
        fact.label or fact.concept,
        fact.printed or "",
        "" if fact.value is None else plain(fact.value),
        str(fact.period or ""),
        why,
    )


def _table(paper: Paper, page: Any, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> None:
    for column, (heading, width) in enumerate(heads):
        text(page, paper.styles, 0, column, heading, bold=True, bottom=1)
        page.set_column(column, column, width)
    for row, words in enumerate(rows, 1):
        for column, word in enumerate(words):
            text(page, paper.styles, row, column, word, text_wrap=True)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def sign_off_sheet(paper: Paper) -> None:
    """Document, counts, legend of the ticks, and the lines that preparer and reviewer sign."""
    page = paper.book.add_worksheet(f"Sign-off{paper.suffix}")
    page.set_column(0, 0, 18)
    page.set_column(1, 7, 14)
    row = _facts_of_paper(paper, page)
    row = _signatures(paper, page, row + 1)
    row = _counts(paper, page, row + 1)
    _legend(paper, page, row + 1)
    page.fit_to_pages(1, 0)


def _facts_of_paper(paper: Paper, page: Any) -> int:
    document = paper.document
    text(page, paper.styles, 0, 0, "Tick and tie workpaper", bold=True, font_size=14)
    known = (("Document", document.path), ("sha256", document.sha256), ("Made by", f"ticktie {VERSION}"))
    lines = [*known, *([("Unreadable", document.error)] if document.error else [])]
    for row, (name, value) in enumerate(lines, 2):
        text(page, paper.styles, row, 0, name, bold=True)
        text(page, paper.styles, row, 1, value)
    return 2 + len(lines)


def _signatures(paper: Paper, page: Any, row: int) -> int:
    for column, heading in enumerate(("", "Name", "Initials", "Date")):
        text(page, paper.styles, row, column, heading, bold=True, bottom=1)
    for number, role in enumerate(("Preparer", "Reviewer"), 1):
        text(page, paper.styles, row + number, 0, role, bold=True)
        for column in (1, 2, 3):
            page.write_blank(row + number, column, None, paper.styles.of(bottom=1))
    return row + 3


def _counts(paper: Paper, page: Any, row: int) -> int:
    for column, heading in enumerate(_COUNTS):
        text(page, paper.styles, row, column, heading, bold=True, bottom=1)
    bars: list[Bar] = [*part_bars(paper.document), whole_bar(paper.document)]
    for at, bar in enumerate(bars, row + 1):
        counts = bar.counts
        text(page, paper.styles, at, 0, bar.name)
        numbers = (counts.figures, counts.ticked, counts.tied, counts.rounding, counts.broken, counts.unverified)
        for column, number in enumerate((*numbers, counts.restored), 1):
            page.write_number(at, column, number, paper.styles.of())
    return row + len(bars) + 1


def _legend(paper: Paper, page: Any, row: int) -> None:
    text(page, paper.styles, row, 0, "Tick marks", bold=True, bottom=1)
    for at, (mark, words) in enumerate(LEGEND.items(), row + 1):
        text(page, paper.styles, at, 0, mark, bold=True)
        text(page, paper.styles, at, 1, words)

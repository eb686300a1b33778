"""The workpaper: a sheet a statement with ticks, cross-references and live footing formulas, and what an audit file
needs beside them: the sentences, the findings, the open items and the sign-off.

Cells hold full amounts and show them as printed. Extra ``ticktie[xlsx]``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Report
from ticktie.render import MissingExtra, Options
from ticktie.render.html_words import words_of
from ticktie.render.order import checks_in_order, facts_in_order
from ticktie.render.xlsx_lists import findings_sheet, open_items_sheet, sign_off_sheet
from ticktie.render.xlsx_paper import Paper
from ticktie.render.xlsx_sheets import (
    LEFT,
    Block,
    Line,
    Sheet,
    Spot,
    line_rows,
    sheets,
    spots,
    value_column,
)
from ticktie.render.xlsx_styles import Styles, number_format, of_state, text
from ticktie.render.xlsx_ticks import by_fact, cell, fits, footing, marks, printed, ties

#: The same report gives the same bytes: no clock stands in the file.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ANY_NUMBER = "#,##0.######_);(#,##0.######)"
_TEXT_HEADS = ("Line", "Words", "Printed", "Value", "Period", "Tick", "Tied to")


def render(report: Report, options: Options) -> bytes:
    """The workbook of all documents; raises MissingExtra where XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("xlsx", "xlsx") from None
    buffer = BytesIO()
    book = Workbook(buffer, _PLAIN)
    book.set_properties({"title": "Tick and tie workpaper", "created": _MADE})
    styles = Styles(book)
    for number, document in enumerate(report.documents, 1):
        _document(book, styles, document, f" ({number})" if len(report.documents) > 1 else "")
    if not report.documents:
        book.add_worksheet("Sign-off")
    book.close()
    return buffer.getvalue()


def _document(book: Any, styles: Styles, document: DocumentReport, suffix: str) -> None:
    facts, checks = facts_in_order(document.facts), checks_in_order(document.checks)
    made = sheets(facts, document.document, suffix)
    known = {fact.id: fact for fact in facts if fact.value is not None}
    claims = [fact for fact in facts if fact.kind == "narrative" and fact.value is not None]
    places = spots(made) | {fact.id: Spot(f"Text{suffix}", row, 3) for row, fact in enumerate(claims, 1)}
    paper = Paper(book, styles, document, suffix, known, by_fact(checks), places, ties(checks, known), marks(document))
    sign_off_sheet(paper)
    for sheet in made:
        _statement(paper, sheet)
    if claims:
        _claims(paper, claims)
    findings_sheet(paper)
    open_items_sheet(paper)


def _statement(paper: Paper, sheet: Sheet) -> None:
    page = paper.book.add_worksheet(sheet.name)
    text(page, paper.styles, 0, 0, sheet.name, bold=True, font_size=12)
    note = (
        "Cells hold full amounts and show them as printed. Footing adds the items up; difference = printed - footing."
    )
    text(page, paper.styles, 1, 0, note, italic=True)
    for block in sheet.blocks:
        _heads(paper, page, sheet, block)
        for row, line, has_section in line_rows(block):
            if has_section:
                text(page, paper.styles, row - 1, 1, line.section, bold=True)
            _line(paper, page, sheet, row, line)
    _layout(page, sheet)


def _heads(paper: Paper, page: Any, sheet: Sheet, block: Block) -> None:
    """The header row of a block: periods, then their footings."""
    style = {"bold": True, "bottom": 1, "text_wrap": True}
    page.set_row(block.row, 26)
    text(page, paper.styles, block.row, 0, "Line", **style)
    text(page, paper.styles, block.row, 1, "", **style)
    for number, heading in enumerate(block.columns):
        for offset, words in enumerate((heading, "Tick", "Footing", "Difference")):
            text(page, paper.styles, block.row, value_column(number) + offset, words, **style)
    text(page, paper.styles, block.row, value_column(sheet.width), "Cross-references", **style)


def _line(paper: Paper, page: Any, sheet: Sheet, row: int, line: Line) -> None:
    if line.number:
        page.write_number(row, 0, line.number, paper.styles.of(font_color="#777777", align="left"))
    text(page, paper.styles, row, 1, line.label, text_wrap=True)
    for number, fact in line.facts.items():
        _figure(paper, page, row, value_column(number), fact)
        _footing(paper, page, row, value_column(number) + 2, fact)
    _references(paper, page, row, value_column(sheet.width), line)


def _figure(paper: Paper, page: Any, row: int, column: int, fact: Fact) -> None:
    """The figure with its number format, and right of it its ticks."""
    value, style = printed(fact), of_state(paper.document.state(fact))
    if fits(value):
        page.write_number(row, column, float(value), paper.styles.of(num_format=number_format(fact), **style))
    else:
        text(page, paper.styles, row, column, f"{value:f}", align="right", **style)
    text(page, paper.styles, row, column + 1, paper.tick(fact), **style)


def _footing(paper: Paper, page: Any, row: int, column: int, fact: Fact) -> None:
    """What the items of a total add up to, and how far the print is from it."""
    found = footing(fact, paper.checks.get(fact.id, ()), paper.facts, paper.places)
    if found is None or not fits(printed(fact)):
        return
    style = paper.styles.of(num_format=number_format(fact), italic=True)
    page.write_formula(row, column, found.formula, style, float(found.value))
    left, right = cell(paper.places[fact.id]), cell(Spot("", row, column))
    digits = 10 if fact.decimals is None else max(fact.decimals, 0)
    page.write_formula(row, column + 1, f"=ROUND({left}-{right},{digits})", style, float(printed(fact) - found.value))


def _references(paper: Paper, page: Any, row: int, column: int, line: Line) -> None:
    """The sentences that the figures of ``line`` were tied to, with a link to the first."""
    tied = [tie for fact in line.facts.values() for tie in paper.ties.get(fact.id, ())]
    found = [(paper.facts[other], outcome) for other, outcome in dict.fromkeys(tied)]
    if not found:
        return
    words = "; ".join(_where(other) + ("", " \u2717")[outcome == "broken"] for other, outcome in found)
    _link(paper, page, row, column, paper.places[found[0][0].id], words)


def _where(fact: Fact) -> str:
    printed_words = fact.printed or ""
    return f"line {fact.location.line}: {printed_words}" if fact.location and fact.location.line else printed_words


def _link(paper: Paper, page: Any, row: int, column: int, spot: Spot, words: str) -> None:
    """Write ``words`` as text, and make it lead to ``spot``."""
    style = paper.styles.of(font_color="#1F5C99", underline=1)
    page.write_url(row, column, f"internal:'{spot.sheet}'!{cell(spot)}", style, words_of(words, 500))


def _claims(paper: Paper, claims: list[Fact]) -> None:
    page = paper.book.add_worksheet(f"Text{paper.suffix}")
    for column, heading in enumerate(_TEXT_HEADS):
        text(page, paper.styles, 0, column, heading, bold=True, bottom=1)
    for row, fact in enumerate(claims, 1):
        _claim(paper, page, row, fact)
    for column, width in enumerate((6, 44, 16, 16, 24, 8, 50)):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)


def _claim(paper: Paper, page: Any, row: int, fact: Fact) -> None:
    """One number of the text, with a link to the figure of a table that it was tied to."""
    style = of_state(paper.document.state(fact))
    line = fact.location.line if fact.location else None
    for column, words in (
        (0, str(line or "")),
        (1, fact.label or fact.concept),
        (2, fact.printed),
        (4, str(fact.period or "")),
    ):
        text(page, paper.styles, row, column, words, text_wrap=column == 1)
    value = printed(fact)
    if fits(value):
        page.write_number(row, 3, float(value), paper.styles.of(num_format=_ANY_NUMBER, **style))
    else:
        text(page, paper.styles, row, 3, f"{value:f}", **style)
    text(page, paper.styles, row, 5, paper.tick(fact), **style)
    others = [paper.facts[other] for other, _ in paper.ties.get(fact.id, ())]
    if others:
        words = "; ".join(f"{other.label or ''} {_where(other)}".strip() for other in others)
        _link(paper, page, row, 6, paper.places[others[0].id], words)


def _layout(page: Any, sheet: Sheet) -> None:
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 46)
    for number in range(sheet.width):
        for offset, width in enumerate((14, 7, 11, 9)):
            page.set_column(value_column(number) + offset, value_column(number) + offset, width)
    page.set_column(value_column(sheet.width), value_column(sheet.width), 44)
    page.freeze_panes(0, LEFT)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F&C&A&RPage &P of &N")

"""The workpaper: its formulas give the printed totals, its ticks say what was done, its text is no formula."""

from __future__ import annotations

import builtins
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.unit.reports import broken_finding, claim, document_report, figure, place, report
from tests.unit.sheets import Evaluator, footings
from ticktie.model.findings import Check, DocumentReport, Tick
from ticktie.pipeline import check_document
from ticktie.render import MissingExtra, render
from ticktie.render.xlsx_sheets import Spot, sheets, spots
from ticktie.render.xlsx_styles import number_format
from ticktie.render.xlsx_ticks import by_fact, cell, footing, formula, marks, tick

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.txt"))


def workbook(*documents: DocumentReport, formulas: bool = True) -> Any:
    return load_workbook(BytesIO(render("xlsx", report(*documents))), data_only=not formulas)


def rows(page: Any) -> list[list[Any]]:
    return [[one.value for one in row] for row in page.iter_rows()]


def words(book: Any) -> str:
    return "\n".join(str(value) for page in book for row in rows(page) for value in row if value is not None)


def hyperlinks(book: Any) -> list[Any]:
    return [one.hyperlink for page in book for row in page.iter_rows() for one in row if one.hyperlink]


class TestFootings:
    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
    def test_the_formulas_give_the_printed_totals(self, sample: Path) -> None:
        of = check_document(sample)
        book = workbook(of)
        evaluate = Evaluator(book)
        found = footings(book)
        totals = {check.total for check in of.checks if check.rule == "FOOT001" and check.outcome == "tied"}
        assert len(found) >= len(totals) > 5
        assert all(evaluate.value(sheet, total) == evaluate.value(sheet, foot) for sheet, total, foot in found)

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
    def test_a_viewer_that_computes_nothing_shows_what_the_formulas_give(self, sample: Path) -> None:
        of = check_document(sample)
        book, shown = workbook(of), workbook(of, formulas=False)
        evaluate = Evaluator(book)
        for sheet, _, foot in footings(book):
            assert Decimal(repr(shown[sheet][foot].value)) == evaluate.value(sheet, foot)

    def test_a_total_that_does_not_foot_shows_the_difference(self) -> None:
        facts = [figure(id=f"t{n}", label=f"row {n}", location=place("1,051")) for n in range(3)]
        facts[2] = replace(facts[2], value=Decimal(2103000))
        sum_check = check("FOOT001", "broken", "t2", ("t0", "t1"))
        of = document_report(facts=tuple(facts), checks=(sum_check,), findings=(), states={})
        book = workbook(of)
        ((sheet, total, foot),) = footings(book)
        evaluate = Evaluator(book)
        assert evaluate.value(sheet, total) - evaluate.value(sheet, foot) == 1000

    def test_a_cost_printed_in_brackets_counts_with_its_printed_sign(self) -> None:
        sales, cost, profit = (figure(id=f"t{n}", label=f"row {n}") for n in range(3))
        cost = replace(cost, value=Decimal(51000), weight_in_print=-1)
        profit = replace(profit, value=Decimal(1000000))
        facts = {fact.id: fact for fact in (sales, cost, profit)}
        places = {f"t{n}": Spot("S", n + 1, 2) for n in range(3)}
        one = check("FOOT001", "tied", "t2", ("t0", "t1"), (1, -1))
        found = footing(profit, [one], facts, places)
        assert found and (found.formula, found.value) == ("=SUM(C2:C3)", Decimal(1000000))

    def test_a_sum_with_an_item_that_has_no_cell_has_no_formula(self) -> None:
        facts = {"t1": figure(), "t2": figure(id="t2")}
        one = check("FOOT001", "tied", "t1", ("t2",))
        assert footing(facts["t1"], [one], facts, {"t1": Spot("S", 1, 1)}) is None

    def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_text(self) -> None:
        long = figure(value=Decimal("12345678901234567"))
        book = workbook(document_report(facts=(long,), checks=(), findings=(), states={}))
        assert "12345678901234567" in words(book)

    @given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3), st.sampled_from([1, -1, 2])), max_size=12))
    def test_a_formula_adds_each_term_once_with_its_factor(self, terms: list[tuple[int, int, int]]) -> None:
        unique = {(row, column): factor for row, column, factor in terms}
        spots_of = [(Spot("S", row, column), Decimal(factor)) for (row, column), factor in unique.items()]
        if not spots_of:
            return

        class Book(dict[str, Any]):
            def __getitem__(self, name: str) -> Any:
                return Page()

        class Cell:
            def __init__(self, row: int, column: int) -> None:
                self.value = 1000 * row + column
                self.coordinate = cell(Spot("S", row - 1, column - 1))

        class Page:
            def __getitem__(self, name: str) -> Cell:
                match = re.fullmatch(r"([A-Z])(\d+)", name)
                assert match
                return Cell(int(match[2]), ord(match[1]) - 64)

            def iter_rows(self, min_row: int, max_row: int, min_col: int, max_col: int) -> list[list[Cell]]:
                return [[Cell(r, c) for c in range(min_col, max_col + 1)] for r in range(min_row, max_row + 1)]

        book = Book()
        expected = sum(factor * (1000 * (row + 1) + column + 1) for (row, column), factor in unique.items())
        text = formula(spots_of, "S")
        Page.__getitem__ = _with(Page.__getitem__, text)  # type: ignore[method-assign]
        assert Evaluator(book).value("S", "ZZ1") == expected


def _with(get: Any, text: str) -> Any:
    """``get``, but the cell ZZ1 holds ``text``."""

    class Held:
        value = text

    return lambda self, name: Held() if name == "ZZ1" else get(self, name)


def check(rule: str, outcome: str, total: str, items: tuple[str, ...], weights: tuple[int, ...] = ()) -> Check:
    weighted = tuple((item, Decimal(weight)) for item, weight in zip(items, weights or [1] * len(items), strict=True))
    return Check(f"{rule}-1", rule, outcome, total, weighted, None, None, None, None)  # type: ignore[arg-type]


class TestTicks:
    def test_a_tied_figure_shows_its_tick_marks(self) -> None:
        assert tick(figure(), "tied", ["F", "T"]) == "F T"

    def test_a_figure_that_only_takes_part_in_a_check_shows_that(self) -> None:
        assert tick(figure(), "tied", []) == "✓"

    def test_what_needs_a_look_says_so_before_its_marks(self) -> None:
        assert [tick(figure(), "broken", []), tick(figure(), "unverified", [])] == ["✗", "○"]
        assert tick(figure(), "rounding", ["F"]) == "≈ F"

    def test_a_restored_figure_ends_with_a_degree_sign(self) -> None:
        assert tick(figure(evidence=("a sum",)), "tied", ["T"]) == "T°"

    def test_a_figure_that_the_text_repeats_has_the_mark_of_the_sentence(self) -> None:
        holds = check("TIE001", "tied", "n1", ("t1",))
        of = document_report(checks=(holds,), findings=(), states={"n1": "tied", "t1": "tied"})
        book = workbook(of)
        found = [row[col + 1] for row in rows(book["Other tables"]) for col, one in enumerate(row) if one == 1051000]
        assert found == ["T°"]

    def test_a_tick_made_by_hand_keeps_its_reference_and_who_made_it(self) -> None:
        of = document_report(ticks=(Tick("t1", "B", "invoice 12", "KL 2031-05-02"),))
        assert marks(of)["t1"] == ["B (invoice 12, KL 2031-05-02)"]
        assert "B (invoice 12, KL 2031-05-02)" in words(workbook(of))

    def test_an_incomplete_check_ticks_nothing(self) -> None:
        assert by_fact([check("FOOT001", "incomplete", "t1", ("t2",))]) == {}

    def test_every_mark_of_the_workpaper_stands_in_its_legend(self) -> None:
        book = workbook(check_document(SAMPLES[0]))
        explained = {row[0] for row in rows(book["Sign-off"])}
        for page in book.worksheets[1:-3]:
            heads = [one.column for row in page.iter_rows() for one in row if one.value == "Tick"]
            found = {page.cell(row, column).value for column in heads for row in range(5, page.max_row + 1)}
            assert {mark for value in found - {None, "Tick"} for mark in value.rstrip("°").split()} <= explained


class TestSheets:
    def test_each_statement_has_a_sheet_and_the_lists_follow(self) -> None:
        names = workbook(check_document(SAMPLES[0])).sheetnames
        expected = ["Sign-off", "Balance sheet", "Income statement", "Text", "Findings", "Open items"]
        assert names == expected

    def test_every_figure_has_a_cell(self) -> None:
        of = check_document(SAMPLES[0])
        table = [fact for fact in of.facts if fact.kind == "table" and fact.value is not None]
        placed = spots(sheets(of.facts, of.document))
        assert set(placed) == {fact.id for fact in table}
        assert len(set(placed.values())) == len(table)

    def test_a_claim_leads_to_the_figure_it_was_tied_to_and_back(self) -> None:
        book = workbook(document_report())
        assert "line 3: $1.2 million ✗" in words(book)
        links = [str(link.location) for link in hyperlinks(book)]
        assert any("Text" in link for link in links) and any("Other tables" in link for link in links)

    def test_findings_open_items_and_sign_off_are_there(self) -> None:
        text = words(workbook(document_report()))
        for expected in ("Preparer", "Reviewer", "sha256", "0" * 64, "TIE001", "broken by TIE001", "no check"):
            assert expected in text

    def test_an_unreadable_document_says_so(self) -> None:
        assert "it is binary" in words(workbook(DocumentReport("a.bin", "", error="it is binary; convert it")))

    def test_several_documents_have_sheets_of_their_own(self) -> None:
        names = workbook(document_report(), document_report()).sheetnames
        assert "Findings (1)" in names and "Findings (2)" in names

    def test_the_same_report_gives_the_same_bytes(self) -> None:
        assert render("xlsx", report()) == render("xlsx", report())

    @pytest.mark.parametrize(
        ("decimals", "unit", "expected"),
        [
            (-3, "iso4217:USD", "#,##0,"),
            (-6, "iso4217:USD", "#,##0,,"),
            (-5, "iso4217:USD", "#,##0.0,,"),
            (2, "iso4217:USD/xbrli:shares", "#,##0.00"),
            (0, "iso4217:USD", "#,##0"),
            (None, "xbrli:shares", "#,##0"),
            (-1, "iso4217:USD", "#,##0"),
        ],
    )
    def test_amounts_are_shown_at_the_scale_of_the_print(self, decimals: int, unit: str, expected: str) -> None:
        assert number_format(figure(decimals=decimals, unit=unit)).startswith(f"{expected}_)")

    def test_a_share_is_shown_as_a_percentage(self) -> None:
        assert number_format(figure(decimals=3, unit=None)) == "0.0%"


class TestNoTextIsAFormula:
    @pytest.mark.parametrize("hostile", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
    def test_text_of_a_document_stays_text(self, hostile: str) -> None:
        facts = (
            claim(label=hostile, printed=hostile, concept=hostile),
            figure(label=hostile, section=hostile, printed=hostile),
        )
        finding = replace(broken_finding(hostile), name=hostile)
        book = workbook(document_report(path=hostile, facts=facts, findings=(finding,)))
        cells = [one for page in book for row in page.iter_rows() for one in row if one.value == hostile]
        assert len(cells) > 5
        assert all(one.data_type == "s" and one.style and one.quotePrefix for one in cells)

    def test_nothing_leads_out_of_the_workbook(self) -> None:
        facts = (claim(label="http://example.org/x"), figure(label="mailto:a@example.org"))
        book = workbook(document_report(facts=facts))
        found = hyperlinks(book)
        assert found and all(link.target is None for link in found)

    @given(st.text(max_size=60))
    def test_any_label_makes_a_readable_workbook(self, label: str) -> None:
        book = workbook(document_report(facts=(claim(label=label), figure(label=label, section=label)), findings=()))
        assert "Text" in book.sheetnames


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *arguments: Any, **others: Any) -> Any:
        if name == "xlsxwriter":
            raise ImportError(name)
        return real(name, *arguments, **others)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtra, match=r"pip install 'ticktie\[xlsx\]'"):
        render("xlsx", report())

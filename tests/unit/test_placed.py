"""Statements of a page: which tables they are, which columns hold amounts, and which period each one reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ticktie.extract.statements import placed_regions
from ticktie.model.facts import PART, Fact, Period
from ticktie.model.findings import Severity
from ticktie.model.source import Document
from ticktie.pipeline import check_document
from ticktie.read.html import read
from ticktie.restore.document import restore


def row(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


def page(*blocks: str) -> Document:
    return read(f"<html><body>{''.join(blocks)}</body></html>".encode(), "page.htm")


def table(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


def facts(document: Document) -> list[Fact]:
    return [fact for fact in restore(document).facts if fact.kind == "table"]


BALANCE = [
    row("Cash", "100", "90"),
    row("Receivables", "20", "30"),
    row("Total assets", "120", "120"),
    row("Accounts payable", "50", "70"),
    row("Common stock", "70", "50"),
    row("Total liabilities and stockholders' equity", "120", "120"),
]
DATES = row("", "June 30, 2021", "December 31, 2020")
RESULTS = [
    row("Revenue", "500", "400", "900", "700"),
    row("Cost of revenue", "200", "150", "380", "290"),
    row("Gross profit", "300", "250", "520", "410"),
    row("Operating expenses", "100", "90", "200", "180"),
    row("Operating income", "200", "160", "320", "230"),
    row("Income taxes", "40", "30", "60", "40"),
    row("Net income", "160", "130", "260", "190"),
]
HEAD = [
    row("", "<td colspan=2>Three Months Ended June 30,</td>", "<td colspan=2>Six Months Ended June 30,</td>"),
    row("", "2021", "2020", "2021", "2020"),
]
FLOWS_CAPTION = "<p>Statements of Operations</p><p>(in thousands)</p>"


class TestWhichTables:
    def test_the_captioned_table_is_the_statement_and_a_repetition_in_a_discussion_is_not(self) -> None:
        repeated = "<p>The table below compares our results.</p>" + table(*HEAD, *RESULTS)
        found = placed_regions(page(repeated, FLOWS_CAPTION, table(*HEAD, *RESULTS)))
        assert [region.kind for region in found] == ["income-statement"]
        assert found[0].caption[0].text == "Statements of Operations"

    def test_statements_of_other_periods_under_captions_of_their_own_are_all_read(self) -> None:
        year = row("", "<td colspan=4>Year Ended June 30,</td>"), row("", "2021", "2020", "2019", "2018")
        found = placed_regions(page(FLOWS_CAPTION, table(*HEAD, *RESULTS), FLOWS_CAPTION, table(*year, *RESULTS)))
        assert len(found) == 2

    @pytest.mark.parametrize(
        "caption", ["Reconciliation of GAAP to non-GAAP results", "Pro forma statements of operations"]
    )
    def test_other_views_of_the_figures_are_no_statements(self, caption: str) -> None:
        assert placed_regions(page(f"<p>{caption}</p>", table(*HEAD, *RESULTS))) == ()

    def test_a_table_in_percent_of_a_total_is_no_statement(self) -> None:
        shares = [r.replace("</td></tr>", "%</td></tr>").replace("0</td>", "0%</td>") for r in RESULTS]
        assert placed_regions(page(FLOWS_CAPTION, table(*HEAD, *shares))) == ()

    def test_the_scale_comes_from_the_header_before_the_caption(self) -> None:
        head = row("(In millions)", "June 30, 2021", "December 31, 2020")
        found = placed_regions(page("<p>Balance Sheets</p><p>(in thousands)</p>", table(head, *BALANCE)))
        assert found[0].scale == 6


class TestColumns:
    def test_each_column_has_the_period_that_stands_over_it(self) -> None:
        found = facts(page(FLOWS_CAPTION, table(*HEAD, *RESULTS)))
        revenue = [(fact.period, fact.value) for fact in found if fact.label == "Revenue"]
        assert revenue == [
            (Period(date(2021, 6, 30), date(2021, 4, 1)), Decimal("500000")),
            (Period(date(2020, 6, 30), date(2020, 4, 1)), Decimal("400000")),
            (Period(date(2021, 6, 30), date(2021, 1, 1)), Decimal("900000")),
            (Period(date(2020, 6, 30), date(2020, 1, 1)), Decimal("700000")),
        ]

    def test_a_balance_sheet_has_dates(self) -> None:
        found = facts(page("<p>Balance Sheets</p>", table(DATES, *BALANCE)))
        assert {fact.period for fact in found} == {Period(date(2021, 6, 30)), Period(date(2020, 12, 31))}

    def test_a_year_inherits_its_day_from_the_column_before(self) -> None:
        found = facts(page("<p>Balance Sheets</p>", table(row("", "December 31, 2021", "2020"), *BALANCE)))
        assert {fact.period for fact in found} == {Period(date(2021, 12, 31)), Period(date(2020, 12, 31))}

    def test_percent_and_change_columns_hold_no_amounts(self) -> None:
        head = row("", "June 30, 2021", "June 30, 2020", "Change", "% Change")
        rows = [r.replace("</tr>", "<td>7</td><td>3.5%</td></tr>") for r in BALANCE]
        found = facts(page("<p>Balance Sheets</p>", table(head, *rows)))
        assert len(found) == 12

    def test_a_printed_range_is_the_period(self) -> None:
        head = [
            row("", "<td colspan=4>Six Months Ended June 30, 2021</td>"),
            row("", "January 1 to March 14", "March 15 to June 30", "January 1 to June 30", "April 1 to June 30"),
        ]
        periods = [fact.period for fact in facts(page(FLOWS_CAPTION, table(*head, *RESULTS)))[:2]]
        assert periods == [Period(date(2021, 3, 14), date(2021, 1, 1)), Period(date(2021, 6, 30), date(2021, 3, 15))]

    def test_a_column_without_any_period_is_left_open(self) -> None:
        found = facts(page("<p>Balance Sheets</p>", table(row("", "This year", "December 31, 2020"), *BALANCE)))
        assert {fact.period for fact in found} == {None, Period(date(2020, 12, 31))}


class TestRows:
    def test_nothing_is_restored_where_no_engine_has_misread(self) -> None:
        blank = [r.replace("<td>20</td>", "<td></td>") for r in BALANCE]
        found = facts(page("<p>Balance Sheets</p>", table(DATES, *blank)))
        assert len(found) == 11
        assert not any(fact.evidence or fact.damage for fact in found)

    def test_the_description_of_a_stock_does_not_make_its_amount_a_count(self) -> None:
        label = "Common stock, $0.01 par value; 900 shares authorized; 70 and 50 shares issued and outstanding"
        stock = [r.replace("Common stock", label) for r in BALANCE]
        found = facts(page("<p>Balance Sheets</p>", table(DATES, *stock)))
        amounts = [
            fact.unit
            for fact in found
            if (fact.label or "").startswith("Common stock") and fact.printed in ("70", "50")
        ]
        assert amounts.count("iso4217:USD") == 2


class TestReports:
    COVER = "<p>FORM 10-Q</p><p>Quarterly report pursuant to section 13</p>"

    def test_what_a_periodic_report_says_of_parts_is_never_loud(self, tmp_path: Path) -> None:
        wrong = "<p>Revenue was $9.9 million for the three months ended June 30, 2021.</p>"
        release, report = tmp_path / "release.htm", tmp_path / "report.htm"
        body = FLOWS_CAPTION + table(*HEAD, *RESULTS) + wrong
        release.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
        report.write_text(f"<html><body>{self.COVER}{body}</body></html>", encoding="utf-8")
        assert max(finding.severity for finding in check_document(release).findings) == Severity.ERROR
        assert max(finding.severity for finding in check_document(report).findings) == Severity.NOTE


class TestLines:
    def test_a_breakdown_below_a_footnote_is_no_part_of_the_statement(self) -> None:
        memo = row("(1) Includes share-based pay as follows:"), row("Cost of revenue", "2", "1", "4", "3")
        found = facts(page(FLOWS_CAPTION, table(*HEAD, *RESULTS, *memo)))
        assert [fact.printed for fact in found if fact.label == "Cost of revenue"] == ["200", "150", "380", "290"]

    def test_lines_that_break_down_two_totals_by_the_same_words_are_parts_of_them(self) -> None:
        rows = [
            row("Revenue:"),
            row("Products", "300", "240", "500", "400"),
            row("Services", "200", "160", "400", "300"),
            row("Total revenue", "500", "400", "900", "700"),
            row("Cost of revenue:"),
            row("Products", "150", "100", "280", "200"),
            row("Services", "50", "50", "100", "90"),
            row("Total cost of revenue", "200", "150", "380", "290"),
        ]
        found = facts(page(FLOWS_CAPTION, table(*HEAD, *rows, *RESULTS[2:])))
        parts = {(fact.concept, fact.dimensions) for fact in found if fact.label == "Products"}
        assert {dimensions for _, dimensions in parts} == {((PART, "Products"),)}
        assert {concept for concept, _ in parts} == {fact.concept for fact in found if "otal" in (fact.label or "")}

    def test_a_figure_that_is_basic_and_diluted_is_two_facts(self) -> None:
        share = row("Net income per share, basic and diluted", "0.16", "0.13", "0.26", "0.19")
        found = [fact for fact in facts(page(FLOWS_CAPTION, table(*HEAD, *RESULTS, share))) if fact.printed == "0.16"]
        assert [fact.concept for fact in found] == ["us-gaap:EarningsPerShareBasic", "us-gaap:EarningsPerShareDiluted"]
        assert len({fact.id for fact in found}) == 2

    def test_shares_bought_in_a_cash_flow_statement_are_money(self) -> None:
        rows = [
            row("Operating activities:"),
            row("Net income", "26", "19"),
            row("Cash from operating activities", "26", "19"),
            row("Investing activities:"),
            row("Purchase of equipment", "(5)", "(4)"),
            row("Cash used in investing activities", "(5)", "(4)"),
            row("Financing activities:"),
            row("Proceeds from the sale of subsidiary shares", "7", "6"),
            row("Cash from financing activities", "7", "6"),
        ]
        head = row("", "<td colspan=2>Six Months Ended June 30,</td>"), row("", "2021", "2020")
        found = facts(page("<p>Statements of Cash Flows</p>", table(*head, *rows)))
        assert {fact.unit for fact in found} == {"iso4217:USD"}

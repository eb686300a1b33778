"""Which period each value column reports: its header says it, else the caption, the words around, or the claims."""

from __future__ import annotations

from datetime import date
from inspect import cleandoc

import pytest

from tests.unit.tables import statement_in
from ticktie.model.facts import Period
from ticktie.restore.columns import Column

BALANCE = "Cash | $ | 41,236 | $ | 38,914\nLoans | | 30,418 | | 29,769\nTotal assets | $ | 71,654 | $ | 68,683"
FLOW = "Product sales | $ | 12,480 | $ | 10,915\nService fees | | 3,164 | | 2,870\nTotal revenues | | 15,644 | | 13,785"
FOUR = "Product sales | 12,480 | 10,915 | 35,270 | 31,046\nService fees | 3,164 | 2,870 | 9,012 | 8,233"
JUNE, DECEMBER = date(2031, 6, 30), date(2030, 12, 31)


def columns(text: str) -> tuple[Column, ...]:
    return statement_in(cleandoc(text)).columns


def balance(header: str, caption: str = "BALANCE SHEETS", before: str = "") -> tuple[Column, ...]:
    return columns(f"{before}\n\n{caption}\n\n{header}\n{BALANCE}")


def flow(header: str, rows: str = FLOW, before: str = "", after: str = "") -> tuple[Column, ...]:
    return columns(f"{before}\n\nSTATEMENTS OF OPERATIONS (in thousands)\n\n{header}\n{rows}\n{after}")


def periods(found: tuple[Column, ...]) -> list[Period | None]:
    return [column.period for column in found]


def damages(found: tuple[Column, ...]) -> list[tuple[str, ...]]:
    return [column.damage for column in found]


def quarter(year: int) -> Period:
    return Period(date(year, 6, 30), date(year, 4, 1))


class TestBalanceSheets:
    @pytest.mark.parametrize(
        "header",
        [
            " | June 30, 2031 | | December 31, 2030 | ",
            " | June 30, | | December 31, | \n | 2031 | | 2030 | ",
            " | As of June 30, 2031 | | As of December 31, 2030 | ",
            " | | | June 30, 2031 | December 31, 2030",
            "June 30, 2031 | December 31, 2030 | | | ",
        ],
    )
    def test_two_dates_head_two_columns_in_order_wherever_they_stand(self, header: str) -> None:
        """OCR moves headers sideways far more often than it reorders them."""
        found = balance(header)
        assert periods(found) == [Period(JUNE), Period(DECEMBER)]
        assert damages(found) == [(), ()]

    def test_a_lost_header_is_in_the_caption(self) -> None:
        found = balance(" | | | | ", "BALANCE SHEETS As of June 30, 2031 and December 31, 2030")
        assert periods(found) == [Period(JUNE), Period(DECEMBER)]
        assert damages(found) == [("header-lost",)] * 2
        assert found[0].evidence == ("date from the caption",)

    def test_the_date_that_is_left_keeps_its_column_and_the_other_comes_from_the_caption(self) -> None:
        caption = "BALANCE SHEETS As of June 30, 2031 and December 31, 2030"
        found = balance(" | | | | December 31, 2030", caption)
        assert periods(found) == [Period(JUNE), Period(DECEMBER)]
        assert damages(found) == [("header-lost",), ()]

    @pytest.mark.xfail(strict=True, reason="of a date as near to one column as to the other the left one is taken")
    def test_a_date_between_two_columns_heads_the_one_that_the_order_of_the_caption_gives_it(self) -> None:
        caption = "BALANCE SHEETS As of June 30, 2031 and December 31, 2030"
        assert periods(balance(" | | | December 31, 2030 | ", caption)) == [Period(JUNE), Period(DECEMBER)]

    def test_the_claims_of_the_text_date_a_column_whose_header_is_lost(self) -> None:
        text = (
            "The Company had \\$41.2 million in cash as of June 30, 2031, compared with \\$38.9 million as of "
            "March 31, 2031. This was the first quarter of the fiscal year that began on April 1."
        )
        found = balance(" | June 30, 2031 | | | ", "BALANCE SHEETS (in thousands)", text)
        assert periods(found) == [Period(JUNE), Period(date(2031, 3, 31))]
        assert found[1].damage == ("header-lost",)
        assert "\\$38.9 million" in found[1].evidence[0]
        assert found[1].restored_by

    def test_without_any_word_the_usual_comparison_is_assumed_and_said_to_be_so(self) -> None:
        text = "Results for the three months ended June 30, 2031 were good."
        found = balance(" | June 30, 2031 | | | ", "BALANCE SHEETS", text)
        assert periods(found) == [Period(JUNE), Period(DECEMBER)]
        assert found[1].evidence == ("the period that such a statement usually compares",)

    def test_where_nothing_dates_anything_the_columns_have_no_period(self) -> None:
        assert balance(" | | | | ") == (Column(None, ("header-lost",)),) * 2


class TestFlowStatements:
    @pytest.mark.parametrize(
        "header",
        [
            " | Three Months Ended June 30, | | | \n | 2031 | | 2030 | ",
            " | Three Months Ended | | | \n | June 30, | | June 30, | \n | 2031 | | 2030 | ",
            " | Three Months Ended June 30, 2031 | | Three Months Ended June 30, 2030 | ",
            " | Quarter Ended June 30, | | | \n | 2031 | | 2030 | ",
            "Three Months Ended | June 30, 2031 | June 30, 2030 | | ",
        ],
    )
    def test_a_length_over_two_years_is_two_periods(self, header: str) -> None:
        found = flow(header)
        assert periods(found) == [quarter(2031), quarter(2030)]
        assert damages(found) == [(), ()]

    def test_two_lengths_over_four_years_are_four_periods(self) -> None:
        found = flow(
            " | Three Months Ended June 30, | | Six Months Ended June 30, | \n | 2031 | 2030 | 2031 | 2030", FOUR
        )
        halves = [Period(date(year, 6, 30), date(year, 1, 1)) for year in (2031, 2030)]
        assert periods(found) == [quarter(2031), quarter(2030), *halves]

    def test_weeks_count_back_from_their_end(self) -> None:
        found = flow(" | Thirteen Weeks Ended | | | \n | June 28, 2031 | | June 29, 2030 | ")
        assert periods(found) == [
            Period(date(2031, 6, 28), date(2031, 3, 30)),
            Period(date(2030, 6, 29), date(2030, 3, 31)),
        ]

    def test_a_fiscal_year_that_ends_in_june_is_the_year_to_june(self) -> None:
        found = flow(" | Year Ended June 30, | | | \n | 2031 | | 2030 | ")
        assert periods(found) == [Period(date(year, 6, 30), date(year - 1, 7, 1)) for year in (2031, 2030)]

    def test_a_length_printed_after_the_table_is_displaced(self) -> None:
        found = flow(" | 2031 | | 2030 | ", after="\nThree Months Ended\nJune 30,\n")
        assert periods(found) == [quarter(2031), quarter(2030)]
        assert damages(found) == [("header-displaced",)] * 2
        assert found[0].evidence == ("period from the words further down",)

    def test_a_lost_year_is_the_one_beside_its_neighbour(self) -> None:
        found = flow(" | Three Months Ended June 30, | | | \n | 2031 | | | ")
        assert periods(found) == [quarter(2031), quarter(2030)]
        assert damages(found) == [(), ("header-lost",)]

    def test_the_claims_say_which_way_round_the_columns_of_a_lost_header_are(self) -> None:
        """A growing company may print the older period first: its words decide, not habit."""
        text = (
            "Product sales for the three months ended June 30, 2031 were \\$10.9 million, compared to \\$12.5 million "
            "for the same period last year."
        )
        found = flow(" | | | | ", before=text)
        assert periods(found) == [quarter(2030), quarter(2031)]
        assert damages(found) == [("header-lost",)] * 2
        assert all(column.restored_by for column in found)

    def test_a_lost_header_is_the_reported_quarter_and_the_one_a_year_before(self) -> None:
        found = flow(" | | | | ", before="We report results for the three months ended June 30, 2031.")
        assert periods(found) == [quarter(2031), quarter(2030)]
        assert found[0].evidence == ("the period that such a statement usually compares",)

    def test_where_nothing_dates_anything_the_columns_have_no_period(self) -> None:
        assert flow(" | | | | ") == (Column(None, ("header-lost",)),) * 2

    def test_no_two_columns_of_a_statement_report_one_period(self) -> None:
        for header in (" | Three Months Ended June 30, 2031 | | | ", " | 2031 | | 2031 | ", " | June 30, | | | "):
            found = flow(header, before="We report results for the three months ended June 30, 2031.")
            known = [column.period for column in found if column.period]
            assert len(set(known)) == len(known)

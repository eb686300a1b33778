"""Rows become a grid: which cells are figures, how many value columns there are, and what stands in each."""

from __future__ import annotations

from inspect import cleandoc

import pytest

from tests.unit.tables import grid_of, page
from ticktie.extract.tables import Grid, GridRow, column_count, is_header, label_of
from ticktie.model.source import Row, Table

CAPTION = "INCOME STATEMENTS\n\n"


def rows_of(text: str) -> tuple[Row, ...]:
    (table,) = page(text).blocks
    assert isinstance(table, Table)
    return table.rows


def grid(text: str) -> Grid:
    return grid_of(CAPTION + cleandoc(text))


def figures(row: GridRow) -> list[str]:
    return [slot.cell.text if slot else "" for slot in row.slots]


def columns_of(text: str) -> dict[str, list[str]]:
    """The figures of every value row by its label."""
    return {row.label: figures(row) for row in grid(text).rows}


class TestHowManyColumns:
    def test_the_number_of_columns_is_the_number_of_figures_that_most_rows_hold(self) -> None:
        assert column_count(rows_of("Sales | 1 | 2\nCosts | 3 | 4\nTax | 5\nNet | 6 | 7 | 8")) == 2

    def test_of_two_equally_frequent_numbers_the_larger_one_wins(self) -> None:
        assert column_count(rows_of("Sales | 1 | 2\nCosts | 3")) == 2

    def test_rows_of_one_figure_are_short_rows_before_they_are_a_column(self) -> None:
        """Page numbers, and rows one of whose two cells is blank, are many."""
        assert column_count(rows_of("a | 1 | 2\nb | 3 | 4\nc | 5\nd | 6\ne | 7")) == 2

    def test_a_table_of_single_figures_has_one_column(self) -> None:
        assert column_count(rows_of("a | 1\nb | 2\nc | 3")) == 1

    def test_headers_nil_marks_and_words_are_no_columns(self) -> None:
        assert column_count(rows_of(" | 2031 | 2030 | 2029\nSales | 1 | 2 | -\nFruit | pears | plums")) == 2

    def test_a_table_without_figures_has_none(self) -> None:
        assert column_count(rows_of("Contact: | Mr. Vane\nPhone | none")) == 0


class TestHeaders:
    @pytest.mark.parametrize(
        "row",
        [
            " | 2031 | 2030",
            "Three Months Ended | June 30,",
            " | June 30, 2031 | December 31, 2030",
            "(in thousands) | Year ended | 2031",
            "ASSETS | March 31, 2031 | ",
        ],
    )
    def test_dates_years_and_lengths_without_figures_are_a_header(self, row: str) -> None:
        assert is_header(rows_of(row)[0])

    @pytest.mark.parametrize("row", ["Sales | 2,031 | 2,030", "Due in 2031 | 1,204 | 1,310", "Sales | 1 | ", "A | B"])
    def test_rows_with_a_figure_of_their_own_or_without_dates_are_none(self, row: str) -> None:
        assert not is_header(rows_of(row)[0])


class TestLabels:
    @pytest.mark.parametrize(
        ("row", "label"),
        [
            ("Net sales | $ | 12", "Net sales"),
            (" | Net sales | 12", "Net sales"),
            ("Net | sales | 12 | and more", "Net sales"),
            ("<b>Total</b> costs | 12", "Total costs"),
            (" | 12 | 14", ""),
            ("Costs | - | 14", "Costs"),
            ("Sales | S | 14", "Sales"),
        ],
    )
    def test_the_label_is_the_words_before_the_first_figure(self, row: str, label: str) -> None:
        assert label_of(rows_of(row)[0]) == label


class TestFullRows:
    def test_a_full_row_takes_its_figures_in_order_wherever_they_stand(self) -> None:
        """That alone reads every shifted cell right."""
        found = columns_of("""
            Sales | $ | 1,204 | $ | 1,310
            Costs | | 804 | 910 |
            Other | 40 | | | 50
            """)
        assert found == {"Sales": ["1,204", "1,310"], "Costs": ["804", "910"], "Other": ["40", "50"]}

    def test_nil_marks_count_as_figures_where_the_row_is_full_with_them(self) -> None:
        found = columns_of("Sales | 12 | 14\nFees | - | 5\nRent | 6 | _")
        assert found["Fees"] == ["-", "5"]
        assert found["Rent"] == ["6", "_"]

    def test_stray_nil_marks_beside_a_full_row_are_dropped(self) -> None:
        found = columns_of("Sales | 12 | | 14 |\nFees | _ | 3 | - | 5")
        assert found["Fees"] == ["3", "5"]

    def test_figures_too_many_are_spare(self) -> None:
        row = grid("Sales | 12 | 14\nCosts | 3 | 5\nFees | 3 | 5 | 7").rows[2]
        assert figures(row) == ["3", "5"]
        assert [slot.cell.text for slot in row.spare] == ["7"]

    @pytest.mark.parametrize("tail", [")", ")%", "%", ") %"])
    def test_a_closing_bracket_or_percent_sign_in_the_next_cell_belongs_to_its_figure(self, tail: str) -> None:
        row = grid(f"Sales | 12 | | 14 |\nChange | (3 | {tail} | (5 | {tail}").rows[1]
        assert [slot.content.readings[0].value for slot in row.slots if slot] == [-3, -5]


class TestShortRows:
    def test_a_short_row_takes_its_column_from_the_place_of_the_figure(self) -> None:
        found = columns_of("""
            Sales | $ | 1,204 | $ | 1,310
            Restructuring | | | | 77
            License fees | | 41 | |
            Total | $ | 1,245 | $ | 1,387
            """)
        assert found["Restructuring"] == ["", "77"]
        assert found["License fees"] == ["41", ""]

    def test_the_nearest_full_row_of_the_same_width_sets_the_places(self) -> None:
        """Rows whose cells moved have another width: their neighbours of that width moved with them."""
        found = columns_of("""
            Sales | | | 1,204 | | | 1,310
            Costs | | | 804 | | | 910
            Fees | | 20 | | 30
            Rent | | | | 11
            """)
        assert found["Rent"] == ["", "11"]

    def test_two_figures_of_four_columns_keep_their_order_and_share_no_column(self) -> None:
        found = columns_of("""
            Sales | 1 | 2 | 3 | 4
            Costs | 5 | 6 | 7 | 8
            Fees | | 60 | | 80
            """)
        assert found["Fees"] == ["", "60", "", "80"]

    def test_a_nil_mark_stands_in_its_own_column_only(self) -> None:
        found = columns_of("""
            Sales | $ | 1,204 | $ | 1,310
            Fees | | - | |
            Rent | | | | -
            """)
        assert (found["Fees"], found["Rent"]) == (["-", ""], ["", "-"])


class TestOtherRows:
    def test_a_row_that_repeats_a_whole_column_is_collapsed(self) -> None:
        found = grid("Sales | 12 | 14\nCosts | 3 | 5\n | $ 12 3 9 4 5 | 14")
        assert [row.line for row in found.collapsed] == [5]
        assert len(found.rows) == 2

    def test_a_small_number_alone_is_a_page_number(self) -> None:
        found = grid("Sales | 12 | 14\n | 7 | \nCosts | 3 | 5")
        assert [row.line for row in found.strays] == [4]
        assert len(found.rows) == 2

    def test_a_row_of_marks_is_stray_and_a_row_of_words_a_heading(self) -> None:
        found = grid("Sales | 12 | 14\n | _ | .\nExpenses: | | \nCosts | 3 | 5")
        assert [row.label for row in found.rows] == ["Sales", "Expenses:", "Costs"]
        assert len(found.strays) == 1

    def test_rows_know_their_line_their_order_and_the_table_they_stand_in(self) -> None:
        found = grid("Sales | 12 | 14\n\n(continued)\n\nCosts | 3 | 5")
        assert [(row.line, row.order, row.block) for row in found.rows] == [(3, 0, 0), (7, 1, 1)]

    def test_a_region_without_figures_is_a_grid_without_columns(self) -> None:
        found = grid("Contact: | Mr. Vane\nPhone | none")
        assert found.columns == 0
        assert all(not any(row.slots) for row in found.rows)


@pytest.mark.xfail(strict=True, reason="a share of sales between the money columns is read as a column of money")
def test_a_percent_column_is_a_column_of_its_own_and_not_of_money() -> None:
    """Section 5 of the design: percent columns stand between money columns."""
    found = columns_of("""
        Sales | 1,204 | 100.0% | 1,310 | 100.0%
        Costs | 804 | 66.8 | 910 | 69.5
        Taxes | 10 | 0.8 | 12 | 0.9
        """)
    assert found["Costs"] == ["804", "910"]

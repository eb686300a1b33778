"""Rows become lines: merged rows are split, headings become sections, and words and decimals say what a row counts."""

from __future__ import annotations

import pytest

from tests.unit.tables import grid_of, lines_in, prints, values
from ticktie.restore.lines import Line, lines_of, may_be_merged, modal_decimals, split_label

CAPTION = "STATEMENTS OF OPERATIONS\n\n"


def lines(text: str) -> tuple[Line, ...]:
    return lines_in(CAPTION + text)


def by_label(text: str) -> dict[str, Line]:
    return {line.label: line for line in lines(text)}


class TestFigures:
    def test_a_line_keeps_print_place_and_damage_of_each_figure(self) -> None:
        sales = lines("Sales | $ | 1,204 | $ | 1.310\nCosts | | 804 | | 910")[0]
        assert prints(sales) == ["1,204", "1.310"]
        assert values(sales) == [1204, 1310]
        assert [figure.damage for figure in sales.figures if figure] == [(), ("separator-misread",)]

    def test_a_wreck_is_known_as_one_with_its_pattern(self) -> None:
        figure = lines("Sales | F 1C4 | 1,310\nCosts | 804 | 910")[0].figures[0]
        assert figure is not None and figure.is_wreck
        assert figure.pattern == r"\d1\d4"

    def test_a_nil_mark_is_a_figure_of_zero_and_a_blank_is_none(self) -> None:
        line = by_label("Sales | | 12 | | 14\nFees | | - | | ")["Fees"]
        assert [figure.is_nil if figure else None for figure in line.figures] == [True, None]

    def test_keys_number_the_lines_from_top_to_bottom(self) -> None:
        assert [line.key for line in lines("Sales | 12 | 14\nCosts: | | \nRent | 3 | 5")] == [0, 1, 2]

    def test_a_blank_cell_keeps_the_place_where_its_figure_would_stand(self) -> None:
        line = by_label("Sales | | 12 | | 14\nFees | | 5 | | ")["Fees"]
        assert len(line.blanks) == 2
        assert line.blanks[0].end <= line.blanks[1].start


class TestMergedRows:
    def test_a_row_whose_cells_all_hold_two_figures_is_two_lines(self) -> None:
        first, second, _ = lines("Roofing slate Crushed stone | 7,382 2,104 | 6,951 1,876\nTotal | 9,486 | 8,827")
        assert (first.label, values(first)) == ("Roofing slate", [7382, 6951])
        assert (second.label, values(second)) == ("Crushed stone", [2104, 1876])
        assert first.damage == second.damage == ("rows-merged",)
        assert first.evidence == ("line 3 holds 2 rows in one",)

    def test_cells_that_hold_different_numbers_of_figures_are_not_split(self) -> None:
        row = lines("Roofing slate Crushed stone | 7,382 2,104 | 6,951\nTotal | 9,486 | 8,827")[0]
        assert len(row.figures) == 2

    def test_groups_of_three_digits_are_one_figure_until_somebody_says_otherwise(self) -> None:
        """Whether they are two is a question of the sums, which only the whole statement can answer."""
        grid = grid_of(CAPTION + "Slate Stone | 7 382 | 6 951\nTotal | 389 | 957")
        assert may_be_merged(grid.rows[0])
        assert values(lines_of(grid)[0]) == [7382, 6951]
        assert [values(line) for line in lines_of(grid, frozenset({0}))] == [[7, 6], [382, 951], [389, 957]]

    def test_a_comma_and_a_blank_in_one_cell_are_surely_two_figures(self) -> None:
        """No table marks its thousands in two ways within one figure."""
        grid = grid_of(CAPTION + "Slate Stone | 2,190 858 | 1,805 266\nTotal | 3,048 | 2,071")
        assert not may_be_merged(grid.rows[0])
        assert [values(line) for line in lines_of(grid)][:2] == [[2190, 1805], [858, 266]]

    def test_the_section_in_front_of_a_merged_label_heads_its_parts(self) -> None:
        first, second, _ = lines("Revenues: Slate Crushed stone | 7,382 2,104 | 6,951 1,876\nTotal | 9,486 | 8,827")
        assert (first.label, first.section) == ("Slate", "Revenues")
        assert (second.label, second.section) == ("Crushed stone", "Revenues")


class TestMergedLabels:
    @pytest.mark.parametrize(
        ("label", "parts"),
        [
            ("Royalties Grants", ("Royalties", "Grants")),
            ("Bicycle repair Spare parts", ("Bicycle repair", "Spare parts")),
            ("Research and development General and administrative",
             ("Research and development", "General and administrative")),
            ("Interest expense Interest income", ("Interest expense", "Interest income")),
            ("Expenses: Cost of sales Freight", ("Expenses: Cost of sales", "Freight")),
        ],
    )  # fmt: skip
    def test_a_label_is_cut_where_a_line_item_begins(self, label: str, parts: tuple[str, ...]) -> None:
        assert split_label(label, len(parts)) == parts

    def test_three_rows_need_two_cuts(self) -> None:
        assert split_label("Rooms Restaurants Boat rental", 3) == ("Rooms", "Restaurants", "Boat rental")

    def test_too_few_words_name_the_first_row_only(self) -> None:
        assert split_label("Rooms", 2) == ("Rooms", "")
        assert split_label("", 2) == ("", "")


class TestSections:
    def test_a_heading_is_the_section_of_the_rows_below_it_up_to_a_total(self) -> None:
        found = by_label("Revenues: | | \nRooms | 1 | 2\nBoats | 3 | 4\nTotal revenues | 4 | 6\nWages | 2 | 3")
        assert [found[name].section for name in ("Rooms", "Boats", "Total revenues", "Wages")] == [
            "Revenues", "Revenues", "", "",
        ]  # fmt: skip

    def test_a_heading_printed_in_the_cell_of_its_first_row_is_a_heading_all_the_same(self) -> None:
        found = by_label("Revenues: Rooms | 1 | 2\nBoats | 3 | 4")
        assert found["Rooms"].section == found["Boats"].section == "Revenues"

    def test_a_colon_before_a_small_letter_is_part_of_the_label(self) -> None:
        assert "Less: current portion" in by_label("Less: current portion | 1 | 2\nLoans | 3 | 4")

    def test_headings_are_lines_without_figures(self) -> None:
        assert [line.is_heading for line in lines("Revenues: | | \nRooms | 1 | 2")] == [True, False]


class TestUnits:
    @pytest.mark.parametrize(
        ("row", "unit"),
        [
            ("Net sales | 1,204 | 1,310", "monetary"),
            ("Net loss per share | (0.12) | (0.14)", "per-share"),
            ("Basic EPS | 0.12 | 0.14", "per-share"),
            ("Net income per ADS | 0.12 | 0.14", "per-share"),
            ("Distributions per unit | 0.12 | 0.14", "per-share"),
            ("Weighted average shares outstanding | 20,150 | 19,870", "shares"),
            ("Shares used in computing net loss per share | 20,150 | 19,870", "shares"),
            ("Average number of diluted shares | 20,150 | 19,870", "shares"),
            (" | (0.12) | (0.14)", "per-share"),
            ("Gross margin | 44.6% | 41.2%", "percent"),
            ("Treasury shares, at cost | 1,204 | 1,310", "monetary"),
            ("Proceeds per sharing agreement | 1,204 | 1,310", "monetary"),
        ],
    )
    def test_words_and_decimals_say_what_a_row_counts(self, row: str, unit: str) -> None:
        table = "Rooms | 4,100 | 4,200\nBoats | 3,300 | 3,200\n" + row
        assert lines(table)[2].unit == unit

    @pytest.mark.parametrize("name", ["Basic", "Diluted"])
    def test_a_short_label_is_read_with_its_section(self, name: str) -> None:
        table = "Rooms | 4,100 | 4,200\nBoats | 3,300 | 3,200\nNet income per share: | | \n{0} | 0.12 | 0.14\n"
        assert lines(table.format(name))[3].unit == "per-share"
        table = "Rooms | 4,100 | 4,200\nBoats | 3,300 | 3,200\nAverage shares outstanding: | | \n{0} | 4,012 | 4,014"
        assert lines(table.format(name))[3].unit == "shares"

    def test_money_with_cents_is_money_where_the_whole_table_has_cents(self) -> None:
        assert {line.unit for line in lines("Rooms | 41.10 | 42.05\nBoats | 33.00 | 32.80\n | 74.10 | 74.85")} == {
            "monetary"
        }


def test_the_decimals_of_a_table_are_those_of_most_figures_and_nil_marks_have_none() -> None:
    assert modal_decimals(lines("Rooms | 41.1 | 42.0\nBoats | - | -\nRent | - | 7\nFood | 3.1 | -")) == 1
    assert modal_decimals(()) == 0

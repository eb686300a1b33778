"""What header, caption and the words around a statement say of its periods, in reading order."""

from __future__ import annotations

from datetime import date

from tests.unit.tables import grid_of
from ticktie.restore.headers import Words, ends_of, located_ends, placed, sources, value_places

ROWS = "Sales | $ | 4,100 | $ | 3,900\nWages | | 1,100 | | 1,200\nNet income | | 3,000 | | 2,700"


def said(header: str, caption: str = "STATEMENTS OF OPERATIONS", after: str = "") -> tuple[Words, Words, Words]:
    return sources(grid_of(f"{caption}\n\n{header}\n{ROWS}\n{after}"))


def lengths(words: Words) -> list[tuple[int | None, int | None]]:
    return [(length.months, length.weeks) for length in words.lengths]


class TestSources:
    def test_the_header_is_what_stands_above_the_first_figures(self) -> None:
        header, caption, further = said(" | Three Months Ended June 30, | | | \n | 2031 | | 2030 | ")
        assert lengths(header) == [(3, None)]
        assert header.month_days == [(6, 30)]
        assert [day.year for day in header.days if day.year] == [2031, 2030]
        assert not caption.lengths and not further.lengths

    def test_the_caption_speaks_too_where_it_names_lengths_and_dates(self) -> None:
        caption = "STATEMENTS OF OPERATIONS For the three and six months ended June 30, 2031 and 2030"
        _, words, _ = said(" | 2031 | | 2030 | ", caption)
        assert lengths(words) == [(3, None), (6, None)]
        assert located_ends(words) == [(date(2031, 6, 30), 0), (date(2030, 6, 30), 0)]

    def test_lines_under_the_caption_come_before_its_first_line(self) -> None:
        """The nearest line to the table speaks of the table; the heading may name the company's year."""
        _, words, _ = said(" | | | | ", "STATEMENTS OF OPERATIONS 2029\n\nYear ended June 30, 2031")
        assert [day.year for day in words.days] == [2031, 2029]

    def test_words_after_the_figures_are_a_source_of_their_own(self) -> None:
        header, _, further = said(" | 2031 | | 2030 | ", after="\nThree Months Ended\nJune 30,\n")
        assert not header.lengths
        assert lengths(further) == [(3, None)]
        assert further.month_days == [(6, 30)]

    def test_a_day_before_a_length_is_no_number_of_months(self) -> None:
        _, _, further = said(" | 2031 | | 2030 | ", after="\nThree Months Ended June 30, Six Months Ended June 30,\n")
        assert lengths(further) == [(3, None), (6, None)]


class TestEnds:
    def test_years_under_a_month_and_day_are_dates(self) -> None:
        header, *_ = said(" | June 30, | | | \n | 2031 | | 2030 | ")
        assert ends_of(header, 2) == [date(2031, 6, 30), date(2030, 6, 30)]

    def test_each_year_may_have_a_day_of_its_own(self) -> None:
        header, *_ = said(" | June 30, | | December 31, | \n | 2031 | | 2030 | ")
        assert ends_of(header, 2) == [date(2031, 6, 30), date(2030, 12, 31)]

    def test_fewer_dates_than_columns_are_repeated_for_each_length(self) -> None:
        header, *_ = said(" | June 30, 2031 | | June 30, 2030 | ")
        assert ends_of(header, 4) == [date(2031, 6, 30), date(2030, 6, 30)] * 2

    def test_dates_that_do_not_come_out_even_say_nothing(self) -> None:
        header, *_ = said(" | June 30, 2031 | | June 30, 2030 | ")
        assert ends_of(header, 3) is None
        assert ends_of(Words("header"), 2) is None

    def test_bare_years_take_month_and_day_from_elsewhere_or_are_no_dates(self) -> None:
        header, *_ = said(" | 2031 | | 2030 | ")
        assert ends_of(header, 2) is None
        assert ends_of(header, 2, (6, 30)) == [date(2031, 6, 30), date(2030, 6, 30)]

    def test_the_last_of_february_is_a_month_end_in_leap_years_too(self) -> None:
        header, *_ = said(" | February 28, | | | \n | 2031 | | 2028 | ")
        assert ends_of(header, 2) == [date(2031, 2, 28), date(2028, 2, 29)]

    def test_a_february_day_printed_over_its_own_year_is_taken_as_it_stands(self) -> None:
        header, *_ = said(" | February 28, | | August 30, | \n | 2004 | | 2003 | ")
        assert ends_of(header, 2) == [date(2004, 2, 28), date(2003, 8, 30)]


class TestPlaces:
    def test_value_columns_stand_where_their_figures_stand(self) -> None:
        assert value_places(grid_of(f"STATEMENTS OF OPERATIONS\n\n{ROWS}")) == [2, 4]

    def test_a_table_without_a_full_row_has_no_places(self) -> None:
        text = "STATEMENTS OF OPERATIONS\n\nSales | 4,100 | 3,900\nWages | 1,100\nNet | 3,000 2,700 | 5 6 7"
        assert len(value_places(grid_of(text))) in (0, 2)

    def test_a_single_date_heads_the_column_it_stands_nearest_to(self) -> None:
        end = date(2031, 6, 30)
        assert placed([(end, 4)], [2, 4]) == {1: end}
        assert placed([(end, 1)], [2, 4]) == {0: end}

    def test_dates_keep_their_order_and_share_no_column(self) -> None:
        first, second = date(2031, 6, 30), date(2030, 6, 30)
        assert placed([(first, 1), (second, 1)], [2, 4]) == {0: first, 1: second}
        assert placed([(first, 9), (second, 9)], [2, 4]) == {0: first, 1: second}

    def test_dates_that_no_column_is_left_for_are_dropped(self) -> None:
        days = [(date(2031 - n, 6, 30), n) for n in range(3)]
        assert len(placed(days, [0, 1])) <= 2
        assert placed(days, []) == {}

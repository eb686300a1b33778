"""A table cell yields every way to read it: as printed, through OCR damage, or as the figures of merged rows."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from ticktie.extract.numbers import CONFUSABLE, cleaned, content, is_year


def figure(cell: str) -> tuple[str, int, str | None]:
    """Value, decimals and damage of the best reading."""
    best = content(cell).readings[0]
    return str(best.value), best.decimals, best.damage


def values(readings: tuple[object, ...]) -> list[str]:
    return [str(getattr(reading, "value", None)) for reading in readings]


class TestSoundFigures:
    @pytest.mark.parametrize(
        ("cell", "value", "decimals"),
        [
            ("1,204", "1204", 0),
            ("310", "310", 0),
            ("0", "0", 0),
            ("12345", "12345", 0),
            ("1,234,567,890", "1234567890", 0),
            ("123456789012345", "123456789012345", 0),
            ("0.19", "0.19", 2),
            (".19", "0.19", 2),
            ("1,234.56", "1234.56", 2),
            ("0.047", "0.047", 3),
            ("4.1250", "4.1250", 4),
        ],
    )
    def test_a_figure_reads_as_printed_with_its_decimals(self, cell: str, value: str, decimals: int) -> None:
        assert content(cell).is_well_formed
        assert figure(cell) == (value, decimals, None)

    @pytest.mark.parametrize(
        "cell",
        ["$1,204", "$ 1,204", "\\$1,204", "US$ 1,204", "€1,204", "£ 1,204", "1,204 USD", "C$1,204", "Rs. 1,204",
         "<b>1,204</b>", "<u>$ 1,204</u>", "\xa01,204\xa0", "Φ 1,204", "ď1,204"],
    )  # fmt: skip
    def test_currency_markup_and_what_ocr_leaves_of_a_currency_sign_do_not_touch_the_figure(self, cell: str) -> None:
        assert figure(cell) == ("1204", 0, None)

    @pytest.mark.parametrize(
        "cell", ["(1,204)", "( 1,204 )", "$(1,204)", "($1,204)", "($ 1,204)", "-1,204", "−1,204", "–1,204", "- 1,204",
                 "1,204-", "$-1,204", "[1,204]", "{1,204}"],
    )  # fmt: skip
    def test_brackets_and_minus_signs_of_every_kind_make_a_figure_negative(self, cell: str) -> None:
        assert figure(cell) == ("-1204", 0, None)

    @pytest.mark.parametrize(
        ("cell", "value", "decimals"),
        [("39.3%", "39.3", 1), ("(4)%", "-4", 0), ("(4%)", "-4", 0), ("3.50 %", "3.50", 2), ("-12%", "-12", 0)],
    )
    def test_a_percentage_keeps_its_printed_value_and_says_that_it_is_one(
        self, cell: str, value: str, decimals: int
    ) -> None:
        assert figure(cell) == (value, decimals, None)
        assert content(cell).readings[0].percent

    def test_a_figure_without_percent_sign_is_no_percentage(self) -> None:
        assert not content("39.3").readings[0].percent


class TestNothing:
    @pytest.mark.parametrize(
        "cell", ["-", "–", "—", "_", "−", "--", "- -", "(-)", "$ -", "$—", "nil", "NIL", "<u>-</u>"]
    )
    def test_dashes_and_underscores_are_a_printed_zero(self, cell: str) -> None:
        """Section 4 of the design: a dash is zero at its column's decimals; only a blank is no fact."""
        held = content(cell)
        assert held.kind == "nil"
        assert held.is_well_formed
        assert held.readings[0].value == 0

    @pytest.mark.parametrize("cell", ["", "   ", "\xa0", "<u> </u>", "<br>"])
    def test_a_blank_cell_holds_nothing_with_or_without_markup(self, cell: str) -> None:
        assert content(cell).kind == "blank"

    @pytest.mark.parametrize("cell", ["$", "\\$", "(", ")", ".", "¢", "Ф", "*", "\\", "…", "· ·"])
    def test_stray_marks_are_no_figures_and_no_words(self, cell: str) -> None:
        assert content(cell).kind == "mark"

    @pytest.mark.parametrize(
        "cell", ["Total revenues", "N/A", "June 30, 2031", "12 months", "Item 9.01", "n/m", "5 years", "(Unaudited)"]
    )
    def test_words_are_words_even_with_a_number_in_them(self, cell: str) -> None:
        assert content(cell).kind == "text"
        assert content(cell).readings == ()


class TestLostThousandsMarks:
    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("11.860", "11860"),
            ("(12.227)", "-12227"),
            ("1,204.318", "1204318"),
            ("1.234.567", "1234567"),
            ("12'345", "12345"),
            ("12;345", "12345"),
            ("3 207", "3207"),
            ("(27 772)", "-27772"),
            ("12, 345", "12345"),
            ("1 234 567", "1234567"),
        ],
    )
    def test_three_digits_after_a_wrong_mark_are_thousands_and_the_damage_is_told(self, cell: str, value: str) -> None:
        assert figure(cell) == (value, 0, "separator-misread")
        assert not content(cell).is_well_formed

    def test_a_point_before_three_digits_may_be_a_decimal_point_all_the_same(self) -> None:
        """A share count in millions prints 20.150: the table decides, so both readings are kept."""
        assert values(content("20.150").readings) == ["20150", "20.150"]
        assert [reading.damage for reading in content("20.150").readings] == ["separator-misread", None]

    @pytest.mark.parametrize("cell", ["0.047", "0.25", "12.34", "1.2345", "(0.047)"])
    def test_a_leading_zero_or_another_number_of_digits_is_a_decimal_point(self, cell: str) -> None:
        (reading,) = content(cell).readings
        assert reading.damage is None

    def test_figures_in_groups_of_three_may_also_be_the_figures_of_merged_rows(self) -> None:
        """Whether 3 207 is one figure or two is settled by how its sibling cells read."""
        held = content("3 207")
        assert values(held.readings) == ["3207"]
        assert values(held.parts) == ["3", "207"]


class TestMergedRows:
    @pytest.mark.parametrize(
        ("cell", "parts"),
        [
            ("1,051 1,697", ["1051", "1697"]),
            ("858 1,266", ["858", "1266"]),
            ("1,051 (22)", ["1051", "-22"]),
            ("$ 3,207 $ 2,223 696", ["3207", "2223", "696"]),
            ("( 12 ) 40", ["-12", "40"]),
            ("0.19 50,783", ["0.19", "50783"]),
            ("0 207", ["0", "207"]),
        ],
    )
    def test_several_sound_figures_in_one_cell_are_the_figures_of_merged_rows(
        self, cell: str, parts: list[str]
    ) -> None:
        held = content(cell)
        assert held.kind == "many"
        assert values(held.parts) == parts
        assert not held.is_well_formed

    @pytest.mark.parametrize("cell", ["12 apples", "1,051 1,6B7", "07 12"])
    def test_one_ill_formed_figure_is_no_merged_row(self, cell: str) -> None:
        assert content(cell).parts == ()


class TestLettersForDigits:
    @pytest.mark.parametrize(
        ("cell", "value", "pattern"),
        [
            ("F 1C4", "5164", r"\d1\d4"),
            ("l,125", "1125", r"\d125"),
            ("3,5B4", "3584", r"35\d4"),
            ("15.O25", "15025", r"15\d25"),
            ("47,0O0", "47000", r"470\d0"),
            ("FC 704", "56704", r"\d\d704"),
        ],
    )
    def test_letters_are_guessed_and_the_digits_that_stand_bind_the_true_figure(
        self, cell: str, value: str, pattern: str
    ) -> None:
        held = content(cell)
        assert held.kind == "letters"
        assert figure(cell) == (value, 0, "digits-misread")
        assert held.pattern == pattern
        assert re.fullmatch(held.pattern, value)

    @pytest.mark.parametrize(("cell", "value"), [("(0, CC)", "-0.66"), ("0,OO", "0.00"), ("0.l9", "0.19")])
    def test_two_characters_after_the_last_mark_are_cents(self, cell: str, value: str) -> None:
        assert figure(cell)[:2] == (value, 2)

    def test_a_letter_that_stands_for_no_digit_leaves_only_the_pattern(self) -> None:
        """Nothing is guessed that no OCR engine confuses, but arithmetic may still fill the gap."""
        held = content("4,1n7")
        assert (held.kind, held.readings, held.pattern) == ("letters", (), r"41\d7")

    @pytest.mark.parametrize("cell", ["1abc", "A12BCDE", "one 2", "B", "XIV 1"])
    def test_words_and_codes_are_no_wrecked_figures(self, cell: str) -> None:
        assert content(cell).kind != "figure"
        assert content(cell).readings == ()

    def test_every_confusable_letter_stands_for_one_digit(self) -> None:
        assert all(len(letter) == 1 and digit.isdigit() for letter, digit in CONFUSABLE.items())


class TestLostBrackets:
    @pytest.mark.parametrize("cell", ["(9,412", "9,412)", "C9,412)", "$ (9,412", "<9,412)"])
    def test_one_bracket_of_two_makes_a_loss_and_its_damage_is_told(self, cell: str) -> None:
        assert figure(cell) == ("-9412", 0, "sign-misread")

    def test_the_closing_bracket_alone_of_a_lost_thousands_mark_keeps_its_sign(self) -> None:
        assert figure("(12.227")[0] == "-12227"


class TestYears:
    @pytest.mark.parametrize("cell", ["2031", " 1999 ", "<b>2031</b>"])
    def test_a_bare_year_is_a_year(self, cell: str) -> None:
        assert is_year(cell)

    @pytest.mark.parametrize("cell", ["2,031", "203", "20311", "1899", "2100", "June 2031", "(2031)", ""])
    def test_other_numbers_and_dates_are_no_bare_year(self, cell: str) -> None:
        assert not is_year(cell)


def test_a_cell_is_cleaned_of_markup_and_signs_but_not_of_words() -> None:
    assert cleaned("<b>Total</b>  net\xa0sales, $ ") == "Total net sales,"


@pytest.mark.parametrize("cell", ["1,204*", "1,204(1)", "(1,204)(3)", "1,204†", "1,204<sup>1</sup>"])
def test_a_footnote_mark_behind_a_figure_is_no_part_of_it(cell: str) -> None:
    """Section 5 of the design names footnote marks: a figure must not vanish, or become two, for one."""
    held = content(cell)
    assert held.kind == "figure"
    assert abs(held.readings[0].value) == Decimal(1204)

"""How alike two printed rows are and how damaged one looks: the evidence that a row is the shadow of its neighbour."""

from __future__ import annotations

import pytest

from tests.unit.tables import lines_in
from ticktie.restore.likeness import (
    READABLE,
    SAME_LABEL,
    digits,
    ill_share,
    is_cut_short,
    is_garbled,
    is_garbled_start,
    is_shadow_of,
    marred_share,
    readability,
    same_label,
    same_values,
    shape,
    strangeness,
    value_likeness,
)
from ticktie.restore.lines import Line

#: A third row, so that a table of whole figures stays one.
ANCHOR = "\nOther revenues | 9,001 | 8,002"


def pair(first: str, second: str) -> tuple[Line, Line]:
    """Two rows of an income statement as lines."""
    lines = lines_in(f"STATEMENTS OF OPERATIONS\n\n{first}\n{second}{ANCHOR}")
    return lines[0], lines[1]


def line(text: str) -> Line:
    return pair(text, "Wages | 2,118 | 2,036")[0]


class TestDigits:
    @pytest.mark.parametrize(
        ("raw", "read"),
        [("1,204", "1204"), ("(9,412)", "9412"), ("F 1C4", "5164"), ("$ 0.19", "019"), ("l.2O4", "1204"), ("_", "")],
    )
    def test_letters_are_read_as_the_digits_they_are_mistaken_for(self, raw: str, read: str) -> None:
        assert digits(raw) == read


class TestValues:
    def test_the_same_digits_in_other_clothes_are_wholly_alike(self) -> None:
        assert value_likeness(*pair("Sales | 1,204 | (810)", "Sa1es | 1.2O4 | 810")) == 1

    def test_rows_of_other_digits_are_hardly_alike(self) -> None:
        assert value_likeness(*pair("Sales | 1,204 | 1,310", "Wages | 88,577 | 69,955")) < 0.25

    def test_only_columns_where_both_have_a_figure_count(self) -> None:
        assert value_likeness(*pair("Sales | 1,204 | 1,310", "Sa1es | 1,204 | ")) == 1

    def test_rows_that_share_no_column_are_not_alike(self) -> None:
        first, second = pair("Sales | 1,204 | 1,310", "Wages | - | -")
        assert value_likeness(first, second) < 1
        heading = pair("Sales | 1,204 | 1,310", "Expenses: | | ")
        assert value_likeness(*heading) == 0

    def test_the_same_values_are_a_copy_and_one_other_value_makes_none(self) -> None:
        assert same_values(*pair("Sales | 1,204 | 1,310", "Sales | 1.204 | 1,310"))
        assert same_values(*pair("Sales | 1,204 | 1,310", "Sales | 1,204 | "))
        assert not same_values(*pair("Sales | 1,204 | 1,310", "Sales | 1,204 | 1,311"))

    def test_rows_of_zeros_are_no_copies_of_each_other(self) -> None:
        assert not same_values(*pair("Fees | - | -", "Rent | - | -"))


class TestLabels:
    @pytest.mark.parametrize(
        ("first", "second"),
        [("Total revenues", "Tatal revenues"), ("Operating income", "Operatinq incorne"), ("Net loss", "Net loss")],
    )
    def test_one_label_printed_twice_is_known_through_its_garble(self, first: str, second: str) -> None:
        assert same_label(*pair(f"{first} | 1,204 | 1,310", f"{second} | 1,204 | 1,310"))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Income before taxes", "Income after taxes"),
            ("Interest income", "Interest expense"),
            ("Total current assets", "Total current liabilities"),
            ("Net income per share, basic", "Net income per share, diluted"),
            ("Sales", ""),
        ],
    )
    def test_labels_that_words_of_statements_tell_apart_are_two(self, first: str, second: str) -> None:
        """They look alike to any measure of strings, and both rows are true."""
        assert not same_label(*pair(f"{first} | 1,204 | 1,310", f"{second} | 1,204 | 1,310"))

    def test_the_beginning_of_a_label_is_cut_short(self) -> None:
        first, second = pair("Weighted average | 1,204 | 1,310", "Weighted average shares | 1,204 | 1,310")
        assert is_cut_short(first, second)
        assert not is_cut_short(second, first)
        assert not is_cut_short(first, first)

    def test_words_of_statements_are_readable_and_not_strange(self) -> None:
        good, bad = pair("Research and development | 1,204 | 1,310", "N 1 1 1 rn1 xq zzrt | 1,204 | 1,310")
        assert readability(good) > READABLE > readability(bad)
        assert strangeness(good) == 0
        assert strangeness(bad) > 0.5

    def test_a_row_without_a_label_has_nothing_to_read(self) -> None:
        assert readability(line(" | 1,204 | 1,310")) == 0

    def test_the_threshold_of_one_label_is_a_share(self) -> None:
        assert 0 < SAME_LABEL < 1


class TestDamage:
    def test_letters_and_strange_decimals_are_ill_and_a_lost_comma_is_only_marred(self) -> None:
        """A misread thousands mark alone happens to true rows all the time."""
        assert ill_share(line("Sales | 1,2O4 | 1,310"), 0) == 0.5
        assert ill_share(line("Sales | 12.04 | 1,310"), 0) == 0.5
        assert ill_share(line("Sales | 1.204 | 1,310"), 0) == 0
        assert marred_share(line("Sales | 1.204 | 1,310"), 0) == 0.5

    def test_nil_marks_and_blanks_are_sound(self) -> None:
        assert ill_share(line("Sales | - | 1,310"), 0) == 0
        assert marred_share(line("Sales | | 1,310"), 0) == 0

    def test_merged_rows_are_not_marred_by_that(self) -> None:
        assert marred_share(line("Slate Stone | 1,204 33 | 1,310 44"), 0) == 0

    def test_per_share_rows_are_measured_by_their_own_decimals(self) -> None:
        assert ill_share(line("Net loss per share | (0.12) | (0.14)"), 0) == 0

    def test_a_row_is_garbled_by_its_figures_or_by_its_label(self) -> None:
        assert is_garbled(line("Sales | l,2O4 | 1,3l0"), 0)
        assert is_garbled(line("xq N1 11rt | 1,204 | 1,310"), 0)
        assert not is_garbled(line("Net sales | 1,204 | 1,310"), 0)


class TestShadows:
    @pytest.mark.parametrize(
        ("shadow", "true"),
        [
            ("Tatal revonues | 1.204 | 1.3l0", "Total revenues | 1,204 | 1,310"),
            ("Tota1 revenues | 1,204 | 1,310", "Total revenues | 1,204 | 1,310"),
            ("Net incorne | $ 7ll | 5I9", "Net income | 711 | 519"),
            (" | 1.204 | 1,810", "Total revenues | 1,204 | 1,310"),
            ("N 1 11 rt1 | 1,2O4 | F 1C4", "Total revenues | 1,204 | 1,310"),
            ("Interest | 1,204 | 1,310", "Interest expense | 1,204 | 1,310"),
        ],
    )
    def test_a_damaged_copy_is_a_shadow_of_the_true_row_and_not_the_other_way(self, shadow: str, true: str) -> None:
        first, second = pair(shadow, true)
        assert is_shadow_of(first, second, 0)
        first, second = pair(true, shadow)
        assert is_shadow_of(second, first, 0)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Research and development | 4,100 | 3,900", "General and administrative | 4,150 | 3,700"),
            ("Interest income | 120 | 140", "Interest expense | 120 | 140"),
            ("Income before taxes | 1,204 | 1,310", "Net income | 1,204 | 1,310"),
            ("Net loss per share, basic | (0.12) | (0.14)", "Net loss per share, diluted | (0.12) | (0.14)"),
            ("Cost of sales | 3.037 | 2,914", "Selling expenses | 1,408 | 1,377"),
        ],
    )
    def test_neighbours_with_true_labels_of_their_own_are_no_shadows(self, first: str, second: str) -> None:
        """Similarity alone would delete true rows: equal basic and diluted figures, equal results where there is no
        tax, a lost comma."""
        one, other = pair(first, second)
        assert not is_shadow_of(one, other, 0)
        assert not is_shadow_of(other, one, 0)

    def test_a_letter_in_a_figure_does_not_make_a_row_with_a_name_of_its_own_a_shadow(self) -> None:
        """``3,O46`` under another line item is that item's figure: its name says that it repeats nothing."""
        newsprint, cardboard = pair("Newsprint | 5,188 | 4,790", "Cardboard | 3,O46 | 2,811")
        assert not is_shadow_of(cardboard, newsprint, 0)
        sales, total = pair("Deferred revenue | 3,O46 | 2,811", "Total revenues | 3,234 | 7,601")
        assert not is_shadow_of(sales, total, 0)


class TestGarbledStarts:
    @pytest.mark.parametrize("word", ["Baeic", "Beslc", "Bosic", "Bas1c"])
    def test_words_whose_letters_look_alike_have_one_shape(self, word: str) -> None:
        assert shape(word) == shape("Basic")

    @pytest.mark.parametrize(
        ("garbled", "true"),
        [
            ("met", "Net earnings"),
            ("Incarne", "Income before income taxes"),
            ("Amortlzatiom", "Amortization of intangible assets"),
            ("ernortizaflan", "Amortization of intangible assets"),
        ],
    )
    def test_the_beginning_of_a_label_is_known_though_it_is_misread(self, garbled: str, true: str) -> None:
        one, other = pair(f"{garbled} | 4,517 | 9,257", f"{true} | 4,517 | 4,267")
        assert is_garbled_start(one, other)
        assert not is_garbled_start(other, one)
        assert is_shadow_of(one, other, 0)

    def test_sound_words_are_no_misreading(self) -> None:
        assert not is_garbled_start(*pair("Net sales | 4,517 | 9,257", "Net sales and fees | 4,517 | 9,257"))

    def test_other_figures_make_it_another_row(self) -> None:
        one, other = pair("Incarne | 88,577 | 69,955", "Income before income taxes | 1,204 | 1,310")
        assert not is_shadow_of(one, other, 0)

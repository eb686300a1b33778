"""Arithmetic as the second reader: lost, moved, wrecked and misread figures come back, each with what brought it."""

from __future__ import annotations

from decimal import Decimal
from inspect import cleandoc

import pytest

from tests.unit.tables import statement_in, values
from ticktie.restore.lines import Figure, Line
from ticktie.restore.statement import Statement
from ticktie.restore.values import sum_id

CAPTION = "STATEMENTS OF OPERATIONS (in thousands)\n\n | Year Ended December 31, | \n | 2031 | 2030\n"
BALANCE = "BALANCE SHEETS (in thousands)\n\n | June 30, 2031 | December 31, 2030\n"


def read(text: str, caption: str = CAPTION) -> Statement:
    return statement_in(caption + cleandoc(text))


def line(found: Statement, label: str) -> Line:
    return next(one for one in found.lines if one.label == label)


def figure(found: Statement, label: str, column: int) -> Figure:
    held = line(found, label).figures[column]
    assert held is not None
    return held


class TestLostFigures:
    def test_a_blank_cell_gets_what_its_total_leaves(self) -> None:
        found = read("Room sales | 6,127 | 5,684\nFood sales | 902 | \nTotal revenues | 7,029 | 6,498")
        lost = figure(found, "Food sales", 1)
        assert (lost.value, lost.damage) == (Decimal(814), ("value-lost",))
        assert lost.evidence == (
            "footing of line 7: 6498 = 5684 + ?",
            "computed only: its digits stand nowhere",
        )

    def test_a_blank_total_gets_the_sum_of_its_items(self) -> None:
        found = read("Room sales | 6,127 | 5,684\nFood sales | 902 | 814\nTotal revenues | 7,029 | ")
        assert values(line(found, "Total revenues")) == [7029, 6498]

    def test_a_residual_of_zero_is_a_blank_and_no_fact(self) -> None:
        """A company that had no such item left the cell empty: zero would be invented."""
        found = read("Room sales | 6,127 | 5,684\nFood sales | 902 | \nTotal revenues | 7,029 | 5,684")
        assert line(found, "Food sales").figures[1] is None

    def test_the_difference_of_a_chain_gives_a_figure_back_with_its_sign(self) -> None:
        found = read("""
            Room sales | 6,127 | 5,684
            Food sales | 902 | 814
            Total revenues | 7,029 | 6,498
            Wages | 2,377 | 2,229
            Rent expense | 5,000 | 5,000
            Total expenses | 7,377 | 7,229
            Loss from operations | (348) | 
            """)
        assert values(line(found, "Loss from operations")) == [-348, -731]

    def test_what_was_restored_names_the_sum_that_restored_it(self) -> None:
        """A check used as evidence never gives the figure its tick (section 1 of the design)."""
        found = read("Room sales | 6,127 | 5,684\nFood sales | 902 | \nTotal revenues | 7,029 | 6,498")
        (identity,) = found.identities
        assert figure(found, "Food sales", 1).restored_by == {sum_id("t1", identity, 1)}

    def test_two_lost_figures_of_one_column_are_not_guessed(self) -> None:
        found = read("""
            Room sales | 6,127 | 
            Food sales | 902 | 
            Boat rental | 10 | 12
            Total revenues | 7,039 | 6,510
            """)
        assert line(found, "Food sales").figures[1] is None

    def test_one_restored_figure_may_restore_the_next(self) -> None:
        found = read("""
            Room sales | 6,127 | 5,684
            Food sales | 902 | 
            Total revenues | 7,029 | 6,498
            Wages | 2,377 | 2,229
            Rent expense | 5,000 | 5,000
            Total expenses | 7,377 | 
            Loss from operations | (348) | (731)
            """)
        assert values(line(found, "Food sales")) == [902, 814]
        assert values(line(found, "Total expenses")) == [7377, 7229]

    def test_a_figure_of_no_sum_stays_blank(self) -> None:
        found = read("Room sales | 6,127 | 5,684\nFood sales | 902 | 814\nTotal revenues | 7,029 | 6,498\nGifts | 5 | ")
        assert line(found, "Gifts").figures[1] is None


class TestFiguresThatStandElsewhere:
    def test_a_figure_in_the_shadow_beside_it_is_moved_and_not_lost(self) -> None:
        found = read("""
            Room sales | 6,127 | 5,684
            Rastaurant salcs | 2,085 | 1,980
            Restaurant sales | | 1,930
            Food sales | 902 | 814
            Total revenues | 9,114 | 8,428
            """)
        moved = figure(found, "Restaurant sales", 0)
        assert (moved.value, moved.raw, moved.damage) == (Decimal(2085), "2,085", ("value-moved",))
        assert moved.evidence[1] == "the figure stands one row off, in line 6"
        assert moved.line == 6

    def test_a_figure_in_a_collapsed_row_keeps_that_as_evidence(self) -> None:
        found = read("""
            Room sales | 6,127 | 5,684
            Food sales | 902 | 814
            Boat rental | | 77
            Total revenues | 7,041 | 6,575
             | $ 6,127 902 12 7,041 500 | 3
            """)
        lost = figure(found, "Boat rental", 0)
        assert lost.value == 12
        assert lost.evidence[1] == "the figure stands in the collapsed line 9"


class TestWreckedFigures:
    def test_readable_digits_that_fit_the_demand_decipher_a_wreck(self) -> None:
        found = read("Room sales | 6,127 | 5,684\nFood sales | 9n2 | 814\nTotal revenues | 7,029 | 6,498")
        wreck = figure(found, "Food sales", 0)
        assert (wreck.value, wreck.is_wreck, wreck.raw) == (Decimal(902), False, "9n2")
        assert wreck.evidence == ("footing of line 7: 7029 = 6127 + 0",)

    def test_a_wrong_guess_of_letters_is_put_right_by_the_sum(self) -> None:
        """B is mostly an 8, but here it was a 3."""
        found = read("Room sales | 6,127 | 5,684\nFood sales | 90B | 814\nTotal revenues | 7,030 | 6,498")
        assert figure(found, "Food sales", 0).value == 903

    def test_a_demand_that_the_readable_digits_contradict_changes_nothing(self) -> None:
        """The sum may be what is wrong: print that can be read is never overruled."""
        found = read("Room sales | 6,127 | 5,684\nFood sales | 9O2 | 814\nTotal revenues | 7,929 | 6,498")
        kept = figure(found, "Food sales", 0)
        assert kept.value == 902
        assert kept.evidence == ()

    def test_a_figure_with_letters_that_no_sum_holds_keeps_its_guess_unproven(self) -> None:
        found = read(
            "Room sales | 6,127 | 5,684\nFood sales | 902 | 814\nTotal revenues | 7,029 | 6,498\nGift sales | 5O | 60"
        )
        kept = figure(found, "Gift sales", 0)
        assert (kept.value, kept.damage, kept.evidence) == (Decimal(50), ("digits-misread",), ())


class TestMisreadFigures:
    @pytest.mark.parametrize("printed", ["(348", "348)"])
    def test_a_lost_bracket_is_a_loss_or_not_as_the_sum_says(self, printed: str) -> None:
        found = read(f"""
            Room sales | 6,127 | 5,684
            Food sales | 902 | 814
            Total revenues | 7,029 | 6,498
            Other items | {printed} | (731)
            Net income | 7,377 | 5,767
            """)
        assert values(line(found, "Other items")) == [348, -731]

    def test_sound_figures_are_never_changed_by_a_sum_that_does_not_hold(self) -> None:
        """An error of the company is for the checks to find, not for the reader to repair."""
        found = read("""
            Room sales | 6,127 | 5,684
            Food sales | 902 | 814
            Boat rental | 33 | 44
            Total revenues | 7,062 | 6,642
            """)
        assert [values(one) for one in found.lines] == [[6127, 5684], [902, 814], [33, 44], [7062, 6642]]
        assert not any(held.evidence for one in found.lines for held in one.figures if held)


def test_balance_sheets_give_figures_back_by_adding_only() -> None:
    found = read("Cash | 412 | 360\nInventory | | 541\nTotal current assets | 990 | 901", BALANCE)
    assert values(line(found, "Inventory")) == [578, 541]

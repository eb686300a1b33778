"""Which rows of a table are totals of which, told from the numbers of all columns, beside doubtful rows and gaps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ticktie.extract.footing import Evidence, Identity, Vector, identities

STRICT = Evidence(signed=False)


def found(rows: Sequence[Sequence[int | None] | int], evidence: Evidence = STRICT) -> dict[int, Identity]:
    """The identities by the row of their total; a bare number is a row of one column."""
    vectors: list[Vector] = [(row,) if isinstance(row, int) else tuple(row) for row in rows]
    return {identity.total: identity for identity in identities(vectors, evidence)}


def items(identity: Identity) -> list[int]:
    """The items with their weights as signed row numbers, counted from 1."""
    return [weight * (row + 1) for row, weight in identity.items]


class TestMisprintedCopies:
    def test_a_relation_that_one_column_breaks_takes_the_neighbour_that_mends_it(self) -> None:
        """The total is printed twice, first with a digit wrong: the second print proves itself."""
        one = found([(312, 280), (45, 61), (357, 349), (357, 341)], Evidence(totals=frozenset({2, 3}), signed=False))
        assert [items(identity) for identity in one.values()] == [[1, 2]]
        assert set(one) == {3}

    def test_a_relation_that_no_neighbour_mends_stays_broken(self) -> None:
        one = found([(312, 280), (45, 61), (357, 349)], Evidence(totals=frozenset({2}), signed=False))[2]
        assert one.breaks == {1}

    def test_one_column_with_signs_does_not_take_one_row_twice(self) -> None:
        rows = [(786, 568), (169, 129), (459, 129), (None, 310), (955, 1007)]
        evidence = Evidence(doubtful=frozenset({1, 2}), rivals=frozenset({frozenset({1, 2})}))
        assert 3 not in found(rows, evidence)


class TestTotals:
    def test_a_row_that_adds_up_the_rows_above_it_is_their_total_in_every_column(self) -> None:
        one = found([(312, 280), (45, 61), (357, 341)])[2]
        assert items(one) == [1, 2]
        assert one.holds == {0, 1}
        assert one.is_strict

    def test_totals_take_up_their_items_and_are_items_of_the_next_total(self) -> None:
        rows = [(10, 11), (20, 23), (30, 34), (5, 6), (7, 9), (42, 49)]
        both = found(rows)
        assert {total: items(one) for total, one in both.items()} == {2: [1, 2], 5: [3, 4, 5]}

    def test_a_total_may_start_afresh_after_a_total(self) -> None:
        rows = [(10, 11), (20, 23), (30, 34), (5, 6), (7, 9), (12, 15)]
        assert {total: items(one) for total, one in found(rows).items()} == {2: [1, 2], 5: [4, 5]}

    def test_one_column_that_does_not_add_up_unmakes_an_identity_of_two(self) -> None:
        assert found([(10, 11), (20, 23), (30, 99)]) == {}

    def test_where_words_announce_a_total_one_of_two_columns_is_enough_to_find_the_broken_other(self) -> None:
        """A broken sum is recognised by its other columns: that is how a wrong digit is found at all."""
        evidence = Evidence(totals=frozenset({2}), signed=False)
        one = found([(10, 11), (20, 23), (30, 99)], evidence)[2]
        assert (one.holds, one.breaks) == (frozenset({0}), frozenset({1}))
        assert not one.is_strict

    def test_two_of_three_columns_find_the_broken_third_without_any_words(self) -> None:
        one = found([(10, 11, 12), (20, 23, 26), (30, 34, 83)])[2]
        assert (one.holds, one.breaks) == (frozenset({0, 1}), frozenset({2}))

    def test_a_single_row_is_no_sum_of_itself(self) -> None:
        assert found([(10, 11), (10, 11)]) == {}

    def test_negative_rows_are_added_as_they_stand(self) -> None:
        assert items(found([(100, 90), (-30, -20), (70, 70)])[2]) == [1, 2]

    def test_a_row_of_zeros_is_no_item_that_could_prove_anything(self) -> None:
        """Rows of nothing but nil marks make false identities: X and a nil row would add up to any copy of X."""
        assert found([(10, 11), (0, 0), (10, 11)]) == {}

    def test_a_zero_in_one_column_is_an_item_like_others(self) -> None:
        one = found([(0, 310), (87, 820), (87, 1130)])[2]
        assert one.holds == {0, 1}

    def test_a_column_of_nothing_but_zeros_proves_nothing(self) -> None:
        one = found([(0, 310), (0, 820), (0, 1130)])[2]
        assert one.holds == {1}

    @pytest.mark.parametrize("rows", [[], [(1, 2)], [(None, None)] * 4, [()] * 3])
    def test_tables_without_numbers_to_add_have_no_identities(self, rows: list[Vector]) -> None:
        assert identities(rows, STRICT) == ()


class TestSigns:
    def test_all_rows_after_the_first_may_be_taken_off_it(self) -> None:
        """Revenue, cost and expense in positive figures make an operating income."""
        evidence = Evidence(signed=True)
        assert items(found([(900, 700), (300, 250), (100, 90), (500, 360)], evidence)[3]) == [1, -2, -3]

    def test_single_signs_are_searched_in_short_runs(self) -> None:
        evidence = Evidence(signed=True)
        assert items(found([(900, 700), (300, 250), (40, 90), (640, 540)], evidence)[3]) == [1, -2, 3]

    def test_a_balance_sheet_only_adds(self) -> None:
        assert found([(900, 700), (300, 250), (600, 450)], Evidence(signed=False)) == {}

    def test_words_that_say_less_take_their_row_off_even_in_a_balance_sheet(self) -> None:
        evidence = Evidence(subtracted=frozenset({1}), signed=False)
        assert items(found([(900, 700), (300, 250), (600, 450)], evidence)[2]) == [1, -2]

    def test_words_that_say_less_may_stand_beside_a_negative_print(self) -> None:
        """ "Less: accumulated depreciation (300)" must not be taken off twice."""
        evidence = Evidence(subtracted=frozenset({1}), signed=False)
        assert items(found([(900, 700), (-300, -250), (600, 450)], evidence)[2]) == [1, 2]

    def test_adding_up_is_preferred_to_signs_where_both_hold(self) -> None:
        evidence = Evidence(signed=True)
        one = found([(500, 400), (200, 100), (300, 200), (200, 100), (500, 300)], evidence)
        assert all(weight == 1 for _, weight in one[4].items)


class TestDoubtfulRows:
    def test_a_doubtful_row_is_skipped_where_the_sum_holds_without_it(self) -> None:
        """The shadow above the true row is in no identity; the true one is."""
        rows = [(312, 280), (46, 67), (45, 61), (357, 341)]
        assert items(found(rows, Evidence(doubtful=frozenset({1}), signed=False))[3]) == [1, 3]

    def test_a_row_that_nobody_doubts_is_never_skipped(self) -> None:
        rows = [(312, 280), (46, 67), (45, 61), (357, 341)]
        assert found(rows) == {}

    def test_a_doubtful_row_that_the_sum_needs_is_kept(self) -> None:
        rows = [(312, 280), (46, 67), (45, 61), (403, 408)]
        assert items(found(rows, Evidence(doubtful=frozenset({1, 2}), signed=False))[3]) == [1, 2, 3]

    def test_a_rival_below_that_adds_up_in_more_columns_is_the_total(self) -> None:
        """A shadow with a lost cell foots as far as it can be read: the sound print below it is the total."""
        rows = [(312, 280), (45, 61), (357, None), (357, 341)]
        evidence = Evidence(rivals=frozenset({frozenset({2, 3})}), doubtful=frozenset({2, 3}), signed=False)
        assert set(found(rows, evidence)) == {3}

    def test_a_row_beside_its_proven_rival_is_never_a_broken_total(self) -> None:
        """A shadow of a total is no second total with an error in it: that would be a false alarm."""
        rows = [(312, 280, 5), (45, 61, 6), (357, 341, 71), (357, 341, 11)]
        evidence = Evidence(
            rivals=frozenset({frozenset({2, 3})}), doubtful=frozenset({2, 3}), totals=frozenset({2, 3}), signed=False
        )
        one = found(rows, evidence)
        assert set(one) == {3}
        assert one[3].is_strict


class TestGaps:
    def test_an_unknown_item_is_what_the_others_leave(self) -> None:
        one = found([(312, 280), (45, None), (357, 341)])[2]
        assert one.holds == {0}
        assert one.residuals == ((1, 61),)

    def test_an_unknown_total_is_what_the_items_add_up_to(self) -> None:
        one = found([(312, 280), (45, 61), (357, None)])[2]
        assert one.residuals == ((1, 341),)

    def test_the_residual_of_a_blank_that_hides_nothing_is_zero(self) -> None:
        one = found([(312, 280), (45, None), (357, 280)])[2]
        assert one.residuals == ((1, 0),)

    def test_an_identity_needs_one_whole_column(self) -> None:
        assert found([(312, None), (None, 61), (357, 341)]) == {}

    def test_rows_of_blanks_are_no_total(self) -> None:
        assert set(found([(312, 280), (45, 61), (None, None), (357, 341)])) == {3}


def test_the_rows_of_an_identity_are_its_total_and_its_items() -> None:
    assert Identity(4, ((1, 1), (3, -1)), frozenset({0})).rows == {1, 3, 4}


def test_a_long_run_of_items_is_found() -> None:
    """A balance sheet may list two dozen items before its total."""
    rows = [(n * n + 3, 7 * n + 1) for n in range(1, 21)]
    total = tuple(sum(column) for column in zip(*rows, strict=True))
    assert items(found([*rows, total])[20]) == list(range(1, 21))


def test_many_doubtful_rows_end_in_bounded_time() -> None:
    """Every subset of doubtful rows is too many: only the nearest few are doubted at a time."""
    rows = [(n, n * n) for n in range(1, 200)]
    assert identities(rows, Evidence(doubtful=frozenset(range(199)))) is not None

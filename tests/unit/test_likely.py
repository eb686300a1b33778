"""Whether a common error explains why a sum or a product breaks, or only something that nobody supplied does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticktie.check.bind import bind, judge, lookup
from ticktie.check.formula import compile_formula
from ticktie.check.implied import identities
from ticktie.check.index import Index, build
from ticktie.check.likely import (
    exchanged,
    explaining,
    has_common_cause,
    is_explained,
    is_of_other_column,
    is_telling,
    near,
)
from ticktie.check.rows import table_rows
from ticktie.check.sums import sum_trial
from ticktie.check.trial import Trial

from .cases import fact_set, printed_sum

DAY, YEAR_AGO = "2024-12-31", "2023-12-31"


def added(total: int, *items: int, others: Sequence[str] = ()) -> tuple[Trial, Index]:
    """The trial of ``total = items`` in thousands, with other facts beside them."""
    lines = [f"i{at} ext:I{at} {DAY} {value}000 -3 supplied" for at, value in enumerate(items)]
    facts = fact_set([f"t ext:T {DAY} {total}000 -3 supplied", *lines, *others])
    index = build(facts)
    one = printed_sum("s: t = " + " + ".join(f"i{at}" for at in range(len(items))))
    trial = sum_trial("R", one, index)
    assert trial is not None
    return trial, index


def test_each_figure_of_a_sum_has_one_value_with_which_it_holds() -> None:
    """The total what the items make, an item what is left."""
    trial, index = added(100, 60, 50)
    assert {fact: int(value) for fact, value in explaining(trial, index)} == {"t": 110000, "i0": 50000, "i1": 40000}


def test_near_are_the_value_and_its_neighbours_in_the_last_digit() -> None:
    trial, index = added(100, 60, 50)
    assert sorted(map(int, near(index.numbers["t"].value, index.fact("t")))) == [99000, 100000, 101000]
    assert trial.outcome == "broken"


@pytest.mark.parametrize(
    ("total", "items", "explained"),
    [
        (6126, (3207, 2979), True),  # 2,979 for 2,919: one digit
        (6126, (3027, 2919), True),  # 3,027 for 3,207: neighbours
        (6126, (327, 2919), True),  # 327 for 3,207: dropped
        (6126, (3207, -2919), True),  # the sign
        (6126, (3207000, 2919), True),  # thousands
        (6126, (3207, 1502), False),  # 1,417 are missing: an item nobody supplied
    ],
)
def test_common_errors_explain_a_break_and_an_item_that_lacks_does_not(
    total: int, items: tuple[int, ...], explained: bool
) -> None:
    trial, index = added(total, *items)
    assert has_common_cause(trial, index, loose=False) is explained


def test_loosely_an_error_beside_a_rounding_difference_counts_too() -> None:
    """6,127 is 6,126 rounded otherwise, and 2,979 one digit from 2,919."""
    trial, index = added(6127, 3207, 2979)
    assert has_common_cause(trial, index, loose=True)


def test_figure_of_another_period_explains_a_break() -> None:
    """The item repeats what the row states a year before."""
    trial, index = added(6126, 4418, 2919, others=[f"o ext:I0 {YEAR_AGO} 3207000 -3 supplied"])
    assert is_of_other_column(trial, index)
    trial, index = added(6126, 4418, 2919, others=[f"o ext:I0 {YEAR_AGO} 3208000 -3 supplied"])
    assert not is_of_other_column(trial, index)


@pytest.mark.parametrize(
    ("items", "telling"),
    [
        ((81238, -45617), True),  # the sign of one of three figures, to five digits
        ((81238, 4567), True),  # a digit dropped from 45,617
        ((81238, 35617), False),  # 10,000 is round: any missing item may be so
    ],
)
def test_explanation_is_telling_where_chance_would_not_give_so_many_digits(
    items: tuple[int, ...], telling: bool
) -> None:
    trial, index = added(126855, *items)
    assert trial.outcome == "broken" and is_telling(trial, index) is telling


@given(st.integers(1, 9), st.integers(0, 4), st.lists(st.integers(10**5, 10**6), min_size=2, max_size=6))
def test_round_residuals_are_never_telling(digit: int, power: int, items: list[int]) -> None:
    """One misread digit leaves one digit and zeros, as an item that nobody supplied may."""
    trial, index = added(sum(items) + digit * 10**power, *items)
    assert not is_telling(trial, index)


PER_SHARE = compile_formula("NetIncomeLoss == EarningsPerShareBasic * WeightedAverageNumberOfSharesOutstandingBasic")
YEARS = ("2024-01-01/2024-12-31", "2023-01-01/2023-12-31")


def per_share(first: tuple[int, str, int], second: tuple[int, str, int]) -> frozenset[int]:
    """Which trials of income, earnings per share and shares hold with the figures of a row exchanged."""
    lines = [
        f"{name}{at} {concept} {period} {value} {decimals} supplied"
        for at, (period, column) in enumerate(zip(YEARS, (first, second), strict=True))
        for name, concept, value, decimals in (
            ("n", "NetIncomeLoss", f"{column[0]}000", -3),
            ("e", "EarningsPerShareBasic", column[1], 2),
            ("w", "WeightedAverageNumberOfSharesOutstandingBasic", f"{column[2]}000", -3),
        )
    ]
    index = build(fact_set(lines))
    trials = []
    for setting in index.settings(["NetIncomeLoss"]):
        sides = bind(PER_SHARE, index, lookup(index, setting))
        assert sides is not None
        trials.append(judge("R", PER_SHARE, sides, index))
    return exchanged(trials, index)


def test_two_breaks_that_mend_each_other_are_an_exchange() -> None:
    """5.00 x 1,000 and 4.00 x 1,040 with the shares exchanged; either break is small."""
    assert per_share((5000, "5.00", 1000), (4160, "4.00", 1040)) == frozenset()
    assert per_share((5000, "5.00", 1040), (4160, "4.00", 1000)) == {0, 1}


def test_one_break_or_two_of_the_same_direction_are_no_exchange() -> None:
    """Participating securities take their part in every column."""
    assert per_share((5200, "5.00", 1000), (4160, "4.00", 1040)) == frozenset()
    assert per_share((5200, "5.00", 1000), (4320, "4.00", 1040)) == frozenset()


def signs(*columns: tuple[int, int, int]) -> bool:
    """Whether common errors explain the columns that the first identity of three rows does not hold in."""
    names = ("ext:Sales", "ext:GainOnSale", "OperatingIncomeLoss")
    lines = [
        f"r{row}c{at} {name} {2024 - at}-12-31 {column[row]}000 -3 supplied"
        for row, name in enumerate(names)
        for at, column in enumerate(columns)
    ]
    rows, _ = table_rows(fact_set(lines).facts)
    (found, *_) = identities(rows)
    return is_explained(found)


def test_break_of_a_column_is_explained_by_one_digit_and_not_by_another_item() -> None:
    assert signs((70000, 1234, 71234), (60000, 2345, 62345), (50000, 3456, 53486))
    assert not signs((70000, 1234, 71234), (60000, 2345, 62345), (50000, 3456, 58111))

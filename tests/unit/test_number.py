"""Exact numbers: intervals, open ends, rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ticktie.model.number import Interval, Number, exact_sum, half_unit, plain, round_to

D = Decimal


def test_figure_stands_for_half_a_unit_on_either_side() -> None:
    """5,164 thousand is between 5,163,500 and 5,164,500, both ends included."""
    interval = Number(D(5164000), -3).interval
    assert interval == Interval(D(5163500), D(5164500))
    assert D(5163500) in interval and D(5164500) in interval and D("5164500.01") not in interval


def test_exact_figure_stands_for_itself() -> None:
    """Decimals INF leave no room."""
    assert Number(D(7), None).interval == Interval(D(7), D(7))


@pytest.mark.parametrize(
    ("value", "inside", "outside"),
    [
        ("300", ("300", "300.99"), ("299.99", "301")),
        ("-300", ("-300", "-300.99"), ("-299.99", "-301")),
        ("0", ("0", "0.99", "-0.99"), ("1", "-1")),
    ],
)
def test_truncated_figure_stands_for_what_digits_were_cut_from(
    value: str, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    """Away from zero, up to but not including the next figure; around zero on both sides."""
    interval = Number(D(value), 0).truncated
    assert all(D(one) in interval for one in inside) and not any(D(one) in interval for one in outside)


def test_open_end_does_not_meet_a_closed_one() -> None:
    """[300, 301) and [301, 302) share nothing, [300, 301] and [301, 302] share 301."""
    assert not Interval(D(300), D(301), high_open=True).meets(Interval(D(301), D(302), high_open=True))
    assert Interval(D(300), D(301)).meets(Interval(D(301), D(302)))


def test_negation_and_negative_weights_turn_open_ends_around() -> None:
    """-[1, 2) is (-2, -1]."""
    turned = Interval(D(1), D(2), high_open=True).scale(D(-1))
    assert turned == Interval(D(-2), D(-1), low_open=True)
    assert -turned == Interval(D(1), D(2), high_open=True)


def test_product_of_intervals_that_hold_zero_is_their_hull() -> None:
    """No division, so zero is no special case."""
    assert Interval(D(-1), D(2)) * Interval(D(-3), D(5)) == Interval(D(-6), D(10))


def test_half_is_rounded_up_or_to_the_even_digit() -> None:
    """4,550 thousand prints as 4.6 million; 2.5 prints as 3 or 2; 68.75% never as 68.7%."""
    assert Number(D(4550000), -3).rounds_to(Number(D(4600000), -5))
    assert Number(D("2.5"), 1).rounds_to(Number(D(2), 0)) and Number(D("2.5"), 1).rounds_to(Number(D(3), 0))
    assert not Number(D("0.6875"), 4).rounds_to(Number(D("0.687"), 3))


def test_rounding_works_left_of_the_point() -> None:
    """Decimals of -3 are thousands."""
    assert round_to(D(1234567), -3) == D(1235000) and half_unit(-3) == D(500)


def test_sums_are_exact_beyond_any_context() -> None:
    """A sum of 10^60 and 10^-20 keeps every digit."""
    assert (
        exact_sum([D(10) ** 60, D("1e-20")]) - D(10) ** 60 != D("1")
        and plain(exact_sum([D("1e40"), D("1e-20")]))[-1] == "1"
    )


def test_plain_text_has_no_exponent() -> None:
    """-0 is 0, 1E+3 is 1000, 1.500 is 1.5."""
    assert [plain(D(text)) for text in ("-0", "1E+3", "1.500", "0.000")] == ["0", "1000", "1.5", "0"]


def test_excess_digits_are_seen() -> None:
    """300,500 stated to thousands says more than it may."""
    assert Number(D(300500), -3).has_excess_digits and not Number(D(300000), -3).has_excess_digits

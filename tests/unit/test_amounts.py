"""The number grammar of running text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ticktie.extract.amounts import looks_forward, money, percentages
from ticktie.extract.counts import counts, fractions, share_counts


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        (r"a net loss of \$9.4 million", "9400000", -5, "USD"),
        ("was $227,000 in", "227000", -3, "USD"),
        ("or $0.19 per share", "0.19", 2, "USD"),
        ("or ($0.01) per share", "-0.01", 2, "USD"),
        ("or $(0.01) per share", "-0.01", 2, "USD"),
        ("of $.16 per share", "0.16", 2, "USD"),
        ("about €5m more", "5000000", -6, "EUR"),
        ("of £3.4bn", "3400000000", -8, "GBP"),
        ("of J$1.2 billion", "1200000000", -8, "JMD"),
        ("of $1,153 million", "1153000000", -6, "USD"),
        ("of 45 cents", "0.45", 2, "USD"),
        ("of $19,433,218", "19433218", 0, "USD"),
    ],
)
def test_an_amount_of_money_states_its_value_and_precision(text: str, value: str, decimals: int, unit: str) -> None:
    (amount,) = money(text)
    assert (amount.value, amount.decimals, amount.unit) == (Decimal(value), decimals, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("to be between $37-40 million", "37000000", "40000000"),
        ("we expect $1.2 to $1.4 billion", "1200000000", "1400000000"),
        ("between $500,000 and $1 million", "500000", "1000000"),
        ("earnings of $.16 to $.17 are expected", "0.16", "0.17"),
    ],
)
def test_a_range_is_two_amounts_that_share_their_scale(text: str, low: str, high: str) -> None:
    ends = {amount.bound: amount.value for amount in money(text)}
    assert ends == {"low": Decimal(low), "high": Decimal(high)}


def test_a_change_from_one_amount_to_another_is_no_range() -> None:
    assert [a.bound for a in money("increased from $1.2 million to $1.4 million")] == [None, None]
    assert [a.bound for a in money("grew $1.2 million to $5 million")] == [None, None]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("was 39.3% and", ["0.393"]),
        ("(67.9%) of", ["0.679"]),
        ("30 Percent", ["0.30"]),
        ("up 6-10% from", ["0.06", "0.10"]),
        ("30 basis points", ["0.0030"]),
        ("we expect 2% to 4%", ["0.02", "0.04"]),
        ("from 2% to 4%", ["0.02", "0.04"]),
        ("Rule 10% off", ["0.10"]),
        ("5 percentage points", ["0.05"]),
    ],
)
def test_percentages_are_fractions(text: str, values: list[str]) -> None:
    assert [amount.value for amount in percentages(text)] == [Decimal(value) for value in values]


def test_a_percentage_keeps_the_digits_it_states() -> None:
    assert [(a.value, a.decimals) for a in percentages("50.0%")] == [(Decimal("0.5"), 3)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Sixty of the evaluable patients", "60", "patients"),
        ("Forty-two patients", "42", "patients"),
        ("the entire 107 efficacy evaluable patients", "107", "patients"),
        ("1,250 employees", "1250", "employees"),
        ("445 retail stores", "445", "stores"),
    ],
)
def test_counts_name_what_they_count(text: str, value: str, unit: str) -> None:
    (amount,) = counts(text)
    assert (amount.value, amount.unit, amount.decimals) == (Decimal(value), unit, None)


def test_a_year_counts_nothing() -> None:
    assert list(counts("In 2008 patients were treated")) == []


def test_share_counts_and_fractions_in_words() -> None:
    assert [a.value for a in share_counts("13,500,218 common shares")] == [Decimal(13500218)]
    assert [(a.value, a.approximate) for a in fractions("two-thirds of the patients")] == [(Decimal("0.67"), True)]


def test_words_before_an_amount_make_it_approximate() -> None:
    assert [a.approximate for a in money("approximately $44.6 million and $3.1 million")] == [True, False]


@pytest.mark.parametrize("text", ["(781) 555-0600", "Rule 14a-12", "230.425", "Phase II", "June 30, 2008", "3.6 mg/kg"])
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert [*money(text), *percentages(text), *counts(text), *share_counts(text)] == []


def test_words_of_expectation_look_forward() -> None:
    assert looks_forward("The company expects") and not looks_forward("revenues were")

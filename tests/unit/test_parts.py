"""Headings that name parts, and rows of cash flows that are no second statement of rows of income."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ticktie.extract.parts import names_part, with_parts
from ticktie.model.facts import Fact, Period, Statement
from ticktie.model.figures import Claim
from ticktie.model.source import Span
from ticktie.restore.agreement import agreed

QUARTER = Period(date(2022, 6, 30), date(2022, 4, 1))


def claim(name: str, value: int, metric: str = "revenue") -> Claim:
    return Claim(name, Span(0, 1), str(value), Decimal(value), 0, "USD", "amount", (metric,), period=QUARTER)


class TestHeadings:
    @pytest.mark.parametrize("heading", ["Gaming", "Lunar Mining", "Asia and Pacific"])
    def test_a_name_may_be_that_of_a_part(self, heading: str) -> None:
        assert names_part(heading)

    @pytest.mark.parametrize("heading", ["", "Financial Results", "Second Quarter 2022", "Outlook", "and more to come"])
    def test_general_headings_name_no_part(self, heading: str) -> None:
        assert not names_part(heading)

    def test_one_metric_with_far_values_under_such_headings_is_of_parts(self) -> None:
        claims = [claim("c1", 900), claim("c2", 600), claim("c3", 200)]
        found = with_parts(claims, {"c1": "Results", "c2": "Gaming", "c3": "Lunar Mining"})
        assert [one.is_part for one in found] == [False, True, True]

    def test_values_that_are_near_may_be_a_slip_and_stay(self) -> None:
        found = with_parts([claim("c1", 600), claim("c2", 601)], {"c1": "Gaming", "c2": "Lunar Mining"})
        assert not any(one.is_part for one in found)


def fact(concept: str, value: int, statement: Statement) -> Fact:
    return Fact(f"{statement}.{concept}", concept, Decimal(value), 0, "iso4217:USD", QUARTER, statement=statement)


class TestAgreement:
    def test_an_adjustment_takes_the_sign_of_the_income_statement(self) -> None:
        found = agreed([fact("ext:Gain", 5, "income-statement"), fact("ext:Gain", -5, "cash-flow")])
        assert [(one.value, one.weight_in_print) for one in found] == [(5, 1), (5, -1)]

    def test_another_amount_is_another_fact(self) -> None:
        name = "us-gaap:RestructuringCharges"
        found = agreed([fact(name, 9, "income-statement"), fact(name, 7, "cash-flow")])
        assert [one.concept for one in found] == [name, "ext:AdjustmentRestructuringCharges"]

    def test_results_are_copied_and_stay_comparable(self) -> None:
        name = "us-gaap:NetIncomeLoss"
        facts = [fact(name, 9, "income-statement"), fact(name, 7, "cash-flow")]
        assert agreed(facts) == facts

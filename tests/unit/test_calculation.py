"""Calculation relationships: every case that two processors and the specifications were asked about."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from ticktie.check.calculation import MODES, Contribution, Mode, verdict
from ticktie.model.number import Number

from .shared import shared_folder

#: Contexts and units of the cases that are equal under another id.
EQUAL = {"c2": "c", "usd2": "usd"}


def stated(case: dict[str, Any], concept: str) -> tuple[Number | None, ...]:
    """The facts of ``concept`` in the setting of the total."""
    found = [fact for fact in case["facts"] if fact["concept"] == concept and in_setting(fact)]
    return tuple(number(fact) for fact in found)


def in_setting(fact: dict[str, Any]) -> bool:
    context, unit = fact.get("context", "c"), fact.get("unit", "usd")
    return (EQUAL.get(context, context), EQUAL.get(unit, unit)) == ("c", "usd")


def number(fact: dict[str, Any]) -> Number | None:
    if fact["value"] is None:
        return None
    return Number(Decimal(fact["value"]), None if fact["decimals"] == "INF" else fact["decimals"])


def judged(case: dict[str, Any], mode: Mode) -> frozenset[str]:
    items = [Contribution(arc["item"], Decimal(arc["weight"]), stated(case, arc["item"])) for arc in case["arcs"]]
    return verdict(stated(case, case["arcs"][0]["total"]), items, mode)


@pytest.mark.parametrize("mode", MODES)
def test_every_case_of_the_oracle_has_its_verdict(mode: Mode) -> None:
    """46 cases in each of the four modes."""
    cases = json.loads((shared_folder() / "oracle/calc_cases.json").read_text(encoding="utf-8"))["cases"]
    right = [frozenset(case["expected"][mode]) for case in cases]
    assert len(cases) == 46
    assert [case["case"] for case, expected in zip(cases, right, strict=True) if judged(case, mode) != expected] == []


def case(total: str, *items: str, decimals: int | None = 0) -> tuple[list[Number | None], list[Contribution]]:
    """A total and items of weight 1."""
    bound = [Contribution(f"i{at}", Decimal(1), (Number(Decimal(item), decimals),)) for at, item in enumerate(items)]
    return [Number(Decimal(total), decimals)], bound


def test_rounding_permits_half_a_unit_for_each_figure_and_truncation_a_whole_one_on_one_side() -> None:
    """301 from 100 and 200 may be rounding or cutting off; 299 only rounding; 302 neither."""
    for total, rounding, truncation in (("301", True, True), ("299", True, False), ("302", False, False)):
        facts, items = case(total, "100", "200")
        assert ("consistent" in verdict(facts, items, "1.1-round")) is rounding
        assert ("consistent" in verdict(facts, items, "1.1-truncation")) is truncation


def test_xbrl_2_1_rounds_the_sum_half_even_and_compares() -> None:
    """2.5 exact is 2 to no decimals."""
    items = [Contribution("b", Decimal(1), (Number(Decimal("2.5"), None),))]
    assert verdict([Number(Decimal(2), 0)], items, "xbrl-2.1") == {"consistent"}
    assert verdict([Number(Decimal(3), 0)], items, "xbrl-2.1") == {"inconsistent"}


def test_duplicates_block_xbrl_2_1_and_the_most_precise_counts_after_de_duplication() -> None:
    """101 thousand and 0.1 million are one fact; the more precise one breaks the sum."""
    item = (Number(Decimal(105000), -3), Number(Decimal(100000), -5))
    items = [Contribution("b", Decimal(1), item)]
    assert verdict([Number(Decimal(100000), -3)], items, "xbrl-2.1") == {"consistent"}
    assert verdict([Number(Decimal(100000), -3)], items, "xbrl-2.1-dedup") == {"inconsistent"}


@pytest.mark.parametrize(("total", "decimals"), [("-101", 0), ("-200", None)])
def test_an_open_end_behind_a_negative_weight_alarms_nobody(total: str, decimals: int | None) -> None:
    """200 cut off is [200, 201), taken away (-201, -200]; processors say [-201, -200): where the total touches one of
    the two only, both count."""
    others = [Contribution("b", Decimal(1), (Number(Decimal(100), 0),))] if decimals == 0 else []
    taken = Contribution("c", Decimal(-1), (Number(Decimal(200), 0),))
    assert verdict([Number(Decimal(total), decimals)], [*others, taken], "1.1-truncation") == {"consistent"}
    beyond = [Number(Decimal(total) - 1, decimals)] if decimals == 0 else [Number(Decimal("-202"), None)]
    assert verdict(beyond, [*others, taken], "1.1-truncation") == {"inconsistent"}

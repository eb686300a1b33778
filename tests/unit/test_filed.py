"""Facts filed by concept: found under the names that rules use, grouped only where asked, in linear time."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from msgspec.structs import replace

from ticktie.check import engine, rule
from ticktie.check.filed import Numbers, filed
from ticktie.check.index import build
from ticktie.model.facts import FactSet

from .cases import fact, fact_set

BOOK = rule.load()


def test_a_line_item_is_found_under_every_standard_prefix_and_under_its_own() -> None:
    lines = ["a us-gaap:Assets 2024-12-31 1000 -3", "b gaap:Assets 2023-12-31 1000 -3", "c ext:Assets 2024-12-31 1 0"]
    facts = fact_set(lines)
    tables, _ = filed(facts.facts)
    assert [[one.id for one in group] for group in tables.get("Assets").values()] == [["a"], ["b"]]
    assert [[one.id for one in group] for group in tables.get("ext:Assets").values()] == [["c"]]


def test_facts_of_one_setting_under_two_prefixes_repeat_each_other() -> None:
    facts = fact_set(["a us-gaap:Assets 2024-12-31 1000 -3", "b gaap:Assets 2024-12-31 2000 -3"])
    assert [[one.id for one in group] for group in build(facts).repeated()] == [["a", "b"]]
    apart = fact_set(["a us-gaap:Assets 2024-12-31 1000 -3", "b us-gaap:Assets 2023-12-31 2000 -3"])
    assert build(apart).repeated() == []


def test_numbers_are_those_of_facts_that_have_a_value() -> None:
    facts = fact_set(["a Assets 2024-12-31 1000 -3", "b Assets 2023-12-31 nil -3"])
    numbers = Numbers(facts.by_id)
    assert "a" in numbers and numbers["a"].value == 1000 and numbers.get("a") == numbers["a"]
    assert "b" not in numbers and "c" not in numbers and numbers.get("b") is None and numbers.get("c") is None
    with pytest.raises(KeyError):
        numbers["b"]


def test_a_claim_meets_the_finest_figure_that_it_agrees_with() -> None:
    """Of several figures of one line item; where none agrees, the finest one proves it wrong."""
    tables = [f"t{at} Assets 2024-12-31 {value} {decimals}" for at, (value, decimals) in
              enumerate([(7341000, -3), (9000000, -6), (5210000, -3), (7341250, 0)])]  # fmt: skip
    for value, expected in (("7300000", ("t3", "tied")), ("5200000", ("t2", "tied")), ("6100000", ("t3", "broken"))):
        checks = engine.check(fact_set([*tables, f"c Assets 2024-12-31 {value} -5 claim"]), BOOK).checks
        (met,) = [one for one in checks if one.rule == "TIE001"]
        assert (met.items[0][0], met.outcome) == expected


def repeated(times: int) -> FactSet:
    """As many claims of one line item as figures of it, all different."""
    figures = [fact(f"t{at} Assets 2024-12-31 {1_000_000 + 7_000 * at} -3", at + 1) for at in range(times)]
    claims = [replace(one, id=f"c{at}", kind="narrative", decimals=-4) for at, one in enumerate(figures)]
    return FactSet((*figures, *claims))


def test_claims_and_figures_of_one_line_item_take_time_in_proportion_to_their_number() -> None:
    """Eight times as many take less than twenty times as long, where comparing all with all takes 64 times."""
    book = BOOK.where(lambda one: one.kind == "tie")
    laps = []
    for times in (250, 2000):
        facts = repeated(times)
        start = process_time()
        verdict = engine.check(facts, book)
        laps.append(process_time() - start)
        assert len(verdict.checks) == times
    assert laps[1] < 20 * max(laps[0], 0.005)


def test_the_sum_of_figures_of_any_size_is_exact() -> None:
    facts = fact_set(
        ["a ext:A 2024-12-31 1 0", f"b ext:B 2024-12-31 {10**60} 0", f"t ext:T 2024-12-31 {10**60 + 1} 0"],
        ["s: t = a + b"],
    )
    (check,) = [one for one in engine.check(facts, BOOK).checks if one.rule == "FOOT001"]
    assert check.outcome == "tied" and check.expected == Decimal(10**60 + 1)

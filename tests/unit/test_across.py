"""A supplied row across its columns: the sign and the scale that its neighbours have, and which value is like them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ticktie.check import engine, rule
from ticktie.check.across import row_scales, row_signs, unlike
from ticktie.check.index import Index, build

from .cases import fact_set

BOOK = rule.load()
SIGN, SCALE = (BOOK.of_kind(kind)[0] for kind in ("row-sign", "row-scale"))


def row(concept: str, *values: str, words: str = "supplied") -> list[str]:
    """One line item in as many years: ``value decimals``."""
    return [f"{concept[:4]}{at} {concept} {2024 - at}-12-31 {value} {words}" for at, value in enumerate(values)]


def index(*rows: list[str]) -> Index:
    return build(fact_set([line for one in rows for line in one]))


def negative(*values: str, concept: str = "Goodwill", words: str = "supplied") -> list[str]:
    """The figures whose sign breaks the rule."""
    return [trial.total for trial in row_signs(SIGN, BOOK, index(row(concept, *values, words=words)))]


def test_one_negative_figure_among_positive_ones_of_a_line_item_that_has_no_negative_ones() -> None:
    assert negative("5000 -3", "-5100 -3") == ["Good1"]
    assert negative("5000 -3", "5100 -3") == []


@pytest.mark.parametrize("values", [("-5000 -3", "-5100 -3"), ("-5000 -3", "0 -3"), ("-5000 -3",)])
def test_filers_who_state_a_line_item_below_zero_throughout_mean_it(values: tuple[str, ...]) -> None:
    """Neither a row of negative figures nor one without a positive neighbour breaks."""
    assert negative(*values) == []


def test_line_items_of_either_sign_and_facts_that_were_read_are_not_looked_at() -> None:
    """Income has both signs; the sign of a printed figure is the reader's business."""
    assert negative("5000 -3", "-5100 -3", concept="NetIncomeLoss") == []
    assert negative("5000 -3", "-5100 -3", words="") == []


#: Five rows that say what the usual precision is.
USUAL = [row(f"ext:R{at}R", "70000 -3", "80000 -3") for at in range(5)]


def slipped(*values: str) -> list[tuple[str, str]]:
    return [(trial.total, trial.relation) for trial in row_scales(SCALE, BOOK, index(row("ext:X", *values), *USUAL))]


def test_value_and_precision_that_slipped_by_thousands_break() -> None:
    """Too large and too small; a value that fell a thousandfold with its old precision is just another value."""
    assert slipped("52000000 -6", "51000 -3") == [("ext:0", "<=")]
    assert slipped("52 0", "51000 -3") == [("ext:0", ">=")]
    assert slipped("52000 -3", "51000000 -3") == []


def test_precision_of_its_own_is_no_slip_where_the_value_is_like_its_row() -> None:
    """A figure in millions among thousands, rounded by its writer."""
    assert slipped("52000000 -6", "51000000 -3") == []


def test_scale_needs_a_usual_precision() -> None:
    """Without enough other figures nothing says which scale is the slip."""
    assert not list(row_scales(SCALE, BOOK, index(row("ext:X", "52000000 -6", "51000 -3"))))


@pytest.mark.parametrize(
    ("stated", "wanted", "expected"),
    [
        ("110000", "10500", -2),
        ("10500", "110000", 2),
        ("30000", "10500", -1),
        ("10400", "10500", 0),
        ("0", "10500", -2),
    ],
)
def test_value_is_unlike_its_row_by_how_many_times_it_is_farther(stated: str, wanted: str, expected: int) -> None:
    """Below zero where the wanted value returns to the row that the stated one left."""
    facts = index(row("ext:X", f"{stated} -3", "10000 -3", "11000 -3"))
    assert unlike(facts.fact("ext:0"), Decimal(wanted), facts) == expected


def test_nothing_is_unlike_a_row_of_one_or_an_open_value() -> None:
    facts = index(row("ext:X", "90000 -3"))
    assert unlike(facts.fact("ext:0"), Decimal(1), facts) == 0
    facts = index(row("ext:X", "90000 -3", "10000 -3"))
    assert unlike(facts.fact("ext:0"), None, facts) == 0


def test_slipped_figure_is_named_and_repaired_to_nothing_where_no_sum_proves_its_value() -> None:
    """The finding names the figure; what it should read is left to the reader of the source."""
    facts = fact_set([line for one in (row("ext:X", "52000000 -6", "51000 -3"), *USUAL) for line in one])
    found = [one for one in engine.check(facts, BOOK).findings if one.rule == SCALE.id]
    assert [one.candidates or (one.culprit,) for one in found] == [("ext:0",)]

"""Kinds of rules where their cases do not reach: ties, sums and shares at their edges."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from ticktie.check import engine, rule
from ticktie.check.grim import fit_of
from ticktie.model.facts import FactSet
from ticktie.model.findings import Severity, Verdict

from .cases import fact_set

BOOK = rule.load()
Q = "2024-01-01/2024-03-31"


def check(*facts: str, sums: tuple[str, ...] = (), shares: tuple[str, ...] = ()) -> Verdict:
    return engine.check(fact_set(facts, sums, shares), BOOK)


def test_claim_of_a_fact_that_two_tables_print_ties_to_the_one_it_agrees_with() -> None:
    """A summary may print another line under the same concept."""
    verdict = check(f"t OtherAssets {Q} 500 0", f"u OtherAssets {Q} 700 0", f"c OtherAssets {Q} 700 0 claim")
    assert [one.items[0][0] for one in verdict.checks if one.rule == "TIE001"] == ["u"]
    assert verdict.findings == ()


def test_claim_more_precise_than_the_table_is_tied_where_it_rounds_to_it() -> None:
    """The text may print thousands where the table prints millions."""
    verdict = check(f"t Revenues {Q} 11000000 -6", f"c Revenues {Q} 11425000 -3 claim")
    assert [one.outcome for one in verdict.checks] == ["tied"]


def test_claim_of_another_unit_period_or_dimension_ties_to_nothing() -> None:
    """Linked by what they say they are, never by value alone."""
    for other in (
        f"c Revenues {Q} 5 0 claim unit=eur",
        "c Revenues 2023-01-01/2023-03-31 5 0 claim",
        f"c Revenues {Q} 5 0 claim part=x",
    ):
        assert check(f"t Revenues {Q} 5 0", other).checks == ()


def test_derived_claim_that_one_formula_confirms_is_not_held_against_another() -> None:
    """Liabilities follow from current and noncurrent ones, though temporary equity is not in the other formula."""
    verdict = check(
        "l LiabilitiesAndStockholdersEquity 2024-12-31 120 0", "e StockholdersEquity 2024-12-31 40 0",
        "a LiabilitiesCurrent 2024-12-31 50 0", "b LiabilitiesNoncurrent 2024-12-31 20 0",
        "c Liabilities 2024-12-31 70 0 claim",
    )  # fmt: skip
    ties = [one for one in verdict.checks if one.rule == "TIE005"]
    assert [(one.outcome, dict(one.items)) for one in ties] == [("tied", {"a": Decimal(1), "b": Decimal(1)})]


def test_sum_with_an_unknown_item_is_incomplete() -> None:
    """All the printed items, or none."""
    verdict = check(f"t ext:T {Q} 5 0", f"a ext:A {Q} 3 0", sums=("s: t = a + gone",))
    assert [one.outcome for one in verdict.checks] == ["incomplete"] and verdict.states["t"] == "unverified"


def test_cross_footing_is_a_sum_like_any_other() -> None:
    """Quarters across a row add up to the year."""
    verdict = check(
        f"t ext:T {Q} 9 0", f"a ext:A {Q} 3 0", f"b ext:B {Q} 4 0", sums=("s: t = a + b kind=cross-footing",)
    )
    assert [(one.rule, one.outcome, one.residual, one.allowed) for one in verdict.checks] == [
        ("FOOT001", "broken", Decimal(2), Decimal("1.5"))
    ]


@pytest.mark.parametrize(
    ("count", "whole", "stated", "decimals", "fit"),
    [
        (77, 112, 687, 3, "edge"),
        (77, 112, 688, 3, "rounds"),
        (76, 112, 679, 3, "rounds"),
        (1, 16, 62, 3, "rounds"),
        (1, 16, 63, 3, "rounds"),
        (1, 3, 33, 2, "rounds"),
        (1, 3, 34, 2, "none"),
        (0, 5, 0, 1, "rounds"),
        (5, 5, 1, 0, "rounds"),
    ],
)
def test_count_fits_a_percentage_in_whole_numbers(count: int, whole: int, stated: int, decimals: int, fit: str) -> None:
    """No float, no division: 2 * count * 10^d against 2 * stated * whole."""
    assert fit_of(count, whole, stated, decimals) == fit


def test_percentage_of_no_whole_count_is_not_judged() -> None:
    """A whole of zero, a fraction of a person, a percentage of unknown precision."""
    for whole, decimals in (("0", "3"), ("10.5", "3"), ("10", "INF")):
        verdict = check(
            f"p ext:P - 0.5 {decimals} claim unit=", f"n ext:N - {whole} INF claim unit=patients", shares=("p of n",)
        )
        assert verdict.checks == ()


def loud(*lines: str) -> list[str]:
    """The rules of severity warning and above that find something."""
    return [one.rule for one in engine.check(fact_set(lines), BOOK).findings if one.severity > Severity.NOTE]


Y2024, Y2023, Y2022 = (f"{year}-01-01/{year}-12-31" for year in (2024, 2023, 2022))


def diluted(at: int, period: str, income: int, others: str = "") -> list[str]:
    """Income, diluted earnings of 5.00 a share and 1,000 shares, in thousands."""
    return [
        f"n{at} NetIncomeLoss {period} {income}000 -3 supplied",
        f"e{at} EarningsPerShareDiluted {period} 5.00 2 supplied",
        f"w{at} WeightedAverageNumberOfDilutedSharesOutstanding {period} 1000000 -3 supplied",
    ]


def test_break_of_a_figure_that_another_may_stand_for_is_no_error_where_the_other_holds() -> None:
    """Income available to common holders is tagged oddly; earnings per share follow from net income."""
    facts = [*diluted(0, Y2024, 5000), *diluted(1, Y2023, 5000), *diluted(2, Y2022, 5000)]
    odd = f"a NetIncomeLossAvailableToCommonStockholdersDiluted {Y2024} -34000000 -3 supplied"
    assert loud(*facts, odd) == []
    assert "PERS012" in loud(*diluted(0, Y2024, 6000), *facts[3:])


def test_total_that_a_note_repeats_for_more_years_lacks_nothing() -> None:
    """Three years of total assets by region beside a balance sheet of two."""
    sheet = [
        replace(one, statement="balance-sheet")
        for at in (2024, 2023)
        for one in fact_set([f"a{at} Assets {at}-12-31 9000 -3 supplied",
                             f"l{at} LiabilitiesAndStockholdersEquity {at}-12-31 9000 -3 supplied"]).facts
    ]  # fmt: skip
    note = fact_set(["n Assets 2022-12-31 8000 -3 supplied"]).facts[0]
    assert not engine.check(FactSet((*sheet, note)), BOOK).findings
    lost = replace(note, statement="balance-sheet")
    assert [one.rule for one in engine.check(FactSet((*sheet, lost)), BOOK).findings] == ["BAL031"]

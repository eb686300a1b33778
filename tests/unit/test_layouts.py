"""Layouts that wrecked filings really have: statements without captions, headings without tabs, lost scales."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.tables import facts_in
from ticktie.map.labels import Mapping
from ticktie.map.structure import refined
from ticktie.model.facts import Fact, FactSet

INCOME = """
 | Three Months Ended March 31, |
 | 2031 | 2030
Sales | 4,100 | 3,900
Wages | 1,100 | 1,200
Net income | 3,000 | 2,700
"""
BALANCE = """
 | March 31, 2031 | December 31, 2030
Cash | 900 | 700
Receivables | 300 | 250
Total assets | 1,200 | 950
"""


def by_label(found: FactSet, label: str) -> list[Fact]:
    return [fact for fact in found.facts if fact.label == label and fact.kind == "table"]


def test_a_balance_sheet_without_a_caption_is_no_part_of_the_income_statement_above_it() -> None:
    found = facts_in(f"STATEMENTS OF INCOME (in thousands)\n\n{INCOME}\n\n{BALANCE}")
    total = by_label(found, "Total assets")
    assert [fact.statement for fact in total] == ["balance-sheet", "balance-sheet"]
    assert [str(fact.period) for fact in total] == ["2031-03-31", "2030-12-31"]
    assert [fact.value for fact in total] == [Decimal(1_200_000), Decimal(950_000)]


def test_a_heading_without_tabs_between_two_rows_stays_in_its_table() -> None:
    text = "STATEMENTS OF INCOME (in thousands)\n\n" + INCOME.replace("Wages", "Operating expenses:\nWages")
    wages = by_label(facts_in(text), "Wages")
    assert [(fact.section, fact.value) for fact in wages] == [
        ("Operating expenses", Decimal(1_100_000)),
        ("Operating expenses", Decimal(1_200_000)),
    ]


def test_a_scale_that_nothing_states_comes_back_from_the_claims_and_is_marked() -> None:
    prose = (
        "For the three months ended March 31, 2031, sales were $4.1 million, compared to $3.9 million for the same "
        "period last year. Net income for the three months ended March 31, 2031 was $3.0 million."
    )
    found = facts_in(f"{prose}\n\nSTATEMENTS OF INCOME\n\n{INCOME}")
    sales = by_label(found, "Sales")
    assert [fact.value for fact in sales] == [Decimal(4_100_000), Decimal(3_900_000)]
    assert all("scale-lost" in fact.damage and fact.evidence for fact in sales)
    assert "scale-lost" in {seen.kind for seen in found.observations}


def test_whole_units_that_the_claims_confirm_are_not_marked() -> None:
    prose = (
        "For the three months ended March 31, 2031, sales were $4,100, "
        "compared to $3,900 for the same period last year."
    )
    sales = by_label(facts_in(f"{prose}\n\nSTATEMENTS OF INCOME\n\n{INCOME}"), "Sales")
    assert [(fact.value, fact.damage) for fact in sales] == [(Decimal(4_100), ()), (Decimal(3_900), ())]


def test_a_misread_word_of_scale_in_a_heading_is_still_a_scale() -> None:
    sales = by_label(facts_in(f"STATEMENTS OF INCOME (ln thousarids)\n\n{INCOME}"), "Sales")
    assert sales[0].value == Decimal(4_100_000)


def test_lengths_over_uneven_numbers_of_columns_are_told_by_their_place() -> None:
    found = facts_in("""STATEMENTS OF INCOME (in thousands)

 | Three Months Ended | | | Six Months Ended |
 | June 30, 2031 | March 31, 2031 | June 30, 2030 | June 30, 2031 | June 30, 2030
Sales | 4,100 | 3,900 | 3,700 | 8,000 | 7,300
Wages | 1,100 | 1,200 | 1,000 | 2,300 | 2,100
Net income | 3,000 | 2,700 | 2,700 | 5,700 | 5,200
""")
    assert [fact.period and fact.period.days for fact in by_label(found, "Sales")] == [91, 90, 91, 181, 181]


def test_two_columns_never_report_one_period() -> None:
    found = facts_in("STATEMENTS OF INCOME (in thousands)\n\n" + INCOME.replace("2030", "2031"))
    periods = [fact.period for fact in by_label(found, "Sales")]
    assert len([period for period in periods if period]) == len({period for period in periods if period})


def test_a_supplementary_table_under_a_heading_of_its_own_is_no_statement() -> None:
    segments = (
        "SEGMENT INFORMATION (in thousands)\n\n | 2031 | 2030\nNorthern sales | 88 | 77\nSouthern sales | 66 | 55"
    )
    found = facts_in(f"BALANCE SHEETS (in thousands)\n\n{BALANCE}\n\n{segments}")
    assert {fact.label for fact in found.facts} == {"Cash", "Receivables", "Total assets"}


class TestConceptsByStructure:
    """``map.structure``: what words leave open, the sums decide."""

    def test_what_gross_profit_is_left_of_are_revenues_and_their_cost(self) -> None:
        words = {
            1: Mapping("ext:HaulageFees", 0.5),
            2: Mapping("ext:DirectCostsOfHaulage", 0.5),
            3: Mapping("us-gaap:GrossProfit", 0.99),
        }
        found = refined(words, [(3, ((1, 1), (2, -1)))])
        assert [found[row].concept for row in (1, 2)] == ["us-gaap:Revenues", "us-gaap:CostOfRevenue"]

    def test_expenses_taken_from_gross_profit_are_operating_expenses(self) -> None:
        words = {
            1: Mapping("us-gaap:GrossProfit", 0.99),
            2: Mapping("us-gaap:CostsAndExpenses", 0.6),
            3: Mapping("us-gaap:OperatingIncomeLoss", 0.99),
        }
        assert refined(words, [(3, ((1, 1), (2, -1)))])[2].concept == "us-gaap:OperatingExpenses"

    def test_beside_debt_of_its_own_row_long_term_liabilities_are_the_others(self) -> None:
        words = {
            1: Mapping("us-gaap:LiabilitiesCurrent", 0.99),
            2: Mapping("us-gaap:LongTermDebtNoncurrent", 0.9),
            3: Mapping("us-gaap:LiabilitiesNoncurrent", 0.9),
            4: Mapping("us-gaap:Liabilities", 0.99),
        }
        found = refined(words, [(4, ((1, 1), (2, 1), (3, 1)))])
        assert found[3].concept == "us-gaap:OtherLiabilitiesNoncurrent"

"""One statement from grid to periods and labels: scale, units, merged rows as the sums want them, and what is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from inspect import cleandoc

import pytest

from tests.unit.tables import facts_in, page, statement_in, values
from ticktie.extract.periods import Calendar
from ticktie.extract.regions import regions
from ticktie.model.facts import Fact, Period
from ticktie.restore.statement import statement

HEADER = " | Year Ended December 31, | \n | 2031 | 2030\n"


def income(rows: str, scale: str = "(in thousands)") -> dict[str | None, list[Fact]]:
    """The facts of an income statement with these rows, by label."""
    found: dict[str | None, list[Fact]] = {}
    for fact in facts_in(f"STATEMENTS OF OPERATIONS {scale}\n\n{HEADER}{cleandoc(rows)}").facts:
        found.setdefault(fact.label, []).append(fact)
    return found


def amounts(facts: list[Fact]) -> list[Decimal | None]:
    return [fact.value for fact in facts]


class TestValues:
    def test_money_counts_in_the_scale_of_its_statement(self) -> None:
        found = income("Sales | 4,100 | 3,900\nWages | 1,100 | 1,200\nNet income | 3,000 | 2,700")
        assert amounts(found["Sales"]) == [4_100_000, 3_900_000]
        assert {fact.decimals for fact in found["Sales"]} == {-3}
        assert {fact.unit for fact in found["Sales"]} == {"iso4217:USD"}

    def test_decimals_are_the_printed_ones_less_the_scale(self) -> None:
        found = income("Sales | 4,100.5 | 3,900.0\nWages | 1,100.5 | 1,200.0\nNet | 3,000.0 | 2,700.0", "(in millions)")
        assert amounts(found["Sales"]) == [Decimal("4100500000"), Decimal("3900000000")]
        assert {fact.decimals for fact in found["Sales"]} == {-5}

    def test_money_without_a_stated_scale_is_in_whole_units(self) -> None:
        assert amounts(income("Sales | 4,100 | 3,900\nNet income | 4,100 | 3,900", "")["Sales"]) == [4100, 3900]

    def test_a_nil_mark_is_zero_at_the_decimals_of_its_row(self) -> None:
        found = income("Sales | 4,100 | 3,900\nGifts | - | 100\nTotal revenues | 4,100 | 4,000")
        assert [(fact.value, fact.decimals) for fact in found["Gifts"]] == [(0, -3), (100_000, -3)]

    def test_per_share_figures_are_in_units_of_money_for_each_share(self) -> None:
        found = income("Sales | 4,100 | 3,900\nNet loss | (410) | (390)\nNet loss per share | (0.12) | (0.14)")
        assert amounts(found["Net loss per share"]) == [Decimal("-0.12"), Decimal("-0.14")]
        assert {fact.unit for fact in found["Net loss per share"]} == {"iso4217:USD/xbrli:shares"}

    def test_a_percentage_is_a_fraction_without_a_unit(self) -> None:
        found = income(
            "Sales | 4,100 | 3,900\nCosts | 1,100 | 1,200\nNet | 3,000 | 2,700\nGross margin | 73.2% | 69.2%"
        )
        assert [(fact.value, fact.decimals, fact.unit) for fact in found["Gross margin"]] == [
            (Decimal("0.732"), 3, None),
            (Decimal("0.692"), 3, None),
        ]


class TestShareCounts:
    ROWS = """
        Sales | 4,100 | 3,900
        Wages | 1,100 | 1,200
        Net income | 3,000 | 2,700
        Net income per share | {0} | {1}
        Average shares outstanding | {2} | {3}
        """

    def test_shares_have_the_scale_that_makes_per_share_times_shares_the_result(self) -> None:
        """The product proves it, whatever the caption says."""
        scaled = income(self.ROWS.format("0.15", "0.14", "20,150", "19,870"))
        assert amounts(scaled["Average shares outstanding"]) == [20_150_000, 19_870_000]
        whole = income(self.ROWS.format("0.15", "0.14", "20,150,000", "19,870,000"))
        assert amounts(whole["Average shares outstanding"]) == [20_150_000, 19_870_000]

    def test_without_a_product_the_caption_says_whether_shares_are_scaled(self) -> None:
        rows = "Sales | 4,100 | 3,900\nNet income | 3,000 | 2,700\nAverage shares outstanding | 20,150 | 19,870"
        scaled = income(rows, "(in thousands, except per share amounts)")
        assert amounts(scaled["Average shares outstanding"]) == [20_150_000, 19_870_000]
        whole = income(rows, "(in thousands, except shares)")
        assert amounts(whole["Average shares outstanding"]) == [20_150, 19_870]


class TestMergedRows:
    def test_the_sums_say_that_groups_of_three_digits_are_the_figures_of_two_rows(self) -> None:
        """``7 382`` is 7 and 382 where only these add up."""
        found = statement_in(
            f"STATEMENTS OF OPERATIONS\n\n{HEADER}"
            "Slate sales Stone sales | 7 382 | 6 951\nOther sales | 100 | 100\nTotal revenues | 489 | 1,057"
        )
        assert [values(line) for line in found.lines] == [[7, 6], [382, 951], [100, 100], [489, 1057]]

    def test_the_sums_say_that_they_are_one_figure_with_a_lost_comma(self) -> None:
        found = statement_in(
            f"STATEMENTS OF OPERATIONS\n\n{HEADER}"
            "Slate sales | 7 382 | 6 951\nOther sales | 100 | 100\nTotal revenues | 7,482 | 7,051"
        )
        assert values(found.lines[0]) == [7382, 6951]


class TestWhatIsNoStatement:
    @pytest.mark.parametrize(
        "text",
        [
            "Exhibit | 99.1\nPage | 3",
            "STATEMENTS OF OPERATIONS\n\nSales | 12 | 14",
            "STATEMENTS OF OPERATIONS\n\nSales | none | \nWages | none | ",
        ],
    )
    def test_tables_of_no_kind_or_of_one_row_give_no_statement(self, text: str) -> None:
        (region,) = regions(page(text))
        assert statement(region, "t1", Calendar(), ()) is None

    def test_a_document_without_statements_has_no_table_facts(self) -> None:
        assert facts_in("Exhibit | 99.1\nPage | 3").facts == ()


def test_each_fact_points_at_its_print_and_names_its_statement() -> None:
    text = f"STATEMENTS OF OPERATIONS\n\n{HEADER}Sales | $ | 4,100 | $ | 3,900\nNet income | | 3,000 | | 2,700"
    doc, facts = page(text), facts_in(text).facts
    assert len(facts) == 4
    for fact in facts:
        assert fact.location is not None and fact.location.offset is not None
        assert doc.text[slice(*fact.location.offset)] == fact.printed
        assert (fact.statement, fact.kind, fact.origin) == ("income-statement", "table", "read")
        assert fact.period in (Period(date(year, 12, 31), date(year, 1, 1)) for year in (2031, 2030))


def test_rows_of_one_name_in_two_sections_report_two_concepts() -> None:
    found = income("""
        Domestic: | |
        Haulage | 4,100 | 3,900
        Foreign: | |
        Haulage | 88 | 77
        Total revenues | 4,188 | 3,977
        """)
    assert len({fact.concept for fact in found["Haulage"]}) == 2


class TestKnownGaps:
    def test_rows_of_one_name_without_sections_are_not_duplicates_of_each_other(self) -> None:
        """They foot, so both are true: as facts of one concept they would be reported as a contradiction."""
        found = income("Haulage | 4,100 | 3,900\nRent | 12 | 13\nHaulage | 88 | 77\nTotal revenues | 4,200 | 3,990")
        assert len({fact.concept for fact in found["Haulage"]}) == 2

    def test_a_caption_may_except_shares_and_per_share_amounts_in_one_breath(self) -> None:
        rows = "Sales | 4,100 | 3,900\nNet income | 3,000 | 2,700\nAverage shares outstanding | 20,150 | 19,870"
        found = income(rows, "(in thousands, except share and per share amounts)")
        assert amounts(found["Average shares outstanding"]) == [20_150, 19_870]

    def test_a_per_share_figure_may_have_three_decimals(self) -> None:
        found = income("Sales | 4,100 | 3,900\nNet income | 3,000 | 2,700\nDividends per share | 1.125 | 1.050")
        assert amounts(found["Dividends per share"]) == [Decimal("1.125"), Decimal("1.050")]

    def test_a_table_all_of_whose_figures_have_three_decimals_is_printed_in_them(self) -> None:
        """One lost comma is damage; a table without a single comma that needs one is a manner of printing."""
        rows = "Sales | 20.150 | 19.870\nFees | 1.250 | 2.500\nRent | 0.100 | 0.200\nTotal revenues | 21.500 | 22.570"
        assert amounts(income(rows, "(in millions)")["Sales"]) == [20_150_000, 19_870_000]

    def test_a_row_that_states_a_scale_of_its_own_does_not_change_the_others(self) -> None:
        rows = (
            "Sales | 4,100 | 3,900\nNet income | 3,000 | 2,700\nAverage shares outstanding (in millions) | 20.2 | 19.9"
        )
        found = income(rows)
        assert amounts(found["Sales"]) == [4_100_000, 3_900_000]
        assert amounts(found["Average shares outstanding (in millions)"]) == [20_200_000, 19_900_000]

    def test_a_change_in_percent_beside_money_leaves_the_money_alone(self) -> None:
        rows = "Sales | 4,100 | 3,900 | 5.1%\nWages | 1,100 | 1,200 | (8.3)%\nNet income | 3,000 | 2,700 | 11.1%"
        facts = facts_in(f"STATEMENTS OF OPERATIONS (in thousands)\n\n | 2031 | 2030 | Change\n{rows}").facts
        assert [fact.value for fact in facts if fact.unit == "iso4217:USD"] == [
            4_100_000, 3_900_000, 1_100_000, 1_200_000, 3_000_000, 2_700_000,
        ]  # fmt: skip

    def test_cash_at_the_beginning_and_end_of_a_period_is_of_an_instant(self) -> None:
        text = """
            STATEMENTS OF CASH FLOWS (in thousands)

             | Year Ended December 31, |
             | 2031 | 2030
            Net increase in cash | 1,100 | 1,200
            Cash at beginning of year | 4,100 | 2,900
            Cash at end of year | 5,200 | 4,100
            """
        ends = [fact.period for fact in facts_in(text).facts if fact.label == "Cash at end of year"]
        assert ends == [Period(date(2031, 12, 31)), Period(date(2030, 12, 31))]

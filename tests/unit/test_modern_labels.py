"""Labels of filings since the standards of 2018, guesses, and signs by the place in the sums."""

from __future__ import annotations

from typing import ClassVar

import pytest

from ticktie.map.guess import LEAST, alike
from ticktie.map.labels import LANDMARKS, Mapping, map_label
from ticktie.map.structure import refined_typed
from ticktie.map.successors import current_name
from ticktie.map.weights import effects, sign_by_effect


def us(name: str) -> Mapping:
    return Mapping(f"us-gaap:{name}", 0.9)


class TestSuccessors:
    def test_a_concept_has_its_successor_from_the_year_of_the_standard_on(self) -> None:
        assert current_name("DeferredRevenueCurrent", "deferred revenue", 2017) == "DeferredRevenueCurrent"
        assert (
            current_name("DeferredRevenueCurrent", "deferred revenue", 2018) == "ContractWithCustomerLiabilityCurrent"
        )
        assert current_name("DeferredRevenueCurrent", "deferred revenue", None) == "DeferredRevenueCurrent"

    def test_total_revenues_stay_the_total_of_all_kinds(self) -> None:
        assert current_name("Revenues", "total revenue", 2023) == "Revenues"
        assert current_name("Revenues", "net sale", 2023) == "RevenueFromContractWithCustomerExcludingAssessedTax"


class TestGuesses:
    def test_a_label_takes_the_concept_of_one_that_shares_its_telling_words(self) -> None:
        label = "Acquisition of Zyzzyva, net of cash acquired"
        sure = map_label(label, statement="cash-flow", unit="monetary", section="Investing activities", guess=True)
        assert sure.concept == "us-gaap:PaymentsToAcquireBusinessesNetOfCashAcquired"
        assert sure.confidence < 0.7
        assert map_label(label, statement="cash-flow", unit="monetary").concept.startswith("ext:")

    def test_a_guess_never_names_a_line_that_the_rules_stand_on(self) -> None:
        for label in ("Income of the lunar branch before taxes", "Total assets of the lunar branch"):
            found = map_label(label, statement=None, unit="monetary", guess=True)
            assert found.concept.partition(":")[2] not in LANDMARKS

    def test_likeness_is_of_rare_words(self) -> None:
        assert all(score >= LEAST for _, score in alike("Proceeds from the sale of equipment", "cash-flow"))
        assert alike("Zyzzyva quux", "cash-flow") == []


class TestStructure:
    def test_equity_that_holds_the_interests_of_others_is_that_of_all(self) -> None:
        rows = {1: us("StockholdersEquity"), 2: us("MinorityInterest"), 3: us("StockholdersEquity")}
        found = refined_typed(rows, [(3, [(1, 1), (2, 1)])])
        assert found[3].concept.endswith("IncludingPortionAttributableToNoncontrollingInterest")
        assert found[1].concept == "us-gaap:StockholdersEquity"

    def test_a_row_of_the_current_block_is_current_and_one_beside_it_is_not(self) -> None:
        rows = {
            1: us("OperatingLeaseLiability"),
            2: us("LiabilitiesCurrent"),
            3: us("LongTermDebt"),
            4: us("Liabilities"),
        }
        found = refined_typed(rows, [(2, [(1, 1)]), (4, [(2, 1), (3, 1)])])
        assert found[1].concept == "us-gaap:OperatingLeaseLiabilityCurrent"
        assert found[3].concept == "us-gaap:LongTermDebtNoncurrent"

    def test_stock_between_liabilities_and_equity_is_temporary_equity(self) -> None:
        rows = {1: us("Liabilities"), 2: Mapping("ext:ConvertiblePreferredStock", 0.5), 3: us("StockholdersEquity")}
        rows[4] = us("LiabilitiesAndStockholdersEquity")
        found = refined_typed(rows, [(4, [(1, 1), (2, 1), (3, 1)])])
        assert found[2].concept == "us-gaap:TemporaryEquityCarryingAmountAttributableToParent"

    def test_a_heading_says_what_is_done_with_the_items_below_it(self) -> None:
        for heading, concept in (
            ("Purchases of investments", "PaymentsToAcquireEquitySecuritiesFvNi"),
            ("Proceeds from sales of investments", "ProceedsFromSaleOfEquitySecuritiesFvNi"),
        ):
            found = map_label("Equity securities", section=heading, statement="cash-flow", guess=True, year=2023)
            assert found.concept == f"us-gaap:{concept}"


PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"


class TestSignsBySums:
    ROWS: ClassVar = {
        1: us("OperatingIncomeLoss"),
        2: us("InterestExpense"),
        3: us("InvestmentIncomeInterest"),
        4: us(PRETAX),
    }

    @pytest.mark.parametrize(("weights", "signs"), [((-1, 1), (1, 1)), ((1, 1), (-1, 1)), ((-1, -1), (1, -1))])
    def test_a_cost_counts_as_it_is_taken_off_and_income_as_it_adds(
        self, weights: tuple[int, int], signs: tuple[int, int]
    ) -> None:
        told = effects(self.ROWS, [(4, [(1, 1), (2, weights[0]), (3, weights[1])])])
        assert tuple(sign_by_effect(self.ROWS[row].concept, told[row]) for row in (2, 3)) == signs

    def test_an_effect_goes_down_through_the_totals_between(self) -> None:
        rows = self.ROWS | {5: us("OtherNonoperatingIncomeExpense")}
        told = effects(rows, [(5, [(2, 1), (3, -1)]), (4, [(1, 1), (5, -1)])])
        assert told == {2: -1, 3: 1, 5: -1}

    def test_a_concept_of_our_own_has_no_sign_by_sums(self) -> None:
        assert sign_by_effect("ext:Something", -1) is None

"""Labels to concepts: what decides between near names, what stays our own, signs, likeness, readability, phrases."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.shared import json_lines, shared_folder
from ticktie.map.labels import Mapping, extension_name, is_readable, label_similarity, map_label
from ticktie.map.phrases import concept_for_phrase, terms
from ticktie.map.sections import contradicts, part_of
from ticktie.map.signs import concept_sign
from ticktie.map.taxonomy import concepts
from ticktie.map.words import normalise

PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
DEPRECIATION = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
NONCONTROLLING = "NetIncomeLossAttributableToNoncontrollingInterest"
RESTRICTED = "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
INCOME: dict[str, Any] = {"statement": "income-statement", "unit": "monetary", "period_type": "duration"}
BALANCE: dict[str, Any] = {"statement": "balance-sheet", "unit": "monetary", "period_type": "instant"}
CASH: dict[str, Any] = {"statement": "cash-flow", "unit": "monetary", "period_type": "duration"}
CLASSIFIED = ("Total current assets", "Total assets", "Total current liabilities")


def concept(label: str, **place: Any) -> str:
    return map_label(label, **place).concept.removeprefix("us-gaap:")


@pytest.mark.parametrize(
    "label, normal",
    [
        ("Total shareholders’ equity", "total stockholder equity"),
        ("TOTAL STOCKHOLDERS' EQUITY ........", "total stockholder equity"),
        ("Net cash provided by (used in) operating activities", "net cash provided by operating activity"),
        ("(Benefit)/provision for income taxes", "provision for income tax"),
        ("Accounts receivable, less allowances of $47 and $49, respectively", "account receivable net"),
        ("Acquisition related and other (2)", "acquisition related other"),
        ("Cash & cash equivalents at end of year", "cash cash equivalent at end of period"),
        ("Cash and cash equivalents at December 31, 2009", "cash cash equivalent"),
        ("Net (loss) income attributable to Nordwind Corp.", "net income attributable to parent"),
        ("Net income attributable to non-controlling interests", "net income attributable to noncontrolling interest"),
        ("Research and deve1opment", "research development"),
        ("Income tax (benefit)", "income tax"),
        ("(Loss)", "loss"),
        ("", ""),
    ],
)
def test_many_spellings_have_one_normal_form(label: str, normal: str) -> None:
    assert normalise(label) == normal


@pytest.mark.parametrize(
    "label, place, expected",
    [
        ("Total assets", BALANCE, "Assets"),
        ("TOTAL LIABILITIES AND SHAREHOLDERS’ EQUITY", BALANCE, "LiabilitiesAndStockholdersEquity"),
        ("Shareholders' equity", BALANCE, "StockholdersEquity"),
        ("Current liabilities", BALANCE, "LiabilitiesCurrent"),
        ("Inventory", BALANCE, "InventoryNet"),
        ("Accounts receivable, less allowances of $47 and $49, respectively", BALANCE, "AccountsReceivableNetCurrent"),
        ("Common stock, authorized 100,000,000 shares of $.01 par value; issued 50", BALANCE, "CommonStockValue"),
        ("Total revenues", INCOME, "Revenues"),
        ("SALES, Net of returns and allowances", INCOME, "Revenues"),
        ("Gross margin", INCOME, "GrossProfit"),
        ("Loss from operations", INCOME, "OperatingIncomeLoss"),
        ("Loss before taxes", INCOME, PRETAX),
        ("(Benefit)/provision for income taxes", INCOME, "IncomeTaxExpenseBenefit"),
        ("Other income (expense), net", INCOME, "OtherNonoperatingIncomeExpense"),
        ("Net loss", INCOME, "NetIncomeLoss"),
        ("Total operating expenses", INCOME, "OperatingExpenses"),
        ("Net cash used for investing activities", CASH, "NetCashProvidedByUsedInInvestingActivities"),
        ("Accounts receivable", CASH, "IncreaseDecreaseInAccountsReceivable"),
        ("Total Nordwind Inc. stockholders' equity", BALANCE, "StockholdersEquity"),
        ("Total liabilities, preferred stock and stockholders' deficit", BALANCE, "LiabilitiesAndStockholdersEquity"),
        ("Additions to property and equipment", CASH, "PaymentsToAcquirePropertyPlantAndEquipment"),
        ("Net loss", CASH, "NetIncomeLoss"),
    ],
)
def test_a_label_that_filers_print_has_their_concept(label: str, place: dict[str, Any], expected: str) -> None:
    assert concept(label, **place) == expected


@pytest.mark.parametrize(
    "label, section, own",
    [
        ("Research and development support", "Revenues:", "ResearchAndDevelopmentSupport"),
        ("Research and development", "Revenues", "ResearchAndDevelopment"),
        ("Clinical materials reimbursement", "Revenues", "ClinicalMaterialsReimbursement"),
        ("License and milestone fees", "Revenues", "LicenseAndMilestoneFees"),
        ("Cost of clinical materials reimbursed", "Expenses", "CostOfClinicalMaterialsReimbursed"),
        ("Total assessing assesses", "", "TotalAssessingAssesses"),
        ("Licensing of nets", "", "LicensingOfNets"),
    ],
)
def test_a_line_item_without_a_standard_concept_stays_our_own(label: str, section: str, own: str) -> None:
    assert map_label(label, section=section, **INCOME).concept == f"ext:{own}"


def test_the_heading_decides_between_revenue_and_cost() -> None:
    assert (
        concept("Research and development", section="Operating expenses", **INCOME) == "ResearchAndDevelopmentExpense"
    )
    assert concept("Research and development", section="Revenues", **INCOME) == "ext:ResearchAndDevelopment"


def test_a_heading_printed_in_the_label_counts_as_heading() -> None:
    assert concept("Expenses: Research and development", **INCOME) == "ResearchAndDevelopmentExpense"
    assert concept("Revenues: Research and development support", **INCOME) == "ext:ResearchAndDevelopmentSupport"


def test_cash_and_marketable_securities_is_no_us_gaap_concept() -> None:
    assert concept("Cash, cash equivalents and marketable securities", **BALANCE) == (
        "ext:CashCashEquivalentsAndMarketableSecurities"
    )


@pytest.mark.parametrize(
    "label, section, expected",
    [
        ("Basic", "", "EarningsPerShareBasic"),
        ("Diluted", "Earnings per common share", "EarningsPerShareDiluted"),
        ("Basic and diluted net loss per common share", "", "EarningsPerShareBasicAndDiluted"),
        ("Net loss per common share, basic and diluted", "", "EarningsPerShareBasicAndDiluted"),
        ("Basic", "Income from continuing operations", "IncomeLossFromContinuingOperationsPerBasicShare"),
        ("Diluted", "Discontinued operations", "IncomeLossFromDiscontinuedOperationsNetOfTaxPerDilutedShare"),
        ("Cash dividends declared per share", "", "CommonStockDividendsPerShareDeclared"),
        ("Basic", "Earnings per common share before accounting change", "ext:Basic"),
        ("Pro forma diluted", "", "ext:ProFormaDiluted"),
    ],
)
def test_a_per_share_unit_makes_a_bare_label_earnings_per_share(label: str, section: str, expected: str) -> None:
    assert concept(label, section=section, statement="income-statement", unit="per-share") == expected


@pytest.mark.parametrize(
    "label, siblings, expected",
    [
        ("Basic", (), "WeightedAverageNumberOfSharesOutstandingBasic"),
        ("Diluted", (), "WeightedAverageNumberOfDilutedSharesOutstanding"),
        (
            "Average common shares outstanding, basic and diluted",
            (),
            "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
        ),
        ("Weighted average shares", ("Diluted",), "WeightedAverageNumberOfSharesOutstandingBasic"),
        ("Weighted average shares", ("Net loss",), "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"),
        ("Effect of dilutive securities", (), "WeightedAverageNumberDilutedSharesOutstandingAdjustment"),
    ],
)
def test_a_share_unit_makes_it_a_share_count(label: str, siblings: tuple[str, ...], expected: str) -> None:
    assert concept(label, statement="income-statement", unit="shares", siblings=siblings) == expected


def test_without_a_unit_the_heading_tells_earnings_from_shares() -> None:
    assert concept("Basic", section="Earnings per share:") == "EarningsPerShareBasic"
    assert concept("Basic", section="Weighted average shares:") == "WeightedAverageNumberOfSharesOutstandingBasic"


def test_a_monetary_figure_is_never_a_per_share_concept() -> None:
    assert concept("Basic", **INCOME) == "ext:Basic"


@pytest.mark.parametrize(
    "section, siblings, expected",
    [
        ("Assets", CLASSIFIED, "OtherAssetsNoncurrent"),
        ("", ("Current liabilities", "Total assets"), "OtherAssets"),
        ("Assets | Current assets", CLASSIFIED, "OtherAssetsCurrent"),
    ],
)
def test_the_other_rows_decide_between_current_noncurrent_and_unclassified(
    section: str, siblings: tuple[str, ...], expected: str
) -> None:
    label = "Other assets" if expected != "OtherAssetsCurrent" else "Other"
    assert concept(label, section=section, siblings=siblings, **BALANCE) == expected


@pytest.mark.parametrize(
    "section, expected",
    [
        ("Cash flows from investing activities", "PaymentsForProceedsFromOtherInvestingActivities"),
        ("Cash flows from financing activities", "ProceedsFromPaymentsForOtherFinancingActivities"),
    ],
)
def test_the_block_of_the_cash_flow_statement_names_its_other_row(section: str, expected: str) -> None:
    assert concept("Other, net", section=section, **CASH) == expected


def test_interests_of_others_decide_between_net_income_and_profit() -> None:
    assert concept("Net income", siblings=("Total revenues", "Net income"), **INCOME) == "NetIncomeLoss"
    others = ("Net income", "Less: net income attributable to noncontrolling interests")
    assert concept("Net income", siblings=others, **INCOME) == "ProfitLoss"


def test_a_cash_flow_statement_with_restricted_cash_counts_it_at_both_ends() -> None:
    rows = ("Cash, cash equivalents and restricted cash, beginning of period",)
    assert concept("Cash, cash equivalents and restricted cash at end of year", **CASH) == RESTRICTED
    assert concept("Net increase in cash", siblings=rows, **CASH).startswith(f"{RESTRICTED}PeriodIncreaseDecrease")


def test_a_bare_total_is_the_total_of_its_heading() -> None:
    assert concept("Total", section="Operating expenses:", **INCOME) == "OperatingExpenses"
    assert concept("", section="OPERATING EXPENSES:", **INCOME) == "OperatingExpenses"


def test_a_row_without_a_label_is_no_total_of_a_whole_side() -> None:
    assert concept("", section="ASSETS", **BALANCE).startswith("ext:LineItem")


@pytest.mark.parametrize("label", ["Tatal assets", "Totalassets", "Tota1 assets", "Total assels", "Total  a ssets"])
def test_light_damage_costs_confidence_but_not_the_concept(label: str) -> None:
    found, clean = map_label(label, **BALANCE), map_label("Total assets", **BALANCE)
    assert found.concept == "us-gaap:Assets" and found.confidence <= clean.confidence


@pytest.mark.parametrize("a, b", [("Noncurrent assets", "AssetsCurrent"), ("Total expenses", "Revenues")])
def test_a_different_word_is_not_taken_for_damage(a: str, b: str) -> None:
    assert concept(a) != b


def test_words_of_loss_are_marked_as_negated() -> None:
    found = map_label("Net loss", siblings=("Total revenues", "Net loss"), **INCOME)
    assert found == Mapping("us-gaap:NetIncomeLoss", found.confidence, True) and found.confidence > 0.9
    assert not map_label("Net income (loss)", **INCOME).negated
    assert not map_label("Total assets", **BALANCE).negated


@pytest.mark.parametrize(
    "label, name",
    [
        ("Product sales (a)", "ProductSales"),
        ("R&D and other", "RAndDAndOther"),
        ("401(k) plan", "LineItem401KPlan"),
        ("Shareholders’ loans", "ShareholdersLoans"),
        ("été", "Ete"),
    ],
)
def test_an_own_concept_is_named_after_its_label(label: str, name: str) -> None:
    assert extension_name(label) == name


@given(st.text(max_size=60))
def test_an_own_name_is_a_stable_ncname_for_any_text(label: str) -> None:
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", extension_name(label))
    assert extension_name(label) == extension_name(label)


@given(st.text(max_size=60), st.sampled_from(["", "Revenues", "Assets | Current assets"]))
def test_any_text_has_a_concept_and_a_confidence_between_0_and_1(label: str, section: str) -> None:
    found = map_label(label, section=section)
    assert found.concept.startswith(("us-gaap:", "ext:")) and 0 <= found.confidence <= 1


@pytest.mark.parametrize(
    "label, name, brackets, sign",
    [
        ("Net loss", "NetIncomeLoss", False, -1),
        ("Net loss", "NetIncomeLoss", True, -1),
        ("Net income (loss)", "NetIncomeLoss", True, -1),
        ("Net (loss) income", "NetIncomeLoss", False, 1),
        ("Net income", "NetIncomeLoss", True, -1),
        ("Loss before income taxes", PRETAX, False, -1),
        ("Income before income taxes", PRETAX, True, -1),
        ("Income tax benefit", "IncomeTaxExpenseBenefit", False, -1),
        ("(Benefit)/provision for income taxes", "IncomeTaxExpenseBenefit", True, -1),
        ("Benefit from (provision for) income taxes", "IncomeTaxExpenseBenefit", True, 1),
        ("Income tax (expense) benefit", "IncomeTaxExpenseBenefit", True, 1),
        ("Provision for income taxes", "IncomeTaxExpenseBenefit", False, 1),
        ("Less: accumulated depreciation", DEPRECIATION, True, 1),
        ("Treasury stock, at cost", "TreasuryStockValue", True, 1),
        ("Accumulated deficit", "RetainedEarningsAccumulatedDeficit", False, -1),
        ("Accumulated deficit", "RetainedEarningsAccumulatedDeficit", True, -1),
        ("Retained earnings (accumulated deficit)", "RetainedEarningsAccumulatedDeficit", True, -1),
        ("Accumulated other comprehensive loss", "AccumulatedOtherComprehensiveIncomeLossNetOfTax", True, -1),
        ("Accumulated other comprehensive income (loss)", "AccumulatedOtherComprehensiveIncomeLossNetOfTax", False, 1),
        ("Total stockholders' deficit", "StockholdersEquity", False, -1),
        ("Total liabilities and stockholders' deficit", "LiabilitiesAndStockholdersEquity", False, 1),
        ("Cash used in operating activities", "NetCashProvidedByUsedInOperatingActivities", False, -1),
        ("Net cash provided by (used in) operating activities", "NetCashProvidedByUsedInOperatingActivities", True, -1),
        ("Net cash (used in) provided by operating activities", "NetCashProvidedByUsedInOperatingActivities", False, 1),
        ("Net decrease in cash", "CashAndCashEquivalentsPeriodIncreaseDecrease", False, -1),
        ("Purchases of property and equipment", "PaymentsToAcquirePropertyPlantAndEquipment", True, 1),
        ("Purchases of property and equipment", "PaymentsToAcquirePropertyPlantAndEquipment", False, 1),
        ("Accounts receivable", "IncreaseDecreaseInAccountsReceivable", True, 1),
        ("(Increase) decrease in inventories", "IncreaseDecreaseInInventories", False, -1),
        ("Accounts payable", "IncreaseDecreaseInAccountsPayable", True, -1),
        ("Other, net", "PaymentsForProceedsFromOtherInvestingActivities", True, 1),
        ("Other, net", "ProceedsFromPaymentsForOtherFinancingActivities", True, -1),
        ("Cash paid for income taxes", "IncomeTaxesPaidNet", False, 1),
        ("Interest expense", "InterestExpense", True, 1),
        ("Other expense, net", "OtherNonoperatingIncomeExpense", False, -1),
        ("Other (expense) income, net", "OtherNonoperatingIncomeExpense", True, -1),
        ("Other income (expense), net", "OtherNonoperatingIncomeExpense", False, 1),
        ("Basic and diluted net loss per common share", "EarningsPerShareBasicAndDiluted", False, -1),
        ("Basic", "EarningsPerShareBasic", True, -1),
        ("Less: net income attributable to noncontrolling interests", NONCONTROLLING, True, 1),
        ("Weighted average shares", "WeightedAverageNumberOfSharesOutstandingBasic", True, 1),
    ],
)  # fmt: skip
def test_the_fact_has_the_sign_that_the_concept_wants(label: str, name: str, brackets: bool, sign: int) -> None:
    assert concept_sign(label, f"us-gaap:{name}", brackets) == sign


def test_a_row_that_prints_both_signs_of_a_loss_means_a_profit_without_brackets() -> None:
    assert concept_sign("Net loss", "us-gaap:NetIncomeLoss", False, mixed=True) == 1
    assert concept_sign("Net loss", "us-gaap:NetIncomeLoss", True, mixed=True) == -1


def test_costs_in_brackets_are_costs_where_the_table_prints_them_so() -> None:
    assert concept_sign("Cost of sales", "us-gaap:CostOfRevenue", True, costs_in_brackets=True) == 1
    assert concept_sign("Cost of sales", "us-gaap:CostOfRevenue", True) == -1


def test_a_gain_taken_out_of_operating_cash_flow_is_still_a_gain() -> None:
    name = "us-gaap:GainLossOnDispositionOfAssets1"
    assert concept_sign("Gain on sale of assets", name, True, statement="cash-flow") == 1
    assert concept_sign("Loss on sale of assets", name, False, statement="cash-flow") == -1


def test_an_own_concept_keeps_the_printed_sign() -> None:
    assert concept_sign("Milestone fees", "ext:MilestoneFees", True) == -1


@pytest.mark.parametrize(
    "a, b, low, high",
    [
        ("Total assets", "TOTAL ASSETS", 1.0, 1.0),
        ("Total assets", "Tatal assats", 0.75, 0.95),
        ("Research and development", "Research arid deve1opment", 0.8, 1.0),
        ("Total revenues", "Net loss per share", 0.0, 0.4),
        ("Total assets", "Total liabilities", 0.0, 0.7),
        ("", "Total assets", 0.0, 0.0),
    ],
)
def test_likeness_forgives_damage_and_tells_labels_apart(a: str, b: str, low: float, high: float) -> None:
    assert low <= label_similarity(a, b) <= high
    assert label_similarity(a, b) == label_similarity(b, a)


@pytest.mark.parametrize(
    "label", ["Total revenues", "Net loss", "Basic", "Other", "License fees and milestone payments"]
)
def test_words_of_statements_are_readable(label: str) -> None:
    assert is_readable(label) >= 0.85


@pytest.mark.parametrize("label", ["Tatal", "N 1 1 1 1 1", "Evnonces", "I f", "27. 1", "", "Rxqnzz wvk"])
def test_garble_is_not_readable(label: str) -> None:
    assert is_readable(label) < 0.5


@pytest.mark.parametrize(
    "phrase, expected",
    [
        ("cash used in operations", "NetCashProvidedByUsedInOperatingActivities"),
        ("capital expenditures", "PaymentsToAcquirePropertyPlantAndEquipment"),
        ("net loss", "NetIncomeLoss"),
        ("the Company's total revenues", "Revenues"),
        ("total liabilities", "Liabilities"),
        ("general and administrative expenses", "GeneralAndAdministrativeExpense"),
        ("operating expenses for the quarter", "OperatingExpenses"),
        ("earnings per diluted share", "EarningsPerShareDiluted"),
        ("amortization of intangible assets", "AmortizationOfIntangibleAssets"),
        ("research and development support", None),
        ("cash and marketable securities", None),
        ("non-GAAP diluted EPS", None),
        ("pro forma net income", None),
        ("restructuring charges per diluted share", None),
        ("workforce reduction", None),
        ("", None),
    ],
)
def test_a_metric_phrase_names_a_concept_or_nothing(phrase: str, expected: str | None) -> None:
    found = concept_for_phrase(phrase)
    assert (found and found.concept) == (expected and f"us-gaap:{expected}")


def test_a_phrase_of_another_statement_is_not_taken() -> None:
    assert concept_for_phrase("net loss", "balance-sheet") is None


def test_every_term_names_a_concept_of_its_statement() -> None:
    assert not [name for name, statement in terms().values() if statement not in concepts()[name].statements]


@pytest.mark.parametrize(
    "section, statement, part",
    [
        ("ASSETS: | Current assets:", "balance-sheet", "current-assets"),
        ("Liabilities and stockholders' equity", "balance-sheet", ""),
        ("LIABILITIES | Non-current liabilities", "balance-sheet", "noncurrent-liabilities"),
        ("Costs and expenses", "income-statement", "costs"),
        ("Other income (expense)", "income-statement", ""),
        ("Changes in operating assets and liabilities", "cash-flow", "operating"),
        ("Property", "income-statement", None),
    ],
)
def test_the_deepest_telling_heading_names_the_part(section: str, statement: Any, part: str | None) -> None:
    assert part_of(section, statement) == part


def test_parts_of_one_family_exclude_each_other() -> None:
    assert contradicts("current-assets", "noncurrent-assets") and contradicts("revenues", "costs")
    assert not contradicts("current-assets", "assets") and not contradicts("operating", "costs")


def test_a_known_row_is_mapped_within_milliseconds() -> None:
    map_label("Total assets", **BALANCE)
    start = time.perf_counter()
    for number in range(50):
        map_label("Net loss", section=str(number), **INCOME)
    assert (time.perf_counter() - start) / 50 < 0.003


@pytest.mark.parametrize("seed", ["000", "002", "004"])
def test_every_row_of_the_seeds_has_its_concept_or_an_own_one(seed: str) -> None:
    rows = json_lines(shared_folder() / "truth/seeds/seed_truth_tables.jsonl")
    units = {"USD": "monetary", "USD/shares": "per-share", "shares": "shares"}
    wrong = []
    for row in (row for row in rows if row["seed"].startswith(seed)):
        hint, found = row["concept_hint"], _seed_mapping(row, units[row["unit"]])
        if not hint.endswith("*") and found != hint:
            wrong.append(json.dumps([row["row_label_restored"], hint, found]))
    assert not wrong


def _seed_mapping(row: dict[str, Any], unit: str) -> str:
    place: dict[str, Any] = {"unit": unit, "siblings": ("Current liabilities", "Total assets")}
    statement = "balance-sheet" if "Balance" in row["statement"] else "income-statement"
    return concept(row["row_label_restored"], statement=statement, **place)

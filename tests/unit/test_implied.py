"""Additive structure of supplied facts: what the order and the other columns prove, and what is coincidence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ticktie.check import engine, rule
from ticktie.check.implied import identities
from ticktie.check.index import build
from ticktie.check.rows import table_rows
from ticktie.check.structure import implied_sums
from ticktie.check.tree import is_aside, is_leaf, is_total, usual_sign
from ticktie.model.facts import FactSet
from ticktie.model.findings import Finding

from .cases import fact_set

BOOK = rule.load()
DAYS = ("2024-12-31", "2023-12-31")
#: A balance sheet of two columns, in thousands.
ROWS = {
    "CashAndCashEquivalentsAtCarryingValue": (44552, 47871),
    "AccountsReceivableNetCurrent": (13872, 15467),
    "AssetsCurrent": (58424, 63338),
    "Goodwill": (20117, 19903),
    "Assets": (78541, 83241),
    "LiabilitiesCurrent": (10153, 10386),
    "LiabilitiesNoncurrent": (20909, 17653),
    "Liabilities": (31062, 28039),
    "StockholdersEquity": (47479, 55202),
    "LiabilitiesAndStockholdersEquity": (78541, 83241),
}


def supplied(**changed: tuple[int, int]) -> FactSet:
    """The balance sheet as supplied facts, with other figures for some rows."""
    rows = {**ROWS, **changed}
    return fact_set(
        [f"{name}@{at} {name} {day} {rows[name][at]}000 -3 supplied" for name in rows for at, day in enumerate(DAYS)]
    )


def findings(**changed: tuple[int, int]) -> tuple[Finding, ...]:
    return engine.check(supplied(**changed), BOOK).findings


def test_sums_of_a_statement_are_found_innermost_first() -> None:
    """Each total takes the place of its items."""
    found = [(one.total.concept, len(one.items)) for one in identities(table_rows(supplied().facts)[0])]
    assert found == [
        ("AssetsCurrent", 2),
        ("Assets", 2),
        ("Liabilities", 2),
        ("LiabilitiesAndStockholdersEquity", 2),
    ]


def test_every_figure_of_a_whole_statement_is_ticked() -> None:
    """No finding, full coverage."""
    verdict = engine.check(supplied(), BOOK)
    assert verdict.findings == () and set(verdict.states.values()) == {"tied"}


@pytest.mark.parametrize(
    ("name", "wrong", "culprit"),
    [
        ("AssetsCurrent", (58924, 63338), "AssetsCurrent@0"),
        ("Goodwill", (20117, 19930), None),
        ("Liabilities", (31062, 82039), "Liabilities@1"),
    ],
)
def test_wrong_figure_of_one_column_is_found_by_the_other(
    name: str, wrong: tuple[int, int], culprit: str | None
) -> None:
    """The rule is an error; a figure in two sums is the culprit."""
    (found,) = findings(**{name: wrong})
    assert found.rule in ("FOOT003", "BAL002", "BAL003") and found.severity.name == "ERROR"
    if culprit:
        assert found.culprit == culprit
    at = 0 if wrong[0] != ROWS[name][0] else 1
    assert f"{name}@{at}" in (found.culprit, *found.candidates)


def test_figures_exchanged_between_columns_are_one_finding_with_both_edits() -> None:
    """No column adds up, the two together do."""
    (found,) = findings(Goodwill=(19903, 20117))
    assert {edit.fact for edit in found.repairs[0].edits} == {"Goodwill@0", "Goodwill@1"}
    assert [(edit.before, edit.after) for edit in found.repairs[0].edits] == [
        ("19,903", "20,117"),
        ("20,117", "19,903"),
    ]


def test_figure_whose_scale_slipped_is_the_culprit_though_its_decimals_slipped_too() -> None:
    """20,117,000 in thousands for 20,117."""
    facts = supplied()
    wrong = tuple(
        replace(one, value=one.value * 1000, decimals=-6) if one.id == "Goodwill@0" and one.value else one
        for one in facts.facts
    )
    (found,) = engine.check(FactSet(wrong), BOOK).findings
    assert found.culprit == "Goodwill@0" and found.repairs[0].cause == "the scale slipped by thousands"


def test_rows_that_add_up_in_no_column_are_no_sum() -> None:
    """Silence, not an error in every column."""
    assert findings(Goodwill=(11111, 22222), AccountsReceivableNetCurrent=(33333, 44444)) == ()


def test_item_that_one_column_lacks_makes_its_sum_incomplete_not_broken() -> None:
    """All of the items, or none."""
    facts = tuple(one for one in supplied().facts if one.id != "Goodwill@1")
    assert not [one for one in engine.check(FactSet(facts), BOOK).findings if one.severity.name == "ERROR"]


def test_net_income_opens_the_cash_flow_statement_though_it_was_supplied_with_another() -> None:
    """The most precise duplicate may stand in the income statement only."""
    years = ("2024-01-01/2024-12-31", "2023-01-01/2023-12-31")
    rows = {
        "NetIncomeLoss": (8468, 6177),
        "ShareBasedCompensation": (1178, 1067),
        "IncreaseDecreaseInInventories": (321, 119),
        "NetCashProvidedByUsedInOperatingActivities": (9325, 7125),
    }
    lines = [
        f"{name}@{at} {name} {year} {rows[name][at]}000000 -6 supplied"
        for name in rows
        for at, year in enumerate(years)
    ]
    facts = tuple(
        replace(one, statement="income-statement" if one.id.startswith("NetIncome") else "cash-flow")
        for one in fact_set(lines).facts
    )
    assert set(engine.check(FactSet(facts), BOOK).states.values()) == {"tied"}


def test_facts_that_were_read_from_a_document_have_their_printed_sums_and_no_implied_ones() -> None:
    """Only supplied facts are searched."""
    read = tuple(replace(one, origin="read") for one in supplied().facts)
    assert implied_sums(build(FactSet(read))) == []


def test_tree_of_sums_tells_totals_leaves_and_signs() -> None:
    """From the taxonomy's tree, else from the words of the name."""
    assert is_total("Assets") and is_total("NetCashProvidedByUsedInOperatingActivities") and not is_total("Goodwill")
    assert is_leaf("Goodwill") and not is_leaf("Assets") and not is_leaf("ext:Whatever")
    assert is_aside("AllowanceForDoubtfulAccountsReceivableCurrent")
    signs = {"IncreaseDecreaseInInventories": -1, "IncreaseDecreaseInAccountsPayable": 1, "PaymentsOfDividends": -1,
             "ProceedsFromIssuanceOfCommonStock": 1, "ext:PurchaseOfShips": -1}  # fmt: skip
    assert {name: usual_sign(name) for name in signs} == signs


def test_what_another_column_does_without_is_not_lacking() -> None:
    """Two columns state no tax and one of them foots without it: the other one must as well."""
    years = [f"{year}-01-01/{year}-12-31" for year in (2024, 2023, 2022, 2021)]
    pretax, tax = (15003, 9124, 42124, 7507), (None, 124, None, 507)
    lines = [f"p{at} ext:PretaxLoss {year} -{pretax[at]}000 -3 supplied" for at, year in enumerate(years)]
    lines += [f"x{at} ext:TaxBenefit {years[at]} {tax[at]}000 -3 supplied" for at in (1, 3)]
    net = [-15003, -9000, -42124, -7000]
    for wrong in (-15003, -15008):
        sent = [f"n{at} NetIncomeLoss {year} {value}000 -3 supplied"
                for at, (year, value) in enumerate(zip(years, [wrong, *net[1:]], strict=True))]  # fmt: skip
        found = engine.check(fact_set([*lines, *sent]), BOOK).findings
        assert [one.rule for one in found] == ([] if wrong == net[0] else ["FOOT003"])


def test_one_figure_twice_proves_no_sum() -> None:
    """Income and the same income taken off make nothing: shares issued between them and below them are no sum."""
    lines = [
        f"{name}{at} {concept} {year}-01-01/{year}-12-31 {values[at]}000 -3 supplied"
        for name, concept, values in (
            ("p", "ProfitLoss", (-26368, -229735)), ("q", "ext:StockIssued", (2, 1)),
            ("n", "ext:LossToDeficit", (26368, 229735)), ("s", "ext:StockIssuedAgain", (2, 1)),
        )
        for at, year in enumerate((2024, 2023))
    ]  # fmt: skip
    facts = fact_set(lines)
    assert not implied_sums(build(facts)) and not engine.check(facts, BOOK).findings


def test_sign_of_an_item_follows_the_tree_of_sums_through_its_totals() -> None:
    """An operating cost is taken off operating income, and added in the total of operating costs."""
    assert usual_sign("OtherCostAndExpenseOperating", "OperatingIncomeLoss") == -1
    assert usual_sign("OtherCostAndExpenseOperating", "OperatingExpenses") == 1
    assert usual_sign("IncomeLossFromEquityMethodInvestments", "NetCashProvidedByUsedInOperatingActivities") == -1


@pytest.mark.parametrize("side", [0, 1])
def test_sign_error_is_looked_for_in_the_column_whose_sign_is_unusual(side: int) -> None:
    """Treasury stock is taken off: the column that needs it added has the wrong sign, whichever comes first."""
    rows = {"CommonStockValue": (90, 88), "RetainedEarningsAccumulatedDeficit": (81213, 76896),
            "TreasuryStockValue": (62343, 57298), "StockholdersEquity": (18960, 19686)}  # fmt: skip
    wrong = f"TreasuryStockValue@{side}"
    facts = fact_set(
        [f"{name}@{at} {name} {day} {'-' if f'{name}@{at}' == wrong else ''}{rows[name][at]}000 -3 supplied"
         for name in rows for at, day in enumerate(DAYS)]
    )  # fmt: skip
    repaired = [edit.fact for one in engine.check(facts, BOOK).findings for fix in one.repairs for edit in fix.edits]
    assert set(repaired) == {wrong}


@pytest.mark.parametrize(("gain", "rules"), [(40969, []), (-40969, ["FOOT003"]), (40974, [])])
def test_telling_explanation_counts_although_items_are_lacking(gain: int, rules: list[str]) -> None:
    """The sign of 40,969, to five digits, is no item that the column lacks; 5 may be one."""
    columns = {"p": (-16038, 8213), "g": (gain, -18469), "d": (55008, 31517), "x": (None, 4312), "t": (79939, 25573)}
    lines = [
        f"{name}{at} {'NetCashProvidedByUsedInOperatingActivities' if name == 't' else f'ext:{name}Row'} "
        f"{2024 - at}-01-01/{2024 - at}-12-31 {value}000 -3 supplied"
        for name, column in columns.items()
        for at, value in enumerate(column)
        if value is not None
    ]
    assert [one.rule for one in engine.check(fact_set(lines), BOOK).findings] == rules

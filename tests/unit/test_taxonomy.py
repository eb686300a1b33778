"""The curated taxonomy: what it holds, that its tree of sums adds up by balance, and that it is made, not edited."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.shared import shared_folder
from ticktie.map.taxonomy import LabelIndex, concepts, label_index, load_taxonomy
from ticktie.map.words import normalise

TOOL = Path(__file__).parents[2] / "tests/tools/make_taxonomy.py"
NAMES = sorted(concepts())
WAYS = [(total, way) for total, ways in load_taxonomy().children.items() for way in ways]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_taxonomy", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_taxonomy"] = module
    spec.loader.exec_module(module)
    return module


def test_it_holds_a_few_hundred_concepts_of_the_primary_statements() -> None:
    assert 250 <= len(NAMES) <= 700


@pytest.mark.parametrize(
    "name, period, balance, unit, statement",
    [
        ("Assets", "instant", "debit", "monetary", "balance-sheet"),
        ("StockholdersEquity", "instant", "credit", "monetary", "balance-sheet"),
        ("Revenues", "duration", "credit", "monetary", "income-statement"),
        ("ResearchAndDevelopmentExpense", "duration", "debit", "monetary", "income-statement"),
        ("EarningsPerShareDiluted", "duration", None, "per-share", "income-statement"),
        ("WeightedAverageNumberOfSharesOutstandingBasic", "duration", None, "shares", "income-statement"),
        ("CommonStockParOrStatedValuePerShare", "instant", None, "per-share", "balance-sheet"),
        ("PaymentsToAcquirePropertyPlantAndEquipment", "duration", "credit", "monetary", "cash-flow"),
    ],
)
def test_a_concept_has_period_balance_unit_and_statement(
    name: str, period: str, balance: str | None, unit: str, statement: str
) -> None:
    concept = concepts()[name]
    assert (concept.period, concept.balance, concept.unit, concept.statements[0]) == (period, balance, unit, statement)


def test_every_concept_has_a_label_and_a_statement() -> None:
    assert all(concept.label and concept.statements for concept in concepts().values())


def test_names_are_local_names() -> None:
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]+", name) for name in NAMES)


def test_every_total_and_every_child_is_a_concept_of_the_taxonomy() -> None:
    assert not {name for total, way in WAYS for name in (total, *(child for child, _ in way))} - set(NAMES)


@pytest.mark.parametrize("total, way", WAYS)
def test_a_child_adds_to_its_total_in_the_same_period_type_and_unit(
    total: str, way: tuple[tuple[str, object], ...]
) -> None:
    whole = concepts()[total]
    assert {(concepts()[child].period, concepts()[child].unit) for child, _ in way} == {(whole.period, whole.unit)}


@pytest.mark.parametrize("total, way", WAYS)
def test_a_child_adds_where_its_balance_is_that_of_the_total_and_subtracts_where_not(
    total: str, way: tuple[tuple[str, int], ...]
) -> None:
    balance = concepts()[total].balance or "debit"  # cash flow totals have none: cash in is a debit
    for child, weight in way:
        own = concepts()[child].balance
        if own is None or child == "NetIncomeLoss":
            continue
        assert weight == (1 if own == balance else -1), child


def test_no_total_holds_itself_through_its_first_ways() -> None:
    first = {total: {child for child, _ in ways[0]} for total, ways in load_taxonomy().children.items()}

    def below(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, path
        for child in first.get(name, ()):
            below(child, (*path, name))

    for total in first:
        below(total, ())


def test_labels_are_stored_in_the_normal_form_in_which_they_are_looked_up() -> None:
    assert all(key == " ".join(key.lower().split()) for key in label_index().keys)
    assert "total asset" in label_index() and normalise("TOTAL ASSETS") == "total asset"


def test_uses_of_a_label_say_concept_statement_and_count_most_used_first() -> None:
    first, *others = label_index().uses("total asset")
    assert first.concept is concepts()["Assets"] and first.statement == "balance-sheet" and first.filings > 500
    assert all(use.filings <= first.filings for use in others)


def test_an_unknown_label_has_no_uses() -> None:
    assert label_index().uses("quarterly unicorn expense") == ()


def test_a_use_outside_the_taxonomy_has_no_concept() -> None:
    index = LabelIndex(tuple(concepts().values()), {"product sale": "-i12 0b3"})
    outside, inside = index.uses("product sale")
    assert outside.concept is None and outside.filings == 12 and inside.concept is not None


def test_no_label_holds_a_figure() -> None:
    assert not [key for key in label_index().keys if re.search(r"\d{2}", key)]


def test_labels_of_the_same_core_differ_in_order_prepositions_and_synonyms_only() -> None:
    assert "income from operation" in label_index().same_core("operation income from")
    assert label_index().same_core("") == ()


def test_making_the_file_again_changes_nothing() -> None:
    shared_folder()
    tool = _tool()
    assert tool.OUTPUT.read_text(encoding="utf-8") == tool.text(tool.build())

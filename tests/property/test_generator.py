"""The generator keeps its word: its documents are consistent, its damage is recorded, and its measure can count."""

from __future__ import annotations

import copy
import random
import re
from decimal import Decimal
from typing import Any

import pytest

from tests.property.damage import FREQUENCIES, KINDS, damaged, draw_pair
from tests.property.document import Release
from tests.property.matching import judge, totals
from tests.property.measure import perfect
from tests.property.prose import round_half_up
from tests.property.releases import release

STYLES = ("a", "b")
SEEDS = range(120)


def figure(doc: Release, statement: str, row: str, column: int = 0) -> Decimal:
    """The value of a line item, 0 where its cell is blank."""
    found = doc.figures.get(f"{statement[0]}:{row}:{column}")
    return found.value if found else Decimal(0)


@pytest.mark.parametrize("style", STYLES)
def test_a_seed_names_one_document(style: str) -> None:
    assert release(7, style).render() == release(7, style).render()
    assert damaged(7, ("split",), style).render() == damaged(7, ("split",), style).render()


@pytest.mark.parametrize("style", STYLES)
def test_balance_sheets_balance_to_the_last_digit(style: str) -> None:
    for seed in SEEDS:
        doc = release(seed, style)
        for column in (0, 1):
            assert figure(doc, "balance", "assets", column) == figure(doc, "balance", "liabilities_equity", column)


@pytest.mark.parametrize("style", STYLES)
def test_components_of_revenue_add_up_to_their_total(style: str) -> None:
    for seed in SEEDS:
        doc = release(seed, style)
        columns = {f.column for f in doc.figures.values() if f.statement == "income-statement"}
        for column in columns:
            parts = [f for f in doc.figures.values() if re.fullmatch(r"revenue\d", f.row) and f.column == column]
            if parts:
                assert sum(p.value for p in parts) == figure(doc, "income", "revenue", column)


@pytest.mark.parametrize("style", STYLES)
def test_every_claim_is_its_figure_rounded_half_up(style: str) -> None:
    for seed in SEEDS:
        doc = release(seed, style)
        for claim in doc.claims:
            value = doc.figures[f"{claim.statement[0]}:{claim.row}:{claim.column}"].value
            assert round_half_up(abs(value), claim.decimals) == claim.value > 0
            assert claim.raw in doc.render()


@pytest.mark.parametrize("style", STYLES)
def test_every_figure_stands_on_its_line(style: str) -> None:
    for seed in SEEDS:
        doc = release(seed, style)
        lines = doc.render().split("\n")
        for truth in doc.figures.values():
            row = lines[truth.line - 1]
            digits = re.sub(r"\D", "", f"{abs(truth.value):f}").lstrip("0").rstrip("0")
            assert digits in re.sub(r"[^\d\t]", "", row)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_damage_changes_the_text_and_says_which_figures_it_touched(kind: str, style: str) -> None:
    for seed in range(15):
        doc = damaged(seed, (kind,), style)
        assert doc.render() != release(doc.seed, style).render()
        assert any(f.damaged for f in doc.figures.values())


def test_damage_keeps_the_number_of_true_figures() -> None:
    for seed in range(40):
        doc = damaged(seed, draw_pair(random.Random(seed)))
        assert set(doc.figures) == set(release(doc.seed).figures)


def test_every_kind_has_a_frequency() -> None:
    assert set(FREQUENCIES) == set(KINDS)


def _judged(doc: Release, entry: dict[str, Any]) -> dict[str, Any]:
    return totals([(doc, judge(doc, entry))])


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_made_from_the_truth_scores_everything_right(kind: str) -> None:
    for seed in range(10):
        doc = damaged(seed, (kind,))
        doc.render()
        score = _judged(doc, perfect(doc))
        assert score["right_ratio"] == 1
        assert score["wrong_unmarked_ratio"] == score["misnamed_unmarked_ratio"] == 0


def changed(entry: dict[str, Any], name: str, **properties: Any) -> dict[str, Any]:
    """The entry with properties of one fact replaced."""
    out = copy.deepcopy(entry)
    out["facts"][name].update({k if k == "value" else f"ticktie:{k}": v for k, v in properties.items()})
    return out


@pytest.fixture
def clean() -> Release:
    doc = release(3)
    doc.render()
    return doc


def test_a_wrong_value_is_wrong_and_unmarked_until_something_marks_it(clean: Release) -> None:
    name = "b:assets:0"
    entry = changed(perfect(clean), name, value="1")
    assert _judged(clean, entry)["wrong_unmarked"] == 1
    assert _judged(clean, changed(entry, name, state="broken"))["wrong_unmarked"] == 0
    assert _judged(clean, changed(entry, name, evidence=["footing"]))["wrong_unmarked"] == 0
    note = {"rule": "READ001", "name": "x", "message": "", "locations": [{"line": 1}], "facts": [name]}
    assert _judged(clean, {**entry, "findings": [note]})["wrong_unmarked"] == 0


def test_a_wrong_label_is_misnamed_not_wrong(clean: Release) -> None:
    score = _judged(clean, changed(perfect(clean), "b:assets:0", label="Goodwill and others"))
    assert score["misnamed_unmarked"] == 1
    assert score["wrong"] == 0
    assert score["right"] == score["figures"] - 1


def test_an_acceptable_concept_names_a_figure_whatever_its_label(clean: Release) -> None:
    entry = changed(perfect(clean), "b:assets:0", label="")
    entry["facts"]["b:assets:0"]["dimensions"]["concept"] = "us-gaap:Assets"
    assert _judged(clean, entry)["right_ratio"] == 1


def test_an_absent_fact_is_missing(clean: Release) -> None:
    entry = perfect(clean)
    del entry["facts"]["b:assets:0"]
    assert _judged(clean, entry)["missing"] == 1


def test_a_fact_of_another_period_is_missing_and_wrong(clean: Release) -> None:
    entry = perfect(clean)
    entry["facts"]["b:assets:0"]["dimensions"]["period"] = "1990-01-01T00:00:00"
    score = _judged(clean, entry)
    assert (score["missing"], score["wrong_unmarked"]) == (1, 1)


def test_a_mark_on_an_undamaged_right_figure_counts_against_the_reader(clean: Release) -> None:
    score = _judged(clean, changed(perfect(clean), "b:assets:0", damage=["shadow-row"]))
    assert score["marked_all_the_same"] == 1
    assert score["right_ratio"] == 1


def test_a_lost_label_that_no_text_names_is_right_only_with_a_note() -> None:
    candidates = (damaged(seed, ("labels-lost",)) for seed in range(99))
    doc = next(d for d in candidates if any(f.gone for f in d.figures.values()))
    doc.render()
    entry = perfect(doc)
    for name, truth in doc.figures.items():
        if truth.gone:
            entry["facts"][name]["ticktie:label"] = ""
    assert _judged(doc, entry)["right_ratio"] == 1
    assert _judged(doc, {**entry, "findings": []})["right_ratio"] < 1

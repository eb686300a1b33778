"""Every rule that ships has its cases, and every case comes out as its sentence says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ticktie.check import engine, rule
from ticktie.resources import data_folder

from .cases import fact_set

CASES = Path(__file__).parents[1] / "rules"
BOOK = rule.load()
SHOWS = ("fires", "silent", "boundary")


def cases() -> list[tuple[str, dict[str, Any]]]:
    """(rule id, case) for every case file."""
    loaded = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(CASES.glob("*.toml"))]
    return [(name, case) for name, data in loaded for case in data["case"]]


@pytest.mark.parametrize(
    ("name", "case"), cases(), ids=lambda value: value if isinstance(value, str) else value["sentence"]
)
def test_case_comes_out_as_its_sentence_says(name: str, case: dict[str, Any]) -> None:
    """The rule finds exactly what the case says, and nothing in facts where it says nothing."""
    book = BOOK.where(lambda one: one.id == name or one.id in case.get("with", [])).asking("feasibility")
    keys = ("facts", "sums", "shares", "observations", "relations", "quotients")
    given = {key: case[key] for key in keys if key in case}
    verdict = engine.check(fact_set(**{"facts": [], **given}), book)
    found = [finding for finding in verdict.findings if finding.rule == name]
    assert len(found) == case["finds"], [finding.message for finding in verdict.findings]
    if "culprit" in case:
        assert found[0].culprit == case["culprit"]
    if "outcome" in case:
        assert [check.outcome for check in verdict.checks if check.rule == name] == [case["outcome"]]


@pytest.mark.parametrize("one", BOOK.rules, ids=lambda one: one.id)
def test_rule_has_cases_that_fire_that_stay_silent_and_on_the_boundary(one: rule.Rule) -> None:
    """A rule without its three kinds of cases is not finished."""
    shown = {case["shows"] for name, case in cases() if name == one.id}
    assert shown >= set(SHOWS), f"tests/rules/{one.id}.toml lacks {sorted(set(SHOWS) - shown)}"


@pytest.mark.parametrize("one", BOOK.rules, ids=lambda one: one.id)
def test_rule_file_is_named_after_its_rule_and_says_it_in_sentences(one: rule.Rule) -> None:
    """One rule, one file: rules/<family>/<ID>.toml; texts are sentences."""
    assert one.path == (data_folder("rules") / one.family / f"{one.id}.toml").resolve()
    assert all(text.endswith(".") for text in (one.summary, one.why, one.remedy))


def test_no_two_rules_have_one_name() -> None:
    """Names are what people read; each belongs to one rule."""
    names = [one.name for one in BOOK.rules]
    assert len(names) == len(set(names))

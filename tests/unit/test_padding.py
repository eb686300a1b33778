"""Every rule of the book finds an error that no other rule finds as loudly: the rest would be padding.

A rule that fails a build on what another one only notes is no padding: it needs more evidence, and says more."""

from __future__ import annotations

from typing import Any

import pytest

from ticktie.check import engine, rule

from .cases import fact_set
from .test_rules import BOOK, cases


def found(case: dict[str, Any], book: rule.RuleBook) -> set[str]:
    """The rules whose checks break, and those about what was read, in the facts of ``case``."""
    given = {key: case[key] for key in ("facts", "sums", "shares", "observations") if key in case}
    verdict = engine.check(fact_set(**{"facts": [], **given}), book.asking("feasibility"))
    broken = {check.rule for check in verdict.checks if check.outcome == "broken"}
    return broken | {finding.rule for finding in verdict.findings}


#: Rules that fail a build on what a sister only notes, for they need more: that the other columns hold, that the gap is
#: beyond what participating securities explain, or that it is by thousands.
SISTERS = {
    "PERS011": {"PERS001"}, "PERS012": {"PERS002"}, "PERS013": {"PERS003"},
    "SCALE001": {"PERS001", "PERS003"}, "SCALE002": {"PERS002"},
}  # fmt: skip


@pytest.mark.parametrize("name", [one.id for one in BOOK.rules])
def test_rule_finds_an_error_that_no_other_rule_finds(name: str) -> None:
    """One of its cases breaks nothing else in the whole book, of any severity, but for the notes of its sisters."""
    firing = [case for of, case in cases() if of == name and case["finds"]]
    others = [found(case, BOOK) - {name} - SISTERS.get(name, set()) for case in firing]
    assert any(not other for other in others), f"{name} finds nothing by itself: {others}"


PAIRS = [(name, sister) for name, sisters in SISTERS.items() for sister in sorted(sisters)]


@pytest.mark.parametrize(("name", "sister"), PAIRS)
def test_sister_only_notes_and_finds_what_the_rule_lets_pass(name: str, sister: str) -> None:
    """Otherwise one of the two would be enough."""
    assert BOOK.by_id[sister].severity < BOOK.by_id[name].severity
    noted = [case for of, case in cases() if of == sister and case["finds"]]
    assert any(name not in found(case, BOOK) for case in noted)

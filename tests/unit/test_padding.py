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


@pytest.mark.parametrize("name", [one.id for one in BOOK.rules])
def test_rule_finds_an_error_that_no_other_rule_finds(name: str) -> None:
    """One of its cases breaks nothing else in the whole book that is of its severity or above."""
    firing = [case for of, case in cases() if of == name and case["finds"]]
    loud = {one.id for one in BOOK.rules if one.severity >= BOOK.by_id[name].severity} - {name}
    others = [found(case, BOOK) & loud for case in firing]
    assert any(not other for other in others), f"{name} finds nothing by itself: {others}"

"""For tests of extraction pipelines: ``assert_ticks``, and the pytest fixture ``ticktie`` that is the same function.

pytest finds the fixture by the entry point ``pytest11``; nothing of ticktie is imported before a test asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ticktie.model.findings import DocumentReport

Ticks = Callable[..., "DocumentReport"]


def assert_ticks(
    facts_or_path: Any,
    *,
    fail_on: str = "error",
    min_coverage: str | None = None,
    min_facts: int | None = None,
    **options: Any,
) -> DocumentReport:
    """The report of ``facts_or_path`` (whatever ``ticktie.check`` takes, with its ``options``).

    Raises AssertionError with the findings where one is at or above ``fail_on``, or where a threshold is missed."""
    __tracebackhide__ = True
    from ticktie.api import check
    from ticktie.gate.thresholds import Limits, failing, thresholds
    from ticktie.model.findings import Report, Severity
    from ticktie.render import Options, render

    report = check(facts_or_path, **options)
    least = Severity.parse(fail_on)
    whole = Report((report,))
    missed = [one for one in thresholds(whole, Limits(None, min_coverage, min_facts), least) if not one.met]
    if missed or failing(whole, least):
        told = render("text", whole, Options(least=least, quiet=True)).decode()
        told += "".join(f"missed {one.name}: wanted {one.wanted}, got {one.reached}\n" for one in missed)
        raise AssertionError(f"the figures do not tick\n{told}")
    return report


@pytest.fixture(name="ticktie")
def _ticktie() -> Ticks:
    """``assert_ticks``: checks facts or a document, fails the test where figures disagree, returns the report."""
    return assert_ticks

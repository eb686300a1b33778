"""Rows of a cash flow statement beside the rows of the same concept in the income statement.

A cash flow statement adjusts: it prints a gain with the sign that takes it back, and often only the part of a cost
that cost no cash. Such a row is no second statement of the other, so signs follow the income statement, and where the
amounts differ the row outside the concept's own statement gets a name of its own. Results stay, for they are copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ticktie.map.taxonomy import concepts
from ticktie.model.facts import Fact
from ticktie.model.number import EXACT

_COPIED = frozenset({"NetIncomeLoss", "ProfitLoss", "IncomeLossFromContinuingOperations"})
_DOUBT = 0.4


def agreed(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of typed statements, where rows of cash flows are no second statement of rows of income."""
    income = {_key(fact): fact for fact in facts if fact.statement in ("income-statement", "other") and _counts(fact)}
    flows = {_key(fact): fact for fact in facts if fact.statement == "cash-flow" and _counts(fact)}
    apart = {key[0] for key, fact in flows.items() if key in income and _size(fact) != _size(income[key])}
    return [_adjusted(fact, income.get(_key(fact)), apart) for fact in facts]


def _key(fact: Fact) -> tuple[str, object, object]:
    return fact.concept, fact.period, fact.unit


def _counts(fact: Fact) -> bool:
    return bool(fact.value) and not fact.dimensions and fact.concept.partition(":")[2] not in _COPIED


def _size(fact: Fact) -> object:
    return None if fact.value is None else fact.value.copy_abs()


def _adjusted(fact: Fact, other: Fact | None, apart: set[str]) -> Fact:
    """A fact of an adjustment: renamed where it is another amount, turned where only its sign differs."""
    if fact.concept in apart and not _is_home(fact):
        name = f"ext:{'Adjustment' if fact.statement == 'cash-flow' else 'Part'}{fact.concept.partition(':')[2]}"
        return replace(fact, concept=name, confidence=min(fact.confidence, _DOUBT))
    if fact.statement != "cash-flow" or other is None or not _counts(fact) or other.value is None:
        return fact
    if fact.value == EXACT.minus(other.value):
        return replace(fact, value=other.value, weight_in_print=-fact.weight_in_print)
    return fact


def _is_home(fact: Fact) -> bool:
    """Whether a fact stands on the statement that its concept belongs to."""
    known = concepts().get(fact.concept.partition(":")[2])
    home = known.statements[0] if known is not None and known.statements else "income-statement"
    return (fact.statement == "cash-flow") == (home == "cash-flow")

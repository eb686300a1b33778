"""Rules of kind ``calculation``: a total and its weighted items by concept, judged in one of the four modes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ticktie.check.book import Rule, RuleBook
from ticktie.check.calculation import CONSISTENT, INCONSISTENT, MODES, Contribution, Mode, verdict
from ticktie.check.index import Index
from ticktie.check.sums import weighed
from ticktie.check.trial import Items, Trial
from ticktie.model.facts import Fact
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, half_unit


def calculations(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """``total`` against ``items`` wherever the total and an item stand; a sum that lacks an item is incomplete."""
    arcs = weights_of(rule)
    mode: Mode = next((mode for mode in MODES if mode == rule.word("mode")), "1.1-round")
    for setting in index.settings([rule.word("total")]):
        stated = index.stated(rule.word("total"), setting)
        bound = [(concept, weight, index.stated(concept, setting)) for concept, weight in arcs]
        if any(facts for _, _, facts in bound):
            yield from _trial(rule, mode, stated, bound, index)


def weights_of(rule: Rule) -> list[tuple[str, Decimal]]:
    """The items of a rule with their weights, as ``items = [["CostOfRevenue", "-1"], ...]`` gives them; raises
    ValueError where it does not."""
    given = rule.parameters.get("items")
    try:
        pairs = list(given) if isinstance(given, list) else []
        return [(str(concept), Decimal(str(weight))) for concept, weight in pairs]
    except (TypeError, ValueError, InvalidOperation):
        raise ValueError('items: must be pairs of a concept and a weight, [["Name", "1"], ...]') from None


def _trial(
    rule: Rule, mode: Mode, stated: list[Fact], bound: list[tuple[str, Decimal, list[Fact]]], index: Index
) -> Iterator[Trial]:
    contributions = [
        Contribution(concept, weight, tuple(fact.number for fact in facts)) for concept, weight, facts in bound
    ]
    said = verdict([fact.number for fact in stated], contributions, mode)
    items: Items = tuple((facts[0].id, weight) for _, weight, facts in bound if facts)
    expected, spread = weighed(items, index)
    actual = stated[0].number.value
    residual = EXACT.subtract(actual, expected)
    outcome = _outcome(said, residual, complete=all(facts for _, _, facts in bound))
    if outcome is not None:
        allowed = EXACT.add(spread, half_unit(stated[0].decimals))
        yield Trial(rule.id, outcome, stated[0].id, items, expected, actual, residual, allowed)


def _outcome(said: frozenset[str], residual: Decimal, *, complete: bool) -> Outcome | None:
    """None where the facts cannot be used: their duplicates are a matter of other rules."""
    if not complete:
        return "incomplete"
    if INCONSISTENT in said:
        return "broken"
    if CONSISTENT not in said:
        return None
    return "rounding" if residual else "tied"

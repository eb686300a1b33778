"""Footing: printed sums, within rounding, and exactly where the table shows that its sums are made to foot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from ticktie.check.book import Rule, RuleBook
from ticktie.check.index import Index
from ticktie.check.printing import UNEXPLAINED, cause
from ticktie.check.structure import Implied, implied_sums
from ticktie.check.trial import Items, Ticks, Trial
from ticktie.model.facts import Sum
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO, half_unit


def printed_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every printed sum whose kind the rule's ``of`` names."""
    for trial in _judged(rule.words("of"), index):
        yield replace(trial, rule=rule.id)


def _judged(kinds: tuple[str, ...], index: Index) -> list[Trial]:
    """The trials of the printed sums of these kinds, computed once for all rules about them."""
    key = f"sums {kinds}"
    if key not in index.kept:
        sums = (one for one in index.facts.sums if one.kind in kinds and one.total in index.numbers)
        index.kept[key] = [trial for one in sums if (trial := sum_trial("", one, index)) is not None]
    return cast(list[Trial], index.kept[key])


def column_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Sums that supplied facts show by their order and columns: what adds up in the others must in this one."""
    for trial in _implied(index):
        yield replace(trial, rule=rule.id)


def _implied(index: Index) -> list[Trial]:
    """The trials of the sums that supplied facts imply, computed once for all rules about them."""
    if "implied" not in index.kept:
        judged = ((one, sum_trial("", one.printed, index)) for one in implied_sums(index))
        index.kept["implied"] = [trial for one, trial in judged if trial is not None and _counts(trial, one, index)]
    return cast(list[Trial], index.kept["implied"])


def _counts(trial: Trial, implied: Implied, index: Index) -> bool:
    return trial.outcome != "broken" or implied.proofs > 1 or _is_likely(trial, implied, index)


def _is_likely(trial: Trial, implied: Implied, index: Index) -> bool:
    """Whether a common error in one figure explains the break, or (where no column holds by itself) a figure of
    another column in its place: one column alone proves little else."""
    residual = trial.residual or ZERO
    changes = [
        (trial.total, EXACT.minus(residual)),
        *((fact, EXACT.multiply(residual, sign)) for fact, sign in trial.items),
    ]
    numbers = index.numbers
    values = ((fact, EXACT.add(numbers[fact].value, change)) for fact, change in changes)
    if not implied.proofs:
        return any(value in implied.others.get(fact, ()) for fact, value in values)
    return any(cause(index.fact(fact), value).rank < UNEXPLAINED for fact, value in values)


def sum_trial(rule: str, printed: Sum, index: Index) -> Trial | None:
    """The trial of one sum; nil items count as nothing, a sum that lacks items is incomplete."""
    numbers = index.numbers
    items: Items = tuple((fact, weight) for fact, weight in printed.items if fact in numbers)
    if not items:
        return None
    expected, allowed = weighed(items, index)
    total = numbers[printed.total]
    residual = EXACT.subtract(total.value, expected)
    allowed = EXACT.add(allowed, half_unit(total.decimals))
    lacking = not printed.complete or any(fact not in index.facts.by_id for fact, _ in printed.items)
    outcome: Outcome = "incomplete" if lacking else _outcome(residual, allowed)
    ticks: Ticks = "total" if printed.kind == "difference" else "all"
    return Trial(
        rule, outcome, printed.total, items, expected, total.value, residual, allowed,
        source=printed.id, group=printed.table, ticks=ticks,
    )  # fmt: skip


def weighed(items: Items, index: Index) -> tuple[Decimal, Decimal]:
    """The weighted sum of ``items`` and the largest error that their rounding permits."""
    value = spread = ZERO
    for fact, weight in items:
        number = index.numbers[fact]
        part, half = number.value, half_unit(number.decimals)
        if weight != 1:
            part, half = EXACT.multiply(part, weight), EXACT.multiply(half, weight.copy_abs())
        value, spread = EXACT.add(value, part), EXACT.add(spread, half)
    return value, spread


def _outcome(residual: Decimal, allowed: Decimal) -> Outcome:
    if not residual:
        return "tied"
    return "rounding" if residual.copy_abs() <= allowed else "broken"


def foot_exact(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """A complete sum that holds only within rounding, where the other complete sums of its table foot exactly.

    Loose sums that share a figure count as one: one wrong figure loosens every sum it stands in."""
    tables: defaultdict[str, list[Trial]] = defaultdict(list)
    implied = _implied(index) if "implied" in rule.words("of") else []
    for trial in (*_judged(rule.words("of"), index), *implied):
        if trial.passed and trial.group:
            tables[trial.group].append(trial)
    for trials in tables.values():
        loose = [trial for trial in trials if trial.outcome == "rounding"]
        if loose and len(trials) >= 2 * len(loose) and _share(loose):
            changed: dict[str, Any] = {"rule": rule.id, "outcome": "broken", "allowed": ZERO, "ticks": "none"}
            yield from (replace(trial, **changed) for trial in loose)


def _share(trials: list[Trial]) -> bool:
    common = set(trials[0].members)
    return bool(common.intersection(*(trial.members for trial in trials[1:])))

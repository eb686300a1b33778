"""Footing: printed sums, within rounding, and exactly where the table shows that its sums are made to foot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import cast

from ticktie.check.book import Rule, RuleBook
from ticktie.check.columns import implied_trials
from ticktie.check.form import ONE
from ticktie.check.index import Index
from ticktie.check.trial import Items, Ticks, Trial
from ticktie.model.facts import Fact, Sum
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO, half_unit


def printed_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every printed sum whose kind the rule's ``of`` names."""
    return (_named(trial, rule) for trial in _judged(rule, index))


def _named(trial: Trial, rule: Rule) -> Trial:
    return trial if trial.rule == rule.id else trial._replace(rule=rule.id)


def _judged(rule: Rule, index: Index) -> list[Trial]:
    """The trials of the printed sums of the kinds that the rule names, computed once for all rules about them."""
    return [trial for kind in rule.words("of") for trial in _of_kind(kind, rule, index)]


def _of_kind(kind: str, rule: Rule, index: Index) -> list[Trial]:
    key = f"sums {kind}"
    if key not in index.kept:
        with localcontext(EXACT):
            found = [_sum_trial(rule.id, one, index) for one in index.facts.sums if one.kind == kind]
        index.kept[key] = [trial for trial in found if trial is not None]
    return cast(list[Trial], index.kept[key])


def column_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Sums that supplied facts show by their order and columns: what adds up in the others must in this one."""
    for trial in _implied(index):
        yield _named(trial, rule)


def _implied(index: Index) -> list[Trial]:
    """The trials of the sums that supplied facts imply, computed once for all rules about them."""
    if "implied" not in index.kept:
        index.kept["implied"] = implied_trials(index, sum_trial)
    return cast(list[Trial], index.kept["implied"])


def sum_trial(rule: str, printed: Sum, index: Index) -> Trial | None:
    """The trial of one sum; nil items count as nothing, a sum that lacks items is incomplete."""
    with localcontext(EXACT):
        return _sum_trial(rule, printed, index)


def _sum_trial(rule: str, printed: Sum, index: Index) -> Trial | None:
    """As ``sum_trial``, in a context that the caller has made exact: making one for each sum takes as long as it."""
    total = index.facts.by_id.get(printed.total)
    if total is None or total.value is None:
        return None
    items, lacking = printed.items, False
    try:
        expected, spread = _added(items, index.facts.by_id)
    except (KeyError, TypeError):
        items, lacking = _present(items, index)
        expected, spread = _added(items, index.facts.by_id)
    if not items:
        return None
    residual, allowed = total.value - expected, spread + half_unit(total.decimals)
    outcome: Outcome = "incomplete" if lacking or not printed.complete else _outcome(residual, allowed)
    ticks: Ticks = "total" if printed.kind == "difference" else "all"
    return Trial(
        rule, outcome, printed.total, items, expected, total.value, residual, allowed, printed.id, printed.table,
        None, "==", ticks,
    )  # fmt: skip


def _present(items: Items, index: Index) -> tuple[Items, bool]:
    """The items that state a value, and whether one of the others is lacking altogether."""
    present = tuple((fact, weight) for fact, weight in items if fact in index.numbers)
    return present, any(fact not in index.facts.by_id for fact, _ in items)


def _added(items: Items, by_id: dict[str, Fact]) -> tuple[Decimal, Decimal]:
    """The weighted sum of ``items`` and the largest error that their rounding permits, in an exact context; KeyError
    where one is lacking, TypeError where one is nil."""
    value = spread = ZERO
    for fact, weight in items:
        stated = by_id[fact]
        if weight == ONE:
            value += stated.value  # type: ignore[operator]
            spread += half_unit(stated.decimals)
        else:
            value += weight * stated.value  # type: ignore[operator]
            spread += abs(weight) * half_unit(stated.decimals)
    return value, spread


def weighed(items: Items, index: Index) -> tuple[Decimal, Decimal]:
    """The weighted sum of ``items`` and the largest error that their rounding permits."""
    with localcontext(EXACT):
        return _added(items, index.facts.by_id)


def _outcome(residual: Decimal, allowed: Decimal) -> Outcome:
    if not residual:
        return "tied"
    return "rounding" if residual.copy_abs() <= allowed else "broken"


def foot_exact(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """A complete sum that holds only within rounding, where the other complete sums of its table foot exactly.

    Loose sums that share a figure count as one: one wrong figure loosens every sum it stands in."""
    every = [*_judged(rule, index), *(_implied(index) if "implied" in rule.words("of") else ())]
    groups = {trial.group for trial in every if trial.outcome == "rounding" and trial.group}
    tables: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in every if groups else ():
        if trial.group in groups and trial.passed:
            tables[trial.group].append(trial)
    for trials in tables.values():
        loose = [trial for trial in trials if trial.outcome == "rounding"]
        if len(trials) >= 2 * len(loose) and _share(loose):
            yield from (
                trial._replace(rule=rule.id, outcome="broken", allowed=ZERO, ticks="none") for trial in loose
            )  # fmt: skip


def _share(trials: list[Trial]) -> bool:
    common = set(trials[0].members)
    return bool(common.intersection(*(trial.members for trial in trials[1:])))

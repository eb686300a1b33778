"""What diagnosis works on: all judged trials of a document, and whether a figure could have another value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, Context, Decimal
from typing import NamedTuple

from msgspec import Struct

from ticktie.check.book import Rule, RuleBook
from ticktie.check.index import Index
from ticktie.check.printing import Cause
from ticktie.check.trial import Trial
from ticktie.model.findings import Check
from ticktie.model.number import EXACT, ZERO, Interval, Number, round_to

_DIVISION = Context(prec=60)


class Judged(NamedTuple):
    """A numbered check and the trial it came from."""

    check: Check
    trial: Trial


class Candidate(Struct, frozen=True):
    """A figure that could be the wrong one; ``value`` is what it should be where the checks leave one value only."""

    fact: str
    value: Decimal | None
    cause: Cause


class Bench(Struct, frozen=True):
    """Every judged trial, by figure; and which groups of trials are exact: made to foot to the last digit."""

    index: Index
    book: RuleBook
    judged: tuple[Judged, ...]
    by_fact: dict[str, list[Judged]]
    exact: frozenset[str]

    def rule(self, judged: Judged) -> Rule:
        return self.book.by_id[judged.trial.rule]

    def tolerance(self, trial: Trial) -> Decimal:
        """How far from equality the trial may be: nothing where its group is made to foot exactly."""
        return ZERO if group_of(trial) in self.exact else (trial.allowed or ZERO)


def build_bench(judged: Iterable[Judged], index: Index, book: RuleBook) -> Bench:
    """The bench of ``judged``; linear in the figures that take part."""
    every = tuple(judged)
    by_fact: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in every:
        for fact in one.trial.members:
            by_fact[fact].append(one)
    return Bench(index, book, every, dict(by_fact), _exact_groups(every))


def group_of(trial: Trial) -> str:
    """The table of a printed sum; all linear formulas of a document are one group; ties and products have none."""
    if trial.source:
        return trial.group
    formula = trial.equation is not None and trial.relation == "==" and trial.equation.is_linear
    return "formulas" if formula and trial.ticks == "all" else ""


def _exact_groups(judged: tuple[Judged, ...]) -> frozenset[str]:
    """Groups whose sums are all exact, but for those that a broken check already holds against them."""
    seen: defaultdict[str, list[bool]] = defaultdict(list)
    held = [one.trial for one in judged if one.trial.outcome == "broken" and one.trial.source and not one.trial.allowed]
    sources, figures = {trial.source for trial in held}, {fact for trial in held for fact in trial.members}
    for one in judged:
        group, trial = group_of(one.trial), one.trial
        loosened = trial.source in sources if trial.source else not figures.isdisjoint(trial.members)
        if group and trial.passed and (not trial.residual or not loosened):
            seen[group].append(not trial.residual)
    return frozenset(group for group, exact in seen.items() if all(exact)) - frozenset(_doubted(judged, held))


def _doubted(judged: tuple[Judged, ...], held: list[Trial]) -> Iterator[str]:
    """Groups where a sum that does not foot exactly shares no figure with the other broken sums: another error does
    not explain it, so that nothing says that the broken ones must foot exactly."""
    broken: defaultdict[str, set[str]] = defaultdict(set)
    for one in judged:
        if one.trial.outcome == "broken" and one.trial.allowed and one.trial.group:
            broken[one.trial.group].update(one.trial.members)
    yield from (trial.group for trial in held if broken[trial.group] and broken[trial.group].isdisjoint(trial.members))


def proves_values(judged: Judged, bench: Bench) -> bool:
    """Whether what the check says of a figure is its value, not only about where it lies: no product that a rule knows
    to hold but nearly."""
    form = judged.trial.form
    return form.is_linear or not bench.rule(judged).word("near")


def values_for(trial: Trial, fact: str, bench: Bench) -> tuple[Interval, Decimal] | None:
    """All values of ``fact`` that make the trial hold, the other figures as stated, and the value that makes it exact;
    None where the trial does not restrict it."""
    form, numbers = trial.form, bench.index.numbers
    slope = form.slope(fact, numbers)
    if not slope or trial.relation != "==":
        return None
    distance = _divided(form.value(numbers), slope)
    middle = EXACT.subtract(numbers[fact].value, distance)
    reach = _divided(bench.tolerance(trial), slope.copy_abs())
    return Interval(EXACT.subtract(middle, reach), EXACT.add(middle, reach)), middle


def _divided(value: Decimal, by: Decimal) -> Decimal:
    if by.copy_abs() == 1:
        return EXACT.multiply(value, by)
    return _DIVISION.divide(value, by)


def holds_with(trial: Trial, changed: dict[str, Decimal], bench: Bench, *, rounded: bool = False) -> bool:
    """Whether the trial still holds, within its tolerance (``rounded``: within rounding), with other values for some
    figures: in exact arithmetic."""
    numbers = bench.index.numbers
    others = {fact: Number(value, numbers[fact].decimals) for fact, value in changed.items()}
    form = trial.form
    if trial.equation is None or form.is_linear:
        value = form.value({**{fact: numbers[fact] for fact in form.facts}, **others})
        allowed = (trial.allowed or ZERO) if rounded else bench.tolerance(trial)
        low, high = EXACT.subtract(value, allowed), EXACT.add(value, allowed)
    else:
        interval = form.interval({**{fact: numbers[fact] for fact in form.facts}, **others})
        low, high = interval.low, interval.high
    if trial.relation == "==":
        return low <= 0 <= high
    return low <= 0 if trial.relation == "<=" else high >= 0


def repeats(trial: Trial, bench: Bench) -> bool:
    """Whether the trial ties a claim of the text to the one figure that it repeats."""
    return len(trial.items) == 1 and trial.equation is None and bench.index.fact(trial.total).kind == "narrative"


def cuts_off(trial: Trial, changed: dict[str, Decimal], bench: Bench) -> bool:
    """Whether a claim states the figure that it repeats (``changed`` has other values) without its last digits, where
    rounding would have given another value."""
    claim, numbers = bench.index.fact(trial.total), bench.index.numbers
    if not repeats(trial, bench) or claim.decimals is None:
        return False
    stated = changed.get(claim.id, numbers[claim.id].value)
    source = trial.items[0][0]
    value = changed.get(source, numbers[source].value)
    cut = round_to(value, claim.decimals, ROUND_DOWN)
    return stated == cut != round_to(value, claim.decimals)

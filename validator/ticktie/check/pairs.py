"""Two wrong figures at once: the two values that make a whole group of checks hold, solved and verified exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from itertools import combinations

from ticktie.check.bench import Bench, Candidate, Judged, holds_with
from ticktie.check.index import place
from ticktie.check.printing import UNEXPLAINED, cause
from ticktie.model.number import EXACT, ZERO, round_to

#: Groups with more figures than this are not searched for two wrong figures.
LIMIT = 120
_DIVISION = Context(prec=60)

#: ``first * change of f + second * change of g + residual = 0``.
Equation = tuple[Decimal, Decimal, Decimal]


def two_figures(group: list[Judged], bench: Bench) -> tuple[Candidate, ...]:
    """The only two figures that explain ``group`` together (of several such pairs, the only one that common errors
    explain); nothing where there are none or more."""
    found = every_pair(group, bench)
    best = [pair for pair in found if are_likely(pair)] or found
    return best[0] if len(best) == 1 else ()


def every_pair(group: list[Judged], bench: Bench) -> list[tuple[Candidate, ...]]:
    """All pairs of figures that explain ``group`` together."""
    facts = {fact for one in group for fact in one.trial.members}
    if len(group) < 2 or len(facts) > LIMIT:
        return []
    return list(_pairs(group, sorted(facts, key=lambda fact: place(bench.index.fact(fact))), bench))


def are_likely(pair: tuple[Candidate, ...]) -> bool:
    """Whether common errors explain both figures, at less cost than one error that nothing explains."""
    return bool(pair) and sum(one.cause.rank for one in pair) < UNEXPLAINED


def _pairs(group: list[Judged], facts: list[str], bench: Bench) -> Iterator[tuple[Candidate, Candidate]]:
    members = [set(one.trial.members) for one in group]
    for first, second in combinations(facts, 2):
        if all(first in each or second in each for each in members):
            pair = _solved(first, second, group, bench)
            if pair is not None:
                yield pair


def _solved(first: str, second: str, group: list[Judged], bench: Bench) -> tuple[Candidate, Candidate] | None:
    around = _around(first, second, group, bench)
    changes = _changes(_equation(one, first, second, bench) for one in around)
    if changes is None or not all(changes):
        return None
    values = {fact: _moved(fact, change, bench) for fact, change in zip((first, second), changes, strict=True)}
    if not all(holds_with(one.trial, values, bench) for one in around):
        return None
    a, b = (Candidate(fact, value, cause(bench.index.fact(fact), value)) for fact, value in values.items())
    return a, b


def _around(first: str, second: str, group: list[Judged], bench: Bench) -> list[Judged]:
    """The broken checks, then those that hold and must go on holding, each once."""
    touching = (one for fact in (first, second) for one in bench.by_fact[fact])
    holding = (one for one in touching if one.trial.passed and one.trial.proves)
    return list({one.check.id: one for one in (*group, *holding)}.values())


def _equation(judged: Judged, first: str, second: str, bench: Bench) -> Equation:
    form, numbers = judged.trial.form, bench.index.numbers
    if judged.trial.relation != "==" or not form.is_linear or (bench.tolerance(judged.trial) and judged.trial.passed):
        return ZERO, ZERO, ZERO
    return form.slope(first, numbers) or ZERO, form.slope(second, numbers) or ZERO, form.value(numbers)


def _changes(equations: Iterable[Equation]) -> tuple[Decimal, Decimal] | None:
    """The solution of the first two independent equations; None where there are no two."""
    useful = (one for one in equations if one[0] or one[1])
    one = next(useful, None)
    if one is None:
        return None
    for other in useful:
        determinant = EXACT.subtract(EXACT.multiply(one[0], other[1]), EXACT.multiply(one[1], other[0]))
        if determinant:
            f = EXACT.subtract(EXACT.multiply(one[1], other[2]), EXACT.multiply(other[1], one[2]))
            g = EXACT.subtract(EXACT.multiply(other[0], one[2]), EXACT.multiply(one[0], other[2]))
            return _DIVISION.divide(f, determinant), _DIVISION.divide(g, determinant)
    return None


def _moved(fact: str, change: Decimal, bench: Bench) -> Decimal:
    number = bench.index.numbers[fact]
    value = EXACT.add(number.value, change)
    return value if number.decimals is None else round_to(value, number.decimals)

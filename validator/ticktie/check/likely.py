"""Whether a common error in one figure explains a break: where none does, an item that nobody stated may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from itertools import combinations

from ticktie.check.index import Index, local
from ticktie.check.printing import UNEXPLAINED, cause
from ticktie.check.rows import Identity, Row
from ticktie.check.tree import usual_sign
from ticktie.check.trial import Trial
from ticktie.model.facts import Fact
from ticktie.model.number import EXACT, ZERO, exact_sum, half_unit

#: More broken trials of one rule are not compared with each other.
MOST_BROKEN = 24
#: A hundred times the common errors (a digit dropped, the sign, the scale) that one figure may have.
_CHANCES = 1000
_ROUGHLY = Context(prec=40)


def explaining(trial: Trial, index: Index) -> Iterator[tuple[str, Decimal]]:
    """For each figure of a sum: the value with which it would hold to the last digit."""
    residual = trial.residual or ZERO
    changes = [(trial.total, EXACT.minus(residual))]
    changes += [(fact, EXACT.multiply(residual, sign)) for fact, sign in trial.items if sign in (1, -1)]
    return ((fact, EXACT.add(index.numbers[fact].value, change)) for fact, change in changes)


def near(value: Decimal, fact: Fact) -> tuple[Decimal, ...]:
    """``value``, and one unit of the fact's last digit to either side."""
    unit = half_unit(fact.decimals) * 2
    return (value, EXACT.add(value, unit), EXACT.subtract(value, unit)) if unit else (value,)


def has_common_cause(trial: Trial, index: Index, *, loose: bool) -> bool:
    """Whether a common error in one figure of a sum explains its break; ``loose``: within rounding."""
    return any(
        cause(index.fact(fact), candidate).rank < UNEXPLAINED
        for fact, value in explaining(trial, index)
        for candidate in (near(value, index.fact(trial.total)) if loose else (value,))
    )


def is_explained(identity: Identity) -> bool:
    """Whether a common error in one figure explains the break of each column that states it and does not hold."""
    broken = (column for column in identity.total.facts if column not in (*identity.columns, *identity.merged))
    return all(_is_slip(identity, column) for column in broken)


def _is_slip(identity: Identity, column: int) -> bool:
    parts = [(row, sign) for row, sign in identity.items if column in row.facts]
    total = identity.total.facts[column].number.value
    added = exact_sum([EXACT.multiply(row.facts[column].number.value, Decimal(sign)) for row, sign in parts])
    residual = EXACT.subtract(total, added)
    rows = [(identity.total, -1), *parts]
    return not residual or any(_slips(row, sign, column, residual, identity) for row, sign in rows)


def _slips(row: Row, sign: int, column: int, residual: Decimal, identity: Identity) -> bool:
    """Whether a common error in the figure of ``row`` explains the residual; where one column alone proves the sum, no
    other sign for a row that has an unusual one there: the error is more likely in that column."""
    fact = row.facts[column]
    value = EXACT.add(fact.number.value, EXACT.multiply(residual, Decimal(sign)))
    usual = row is identity.total or sign == usual_sign(row.concept, identity.total.concept)
    if value == EXACT.minus(fact.number.value) and len(identity.columns) == 1 and not usual:
        return False
    return cause(fact, value).rank < UNEXPLAINED


def is_of_other_column(trial: Trial, index: Index) -> bool:
    """Whether a figure of another period in place of one figure explains the break."""
    return any(value in _others(fact, index) for fact, value in explaining(trial, index))


def _others(identifier: str, index: Index) -> Iterable[Decimal]:
    fact = index.fact(identifier)
    concept = local(fact.concept)
    stated = (one for setting in index.settings([concept]) for one in index.stated(concept, setting))
    return {one.number.value for one in stated if one.id != identifier and one.dimensions == fact.dimensions}


def exchanged(trials: Sequence[Trial], index: Index) -> frozenset[int]:
    """The numbers of those broken trials that come in pairs which hold with the figures of one row exchanged."""
    broken = [(number, trial) for number, trial in enumerate(trials) if not trial.passed]
    pairs = combinations(broken, 2) if len(broken) <= MOST_BROKEN else ()
    found = ((one[0], other[0]) for one, other in pairs if _mend_each_other(one[1], other[1], index))
    return frozenset(number for pair in found for number in pair)


def _mend_each_other(one: Trial, other: Trial, index: Index) -> bool:
    return any(
        _holds(one, {first: second}, index) and _holds(other, {second: first}, index)
        for first in one.members
        for second in other.members
        if first != second and _row(first, index) == _row(second, index)
    )


def _row(identifier: str, index: Index) -> tuple[object, ...]:
    fact = index.fact(identifier)
    return (local(fact.concept), fact.entity, fact.dimensions, fact.unit)


def _holds(trial: Trial, instead: dict[str, str], index: Index) -> bool:
    """Whether the trial holds within rounding with the values of other figures in place of some."""
    form = trial.form
    numbers = {fact: index.numbers[instead.get(fact, fact)] for fact in form.facts}
    if form.is_linear:
        return form.value(numbers).copy_abs() <= form.spread(numbers)
    interval = form.interval(numbers)
    return interval.low <= 0 <= interval.high


def is_telling(trial: Trial, index: Index) -> bool:
    """Whether a common error in one figure explains the break of a sum to the last digit and by no chance: of all
    residuals of so many digits, the common errors of all figures explain less than one in a hundred."""
    unit = half_unit(index.fact(trial.total).decimals) * 2
    residual = (trial.residual or ZERO).copy_abs()
    if not unit or not residual or residual < unit:
        return False
    digits = str(int(_ROUGHLY.divide(residual, unit))).rstrip("0")
    return 10 ** len(digits) >= _CHANCES * len(trial.members) and has_common_cause(trial, index, loose=False)

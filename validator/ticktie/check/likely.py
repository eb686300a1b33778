"""Whether a common error in one figure explains a break: where none does, an item that nobody stated may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ticktie.check.index import Index, local
from ticktie.check.printing import UNEXPLAINED, cause
from ticktie.check.rows import Identity
from ticktie.check.trial import Trial
from ticktie.model.facts import Fact
from ticktie.model.number import EXACT, ZERO, exact_sum, half_unit


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
    parts = [(row.facts[column], sign) for row, sign in identity.items if column in row.facts]
    total = identity.total.facts[column]
    added = exact_sum([EXACT.multiply(fact.number.value, Decimal(sign)) for fact, sign in parts])
    residual = EXACT.subtract(total.number.value, added)
    changes = [
        (total, EXACT.minus(residual)),
        *((fact, EXACT.multiply(residual, Decimal(sign))) for fact, sign in parts),
    ]
    return not residual or any(
        cause(fact, EXACT.add(fact.number.value, change)).rank < UNEXPLAINED for fact, change in changes
    )


def is_of_other_column(trial: Trial, index: Index) -> bool:
    """Whether a figure of another period in place of one figure explains the break."""
    return any(value in _others(fact, index) for fact, value in explaining(trial, index))


def _others(identifier: str, index: Index) -> Iterable[Decimal]:
    fact = index.fact(identifier)
    concept = local(fact.concept)
    stated = (one for setting in index.settings([concept]) for one in index.stated(concept, setting))
    return {one.number.value for one in stated if one.id != identifier and one.dimensions == fact.dimensions}

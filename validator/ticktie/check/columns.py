"""Sums that supplied columns imply, weighed up: what holds, what a common error broke, what nobody can tell."""

from __future__ import annotations

from collections.abc import Callable

from ticktie.check.index import Index
from ticktie.check.likely import explaining, has_common_cause, is_telling, near
from ticktie.check.structure import Implied, implied_sums
from ticktie.check.trial import Trial
from ticktie.model.facts import Sum
from ticktie.model.number import ZERO, half_unit

#: Half units of the last digit up to which any residual looks like a common error in one figure or other.
_SMALL = 20

Judge = Callable[[str, Sum, Index], Trial | None]


def implied_trials(index: Index, judge: Judge) -> list[Trial]:
    """The trials of the sums that supplied facts imply; ``judge`` tries one sum."""
    judged = [(one, trial) for one in implied_sums(index) if (trial := judge("", one.printed, index))]
    loose = any(trial.outcome == "rounding" for _, trial in judged)
    return [found for one, trial in judged if (found := _weighed_up(trial, one, loose, index))]


def _weighed_up(trial: Trial, implied: Implied, loose: bool, index: Index) -> Trial | None:
    """The trial as it is where it holds or where its break is an error; incomplete where the column may lack an item;
    None where nothing explains the break: then an item that nobody supplied does."""
    if trial.outcome != "broken" or (_is_explained(trial, implied, loose, index) and not _lacks(trial, implied, index)):
        return trial
    if not implied.others and is_telling(trial, index):
        return trial
    return trial._replace(outcome="incomplete") if implied.lacking else None


def _lacks(trial: Trial, implied: Implied, index: Index) -> bool:
    """Whether an item that the column does not state may be what is missing: any small one, or one of that sign and
    about that size."""
    residual = trial.residual or ZERO
    size = residual.copy_abs()
    if implied.lacking and size < half_unit(index.fact(trial.total).decimals) * _SMALL:
        return True
    alike = [value.copy_abs() for value in implied.lacking if (value < 0) == (residual < 0)]
    return any(value <= size * 2 and size <= value * 2 for value in alike)


def _is_explained(trial: Trial, implied: Implied, loose: bool, index: Index) -> bool:
    """Whether a common error in one figure explains the break, or (where the column holds only together with another)
    a figure of that column in its place; within rounding where the sums of the document are not all exact."""
    if not implied.others:
        return has_common_cause(trial, index, loose=loose)
    total = index.fact(trial.total)
    return any(
        implied.others.get(fact) in (near(value, total) if loose else (value,))
        for fact, value in explaining(trial, index)
    )

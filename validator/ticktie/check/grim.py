"""Percentages of whole counts (GRIM): a stated percentage must be what some integer count rounds to.

Source: Brown and Heathers, The GRIM test, Social Psychological and Personality Science 8 (2017).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from ticktie.check.book import Rule, RuleBook
from ticktie.check.index import Index
from ticktie.check.trial import Trial
from ticktie.model.facts import ShareOfCount
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, half_unit, round_to, scaled

Fit = Literal["rounds", "edge", "none"]
#: A percentage with more decimals than this of a count is not a count's share but a computed figure.
DECIMALS = 12


class Share(Struct, frozen=True):
    """A percentage (as a fraction) of a whole, the integer count nearest to it, and how well that fits."""

    stated: Decimal
    decimals: int
    whole: int
    count: int
    fit: Fit


def fit_of(count: int, whole: int, stated: int, decimals: int) -> Fit:
    """Whether ``count / whole`` prints as ``stated`` units of 10^-decimals.

    >>> fit_of(77, 112, 687, 3), fit_of(76, 112, 679, 3), fit_of(76, 112, 678, 3)
    ('edge', 'rounds', 'none')
    """
    twice, parts = 2 * count * 10**decimals - 2 * stated * whole, whole
    if -parts < twice < parts:
        return "rounds"
    if twice == -parts or (twice == parts and stated % 2 == 0):
        return "rounds"
    return "edge" if twice == parts else "none"


def share_of(pair: ShareOfCount, index: Index) -> Share | None:
    """The share that ``pair`` names; None where it is no percentage of a positive whole count."""
    percentage, whole = index.numbers.get(pair.percentage), index.numbers.get(pair.whole)
    if percentage is None or whole is None or percentage.decimals is None or not 0 <= percentage.decimals <= DECIMALS:
        return None
    counts = whole.value > 0 and whole.value == round_to(whole.value, 0)
    if not counts or percentage.has_excess_digits or percentage.value < 0:
        return None
    stated, count = int(scaled(percentage.value, percentage.decimals)), int(whole.value)
    nearest = _nearest(percentage.value, count)
    fits = {candidate: fit_of(candidate, count, stated, percentage.decimals) for candidate in nearest}
    best = min(nearest, key=lambda candidate: ("rounds", "edge", "none").index(fits[candidate]))
    return Share(percentage.value, percentage.decimals, count, best, fits[best])


def _nearest(stated: Decimal, whole: int) -> list[int]:
    exact = EXACT.multiply(stated, Decimal(whole))
    middle = [int(round_to(exact, 0, mode)) for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN)]
    around = sorted({count + step for count in middle for step in (-1, 0, 1)}, key=lambda count: abs(count - exact))
    return [count for count in around if count >= 0]


def _trials(rule: Rule, index: Index) -> Iterator[tuple[Share, Trial]]:
    for pair in dict.fromkeys(index.facts.shares):
        share = share_of(pair, index)
        if share is not None:
            yield share, _trial(rule, pair, share)


def _trial(rule: Rule, pair: ShareOfCount, share: Share) -> Trial:
    actual, expected = EXACT.multiply(share.stated, Decimal(share.whole)), Decimal(share.count)
    outcome: dict[Fit, Outcome] = {"rounds": "tied", "edge": "rounding", "none": "broken"}
    return Trial(
        rule.id, outcome[share.fit], pair.percentage, ((pair.whole, share.stated),), expected, actual,
        EXACT.subtract(actual, expected), EXACT.multiply(half_unit(share.decimals), Decimal(share.whole)),
        ticks="total", proves=False,
    )  # fmt: skip


def _printed(count: int, whole: int, decimals: int) -> Decimal:
    """``count / whole`` as usually printed: rounded half up."""
    return scaled(Decimal((2 * count * 10**decimals + whole) // (2 * whole)), -decimals)


def percentage_of_count(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every percentage of a whole count: some integer count must round to it."""
    yield from (trial for _, trial in _trials(rule, index))


def count_rounded_down(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Percentages that only rounding a half down, or cutting digits off, prints."""
    for share, trial in _trials(rule, index):
        if share.fit == "edge":
            printed = _printed(share.count, share.whole, share.decimals)
            yield trial._replace(outcome="broken", ticks="none", known=printed)

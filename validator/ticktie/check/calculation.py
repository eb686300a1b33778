"""Calculation relationships of a taxonomy, each mode with exactly the semantics of its specification.

Sources: XBRL 2.1 (errata of 20 February 2013), section 5.2.5.2; Calculations 1.1 (22 February 2023), sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from msgspec import Struct

from ticktie.model.number import EXACT, NOTHING_KNOWN, ZERO, Interval, Number, round_to

Mode = Literal["xbrl-2.1", "xbrl-2.1-dedup", "1.1-round", "1.1-truncation"]
MODES: tuple[Mode, ...] = ("xbrl-2.1", "xbrl-2.1-dedup", "1.1-round", "1.1-truncation")

CONSISTENT, INCONSISTENT = "consistent", "inconsistent"
EXCESS_DIGITS, REPEATED_ARC = "excessDigits", "duplicateCalculationRelationships"
_DUPLICATES = {"1.1-round": "disallowedDuplicateFacts", "1.1-truncation": "disallowedDuplicateFactsUsingTruncation"}

#: All facts of one concept with equal aspects; a nil fact is None.
Stated = Sequence[Number | None]


class Contribution(Struct, frozen=True):
    """One calculation arc, bound: the weight, and all facts of its item in the setting of the total."""

    concept: str
    weight: Decimal
    facts: tuple[Number | None, ...]


def verdict(total: Stated, items: Sequence[Contribution], mode: Mode) -> frozenset[str]:
    """What a processor says of one total and its items in one setting: ``consistent``, ``inconsistent``, or why the
    facts cannot be used."""
    if mode in ("xbrl-2.1", "xbrl-2.1-dedup"):
        return frozenset({_verdict_2_1(total, items, dedup=mode == "xbrl-2.1-dedup")})
    return _verdict_1_1(total, items, mode)


def _verdict_2_1(total: Stated, items: Sequence[Contribution], *, dedup: bool) -> str:
    """An item that is nil does not bind; duplicates bind nothing unless they are consistent and de-duplicated."""
    bound = [(item.weight, item.facts) for item in items if any(fact is not None for fact in item.facts)]
    chosen = [_one(facts, dedup=dedup) for _, facts in bound]
    stated = _one(total, dedup=dedup)
    if stated is None or not bound or any(fact is None for fact in chosen):
        return CONSISTENT
    if any(fact is not None and fact.decimals == NOTHING_KNOWN for fact in (stated, *chosen)):
        return INCONSISTENT
    added = ZERO
    for (weight, _), fact in zip(bound, chosen, strict=True):
        if fact is not None:
            added = EXACT.add(added, EXACT.multiply(weight, _rounded(fact, fact.decimals)))
    computed = _rounded(Number(added, None), stated.decimals)
    return CONSISTENT if computed == _rounded(stated, stated.decimals) else INCONSISTENT


def _rounded(number: Number, decimals: int | None) -> Decimal:
    return number.value if decimals is None else round_to(number.value, decimals, ROUND_HALF_EVEN)


def _one(facts: Stated, *, dedup: bool) -> Number | None:
    """The only fact, or the most precise of consistent duplicates; None where nothing can be chosen."""
    if len(facts) == 1:
        return facts[0]
    if not dedup or not facts:
        return None
    stated = [fact for fact in facts if fact is not None]
    if len(stated) < len(facts) or _common(stated, "1.1-round") is None:
        return None
    return max(stated, key=lambda fact: (fact.decimals is None, fact.decimals or 0))


def _verdict_1_1(total: Stated, items: Sequence[Contribution], mode: Mode) -> frozenset[str]:
    """Intervals of consistent duplicates are intersected; the interval of the sum must meet that of the total."""
    repeated = {REPEATED_ARC} if len({item.concept for item in items}) < len(items) else set()
    groups = [total, *(item.facts for item in items)]
    if any(fact is not None and fact.has_excess_digits for group in groups for fact in group):
        return frozenset({EXCESS_DIGITS, *repeated})
    if not all(_is_consistent(group, mode) for group in groups):
        return frozenset({_DUPLICATES[mode], *repeated})
    found = _compared(total, items, mode)
    return frozenset({found, *repeated}) if repeated and found == INCONSISTENT else frozenset(repeated or {found})


def _compared(total: Stated, items: Sequence[Contribution], mode: Mode) -> str:
    stated = _common([fact for fact in total if fact is not None], mode)
    parts = [(item.weight, _common([fact for fact in item.facts if fact is not None], mode)) for item in items]
    bound = [(weight, part) for weight, part in parts if part is not None]
    if stated is None or not bound:
        return CONSISTENT
    added = Interval(ZERO, ZERO)
    for weight, part in bound:
        added = added + _contributed(part, weight)
    return CONSISTENT if added.meets(stated) else INCONSISTENT


def _contributed(part: Interval, weight: Decimal) -> Interval:
    """``weight * part``; of a negative weight with both ends closed: arithmetic exchanges the open end of a truncated
    figure with its closed one, processors leave them where they are, and where only that decides nobody is wrong."""
    weighted = part.scale(weight)
    return Interval(weighted.low, weighted.high) if weight < 0 else weighted


def _is_consistent(facts: Stated, mode: Mode) -> bool:
    """Whether duplicates agree: all nil, or all stated with a common true value."""
    stated = [fact for fact in facts if fact is not None]
    return not stated or (len(stated) == len(facts) and _common(stated, mode) is not None)


def _common(facts: Sequence[Number], mode: Mode) -> Interval | None:
    """All true values that every one of ``facts`` may stand for; None where there are none."""
    common: Interval | None = None
    for fact in facts:
        own = fact.truncated if mode == "1.1-truncation" else fact.interval
        common = own if common is None else common.intersect(own)
    return None if common is None or common.is_empty else common

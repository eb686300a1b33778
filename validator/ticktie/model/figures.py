"""Figures before they have a meaning: numbers as printed in tables, and claims of running text."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from ticktie.model.facts import Period
from ticktie.model.source import Span

ClaimKind = Literal["amount", "change", "percent-change", "percentage", "count", "ratio", "guidance", "event"]
Bound = Literal["low", "high"]


class Claim(Struct, frozen=True):
    """One number of running text with the words that say what it is.

    ``value`` is in full units and positive as worded ("net loss of $9.4 million" is 9400000); a change carries its
    direction; a percentage is a fraction (39.3% is 0.393, decimals 3). ``unit`` is ``USD`` (or another currency code),
    ``USD/shares``, ``shares``, ``pure``, or for a count the noun counted (``patients``).
    ``metrics`` are the phrases that may name it, best first: a phrase after the figure ("of license fees") wins over
    the subject of the clause. ``is_part`` says that the words make it a part of what the last phrase names.
    ``period`` is what the words say, None where they say nothing.
    ``difference_of`` holds the ids of the two claims whose difference a change states; ``whole`` the id of the count
    that a percentage is a share of; ``bound`` marks the ends of a range.
    """

    id: str
    span: Span
    raw: str
    value: Decimal
    decimals: int | None
    unit: str
    kind: ClaimKind
    metrics: tuple[str, ...] = ()
    is_part: bool = False
    period: Period | None = None
    period_words: str = ""
    approximate: bool = False
    bound: Bound | None = None
    difference_of: tuple[str, str] | None = None
    whole: str | None = None
    sentence: Span | None = None

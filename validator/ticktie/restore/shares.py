"""The scale of share counts: "(in thousands, except share and per share amounts)" says it, else the arithmetic does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ticktie.model.number import EXACT, half_unit, scaled
from ticktie.restore.lines import Figure, Line

_EXCEPT_SHARES = re.compile(r"except\s+(?:for\s+)?(?:number\s+of\s+)?shares?\b(?!\s+(?:amounts|data)\b.{0,9}in)", re.I)
_PER_SHARE_ONLY = re.compile(r"except\s+(?:for\s+)?(?:\w+\s+){0,2}per[\s-]+share", re.I)


def share_scale(lines: Sequence[Line], scale: int, texts: Sequence[str]) -> int:
    """The power of ten of the share counts of a statement whose money is scaled by ``scale``."""
    proven = _proven(lines, scale)
    if proven is not None:
        return proven
    stated = " ".join(texts)
    return 0 if _EXCEPT_SHARES.search(stated) and not _PER_SHARE_ONLY.search(stated) else scale


def _proven(lines: Sequence[Line], scale: int) -> int | None:
    """The scale at which some result divided by shares gives a printed per-share figure, if exactly one does."""
    triples = [
        (each, count, net)
        for each_line in lines if each_line.unit == "per-share"
        for count_line in lines if count_line.unit == "shares"
        for net_line in lines if net_line.unit == "monetary" and net_line.label and "net" in net_line.label.lower()
        for each, count, net in zip(each_line.figures, count_line.figures, net_line.figures, strict=False)
        if each and count and net and each.value and count.value and net.value
    ]  # fmt: skip
    votes = {power: sum(_agrees(*triple, scale, power) for triple in triples) for power in (0, 3, 6)}
    best = max(votes, key=lambda power: votes[power])
    return best if votes[best] and 2 * votes[best] > sum(votes.values()) else None


def _agrees(each: Figure, count: Figure, net: Figure, scale: int, power: int) -> bool:
    shares, money = scaled(abs(count.value), power), scaled(abs(net.value), scale)
    slack = EXACT.multiply(half_unit(each.decimals), shares)
    return abs(EXACT.subtract(EXACT.multiply(abs(each.value), shares), money)) <= EXACT.add(slack, Decimal(10) ** scale)

"""Per-share figures times share counts give a result: that tells the scale of shares, and which row is the true one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from msgspec.structs import replace

from ticktie.extract.regions import scale_of
from ticktie.model.number import EXACT, half_unit, scaled
from ticktie.restore.lines import Figure, Line

ONE = Decimal(1)
_EXCEPT_SHARES = re.compile(r"except\s+(?:for\s+)?(?:(?:the\s+)?number\s+of\s+)?shares?\b", re.I)
#: "except number of shares, which are reflected in thousands".
_TOLD = re.compile(
    r"\bshares?\b(?:\s+(?:data|amounts?))?,?\s+(?:which\s+)?are\s+(?:\w+\s+)?(in\s+(?:thousands|millions|billions))",
    re.I,
)


def share_scale(lines: Sequence[Line], scale: int, texts: Sequence[str]) -> int:
    """The power of ten of the share counts of a statement whose money is scaled by ``scale``."""
    proven = _proven(lines, scale)
    if proven is not None:
        return proven
    stated = " ".join(texts)
    told = _TOLD.search(stated)
    if told is not None:
        return scale_of(told[1]) or scale
    return 0 if _EXCEPT_SHARES.search(stated) else scale


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
    """Whether per-share times shares, at these scales, gives the result within the rounding of the per-share figure."""
    shares, money = scaled(abs(count.value), power), scaled(abs(net.value), scale)
    slack = EXACT.multiply(half_unit(each.decimals), shares)
    return abs(EXACT.subtract(EXACT.multiply(abs(each.value), shares), money)) <= EXACT.add(slack, scaled(ONE, scale))


def supported_columns(line: Line, lines: Sequence[Line], results: Sequence[Line]) -> int:
    """In how many columns a per-share or share row gives one of the proven results with its best counterpart."""
    if line.unit not in ("per-share", "shares"):
        return 0
    others = [other for other in lines if other.unit == ("shares" if line.unit == "per-share" else "per-share")]
    return max((_supported(line, other, net) for other in others for net in results), default=0)


def _supported(line: Line, other: Line, net: Line) -> int:
    each, count = (line, other) if line.unit == "per-share" else (other, line)
    rows = zip(each.figures, count.figures, net.figures, strict=False)
    return sum(
        any(_agrees(a, b, c, 0, power) for power in (-6, -3, 0, 3))
        for a, b, c in rows
        if a and b and c and a.value and b.value and c.value
    )


def with_share_rows(lines: Sequence[Line], proven: Collection[int]) -> list[Line]:
    """The lines, nameless money outside all sums told as share counts where their products give a proven result."""
    results = [line for line in lines if line.key in proven]
    per_share = [line for line in lines if line.unit == "per-share"]
    return [
        replace(line, unit="shares")
        if not line.label
        and not line.is_heading
        and line.unit == "monetary"
        and line.key not in proven
        and any(
            _supported(each, replace(line, unit="shares"), net) == len(line.figures)
            for each in per_share
            for net in results
        )
        else line
        for line in lines
    ]

"""The scale of a statement that states none: the claims of the text fit its figures at one power of ten only."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ticktie.model.figures import Claim
from ticktie.model.number import Number, scaled
from ticktie.restore.lines import Line

_NAMES = {0: "whole units", 3: "thousands", 6: "millions"}
_FEWEST = 2


class Scale(Struct, frozen=True):
    """A power of ten, and what restored it where the print does not state it."""

    power: int
    evidence: tuple[str, ...] = ()
    restored_by: frozenset[str] = frozenset()


def scale(stated: int | None, elsewhere: int | None, lines: Sequence[Line], claims: Sequence[Claim]) -> Scale:
    """The stated scale; else the one at which most claims fit; else that of the document's other statements."""
    if stated is not None:
        return Scale(stated)
    fitting = {power: _fitting(power, lines, claims) for power in _NAMES}
    best = max(fitting, key=lambda power: len(fitting[power]))
    if len(fitting[best]) >= _FEWEST and sum(len(fits) == len(fitting[best]) for fits in fitting.values()) == 1:
        if not best:
            return Scale(0)
        words = ", ".join(sorted(claim.raw for claim in fitting[best])[:3])
        why = f"claims of the text fit the figures in {_NAMES[best]}: {words}"
        return Scale(best, (why,), frozenset(claim.id for claim in fitting[best]))
    return Scale(elsewhere, ("the scale of the other statements",)) if elsewhere else Scale(0)


def _fitting(power: int, lines: Sequence[Line], claims: Sequence[Claim]) -> list[Claim]:
    """The claims of money that some figure rounds to at a scale."""
    figures = {
        Number(scaled(abs(figure.value), power), figure.decimals - power)
        for line in lines
        if line.unit == "monetary"
        for figure in line.figures
        if figure is not None and figure.value
    }
    money = [claim for claim in claims if claim.kind == "amount" and "share" not in claim.unit and claim.value]
    stated = [(claim, Number(abs(claim.value), claim.decimals)) for claim in money]
    return [claim for claim, number in stated if any(figure.rounds_to(number) for figure in figures)]

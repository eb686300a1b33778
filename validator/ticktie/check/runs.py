"""Runs of numbers that make a target: which last numbers, with which signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Signs = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """Signed sums of the last ``values`` that make ``target``; ``usual`` are the signs that names suggest.

    Tried for each length: all added, the usual signs, all taken from the first; then these with signs changed.
    """

    target: int
    values: Sequence[int]
    usual: Sequence[int]

    def runs(self, *, flips: int) -> Iterator[tuple[Signs, int]]:
        """Every solution with at most ``flips`` signs changed, shortest run first, with the number of runs of its sort
        that were tried until then."""
        for length in range(2, len(self.values) + 1):
            values = self.values[-length:]
            added, usual = (1,) * length, tuple(self.usual[-length:])
            for prior in dict.fromkeys((added, usual, (1, *(-1 for _ in values[1:])))):
                signs = self._signs(values, prior, flips)
                if signs is not None:
                    changed = sum(map(int.__ne__, signs, prior))
                    yield signs, 3 * (length - 1) * length**changed

    def _signs(self, values: Sequence[int], prior: Signs, flips: int) -> Signs | None:
        excess = sum(map(int.__mul__, values, prior)) - self.target
        if not excess:
            return prior
        if excess % 2 or not flips:
            return None
        half = excess // 2
        weighted = list(map(int.__mul__, values, prior))
        changed = _one(half, weighted) or (_two(half, weighted) if flips > 1 else ())
        return tuple(-sign if at in changed else sign for at, sign in enumerate(prior)) if changed else None


def _one(half: int, weighted: list[int]) -> tuple[int, ...]:
    return (weighted.index(half),) if half in weighted else ()


def _two(half: int, weighted: list[int]) -> tuple[int, ...]:
    """The places of two values that make ``half``."""
    where = {value: at for at, value in enumerate(weighted) if value}
    for at, value in enumerate(weighted):
        other = where.get(half - value)
        if other is not None and other != at:
            return (at, other)
    return ()

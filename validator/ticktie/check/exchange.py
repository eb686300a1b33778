"""Figures of two columns exchanged: two groups of broken checks, one row, each figure what the other should read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from msgspec.structs import replace

from ticktie.check.bench import Bench, Candidate
from ticktie.check.index import local
from ticktie.check.printing import Cause

Pair = tuple[Candidate, Candidate]
EXCHANGED = Cause("the figures of two columns are exchanged", 2)


def exchanged(groups: Sequence[Sequence[Candidate]], bench: Bench) -> list[tuple[int, int, list[Pair]]]:
    """Pairs of groups (by number) that one exchange in a row explains, each with the two figures of every row that
    does; each group once."""
    rows: defaultdict[tuple[object, ...], list[tuple[int, Candidate]]] = defaultdict(list)
    for number, candidates in enumerate(groups):
        for candidate in candidates:
            rows[_row(candidate, bench)].append((number, candidate))
    found: defaultdict[tuple[int, int], list[Pair]] = defaultdict(list)
    for members in rows.values():
        for (one, first), (other, second) in combinations(members, 2):
            if one != other and _are_exchanged(first, second, bench):
                found[(one, other)].append((_as(first, second, bench), _as(second, first, bench)))
    used: set[int] = set()
    kept: list[tuple[int, int, list[Pair]]] = []
    for (one, other), pairs in found.items():
        if not {one, other} & used:
            used |= {one, other}
            kept.append((one, other, pairs))
    return kept


def _row(candidate: Candidate, bench: Bench) -> tuple[object, ...]:
    fact = bench.index.fact(candidate.fact)
    return (local(fact.concept), fact.entity, fact.dimensions, fact.unit, fact.kind)


def _stated(candidate: Candidate, bench: Bench) -> Decimal:
    return bench.index.numbers[candidate.fact].value


def _are_exchanged(first: Candidate, second: Candidate, bench: Bench) -> bool:
    """Whether each should read what the other states, where the checks say what it should read."""
    wanted = (first.value, second.value)
    stated = (_stated(second, bench), _stated(first, bench))
    known = [(want, have) for want, have in zip(wanted, stated, strict=True) if want is not None]
    return bool(known) and all(want == have for want, have in known)


def _as(candidate: Candidate, other: Candidate, bench: Bench) -> Candidate:
    return replace(candidate, value=_stated(other, bench), cause=EXCHANGED)

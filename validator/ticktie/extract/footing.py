"""The additive structure of a table: which rows are totals of which, tested in every value column at once.

Rows come as vectors of whole numbers (None: blank or unreadable). Going down the table, rows that no total has taken
up yet stay open; a row that equals a run of the open rows right above it takes them up. That a relation holds to the
last digit in several columns is hardly ever chance, so signs may be searched and doubtful rows may be skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

Vector = tuple[int | None, ...]
Items = tuple[tuple[int, int], ...]
_Ways = dict[int, list[Items]]

_LONGEST = 24
_MOST_SIGNED = 6
#: How many ways to skip doubtful rows are kept: all that a table needs, fewer where nearly every row is doubtful.
_WAYS, _FEWEST_WAYS, _MOST_WAYS = 20_000, 8, 1024
#: What skipping a sound row costs more than skipping a garbled one.
_SOUND = 0.05


class Identity(Struct, frozen=True):
    """``rows[total] = sum(weight * rows[item])``; the columns where it ``holds``, ``breaks``, or is ``open`` because a
    cell is unknown (``residuals``: what the unknown cells must add, signed as a weighted item, by column)."""

    total: int
    items: Items
    holds: frozenset[int]
    breaks: frozenset[int] = frozenset()
    residuals: tuple[tuple[int, int], ...] = ()
    cost: float = 0.0

    @property
    def rows(self) -> frozenset[int]:
        """The rows that take part."""
        return frozenset({self.total, *(row for row, _ in self.items)})

    @property
    def worth(self) -> tuple[int, int]:
        """How well the relation is proven: whole columns, then few blank cells that would have to be something."""
        return len(self.holds), -sum(residual != 0 for _, residual in self.residuals)

    @property
    def is_strict(self) -> bool:
        return not self.breaks


class Evidence(Struct, frozen=True):
    """What besides the numbers guides the search.

    ``doubtful`` rows may be skipped (``sound`` ones among them cost more); ``rivals`` are pairs of neighbours that may
    be one row printed twice; ``totals`` are rows whose words announce a total, ``subtracted`` those that words take
    off; ``signed`` says that signs may be searched (income and cash flow; a balance sheet adds).
    """

    doubtful: frozenset[int] = frozenset()
    rivals: frozenset[frozenset[int]] = frozenset()
    totals: frozenset[int] = frozenset()
    subtracted: frozenset[int] = frozenset()
    sound: frozenset[int] = frozenset()
    signed: bool = True

    @property
    def most_ways(self) -> int:
        """How many ways to add up a run are kept, so that the work stays in proportion to the table."""
        return max(_FEWEST_WAYS, min(_MOST_WAYS, _WAYS // (1 + len(self.doubtful))))


def identities(rows: Sequence[Vector], evidence: Evidence) -> tuple[Identity, ...]:
    """The identities of a table, top to bottom: first those that hold in every column, then with their help those
    that some column breaks (a broken sum is recognised by its other columns)."""
    strict = {identity.total: identity for identity in _strict(rows, evidence)}
    found = _with_weak(rows, evidence, strict)
    return tuple(_mended(rows, identity) if identity.breaks else identity for identity in found)


def _mended(rows: Sequence[Vector], identity: Identity) -> Identity:
    """A relation that some column breaks, with one row replaced by a neighbour that makes it hold in all of them."""
    known = len(identity.holds) + len(identity.breaks)
    for row in sorted(identity.rows):
        for other in (row - 1, row + 1, row - 2, row + 2):
            if 0 <= other < len(rows) and other not in identity.rows:
                mended = _replaced(rows, identity, row, other)
                if mended is not None and mended.is_strict and len(mended.holds) >= known:
                    return mended
    return identity


def _replaced(rows: Sequence[Vector], identity: Identity, row: int, other: int) -> Identity | None:
    total = other if identity.total == row else identity.total
    items = tuple((other if item == row else item, weight) for item, weight in identity.items)
    return _test(rows, total, items, identity.cost) if max(item for item, _ in items) < total else None


def _strict(rows: Sequence[Vector], evidence: Evidence) -> Iterator[Identity]:
    open_rows: list[int] = []
    for total in range(len(rows)):
        best = _strict_best(rows, total, open_rows, evidence)
        if best is not None:
            yield best
        open_rows = _opened(open_rows, total, best, rows)


def _with_weak(rows: Sequence[Vector], evidence: Evidence, strict: dict[int, Identity]) -> Iterator[Identity]:
    """The strict identities, and weak ones of rows that none of them proves; those below a weak one are sought anew,
    for it takes rows up."""
    open_rows: list[int] = []
    proven = {row for identity in strict.values() for row in identity.rows}
    same = True
    for total in range(len(rows)):
        best = strict.get(total) if same else _strict_best(rows, total, open_rows, evidence)
        if best is None and any(rows[total]) and not _is_settled(total, strict, proven, evidence):
            best = _best_weak(rows, total, open_rows, evidence)
            same = same and best is None
        if best is not None:
            yield best
        open_rows = _opened(open_rows, total, best, rows)


def _opened(open_rows: Sequence[int], total: int, best: Identity | None, rows: Sequence[Vector]) -> list[int]:
    """The rows that stay open below ``total``: those that it took up are closed; rows of nil marks never open."""
    taken = len(open_rows) if best is None else min(open_rows.index(row) for row, _ in best.items)
    return [*open_rows[:taken], total] if any(rows[total]) else list(open_rows)


def _strict_best(rows: Sequence[Vector], total: int, open_rows: Sequence[int], evidence: Evidence) -> Identity | None:
    if not any(rows[total]):
        return None
    return _unless_rivalled(_best(rows, total, open_rows, evidence), rows, open_rows, evidence)


def _is_settled(total: int, strict: dict[int, Identity], proven: set[int], evidence: Evidence) -> bool:
    """Whether an identity proves the row (one that words announce as a total must be the total of one), or a
    neighbour that may be the same row."""
    near = (total - 1, total + 1)
    rivalled = any(row in proven and frozenset({row, total}) in evidence.rivals for row in near)
    return rivalled or total in (strict if total in evidence.totals else proven)


def _unless_rivalled(
    best: Identity | None, rows: Sequence[Vector], open_rows: Sequence[int], evidence: Evidence
) -> Identity | None:
    """``best``, unless the next row may be the same one printed better: equal to the same run in more columns."""
    if best is None or frozenset({best.total, best.total + 1}) not in evidence.rivals:
        return best
    rival = _best(rows, best.total + 1, open_rows, evidence)
    return None if rival is not None and rival.worth > best.worth else best


def _best(rows: Sequence[Vector], total: int, open_rows: Sequence[int], evidence: Evidence) -> Identity | None:
    """The cheapest relation that no column breaks and at least one whole column proves."""
    found = [one for one in _relations(rows, total, open_rows, evidence, evidence.signed) if one.is_strict]
    return min(found, key=lambda one: (one.cost - one.worth[1], -len(one.holds), -len(one.items)), default=None)


def _best_weak(rows: Sequence[Vector], total: int, open_rows: Sequence[int], evidence: Evidence) -> Identity | None:
    """The relation with the fewest broken columns that most columns prove, or half of them where words announce a
    total; signs are not searched, for one column proves too little."""
    found = [one for one in _relations(rows, total, open_rows, evidence, False) if _is_enough(one, evidence)]
    return min(found, key=lambda one: (len(one.breaks), one.cost, -len(one.items)), default=None)


def _is_enough(identity: Identity, evidence: Evidence) -> bool:
    holds, breaks = len(identity.holds), len(identity.breaks)
    return 2 <= holds > breaks or (identity.total in evidence.totals and holds >= breaks)


def _relations(
    rows: Sequence[Vector], total: int, open_rows: Sequence[int], evidence: Evidence, signed: bool
) -> Iterator[Identity]:
    """Every relation of ``total`` to a run of open rows right above it that some whole column proves."""
    tried: set[Items] = set()
    for pivot, stated in enumerate(rows[total]):
        if not stated:
            continue
        for items, cost in _hits([row[pivot] for row in rows], stated, open_rows, evidence, signed):
            if items not in tried:
                tried.add(items)
                identity = _test(rows, total, items, cost)
                if identity is not None and not _counts_one_row_twice(identity, len(rows[total]), evidence):
                    yield identity


def _counts_one_row_twice(identity: Identity, columns: int, evidence: Evidence) -> bool:
    """Whether one column alone of several, with signs that nothing announces, proves a relation that takes both of two
    rows that may be one."""
    if columns < 2 or len(identity.holds) > 1 or all(weight > 0 for _, weight in identity.items):
        return False
    taken = pairwise(sorted(identity.items))
    return any(a[1] == b[1] and frozenset({a[0], b[0]}) in evidence.rivals for a, b in taken)


def _hits(
    column: Sequence[int | None], stated: int, open_rows: Sequence[int], evidence: Evidence, signed: bool
) -> Iterator[tuple[Items, float]]:
    """The weighted runs that give ``stated`` in one column, and what each assumes (its cost): doubtful rows that it
    skips, rows that it takes from the first, signs that nothing announces."""
    added: _Ways = {0: [()]}
    mixed: _Ways = {0: [()]} if signed else {}
    for length, row in enumerate(reversed(open_rows[-_LONGEST:]), 1):
        value = column[row]
        worded = (-1, 1) if row in evidence.subtracted else (1,)
        for items, assumed in (
            _with_first(row, value, stated, worded, added, mixed, evidence) if value is not None else ()
        ):
            skipped = frozenset(open_rows[-length:]) - {item for item, _ in items}
            yield items, assumed + len(skipped) + _SOUND * len(skipped & evidence.sound)
        added = _extended(added, row, value, worded, evidence)
        mixed = _extended(mixed, row, value, (1, -1), evidence) if length < _MOST_SIGNED else {}
        if not added:
            return


def _with_first(
    row: int, value: int, stated: int, worded: Sequence[int], added: _Ways, mixed: _Ways, evidence: Evidence
) -> Iterator[tuple[Items, float]]:
    """The runs that start with ``row``: added up as the words say, the rest taken from the first, or any signs."""
    for weight in worded:
        for rest in added.get(stated - weight * value, ()):
            yield ((row, weight), *rest), 0.0
    for rest in added.get(value - stated, ()) if evidence.signed else ():
        yield ((row, 1), *((item, -weight) for item, weight in rest)), 0.3
    for rest in mixed.get(stated - value, ()):
        yield ((row, 1), *rest), 0.6 + 0.01 * sum(weight < 0 for _, weight in rest)


def _extended(ways: _Ways, row: int, value: int | None, weights: Sequence[int], evidence: Evidence) -> _Ways:
    """The ways to add up a run with one more row on top: taken with each weight, or skipped where that is allowed."""
    may_skip = row in evidence.doubtful
    longer: _Ways = {total: list(items) for total, items in ways.items()} if may_skip else {}
    if value is not None:
        for total, every in ways.items():
            for weight in weights:
                longer.setdefault(total + weight * value, []).extend(((row, weight), *items) for items in every)
    if sum(map(len, longer.values())) <= evidence.most_ways:
        return longer
    return _taken(longer, row) if may_skip else {}


def _taken(ways: _Ways, row: int) -> _Ways:
    """Of too many ways those that take ``row``."""
    kept = {total: [items for items in every if items and items[0][0] == row] for total, every in ways.items()}
    return {total: every for total, every in kept.items() if every}


def _test(rows: Sequence[Vector], total: int, items: Items, cost: float) -> Identity | None:
    """How a relation fares column by column; None where no whole column proves it, or where it needs both unannounced
    signs and unknown cells."""
    holds, breaks, residuals = [], [], []
    for column, stated in enumerate(rows[total]):
        values = [(rows[row][column], weight) for row, weight in items]
        known = sum(value * weight for value, weight in values if value is not None)
        if stated is None or any(value is None for value, _ in values):
            residuals.append((column, known if stated is None else stated - known))
        elif known != stated:
            breaks.append(column)
        elif known:
            holds.append(column)
    if not holds or len(breaks) > len(holds) or sum(1 for row, _ in items if any(rows[row])) < 2:
        return None
    if cost % 1 >= 0.59 and any(residual for _, residual in residuals):
        return None
    return Identity(total, items, frozenset(holds), frozenset(breaks), tuple(residuals), cost)

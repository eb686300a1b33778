"""The additive structure of a table: which rows are totals of which, tested in every value column at once.

Rows come as vectors of whole numbers (None: blank or unreadable). Going down the table, rows that no total has taken
up yet stay open; a row that equals a run of the open rows right above it takes them up. That a relation holds to the
last digit in several columns is hardly ever chance, so signs may be searched and doubtful rows may be skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

Vector = tuple[int | None, ...]

_LONGEST = 24
_MOST_SIGNED = 6
_MOST_DOUBTS = 6
_MOST_CANDIDATES = 3000


@dataclass(frozen=True, slots=True)
class Identity:
    """``rows[total] = sum(weight * rows[item])``; the columns where it ``holds``, ``breaks``, or is ``open`` because a
    cell is unknown (``residuals``: what the unknown cells must add, signed as a weighted item, by column)."""

    total: int
    items: tuple[tuple[int, int], ...]
    holds: frozenset[int]
    breaks: frozenset[int] = frozenset()
    residuals: tuple[tuple[int, int], ...] = ()
    cost: float = 0.0

    @property
    def rows(self) -> frozenset[int]:
        """The rows that take part."""
        return frozenset({self.total, *(row for row, _ in self.items)})

    @property
    def is_strict(self) -> bool:
        return not self.breaks


@dataclass(frozen=True, slots=True)
class Evidence:
    """What besides the numbers guides the search: rows that may be skipped (``doubtful``), pairs of neighbours that
    may be one row printed twice (``rivals``), rows whose words announce a total (``totals``) or that they are taken off
    (``subtracted``), and whether signs may be searched (``signed``: income and cash flow; a balance sheet adds)."""

    doubtful: frozenset[int] = frozenset()
    rivals: frozenset[frozenset[int]] = frozenset()
    totals: frozenset[int] = frozenset()
    subtracted: frozenset[int] = frozenset()
    signed: bool = True


def identities(rows: Sequence[Vector], evidence: Evidence) -> tuple[Identity, ...]:
    """The identities of a table, top to bottom: first those that hold in every column, then with their help those
    that some column breaks (a broken sum is recognised by its other columns)."""
    strict = _pass(rows, evidence, {}, weak=False)
    known = {identity.total: identity for identity in strict}
    return tuple(_pass(rows, evidence, known, weak=True))


def _pass(rows: Sequence[Vector], evidence: Evidence, known: dict[int, Identity], weak: bool) -> list[Identity]:
    open_rows: list[int] = []
    found: list[Identity] = []
    proven = {row for identity in known.values() for row in identity.rows}
    for total in range(len(rows)):
        if not _is_empty(rows[total]):
            best = _unless_rivalled(_best(rows, total, open_rows, evidence), rows, open_rows, evidence)
            if best is None and weak and total not in proven and not _has_proven_rival(total, proven, evidence):
                best = _best_weak(rows, total, open_rows, evidence)
            if best is not None:
                found.append(best)
                taken = min(open_rows.index(row) for row, _ in best.items)
                open_rows = open_rows[:taken]
            open_rows.append(total)
    return found


def _unless_rivalled(
    best: Identity | None, rows: Sequence[Vector], open_rows: Sequence[int], evidence: Evidence
) -> Identity | None:
    """``best``, unless the next row may be the same one printed better: equal to the same run in more columns."""
    if best is None or frozenset({best.total, best.total + 1}) not in evidence.rivals:
        return best
    rival = _best(rows, best.total + 1, open_rows, evidence)
    return None if rival is not None and len(rival.holds) > len(best.holds) else best


def _is_empty(row: Vector) -> bool:
    return not any(row)


def _has_proven_rival(row: int, proven: set[int], evidence: Evidence) -> bool:
    return any(row in pair and (pair - {row}) & proven for pair in evidence.rivals)


def _best(rows: Sequence[Vector], total: int, open_rows: Sequence[int], evidence: Evidence) -> Identity | None:
    """The cheapest relation that no column breaks and at least one whole column proves."""
    candidates = (
        identity
        for items, cost in _candidates(open_rows, evidence, signed=evidence.signed)
        if (identity := _test(rows, total, items, cost)) is not None and identity.is_strict
    )
    return min(
        candidates, key=lambda identity: (identity.cost, -len(identity.holds), -len(identity.items)), default=None
    )


def _best_weak(rows: Sequence[Vector], total: int, open_rows: Sequence[int], evidence: Evidence) -> Identity | None:
    """The relation with the fewest broken columns that most columns prove, or half of them where words announce a
    total; signs are not searched, for one column proves too little."""
    candidates = (
        identity
        for items, cost in _candidates(open_rows, evidence, signed=False)
        if (identity := _test(rows, total, items, cost)) is not None and _is_enough(identity, evidence)
    )
    return min(
        candidates, key=lambda identity: (len(identity.breaks), identity.cost, -len(identity.items)), default=None
    )


def _is_enough(identity: Identity, evidence: Evidence) -> bool:
    holds, breaks = len(identity.holds), len(identity.breaks)
    return 2 <= holds > breaks or (identity.total in evidence.totals and holds >= breaks)


def _candidates(
    open_rows: Sequence[int], evidence: Evidence, signed: bool
) -> Iterator[tuple[tuple[tuple[int, int], ...], float]]:
    """Runs of open rows that end right above ``total`` with their weights, and what each assumes (its cost)."""
    return islice(_all_candidates(open_rows, evidence, signed), _MOST_CANDIDATES)


def _all_candidates(
    open_rows: Sequence[int], evidence: Evidence, signed: bool
) -> Iterator[tuple[tuple[tuple[int, int], ...], float]]:
    run: list[int] = []
    for row in reversed(open_rows[-_LONGEST:]):
        run.insert(0, row)
        for chosen, cost in _selections(run, evidence):
            for weights, extra in _weights(chosen, evidence, signed):
                yield tuple(zip(chosen, weights, strict=True)), cost + extra


def _selections(run: Sequence[int], evidence: Evidence) -> Iterator[tuple[tuple[int, ...], float]]:
    """The run itself, and what is left of it when doubtful rows after its first are skipped."""
    doubtful = [row for row in run[1:] if row in evidence.doubtful][-_MOST_DOUBTS:]
    for keep in product((True, False), repeat=len(doubtful)):
        skipped = {row for row, kept in zip(doubtful, keep, strict=True) if not kept}
        if len(run) - len(skipped) > 1:
            yield tuple(row for row in run if row not in skipped), float(len(skipped))


def _weights(chosen: Sequence[int], evidence: Evidence, signed: bool) -> Iterator[tuple[tuple[int, ...], float]]:
    """Weights to try: as the words say; all taken from the first; then, for short runs, any signs after the first."""
    worded = tuple(-1 if row in evidence.subtracted else 1 for row in chosen)
    length = len(chosen)
    yield worded, 0.0
    if -1 in worded:
        yield (1,) * length, 0.1
    if evidence.signed:
        yield (1, *(-1,) * (length - 1)), 0.3
    if signed and 2 < length <= _MOST_SIGNED:
        for signs in product((1, -1), repeat=length - 1):
            if 0 < signs.count(-1) < length - 1:
                yield (1, *signs), 0.6 + 0.1 * signs.count(-1)


def _test(rows: Sequence[Vector], total: int, items: Sequence[tuple[int, int]], cost: float) -> Identity | None:
    """How a relation fares column by column; None where no whole column proves it."""
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
    return Identity(total, tuple(items), frozenset(holds), frozenset(breaks), tuple(residuals), cost)

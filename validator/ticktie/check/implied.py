"""Which rows above a total make it, with which signs, and in which columns: what holds elsewhere to the last digit is
no coincidence.

A run is the last rows above the total. Its signs are the plain or the usual ones; a few rows may turn theirs, stand
aside, or join from another statement. Every such freedom makes coincidence likelier, so it must be paid for by the
digits of the columns that hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import comb, log10

from msgspec import Struct, field

from ticktie.check.likely import is_explained
from ticktie.check.rows import Identity, Row
from ticktie.check.tree import adjusting_sign, has_sure_sign, is_leaf, is_printed_sum, is_root, is_total, usual_sign

#: Longer runs of items are not searched.
MOST_ITEMS = 40
#: Orders of magnitude by which the digits that agree must outnumber the runs that were tried: for a row known as a
#: total, and for any other.
KNOWN, UNKNOWN = 1.0, 3.0

#: How far signs may depart from a prior, in the order of what it costs: so many edits; below zero one less, and
#: within rounding.
WAYS = (0, -1, 1, -2, 2, 3)

#: Columns that must hold, each group by itself or (where it is of two) in its sum.
Groups = tuple[tuple[int, ...], ...]


class Edit(Struct, frozen=True):
    """Another sign (0: none) for one row; ``change`` is what it takes from the coded sum of the run."""

    row: int
    sign: int
    change: int


class Trials(Struct):
    """A total and the rows above it, coded for some groups of columns so that all of them add up at once."""

    total: Row
    stack: Sequence[Row]
    joining: Sequence[Row]
    groups: Groups
    target: int = 0
    codes: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = (self.total, *self.stack, *self.joining)
        base = 16 * MOST_ITEMS * max(abs(value) for row in rows for value in row.values) + 1
        self.target = _coded(self.total, self.groups, base)
        self.codes = [_coded(row, self.groups, base) for row in self.stack]
        self.joined = [_coded(row, self.groups, base) for row in self.joining]


def _coded(row: Row, groups: Groups, base: int) -> int:
    code = 0
    for group in groups:
        code = code * base + sum(row.values[at] for at in group)
    return code


def identities(rows: Sequence[Row], joining: Sequence[Row] = ()) -> Iterator[Identity]:
    """The sums of the statement, innermost first; what stands above a grand total is no item of what stands below.
    ``joining`` are rows of another statement that may stand in this one too."""
    stack: list[Row] = []
    totals: set[int] = set()
    for row in rows:
        found, length = _repeated(row, stack), 1
        if found is None:
            found, length = _sought(row, stack, totals, joining)
        if found is not None:
            yield found
            totals.add(id(row))
            del stack[len(stack) - length :]
        stack = [] if is_root(row.concept) else [*stack, row]


def _repeated(total: Row, stack: list[Row]) -> Identity | None:
    """A subtotal of one item: the row above with one sign, in every column that either states."""
    columns = tuple(column for column in total.facts if total.values[column])
    if not stack or not columns:
        return None
    for sign in (1, -1):
        if all(value * sign == own for value, own in zip(stack[-1].values, total.values, strict=True)):
            return Identity(total, ((stack[-1], sign),), columns)
    return None


def _sought(total: Row, stack: list[Row], totals: set[int], joining: Sequence[Row]) -> tuple[Identity | None, int]:
    """The identity of ``total`` with the length of its run."""
    columns = tuple(total.facts)
    above = stack[-MOST_ITEMS:]
    if len(columns) < 2 or len(above) < 2 or not any(total.values):
        return None, 0
    starts, first, level = _starts(above, totals), None, WAYS[-1]
    for groups, freedom in _attempts(columns, is_printed_sum(total.concept), is_leaf(total.concept)):
        if first is not None and WAYS.index(freedom) > WAYS.index(level):
            continue
        trials = Trials(total, above, joining if freedom > 0 else (), groups)
        for found, start in _solutions(trials, starts, freedom):
            if len(groups) == len(columns):
                return found, len(above) - start
            whole = next(filter(is_explained, (found, *_completed(found, trials, joining))), None)
            if whole is not None:
                return whole, len(above) - start
            first = first or (found, len(above) - start)
            level = min(level, freedom, key=WAYS.index)
    return first or (None, 0)


def _completed(found: Identity, trials: Trials, joining: Sequence[Row]) -> Iterator[Identity]:
    """The identity with one row that only the columns state which do not hold: one of the run less, or one from the
    other statement more."""
    silent = [row for row in (*trials.stack, *joining) if not any(row.values[at] for at in found.columns)]
    broken = [column for column in found.total.facts if column not in (*found.columns, *found.merged)]
    inside = {id(row) for row, _ in found.items}
    for row in silent:
        if any(row.values[column] for column in broken):
            if id(row) in inside and not is_total(row.concept):
                yield found._replace(items=tuple(item for item in found.items if item[0] is not row))
            elif id(row) not in inside and any(row is one for one in joining):
                yield found._replace(items=(*found.items, (row, adjusting_sign(row.concept))))


def _starts(above: Sequence[Row], totals: set[int]) -> frozenset[int]:
    """Where a run begins by itself: at the top, at a total, below a total."""
    ends = {at for at, row in enumerate(above) if id(row) in totals or is_total(row.concept)}
    return frozenset(at for at in range(len(above) - 1) if not at or at in ends or at - 1 in ends)


def _attempts(columns: tuple[int, ...], known: bool, leaf: bool) -> Iterator[tuple[Groups, int]]:
    """The columns to satisfy, with the freedom of signs to do so (-1: within rounding): all columns first, then all
    but one, then all but one and two of them together, then all but two."""
    deepest = 3 if known else 0 if leaf else 1
    ways = WAYS[: WAYS.index(deepest if deepest else -1) + 1]
    every = tuple((column,) for column in columns)
    yield from ((every, freedom) for freedom in ways)
    for kept in (len(columns) - 1, len(columns) - 2)[: 1 if len(columns) < 4 else 2]:
        for freedom in ways if known else (0, -1) if kept > 1 or not leaf else (0,):
            yield from ((groups, freedom) for groups in combinations(every, kept))
        if kept == len(columns) - 1:
            yield from _merged(columns, 2 if known else 0)


def _merged(columns: tuple[int, ...], deepest: int) -> Iterator[tuple[Groups, int]]:
    for freedom in (0, -1, *range(1, deepest + 1)):
        for pair in combinations(columns, 2):
            yield (*((column,) for column in columns if column not in pair), pair), freedom


def _solutions(trials: Trials, starts: frozenset[int], freedom: int) -> Iterator[tuple[Identity, int]]:
    """Every telling identity with its start: runs that begin where one begins by itself first, the shortest first."""
    usual = tuple(usual_sign(row.concept, trials.total.concept) for row in trials.stack)
    for start in sorted(range(len(trials.stack) - 1), key=lambda at: (at not in starts, -at)):
        natural = start in starts
        if not natural and freedom not in (0, -1, 1):
            return
        paid = log10(3 * (len(starts) if natural else len(trials.stack)))
        for signs in _priors(usual[start:], freedom):
            for edits, cost in _edited(trials, start, signs, freedom):
                found = _identity(trials, start, signs, usual, edits)
                if _is_fit(found, trials) and _is_telling(found, trials, paid + cost, freedom, natural):
                    yield found, start


def _priors(usual: tuple[int, ...], freedom: int) -> Iterable[tuple[int, ...]]:
    plain, less = (1,) * len(usual), (1, *(-1 for _ in usual[1:]))
    return dict.fromkeys((usual, plain, less)) if freedom in (0, -1, 1, 2) else (usual,)


def _edited(
    trials: Trials, start: int, signs: tuple[int, ...], freedom: int
) -> Iterator[tuple[tuple[Edit, ...], float]]:
    """The edits, as many as ``freedom`` says (below zero: one less, within rounding), that make the run hold, and what
    so many choices cost."""
    if freedom < 0:
        yield from _near(trials, start, signs, -1 - freedom)
        return
    excess = sum(map(int.__mul__, trials.codes[start:], signs)) - trials.target
    if not freedom or not excess:
        if not freedom and not excess:
            yield (), 0.0
        return
    turned, joined = list(_turned(trials, start, signs, freedom)), list(_joined(trials))
    for found in _summing(excess, [*joined, *turned], freedom):
        strangers = sum(edit.row >= len(trials.stack) for edit in found)
        yield found, log10(comb(len(joined), strangers) * comb(len(turned), freedom - strangers))


def _near(trials: Trials, start: int, signs: tuple[int, ...], count: int) -> Iterator[tuple[tuple[Edit, ...], float]]:
    """No edit, or one, with which every column holds within one unit of its last digit, and not all of them exactly."""
    if not count:
        if _is_near(trials, start, signs, None):
            yield (), 0.0
        return
    turned = list(_turned(trials, start, signs, 1))
    for edit in turned:
        if _is_near(trials, start, signs, edit):
            yield (edit,), log10(len(turned))
            return


def _is_near(trials: Trials, start: int, signs: tuple[int, ...], edit: Edit | None) -> bool:
    if edit is not None:
        at = edit.row - start
        signs = (*signs[:at], edit.sign, *signs[at + 1 :])
    run = trials.stack[start:]
    off = [abs(sum(_excess(trials.total, run, signs, column) for column in group)) for group in trials.groups]
    units = [trials.total.units[group[0]] for group in trials.groups]
    return any(off) and all(size <= unit for size, unit in zip(off, units, strict=True))


def _turned(trials: Trials, start: int, signs: tuple[int, ...], freedom: int) -> Iterator[Edit]:
    """Rows with the other sign, and (one or two at most) rows that stand aside."""
    for at, sign in enumerate(signs):
        row, code = trials.stack[start + at], trials.codes[start + at]
        if code and _may_turn(row, trials):
            yield Edit(start + at, -sign, 2 * sign * code)
        if code and freedom < 3 and at and not is_total(row.concept):
            yield Edit(start + at, 0, sign * code)


def _may_turn(row: Row, trials: Trials) -> bool:
    """Whether another sign would be the filer's way, not an error: a row of sure sign must turn in two columns."""
    stated = sum(any(row.values[at] for at in group) for group in trials.groups)
    return stated > 1 or not has_sure_sign(row.concept, trials.total.concept)


def _joined(trials: Trials) -> Iterator[Edit]:
    for at, code in enumerate(trials.joined):
        if code:
            sign = adjusting_sign(trials.joining[at].concept)
            yield Edit(len(trials.stack) + at, sign, -sign * code)


def _summing(excess: int, edits: list[Edit], count: int) -> Iterator[tuple[Edit, ...]]:
    """``count`` edits of different rows whose changes make ``excess``."""
    by_change: dict[int, Edit] = {}
    for edit in edits:
        by_change.setdefault(edit.change, edit)
    for others in combinations(edits, count - 1):
        last = by_change.get(excess - sum(edit.change for edit in others))
        rows = {edit.row for edit in others}
        if last is not None and last.row not in rows and len(rows) == count - 1:
            yield (*others, last)
            return


def _excess(total: Row, run: Sequence[Row], signs: Sequence[int], column: int) -> int:
    return sum(row.values[column] * sign for row, sign in zip(run, signs, strict=True)) - total.values[column]


def _identity(
    trials: Trials, start: int, signs: tuple[int, ...], usual: tuple[int, ...], edits: tuple[Edit, ...]
) -> Identity:
    """The identity; a row of which the columns that hold say nothing has its usual sign."""
    changed = {edit.row: edit.sign for edit in edits}
    rows = [*trials.stack, *trials.joining]
    weights = {at: sign if trials.codes[at] else usual[at] for at, sign in enumerate(signs, start)} | changed
    stated = trials.total.facts.keys()
    items = tuple((rows[at], sign) for at, sign in weights.items() if sign and stated & rows[at].facts.keys())
    alone = tuple(group[0] for group in trials.groups if len(group) == 1)
    return Identity(trials.total, items, alone, next((group for group in trials.groups if len(group) > 1), ()))


def _is_fit(found: Identity, trials: Trials) -> bool:
    """Whether the row may be a total of the run: a line item that is usually none is so only of items added up; and no
    row takes a sign that is not its own."""
    plain = all(sign > 0 and not is_total(row.concept) for row, sign in found.items)
    if is_leaf(found.total.concept) and not plain:
        return False
    total = found.total.concept
    return len(trials.groups) < 2 or all(
        sign == usual_sign(row.concept, total) or _may_turn(row, trials) for row, sign in found.items
    )


def _is_telling(found: Identity, trials: Trials, cost: float, freedom: int, natural: bool) -> bool:
    """Whether the run holds by more than chance: two items that are not zero, the first among them (but where a run
    begins by itself), and many more values that the total might have had than runs were tried."""
    stated = [any(row.values[at] for group in trials.groups for at in group) for row, _ in found.items]
    if sum(stated) < 2 or not (natural or stated[0]):
        return False
    if _cancels(found, trials.groups):
        return False
    digits = sum(log10(_reach(found, group, freedom)) for group in trials.groups)
    known = is_printed_sum(found.total.concept) or (freedom in (0, -1) and is_total(found.total.concept))
    return digits >= cost + (KNOWN if known else UNKNOWN)


def _cancels(found: Identity, groups: Groups) -> bool:
    """Whether two items are each other's opposite throughout: the same figure twice proves no sum."""
    columns = [at for group in groups for at in group]
    values = [tuple(row.values[at] * sign for at in columns) for row, sign in found.items]
    opposite = {tuple(-value for value in one) for one in values if any(one)}
    return any(one in opposite for one in values)


def _reach(found: Identity, group: tuple[int, ...], freedom: int) -> float:
    """How many values the total might have had in these columns: as many as the size of the figures allows."""
    rows = (found.total, *(row for row, _ in found.items))
    size = max(abs(sum(row.values[at] for at in group)) for row in rows)
    unit = max(found.total.units[group[0]], 1)
    return max(size / unit / (3 if freedom < 0 else 1), 1)

"""Diagnosis: which figure explains a connected group of broken checks, and what it should read.

A figure is a candidate where one other value of it makes every broken check of the group hold and breaks none that
passed: passing checks are evidence. A sum of a table whose other sums foot exactly must then foot exactly too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct
from msgspec.structs import replace

from ticktie.check.across import unlike
from ticktie.check.bench import Bench, Candidate, Judged, cuts_off, holds_with, proves_values, repeats, values_for
from ticktie.check.exchange import Pair, exchanged
from ticktie.check.index import place
from ticktie.check.pairs import are_likely, every_pair, two_figures
from ticktie.check.printing import DOUBTFUL, UNEXPLAINED, Cause, cause
from ticktie.check.trial import Trial
from ticktie.model.facts import Fact
from ticktie.model.findings import Severity
from ticktie.model.number import EXACT, Interval, round_to, scaled


class Diagnosis(Struct, frozen=True):
    """A group of broken checks, worst first, with what explains it. ``culprits`` are open where several candidates
    remain; ``together`` says that all of them are wrong at once, not one of them."""

    broken: tuple[Judged, ...]
    candidates: tuple[Candidate, ...]
    culprit: Candidate | None
    together: bool = False


def diagnose(bench: Bench) -> list[Diagnosis]:
    """One diagnosis for each connected group of broken checks, in the order of their checks."""
    broken = [one for one in bench.judged if one.trial.outcome == "broken"]
    found = [diagnosis for group in connected(broken) for diagnosis in _explained(group, bench)]
    return _merged(found, bench)


def _merged(found: list[Diagnosis], bench: Bench) -> list[Diagnosis]:
    """The diagnoses, those of two columns whose figures are exchanged as one."""
    singles = [() if one.together else one.candidates for one in found]
    pairs = exchanged(singles, bench)
    joined = {number for one, other, _ in pairs for number in (one, other)}
    merged = [_exchange(_worst_first([*found[one].broken, *found[other].broken], bench), rows)
              for one, other, rows in pairs]  # fmt: skip
    return [*merged, *(diagnosis for number, diagnosis in enumerate(found) if number not in joined)]


def _exchange(broken: tuple[Judged, ...], rows: list[Pair]) -> Diagnosis:
    """One exchange; open where the figures of several rows may be the exchanged ones: a total or its only item."""
    return Diagnosis(broken, tuple(one for pair in rows for one in pair), None, together=len(rows) == 1)


def connected(broken: Sequence[Judged]) -> list[list[Judged]]:
    """Groups of checks that share figures, each in the order of ``broken``."""
    parent = list(range(len(broken)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    first: dict[str, int] = {}
    for at, one in enumerate(broken):
        for fact in one.trial.members if one.trial.proves else (one.trial.total,):
            low, high = sorted((root(first.setdefault(fact, at)), root(at)))
            parent[high] = low
    groups: defaultdict[int, list[Judged]] = defaultdict(list)
    for at, one in enumerate(broken):
        groups[root(at)].append(one)
    return list(groups.values())


def _explained(group: list[Judged], bench: Bench) -> list[Diagnosis]:
    """One diagnosis of the whole group, or of its errors and warnings with the notes apart where these do not fit."""
    whole = single(group, bench)
    if whole:
        return [_likelier(group, whole, bench)]
    pair = two_figures(group, bench)
    if are_likely(pair):
        return [Diagnosis(_worst_first(group, bench), pair, None, together=True)]
    loud = [one for one in group if bench.rule(one).severity > Severity.NOTE]
    if not loud:
        return [_diagnosis([one], single([one], bench), bench) for one in group]
    return _apart(loud, [one for one in group if bench.rule(one).severity <= Severity.NOTE], bench)


def _apart(loud: list[Judged], quiet: list[Judged], bench: Bench) -> list[Diagnosis]:
    """The diagnoses of errors and warnings, each with the notes that its culprit stands in; the other notes apart."""
    found: list[Diagnosis] = []
    for part in connected(loud):
        diagnosis = _unresolved_or_single(part, bench)
        culprit = "" if diagnosis.culprit is None else diagnosis.culprit.fact
        met = [one for one in quiet if culprit in one.trial.members]
        quiet = [one for one in quiet if one not in met]
        found.append(replace(diagnosis, broken=(*diagnosis.broken, *met)))
    return [*found, *(diagnosis for part in connected(quiet) for diagnosis in _explained(part, bench))]


def _unresolved_or_single(group: list[Judged], bench: Bench) -> Diagnosis:
    found = single(group, bench)
    if found:
        return _likelier(group, found, bench)
    pair = two_figures(group, bench)
    if pair:
        return Diagnosis(_worst_first(group, bench), pair, None, together=True)
    return Diagnosis(_worst_first(group, bench), tuple(_suspects(group, bench)), None)


def _likelier(group: list[Judged], found: tuple[Candidate, ...], bench: Bench) -> Diagnosis:
    """One figure; but where nothing explains its error and two common errors do, those two, or an open question."""
    if len(found) == 1 and found[0].cause.rank >= UNEXPLAINED:
        pairs = [pair for pair in every_pair(group, bench) if are_likely(pair)]
        if len(pairs) == 1:
            return Diagnosis(_worst_first(group, bench), pairs[0], None, together=True)
        if pairs:
            either = {one.fact: one for pair in pairs for one in pair}
            return Diagnosis(_worst_first(group, bench), (*either.values(), found[0]), None)
    rivals = _rivals(group, found, bench)
    if rivals:
        return Diagnosis(_worst_first(group, bench), (*found, *rivals), None)
    return _diagnosis(group, found, bench)


def _rivals(group: list[Judged], found: tuple[Candidate, ...], bench: Bench) -> tuple[Candidate, ...]:
    """Other figures whose common error explains the group but for claims that cut a figure off: writers do so, hence
    such a claim proves nothing. Their values are left open, since the claim would have to change as well."""
    rest = [one for one in group if not cuts_off(one.trial, {}, bench)]
    known = {one.fact for one in found}
    if not rest or not all(one.trial.proves for one in rest):
        return ()
    others = [one for one in _alone(rest, bench, lenient=True) if one.fact not in known]
    return tuple(replace(one, value=None) for one in others if one.cause.rank < UNEXPLAINED)


def _diagnosis(group: list[Judged], candidates: tuple[Candidate, ...], bench: Bench) -> Diagnosis:
    return Diagnosis(_worst_first(group, bench), candidates, _winner(candidates))


def _worst_first(group: list[Judged], bench: Bench) -> tuple[Judged, ...]:
    return tuple(sorted(group, key=lambda one: (-bench.rule(one).severity, not one.trial.source, one.check.id)))


def _winner(candidates: tuple[Candidate, ...]) -> Candidate | None:
    """The only candidate, or the only one that a common error explains."""
    if len(candidates) == 1:
        return candidates[0]
    likely = [one for one in candidates if one.value is None or one.cause.rank < UNEXPLAINED]
    sure = len(likely) == 1 and likely[0].value is not None and likely[0].cause.rank < DOUBTFUL
    return likely[0] if sure else None


def single(group: list[Judged], bench: Bench) -> tuple[Candidate, ...]:
    """Every figure that alone explains the group, likeliest first."""
    if not all(one.trial.proves for one in group):
        return _known(group, bench)
    return _alone(group, bench)


def _alone(group: list[Judged], bench: Bench, *, lenient: bool = False) -> tuple[Candidate, ...]:
    """The figures in every check of the group that alone explain it, likeliest first; ``lenient``: though a claim that
    held would then cut its figure off."""
    shared = set(group[0].trial.members).intersection(*(one.trial.members for one in group[1:]))
    found = [candidate for fact in shared if (candidate := _candidate(fact, group, bench, lenient))]
    return tuple(sorted(found, key=lambda one: _likelihood(one, bench)))


def _known(group: list[Judged], bench: Bench) -> tuple[Candidate, ...]:
    """The totals of checks that are about their total only: what they should be, their rule knows or nobody does."""
    totals = {one.trial.total: one.trial.known for one in group}
    if len(totals) > 1:
        return ()
    return tuple(Candidate(fact, value, _cause(fact, value, bench)) for fact, value in totals.items())


def _cause(fact: str, value: Decimal | None, bench: Bench) -> Cause:
    return Cause("", UNEXPLAINED) if value is None else cause(bench.index.fact(fact), value)


def _likelihood(candidate: Candidate, bench: Bench) -> tuple[object, ...]:
    rank, fact = candidate.cause.rank, bench.index.fact(candidate.fact)
    return (rank >= UNEXPLAINED, unlike(fact, candidate.value, bench.index), rank, place(fact))


def _candidate(fact: str, group: list[Judged], bench: Bench, lenient: bool) -> Candidate | None:
    """``fact`` as the one wrong figure, if some value of it lets all of ``group`` and all that passed hold."""
    known = {one.check.id for one in group}
    around = [one for one in bench.by_fact[fact] if one.check.id in known or (one.trial.passed and one.trial.proves)]
    ties = [one for one in around if one.check.id not in known and repeats(one.trial, bench)] if lenient else []
    found = _fitting(fact, [one for one in around if one not in ties], bench)
    if found is None or not ties:
        return found
    value = found.value
    return found if value is not None and all(_may_stay(one.trial, {fact: value}, bench) for one in ties) else None


def _may_stay(trial: Trial, changed: dict[str, Decimal], bench: Bench) -> bool:
    return holds_with(trial, changed, bench) or cuts_off(trial, changed, bench)


def _fitting(fact: str, around: list[Judged], bench: Bench) -> Candidate | None:
    """``fact`` with the value that all of ``around`` allow, if there is one: to the last digit where sums are exact, or
    the one that another sign or scale gives within rounding."""
    limits = [limit for one in around if (limit := values_for(one.trial, fact, bench))]
    if not limits:
        return None
    found = _spanned(bench.index.fact(fact), limits, around, bench)
    if found is not None and found.cause.rank < UNEXPLAINED:
        return found
    return _slipped(bench.index.fact(fact), around, bench) or found


def _spanned(
    fact: Fact, limits: list[tuple[Interval, Decimal]], around: list[Judged], bench: Bench
) -> Candidate | None:
    span = limits[0][0]
    for interval, _ in limits[1:]:
        span = span.intersect(interval)
    return None if span.is_empty else _settled(fact, span, limits, around, bench)


def _slipped(fact: Fact, around: list[Judged], bench: Bench) -> Candidate | None:
    """The candidate whose sign was lost, or whose scale slipped by thousands: its decimals slipped with it, so they
    restrict nothing. Where zero would do as well, neither is what happened."""
    stated = fact.value or Decimal(0)
    if all(holds_with(one.trial, {fact.id: Decimal(0)}, bench, rounded=True) for one in around):
        return None
    for value in (EXACT.minus(stated), *(scaled(stated, power) for power in (3, -3, 6, -6))):
        if value and all(holds_with(one.trial, {fact.id: value}, bench, rounded=True) for one in around):
            return Candidate(fact.id, value, cause(fact, value))
    return None


def _settled(
    fact: Fact, span: Interval, limits: list[tuple[Interval, Decimal]], around: list[Judged], bench: Bench
) -> Candidate | None:
    """The candidate with its value: printable at the fact's decimals, and verified against every check around it."""
    middle = min(limits, key=lambda limit: limit[0].high - limit[0].low)[1]
    low, high = _printable(span, fact.decimals)
    if low > high:
        return None
    value = min(max(_nearest(middle, fact.decimals), low), high)
    if value == fact.value or not all(holds_with(one.trial, {fact.id: value}, bench) for one in around):
        return None
    why = cause(fact, value)
    only = low == high or (fact.kind == "narrative" and value == _nearest(middle, fact.decimals))
    sure = only and all(_is_sure(one, why, bench) for one in around)
    return Candidate(fact.id, value if sure else None, why)


def _is_sure(judged: Judged, why: Cause, bench: Bench) -> bool:
    """Whether the check leaves no other value: a product that holds but nearly does, and so does any where no common
    error explains the only value."""
    form = judged.trial.form
    return proves_values(judged, bench) and (why.rank < UNEXPLAINED or form.is_linear)


def _nearest(value: Decimal, decimals: int | None) -> Decimal:
    return value if decimals is None else round_to(value, decimals)


def _printable(span: Interval, decimals: int | None) -> tuple[Decimal, Decimal]:
    """The least and the greatest value in ``span`` that can be printed to ``decimals``."""
    if decimals is None:
        return span.low, span.high
    return round_to(span.low, decimals, ROUND_CEILING), round_to(span.high, decimals, ROUND_FLOOR)


def _suspects(group: list[Judged], bench: Bench) -> list[Candidate]:
    """Where no one or two figures explain a group: those of its worst checks that no exact sum proves."""
    worst = max(bench.rule(one).severity for one in group)
    seen: defaultdict[str, int] = defaultdict(int)
    for one in group:
        if bench.rule(one).severity == worst:
            for fact in one.trial.members:
                seen[fact] += 1
    proven = {fact for fact in seen if _is_proven(fact, bench)}
    open_facts = sorted(set(seen) - proven or set(seen), key=lambda fact: (-seen[fact], place(bench.index.fact(fact))))
    return [Candidate(fact, None, Cause("", UNEXPLAINED)) for fact in open_facts]


def _is_proven(fact: str, bench: Bench) -> bool:
    return any(one.trial.outcome == "tied" and one.trial.source and one.trial.proves for one in bench.by_fact[fact])

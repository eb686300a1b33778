"""Period arithmetic: what is stated of a period is the sum of what is stated of the periods that make it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from ticktie.check.book import Rule, RuleBook
from ticktie.check.form import ONE
from ticktie.check.index import Index, Setting, local
from ticktie.check.sums import sum_trial
from ticktie.check.trial import Trial
from ticktie.model.facts import Fact, Sum

#: A year is four quarters; more parts than that are not looked for.
_PARTS = 4
_FEWEST = 3
#: So many line items that break over the same periods are no coincidence.
_MANY = 3
_DAY = timedelta(days=1)


def period_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every amount of a period that is made up of periods for which the same line item is stated.

    Where several line items break over the same periods, and more than hold, the columns are not what they seem
    (restated, misdated): then none counts. Nor does a whole between its parts: it is an average, not a sum."""
    columns: defaultdict[object, list[Trial]] = defaultdict(list)
    for whole, parts in _made_up(index):
        printed = Sum(f"periods:{whole.id}", whole.id, tuple((part.id, ONE) for part in parts), "difference")
        trial = sum_trial(rule.id, printed, index)
        if trial is not None and (trial.passed or not _is_average(whole, parts)):
            where = (whole.entity, whole.period, *(part.period for part in parts))
            columns[where].append(trial._replace(ticks="all", source="", group=""))
    for trials in columns.values():
        broken = sum(not trial.passed for trial in trials)
        counts = broken < _MANY or 2 * broken <= len(trials)
        yield from (trial for trial in trials if trial.passed or counts)


def _made_up(index: Index) -> Iterator[tuple[Fact, list[Fact]]]:
    """Facts of periods with the facts of the periods that make these up."""
    for settings in _flows(index):
        by_start: defaultdict[date, list[Fact]] = defaultdict(list)
        for setting, fact in settings:
            if setting.period is not None and setting.period.start is not None:
                by_start[setting.period.start].append(fact)
        for _, fact in settings:
            parts = _parts(fact, by_start)
            if parts:
                yield fact, parts


def _is_average(whole: Fact, parts: list[Fact]) -> bool:
    values = [part.number.value for part in parts]
    return min(values) <= whole.number.value <= max(values) and (min(values) > 0 or max(values) < 0)


def _flows(index: Index) -> Iterator[list[tuple[Setting, Fact]]]:
    """The amounts of each line item over durations, by what else they share, where there are three and more."""
    for concept, facts in index.tables.by_concept.items():
        if index.tables.repeated_by_entity(concept) >= _FEWEST - 1 and _may_add_up(facts):
            groups: defaultdict[Setting, list[tuple[Setting, Fact]]] = defaultdict(list)
            for setting, stated in index.tables.get(local(concept)).items():
                if _is_flow(stated[0]):
                    groups[setting._replace(period=None)].append((setting, stated[0]))
            yield from (group for group in groups.values() if len(group) >= _FEWEST)


def _may_add_up(facts: list[Fact]) -> bool:
    """Whether three durations and more are stated."""
    return len({fact.period for fact in facts if _is_flow(fact)}) >= _FEWEST


def _is_flow(fact: Fact) -> bool:
    unit = fact.unit or ""
    return unit.startswith("iso4217:") and "/" not in unit and fact.period is not None and not fact.period.is_instant


def _parts(whole: Fact, by_start: dict[date, list[Fact]]) -> list[Fact]:
    """The fewest facts whose periods make up that of ``whole``, the longest first; nothing where there are none."""
    if whole.period is None or whole.period.start is None:
        return []
    paths: list[tuple[date, list[Fact]]] = [(whole.period.start, [])]
    for _ in range(_PARTS):
        longer = [
            (end, [*path, fact])
            for start, path in paths
            for fact in by_start.get(start, ())
            if fact is not whole and (end := _end(fact)) is not None and end <= whole.period.end
        ]
        done = [path for end, path in longer if end == whole.period.end]
        if done:
            return done[0]
        paths = [(end + _DAY, path) for end, path in longer]
    return []


def _end(fact: Fact) -> date | None:
    return None if fact.period is None else fact.period.end

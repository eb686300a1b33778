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
_DAY = timedelta(days=1)


def period_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every amount of a period that is made up of periods for which the same line item is stated."""
    for settings in _flows(index):
        by_start: defaultdict[date, list[Fact]] = defaultdict(list)
        for setting, fact in settings:
            if setting.period is not None and setting.period.start is not None:
                by_start[setting.period.start].append(fact)
        for _, fact in settings:
            parts = _parts(fact, by_start)
            if parts:
                printed = Sum(f"periods:{fact.id}", fact.id, tuple((part.id, ONE) for part in parts), "difference")
                trial = sum_trial(rule.id, printed, index)
                if trial is not None:
                    yield trial._replace(ticks="all", source="", group="")


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

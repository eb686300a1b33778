"""The facts of one document, looked up by what they mean: built once, so that no rule scans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from msgspec import Struct, field

from ticktie.check.filed import Filed, Numbers, Setting, currency, filed, local, place, precision, setting_of
from ticktie.check.formula import At
from ticktie.model.facts import Fact, FactSet, Period

__all__ = ["Index", "Setting", "build", "currency", "local", "place", "precision", "setting_of"]

#: Two periods of 52 or 53 weeks, or of calendar months, are of one length within this many days.
SLACK = timedelta(days=10)


class Index(Struct, frozen=True):
    """Facts with a value: of tables (and supplied ones) and claims of the text, by concept and setting.

    ``ends`` and ``kept`` hold what was looked up once, so that nobody looks it up again."""

    facts: FactSet
    numbers: Numbers
    tables: Filed
    claims: Filed
    ends: dict[str, dict[date, list[Setting]]] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)

    def fact(self, identifier: str) -> Fact:
        return self.facts.by_id[identifier]

    def stated(self, concept: str, setting: Setting) -> list[Fact]:
        """The table facts of ``concept`` there, most precise first."""
        return _in(self.tables.get(concept), setting)

    def claimed(self, concept: str, setting: Setting) -> list[Fact]:
        """The claims of ``concept`` there, in the order of the text."""
        return _in(self.claims.get(concept), setting)

    def settings(self, concepts: Iterable[str], *, with_claims: bool = False) -> list[Setting]:
        """Every setting in which one of ``concepts`` stands, each once."""
        sources = (self.tables, self.claims) if with_claims else (self.tables,)
        found = (setting for concept in concepts for source in sources for setting in source.get(concept))
        return list(dict.fromkeys(found))

    def repeated(self) -> list[list[Fact]]:
        """The groups of table facts that state one concept in one setting, looked up once."""
        if "repeated" not in self.kept:
            self.kept["repeated"] = self.tables.repeated()
        return cast(list[list[Fact]], self.kept["repeated"])

    @property
    def doubtful(self) -> frozenset[str]:
        """The concepts that some setting states more than once, looked up once."""
        if "doubtful" not in self.kept:
            self.kept["doubtful"] = frozenset(local(group[0].concept) for group in self.repeated())
        return cast(frozenset[str], self.kept["doubtful"])

    def states_elsewhere(self, value: Decimal, members: Iterable[str]) -> bool:
        """Whether another figure of the periods of ``members`` states ``value``, with either sign."""
        known = set(members)
        settings = {setting_of(self.fact(member))._replace(dimensions=()) for member in known}
        found = (self._by_size(setting).get(value.copy_abs(), ()) for setting in settings)
        return any(fact not in known for facts in found for fact in facts)

    def _by_size(self, setting: Setting) -> dict[Decimal, list[str]]:
        """The table facts of one setting, whatever their dimensions, by the size of their value; looked up once."""
        if "sizes" not in self.kept:
            sizes: defaultdict[Setting, defaultdict[Decimal, list[str]]] = defaultdict(lambda: defaultdict(list))
            for fact in self.facts.facts:
                if fact.value is not None and fact.kind != "narrative":
                    where = Setting(fact.entity, fact.period, (), currency(fact.unit))
                    sizes[where][fact.value.copy_abs()].append(fact.id)
            self.kept["sizes"] = sizes
        return cast(dict[Setting, dict[Decimal, list[str]]], self.kept["sizes"]).get(setting, {})

    def moved(self, concept: str, setting: Setting, at: At) -> Setting | None:
        """The setting in which ``concept`` stands at the end, or in the earlier period, that ``at`` names."""
        if not at or setting.period is None:
            return setting
        wanted = _moved(setting.period, at)
        return None if wanted is None else self._nearest(concept, setting, wanted)

    def _nearest(self, concept: str, setting: Setting, wanted: Period) -> Setting | None:
        exact = setting._replace(period=wanted)
        if concept not in self.ends:
            self.ends[concept] = _ends(self.tables.get(concept))
        by_end = self.ends[concept]
        near = [found for end in _around(wanted.end) for found in by_end.get(end, ()) if _fits(found, exact)]
        return min(near, key=lambda found: _distance(found.period, wanted), default=None)


def _in(by_setting: dict[Setting, list[Fact]], setting: Setting) -> list[Fact]:
    """What stands in the setting, else what has no currency there (shares, percentages)."""
    if not by_setting:
        return []
    found = by_setting.get(setting)
    return found or (by_setting.get(setting._replace(currency=""), []) if setting.currency else [])


def build(facts: FactSet) -> Index:
    """The index of ``facts``; linear in their number, and little work before somebody asks."""
    return Index(facts, Numbers(facts.by_id), *filed(facts.facts))


def _ends(settings: Iterable[Setting]) -> dict[date, list[Setting]]:
    """The settings of one concept by the end of their period."""
    found: defaultdict[date, list[Setting]] = defaultdict(list)
    for setting in settings:
        if setting.period is not None:
            found[setting.period.end].append(setting)
    return found


def _moved(period: Period, at: At) -> Period | None:
    """The period that ``at`` names, to the day of a plain calendar; None where ``period`` has no such end."""
    if at == "year_ago":
        start = None if period.start is None else _year_before(period.start)
        return Period(_year_before(period.end), start)
    if period.start is None:
        return period if at == "closing" else None
    if at == "closing":
        return Period(period.end)
    return _before(period.start, period.days, at)


def _before(start: date, days: int, at: At) -> Period | None:
    try:
        last = start - timedelta(days=1)
        return Period(last) if at == "opening" else Period(last, last - timedelta(days=days - 1))
    except OverflowError:
        return None


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=max(day.year - 1, 1), day=28)


def _around(day: date) -> Iterator[date]:
    """``day`` and its neighbours, nearest first."""
    yield day
    for step in range(1, SLACK.days + 1):
        for side in (-step, step):
            try:
                yield day + timedelta(days=side)
            except OverflowError:
                continue


def _fits(found: Setting, wanted: Setting) -> bool:
    if found.period is None or wanted.period is None or found[2] != wanted[2] or found[0] != wanted[0]:
        return False
    if found.currency not in ("", wanted.currency) or found.period.is_instant != wanted.period.is_instant:
        return False
    instant = wanted.period.is_instant
    return abs(found.period.days - wanted.period.days) <= SLACK.days and (not instant or _close(found, wanted))


def _close(found: Setting, wanted: Setting) -> bool:
    return found.period is not None and wanted.period is not None and abs(found.period.end - wanted.period.end) <= SLACK


def _distance(found: Period | None, wanted: Period) -> tuple[int, int]:
    if found is None:
        return (SLACK.days + 1, 0)
    return (abs((found.end - wanted.end).days), abs(found.days - wanted.days))

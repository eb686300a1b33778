"""Tie-out: every figure of a draft against the documents that support it, agreed, in conflict or open.

Figures meet by concept (else by label), period, unit and dimensions, never by value: a wrong figure must still meet the
one that proves it wrong. Where it is not sure which figure of the support is meant, the figure stays open.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from msgspec import Struct, field
from msgspec.structs import replace

from ticktie.check.book import Rule
from ticktie.check.index import local
from ticktie.check.tie import agreement
from ticktie.model.facts import SCENARIO, Fact
from ticktie.model.findings import DocumentReport, Finding, Outcome, Severity, State, Tie
from ticktie.model.number import EXACT, half_unit, plain

RULE = "TIE021"
#: So many conflicts in one period of one source, and more of them than figures that agree: the column is not the same.
_MANY = 3
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")

Key = tuple[object, ...]


class Source(Struct, frozen=True):
    """The facts of one supporting document; ``supplied`` ones are accounts whose sign may be that of the books."""

    name: str
    facts: tuple[Fact, ...]


class Shelf(Struct, frozen=True):
    """Facts by what they say they are: by concept and by label, with period and without one."""

    by_name: dict[Key, list[Fact]] = field(default_factory=dict)

    def find(self, fact: Fact, *, dated: bool = True) -> list[Fact]:
        """The facts that state what ``fact`` does, by concept, else by label; those of tables before claims."""
        for key in _keys(fact, dated):
            found = [other for other in self.by_name.get(key, ()) if not _of_others(fact, other)]
            printed = [other for other in found if other.kind != "narrative"]
            if found:
                return printed or found
        return []


def shelf(facts: Iterable[Fact]) -> Shelf:
    """``facts`` to be found again; forecasts and nil facts are none that support a figure."""
    found: defaultdict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.value is not None and SCENARIO not in fact.dimensions:
            for key in _keys(fact, fact.period is not None):
                found[key].append(fact)
    return Shelf(dict(found))


def _keys(fact: Fact, dated: bool) -> Iterator[Key]:
    """The keys of ``fact``, the surest first."""
    rest = (fact.period if dated else None, fact.unit, tuple(sorted(fact.dimensions)))
    if fact.concept:
        yield ("concept", local(fact.concept), *rest)
    if fact.label:
        yield ("label", _plain(fact.label), *rest)


def _plain(label: str) -> str:
    return _NOT_ALNUM.sub(" ", label.casefold()).strip()


def _of_others(one: Fact, other: Fact) -> bool:
    """Whether the two say that they belong to different entities."""
    return None not in (one.entity, other.entity) and one.entity != other.entity


class Met(Struct, frozen=True):
    """A figure of the draft with the figure of a source that it was compared with."""

    fact: Fact
    support: Fact
    source: str
    outcome: Outcome


def tied_out(document: DocumentReport, sources: Sequence[Source], rule: Rule | None) -> DocumentReport:
    """``document`` with every figure tied to ``sources``: the ties, the states that follow, and a finding of ``rule``
    for each conflict (none where the rule is not selected)."""
    own = shelf(document.facts)
    figures = [fact for fact in document.facts if fact.value is not None and SCENARIO not in fact.dimensions]
    shelves = [(source, shelf(source.facts)) for source in sources]
    met = {fact.id: found for fact in figures if (found := _best(_all_met(fact, shelves, own, figures)))}
    doubtful = _doubtful(met.values())
    twins = {fact.id for fact in figures if fact.kind == "narrative" and _is_printed(fact, own)}
    conflicts = [one for one in met.values() if one.outcome == "broken" and one.fact.id not in twins]
    latest = max((fact.period.end for fact in figures if fact.period), default=None)
    ties = tuple(_tie(fact, met.get(fact.id), latest) for fact in figures)
    findings = tuple(_finding(many, rule, _group(many[0]) in doubtful) for many in _alike(conflicts)) if rule else ()
    states = dict(document.states or {}) | dict(_states(met.values(), twins, document))
    return replace(document, ties=ties, findings=(*document.findings, *findings), states=states)


def _is_printed(fact: Fact, own: Shelf) -> bool:
    return any(other.kind != "narrative" for other in own.find(fact))


def _all_met(
    fact: Fact, shelves: Sequence[tuple[Source, Shelf]], own: Shelf, figures: Sequence[Fact]
) -> Iterator[Met]:
    """``fact`` with every figure of a source that it may be held against; one without a period is of no period."""
    for source, facts in shelves if fact.period else ():
        dated = facts.find(fact)
        found = _meant(fact, dated, own) if dated else _undated(fact, facts, figures)
        yield from (Met(fact, other, source.name, _outcome(fact, other)) for other in found)


def _meant(fact: Fact, found: list[Fact], own: Shelf) -> list[Fact]:
    """Those of ``found`` that ``fact`` may be held against: those of its label, else all. Where a side states several
    values under the name, or two texts use a word that no taxonomy knows, only agreement says which one is meant."""
    printed = [other for other in own.find(fact) if other.kind != "narrative"]
    named, alike = (_of_label(fact, others) for others in (found, printed))
    found, printed = (named, alike) if named else (found, printed)
    said = fact.kind == "narrative" and not fact.concept.startswith("us-gaap:")
    loose = said and all(other.kind == "narrative" for other in found)
    if loose or _differ(found) or _differ(printed):
        return [other for other in found if _outcome(fact, other) != "broken"]
    return found


def _of_label(fact: Fact, others: Iterable[Fact]) -> list[Fact]:
    label = _plain(fact.label or "")
    return [other for other in others if other.label and _plain(other.label) == label]


def _differ(facts: Sequence[Fact]) -> bool:
    return any(_outcome(facts[0], other) == "broken" for other in facts[1:])


def _undated(fact: Fact, facts: Shelf, figures: Sequence[Fact]) -> list[Fact]:
    """What a source without periods (a trial balance) says of ``fact``, which must end with the latest period and be
    the only figure of its name that does, or agree."""
    ends = [other.period.end for other in figures if other.period]
    if fact.period is None or not ends or fact.period.end != max(ends):
        return []
    found = [other for other in facts.find(fact, dated=False) if other.origin == "supplied"]
    if not found or _differ(found):
        return []
    rivals = {
        other.period
        for other in figures
        if other.concept == fact.concept and other.period and other.period.end == fact.period.end
    }
    agrees = _outcome(fact, found[0]) != "broken"
    return found if agrees or len(rivals) == 1 else []


def _outcome(fact: Fact, other: Fact) -> Outcome:
    """How two statements agree; an account of the books may have the opposite sign."""
    allowed = EXACT.add(half_unit(fact.decimals), half_unit(other.decimals))
    if fact.approximate or other.approximate:
        allowed = EXACT.add(allowed, allowed)
    first, second = fact.number, other.number
    if other.origin == "supplied" and other.statement is None and (first.value < 0) != (second.value < 0):
        second = replace(second, value=EXACT.minus(second.value))
    return agreement(first, second, allowed)


def _alike(conflicts: Iterable[Met]) -> Iterable[list[Met]]:
    """Conflicts of one figure that the draft prints in several places, together."""
    groups: defaultdict[object, list[Met]] = defaultdict(list)
    for one in conflicts:
        fact = one.fact
        groups[(next(_keys(fact, True), fact.id), fact.value, one.support.value, one.source)].append(one)
    return groups.values()


def _best(found: Iterable[Met]) -> Met | None:
    """The comparison that agrees best; of equal ones the first source's."""
    order = ("tied", "rounding", "broken")
    return min(found, key=lambda one: order.index(one.outcome), default=None)


def _group(met: Met) -> tuple[object, ...]:
    return (met.source, met.fact.period)


def _doubtful(found: Iterable[Met]) -> set[tuple[object, ...]]:
    """The columns of sources that are more often in conflict than not: they may be of other periods or other scope."""
    broken, agreed = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for one in found:
        (broken if one.outcome == "broken" else agreed)[_group(one)] += 1
    return {group for group, count in broken.items() if count >= _MANY and count > agreed[group]}


def _states(found: Iterable[Met], twins: set[str], document: DocumentReport) -> Iterator[tuple[str, State]]:
    """What a tie makes of a figure: agreement ticks one that nothing else ticked, conflict breaks it."""
    for one in found:
        if one.outcome == "broken":
            if one.fact.id not in twins:
                yield one.fact.id, "broken"
        elif one.outcome != "incomplete" and document.state(one.fact) in ("unverified", "rounding"):
            yield one.fact.id, one.outcome if document.state(one.fact) == "unverified" else "rounding"


def _tie(fact: Fact, met: Met | None, latest: object) -> Tie:
    if met is None:
        return Tie(fact.id, "open")
    if met.outcome == "broken":
        return Tie(fact.id, "conflict", "", met.source, met.support.location)
    prior = fact.period is not None and fact.period.end != latest
    return Tie(fact.id, "agreed", "PY" if prior else "S", met.source, met.support.location)


def _finding(many: Sequence[Met], rule: Rule, doubtful: bool) -> Finding:
    """The conflict in words, with all its places; only a warning where one side was read through damage, where only
    the text says it, or where the whole column is in conflict."""
    fact, support = many[0].fact, many[0].support
    said = fact.kind == support.kind == "narrative"
    damaged = support.is_restored or any(one.fact.is_restored for one in many)
    unsure = doubtful or said or damaged or support.decimals_assumed
    places = (*(one.fact.location for one in many), support.location)
    facts = tuple(one.fact.id for one in many)
    return Finding(
        rule=rule.id, name=rule.name, severity=min(rule.severity, Severity.WARNING) if unsure else rule.severity,
        confidence=round(rule.confidence * min(fact.confidence, support.confidence) * (0.5 if doubtful else 1), 4),
        message=_message(many[0], doubtful), facts=facts, candidates=facts,
        locations=tuple(dict.fromkeys(place for place in places if place is not None)),
        expected=support.value, actual=fact.value,
        residual=EXACT.subtract(fact.number.value, support.number.value),
        allowed=EXACT.add(half_unit(fact.decimals), half_unit(support.decimals)),
        fingerprint=_fingerprint(rule, fact, support), remedy=rule.remedy, why=rule.why,
    )  # fmt: skip


def _message(met: Met, doubtful: bool) -> str:
    fact, support = met.fact, met.support
    name, period = fact.label or local(fact.concept), fact.period or "no period"
    said = f"{name}, {period}: the draft prints {_shown(fact)}, {met.source} {_shown(support)}"
    return f"{said}; most figures of this column differ, so it may not be the same one" if doubtful else said


def _shown(fact: Fact) -> str:
    return f"{fact.printed} ({plain(fact.number.value)})" if fact.printed else plain(fact.number.value)


def _fingerprint(rule: Rule, fact: Fact, support: Fact) -> str:
    """A hash of rule, concept, period and both values: never of a place."""
    values = (plain(fact.number.value), plain(support.number.value))
    return sha256("\n".join((rule.id, local(fact.concept), str(fact.period), *values)).encode()).hexdigest()[:32]

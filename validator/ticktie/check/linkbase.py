"""Sums that a calculation linkbase says, tried in every setting in which their total stands.

Sources: XBRL 2.1 (errata of 20 February 2013), section 5.2.5.2; Calculations 1.1 (22 February 2023), sections 4 and 5.
A total takes the items beside it and in the tuples beside it; items of other tuples are no duplicates of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext

from msgspec import Struct

from ticktie.check.book import Rule, RuleBook
from ticktie.check.calculation import CONSISTENT, INCONSISTENT, MODES, Contribution, Mode, verdict
from ticktie.check.index import Index, precision
from ticktie.check.trial import Items, Trial
from ticktie.model.facts import Fact, FactSet, Relation
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO, Interval, Number, half_unit

TUPLE = "ticktie:tuple"
#: What facts share that may stand in one sum: entity, period, unit, dimensions but the tuple.
Where = tuple[object, ...]
#: The facts of one concept by setting.
Filed = dict[Where, list[Fact]]


class Term(Struct, frozen=True):
    """One item of a sum in one setting: its concept, weight and facts (duplicates of each other)."""

    concept: str
    weight: Decimal
    facts: tuple[Fact, ...]


class Calculation(Struct, frozen=True):
    """One sum in one setting; ``complete`` where every item of its relation stands there."""

    relation: Relation
    total: tuple[Fact, ...]
    terms: tuple[Term, ...]
    complete: bool

    @property
    def reported(self) -> Interval:
        """The true values that the total may stand for."""
        return _common(self.total)

    @property
    def computed(self) -> Interval:
        """The true values that the items may add up to."""
        added = Interval(ZERO, ZERO)
        for term in self.terms:
            if any(fact.value is not None for fact in term.facts):
                added = added + _common(term.facts).scale(term.weight)
        return added

    def said(self, mode: Mode) -> frozenset[str]:
        """What a processor says of it in ``mode``."""
        items = [Contribution(one.concept, one.weight, tuple(map(_number, one.facts))) for one in self.terms]
        return verdict([_number(fact) for fact in self.total], items, mode)


def _common(facts: Iterable[Fact]) -> Interval:
    """The intersection of the intervals of the figures among ``facts``."""
    first, *others = [fact.number.interval for fact in facts if fact.value is not None]
    for other in others:
        first = first.intersect(other)
    return first


def _number(fact: Fact) -> Number | None:
    return None if fact.value is None else Number(fact.value, fact.decimals)


def calculations(facts: FactSet) -> Iterator[Calculation]:
    """Every sum of the taxonomy's relations in every setting that states its total and an item."""
    filed = _filed(facts)
    in_tuples = any(fact.dimensions and fact.dimensions[-1][0] == TUPLE for fact in facts.facts)
    for relation in facts.relations:
        for where, totals in filed.get(relation.total, {}).items():
            if in_tuples:
                yield from _of_tuples(relation, where, totals, filed)
                continue
            terms = tuple(
                Term(concept, weight, tuple(found))
                for concept, weight in relation.items
                if (found := filed[concept].get(where))
            )
            if terms:
                yield Calculation(relation, tuple(totals), terms, len(terms) == len(relation.items))


def _filed(facts: FactSet) -> dict[str, Filed]:
    """The facts of the concepts that stand in relations, by concept and setting."""
    filed: dict[str, Filed] = {}
    for relation in facts.relations:
        filed[relation.total] = {}
        filed.update((concept, {}) for concept, _ in relation.items)
    for fact in facts.facts:
        found = filed.get(fact.concept)
        if found is not None:
            where = (fact.entity, fact.period, fact.unit, _untupled(fact.dimensions))
            found.setdefault(where, []).append(fact)
    return filed


def _untupled(dimensions: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return dimensions[:-1] if dimensions and dimensions[-1][0] == TUPLE else dimensions


def _path(fact: Fact) -> str:
    return fact.dimensions[-1][1] if fact.dimensions and fact.dimensions[-1][0] == TUPLE else ""


def _of_tuples(relation: Relation, where: Where, totals: list[Fact], filed: dict[str, Filed]) -> Iterator[Calculation]:
    """The sums of the totals in each tuple; the items of one tuple are duplicates of each other only."""
    for path in dict.fromkeys(map(_path, totals)):
        terms = [
            Term(f"{concept} {inner}", weight, tuple(fact for fact in found if _path(fact) == inner))
            for concept, weight in relation.items
            for found in (filed[concept].get(where, []),)
            for inner in dict.fromkeys(map(_path, found))
            if not path or inner == path or inner.startswith(f"{path}/")
        ]
        if terms:
            complete = len({term.concept.partition(" ")[0] for term in terms}) == len(relation.items)
            yield Calculation(relation, tuple(one for one in totals if _path(one) == path), tuple(terms), complete)


def linkbase_sums(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """The sums of the taxonomy in the mode of ``rule``; where roles repeat a sum it counts once."""
    if not index.facts.relations:
        return
    mode: Mode = next((mode for mode in MODES if mode == rule.word("mode")), "1.1-round")
    tried: set[tuple[str, Items]] = set()
    with localcontext(EXACT):
        found = [_trial(rule, mode, one) for one in calculations(index.facts)]
    for trial in found:
        if trial is not None and (trial.total, trial.items) not in tried:
            tried.add((trial.total, trial.items))
            yield trial


def _trial(rule: Rule, mode: Mode, one: Calculation) -> Trial | None:
    """One sum tried, in an exact context; None where it has no figures or its facts cannot be used."""
    total, spread, expected = _finest(one.total), ZERO, ZERO
    items: list[tuple[str, Decimal]] = []
    for term in one.terms:
        fact = _finest(term.facts)
        if fact is not None and fact.value is not None:
            expected += fact.value * term.weight
            spread += half_unit(fact.decimals) * abs(term.weight)
            items.append((fact.id, term.weight))
    if total is None or total.value is None or not items:
        return None
    residual, allowed = total.value - expected, spread + half_unit(total.decimals)
    outcome = _outcome(one, mode, residual, allowed)
    if outcome is None:
        return None
    return Trial(rule.id, outcome, total.id, tuple(items), expected, total.value, residual, allowed)


def _finest(facts: tuple[Fact, ...]) -> Fact | None:
    if len(facts) == 1:
        return facts[0]
    return min((fact for fact in facts if fact.value is not None), key=precision, default=None)


def _outcome(one: Calculation, mode: Mode, residual: Decimal, allowed: Decimal) -> Outcome | None:
    """A sum without duplicates that holds within rounding is plain; of all others the specification decides."""
    plain = len(one.total) == 1 and all(len(term.facts) == 1 for term in one.terms)
    if not (plain and mode == "1.1-round" and abs(residual) <= allowed):
        said = one.said(mode)
        if INCONSISTENT in said:
            return "broken" if one.complete else "incomplete"
        if CONSISTENT not in said or (not plain and mode == "xbrl-2.1"):
            return None
    return "rounding" if residual else "tied"

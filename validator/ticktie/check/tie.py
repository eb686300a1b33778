"""Ties: two statements of one fact agree within their stated precision.

Facts are linked by what they say they are (concept, entity, period, unit, dimensions), never by value: a claim that
is wrong must still meet the figure that proves it wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from ticktie.check.bind import bind, lookup
from ticktie.check.book import Rule, RuleBook
from ticktie.check.form import ONE, Form
from ticktie.check.formula import Formula
from ticktie.check.index import Index, local, place, precision, setting_of
from ticktie.check.trial import Items, Trial
from ticktie.model.facts import Fact
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO, Number, half_unit

#: The figures of one precision: their values in order, and the first figure that states each.
Shelf = tuple[list[Decimal], dict[Decimal, Fact]]


def agreement(first: Number, second: Number, allowed: Decimal) -> Outcome:
    """How two statements of one fact agree: ``tied`` where the coarser is the finer one rounded."""
    fine, coarse = sorted((first, second), key=_fineness)
    if fine.rounds_to(coarse):
        return "tied"
    return "rounding" if EXACT.subtract(first.value, second.value).copy_abs() <= allowed else "broken"


def _fineness(number: Number) -> tuple[bool, int]:
    return (number.decimals is not None, -(number.decimals or 0))


def tie(rule: str, later: Fact, earlier: Fact, *, ticks_all: bool = True) -> Trial:
    """The trial of ``later`` (the total) against ``earlier`` (the item)."""
    return _tied(rule, later, ((earlier.id, ONE),), earlier.number, half_unit(earlier.decimals), ticks_all)


def _tied(rule: str, claim: Fact, items: Items, computed: Number, spread: Decimal, ticks_all: bool = True) -> Trial:
    """``claim`` against what its ``items`` compute to; ``spread`` is how far rounding may move that."""
    own = half_unit(claim.decimals) * (2 if claim.approximate else 1)
    allowed = EXACT.add(own, spread)
    return Trial(
        rule, agreement(claim.number, computed, allowed), claim.id, items, computed.value, claim.number.value,
        EXACT.subtract(claim.number.value, computed.value), allowed, ticks="all" if ticks_all else "total",
    )  # fmt: skip


def _linked(index: Index) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """For each fact that the text states: the claims in the order of the text, the figures of tables."""
    for concept, settings in index.claims.items():
        for setting, claims in settings.items():
            by_unit: defaultdict[str | None, list[Fact]] = defaultdict(list)
            for claim in claims:
                by_unit[claim.unit].append(claim)
            for unit, group in by_unit.items():
                printed = index.tables.get(concept).get(setting, ())
                yield group, [fact for fact in printed if fact.unit == unit]


def tied_claims(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every claim against the table figure that it repeats; of several such figures, the one it agrees with."""
    for claim, trial, slipped in _met(index):
        if claim.approximate == rule.flag("approximate") and slipped == rule.flag("sign"):
            yield trial._replace(rule=rule.id)


def _met(index: Index) -> list[tuple[Fact, Trial, bool]]:
    """Each claim that a table figure meets, with its trial and whether only the sign differs; computed once."""
    if "met" not in index.kept:
        met: list[tuple[Fact, Trial, bool]] = []
        for claims, printed in _linked(index):
            shelves = _shelved(printed) if printed else []
            met += ((claim, *_against(claim, printed[0], shelves)) for claim in (claims if printed else ()))
        index.kept["met"] = met
    return cast(list[tuple[Fact, Trial, bool]], index.kept["met"])


def _shelved(printed: list[Fact]) -> list[Shelf]:
    """``printed`` as shelves, finest first: one for each precision, its values sorted, of equals the first."""
    first: defaultdict[int | None, dict[Decimal, Fact]] = defaultdict(dict)
    for fact in printed:
        first[fact.decimals].setdefault(fact.number.value, fact)
    return [(sorted(facts), facts) for facts in first.values()]


def _near(value: Decimal, shelves: list[Shelf]) -> Iterator[Fact]:
    """On each shelf the figures next to ``value`` on both sides, the nearer first."""
    for values, facts in shelves:
        at = bisect_left(values, value)
        around = values[max(at - 1, 0) : at + 1]
        yield from (facts[one] for one in sorted(around, key=lambda one: EXACT.subtract(one, value).copy_abs()))


def _against(claim: Fact, finest: Fact, shelves: list[Shelf]) -> tuple[Trial, bool]:
    """``claim`` against the finest figure that it agrees with, else the finest; whether only its sign differs, as it
    may where words say the sign (a supplied claim states it)."""
    value = claim.number.value
    trials = (tie("", claim, fact) for fact in _near(value, shelves))
    agreeing = next((trial for trial in trials if trial.passed), None)
    if agreeing is not None:
        return agreeing, False
    if claim.origin == "supplied":
        return tie("", claim, finest), False
    mirrored = Number(EXACT.minus(value), claim.decimals)
    slipped = any(agreement(mirrored, fact.number, ZERO) == "tied" for fact in _near(mirrored.value, shelves))
    return tie("", claim, finest), slipped


def repeated_claims(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Facts that only the text states, twice or more: each later statement against the first."""
    for claims, printed in _linked(index):
        if not printed and claims[0].period is not None and bool(claims[0].dimensions) == rule.flag("parts"):
            for later in claims[1:]:
                yield tie(rule.id, later, claims[0], ticks_all=False)


def derived_claims(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Claims of a line item that no table prints, computed from the tables through a rule's formula.

    Where several formulas compute one claim, those that agree with it count: the others lack an item."""
    for claim, trial in _all_derived(book, index):
        if claim.approximate == rule.flag("approximate"):
            yield trial._replace(rule=rule.id)


def _all_derived(book: RuleBook, index: Index) -> list[tuple[Fact, Trial]]:
    """Each claim that a formula computes, with its trials; computed once for all rules about them."""
    if "derived" not in index.kept:
        found: dict[str, list[tuple[Fact, Trial]]] = {}
        for other in book.of_kind("formula") if index.claims.by_concept else ():
            for claim, trial in _derived(other, index):
                found.setdefault(claim.id, []).append((claim, trial))
        index.kept["derived"] = [one for trials in found.values() for one in _agreeing(trials)]
    return cast(list[tuple[Fact, Trial]], index.kept["derived"])


def _agreeing(trials: list[tuple[Fact, Trial]]) -> list[tuple[Fact, Trial]]:
    return [one for one in trials if one[1].passed] or trials[:1]


def _derived(other: Rule, index: Index) -> Iterator[tuple[Fact, Trial]]:
    formula = other.holds
    if formula is None or formula.relation != "==" or _is_roll_forward(formula) or not _may_stand(formula, index):
        return
    named = [reference.concept for reference in formula.references]
    settings = [(concept, setting) for concept in named for setting in index.claims.get(concept)]
    for setting in dict.fromkeys(setting for concept, setting in settings if not index.stated(concept, setting)):
        sides = bind(formula, index, lookup(index, setting), claims=True)
        if sides is not None and not any(index.stated(concept, setting) for concept in other.words("unless")):
            yield from _solved(sides[0] - sides[1], index)


def _may_stand(formula: Formula, index: Index) -> bool:
    """Whether everything that ``formula`` needs stands somewhere, in a table or in the text."""
    return all(
        any(index.tables.get(one.concept) or index.claims.get(one.concept) for one in need) for need in formula.needs
    )


def _is_roll_forward(formula: Formula) -> bool:
    """Whether a formula ties periods together: what it leaves out moves a balance too, so it computes no claim."""
    return any(reference.at for reference in formula.references)


def _solved(equation: Form, index: Index) -> Iterator[tuple[Fact, Trial]]:
    """The equation solved for its one claim, if it has one and only one, and is linear."""
    claims = [index.fact(fact) for fact in equation.facts if index.fact(fact).kind == "narrative"]
    if len(claims) != 1 or not equation.is_linear or len(equation.terms) < 3:
        return
    weights = {monomial[0]: weight for monomial, weight in equation.terms if monomial}
    slope = weights.pop(claims[0].id)
    if slope.copy_abs() != 1 or len(weights) + 1 != len(equation.terms):
        return
    items = tuple((fact, EXACT.multiply(EXACT.minus(weight), slope)) for fact, weight in weights.items())
    for claim in index.claimed(local(claims[0].concept), setting_of(claims[0])):
        yield claim, _computed(claim, items, index)


def _computed(claim: Fact, items: Items, index: Index) -> Trial:
    value = spread = ZERO
    for fact, weight in items:
        value = EXACT.add(value, EXACT.multiply(index.numbers[fact].value, weight))
        spread = EXACT.add(spread, EXACT.multiply(half_unit(index.numbers[fact].decimals), weight.copy_abs()))
    decimals = [index.fact(fact).decimals for fact, _ in items]
    coarsest = min((places for places in decimals if places is not None), default=None)
    return _tied("", claim, items, Number(value, coarsest), spread)


def duplicates(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Figures of tables that state one fact twice: each against the most precise one.

    Of a document that was read, only rows of one name count: two rows may have been given one concept. Figures whose
    period nothing says are no duplicates."""
    for group in index.repeated():
        if group[0].period is not None:
            yield from _duplicates(rule, group)


def _duplicates(rule: Rule, group: list[Fact]) -> Iterator[Trial]:
    by_name: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in group:
        if fact.origin == rule.word("origin") and (fact.origin == "supplied" or _name(fact)):
            by_name[(fact.unit, _name(fact) if fact.origin == "read" else "")].append(fact)
    for same in by_name.values():
        first, *others = sorted(same, key=lambda fact: (precision(fact), place(fact)))
        yield from (tie(rule.id, other, first) for other in others)


def _name(fact: Fact) -> str:
    return " ".join((fact.label or "").casefold().split())

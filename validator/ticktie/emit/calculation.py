"""The tree of sums that a document proved by footing, as calculation networks.

A network binds wherever its total and one of its items are reported, not only in the table that showed it. So each is
tried on every fact by the rule that processors use (Calculations 1.1, section 4: round-to-nearest), and one is written
only where it is inconsistent nowhere but in sums that we ourselves found broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from ticktie.emit.report import Item, Relation, common_interval
from ticktie.model.concepts import Taxonomy
from ticktie.model.facts import Fact, FactSet, Sum
from ticktie.model.findings import Check
from ticktie.model.number import ZERO, Interval

#: What facts of one calculation share: entity, period, unit and dimensions.
Setting = tuple[object, ...]
Terms = dict[str, Decimal]
#: The items of each total, network by network.
Networks = dict[str, dict[str, frozenset[str]]]


class _Printed(Struct, frozen=True):
    """The sum that one printed total row shows, over all its columns, and the settings where it is broken."""

    table: str
    total: str
    terms: tuple[tuple[str, Decimal], ...]
    broken: frozenset[Setting]


class Ledger:
    """Facts by setting and concept, as a calculation sees them."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[Setting, dict[str, list[Fact]]] = {}
        for fact in facts:
            self._facts.setdefault(setting(fact), {}).setdefault(fact.concept, []).append(fact)

    def inconsistent(self, total: str, terms: Mapping[str, Decimal]) -> frozenset[Setting]:
        """The settings where ``total`` is not what its items add up to."""
        return frozenset(
            where for where, by_concept in self._facts.items() if _is_inconsistent(by_concept, total, terms)
        )


def setting(fact: Fact) -> Setting:
    """What the facts of one calculation share."""
    return (fact.entity, fact.period, fact.unit, tuple(sorted(fact.dimensions)))


def _is_inconsistent(facts: Mapping[str, list[Fact]], total: str, terms: Mapping[str, Decimal]) -> bool:
    """Whether intervals miss each other; excess digits and contradicting duplicates cannot be calculated with."""
    bound = [(weight, facts[item]) for item, weight in terms.items() if _is_stated(facts.get(item, []))]
    stated = facts.get(total, [])
    if not bound or not _is_stated(stated):
        return False
    groups = [stated, *(group for _, group in bound)]
    if any(fact.value is not None and fact.number.has_excess_digits for group in groups for fact in group):
        return True
    ends = [end for group in groups if (end := common_interval(group)) is not None]
    if len(ends) < len(groups):
        return True
    return not _added(zip((weight for weight, _ in bound), ends[1:], strict=True)).meets(ends[0])


def _is_stated(facts: Sequence[Fact]) -> bool:
    return any(fact.value is not None for fact in facts)


def _added(parts: Iterable[tuple[Decimal, Interval]]) -> Interval:
    added = Interval(ZERO, ZERO)
    for weight, part in parts:
        added = added + part.scale(weight)
    return added


def relations_of(
    source: FactSet,
    facts: Sequence[Fact],
    items: Mapping[str, Item],
    ids: Mapping[str, str],
    checks: Sequence[Check],
    taxonomy: Taxonomy,
) -> tuple[Relation, ...]:
    """The sums that the print shows and then those of the taxonomy, each once, where they say nothing new is wrong."""
    ledger, by_id = Ledger(facts), {fact.id: fact for fact in facts}
    found: dict[tuple[str, frozenset[tuple[str, Decimal]]], Relation] = {}
    used: Networks = {}
    printed = _printed(source.sums, by_id, ids, _broken(checks))
    for one in (*printed, *_of_taxonomy(taxonomy, items)):
        key = (one.total, frozenset(one.terms))
        is_new = key not in found and _is_legal(one, items)
        if is_new and ledger.inconsistent(one.total, dict(one.terms)) <= one.broken:
            found[key] = Relation(_role(one, used), one.total, one.terms)
    return tuple(found.values())


def _broken(checks: Sequence[Check]) -> dict[str, list[frozenset[str]]]:
    """The items of each broken check by its total."""
    found: dict[str, list[frozenset[str]]] = {}
    for check in checks:
        if check.outcome == "broken":
            found.setdefault(check.total, []).append(frozenset(fact for fact, _ in check.items))
    return found


def _printed(
    sums: Sequence[Sum], facts: Mapping[str, Fact], ids: Mapping[str, str], broken: Mapping[str, list[frozenset[str]]]
) -> Iterator[_Printed]:
    """The sums of each printed total row, its columns taken together."""
    lines: dict[tuple[str, str, str], tuple[Terms, set[Setting]]] = {}
    for one in sums:
        terms = _terms(one, facts, ids)
        if terms is None:
            continue
        total = facts[ids[one.total]]
        known, wrong = lines.setdefault((one.table, one.line or one.id, total.concept), ({}, set()))
        if any(known.get(item, weight) != weight for item, weight in terms.items()):
            continue
        known.update(terms)
        if frozenset(item for item, _ in one.items) in broken.get(one.total, ()):
            wrong.add(setting(total))
    for (table, _, total_name), (terms, wrong) in lines.items():
        yield _Printed(table or "sums", total_name, tuple(terms.items()), frozenset(wrong))


def _terms(one: Sum, facts: Mapping[str, Fact], ids: Mapping[str, str]) -> Terms | None:
    """The items of a sum by concept; None where a calculation network cannot say it: facts of other settings, or a
    concept that stands in it twice."""
    names = [one.total, *(item for item, _ in one.items)]
    if one.kind != "footing" or any(ids.get(name, "") not in facts for name in names):
        return None
    members = [facts[ids[name]] for name in names]
    if len({setting(fact) for fact in members}) > 1 or len({fact.concept for fact in members}) < len(members):
        return None
    return {facts[ids[item]].concept: weight for item, weight in one.items}


def _of_taxonomy(taxonomy: Taxonomy, items: Mapping[str, Item]) -> Iterator[_Printed]:
    """The sums of the taxonomy between standard items that the document reports, two or more to a total."""
    standard = {item.name: name for name, item in items.items() if item.prefix != "ext"}
    for total, ways in taxonomy.children.items():
        for children in ways if total in standard else ():
            terms = tuple((standard[child], weight) for child, weight in children if child in standard)
            if len(terms) > 1:
                yield _Printed("taxonomy", standard[total], terms, frozenset())


def _is_legal(one: _Printed, items: Mapping[str, Item]) -> bool:
    """Whether the weights suit the balances (XBRL 2.1, section 5.1.1.2) and one unit and period type run through."""
    total = items[one.total]
    return all(_suits(total, items[item], weight) for item, weight in one.terms)


def _suits(total: Item, item: Item, weight: Decimal) -> bool:
    if item.period != total.period or item.kind != total.kind or not weight:
        return False
    return None in (item.balance, total.balance) or (weight > 0) == (item.balance == total.balance)


def _role(one: _Printed, used: Networks) -> str:
    """The first network of the table that has no other sum to this total, and where no item leads back to it."""
    role, number = one.table, 1
    while one.total in used.setdefault(role, {}) or _leads_back(one, used[role]):
        number += 1
        role = f"{one.table}-{number}"
    used[role][one.total] = frozenset(item for item, _ in one.terms)
    return role


def _leads_back(one: _Printed, network: Mapping[str, frozenset[str]]) -> bool:
    """Whether the total is below one of its items: Calculations 1.1 allows no directed cycle."""
    seen: set[str] = set()
    following = {item for item, _ in one.terms}
    while following:
        seen |= following
        following = {below for item in following for below in network.get(item, ())} - seen
    return one.total in seen

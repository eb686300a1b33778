"""Supplied facts made whole: concepts for those that came with a label only, units where a file gives none."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from msgspec.structs import replace

from ticktie.map.labels import concept_sign, map_label
from ticktie.map.taxonomy import concepts
from ticktie.model.concepts import UnitKind
from ticktie.model.facts import Fact, FactSet, Statement
from ticktie.model.number import EXACT, ZERO

_UNITS: dict[UnitKind, str | None] = {
    "monetary": "iso4217:{}",
    "per-share": "iso4217:{}/xbrli:shares",
    "shares": "xbrli:shares",
    "percent": None,
    "pure": None,
}

Table = dict[Statement | None, list[Fact]]


def complete(supplied: FactSet, entity: str | None = None) -> FactSet:
    """``supplied`` with concepts from labels, units from concepts, and ``entity`` where a fact names none. Facts that
    say these themselves keep them, and their order."""
    currency = None if any(fact.unit for fact in supplied.facts) else "USD"
    table: Table = defaultdict(list)
    for fact in supplied.facts:
        if not fact.concept:
            table[fact.statement].append(fact)
    named = (_named(fact, table) for fact in supplied.facts)
    facts = tuple(_with_unit(fact, currency) for fact in named)
    if entity:
        facts = tuple(fact if fact.entity else replace(fact, entity=entity) for fact in facts)
    return replace(supplied, facts=facts)


def _named(fact: Fact, table: Table) -> Fact:
    """``fact`` with the concept of its label, and the sign that this concept wants."""
    if fact.concept or not fact.label:
        return fact
    others = table[fact.statement]
    mapping = map_label(
        fact.label,
        section=fact.section or "",
        statement=fact.statement,
        unit=_kind(fact.unit),
        period_type=None if fact.period is None else "instant" if fact.period.is_instant else "duration",
        siblings=tuple(dict.fromkeys(one.label for one in others if one.label)),
    )
    value = None if fact.value is None else _signed(fact, mapping.concept, others, fact.value)
    return replace(fact, concept=mapping.concept, value=value, confidence=fact.confidence * mapping.confidence)


def _signed(fact: Fact, concept: str, others: list[Fact], value: Decimal) -> Decimal:
    """``value`` with the sign of the concept, as for the same figure printed in a table."""
    row = [one.value for one in others if one.label == fact.label and one.value]
    mixed = bool(row) and min(row) < ZERO < max(row)
    sign = concept_sign(fact.label or "", concept, value < 0, statement=fact.statement, mixed=mixed)
    return EXACT.copy_sign(value, Decimal(sign))


def _kind(unit: str | None) -> UnitKind | None:
    if unit is None:
        return None
    if unit == "xbrli:shares":
        return "shares"
    return "per-share" if unit.endswith("/xbrli:shares") else "monetary" if unit.startswith("iso4217:") else "pure"


def _with_unit(fact: Fact, currency: str | None) -> Fact:
    """``fact`` with the unit of its concept; what is unknown to the taxonomy is taken for money."""
    if currency is None or fact.unit or fact.value is None:
        return fact
    known = concepts().get(fact.concept.rpartition(":")[2])
    unit = _UNITS[known.unit if known else "monetary"]
    return replace(fact, unit=unit.format(currency) if unit else None)

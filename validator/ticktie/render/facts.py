"""Facts as xBRL-JSON with our properties.

Source: xBRL-JSON 1.0, https://www.xbrl.org/Specification/xbrl-json/REC-2021-10-13/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from ticktie.model.facts import Fact
from ticktie.model.findings import Check, State
from ticktie.model.number import plain
from ticktie.model.source import Document, Location
from ticktie.render.order import checks_in_order, facts_in_order

DOCUMENT_TYPE = "https://xbrl.org/2021/xbrl-json"
NAMESPACES = {
    "cik": "http://www.sec.gov/CIK",
    "dei": "http://xbrl.sec.gov/dei/2025",
    "ext": "urn:ticktie:extension",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "lei": "http://standards.iso.org/iso/17442",
    "srt": "http://fasb.org/srt/2025",
    "ticktie": "urn:ticktie:facts:1",
    "us-gaap": "http://fasb.org/us-gaap/2025",
    "utr": "http://www.xbrl.org/2009/utr",
    "xbrli": "http://www.xbrl.org/2003/instance",
}
TAXONOMY = "https://xbrl.fasb.org/us-gaap/2025/elts/us-gaap-2025.xsd"
_PREFIX = re.compile(r"(?<![^\s/*()])([A-Za-z_][\w.-]*):(?=[\w])")

Json = dict[str, Any]


class Judgement(Struct, frozen=True):
    """What checking said of the facts: their states, the checks each took part in, and what each was tied to."""

    states: Mapping[str, State] = field(default_factory=dict)
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def judgement(checks: Iterable[Check], states: Mapping[str, State]) -> Judgement:
    """The part that each fact has in ``checks``. A total is tied to its items, and one that is compared with a single
    figure is tied to it both ways; incomplete checks compare nothing."""
    taken, ties = defaultdict[str, dict[str, None]](dict), defaultdict[str, dict[str, None]](dict)
    for check in checks_in_order(checks):
        items = [fact for fact, _ in check.items]
        for fact in (check.total, *items):
            taken[fact][check.id] = None
        if check.outcome != "incomplete":
            ties[check.total].update(dict.fromkeys(items))
            if len(items) == 1:
                ties[items[0]][check.total] = None
    return Judgement(states, {f: tuple(ids) for f, ids in taken.items()}, {f: tuple(ids) for f, ids in ties.items()})


def facts_file(facts: Iterable[Fact], document: Document) -> Json:
    """A whole facts file of one document: documentInfo and facts."""
    facts = facts_in_order(facts)
    written = fact_objects(facts)
    info = {
        "documentType": DOCUMENT_TYPE,
        "namespaces": namespaces(facts),
        "taxonomy": [TAXONOMY],
        "ticktie:document": document.path,
        "ticktie:sha256": document.sha256,
        "ticktie:encoding": document.encoding,
    }
    return {"documentInfo": info, "facts": written}


def fact_objects(facts: Iterable[Fact], judged: Judgement | None = None) -> Json:
    """Fact objects by id, in the order of their places; with states, checks and ties where they were judged."""
    return {fact.id: fact_object(fact, judged) for fact in facts_in_order(facts)}


def fact_object(fact: Fact, judged: Judgement | None = None) -> Json:
    """One fact as an xBRL-JSON fact object; values are plain decimal strings, decimals are absent where exact."""
    written: Json = {"value": None if fact.value is None else plain(fact.value)}
    if fact.decimals is not None and fact.value is not None:
        written["decimals"] = fact.decimals
    written["dimensions"] = _dimensions(fact)
    written |= _our_properties(fact)
    if judged is not None:
        written["ticktie:state"] = judged.states.get(fact.id, "unverified")
        written["ticktie:checks"] = list(judged.checks.get(fact.id, ()))
        written["ticktie:ties_to"] = list(judged.ties.get(fact.id, ()))
    return written


def location_object(location: Location) -> Json:
    """A place: lines and columns from 1, offsets in code points, ends exclusive."""
    written: Json = {
        "document": location.document,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "offset": None if location.offset is None else list(location.offset),
        "xpath": location.xpath,
    }
    return written if location.pointer is None else written | {"pointer": location.pointer}


def namespaces(facts: Iterable[Fact]) -> dict[str, str]:
    """The namespace of every prefix that ``facts`` use, and of ours, sorted by prefix."""
    used = {"ticktie"}
    for fact in facts:
        used |= set(_prefixes(fact))
    return {prefix: NAMESPACES.get(prefix, f"urn:ticktie:prefix:{prefix}") for prefix in sorted(used)}


def _prefixes(fact: Fact) -> Iterable[str]:
    names = [fact.concept, fact.unit or "", fact.entity or "", *(axis for axis, _ in fact.dimensions)]
    names += [member for axis, member in fact.dimensions if not axis.startswith("ticktie:")]
    return (prefix for name in names for prefix in _PREFIX.findall(name))


def _dimensions(fact: Fact) -> Json:
    """The aspects of ``fact``: the core ones that it has, then its taxonomy-defined dimensions, sorted."""
    core = {
        "concept": fact.concept,
        "entity": fact.entity,
        "period": None if fact.period is None else fact.period.oim,
        "unit": fact.unit,
    }
    return {name: value for name, value in core.items() if value is not None} | dict(sorted(fact.dimensions))


def _our_properties(fact: Fact) -> Json:
    return {
        "ticktie:origin": fact.origin,
        "ticktie:kind": fact.kind,
        "ticktie:label": fact.label,
        "ticktie:section": fact.section,
        "ticktie:printed": fact.printed,
        "ticktie:statement": fact.statement,
        "ticktie:location": None if fact.location is None else location_object(fact.location),
        "ticktie:damage": list(fact.damage),
        "ticktie:evidence": list(fact.evidence),
        "ticktie:confidence": fact.confidence,
    }

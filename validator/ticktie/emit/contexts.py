"""Contexts, units and facts as XBRL 2.1 writes them: what an instance and an inline document have in common.

Source: XBRL 2.1, sections 4.7 and 4.8; Dimensions 1.0, section 3.1; OIM 1.0, section 4 (what absent aspects become).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from ticktie.emit.markup import block, element, escaped
from ticktie.emit.names import NAMESPACES
from ticktie.emit.prepare import is_qname
from ticktie.model.facts import PART, Fact, Period
from ticktie.model.number import plain
from ticktie.xbrl.names import NO_ENTITY

#: Entity, period and dimensions of a fact.
Aspects = tuple[str | None, Period | None, tuple[tuple[str, str], ...]]


class Frame(Struct, frozen=True):
    """The ids of the contexts and units that facts share."""

    contexts: dict[Aspects, str]
    units: dict[str, str]

    def context(self, fact: Fact) -> str:
        return self.contexts[aspects(fact)]

    def unit(self, fact: Fact) -> str:
        return self.units[unit_of(fact)]


def aspects(fact: Fact) -> Aspects:
    """What a context says of a fact."""
    return (fact.entity, fact.period, fact.dimensions)


def unit_of(fact: Fact) -> str:
    """The unit in words; XBRL wants one of a pure number too."""
    return fact.unit or "xbrli:pure"


def frame(facts: Iterable[Fact]) -> Frame:
    """Ids for all contexts and units, in the order of the facts."""
    contexts: dict[Aspects, str] = {}
    units: dict[str, str] = {}
    for fact in facts:
        contexts.setdefault(aspects(fact), f"c-{len(contexts) + 1}")
        units.setdefault(unit_of(fact), f"u-{len(units) + 1}")
    return Frame(contexts, units)


def context_elements(shared: Frame) -> list[str]:
    """Every ``xbrli:context``."""
    return [_context(name, *what) for what, name in shared.contexts.items()]


def unit_elements(shared: Frame) -> list[str]:
    """Every ``xbrli:unit``."""
    return [block("xbrli:unit", {"id": name}, _measures(unit)) for unit, name in shared.units.items()]


def fact_attributes(fact: Fact, shared: Frame) -> dict[str, str | None]:
    """What an item of an instance says beside its value."""
    decimals = "INF" if fact.decimals is None else str(fact.decimals)
    nil = fact.value is None
    return {
        "id": fact.id,
        "contextRef": shared.context(fact),
        "unitRef": shared.unit(fact),
        "decimals": None if nil else decimals,
        "xsi:nil": "true" if nil else None,
    }


def value_text(fact: Fact) -> str:
    """The value as a plain decimal number; empty where nil."""
    return "" if fact.value is None else plain(fact.value)


def namespace_attributes(namespaces: Mapping[str, str], prefixes: Iterable[str]) -> dict[str, str]:
    """``xmlns`` declarations of ``prefixes``."""
    return {f"xmlns:{prefix}": namespace_of(prefix, namespaces) for prefix in sorted(set(prefixes))}


def namespace_of(prefix: str, namespaces: Mapping[str, str]) -> str:
    """The namespace of ``prefix``; of one that nobody knows, a name of our own."""
    return namespaces.get(prefix, f"urn:ticktie:prefix:{prefix}")


def prefixes_of(facts: Iterable[Fact]) -> set[str]:
    """The prefixes of the QNames that the facts, their units and their dimensions use."""
    found = {"xbrli", "xbrldi", "link", "xlink", "xsi"}
    for fact in facts:
        names = [fact.concept, *unit_of(fact).replace("*", "/").split("/")]
        names += [name for axis, member in fact.dimensions for name in (axis, member) if is_qname(name)]
        found |= {name.strip("()").partition(":")[0] for name in names}
    return found


def _context(name: str, entity: str | None, period: Period | None, dimensions: tuple[tuple[str, str], ...]) -> str:
    scheme, identifier = _identifier(entity)
    said = [element("xbrli:identifier", {"scheme": scheme}, escaped(identifier))]
    if dimensions:
        said.append(element("xbrli:segment", None, *(_dimension(axis, member) for axis, member in dimensions)))
    return element("xbrli:context", {"id": name}, element("xbrli:entity", None, *said), _period(period))


def _identifier(entity: str | None) -> tuple[str, str]:
    if entity is None:
        return NO_ENTITY
    prefix, _, identifier = entity.partition(":")
    return namespace_of(prefix, NAMESPACES), identifier


def _period(period: Period | None) -> str:
    if period is None:
        return element("xbrli:period", None, element("xbrli:forever"))
    if period.start is None:
        return element("xbrli:period", None, element("xbrli:instant", None, str(period.end)))
    ends = element("xbrli:startDate", None, str(period.start)), element("xbrli:endDate", None, str(period.end))
    return element("xbrli:period", None, *ends)


def _dimension(axis: str, member: str) -> str:
    if axis != PART and is_qname(member):
        return element("xbrldi:explicitMember", {"dimension": axis}, member)
    value = "ticktie:partName" if axis == PART else f"{axis}Value"
    return element("xbrldi:typedMember", {"dimension": axis}, element(value, None, escaped(member)))


def _measures(unit: str) -> list[str]:
    """A unit of the OIM (``A``, ``A*B``, ``A/B``) as measures."""
    above, _, below = unit.partition("/")
    if not below:
        return _factors(above)
    numerator = element("xbrli:unitNumerator", None, *_factors(above))
    return [element("xbrli:divide", None, numerator, element("xbrli:unitDenominator", None, *_factors(below)))]


def _factors(product: str) -> list[str]:
    return [element("xbrli:measure", None, escaped(name)) for name in product.strip("()").split("*")]

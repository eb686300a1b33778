"""Linkbases and schemas: arcs with prohibition and priority, labels, and what a schema says of its elements.

Source: XBRL 2.1 (errata of 20 February 2013), sections 3.5.3.9.7 and 5; Calculations 1.1 (22 February 2023).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct, field

from ticktie.xbrl.names import LINK, XLINK, XSD, split
from ticktie.xbrl.xml import Element

_HREF, _LABEL, _ROLE, _ARCROLE, _FROM, _TO, _TYPE = (
    f"{{{XLINK}}}{name}" for name in ("href", "label", "role", "arcrole", "from", "to", "type")
)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

#: The concept that a locator's href points at, None where nobody knows it.
Resolve = Callable[[str], str | None]


class Arc(Struct, frozen=True):
    """One relationship of a network: role and arcrole, both ends (of a label the text is ``target``), and its number:
    the weight of a calculation, the order of a presentation."""

    role: str
    arcrole: str
    source: str
    target: str
    order: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)
    preferred: str = ""
    language: str = ""
    prohibited: bool = False
    priority: int = 0

    @property
    def equivalence(self) -> tuple[object, ...]:
        """What two arcs share that overrule each other (section 3.5.3.9.7.4)."""
        return (
            self.role, self.arcrole, self.source, self.target, self.order, self.weight, self.preferred, self.language,
        )  # fmt: skip


class Schema(Struct, frozen=True):
    """What a schema declares: names of elements by id, documents it refers to, and the precision that a type gives to
    facts which state none (``decimals`` or ``precision``, with its value) by element name."""

    namespace: str
    elements: dict[str, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    precision: dict[str, tuple[str, str]] = field(default_factory=dict)


def effective(arcs: Iterable[Arc]) -> list[Arc]:
    """The arcs that stand: of equivalent ones the highest priority counts, and where it prohibits, none does."""
    strongest: dict[tuple[object, ...], Arc] = {}
    for arc in arcs:
        known = strongest.get(arc.equivalence)
        if known is None or (arc.priority, arc.prohibited) > (known.priority, known.prohibited):
            strongest[arc.equivalence] = arc
    return [arc for arc in strongest.values() if not arc.prohibited]


def arcs(root: Element, resolve: Resolve) -> Iterator[Arc]:
    """Every arc of the extended links below ``root`` whose ends are concepts (or labels); others are left out."""
    for link in root.iter():
        if isinstance(link.tag, str) and link.get(_TYPE) == "extended":
            yield from _of_link(link, resolve)


def _of_link(link: Element, resolve: Resolve) -> Iterator[Arc]:
    role = link.get(_ROLE) or ""
    ends: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for child in link:
        kind = child.get(_TYPE) if isinstance(child.tag, str) else None
        if kind == "locator":
            concept = resolve(child.get(_HREF) or "")
            if concept is not None:
                ends[child.get(_LABEL) or ""].append((concept, "", ""))
        elif kind == "resource":
            text = " ".join("".join(child.itertext()).split())
            ends[child.get(_LABEL) or ""].append((text, child.get(_ROLE) or "", child.get(_LANGUAGE) or ""))
    for child in link:
        if isinstance(child.tag, str) and child.get(_TYPE) == "arc":
            yield from _of_arc(child, role, ends)


def _of_arc(arc: Element, role: str, ends: dict[str, list[tuple[str, str, str]]]) -> Iterator[Arc]:
    for source, _, _ in ends.get(arc.get(_FROM) or "", ()):
        for target, kind, language in ends.get(arc.get(_TO) or "", ()):
            yield Arc(
                role=role, arcrole=arc.get(_ARCROLE) or "", source=source, target=target,
                order=_number(arc.get("order"), Decimal(1)), weight=_number(arc.get("weight"), Decimal(1)),
                preferred=kind or arc.get("preferredLabel") or "", language=language,
                prohibited=arc.get("use") == "prohibited", priority=int(_number(arc.get("priority"), Decimal(0))),
            )  # fmt: skip


def _number(text: str | None, default: Decimal) -> Decimal:
    """The number that an attribute states, the default where it states none or one that is out of all bounds."""
    try:
        number = default if text is None else Decimal(text.strip())
    except InvalidOperation:
        return default
    return number.normalize() if number.is_finite() and abs(number.adjusted()) < 100 else default


def schema(root: Element) -> Schema:
    """What the schema ``root`` declares and refers to."""
    namespace = root.get("targetNamespace") or ""
    elements, types = {}, _types(root)
    precision = {}
    for child in root.iterfind(f"{{{XSD}}}element"):
        name = child.get("name")
        if name:
            elements[child.get("id") or name] = name
            known = types.get((child.get("type") or "").rpartition(":")[2])
            if known:
                precision[name] = known
    return Schema(namespace, elements, tuple(_references(root)), precision)


def _types(root: Element) -> dict[str, tuple[str, str]]:
    """The precision that each named type gives by a default or fixed attribute."""
    found: dict[str, tuple[str, str]] = {}
    for kind in root.iterfind(f"{{{XSD}}}complexType"):
        for attribute in kind.iter(f"{{{XSD}}}attribute"):
            name, value = attribute.get("name"), attribute.get("default") or attribute.get("fixed")
            if name in ("decimals", "precision") and value and kind.get("name"):
                found[kind.get("name") or ""] = (name, value)
    return found


def _references(root: Element) -> Iterator[str]:
    """The files that a schema imports, includes, or names as its linkbases."""
    for element in root.iter(f"{{{XSD}}}import", f"{{{XSD}}}include"):
        yield element.get("schemaLocation") or ""
    for element in root.iter(f"{{{LINK}}}linkbaseRef"):
        yield element.get(_HREF) or ""


def is_linkbase(root: Element) -> bool:
    """Whether ``root`` is a linkbase file."""
    return split(root.tag) == (LINK, "linkbase")


def is_schema(root: Element) -> bool:
    """Whether ``root`` is a schema."""
    return split(root.tag) == (XSD, "schema")

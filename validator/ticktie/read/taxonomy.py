"""The filer's taxonomy beside an instance: calculation, label and presentation linkbases, without any download.

Only files beside the document are read. A standard taxonomy elsewhere is not needed: its concepts are named by their
ids (``us-gaap_Assets``). Where a schema that the document names is missing, one in the folder that declares the same
namespace stands in for it, and the linkbases that point at either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct, field

from ticktie.model.facts import Relation
from ticktie.read.files import Files, is_remote, resolved
from ticktie.xbrl.linkbase import Arc, Schema, arcs, effective, is_linkbase, is_schema, schema
from ticktie.xbrl.names import CONCEPT_LABEL, LINK, PARENT_CHILD, STANDARD_LABEL, SUMMATIONS, XLINK
from ticktie.xbrl.periods import Names
from ticktie.xbrl.xml import Element, XmlError, parse

_HREF = f"{{{XLINK}}}href"
_WANTED = frozenset({*SUMMATIONS, CONCEPT_LABEL, PARENT_CHILD})
_MOST_FILES = 500


class Taxonomy(Struct, frozen=True):
    """What the files beside a document say: sums, labels and line items by role, the precision that types give, and
    notes on what is missing."""

    relations: tuple[Relation, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    precision: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class _Found(Struct):
    """What was read so far, by file name."""

    files: Files
    names: Names
    bound: Mapping[str, str]
    roots: dict[str, Element] = {}
    schemas: dict[str, Schema] = {}
    missing: dict[str, None] = {}
    notes: list[str] = []


def discover(references: Iterable[str], files: Files, names: Names, bound: Mapping[str, str]) -> Taxonomy:
    """The taxonomy that ``references`` (schemaRef, linkbaseRef) lead to; ``bound`` are the document's prefixes."""
    found = _Found(files, names, bound)
    _follow([resolved("", href)[0] for href in references], found)
    if found.missing:
        _stand_in(found)
    every = [arc for name, root in found.roots.items() for arc in _arcs(name, root, found)]
    standing = effective(every)
    says = (relations(standing), _labels(standing), _roles(standing))
    return Taxonomy(*says, _precision(found), tuple(found.notes))


def _follow(queue: list[str], found: _Found) -> None:
    """Read every local file that ``queue`` names and what those refer to, each once."""
    while queue and len(found.roots) + len(found.missing) < _MOST_FILES:
        name = queue.pop(0)
        if not name or name in found.roots or name in found.missing or is_remote(name):
            continue
        root = _root(name, found)
        if root is None:
            found.missing[name] = None
        else:
            queue += _taken(name, root, found)


def _root(name: str, found: _Found) -> Element | None:
    """The root of the file ``name``; None where it is missing, with a note where it is no XML."""
    data = found.files.content(name)
    if data is None:
        return None
    try:
        return parse(data).root
    except XmlError as problem:
        found.notes.append(f"{name} is not read: {problem}")
        return None


def _taken(name: str, root: Element, found: _Found) -> list[str]:
    """Keep a schema or linkbase; the files that it refers to."""
    found.roots[name] = root
    if is_schema(root):
        one = found.schemas[name] = schema(root)
        return [resolved(name, href)[0] for href in one.references]
    return []


def _stand_in(found: _Found) -> None:
    """Look among the files beside the document for what is missing."""
    stand_ins: dict[str, str] = {}
    missing = [name for name in found.missing if name.lower().endswith(".xsd")]
    for name in missing:
        other = _same_namespace(found)
        found.notes.append(
            f"the schema {name} is not beside the document; {other} declares its namespace and stands in for it"
            if other
            else f"the schema {name} is not beside the document: its labels and sums are unknown"
        )
        if other:
            stand_ins[name] = other
    lacking = bool(stand_ins) or any(not name.lower().endswith(".xsd") for name in found.missing)
    if lacking:
        _linkbases({*stand_ins, *stand_ins.values(), *found.schemas}, found)
    for name, other in stand_ins.items():
        found.schemas[name] = found.schemas[other]


def _same_namespace(found: _Found) -> str | None:
    """A schema beside the document that declares a namespace of its facts, and what it refers to."""
    for name in found.files.names():
        if name.lower().endswith(".xsd") and name not in found.roots:
            root = _root(name, found)
            if root is not None and is_schema(root) and root.get("targetNamespace") in found.bound.values():
                _follow(_taken(name, root, found), found)
                return name
    return next((name for name, one in found.schemas.items() if one.namespace in found.bound.values()), None)


def _linkbases(schemas: set[str], found: _Found) -> None:
    """Take the linkbases beside the document that point at one of ``schemas``."""
    for name in found.files.names():
        if name in found.roots or not name.lower().endswith(".xml"):
            continue
        data = found.files.content(name)
        if data is None or b"linkbase" not in data[:4096]:
            continue
        root = _root(name, found)
        if root is not None and is_linkbase(root) and not schemas.isdisjoint(_pointed_at(name, root)):
            found.roots[name] = root


def _pointed_at(name: str, root: Element) -> set[str]:
    return {resolved(name, locator.get(_HREF) or "")[0] for locator in root.iter(f"{{{LINK}}}loc")}


def _arcs(name: str, root: Element, found: _Found) -> Iterable[Arc]:
    def concept(href: str) -> str | None:
        file, fragment = resolved(name, href)
        return _concept(file, fragment, found)

    return (arc for arc in arcs(root, concept) if arc.arcrole in _WANTED)


def _concept(file: str, fragment: str, found: _Found) -> str | None:
    """The concept that an element id names: by its schema, else by the custom of ids, ``prefix_LocalName``."""
    known = found.schemas.get(file)
    if known is not None and fragment in known.elements:
        return found.names.name(known.namespace, known.elements[fragment])
    prefix, mark, local = fragment.partition("_")
    if not mark or not local:
        return None
    namespace = found.bound.get(prefix)
    return found.names.name(namespace, local) if namespace else f"{prefix}:{local}"


def relations(standing: Iterable[Arc]) -> tuple[Relation, ...]:
    """The sums of a calculation network: one for each total in each role, items in the order of their arcs."""
    sums: dict[tuple[str, str], list[Arc]] = {}
    for arc in standing:
        if arc.arcrole in SUMMATIONS:
            sums.setdefault((arc.role, arc.source), []).append(arc)
    return tuple(
        Relation(role, total, tuple((arc.target, arc.weight) for arc in sorted(items, key=_order)))
        for (role, total), items in sorted(sums.items())
    )


def _order(arc: Arc) -> tuple[Decimal, str]:
    return (arc.order, arc.target)


def _labels(standing: Iterable[Arc]) -> dict[str, str]:
    """The standard label of each concept, English before other languages."""
    found: dict[str, Arc] = {}
    for arc in standing:
        if arc.arcrole == CONCEPT_LABEL and arc.preferred == STANDARD_LABEL and arc.target:
            known = found.get(arc.source)
            if known is None or (not known.language.startswith("en") and arc.language.startswith("en")):
                found[arc.source] = arc
    return {concept: arc.target for concept, arc in found.items()}


def _roles(standing: Iterable[Arc]) -> dict[str, tuple[str, ...]]:
    """The concepts that each role of the presentation shows."""
    shown: dict[str, dict[str, None]] = {}
    for arc in standing:
        if arc.arcrole == PARENT_CHILD:
            shown.setdefault(arc.role, {}).update({arc.source: None, arc.target: None})
    return {role: tuple(concepts) for role, concepts in shown.items()}


def _precision(found: _Found) -> dict[str, tuple[str, str]]:
    return {
        found.names.name(one.namespace, name): given
        for one in found.schemas.values()
        for name, given in one.precision.items()
    }

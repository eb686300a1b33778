"""Label, presentation and calculation linkbases of a document.

Source: XBRL 2.1, section 5.2; Calculations 1.1, section 3 (its summation-item arc role).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ticktie.emit.markup import block, document, element, escaped
from ticktie.emit.names import NAMESPACES
from ticktie.emit.report import Emission
from ticktie.emit.schema import abstract_name, role_uri
from ticktie.model.number import plain
from ticktie.xbrl.names import CONCEPT_LABEL, PARENT_CHILD, STANDARD_LABEL, SUMMATION_ITEM_1_1

_SUMMATION_SCHEMA = "https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"
_STANDARD_LINK = "http://www.xbrl.org/2003/role/link"

#: Children of an extended link: parent, child, and what its arc says beside them.
Arcs = Iterable[tuple[str, str, Mapping[str, str]]]


def linkbases(emission: Emission) -> dict[str, bytes]:
    """The linkbases by kind (``label``, ``presentation``, ``calculation``); one without content is left out."""
    made = {
        "label": labels(emission),
        "presentation": presentation(emission),
        "calculation": calculation(emission) if emission.relations else b"",
    }
    return {kind: content for kind, content in made.items() if content}


def labels(emission: Emission) -> bytes:
    """The label of every item of a document, as it is printed."""
    said = {name: item.label for name, item in emission.items.items()}
    said |= {f"ext:{abstract_name(role)}": f"{role.title} [Abstract]" for role in emission.roles}
    parts = [part for name, label in said.items() for part in _label(emission, name, label)]
    return _linkbase([], [block("link:labelLink", {"xlink:type": "extended", "xlink:role": _STANDARD_LINK}, parts)])


def presentation(emission: Emission) -> bytes:
    """The line items of each printed table below its heading, in printed order."""
    links = []
    for role in emission.roles:
        head = f"ext:{abstract_name(role)}"
        arcs = [(head, item, {"order": str(place)}) for place, item in enumerate(role.items, 1)]
        links.append(_link(emission, "presentation", role.name, PARENT_CHILD, arcs))
    return _linkbase([_role_ref(emission, role.name) for role in emission.roles], links)


def calculation(emission: Emission) -> bytes:
    """The sums of each network, by Calculations 1.1."""
    roles: dict[str, list[tuple[str, str, Mapping[str, str]]]] = {}
    for relation in emission.relations:
        arcs = roles.setdefault(relation.role, [])
        for place, (item, weight) in enumerate(relation.items, 1):
            arcs.append((relation.total, item, {"order": str(place), "weight": plain(weight)}))
    links = [_link(emission, "calculation", role, SUMMATION_ITEM_1_1, arcs) for role, arcs in roles.items()]
    return _linkbase([*(_role_ref(emission, role) for role in roles), _arc_role_ref()], links)


def item_address(emission: Emission, name: str) -> str:
    """Where the element of a QName is declared, as a linkbase refers to it."""
    prefix, _, local = name.partition(":")
    return f"{emission.name}.xsd#ext_{local}" if prefix == "ext" else f"{emission.standard_schema}#{prefix}_{local}"


def _label(emission: Emission, name: str, label: str) -> list[str]:
    key = name.replace(":", "_")
    arc = {"xlink:type": "arc", "xlink:arcrole": CONCEPT_LABEL, "xlink:from": key, "xlink:to": f"{key}_label"}
    said = {"xlink:type": "resource", "xlink:label": f"{key}_label", "xlink:role": STANDARD_LABEL, "xml:lang": "en"}
    return [_locator(emission, name), element("link:label", said, escaped(label)), element("link:labelArc", arc)]


def _link(emission: Emission, kind: str, role: str, arcrole: str, arcs: Arcs) -> str:
    arcs = list(arcs)
    names = dict.fromkeys(name for parent, child, _ in arcs for name in (parent, child))
    body = [_locator(emission, name) for name in names]
    for parent, child, said in arcs:
        ends = {"xlink:from": parent.replace(":", "_"), "xlink:to": child.replace(":", "_")}
        body.append(element(f"link:{kind}Arc", {"xlink:type": "arc", "xlink:arcrole": arcrole} | ends | dict(said)))
    return block(f"link:{kind}Link", {"xlink:type": "extended", "xlink:role": role_uri(emission, role)}, body)


def _locator(emission: Emission, name: str) -> str:
    place = {"xlink:href": item_address(emission, name), "xlink:label": name.replace(":", "_")}
    return element("link:loc", {"xlink:type": "locator"} | place)


def _role_ref(emission: Emission, role: str) -> str:
    place = f"{emission.name}.xsd#role_{role}"
    said = {"roleURI": role_uri(emission, role), "xlink:type": "simple", "xlink:href": place}
    return element("link:roleRef", said)


def _arc_role_ref() -> str:
    said = {"arcroleURI": SUMMATION_ITEM_1_1, "xlink:type": "simple", "xlink:href": _SUMMATION_SCHEMA}
    return element("link:arcroleRef", said)


def _linkbase(references: list[str], links: list[str]) -> bytes:
    spaces = {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in ("link", "xlink")}
    return document(block("link:linkbase", spaces, [*references, *links]))

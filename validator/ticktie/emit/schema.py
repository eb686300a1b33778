"""Taxonomy schemas: the standard items of our own, the entity's items, and the dimension of parts.

Source: XBRL 2.1, section 5.1; Dimensions 1.0, section 2.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ticktie.emit.items import TYPES, standard_item
from ticktie.emit.markup import block, document, element, escaped
from ticktie.emit.names import NAMESPACES, OWN
from ticktie.emit.report import Axis, Emission, Item, Role
from ticktie.model.concepts import Concept

_XBRL_SCHEMAS = {
    "xbrli": "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
    "xbrldt": "http://www.xbrl.org/2005/xbrldt-2005.xsd",
    "dtr-types": "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd",
}
_LINKBASE = "http://www.w3.org/1999/xlink/properties/linkbase"
LINKBASES = {"label": "lab", "presentation": "pre", "calculation": "cal"}
STANDARD_AXES = (
    Axis("StatementScenarioAxis", ("ScenarioForecastMember",)),
    Axis("RangeAxis", ("MinimumMember", "MaximumMember")),
)
ABSTRACT = "Abstract"


def gaap_schema(concepts: Mapping[str, Concept]) -> bytes:
    """Our own schema of standard items: the same bytes for every document."""
    items = [_declared(standard_item(concept, OWN)) for _, concept in sorted(concepts.items())]
    return _schema(OWN.namespace, {OWN.prefix: OWN.namespace}, [], [], items)


def axis_schema() -> bytes:
    """Our own schema of the standard axes and their members."""
    axes = [line for axis in STANDARD_AXES for line in _axis(OWN.axis_prefix, axis)]
    return _schema(OWN.axis_namespace, {OWN.axis_prefix: OWN.axis_namespace}, [], [], axes)


def part_schema() -> bytes:
    """The schema of the typed dimension that names a part of a line item."""
    domain = element("xs:element", {"id": "ticktie_partName", "name": "partName", "type": "xs:string"})
    axis = {"id": "ticktie_part", "name": "part", "xbrldt:typedDomainRef": "#ticktie_partName"}
    namespace = NAMESPACES["ticktie"]
    return _schema(namespace, {"ticktie": namespace}, [], [], [domain, _dimension(axis, "xbrldt:dimensionItem")])


def extension_schema(emission: Emission, linkbases: Iterable[str]) -> bytes:
    """The entry point of a document: its own items, and references to all that its facts need."""
    own = [_declared(item) for item in emission.items.values() if item.prefix == "ext"]
    abstract = [_declared_abstract(role) for role in emission.roles]
    axes = [line for axis in emission.axes for line in _own_axis(axis)]
    links = [
        element(
            "link:linkbaseRef",
            {
                "xlink:type": "simple",
                "xlink:href": f"{emission.name}_{LINKBASES[kind]}.xml",
                "xlink:role": f"http://www.xbrl.org/2003/role/{kind}LinkbaseRef",
                "xlink:arcrole": _LINKBASE,
            },
        )
        for kind in linkbases
    ]
    roles = [_role_type(emission, name, title) for name, title in role_titles(emission).items()]
    imports = schemas_needed(emission)
    return _schema(emission.extension, {"ext": emission.extension}, imports, [*roles, *links], [*own, *abstract, *axes])


def schemas_needed(emission: Emission) -> list[tuple[str, str]]:
    """Namespace and address of each schema that the entry point imports."""
    profile = emission.profile
    needed = {profile.namespace: emission.standard_schema}
    if emission.has_standard_axes:
        needed[profile.axis_namespace] = emission.axis_schema
    if emission.has_parts:
        needed[NAMESPACES["ticktie"]] = emission.part_schema
    return list(needed.items())


def companions(emission: Emission, concepts: Mapping[str, Concept]) -> dict[str, bytes]:
    """The files of our own that the entry point imports, by name."""
    files = {emission.standard_schema: gaap_schema(concepts)} if emission.profile.is_own else {}
    if emission.profile.is_own and emission.has_standard_axes:
        files[emission.axis_schema] = axis_schema()
    return files | ({emission.part_schema: part_schema()} if emission.has_parts else {})


def role_uri(emission: Emission, name: str) -> str:
    """The address of one network."""
    return f"{emission.extension}:role:{name}"


def role_titles(emission: Emission) -> dict[str, str]:
    """Every network of a document with its title: the printed tables first."""
    titles = {role.name: role.title for role in emission.roles}
    for relation in emission.relations:
        stem = relation.role.partition("-")[0]
        titles.setdefault(relation.role, f"{titles.get(stem, 'Sums of the taxonomy')}: calculation")
    return titles


def abstract_name(role: Role) -> str:
    """The heading item of a network."""
    return f"{role.title.title().replace(' ', '')}{role.name.title().replace('-', '')}{ABSTRACT}"


def _schema(
    target: str, prefixes: Mapping[str, str], imports: Iterable[tuple[str, str]], notes: list[str], body: list[str]
) -> bytes:
    used = ("dtr-types", "link", "xbrldt", "xbrli", "xlink", "xs")
    spaces = {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in used} | {f"xmlns:{p}": n for p, n in prefixes.items()}
    head = {"targetNamespace": target, "elementFormDefault": "qualified", "attributeFormDefault": "unqualified"}
    usual = [(NAMESPACES[prefix], address) for prefix, address in _XBRL_SCHEMAS.items()]
    imported = [
        element("xs:import", {"namespace": space, "schemaLocation": place}) for space, place in [*usual, *imports]
    ]
    annotation = [block("xs:annotation", None, [block("xs:appinfo", None, notes)])] if notes else []
    return document(block("xs:schema", head | spaces, [*annotation, *imported, *body]))


def _declared(item: Item) -> str:
    return element(
        "xs:element",
        {
            "id": f"{item.prefix}_{item.name}",
            "name": item.name,
            "type": TYPES[item.kind][0],
            "substitutionGroup": "xbrli:item",
            "nillable": "true",
            "xbrli:periodType": item.period,
            "xbrli:balance": item.balance,
        },
    )


def _declared_abstract(role: Role) -> str:
    name = abstract_name(role)
    return _dimension({"id": f"ext_{name}", "name": name}, "xbrli:item")


def _dimension(attributes: dict[str, str], group: str) -> str:
    fixed = {"type": "xbrli:stringItemType", "substitutionGroup": group, "abstract": "true", "nillable": "true"}
    return element("xs:element", attributes | fixed | {"xbrli:periodType": "duration"})


def _axis(prefix: str, axis: Axis) -> list[str]:
    names = [(axis.name, "xbrldt:dimensionItem"), *((member, "xbrli:item") for member in axis.members)]
    return [_dimension({"id": f"{prefix}_{name}", "name": name}, group) for name, group in names]


def _own_axis(axis: Axis) -> list[str]:
    local = Axis(axis.name.partition(":")[2], tuple(member.partition(":")[2] for member in axis.members))
    if local.members:
        return _axis("ext", local)
    domain = f"{local.name}Value"
    said = {"id": f"ext_{local.name}", "name": local.name, "xbrldt:typedDomainRef": f"#ext_{domain}"}
    value = element("xs:element", {"id": f"ext_{domain}", "name": domain, "type": "xs:string"})
    return [value, _dimension(said, "xbrldt:dimensionItem")]


def _role_type(emission: Emission, name: str, title: str) -> str:
    used = [element("link:usedOn", None, f"link:{kind}Link") for kind in ("presentation", "calculation")]
    said = {"roleURI": role_uri(emission, name), "id": f"role_{name}"}
    return element("link:roleType", said, element("link:definition", None, escaped(title)), *used)

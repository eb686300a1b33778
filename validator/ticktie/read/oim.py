"""xBRL-JSON: our facts files, and anybody's as far as simple facts go.

Source: xBRL-JSON 1.0, https://www.xbrl.org/Specification/xbrl-json/REC-2021-10-13/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from msgspec.structs import replace

from ticktie.model.facts import Fact, FactKind, FactSet, Observation, Statement
from ticktie.model.place import Location
from ticktie.model.source import Document, Span
from ticktie.read import fields, jsontext
from ticktie.read.errors import ReadError
from ticktie.read.fields import FieldError
from ticktie.read.supplied import KINDS, STATEMENTS, UNREADABLE_ROW, Names, Supplied, cited
from ticktie.xbrl.names import usual_prefix

DOCUMENT_TYPE = "https://xbrl.org/2021/xbrl-json"
_CORE = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_PREFIX = re.compile(r"(?<![^\s/*()])([A-Za-z_][\w.-]*):(?=[\w])")
Rename = Callable[[str], str]


def read_facts(document: Document, data: Mapping[str, Any], names: Names) -> Supplied:
    """The numeric facts of the xBRL-JSON file ``document`` holds, decoded as ``data``; a fact that cannot be read
    becomes an observation. Raises ReadError where the file is no xBRL-JSON."""
    info, facts = data.get("documentInfo"), data.get("facts")
    kind = info.get("documentType") if isinstance(info, dict) else None
    if kind != DOCUMENT_TYPE or not isinstance(facts, dict):
        raise ReadError(
            document.path, f"it is no xBRL-JSON of document type {DOCUMENT_TYPE}",
            "give a facts file as ticktie extract writes it, or flat facts as CSV or JSON lines",
        )  # fmt: skip
    rename = renaming(cast(dict[str, Any], info).get("namespaces"))
    found: dict[str, Fact] = {}
    seen: list[Observation] = []
    for member in jsontext.members(document.text, _start_of(document.text, "facts")):
        place = _place(document, member)
        try:
            fact = None if member.key in found else _fact(member.key, member.value, place, rename, names)
        except FieldError as problem:
            seen.append(Observation(UNREADABLE_ROW, f"Fact {member.key} was left out: {problem}.", (place,)))
            continue
        if member.key in found:
            seen.append(Observation(UNREADABLE_ROW, f"Fact {member.key} stands twice; the first counts.", (place,)))
        elif fact is not None:
            found[fact.id] = fact
    return Supplied(None, FactSet(tuple(found.values()), observations=tuple(seen)), document)


def _start_of(text: str, key: str) -> int:
    return next(member.start for member in jsontext.members(text, 0) if member.key == key)


def _place(document: Document, member: jsontext.Member) -> Location:
    start, end = jsontext.value_span(document.text[member.start : member.end])
    pointer = "/facts/" + member.key.replace("~", "~0").replace("/", "~1")
    return replace(document.location(Span(member.start + start, member.start + end)), pointer=pointer)


def renaming(namespaces: object) -> Rename:
    """Names with the prefixes that rules use, whatever prefixes the file chose for these namespaces."""
    given = namespaces if isinstance(namespaces, dict) else {}
    usual = {prefix: usual_prefix(str(uri)) or prefix for prefix, uri in given.items()}
    changed = {prefix for prefix, ours in usual.items() if prefix != ours}
    if not changed:
        return lambda name: name
    return lambda name: _PREFIX.sub(lambda match: f"{usual.get(match[1], match[1])}:", name)


def _fact(name: str, written: object, place: Location, rename: Rename, names: Names) -> Fact | None:
    """The numeric fact that the fact object ``written`` states; None for a text. Raises FieldError."""
    if not isinstance(written, dict) or not isinstance(written.get("dimensions"), dict):
        raise FieldError("it is no fact object with dimensions")
    aspects = written["dimensions"]
    if not isinstance(aspects.get("concept"), str):
        raise FieldError("it has no concept")
    if "value" not in written:
        raise FieldError("it has no value")
    value = written["value"]
    if not _is_numeric(written, aspects):
        return None
    given = aspects["concept"]
    stated = written.get("decimals")
    return Fact(
        id=name,
        concept=rename(names.concepts.get(given, given)),
        value=None if value is None else fields.amount(value).value,
        decimals=None if stated is None else fields.decimals(stated),
        unit=fields.unit(rename(str(aspects.get("unit") or ""))),
        period=fields.period(aspects.get("period")),
        entity=rename(str(aspects["entity"])) if aspects.get("entity") else None,
        dimensions=tuple(sorted(_dimensions(aspects, rename))),
        origin="supplied",
        location=place,
        **_own_properties(written),
    )


def _is_numeric(written: Mapping[str, Any], aspects: Mapping[str, Any]) -> bool:
    """Whether the fact is a number: OIM tells it by the unit, which pure numbers leave out."""
    if aspects.get("unit") or "decimals" in written:
        return True
    ours = any(key.startswith("ticktie:") for key in written)
    return ours and (written["value"] is None or bool(_NUMBER.fullmatch(str(written["value"]))))


def _dimensions(aspects: Mapping[str, Any], rename: Rename) -> Iterator[tuple[str, str]]:
    for axis, member in aspects.items():
        if axis not in _CORE and ":" in axis:
            yield rename(axis), rename(str(member)) if not axis.startswith("ticktie:") else str(member)


def _own_properties(written: Mapping[str, Any]) -> dict[str, Any]:
    """What our own properties say, as far as they say it in our words."""
    found = {name: written.get(f"ticktie:{name}") for name in ("label", "section", "printed")}
    kind, statement = written.get("ticktie:kind"), written.get("ticktie:statement")
    return {
        **{name: value if isinstance(value, str) else None for name, value in found.items()},
        "kind": cast(FactKind, kind) if kind in KINDS else None,
        "statement": cast(Statement, statement) if statement in STATEMENTS else None,
        "damage": _words(written.get("ticktie:damage")),
        "evidence": _words(written.get("ticktie:evidence")),
        "confidence": _share(written.get("ticktie:confidence")),
        "cited": _cited(written.get("ticktie:location")),
    }


def _cited(place: object) -> Location | None:
    return cited(place.get("line"), place.get("column")) if isinstance(place, dict) else None


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _share(value: object) -> float:
    try:
        return min(max(float(str(value)), 0.0), 1.0)
    except ValueError:
        return 1.0

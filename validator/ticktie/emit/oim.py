"""xBRL-JSON and xBRL-CSV.

Source: xBRL-JSON 1.0 and xBRL-CSV 1.0, https://www.xbrl.org/Specification/oim/.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

from ticktie.emit.contexts import namespace_of, prefixes_of
from ticktie.emit.markup import escaped
from ticktie.emit.report import Emission
from ticktie.model.facts import Fact
from ticktie.model.number import plain

JSON_TYPE, CSV_TYPE = "https://xbrl.org/2021/xbrl-json", "https://xbrl.org/2021/xbrl-csv"
_LINKS = {"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"}
_GROUPS = {"_": "http://www.xbrl.org/2003/role/link"}
_XML_ONLY = frozenset({"link", "xbrldi", "xlink", "xsi"})
_CORE = ("concept", "entity", "period", "unit")
_NOT_NAME = re.compile(r"[^A-Za-z0-9]")

Json = dict[str, Any]


def xbrl_json(emission: Emission, schema: str) -> bytes:
    """The facts of ``emission`` as xBRL-JSON whose taxonomy is ``schema`` (an address)."""
    info = _info(emission, JSON_TYPE, schema)
    facts = {fact.id: _fact(fact, emission.notes_of.get(fact.id, ())) for fact in emission.facts}
    notes = {note.id: _note(note.id, note.text) for note in emission.footnotes}
    return _dump({"documentInfo": info, "facts": facts | notes})


def xbrl_csv(emission: Emission, schema: str) -> dict[str, bytes]:
    """The metadata and the tables that it names: one with a fact in each row, and one of footnotes where there are."""
    axes, table = _axis_columns(emission.facts), f"{emission.name}_facts.csv"
    named = {axis: f"${column}" for axis, column in axes.items()}
    core = {name: f"${name}" for name in _CORE}
    columns: Json = {"id": {"comment": True}, **{name: {} for name in (*_CORE, *axes.values(), "decimals")}}
    columns["value"] = {"dimensions": core | named, "decimals": "$decimals"}
    info = _info(emission, CSV_TYPE, schema)
    template = {"facts": {"columns": columns}}
    metadata: Json = {"documentInfo": info, "tableTemplates": template, "tables": {"facts": {"url": table}}}
    files = {table: _table(emission.facts, list(columns), axes)}
    if emission.footnotes:
        _notes(emission, metadata)
        files[metadata["tables"]["notes"]["url"]] = _note_table(emission)
    return {f"{emission.name}.json": _dump(metadata)} | files


def _info(emission: Emission, kind: str, schema: str) -> Json:
    used = (prefixes_of(emission.facts) | _entity_prefixes(emission.facts)) - _XML_ONLY
    known = emission.namespaces
    info: Json = {
        "documentType": kind,
        "namespaces": {prefix: namespace_of(prefix, known) for prefix in sorted(used)},
        "taxonomy": [schema],
    }
    if emission.footnotes:
        info |= {"linkTypes": _LINKS, "linkGroups": _GROUPS}
        info["namespaces"]["xbrl"] = "https://xbrl.org/2021"
    return info


def _entity_prefixes(facts: Iterable[Fact]) -> set[str]:
    return {fact.entity.partition(":")[0] for fact in facts if fact.entity}


def _fact(fact: Fact, notes: tuple[str, ...]) -> Json:
    written: Json = {"value": None if fact.value is None else plain(fact.value)}
    if fact.decimals is not None and fact.value is not None:
        written["decimals"] = fact.decimals
    written["dimensions"] = _dimensions(fact)
    return written | ({"links": {"footnote": {"_": list(notes)}}} if notes else {})


def _dimensions(fact: Fact) -> dict[str, str]:
    core = {name: value for name, value in _core(fact).items() if value}
    return core | dict(fact.dimensions)


def _core(fact: Fact) -> dict[str, str]:
    """Concept, entity, period and unit; empty where absent."""
    period = "" if fact.period is None else fact.period.oim
    unit = "" if fact.unit in (None, "xbrli:pure") else fact.unit or ""
    return {"concept": fact.concept, "entity": fact.entity or "", "period": period, "unit": unit}


def _note(name: str, text: str) -> Json:
    """A footnote: its value is XHTML (OIM 1.0, section 5.4)."""
    return {"value": escaped(text), "dimensions": {"concept": "xbrl:note", "noteId": name, "language": "en"}}


def _axis_columns(facts: Iterable[Fact]) -> dict[str, str]:
    """A column for each dimension that facts use."""
    axes = sorted({axis for fact in facts for axis, _ in fact.dimensions})
    return {axis: f"axis{number}{_NOT_NAME.sub('', axis.partition(':')[2])}" for number, axis in enumerate(axes, 1)}


def _table(facts: Iterable[Fact], columns: list[str], axes: dict[str, str]) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(columns)
    for fact in facts:
        said = {axes[axis]: _cell(member) for axis, member in fact.dimensions}
        decimals = "" if fact.decimals is None or fact.value is None else str(fact.decimals)
        value = "#nil" if fact.value is None else plain(fact.value)
        row = {"id": fact.id, **_core(fact), **said, "decimals": decimals, "value": value}
        rows.writerow([row.get(column, "") for column in columns])
    return out.getvalue().encode("utf-8")


def _notes(emission: Emission, metadata: Json) -> None:
    """Footnotes are facts too, in a table of their own that ``metadata`` describes, and links lead to them.

    Rows are named by their number: processors differ in what they make of an id column."""
    note = {"concept": "xbrl:note", "language": "en"}
    metadata["tableTemplates"]["notes"] = {"columns": {"id": {"comment": True}, "value": {"dimensions": note}}}
    metadata["tables"]["notes"] = {"url": f"{emission.name}_notes.csv"}
    rows = {fact.id: row for row, fact in enumerate(emission.facts, 1)}
    lines = {note.id: row for row, note in enumerate(emission.footnotes, 1)}
    links = {
        f"facts.r_{rows[fact]}.value": [f"notes.r_{lines[note]}.value" for note in notes]
        for fact, notes in emission.notes_of.items()
    }
    metadata["links"] = {"footnote": {"_": links}}


def _cell(member: str) -> str:
    """A member as a cell: a text that looks like a special value of xBRL-CSV gets one more mark."""
    return f"#{member}" if member.startswith("#") else member


def _note_table(emission: Emission) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["id", "value"])
    rows.writerows([note.id, escaped(note.text)] for note in emission.footnotes)
    return out.getvalue().encode("utf-8")


def _dump(data: Json) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

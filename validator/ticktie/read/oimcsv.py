"""xBRL-CSV: tables of facts with a JSON file that says what their columns mean.

Source: xBRL-CSV 1.0, https://www.xbrl.org/Specification/xbrl-csv/REC-2021-10-13/. A fact's id is table.row.column, its
place the cell. Only files beside the metadata file are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from ticktie.model.facts import Fact, FactSet, Observation, Period
from ticktie.model.source import Document
from ticktie.read import fields, jsontext, tabular
from ticktie.read.errors import ReadError
from ticktie.read.fields import FieldError
from ticktie.read.files import Files, is_remote, resolved
from ticktie.read.oim import Rename, renaming
from ticktie.read.supplied import UNREADABLE_ROW, Names, Supplied
from ticktie.read.tabular import Field

DOCUMENT_TYPE = re.compile(r"https://xbrl\.org/(?:2021|CR/\d{4}-\d\d-\d\d)/xbrl-csv")
_CORE = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_SPECIFIER = re.compile(r"(?P<body>[^@]+?)(?:@(?P<end>start|end))?")
_QUARTERS = re.compile(r"(\d{4})-?([QH])([1-4])")
_DEEPEST = 10

Object = Mapping[str, Any]
Row = dict[str, Field]


class Table(Struct, frozen=True):
    """One table: its name, template, parameters, and the file with its rows."""

    name: str
    template: Object
    parameters: Object
    document: Document


class Report(Struct, frozen=True):
    """What the metadata says for all tables."""

    path: str
    metadata: Object
    parameters: Object
    rename: Rename
    names: Names


def read(document: Document, held: Object, names: Names, files: Files) -> Supplied:
    """The numeric facts of the tables that the metadata file ``document`` (decoded: ``held``) names; a cell that cannot
    be read becomes an observation. Raises ReadError where a table or its template is missing."""
    metadata = _extended(document, held, files)
    info = _object(metadata, "documentInfo")
    parameters = {**_parameters(metadata, files), **_object(metadata, "parameters")}
    report = Report(document.path, metadata, parameters, renaming(info.get("namespaces")), names)
    if not _object(metadata, "tables"):
        raise ReadError(document.path, "it is metadata of xBRL-CSV and names no table", "name its tables in it")
    tables = list(_tables(report, files))
    every = [one for table in tables for one in _facts(table, report)]
    facts = {one.id: one for one in reversed(every) if isinstance(one, Fact)}
    seen = tuple(one for one in every if isinstance(one, Observation))
    bound = {report.rename(f"{prefix}:x")[:-2]: str(uri) for prefix, uri in _object(info, "namespaces").items()}
    found = FactSet(tuple(reversed(facts.values())), observations=seen, namespaces=bound)
    return Supplied(None, found, tables[0].document if len(tables) == 1 else None, is_whole=True)


def is_metadata(held: object) -> bool:
    """Whether a JSON object is the metadata of xBRL-CSV."""
    info = held.get("documentInfo") if isinstance(held, dict) else None
    kind = info.get("documentType") if isinstance(info, dict) else None
    return isinstance(kind, str) and bool(DOCUMENT_TYPE.fullmatch(kind))


def _object(held: Object, name: str) -> Object:
    found = held.get(name)
    return found if isinstance(found, dict) else {}


def _extended(document: Document, held: Object, files: Files, depth: int = 0) -> Object:
    """The metadata with what it extends; its own members win."""
    whole: dict[str, Any] = {}
    for href in _object(held, "documentInfo").get("extends") or ():
        other = None if depth > _DEEPEST else _beside(document, str(href), files)
        if isinstance(other, dict):
            whole = _merged(whole, _extended(document, other, files, depth + 1))
    return _merged(whole, held)


def _beside(document: Document, href: str, files: Files) -> object:
    """The JSON that ``href`` names; raises ReadError where it is not beside the metadata, or no JSON."""
    data = None if is_remote(href) else files.content(resolved("", href)[0])
    if data is None:
        raise ReadError(document.path, f"it extends {href[:80]!r}, which is not beside it", "put it there")
    try:
        return cast(object, jsontext.value(data.decode("utf-8")))
    except ValueError as problem:
        raise ReadError(document.path, f"{href[:80]!r} is no JSON: {problem}", "mend it") from None


def _merged(base: Object, own: Object) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        known = merged.get(key)
        merged[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def _parameters(metadata: Object, files: Files) -> dict[str, str]:
    """Report parameters that stand in a file of their own, with columns name and value."""
    href = metadata.get("parameterURL")
    data = files.content(resolved("", href)[0]) if isinstance(href, str) else None
    if data is None:
        return {}
    lines = [[field.text for field in line] for line in tabular.csv_lines(data.decode("utf-8", "replace"))]
    return {line[0]: line[1] for line in lines[1:] if len(line) > 1}


def _tables(report: Report, files: Files) -> Iterator[Table]:
    templates = _object(report.metadata, "tableTemplates")
    for name, said in _object(report.metadata, "tables").items():
        table = said if isinstance(said, dict) else {}
        template = templates.get(table.get("template", name))
        if not isinstance(template, dict):
            raise ReadError(report.path, f"table {name!r} has no template", "add it to tableTemplates")
        href = str(table.get("url") or "")
        data = None if is_remote(href) else files.content(resolved("", href)[0])
        if data is not None and data.strip():
            path = str(PurePath(report.path).parent / resolved("", href)[0])
            yield Table(name, template, _object(table, "parameters"), tabular.source(data, path))
        elif not table.get("optional"):
            raise ReadError(report.path, f"the table {href[:80]!r} is not beside it", "put it there")


def _facts(table: Table, report: Report) -> Iterator[Fact | Observation]:
    lines = tabular.csv_lines(table.document.text, ",")
    header = [field.text.strip() for field in next(lines, [])]
    columns = _object(table.template, "columns")
    measured = [name for name in header if "dimensions" in _object(columns, name)]
    key = table.template.get("rowIdColumn")
    for number, line in enumerate(lines, 1):
        row = dict(zip(header, line, strict=False))
        identifier = row[key].text if key in row else f"r{number}"
        for column in measured:
            if column in row:
                one = _cell(f"{table.name}.{identifier}.{column}", column, row, table, report)
                if one is not None:
                    yield one


def _cell(identifier: str, column: str, row: Row, table: Table, report: Report) -> Fact | Observation | None:
    """The fact of one cell, None where it states none, or why it cannot be read."""
    field = row[column]
    place = table.document.location(field.span)
    try:
        fact = _fact(identifier, column, row, table, report)
    except FieldError as problem:
        message = f"Cell {column[:60]!r} of table {table.name[:60]!r} was left out: {problem}."
        return Observation(UNREADABLE_ROW, message, (place,))
    return None if fact is None else replace(fact, location=place, printed=field.text or None)


def _fact(identifier: str, column: str, row: Row, table: Table, report: Report) -> Fact | None:
    aspects = _aspects(column, row, table, report)
    raw = row[column].text
    value = _special(raw)
    if value is None or (not aspects.get("unit") and not _NUMBER.fullmatch(value) and raw != "#nil"):
        return None
    if not aspects.get("concept"):
        raise FieldError("it has no concept")
    decimals = _resolved(_first("decimals", column, table, report), row, table, report)
    rename, given = report.rename, aspects["concept"]
    return Fact(
        id=identifier, concept=rename(report.names.concepts.get(given, given)),
        value=None if raw == "#nil" else fields.amount(value).value,
        decimals=None if decimals is None or raw == "#nil" else fields.decimals(decimals),
        unit=fields.unit(rename(aspects.get("unit") or "")), period=period(aspects.get("period")),
        entity=rename(aspects["entity"]) if aspects.get("entity") else None,
        dimensions=tuple(sorted(
            (rename(axis), rename(member) if not axis.startswith("ticktie:") else member)
            for axis, member in aspects.items() if axis not in _CORE
        )),
        origin="supplied",
    )  # fmt: skip


def _special(raw: str) -> str | None:
    """What a cell says: None for no fact; ``##`` stands for one sign."""
    if raw in ("", "#none"):
        return None
    return raw[1:] if raw.startswith("##") else raw


def _aspects(column: str, row: Row, table: Table, report: Report) -> dict[str, str]:
    """The dimensions of a cell: those of the report, the template and the column, the nearest winning."""
    written: dict[str, Any] = {}
    for source in (report.metadata, table.template, _column(column, table)):
        written |= _object(source, "dimensions")
    said = {axis: _resolved(value, row, table, report) for axis, value in written.items()}
    return {axis: value for axis, value in said.items() if value is not None}


def _column(column: str, table: Table) -> Object:
    return _object(_object(table.template, "columns"), column)


def _first(name: str, column: str, table: Table, report: Report) -> object:
    sources = (_column(column, table), table.template, report.metadata)
    return next((source[name] for source in sources if name in source), None)


def _resolved(value: object, row: Row, table: Table, report: Report) -> str | None:
    """A value with the column or parameter that it refers to (``$name``, and ``$name@start`` of periods)."""
    if value is None:
        return None
    text = str(value)
    if not text.startswith("$"):
        return _special(text)
    if text.startswith("$$"):
        return text[1:]
    name, mark, end = text[1:].partition("@")
    if name in row:
        found: str | None = row[name].text
    else:
        found = cast("str | None", table.parameters.get(name, report.parameters.get(name)))
    said = None if found is None else _special(str(found))
    return said if said is None or not mark else f"{said}@{end}"


def period(raw: str | None) -> Period | None:
    """The period that a specifier states: a year, half, quarter, month, week or day (``2031``, ``2031Q2``), a span
    (``2031-01-01..2031-06-30``), its ends as instants (``@start``, ``@end``), or a period of OIM."""
    match = None if raw is None else _SPECIFIER.fullmatch(raw.strip())
    if match is None:
        return None
    body, end = match["body"], match["end"]
    if "T" in body or "/" in body:
        return fields.period(body)
    first, dots, last = body.partition("..")
    start = _span(first)
    whole = Period(_span(last).end if dots else start.end, start.start)
    if end == "end":
        return Period(whole.end)
    if end == "start" and whole.start is not None:
        return Period(whole.start - fields.ONE_DAY)
    return whole


def _span(text: str) -> Period:
    """The days of one specifier; a date is a day."""
    short = _QUARTERS.fullmatch(text)
    found = fields.period(f"{short[1]}-{short[2]}{short[3]}" if short else text)
    if found is None:
        raise FieldError("period is empty")
    return found if found.start is not None else Period(found.end, found.end)

"""Flat files of facts: CSV with a line of column names, JSON lines, and a JSON list of objects."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from ticktie.config import COLUMNS
from ticktie.model.source import Document, Span
from ticktie.read import jsontext
from ticktie.read.errors import ReadError
from ticktie.read.supplied import Entry, Names, Supplied, fact_sets
from ticktie.read.text import decode, line_starts

_DELIMITERS = ",;\t|"
_CELLS = {
    mark: re.compile(rf'"([^"]*(?:""[^"]*)*)"[^{re.escape(mark)}\r\n]*|([^{re.escape(mark)}\r\n]*)')
    for mark in _DELIMITERS
}
_REMEDY = (
    f"name the columns {', '.join(COLUMNS[:8])}, or say in [tool.ticktie.columns] what yours are called "
    '(value = "amount")'
)


class Field(NamedTuple):
    """One cell of a CSV file, without its quotes."""

    text: str
    span: Span


def source(data: bytes, path: str) -> Document:
    """The text of a facts file as a document without blocks; raises ReadError where it is empty or binary."""
    if not data.strip():
        raise ReadError(path, "the file is empty", "give a file with at least one fact")
    text, encoding, notes = decode(data, path)
    return Document(path, text, encoding, hashlib.sha256(data).hexdigest(), (), notes, line_starts(text))


def read_csv(document: Document, names: Names) -> list[Supplied]:
    """The facts of a CSV file by document; raises ReadError where no column holds values or names."""
    lines = csv_lines(document.text)
    header = [field.text.strip() for field in next(lines, [])]
    known = {names.column(name) for name in header}
    if "value" not in known or not known & {"concept", "label"}:
        shown = ", ".join(map(repr, header[:6]))
        raise ReadError(document.path, f"no column is called value, or none concept or label: {shown}", _REMEDY)
    at = next(number for number, name in enumerate(header) if names.column(name) == "value")
    return fact_sets((_entry(header, line, at, document) for line in lines), names, document)


def _entry(header: list[str], line: list[Field], at: int, document: Document) -> Entry:
    """One line of the file by its column names; its place is the cell of the value."""
    row = {name: field.text for name, field in zip(header, line, strict=False) if name}
    place = document.location(line[min(at, len(line) - 1)].span)
    surplus = len(line) - len(header)
    if surplus > 0 and any(field.text.strip() for field in line[len(header) :]):
        problem = f"it has {len(line)} cells where the header has {len(header)}; quote cells with commas"
        return Entry(row, place, problem)
    return Entry(row, place)


def csv_lines(text: str, delimiter: str | None = None) -> Iterator[list[Field]]:
    """The lines of a CSV file (RFC 4180; the delimiter is the commonest in the first line), blank ones left out."""
    delimiter = delimiter or max(_DELIMITERS, key=text.partition("\n")[0].count)
    at = 0
    while at < len(text):
        line, at = _line(text, at, delimiter)
        if any(field.text for field in line):
            yield line


def _line(text: str, at: int, delimiter: str) -> tuple[list[Field], int]:
    """The fields of the line that begins at ``at``, and where the next one begins."""
    line: list[Field] = []
    while True:
        match = _CELLS[delimiter].match(text, at)
        if match is None:
            return line, len(text)
        group = 1 if match[1] is not None else 2
        raw = match[group]
        line.append(Field(raw.replace('""', '"') if group == 1 else raw, Span(*match.span(group))))
        at = match.end()
        if text[at : at + 1] != delimiter:
            return line, at + (2 if text.startswith("\r\n", at) else 1)
        at += 1


def read_json_lines(document: Document, names: Names) -> list[Supplied]:
    """The facts of a file with one JSON object a line, by document."""
    starts = (*document.line_starts, len(document.text) + 1)
    lines = ((start, document.text[start : end - 1]) for start, end in pairwise(starts))
    entries = (_object(text, start, f"/{row}", document) for row, (start, text) in enumerate(lines) if text.strip())
    return fact_sets(entries, names, document)


def read_json_list(document: Document, names: Names) -> list[Supplied]:
    """The facts of a JSON list of objects, by document."""
    text = document.text
    entries = (
        _object(text[item.start : item.end], item.start, f"/{item.key}", document, item.value)
        for item in jsontext.members(text, 0)
    )
    return fact_sets(entries, names, document)


def _object(text: str, start: int, pointer: str, document: Document, known: object = None) -> Entry:
    """The JSON object ``text`` as a row; its place is its member ``value``."""
    at, end = jsontext.value_span(text)
    place = replace(document.location(Span(start + at, start + end)), pointer=pointer)
    try:
        row = jsontext.value(text) if known is None else known
    except ValueError as problem:
        return Entry({}, place, f"it is no JSON ({problem})")
    return Entry(row, place) if isinstance(row, dict) else Entry({}, place, "it is no JSON object")

"""Accounts and their balances: a trial balance as CSV, or as a workbook (xlsx).

Source of the workbook's parts: Office Open XML (ISO/IEC 29500-1), SpreadsheetML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from msgspec import Struct

from ticktie.model.number import EXACT, plain
from ticktie.model.place import Location
from ticktie.model.source import Document
from ticktie.read import fields
from ticktie.read.errors import ReadError
from ticktie.read.fields import FieldError
from ticktie.read.supplied import Entry, Names, Supplied, fact_sets
from ticktie.read.tabular import csv_lines, source

#: What the columns of such a table are called; ours first.
_COLUMNS = {
    "label": ("label", "account", "account name", "account description", "name", "description", "line item", "caption"),
    "value": ("value", "balance", "amount", "ending balance", "closing balance", "net", "net balance"),
    "debit": ("debit", "debits", "dr"),
    "credit": ("credit", "credits", "cr"),
    "period": ("period", "date", "as of", "balance date"),
    "unit": ("unit", "currency"),
    "concept": ("concept",),
}
_REMEDY = "name the columns account and balance, or account, debit and credit"
_LARGEST = 200_000_000
_DOUBLE = Context(prec=15)
_EPOCH = date(1899, 12, 30)
_COLUMN_NAME = re.compile(r"[A-Z]+")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Line(Struct, frozen=True):
    """One row of a table: the text of its cells, and the place of each."""

    cells: tuple[str, ...]
    places: tuple[Location, ...]


def is_workbook(path: str) -> bool:
    """Whether ``path`` names a workbook."""
    return path.lower().endswith(".xlsx")


def read(data: bytes, path: str, names: Names | None = None) -> list[Supplied]:
    """The balances of all accounts, as facts with labels; raises ReadError (file, what is wrong, remedy)."""
    if is_workbook(path):
        document = Document(path, "", "", hashlib.sha256(data).hexdigest(), ())
        return fact_sets(_entries(list(_workbook(data, path)), path), names or Names(), document)
    document = source(data, path)
    lines = [
        Line(tuple(one.text for one in line), tuple(document.location(one.span) for one in line))
        for line in csv_lines(document.text)
    ]
    return fact_sets(_entries(lines, path), names or Names(), document)


def _entries(lines: Sequence[Line], path: str) -> Iterator[Entry]:
    """The rows below the first one that names an account column and a balance."""
    for number, line in enumerate(lines):
        columns = _columns(line.cells)
        if "label" in columns and columns.keys() & {"value", "debit", "credit"}:
            return _rows(lines[number + 1 :], columns)
    raise ReadError(path, "no row names a column of accounts and one of balances", _REMEDY)


def _columns(cells: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = " ".join(cell.split()).casefold()
        ours = next((ours for ours, theirs in _COLUMNS.items() if name in theirs), None)
        if ours is not None:
            found.setdefault(ours, at)
    return found


def _rows(lines: Iterable[Line], columns: dict[str, int]) -> Iterator[Entry]:
    for line in lines:
        row = {name: line.cells[at].strip() for name, at in columns.items() if at < len(line.cells)}
        debit, credit = row.pop("debit", ""), row.pop("credit", "")
        given = "value" if row.get("value") else "debit" if debit else "credit"
        if not row.get("label") or not (row.get("value") or debit or credit):
            continue
        place = line.places[min(columns.get(given, 0), len(line.places) - 1)]
        try:
            yield Entry({**row, "value": row.get("value") or _net(debit, credit)}, place)
        except FieldError as problem:
            yield Entry(row, place, str(problem))


def _net(debit: str, credit: str) -> str:
    """Debit less credit."""
    amounts = (fields.amount(text).value if text else Decimal(0) for text in (debit, credit))
    return plain(EXACT.subtract(*amounts))


def _workbook(data: bytes, path: str) -> Iterator[Line]:
    """The rows of every sheet; nothing is computed, fetched or run: formulas give their stored values."""
    from zipfile import BadZipFile, ZipFile

    from ticktie.xbrl.xml import XmlError, parse

    try:
        with ZipFile(BytesIO(data)) as file:
            if sum(part.file_size for part in file.infolist()) > _LARGEST:
                raise ReadError(path, "the workbook unpacks to more than 200 MB", "save the sheet that matters alone")
            sheets = sorted(name for name in file.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))
            shared = _shared(parse(file.read("xl/sharedStrings.xml")).root) if _has_strings(file) else []
            for name in sheets:
                sheet = name.rpartition("/")[2].removesuffix(".xml")
                yield from _sheet(parse(file.read(name)).root, sheet, shared, path)
    except (BadZipFile, KeyError, XmlError, ValueError, NotImplementedError, RuntimeError) as problem:
        raise ReadError(path, f"it is no workbook that can be read: {problem}", "save it anew as xlsx or CSV") from None


def _has_strings(file: Any) -> bool:
    return "xl/sharedStrings.xml" in file.namelist()


def _shared(root: Any) -> list[str]:
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _sheet(root: Any, sheet: str, shared: list[str], path: str) -> Iterator[Line]:
    for row in root.iter(f"{_MAIN}row"):
        cells: dict[int, tuple[str, Location]] = {}
        for cell in row.iter(f"{_MAIN}c"):
            name = cell.get("r") or ""
            cells[_at(name)] = (_text(cell, shared), Location(path, pointer=f"{sheet}!{name}"))
        width = max(cells, default=-1) + 1
        nowhere = Location(path, pointer=sheet)
        held = [cells.get(at, ("", nowhere)) for at in range(min(width, 500))]
        if held:
            yield Line(tuple(text for text, _ in held), tuple(place for _, place in held))


def _at(name: str) -> int:
    """The number (from 0) of the column of a cell such as ``AB12``."""
    letters = _COLUMN_NAME.match(name)
    number = 0
    for letter in letters[0][:3] if letters else "A":
        number = number * 26 + ord(letter) - 64
    return number - 1


def _text(cell: Any, shared: list[str]) -> str:
    """What a cell shows; numbers to the fifteen digits that a workbook keeps."""
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    value = next((found.text or "" for found in cell.iter(f"{_MAIN}v")), "")
    if kind == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    if kind in ("str", "b", "e") or not value:
        return value if kind == "str" else ""
    try:
        return plain(_DOUBLE.create_decimal(value))
    except InvalidOperation:
        return value


def day(serial: str) -> str:
    """The date that a workbook stores as a number of days; any other text as it is."""
    return str(_EPOCH + timedelta(int(serial))) if serial.isdecimal() and 20_000 < int(serial) < 80_000 else serial

"""Facts that somebody supplies: one row or object a fact, whatever file or frame it came in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from msgspec import Struct, field
from msgspec.structs import replace

from ticktie.model.facts import Fact, FactKind, FactSet, Observation, Period, Statement
from ticktie.model.number import EXACT
from ticktie.model.place import Location
from ticktie.model.source import Document
from ticktie.read import fields
from ticktie.read.fields import FieldError

STATEMENTS = ("balance-sheet", "income-statement", "cash-flow", "other")
KINDS = ("table", "narrative")
PERCENT = ("%", "percent")
#: What a row is called whose fields say no fact.
UNREADABLE_ROW = "row-unreadable"

Row = Mapping[str, Any]


class Names(Struct, frozen=True):
    """Other people's names for ours: column names by our column name, concepts by their name or label."""

    columns: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def column(self, theirs: str) -> str:
        """Our name of their column, whatever its case; dimensions keep theirs."""
        if theirs not in self.known:
            own = theirs if ":" in theirs else theirs.strip().lower()
            self.known[theirs] = next((ours for ours, name in self.columns.items() if name == theirs), own)
        return self.known[theirs]


class Supplied(Struct, frozen=True):
    """The facts of one document out of a facts file: ``name`` is that document where the file tells several apart,
    ``document`` what the file calls it, several or not. XBRL is ``is_whole``: it leaves no concept, unit or entity to
    be guessed."""

    name: str | None
    facts: FactSet
    source: Document | None = None
    document: str | None = None
    is_whole: bool = False


class Entry(Struct, frozen=True):
    """One row with its place; ``problem`` says what is wrong where it could not be taken apart."""

    row: Row
    place: Location
    problem: str = ""


def fact_sets(entries: Iterable[Entry], names: Names, source: Document | None = None) -> list[Supplied]:
    """The facts of ``entries`` in the order they came, one set for each document they name; a row that says no fact
    becomes an observation with its place."""
    facts: defaultdict[str | None, list[Fact]] = defaultdict(list)
    seen: defaultdict[str | None, list[Observation]] = defaultdict(list)
    taken: set[str] = set()
    for number, entry in enumerate(entries, 1):
        row = _ours(entry.row, names)
        document = _text(row, "document")
        try:
            if entry.problem:
                raise FieldError(entry.problem)
            fact = _fact(row, number, taken, entry.place, names)
        except FieldError as problem:
            seen[document].append(_unreadable(number, str(problem), entry.place))
            continue
        if fact is not None:
            facts[document].append(fact)
    documents = dict.fromkeys([*facts, *seen])
    sets = {name: FactSet(tuple(with_decimals(facts[name])), observations=tuple(seen[name])) for name in documents}
    return [Supplied(name if len(sets) > 1 else None, found, source, name) for name, found in sets.items()]


def _unreadable(number: int, problem: str, place: Location) -> Observation:
    return Observation(UNREADABLE_ROW, f"Row {number} was left out: {problem}.", (place,))


def _ours(row: Row, names: Names) -> Row:
    """``row`` by our column names; of two columns with one name the configured one counts."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        ours = names.column(key)
        if ours not in found or key in names.columns.values():
            found[ours] = value
    return found


def _fact(row: Row, number: int, taken: set[str], place: Location, names: Names) -> Fact | None:
    """The fact of ``row``; None for one that states no number (a text, an empty cell). Raises FieldError."""
    label, given = _text(row, "label"), _text(row, "concept")
    concept = names.concepts.get(given or "") or given or names.concepts.get(label or "")
    if not concept and not label:
        raise FieldError("neither concept nor label says what it is")
    raw = row.get("value")
    percent = str(row.get("unit") or "").strip().lower() in PERCENT
    unit = None if percent else fields.unit(row.get("unit"))
    if isinstance(raw, str) and (not raw.strip() or (unit is None and _is_text(raw))):
        return None
    amount = None if raw is None else fields.amount(f"{raw}%" if percent else raw)
    stated = row.get("decimals")
    assumed = stated is None or not str(stated).strip()
    kind, statement = _text(row, "kind"), _text(row, "statement")
    return Fact(
        id=_identifier(_text(row, "id"), number, taken),
        concept=concept or "",
        value=None if amount is None else amount.value,
        decimals=None if assumed else _decimals(stated, percent),
        unit=unit or (amount.unit if amount else None),
        period=_period(row),
        entity=_text(row, "entity"),
        dimensions=_dimensions(row),
        origin="supplied",
        kind=cast(FactKind, kind) if kind in KINDS else None,
        label=label,
        section=_text(row, "section"),
        printed=_text(row, "printed"),
        statement=cast(Statement, statement) if statement in STATEMENTS else None,
        location=place,
        decimals_assumed=assumed and amount is not None,
        cited=cited(row.get("line"), document=_text(row, "document")),
    )


def cited(line: object, column: object = None, document: str | None = None) -> Location | None:
    """The place in its document that a fact claims; None where it names no line."""
    numbers = [int(str(one)) if str(one).strip().isdecimal() else None for one in (line, column)]
    return Location(document or "", numbers[0], numbers[1]) if numbers[0] else None


def _period(row: Row) -> Period | None:
    return fields.period(row.get("period")) or fields.between(row.get("start"), row.get("end") or row.get("instant"))


def _decimals(stated: object, percent: bool) -> int | None:
    """The decimals of the fraction where ``stated`` are those of a percentage."""
    decimals = fields.decimals(stated)
    return decimals + 2 if percent and decimals is not None else decimals


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    return None if value is None else str(value).strip() or None


def _is_text(raw: str) -> bool:
    """Whether a value without unit is words, not a number that went wrong."""
    return not any(letter.isdigit() for letter in raw) or sum(map(str.isalpha, raw)) > 2


def _dimensions(row: Row) -> tuple[tuple[str, str], ...]:
    """The dimensions of the column ``dimensions`` (a mapping, or JSON) and of columns named after an axis."""
    given = row.get("dimensions") or {}
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise FieldError(f"dimensions {given[:40]!r} is no JSON object") from None
    if not isinstance(given, Mapping):
        raise FieldError("dimensions is no mapping of axes to members")
    axes = {key: value for key, value in row.items() if ":" in key and value not in (None, "")}
    return tuple(sorted((str(axis), str(member)) for axis, member in {**given, **axes}.items()))


def _identifier(own: str | None, number: int, taken: set[str]) -> str:
    """An id that no other fact has: the row's own, else one of its number."""
    name = own or f"r{number}"
    if name in taken:
        name = f"{name}.r{number}"
    while name in taken:
        name += "'"
    taken.add(name)
    return name


def with_decimals(facts: Iterable[Fact]) -> Iterator[Fact]:
    """``facts``, those without decimals with those of their column: what the last digit of any of its figures is."""
    facts = list(facts)
    columns: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.decimals_assumed:
            columns[_column(fact)].append(fact)
    known = {column: _last_place(members) for column, members in columns.items()}
    return (replace(fact, decimals=known[_column(fact)]) if fact.decimals_assumed else fact for fact in facts)


def _column(fact: Fact) -> tuple[object, ...]:
    return (fact.statement, fact.unit, fact.kind)


def _last_place(facts: Iterable[Fact]) -> int:
    """The decimals of the most precise figure that is not zero, its trailing zeros counted as rounding."""
    values = (fact.value for fact in facts if fact.value)
    return max((-cast(int, value.normalize(EXACT).as_tuple().exponent) for value in values), default=0)

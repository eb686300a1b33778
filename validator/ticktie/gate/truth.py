"""What a scorer compares: facts as an output states them, rows of a truth file, and when two names mean the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from msgspec import Struct

Row = Mapping[str, Any]
#: Inclusive days: (instant,) or (first, last).
Days = tuple[str, ...]

PRIMARY = frozenset({"balance-sheet", "income-statement", "cash-flow"})
LIKENESS = 0.9
_CORE = frozenset({"concept", "entity", "period", "unit", "language"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NAMESPACE = re.compile(r"\b(iso4217|xbrli|utr):")
_MIDNIGHT = "T00:00:00"


class ScoreError(Exception):
    """An output or truth file that cannot be compared; the message names file and remedy."""


class Stated(Struct, frozen=True):
    """One fact of an output: ``value`` with its sign, ``size`` without; ``is_plain`` where it has no dimensions beyond
    concept, entity, period and unit."""

    id: str
    concept: str
    value: Decimal | None
    size: Decimal | None
    unit: str
    days: Days | None
    decimals: int | None
    kind: str | None
    label: str
    statement: str | None
    line: int | None
    printed: str | None
    state: str | None
    ties_to: tuple[str, ...]
    is_plain: bool

    @property
    def names(self) -> frozenset[str]:
        return _names(self.label, "")


def rows(path: Path, only: str | None = None) -> list[Row]:
    """The rows of a truth file, those whose ``seed`` or ``doc`` begins with ``only``; raises ScoreError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]
    except (OSError, ValueError) as problem:
        raise ScoreError(f"{path}: cannot be read as JSON lines: {problem}") from None
    if not all(isinstance(row, dict) for row in found):
        raise ScoreError(f"{path}: a line is no JSON object; name a truth file")
    return [row for row in found if not only or str(row.get("seed") or row.get("doc") or "").startswith(only)]


def documents(path: Path) -> list[Row]:
    """The documents of a check report; a facts file is one document. Raises ScoreError."""
    try:
        held = json.loads(path.read_bytes(), parse_float=Decimal)
    except (OSError, ValueError) as problem:
        raise ScoreError(f"{path}: cannot be read as JSON: {problem}") from None
    found = held.get("documents", [held]) if isinstance(held, dict) else []
    if not found or not all(isinstance(one, dict) and isinstance(one.get("facts"), dict) for one in found):
        raise ScoreError(f"{path}: it holds no facts; give what ticktie extract or check --output-format json wrote")
    return found


def document(path: Path) -> Row:
    """The only document of an output; raises ScoreError where there are several."""
    found = documents(path)
    if len(found) != 1:
        raise ScoreError(f"{path}: it reports {len(found)} documents; give a report of one")
    return found[0]


def stated(of: Row) -> list[Stated]:
    """The facts of one document of an output, in their order."""
    return [_stated(name, fact) for name, fact in of["facts"].items()]


def _stated(name: str, fact: Row) -> Stated:
    aspects, text = fact["dimensions"], fact["value"]
    is_number = isinstance(text, str) and _NUMBER.fullmatch(text) is not None
    return Stated(
        id=name,
        concept=local(aspects.get("concept")),
        value=Decimal(text) if is_number else None,
        size=size(text) if is_number else None,
        unit=unit(aspects.get("unit")),
        days=_oim_days(aspects.get("period")),
        decimals=fact.get("decimals"),
        kind=fact.get("ticktie:kind"),
        label=fact.get("ticktie:label") or "",
        statement=fact.get("ticktie:statement"),
        line=(fact.get("ticktie:location") or {}).get("line"),
        printed=fact.get("ticktie:printed"),
        state=fact.get("ticktie:state"),
        ties_to=tuple(fact.get("ticktie:ties_to") or ()),
        is_plain=_CORE.issuperset(aspects),
    )


def days(period: Row | None) -> Days | None:
    """The days of a period of the truth; None for none."""
    if not period:
        return None
    return (period["instant"],) if "instant" in period else (period["start"], period["end"])


def _oim_days(text: str | None) -> Days | None:
    if not text:
        return None
    start, slash, end = text.partition("/")
    return (start[:10], _last_day(end)) if slash else (_last_day(text),)


def _last_day(stamp: str) -> str:
    """The inclusive day of an OIM date-time, whose end of day is the next midnight."""
    day = date.fromisoformat(stamp[:10])
    return str(day - timedelta(days=1) if stamp.endswith(_MIDNIGHT) else day)


def unit(text: str | None) -> str:
    """A unit without namespace prefixes; ``pure`` for none."""
    return _NAMESPACE.sub("", text or "") or "pure"


def size(value: object) -> Decimal | None:
    """The magnitude of a value of the truth."""
    return None if value is None else Decimal(str(value)).copy_abs().normalize()


def local(concept: str | None) -> str:
    return (concept or "").rpartition(":")[2].rstrip("*")


def same_name(fact: Stated, row: Row) -> bool:
    """Whether the concepts agree (a hint that ends in ``*`` begins the name), or labels do but for a few letters."""
    hint = row.get("concept") or row.get("concept_hint") or ""
    concept = local(hint)
    if concept and (fact.concept == concept or (hint.endswith("*") and fact.concept.startswith(concept))):
        return True
    label = row.get("label") or row.get("row_label_restored") or ""
    wanted = _names(label, row.get("section") or "")
    return any(_alike(one, other) for one in fact.names for other in wanted)


def _names(label: str, section: str) -> frozenset[str]:
    """A label as it stands, without what stands before a colon, and with its section."""
    short = label.split(": ", 1)[-1]
    return frozenset(_plain(text) for text in (label, short, f"{section} {label}") if text)


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub(" ", text.lower()).strip()


def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= LIKENESS


class Share(float):
    """A share to four places for people, which keeps the counts behind it: ``part`` of ``whole``, to compare by."""

    part: int
    whole: int

    def __new__(cls, part: int, whole: int) -> Share:
        one = super().__new__(cls, round(part / whole, 4))
        one.part, one.whole = part, whole
        return one


def share(part: int, whole: int) -> Share | None:
    """``part`` of ``whole``; None of nothing."""
    return Share(part, whole) if whole else None


def f1(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean of the two."""
    if precision is None or recall is None:
        return None
    both = precision + recall
    return round(2 * precision * recall / both, 4) if both else 0.0


def brief(values: Iterable[object], most: int = 40) -> list[object]:
    """The first few of many."""
    return list(values)[:most]

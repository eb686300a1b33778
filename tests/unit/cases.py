"""Facts in one line each, for rule cases: ``a Assets 2024-12-31 100000 -3`` and words such as ``claim``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ticktie.model.facts import Fact, FactSet, Observation, Period, Quotient, Relation, ShareOfCount, Sum
from ticktie.model.source import Location

UNITS = {"usd": "iso4217:USD", "eur": "iso4217:EUR", "usd/shares": "iso4217:USD/xbrli:shares", "shares": "xbrli:shares"}


def period(text: str) -> Period | None:
    """``2024-12-31``, ``2024-01-01/2024-12-31``, or ``-`` for none."""
    if text == "-":
        return None
    start, _, end = text.rpartition("/")
    return Period(date.fromisoformat(end), date.fromisoformat(start) if start else None)


def fact(line: str, number: int = 1) -> Fact:
    """``id concept period value decimals`` (decimals ``INF`` for exact, value ``nil``), then any of ``claim``,
    ``approximate``, ``supplied``, ``unit=shares``, ``part=words``, ``label=words_joined``, ``printed=1,234``."""
    identifier, concept, when, value, decimals, *more = line.split()
    words = {key: text.replace("_", " ") for key, _, text in (word.partition("=") for word in more)}
    return Fact(
        identifier,
        concept if ":" in concept else f"us-gaap:{concept}",
        None if value == "nil" else Decimal(value),
        None if decimals == "INF" else int(decimals),
        UNITS.get(words.get("unit", _unit(concept)), words.get("unit")) or None,
        period(when),
        origin="supplied" if "supplied" in words else "read",
        kind="narrative" if "claim" in words else "table",
        label=words.get("label"),
        printed=words.get("printed"),
        approximate="approximate" in words,
        dimensions=(("ticktie:part", words["part"]),) if "part" in words else (),
        location=Location("case", number, 1),
    )


def _unit(concept: str) -> str:
    if concept.startswith("EarningsPerShare"):
        return "usd/shares"
    return "shares" if "NumberOf" in concept and "Shar" in concept else "usd"


def printed_sum(line: str) -> Sum:
    """``id: total = a + b - c`` followed by words: ``table=T``, ``kind=difference``, ``incomplete``."""
    identifier, _, rest = line.partition(":")
    tokens = rest.split()
    words = dict(token.partition("=")[::2] for token in tokens if "=" in token and token != "=")
    body = [token for token in tokens if "=" not in token and token != "incomplete"]
    items, sign = [], 1
    for token in body[1:]:
        if token in "+-":
            sign = 1 if token == "+" else -1
        else:
            items.append((token, Decimal(sign)))
    kind: Any = words.get("kind", "footing")
    return Sum(identifier, body[0], tuple(items), kind, words.get("table", "t"), complete="incomplete" not in tokens)


def relation(line: str) -> Relation:
    """``ext:Total = ext:First + ext:Second - ext:Third``: what a calculation linkbase says."""
    total, _, *rest = line.split()
    weights = [Decimal(1)] + [Decimal(1 if token == "+" else -1) for token in rest[1::2]]
    return Relation("role", total, tuple(zip(rest[::2], weights, strict=True)))


def fact_set(
    facts: Sequence[str],
    sums: Sequence[str] = (),
    shares: Sequence[str] = (),
    observations: Sequence[str] = (),
    relations: Sequence[str] = (),
    quotients: Sequence[str] = (),
) -> FactSet:
    """The fact set of a case; shares are ``percentage of whole``, quotients ``share = part / whole``,
    observations kinds of damage."""
    return FactSet(
        tuple(fact(line, number) for number, line in enumerate(facts, 1)),
        tuple(printed_sum(line) for line in sums),
        tuple(ShareOfCount(*line.split(" of ")) for line in shares),
        tuple(Observation(kind, f"seen: {kind}", (Location("case", 1, 1),)) for kind in observations),
        tuple(relation(line) for line in relations),
        quotients=tuple(Quotient(*line.replace(" = ", " / ").split(" / ")) for line in quotients),
    )

"""Arithmetic as the second reader: figures that are lost, moved or wrecked are given back by the sums they stand in.

A figure comes back only with evidence: the sum that demands it, and where its digits still stand if they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.footing import Identity
from ticktie.extract.numbers import content
from ticktie.model.number import EXACT, plain
from ticktie.model.source import Row, Span
from ticktie.restore.lines import Figure, Line


class Debris(Struct, frozen=True):
    """Where lost digits may still stand: shadow rows by column, and collapsed rows."""

    shadows: tuple[Line, ...] = ()
    collapsed: tuple[Row, ...] = ()


class _Demand(Struct, frozen=True):
    """The value that a sum demands of one cell, and the sum in words."""

    key: int
    column: int
    value: Decimal
    sum_id: str
    words: str


def sum_id(table: str, identity: Identity, column: int) -> str:
    """The name of one column of an identity; the sum of the fact set bears it too."""
    return f"{table}.sum{identity.total}.{column}"


def restored_values(
    lines: Sequence[Line], identities: Sequence[Identity], debris: Debris, usual: int, table: str
) -> tuple[Line, ...]:
    """The lines with every figure that one sum determines, until nothing more can be told."""
    by_key = {line.key: line for line in lines}
    for _ in range(len(lines)):
        demands = [demand for identity in identities for demand in _demands(identity, by_key, table)]
        changed = [line for demand in demands if (line := _met(by_key[demand.key], demand, debris, usual)) is not None]
        if not changed:
            break
        by_key |= {line.key: line for line in changed[:1]}
    return tuple(by_key[line.key] for line in lines)


def _demands(identity: Identity, lines: dict[int, Line], table: str) -> Iterable[_Demand]:
    """What the identity demands of the one cell of a column that is unknown, or that may be read in another way."""
    terms = [(identity.total, -1), *identity.items]
    for column in range(len(lines[identity.total].figures)):
        figures = {key: lines[key].figures[column] for key, _ in terms}
        unknown = [(key, weight) for key, weight in terms if _is_unknown(figures[key])]
        rest = EXACT.create_decimal(0)
        for key, weight in terms:
            figure = figures[key]
            if figure is not None and not _is_unknown(figure):
                rest = EXACT.add(rest, figure.value * weight)
        name = sum_id(table, identity, column)
        if len(unknown) == 1:
            key, weight = unknown[0]
            yield _Demand(key, column, -rest * weight, name, _words(identity, lines, column))
        elif not unknown and rest:
            for key, weight in terms:
                figure = figures[key]
                if figure is not None and figure.damage:
                    yield _Demand(key, column, figure.value - rest * weight, name, _words(identity, lines, column))


def _is_unknown(figure: Figure | None) -> bool:
    return figure is None or (figure.is_wreck and not figure.evidence)


def _words(identity: Identity, lines: dict[int, Line], column: int) -> str:
    """The sum as a person would say it, with lines and printed figures."""
    items = " ".join(
        f"{'+' if weight > 0 else '-'} {_print(lines[key].figures[column])}" for key, weight in identity.items
    )
    total = lines[identity.total]
    return f"footing of line {total.line}: {_print(total.figures[column])} = {items.removeprefix('+ ')}"


def _print(figure: Figure | None) -> str:
    return "?" if figure is None else plain(figure.value)


def _met(line: Line, demand: _Demand, debris: Debris, usual: int) -> Line | None:
    """The line with the demanded figure where print, shadow, collapsed row or arithmetic gives it; None otherwise."""
    figure = line.figures[demand.column]
    if figure is None:
        found = _lost(line, demand, debris, usual) if demand.value else None
    elif figure.is_wreck:
        found = _deciphered(figure, demand)
    else:
        found = _reread(figure, demand)
    if found is None:
        return None
    found = replace(found, restored_by=found.restored_by | {demand.sum_id})
    return replace(line, figures=(*line.figures[: demand.column], found, *line.figures[demand.column + 1 :]))


def _deciphered(figure: Figure, demand: _Demand) -> Figure | None:
    """A wreck whose readable digits fit the demanded value; a bullet where nothing is demanded is a nil mark."""
    wanted = re.sub(r"\D", "", plain(demand.value))
    if not figure.pattern and not demand.value:
        return replace(figure, value=demand.value, is_wreck=False, is_nil=True, evidence=(demand.words,))
    if not figure.pattern or not re.fullmatch(figure.pattern, wanted):
        return None
    return replace(figure, value=demand.value, is_wreck=False, evidence=(*figure.evidence, demand.words))


def _reread(figure: Figure, demand: _Demand) -> Figure | None:
    """A damaged figure whose other reading, or other sign where a bracket is lost, is the demanded value."""
    others = [reading.value for reading in content(figure.raw).readings]
    if "sign-misread" in figure.damage:
        others.append(-figure.value)
    if demand.value not in others or demand.value == figure.value:
        return None
    return replace(figure, value=demand.value, evidence=(*figure.evidence, demand.words))


def _lost(line: Line, demand: _Demand, debris: Debris, usual: int) -> Figure:
    """A figure whose cell is empty: found in a neighbouring shadow, in a collapsed row, or only computed."""
    for shadow in sorted(debris.shadows, key=lambda other: abs(other.key - line.key)):
        figure = shadow.figures[demand.column] if abs(shadow.key - line.key) <= 2 else None
        if figure is not None and not figure.is_wreck and figure.value == demand.value:
            note = f"the figure stands one row off, in line {shadow.line}"
            return replace(figure, damage=("value-moved",), evidence=(demand.words, note))
    blank = line.blanks[demand.column] if line.blanks else Span(0, 0)
    lost = Figure(demand.value, usual, "", blank, line.line, ("value-lost",), (demand.words,))
    for row in debris.collapsed:
        values = [reading.value for cell in row.cells for reading in content(cell.text).parts]
        if demand.value in values:
            return replace(lost, evidence=(demand.words, f"the figure stands in the collapsed line {row.line}"))
    return replace(lost, evidence=(demand.words, "computed only: its digits stand nowhere"))

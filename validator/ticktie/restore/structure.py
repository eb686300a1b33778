"""Structure before similarity: identities that hold in every column say which rows are true; then shadows go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ticktie.extract.footing import Evidence, Identity, Vector, identities
from ticktie.model.facts import Statement
from ticktie.model.number import EXACT
from ticktie.restore.likeness import (
    READABLE,
    ill_share,
    is_garbled,
    is_shadow_of,
    marred_share,
    readability,
    same_label,
    same_values,
    value_likeness,
)
from ticktie.restore.lines import Figure, Line, modal_decimals
from ticktie.restore.shares import supported_columns, with_share_rows

_TOTAL = re.compile(
    r"\btotal\b|\bnet (?:loss|income|earnings|profit|cash|sales|revenue)|\bgross\b|\bbefore\b"
    r"|\b(?:loss|income|profit|earnings)\b.{0,20}\b(?:from|operations|year|period)|\boperating (?:loss|income|profit)",
    re.I,
)
_LESS = re.compile(r"\W*less\b|.*\baccumulated (?:depreciation|amortization)\b|.*\btreasury (?:stock|shares)\b", re.I)


_Worth = tuple[int, tuple[float, float, float, int]]


@dataclass(frozen=True, slots=True)
class Structure:
    """The true lines of a statement with the identities between them (by ``Line.key``), and what was dropped:
    each shadow with the key of the line that it repeats (None: it repeats none), ``doubted`` the lines that were
    chosen over an equally good neighbour."""

    lines: tuple[Line, ...]
    identities: tuple[Identity, ...]
    shadows: tuple[tuple[Line, int | None], ...]
    doubted: frozenset[int] = frozenset()


def structure(lines: Sequence[Line], kind: Statement | None) -> Structure:
    """The structure of the lines of a statement of this kind: copies, then identities, then shadows."""
    usual = modal_decimals([line for line in lines if line.unit == "monetary"])
    kept, copies = _without_copies(lines, usual)
    found = _identities(kept, usual, kind != "balance-sheet")
    proven = {key for identity in found for key in identity.rows}
    kept = with_share_rows(kept, proven)
    kept, shadows, doubted = _without_shadows(kept, proven, usual)
    return Structure(tuple(kept), found, (*copies, *shadows), doubted)


def vector(line: Line, usual: int) -> Vector:
    """The figures of a line in units of the table's last digit; None where blank or unreadable."""
    return tuple(None if figure is None else _units(figure, usual) for figure in line.figures)


def _units(figure: Figure, usual: int) -> int | None:
    if figure.is_wreck:
        return None
    units = EXACT.scaleb(figure.value, usual)
    return int(units) if units == units.to_integral_value() else None


def _without_copies(lines: Sequence[Line], usual: int) -> tuple[list[Line], list[tuple[Line, int | None]]]:
    """Exact copies of a neighbour both foot, so they are dropped before anything is added up."""
    kept: list[Line] = []
    dropped: list[tuple[Line, int | None]] = []
    for line in lines:
        before = kept[-1] if kept and not kept[-1].is_heading and not line.is_heading else None
        if before is None or not same_values(before, line) or not _one_label(before, line, usual):
            kept.append(line)
        elif _quality(line, usual) > _quality(before, usual):
            dropped.append((before, line.key))
            kept[-1] = line
        else:
            dropped.append((line, before.key))
    return kept, dropped


def _one_label(a: Line, b: Line, usual: int) -> bool:
    return same_label(a, b) or (bool(a.label) != bool(b.label)) or (is_garbled(a, usual) != is_garbled(b, usual))


def _quality(line: Line, usual: int) -> tuple[float, float, float, int]:
    """What makes a line the better print: sound figures, a readable label, more figures."""
    known = sum(figure is not None for figure in line.figures)
    return (-ill_share(line, usual), round(readability(line), 1), -marred_share(line, usual), known)


def _identities(lines: Sequence[Line], usual: int, signed: bool) -> tuple[Identity, ...]:
    """The identities of the money lines, with rows named by ``Line.key``."""
    money = [line for line in lines if line.unit == "monetary" and not line.is_heading]
    pairs = [(i, i + 1) for i in range(len(money) - 1) if _may_be_one(money[i], money[i + 1], usual)]
    evidence = Evidence(
        doubtful=frozenset(
            i
            for i, line in enumerate(money)
            if not line.label or is_garbled(line, usual) or marred_share(line, usual) >= 0.5
        )
        | frozenset(i for pair in pairs for i in pair),
        rivals=frozenset(frozenset(pair) for pair in pairs),
        totals=frozenset(i for i, line in enumerate(money) if _TOTAL.search(line.label)),
        subtracted=frozenset(i for i, line in enumerate(money) if _LESS.match(line.label)),
        signed=signed,
    )
    found = identities([vector(line, usual) for line in money], evidence)
    return tuple(_keyed(identity, money) for identity in found)


def _may_be_one(a: Line, b: Line, usual: int) -> bool:
    return same_label(a, b) or value_likeness(a, b) >= 0.65 or is_shadow_of(a, b, usual) or is_shadow_of(b, a, usual)


def _keyed(identity: Identity, money: Sequence[Line]) -> Identity:
    items = tuple((money[row].key, weight) for row, weight in identity.items)
    return replace(identity, total=money[identity.total].key, items=items)


def _without_shadows(
    lines: Sequence[Line], proven: set[int], usual: int
) -> tuple[list[Line], list[tuple[Line, int | None]], frozenset[int]]:
    """Drops each line that no identity proves and that copies a neighbour; of two such neighbours the worse print."""
    kept = list(lines)
    dropped: list[tuple[Line, int | None]] = []
    doubted: set[int] = set()
    results = [line for line in lines if line.key in proven]
    worth = {line.key: (supported_columns(line, lines, results), _quality(line, usual)) for line in lines}
    for line in sorted(lines, key=lambda one: worth[one.key]):
        if line.is_heading or line.key in proven:
            continue
        rival = _rival(line, kept, proven, usual, worth)
        if rival is not None:
            kept.remove(line)
            dropped.append((line, rival.key))
            if rival.key not in proven and worth[line.key] == worth[rival.key]:
                doubted.add(rival.key)
        elif _is_debris(line, kept, usual) and not worth[line.key][0]:
            kept.remove(line)
            dropped.append((line, None))
    return kept, dropped, frozenset(doubted)


def _rival(line: Line, kept: Sequence[Line], proven: set[int], usual: int, worth: dict[int, _Worth]) -> Line | None:
    """The neighbour that ``line`` is a shadow of: proven by an identity, or at least as good a print."""
    rows = [other for other in kept if not other.is_heading]
    index = rows.index(line)
    near = [rows[i] for i in (index + 1, index - 1) if 0 <= i < len(rows)]
    shadows = [
        other for other in near if is_shadow_of(line, other, usual) or _is_odd_beside(line, other, proven, usual)
    ]
    better = [other for other in shadows if other.key in proven or worth[other.key] >= worth[line.key]]
    return max(better, key=lambda other: (same_label(line, other), value_likeness(line, other)), default=None)


def _is_odd_beside(line: Line, other: Line, proven: set[int], usual: int) -> bool:
    """A marred money row outside all sums that resembles its neighbour inside them, whatever its label reads."""
    if line.unit != "monetary" or other.key not in proven or marred_share(line, usual) < 0.5:
        return False
    return value_likeness(line, other) >= 0.5


def _is_debris(line: Line, kept: Sequence[Line], usual: int) -> bool:
    """A row without words that no identity names, in a table whose other rows have words; or wrecks under garble."""
    labelled = sum(bool(other.label) for other in kept if not other.is_heading)
    alone = not line.label and 2 * labelled > len([other for other in kept if not other.is_heading])
    few = sum(figure is not None for figure in line.figures) * 2 <= len(line.figures)
    if line.unit == "monetary" and not line.label:
        return few or ill_share(line, usual) >= 0.5
    return ill_share(line, usual) >= 0.5 and (readability(line) < 0.4 or (alone and few))


def headings(found: Structure) -> tuple[Line, ...]:
    """The true lines with readable headings only; a shadow whose label ends in a colon leaves its heading behind."""
    left = [_bare(line) for line, _ in found.shadows if line.label.endswith(":") and readability(line) >= READABLE]
    kept = [line for line in found.lines if not line.is_heading or readability(line) >= READABLE]
    return tuple(sorted([*kept, *left], key=lambda line: line.key))


def _bare(line: Line) -> Line:
    return replace(line, figures=(None,) * len(line.figures))

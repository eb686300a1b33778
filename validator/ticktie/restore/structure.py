"""Structure before similarity: identities that hold in every column say which rows are true; then shadows go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.footing import Evidence, Identity, Vector, identities
from ticktie.model.facts import Statement
from ticktie.model.number import EXACT
from ticktie.restore.likeness import (
    READABLE,
    is_cut_short,
    is_garbled,
    is_shadow_of,
    marred_share,
    readability,
    same_label,
    strangeness,
    value_likeness,
)
from ticktie.restore.lines import Figure, Line, modal_decimals
from ticktie.restore.shadows import Shadow, without_copies, without_shadows
from ticktie.restore.shares import with_share_rows

_TOTAL = re.compile(
    r"\btotal\b|\bnet (?:loss|income|earnings|profit|cash|sales|revenue)|\bgross\b|\bbefore\b"
    r"|\b(?:loss|income|profit|earnings)\b.{0,20}\b(?:from|operations|year|period)|\boperating (?:loss|income|profit)",
    re.I,
)
_LESS = re.compile(r"\W*less\b|.*\baccumulated (?:depreciation|amortization)\b|.*\btreasury (?:stock|shares)\b", re.I)


class Structure(Struct, frozen=True):
    """The true lines of a statement, the identities between them (by ``Line.key``), and the shadows dropped."""

    lines: tuple[Line, ...]
    identities: tuple[Identity, ...]
    shadows: tuple[Shadow, ...]


def structure(lines: Sequence[Line], kind: Statement | None, *, typed: bool = False) -> Structure:
    """The structure of the lines of a statement of this kind: copies, then identities, then shadows; of ``typed``
    lines, which no engine has read, all are true."""
    usual = modal_decimals([line for line in lines if line.unit == "monetary"])
    if typed:
        return Structure(tuple(lines), _identities(lines, usual, kind != "balance-sheet"), ())
    single = without_copies(lines, usual)
    found = _identities(single.lines, usual, kind != "balance-sheet")
    proven = {key for identity in found for key in identity.rows}
    sifted = without_shadows(with_share_rows(single.lines, proven), found, usual)
    shadows = (*single.shadows, *sifted.shadows)
    named = _with_labels_of(shadows, sifted.lines)
    is_damaged = bool(shadows) or any(figure.damage for line in named for figure in line.figures if figure)
    suspects = {line.key for line in named if is_damaged and line.key not in proven and _is_suspect(line, usual)}
    kept = tuple(_doubtful(line) if line.key in sifted.doubted | suspects else line for line in named)
    return Structure(kept, found, shadows)


def _with_labels_of(shadows: Sequence[Shadow], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those that lost their label with the one that their shadow still bears."""
    names = {key: shadow for shadow, key in shadows if key is not None and readability(shadow) >= READABLE}
    return tuple(
        _named(line, names[line.key]) if not line.label and line.key in names and not line.is_heading else line
        for line in lines
    )


def _named(line: Line, shadow: Line) -> Line:
    if line.unit != shadow.unit:
        return line
    note = f"its label stands on the shadow row in line {shadow.line}"
    return replace(line, label=shadow.label, damage=(*line.damage, "label-lost"), evidence=(*line.evidence, note))


def _is_suspect(line: Line, usual: int) -> bool:
    """Whether a row that nothing proves may be a shadow whose true row is lost: its words are no words of statements,
    or some are and a figure of it is marred."""
    if line.is_heading or not line.label:
        return False
    strange = strangeness(line)
    return strange > 0.75 or (strange >= 0.2 and marred_share(line, usual) > 0)


def _doubtful(line: Line) -> Line:
    """A line that might as well be the shadow of its neighbour, marked so."""
    return replace(line, damage=(*line.damage, "shadow-row"))


def vector(line: Line, usual: int) -> Vector:
    """The figures of a line in units of the table's last digit; None where blank or unreadable."""
    return tuple(None if figure is None else _units(figure, usual) for figure in line.figures)


def _units(figure: Figure, usual: int) -> int | None:
    if figure.is_wreck:
        return None
    units = EXACT.scaleb(figure.value, usual)
    return int(units) if units == units.to_integral_value() else None


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
        sound=frozenset(i for i, line in enumerate(money) if line.label and not is_garbled(line, usual)),
        subtracted=frozenset(i for i, line in enumerate(money) if _LESS.match(line.label)),
        signed=signed,
    )
    found = identities([vector(line, usual) for line in money], evidence)
    return tuple(_keyed(identity, money) for identity in found)


def _may_be_one(a: Line, b: Line, usual: int) -> bool:
    """Whether two neighbours may be one row printed twice."""
    if same_label(a, b) or is_cut_short(a, b) or is_cut_short(b, a) or value_likeness(a, b) >= 0.65:
        return True
    return is_shadow_of(a, b, usual) or is_shadow_of(b, a, usual)


def _keyed(identity: Identity, money: Sequence[Line]) -> Identity:
    items = tuple((money[row].key, weight) for row, weight in identity.items)
    return replace(identity, total=money[identity.total].key, items=items)


def headings(found: Structure) -> tuple[Line, ...]:
    """The true lines with readable headings only; a shadow whose label ends in a colon leaves its heading behind."""
    left = [_bare(line) for line, _ in found.shadows if line.label.endswith(":") and readability(line) >= READABLE]
    kept = [line for line in found.lines if not line.is_heading or readability(line) >= READABLE]
    return tuple(sorted([*kept, *left], key=lambda line: line.key))


def _bare(line: Line) -> Line:
    return replace(line, figures=(None,) * len(line.figures))

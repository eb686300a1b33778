"""Shadow rows: what OCR printed twice. No row that a sum proves is ever dropped; of the others, those that copy a
neighbour, stand as debris inside a run that foots without them, or hold nothing readable."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from ticktie.extract.footing import Identity
from ticktie.restore.likeness import (
    ill_share,
    is_cut_short,
    is_garbled,
    is_garbled_start,
    is_shadow_of,
    marred_share,
    readability,
    same_label,
    same_values,
    strangeness,
    value_likeness,
)
from ticktie.restore.lines import Line
from ticktie.restore.shares import supported_columns

_ALIKE, _HARDLY_ALIKE = 0.65, 0.35
_Worth = tuple[int, tuple[float, float, float, int]]
#: A dropped line with the key of the line that it repeats (None: it repeats none).
Shadow = tuple[Line, int | None]


class Sifted(Struct, frozen=True):
    """The lines that stay, the shadows, and the keys of lines that were chosen over an equally good neighbour."""

    lines: tuple[Line, ...]
    shadows: tuple[Shadow, ...]
    doubted: frozenset[int] = frozenset()


class _Sieve(Struct):
    """The sifting of one statement: what is proven, what stands inside a proven run, what each line is worth."""

    rows: list[Line]
    usual: int
    proven: frozenset[int]
    inside: frozenset[int]
    worth: dict[int, _Worth]
    shadows: list[Shadow] = field(default_factory=list)
    doubted: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def near(self, place: int) -> list[Line]:
        """The rows that still stand right below and right above the one at ``place``."""
        below = (self.rows[i] for i in range(place + 1, len(self.rows)))
        above = (self.rows[i] for i in range(place - 1, -1, -1))
        found = [next((line for line in side if line.key not in self.gone), None) for side in (below, above)]
        return [line for line in found if line is not None]

    @property
    def is_labelled(self) -> bool:
        """Whether most rows of the table have words."""
        return 2 * sum(bool(line.label) for line in self.rows) > len(self.rows)


def quality(line: Line, usual: int) -> tuple[float, float, float, int]:
    """What makes a line the better print: sound figures, a readable label, more figures."""
    known = sum(figure is not None for figure in line.figures)
    return (-ill_share(line, usual), round(readability(line), 1), -marred_share(line, usual), known)


def without_copies(lines: Sequence[Line], usual: int) -> Sifted:
    """Exact copies of a neighbour both foot, so they are dropped before anything is added up."""
    kept: list[Line] = []
    dropped: list[Shadow] = []
    for line in lines:
        before = kept[-1] if kept and not kept[-1].is_heading and not line.is_heading else None
        if before is None or not same_values(before, line) or not _one_label(before, line, usual):
            kept.append(line)
        elif quality(line, usual) > quality(before, usual):
            dropped.append((before, line.key))
            kept[-1] = line
        else:
            dropped.append((line, before.key))
    return Sifted(tuple(kept), tuple(dropped))


def _one_label(a: Line, b: Line, usual: int) -> bool:
    if same_label(a, b) or is_garbled_start(a, b) or is_garbled_start(b, a):
        return True
    return (bool(a.label) != bool(b.label)) or (is_garbled(a, usual) != is_garbled(b, usual))


def without_shadows(lines: Sequence[Line], identities: Sequence[Identity], usual: int) -> Sifted:
    """Drops each line that no identity proves and that is a shadow or debris, the worst prints first."""
    proven = frozenset(key for identity in identities for key in identity.rows)
    results = [line for line in lines if line.key in proven]
    worth = {line.key: (supported_columns(line, lines, results), quality(line, usual)) for line in lines}
    rows = [line for line in lines if not line.is_heading]
    sieve = _Sieve(rows, usual, proven, _inside(lines, identities) - proven, worth)
    for place, line in sorted(enumerate(rows), key=lambda one: worth[one[1].key]):
        if line.key not in proven:
            _sift(place, line, sieve)
    kept = tuple(line for line in lines if line.key not in sieve.gone)
    return Sifted(kept, tuple(sieve.shadows), frozenset(sieve.doubted))


def _inside(lines: Sequence[Line], identities: Sequence[Identity]) -> frozenset[int]:
    """The lines between the first item and the total of a run that foots without them."""
    spans = [(identity.items[0][0], identity.total) for identity in identities if identity.is_strict]
    return frozenset(line.key for line in lines if any(first < line.key < total for first, total in spans))


def _sift(place: int, line: Line, sieve: _Sieve) -> None:
    rival = _rival(place, line, sieve)
    if rival is not None:
        sieve.shadows.append((line, rival.key))
        if rival.key not in sieve.proven and sieve.worth[line.key] == sieve.worth[rival.key]:
            sieve.doubted.add(rival.key)
    elif _is_debris(line, sieve) and not sieve.worth[line.key][0]:
        sieve.shadows.append((line, None))
    else:
        return
    sieve.gone.add(line.key)


def _rival(place: int, line: Line, sieve: _Sieve) -> Line | None:
    """The neighbour that ``line`` is a shadow of: proven by an identity, or at least as good a print."""
    shadowed = [
        other for other in sieve.near(place) if is_shadow_of(line, other, sieve.usual) or _is_odd(line, other, sieve)
    ]
    better = [
        other for other in shadowed if other.key in sieve.proven or sieve.worth[other.key] >= sieve.worth[line.key]
    ]
    return max(better, key=lambda other: (same_label(line, other), value_likeness(line, other)), default=None)


def _is_odd(line: Line, other: Line, sieve: _Sieve) -> bool:
    """A money row outside all sums beside a proven one: like it where a sum leaves the row out or the other has lost
    its label, marred and like it, or with the beginning of its label."""
    if line.unit != "monetary" or other.key not in sieve.proven:
        return False
    alike = value_likeness(line, other)
    if line.key in sieve.inside and (is_cut_short(line, other) or alike >= _ALIKE):
        return True
    if line.label and not other.label and alike >= (_HARDLY_ALIKE if line.key in sieve.inside else _ALIKE):
        return True
    return marred_share(line, sieve.usual) >= 0.5 and alike >= 0.5


def _is_debris(line: Line, sieve: _Sieve) -> bool:
    """A row that cannot stand by itself: strange inside a run that foots without it, nameless, or hardly readable."""
    ill = ill_share(line, sieve.usual) >= 0.5
    few = 2 * sum(figure is not None for figure in line.figures) <= len(line.figures)
    if line.key in sieve.inside and (strangeness(line) >= 0.4 or not line.label):
        return True
    if line.label.endswith(":") and None in line.figures and line.unit == "monetary":
        return True
    if line.unit == "monetary" and not line.label:
        return few or ill
    return ill and (readability(line) < 0.4 or (not line.label and few and sieve.is_labelled))

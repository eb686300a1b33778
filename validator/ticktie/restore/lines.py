"""The rows of a statement while they are restored: figures with damage and evidence, and what each row counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.numbers import Reading, cleaned, content
from ticktie.extract.tables import Grid, GridRow, Slot
from ticktie.map.labels import map_label
from ticktie.model.concepts import UnitKind
from ticktie.model.source import Span

_SHARES = re.compile(
    r"\b(?:weighted|average)\b.*\b(?:shares?|(?:stock|units?) outstanding)\b"
    r"|\bshares?\b.*\b(?:outstanding|used|computing|computation)\b|\bshares\s*$",
    re.I,
)
#: Words of the parts that a share count is made of.
_OF_SHARES = re.compile(r"\b(?:equivalents?|dilutive|options|warrants)\b", re.I)
_PER_SHARE = re.compile(r"\bper\b.{0,40}?\b(?:shares?|unit|ads|common stock)\b|\bEPS\b", re.I)
#: What describes a stock ("$0.01 par value; 900 shares authorized"): the figures of its row are its amount.
_STOCK = re.compile(r"\bpar value\b|\bauthorized\b|\bat (?:cost|redemption|liquidation)\b|\d\)? shares\b", re.I)


class Figure(Struct, frozen=True):
    """One figure of a row: its value at the printed scale, its print and place, what was wrong, what restored it.

    ``pattern`` is what the digits of a wreck (``is_wreck``) fit; one that has no reading at all is ``is_void``.
    """

    value: Decimal
    decimals: int
    raw: str
    span: Span
    line: int
    damage: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    restored_by: frozenset[str] = frozenset()
    is_nil: bool = False
    pattern: str = ""
    is_wreck: bool = False
    is_void: bool = False
    is_percent: bool = False

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing says what the figure is."""
        return self.is_void and not self.evidence


class Line(Struct, frozen=True):
    """One row: label without its section, section, unit, and figures by column (None: blank).

    ``blanks`` are the places of blank cells by column, ``key`` orders the rows of a statement and names the row;
    ``heading`` is the section heading that was printed in the same cell as the label.
    """

    key: int
    line: int
    block: int
    label: str
    section: str
    unit: UnitKind
    figures: tuple[Figure | None, ...]
    blanks: tuple[Span, ...] = ()
    damage: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    restored_by: frozenset[str] = frozenset()
    heading: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the row has a label and no figure."""
        return not any(self.figures)


def lines_of(grid: Grid, merged: frozenset[int] = frozenset()) -> tuple[Line, ...]:
    """The rows of ``grid`` as lines: merged rows are split (those that may be one row only if ``merged`` names them),
    headings become sections, units are told."""
    split = [line for row in grid.rows for line in _split(row, row.order in merged)]
    numbered = [replace(line, key=key) for key, line in enumerate(split)]
    told = _with_units(with_sections(numbered))
    return _in_money(told) if grid.region.is_typed and grid.region.kind == "cash-flow" else told


def _in_money(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of a cash flow statement: what ends in the word shares is money paid or received for them."""
    counted = re.compile(r"\b(?:number|weighted|average)\b", re.I)
    return tuple(
        replace(line, unit="monetary") if line.unit == "shares" and not counted.search(line.label) else line
        for line in lines
    )


def modal_decimals(lines: Iterable[Line]) -> int:
    """The decimals that most figures of a table are printed with."""
    counts = Counter(figure.decimals for line in lines for figure in line.figures if figure and not figure.is_nil)
    return max(counts, key=lambda places: (counts[places], -places), default=0)


def may_be_merged(row: GridRow) -> bool:
    """Whether a row reads equally well as one figure a cell and as several."""
    slots = [slot for slot in row.slots if slot is not None]
    return bool(_parts_of(row)) and not any(_clearly_many(slot) for slot in slots)


def _parts_of(row: GridRow) -> int:
    """The number of figures in every cell of a row, 0 where the cells differ or hold one each."""
    counts = {len(slot.content.parts) for slot in row.slots if slot is not None}
    return counts.pop() if len(counts) == 1 else 0


def _split(row: GridRow, is_merged: bool) -> tuple[Line, ...]:
    """One line, or the lines of merged rows: where every column holds the same number of well-formed figures."""
    number = _parts_of(row)
    if not number or not (is_merged or not may_be_merged(row)):
        return (_line(row, row.label, [_figure(slot) for slot in row.slots]),)
    labels = split_label(row.label, number)
    damage = ("rows-merged",)
    return tuple(
        replace(
            _line(row, labels[part], [_part(slot, part) for slot in row.slots]),
            damage=damage,
            evidence=(f"line {row.line} holds {number} rows in one",),
        )
        for part in range(number)
    )


def _clearly_many(slot: Slot) -> bool:
    """Whether the cell cannot be one figure: its tokens do not read as thousands groups, or they mix two marks."""
    return slot.content.kind == "many" or ("," in slot.cell.text and " " in cleaned(slot.cell.text))


def split_label(label: str, number: int) -> tuple[str, ...]:
    """A merged label cut into ``number`` labels, where the parts are known line items, else at a capital after a
    lower-case word, else as evenly as it can be."""
    section, colon, rest = label.partition(": ")
    head, words = (f"{section}: ", rest.split()) if colon else ("", label.split())
    if len(words) < number:
        return (label, *[""] * (number - 1))
    cuts = max(combinations(range(1, len(words)), number - 1), key=lambda at: _worth_of_cuts(words, at))
    parts = [" ".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
    return (head + parts[0], *parts[1:])


def _worth_of_cuts(words: Sequence[str], cuts: Sequence[int]) -> tuple[float, float]:
    parts = [" ".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
    capitals = sum(words[cut][:1].isupper() and words[cut - 1][-1:].islower() for cut in cuts)
    known = sum(map_label(part).confidence for part in parts if not map_label(part).concept.startswith("ext:"))
    evenness = -max(len(part) for part in parts) / sum(len(part) for part in parts)
    return capitals + known, evenness


def _line(row: GridRow, label: str, figures: Sequence[Figure | None]) -> Line:
    return Line(0, row.line, row.block, label, "", "monetary", tuple(figures), _blanks(row))


def _blanks(row: GridRow) -> tuple[Span, ...]:
    """Where the figures of blank columns would stand: the empty cells nearest to their place in the row."""
    cells = [cell for cell in row.row.cells if cell.column]
    if not cells:
        return (row.row.cells[0].span,) * len(row.slots)
    places = []
    for column in range(len(row.slots)):
        index = min(len(cells) - 1, round((column + 0.5) * len(cells) / len(row.slots)))
        places.append(cells[index].span)
    return tuple(places)


def _figure(slot: Slot | None) -> Figure | None:
    """The best reading of a cell; a wreck without any reading keeps its pattern."""
    if slot is None:
        return None
    held = slot.content
    reading = held.readings[0] if held.readings else Reading(Decimal(0), 0, "digits-misread")
    return Figure(
        value=reading.value,
        decimals=reading.decimals,
        raw=slot.cell.text,
        span=slot.cell.span,
        line=slot.line,
        damage=(reading.damage,) if reading.damage else (),
        is_nil=held.kind == "nil",
        pattern=held.pattern,
        is_wreck=held.kind in ("letters", "many", "bullet"),
        is_void=not held.readings,
        is_percent=reading.percent,
    )


def _part(slot: Slot | None, part: int) -> Figure | None:
    if slot is None:
        return None
    reading = slot.content.parts[part]
    return Figure(reading.value, reading.decimals, slot.cell.text, slot.cell.span, slot.line, ("rows-merged",))


def with_sections(lines: Iterable[Line]) -> list[Line]:
    """Headings, and the parts of labels before a colon, become the section of the rows below, up to a total."""
    section, out = "", []
    for line in lines:
        if line.is_heading:
            section = line.label.rstrip(": ")
            out.append(line)
            continue
        head, colon, rest = line.label.partition(": ")
        if colon and rest and rest[0].isupper():
            line = replace(line, label=rest, heading=head)
        section = line.heading or section
        is_total = line.label.lower().startswith("total")
        out.append(replace(line, section="" if is_total else section))
        section = "" if is_total else section
    return out


def _with_units(lines: Sequence[Line]) -> tuple[Line, ...]:
    thousandths = _in_thousandths(lines)
    lines = [_as_printed(line) if thousandths or _PER_SHARE.search(line.label) else line for line in lines]
    usual = modal_decimals(lines)
    return tuple(replace(line, unit=unit_of(line, usual)) for line in lines)


def _in_thousandths(lines: Sequence[Line]) -> bool:
    """Whether a table is printed to three decimals: nearly all of its figures are, and none has a thousands comma."""
    figures = [figure for line in lines for figure in line.figures if figure and not figure.is_nil]
    three = [figure for figure in figures if re.search(r"\.\d{3}\D*$", figure.raw)]
    return len(three) > 2 and 10 * len(three) >= 9 * len(figures) and not any("," in figure.raw for figure in figures)


def _as_printed(line: Line) -> Line:
    """The line with points read as decimal points, not as misread thousands marks."""
    return replace(line, figures=tuple(figure and _with_point(figure) for figure in line.figures))


def _with_point(figure: Figure) -> Figure:
    plain = [reading for reading in content(figure.raw).readings if reading.damage is None]
    if not plain or "separator-misread" not in figure.damage:
        return figure
    return replace(figure, value=plain[0].value, decimals=plain[0].decimals, damage=())


def unit_of(line: Line, usual: int) -> UnitKind:
    """What a row counts, by its words, section and decimals; ``usual`` are the decimals of the table's money."""
    figures = [figure for figure in line.figures if figure and not figure.is_nil]
    cents = bool(figures) and 2 * sum(figure.decimals in (2, 3) for figure in figures) > len(figures) and usual < 2
    if 2 * sum(figure.is_percent for figure in figures) > len(figures):
        return "percent"
    short = len(line.label.split()) < 3 or (len(line.label.split()) < 5 and _OF_SHARES.search(line.label))
    words = f"{line.section} {line.label}" if short else line.label
    if _SHARES.search(words) and not cents and not _PER_SHARE.match(line.label) and not _STOCK.search(line.label):
        return "shares"
    small = all(abs(figure.value) < 1000 for figure in figures)
    if (_PER_SHARE.search(words) or not line.label) and cents and small:
        return "per-share"
    return "per-share" if _PER_SHARE.search(line.label) and small else "monetary"

"""What header, caption and the words around a statement say of its periods: lengths and ends, in reading order.

Headers are read in order, not by position: OCR moves them sideways far more often than it reorders them. Only where
some are lost does the place of the others say which column they head.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from ticktie.extract.periods import DateMention, DurationMention, dates, durations, month_end
from ticktie.extract.tables import Grid
from ticktie.model.source import Row


class Words(Struct, frozen=True):
    """The lengths and dates that one source (header, caption, words further down) states, in reading order;
    ``places`` and ``length_places`` are the cells of the dates and lengths of a header."""

    source: str
    lengths: tuple[DurationMention, ...] = ()
    days: tuple[DateMention, ...] = ()
    places: tuple[int, ...] = ()
    length_places: tuple[int, ...] = ()

    @property
    def month_days(self) -> list[tuple[int, int | None]]:
        """Months with their days, of the dates that name no year."""
        return [(day.month, day.day) for day in self.days if day.month and not day.year]


def sources(grid: Grid) -> tuple[Words, Words, Words]:
    """Header rows above the first figures; caption; header rows and short paragraphs further down."""
    first = min((row.line for row in grid.rows if any(row.slots)), default=0)
    above = [row for row in grid.headers if row.line < first]
    below = [row for row in grid.headers if row.line > first]
    asides = [paragraph.text for paragraph in grid.region.asides]
    caption = [paragraph.text for paragraph in grid.region.caption]
    return (
        _of_rows("header", above),
        _of_texts("caption", [*caption[1:], *caption[:1]]),
        _joined(_of_rows("words further down", below), _of_texts("words further down", asides)),
    )


def ends_of(words: Words, wanted: int, month_day: tuple[int, int | None] | None = None) -> list[date] | None:
    """``wanted`` dates in order from what one source states: whole dates, or years under a month and day; each of
    them once for every length where they are fewer. None where they do not come out even."""
    located = located_ends(words, month_day)
    ends = [end for end, _ in located]
    stated = sum(day.year is not None for day in words.days)
    if not ends or len(ends) != stated or wanted % len(ends):
        return None
    return ends * (wanted // len(ends))


def located_ends(words: Words, month_day: tuple[int, int | None] | None = None) -> list[tuple[date, int]]:
    """The dates of a source with their cells; a bare year takes month and day from its header or from before."""
    places = words.places or (0,) * len(words.days)
    dated = [(day, place) for day, place in zip(words.days, places, strict=True) if day.year]
    partial = [(day, place) for day, place in zip(words.days, places, strict=True) if day.month and not day.year]
    found: list[tuple[date, int]] = []
    last = month_day
    for index, (day, place) in enumerate(dated):
        own = (day.month, day.day) if day.month else None
        last = own or _above(partial, index, len(dated), place) or last
        whole = bool(own) or len(partial) == len(dated)
        end = day.date if day.month and day.day else _date(day.year, last, whole)
        if end is not None:
            found.append((end, place))
    return found


def value_places(grid: Grid) -> list[float]:
    """The mean cell number of each value column."""
    full = [row for row in grid.rows if all(row.slots)]
    return [
        sum(slot.cell.column for row in full if (slot := row.slots[column])) / len(full)
        for column in range(grid.columns)
        if full
    ]


def placed(located: Sequence[tuple[date, int]], positions: Sequence[float]) -> dict[int, date]:
    """Dates by the value column that each stands nearest to, in order and no two over one."""
    found: dict[int, date] = {}
    for number, (end, place) in enumerate(located):
        left = max(found, default=-1) + 1
        right = len(positions) - (len(located) - number - 1)
        if left < right:
            found[min(range(left, right), key=lambda column: (abs(positions[column] - place), column))] = end
    return found


def _above(
    partial: Sequence[tuple[DateMention, int]], index: int, dated: int, place: int
) -> tuple[int, int | None] | None:
    """The month and day that head a bare year: one for each year, or shared in order, or the nearest."""
    if not partial:
        return None
    if dated % len(partial) == 0:
        day = partial[index * len(partial) // dated][0]
    else:
        day = min(partial, key=lambda other: abs(other[1] - place))[0]
    return (day.month, day.day) if day.month else None


def _of_rows(source: str, rows: Iterable[Row]) -> Words:
    lengths: list[DurationMention] = []
    days: list[DateMention] = []
    places: list[int] = []
    length_places: list[int] = []
    for row in rows:
        for cell in row.cells:
            spans = durations(cell.text)
            lengths += spans
            length_places += [cell.column] * len(spans)
            found = dates(cell.text)
            days += found
            places += [cell.column] * len(found)
    return Words(source, tuple(lengths), tuple(days), tuple(places), tuple(length_places))


def _of_texts(source: str, texts: Iterable[str]) -> Words:
    texts = list(texts)
    return Words(
        source,
        tuple(length for text in texts for length in durations(text)),
        tuple(day for text in texts for day in dates(text)),
    )


def _joined(a: Words, b: Words) -> Words:
    places = (a.places or (0,) * len(a.days)) + (0,) * len(b.days)
    return Words(a.source, a.lengths + b.lengths, a.days + b.days, places)


def _date(year: int | None, month_day: tuple[int | None, int | None] | None, whole: bool) -> date | None:
    """The date of a year under a month and day; a February's end that heads several years (not ``whole``) is the end
    of February in each of them."""
    month, day = month_day or (None, None)
    if year is None or month is None:
        return None
    last = month_end(year, month)
    to_the_end = day is None or day > last.day or (not whole and month == 2 and day >= 28)
    return last if to_the_end or day is None else date(year, month, day)

"""Which period each value column reports: from the header, else the caption, the words around, the text and its claims.

Headers are read in order, not by position: OCR moves them sideways far more often than it reorders them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ticktie.extract.periods import Calendar, DateMention, DurationMention, dates, duration_period, durations, month_end
from ticktie.extract.tables import Grid
from ticktie.model.facts import Period
from ticktie.model.figures import Claim
from ticktie.model.number import Number, scaled
from ticktie.model.source import Row
from ticktie.restore.lines import Line


@dataclass(frozen=True, slots=True)
class Column:
    """The period of a value column (None: nothing says it), and how it was restored where the header did not say it."""

    period: Period | None
    damage: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    restored_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """The lengths and dates that one source (header, caption, words around) states, in reading order."""

    source: str
    lengths: tuple[DurationMention, ...] = ()
    days: tuple[DateMention, ...] = ()
    places: tuple[int, ...] = field(default=())

    @property
    def dated(self) -> tuple[DateMention, ...]:
        return tuple(day for day in self.days if day.year)


@dataclass(frozen=True, slots=True)
class Stage:
    """What the columns of a statement are told from: its grid, its lines, the calendar, the claims."""

    grid: Grid
    lines: Sequence[Line]
    calendar: Calendar
    claims: Sequence[Claim]

    @property
    def is_instant(self) -> bool:
        return self.grid.region.kind == "balance-sheet"


def columns(stage: Stage) -> tuple[Column, ...]:
    """The columns of a statement, in order."""
    sources = _sources(stage.grid)
    found = _instants(stage, sources) if stage.is_instant else _durations(stage, sources)
    return tuple(found)


def _sources(grid: Grid) -> tuple[Words, ...]:
    """Header rows above the first figures, caption, then header rows and short paragraphs further down."""
    first = min((row.line for row in grid.rows if any(row.slots)), default=0)
    above = [row for row in grid.headers if row.line < first]
    below = [row for row in grid.headers if row.line > first]
    asides = [paragraph.text for paragraph in grid.region.asides]
    caption = [paragraph.text for paragraph in grid.region.caption[:1]]
    later = [paragraph.text for paragraph in grid.region.caption[1:]]
    return (
        _words("header", above),
        _of_texts("caption", [*later, *caption] if later else caption),
        _joined(_words("words further down", below), _of_texts("words further down", asides)),
    )


def _words(source: str, rows: Iterable[Row]) -> Words:
    lengths: list[DurationMention] = []
    days: list[DateMention] = []
    places: list[int] = []
    for row in rows:
        for cell in row.cells:
            lengths += durations(cell.text)
            found = dates(cell.text)
            days += found
            places += [cell.column] * sum(bool(day.year) for day in found)
    return Words(source, tuple(lengths), tuple(days), tuple(places))


def _of_texts(source: str, texts: Iterable[str]) -> Words:
    texts = list(texts)
    return Words(
        source,
        tuple(length for text in texts for length in durations(text)),
        tuple(day for text in texts for day in dates(text)),
    )


def _joined(a: Words, b: Words) -> Words:
    return Words(a.source, a.lengths + b.lengths, a.days + b.days)


# --- ends of periods -------------------------------------------------------------------------------------------


def _ends(words: Words, wanted: int, month_day: tuple[int, int] | None = None) -> list[date] | None:
    """``wanted`` dates in order from what a source states: whole dates, years under a month and day, or both."""
    stated = list(words.dated)
    partial = [(day.month, day.day) for day in words.days if day.month and not day.year]
    if not stated or (len(stated) != wanted and wanted % len(stated)):
        return None
    stated = stated * (wanted // len(stated)) if len(stated) < wanted else stated
    ends: list[date] = []
    last = month_day
    for index, day in enumerate(stated):
        own = (day.month, day.day) if day.month else None
        last = own or (partial[index * len(partial) // wanted] if partial else last)
        end = _date(day.year, last)
        if end is None:
            return None
        ends.append(end)
    return ends


def _date(year: int | None, month_day: tuple[int | None, int | None] | None) -> date | None:
    if year is None or month_day is None or month_day[0] is None:
        return None
    month, day = month_day
    last = month_end(year, month)
    return last if day is None or day > last.day else date(year, month, day)


# --- balance sheets --------------------------------------------------------------------------------------------


def _instants(stage: Stage, sources: Sequence[Words]) -> list[Column]:
    wanted = stage.grid.columns
    for words in sources:
        ends = _ends(words, wanted)
        if ends is not None and len(set(ends)) == wanted:
            return _dated(stage, sources[0], words.source, ends)
    return _partly_dated(stage, sources)


def _dated(stage: Stage, header: Words, source: str, ends: Sequence[date]) -> list[Column]:
    """Columns with all their dates; those that another source than the header gives keep the header's where it has
    one, and stand in its place."""
    if source == "header":
        return [Column(Period(end)) for end in ends]
    known = {column: end for column, end in _placed(stage, header).items() if end in ends}
    rest = iter([end for end in ends if end not in known.values()])
    because = (f"date from the {source}",)
    return [
        Column(Period(known[column])) if column in known else Column(Period(next(rest)), ("header-lost",), because)
        for column in range(len(ends))
    ]


def _partly_dated(stage: Stage, sources: Sequence[Words]) -> list[Column]:
    """Columns of which some dates are lost: what the header says stays, the rest comes from dates whose claims fit."""
    known = _placed(stage, sources[0])
    candidates = [end for words in sources for end in _whole(words)]
    candidates += [claim.period.end for claim in stage.claims if claim.period and claim.period.is_instant]
    candidates += _usual_instants(stage.calendar, list(known.values()))
    out: list[Column] = []
    taken = set(known.values())
    for column in range(stage.grid.columns):
        if column in known:
            out.append(Column(Period(known[column])))
            continue
        rest = [end for end in dict.fromkeys(candidates) if end not in taken]
        chosen = _elected(stage, column, [Period(end) for end in rest])
        if chosen.period is not None:
            taken.add(chosen.period.end)
        out.append(chosen)
    return out


def _whole(words: Words) -> list[date]:
    return [day.date for day in words.days if day.date]


def _placed(stage: Stage, header: Words) -> dict[int, date]:
    """The dates that the header does state, by the value column that each stands nearest to."""
    pairs = [(day.date, place) for day, place in zip(header.dated, header.places, strict=False) if day.date]
    positions = _value_places(stage.grid)
    found: dict[int, date] = {}
    for end, place in pairs:
        free = [column for column in range(stage.grid.columns) if column not in found]
        if free and positions:
            found[min(free, key=lambda column: (abs(positions[column] - place), column))] = end
    if len(found) == 1 and stage.grid.columns == 2:
        ((column, end),) = found.items()
        votes = [len(_voters(stage, k, Period(end))) for k in (0, 1)]
        if votes[1 - column] > votes[column]:
            return {1 - column: end}
    return found


def _value_places(grid: Grid) -> list[float]:
    """The mean cell number of each value column."""
    full = [row for row in grid.rows if all(row.slots)]
    return [
        sum(slot.cell.column for row in full if (slot := row.slots[column])) / len(full)
        for column in range(grid.columns)
        if full
    ]


def _usual_instants(calendar: Calendar, known: Sequence[date]) -> list[date]:
    """The dates that balance sheets usually compare: the reported end, the last fiscal year's end, a year before."""
    if calendar.current is None and not known:
        return []
    end = known[0] if known else calendar.current.end if calendar.current else date.min
    year = calendar.fiscal_year(end)
    ends = [calendar.current.end] if calendar.current else []
    return [*ends, calendar.year_end(year - 1), calendar.year_ago(Period(end)).end]


# --- elections: the period whose claims fit a column --------------------------------------------------------------


def _elected(stage: Stage, column: int, candidates: Sequence[Period]) -> Column:
    """The candidate period that most claims support by their values; the first one, doubtfully, where none does."""
    if not candidates:
        return Column(None, ("header-lost",))
    votes = [_voters(stage, column, period) for period in candidates]
    best = max(range(len(candidates)), key=lambda index: (len(votes[index]), -index))
    if not votes[best]:
        return Column(candidates[0], ("header-lost",), ("the period that such a statement usually compares",))
    words = ", ".join(sorted(claim.raw for claim in votes[best])[:3])
    evidence = (f"claims of the text for {candidates[best]} fit this column: {words}",)
    return Column(candidates[best], ("header-lost",), evidence, frozenset(claim.id for claim in votes[best]))


def _voters(stage: Stage, column: int, period: Period) -> list[Claim]:
    """The claims for ``period`` whose value some figure of the column rounds to."""
    figures = [(line, figure) for line in stage.lines if (figure := line.figures[column])]
    power = stage.grid.region.scale or 0
    out = []
    for claim in stage.claims:
        if claim.period != period or claim.kind not in ("amount", "change") or claim.bound:
            continue
        stated = Number(abs(claim.value), claim.decimals)
        money = "shares" not in claim.unit
        for line, figure in figures:
            if money == (line.unit == "monetary"):
                shift = power if line.unit in ("monetary", "shares") else 0
                if figure.value and Number(scaled(abs(figure.value), shift), figure.decimals - shift).rounds_to(stated):
                    out.append(claim)
                    break
    return out


# --- flow statements -------------------------------------------------------------------------------------------


def _durations(stage: Stage, sources: Sequence[Words]) -> list[Column]:
    """Lengths times ends: each from the first source that states it, else from the reported period of the text."""
    wanted = stage.grid.columns
    lengths, length_source = _lengths(sources, wanted)
    ends, end_source = _flow_ends(sources, wanted)
    if ends is None or lengths is None:
        return _usual_durations(stage, lengths, ends)
    damage, evidence = _how(length_source, end_source)
    periods = [_period(stage.calendar, end, length) for end, length in zip(ends, lengths, strict=True)]
    if len(set(periods)) < wanted:
        return _usual_durations(stage, lengths, None)
    return [Column(period, damage, evidence) for period in periods]


def _how(length_source: str, end_source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    odd = sorted({source for source in (length_source, end_source) if source != "header"})
    if not odd or odd == ["caption"]:
        return (), ()
    return ("header-displaced",), tuple(f"period from the {source}" for source in odd)


def _lengths(sources: Sequence[Words], wanted: int) -> tuple[list[DurationMention] | None, str]:
    """The length of each column's period, from the first source that states lengths that divide the columns."""
    for words in sources:
        lengths = [length for length in words.lengths if length.months or length.weeks]
        if lengths and wanted % len(lengths) == 0:
            return [lengths[column * len(lengths) // wanted] for column in range(wanted)], words.source
        distinct = list({(length.months, length.weeks): length for length in lengths}.values())
        if distinct and wanted % len(distinct) == 0:
            return [distinct[column * len(distinct) // wanted] for column in range(wanted)], words.source
    return None, ""


def _flow_ends(sources: Sequence[Words], wanted: int) -> tuple[list[date] | None, str]:
    """The end of each column's period; a month and day may come from another source than the years."""
    partial = [(day.month, day.day) for words in sources for day in words.days if day.month and day.day]
    month_day = partial[0] if partial else None
    for words in sources:
        ends = _ends(words, wanted, month_day)  # type: ignore[arg-type]
        if ends is not None and len(words.dated) > 1:
            return ends, words.source
    return None, ""


def _period(calendar: Calendar, end: date, length: DurationMention) -> Period:
    if calendar.weeks and length.months:
        return calendar.duration(end, length.months)
    return duration_period(end, length.months, length.weeks)


def _usual_durations(
    stage: Stage, lengths: Sequence[DurationMention] | None, ends: Sequence[date] | None
) -> list[Column]:
    """Columns whose header is lost: the periods that such a statement compares, confirmed by the claims of the text."""
    patterns = list(_patterns(stage, lengths, ends))
    if not patterns:
        return [Column(None, ("header-lost",)) for _ in range(stage.grid.columns)]
    votes = [[_voters(stage, column, period) for column, period in enumerate(pattern)] for pattern in patterns]
    best = max(range(len(patterns)), key=lambda index: (sum(map(len, votes[index])), -index))
    return [
        Column(period, ("header-lost",), (_because(voters),), frozenset(claim.id for claim in voters))
        for period, voters in zip(patterns[best], votes[best], strict=True)
    ]


def _because(voters: Sequence[Claim]) -> str:
    if not voters:
        return "the period that such a statement usually compares"
    return f"claims of the text fit this column: {', '.join(sorted(claim.raw for claim in voters)[:3])}"


def _patterns(
    stage: Stage, lengths: Sequence[DurationMention] | None, ends: Sequence[date] | None
) -> Iterable[list[Period]]:
    """Ways the columns may be: each length with this year and the last, in either order."""
    wanted, calendar = stage.grid.columns, stage.calendar
    stated = list(dict.fromkeys(length.months for length in lengths if length.months)) if lengths else []
    for end in dict.fromkeys([*(ends or ()), *_reported_ends(stage)]):
        months = calendar.quarter_number(end) * 3
        choices = [stated] if stated else [[3], [3, months], [months], [12], [3, 12]]
        for choice in choices:
            firsts = [calendar.duration(end, length) for length in dict.fromkeys(choice) if length]
            if len(firsts) * 2 == wanted:
                yield [period for first in firsts for period in (first, calendar.year_ago(first))]
                yield [period for first in firsts for period in (calendar.year_ago(first), first)]
            if len(firsts) == wanted:
                yield firsts


def _reported_ends(stage: Stage) -> list[date]:
    current = [stage.calendar.current.end] if stage.calendar.current else []
    claimed = [claim.period.end for claim in stage.claims if claim.period and not claim.period.is_instant]
    counted = sorted(set(claimed), key=lambda end: (-claimed.count(end), end))
    return [*current, *counted[:4]]

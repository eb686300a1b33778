"""Which period each value column reports: from the header, else the caption, the words around, the claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from ticktie.extract.periods import Calendar, DurationMention, add_months, duration_period
from ticktie.extract.tables import Grid
from ticktie.model.facts import Period
from ticktie.model.figures import Claim
from ticktie.model.number import Number, scaled
from ticktie.restore.headers import Words, ends_of, located_ends, placed, sources, value_places
from ticktie.restore.lines import Line

_USUAL = "the period that such a statement usually compares"


class Column(Struct, frozen=True):
    """The period of a value column (None: nothing says it), and how it was restored where the header did not say it."""

    period: Period | None
    damage: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    restored_by: frozenset[str] = frozenset()


class Stage(Struct, frozen=True):
    """What the columns of a statement are told from: its grid, its lines, the calendar, the claims."""

    grid: Grid
    lines: Sequence[Line]
    calendar: Calendar
    claims: Sequence[Claim]


def columns(stage: Stage) -> tuple[Column, ...]:
    """The columns of a statement, in order."""
    if stage.grid.places:
        from ticktie.restore.placed_columns import placed_periods

        periods = placed_periods(stage.grid, stage.calendar)
        if any(periods):
            return tuple(_distinct([Column(period, () if period else ("header-lost",)) for period in periods]))
    said = sources(stage.grid)
    found = _instants(stage, said) if stage.grid.region.kind == "balance-sheet" else _durations(stage, said)
    return tuple(_distinct(found))


def _distinct(found: Sequence[Column]) -> Iterable[Column]:
    """The columns; of two with one period the later one has none, for both cannot report it."""
    taken: set[Period] = set()
    for column in found:
        if column.period is not None and column.period in taken:
            yield Column(None, ("header-lost",), ("another column has the period that is left for this one",))
        else:
            yield column
        taken |= {column.period} if column.period else set()


# --- balance sheets --------------------------------------------------------------------------------------------


def _instants(stage: Stage, said: Sequence[Words]) -> list[Column]:
    """The dates of a balance sheet: all of the header, or what it has and the rest from elsewhere."""
    wanted = stage.grid.columns
    ends = ends_of(said[0], wanted)
    if ends is not None and len(set(ends)) == wanted:
        return [Column(Period(end)) for end in ends]
    known = _known_instants(stage, said[0])
    for words in said[1:]:
        ends = ends_of(words, wanted)
        if ends is not None and len(set(ends)) == wanted and set(known.values()) <= set(ends):
            return _completed(known, ends, words.source)
    return _elected_instants(stage, said, known)


def _completed(known: dict[int, date], ends: Sequence[date], source: str) -> list[Column]:
    """The header's dates in their columns, the others of another source in theirs."""
    rest = iter([end for end in ends if end not in known.values()])
    because = (f"date from the {source}",)
    return [
        Column(Period(known[column])) if column in known else Column(Period(next(rest)), ("header-lost",), because)
        for column in range(len(ends))
    ]


def _known_instants(stage: Stage, header: Words) -> dict[int, date]:
    """The dates that the header does state by column; claims overrule the place of a single one."""
    found = placed(located_ends(header), value_places(stage.grid))
    if len(found) == 1 and stage.grid.columns == 2:
        ((column, end),) = found.items()
        votes = [len(_voters(stage, k, Period(end))) for k in (0, 1)]
        if votes[1 - column] > votes[column]:
            return {1 - column: end}
    return found


def _elected_instants(stage: Stage, said: Sequence[Words], known: dict[int, date]) -> list[Column]:
    """Columns of which some dates are lost: the rest comes from the dates whose claims fit."""
    candidates = [end for words in said for end, _ in located_ends(words)]
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
        out.append(chosen)
        taken |= {chosen.period.end} if chosen.period else set()
    return out


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
    return _by_votes(candidates[best], votes[best])


def _by_votes(period: Period, voters: Sequence[Claim]) -> Column:
    if not voters:
        return Column(period, ("header-lost",), (_USUAL,))
    words = ", ".join(sorted(claim.raw for claim in voters)[:3])
    evidence = (f"claims of the text for {period} fit this column: {words}",)
    return Column(period, ("header-lost",), evidence, frozenset(claim.id for claim in voters))


def _voters(stage: Stage, column: int, period: Period) -> list[Claim]:
    """The claims for ``period`` whose value some figure of the column rounds to."""
    power = stage.grid.region.scale or 0
    figures = [
        (line.unit, Number(scaled(abs(figure.value), shift), figure.decimals - shift))
        for line in stage.lines
        if (figure := line.figures[column]) and figure.value
        for shift in (power if line.unit in ("monetary", "shares") else 0,)
    ]
    return [
        claim
        for claim in stage.claims
        if claim.period == period and claim.kind == "amount" and not claim.bound and _fits_any(claim, figures)
    ]


def _fits_any(claim: Claim, figures: Sequence[tuple[str, Number]]) -> bool:
    stated, money = Number(abs(claim.value), claim.decimals), "shares" not in claim.unit
    return any(money == (unit == "monetary") and number.rounds_to(stated) for unit, number in figures)


# --- flow statements -------------------------------------------------------------------------------------------


def _durations(stage: Stage, said: Sequence[Words]) -> list[Column]:
    """Lengths times ends: each from the first source that states it, else from the reported period of the text."""
    lengths, length_source = _lengths(said, stage.grid)
    ends, end_source = _flow_ends(said, stage.grid.columns)
    if ends is None and (named := _named(stage.calendar, lengths, said[0])):
        return [Column(period) for period in named]
    if lengths is None:
        return _usual_durations(stage, None, ends)
    if ends is not None:
        periods = [_period(stage.calendar, end, length) for end, length in zip(ends, lengths, strict=True)]
        if len(set(periods)) == len(periods):
            damage, evidence = _how(length_source, end_source)
            return [Column(period, damage, evidence) for period in periods]
    return _partly_dated(stage, said, lengths) or _usual_durations(stage, lengths, ends)


def _named(calendar: Calendar, lengths: Sequence[DurationMention] | None, header: Words) -> list[Period] | None:
    """The periods of a header that names them without a date: "First Quarter" over years."""
    years = [day.year for day in header.days if day.year and not day.month]
    if lengths is None or len(years) != len(header.days) or not years or len(lengths) % len(years):
        return None
    each = zip(lengths, years * (len(lengths) // len(years)), strict=True)
    found = [calendar.quarter(one.ordinal, year) for one, year in each if one.kind == "quarter" and one.ordinal]
    return found if len(set(found)) == len(lengths) else None


def _how(length_source: str, end_source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    odd = sorted({source for source in (length_source, end_source) if source != "header"})
    if not odd or odd == ["caption"]:
        return (), ()
    return ("header-displaced",), tuple(f"period from the {source}" for source in odd)


def _lengths(said: Sequence[Words], grid: Grid) -> tuple[list[DurationMention] | None, str]:
    """The length of each column's period, from the first source that states lengths that divide the columns, else
    from the header by place ("Three Months" over three columns, "Six Months" over two)."""
    wanted = grid.columns
    for words in said:
        lengths = [length for length in words.lengths if length.months or length.weeks]
        distinct = list({(length.months, length.weeks): length for length in lengths}.values())
        for stated in (lengths, distinct):
            if stated and wanted % len(stated) == 0:
                return [stated[column * len(stated) // wanted] for column in range(wanted)], words.source
    return _lengths_by_place(said[0], value_places(grid)), said[0].source


def _lengths_by_place(header: Words, positions: Sequence[float]) -> list[DurationMention] | None:
    """Each column's length: the last one that begins at or left of it, the first length over the first column."""
    starts = list(zip(header.length_places, header.lengths, strict=False))
    if len(starts) < 2 or len({place for place, _ in starts}) < len(starts) or not positions:
        return None
    shift = positions[0] - starts[0][0] + 0.5
    return [
        next((length for place, length in reversed(starts) if place + shift - 1 < at), starts[0][1]) for at in positions
    ]


def _flow_ends(said: Sequence[Words], wanted: int) -> tuple[list[date] | None, str]:
    """The end of each column's period; a month and day may come from another source than the years."""
    month_day = next((pair for words in said for pair in words.month_days), None)
    known = {end for end, _ in located_ends(said[0], month_day)}
    for words in said:
        ends = ends_of(words, wanted, month_day)
        if ends is not None and (len(set(ends)) > 1 or wanted == 1) and known <= set(ends):
            return ends, words.source
    return None, ""


def _period(calendar: Calendar, end: date, length: DurationMention) -> Period:
    if calendar.weeks and length.months:
        return calendar.duration(end, length.months)
    return duration_period(end, length.months, length.weeks)


def _partly_dated(stage: Stage, said: Sequence[Words], lengths: Sequence[DurationMention]) -> list[Column] | None:
    """Columns some of whose years are lost: the neighbour of the same length says them, claims confirm it."""
    month_day = next((pair for words in said for pair in words.month_days), None)
    known = placed(located_ends(said[0], month_day), value_places(stage.grid))
    if not known:
        return None
    out: list[Column] = []
    for column, length in enumerate(lengths):
        if column in known:
            out.append(Column(_period(stage.calendar, known[column], length)))
            continue
        ends = _neighbouring_ends(column, known, lengths)
        taken = [other.period for other in out]
        periods = [_period(stage.calendar, end, length) for end in ends]
        out.append(_elected(stage, column, [period for period in periods if period not in taken]))
    return out


def _neighbouring_ends(column: int, known: dict[int, date], lengths: Sequence[DurationMention]) -> list[date]:
    """Ends that a column with a lost year may have: a year from its neighbour of the same length, or the ends that
    the columns of another length have."""
    same = {other: end for other, end in known.items() if lengths[other] == lengths[column]}
    near = [add_months(end, 12 if column < other else -12) for other, end in same.items()]
    return [*near, *(end for end in known.values() if end not in same.values()), *known.values()]


def _usual_durations(
    stage: Stage, lengths: Sequence[DurationMention] | None, ends: Sequence[date] | None
) -> list[Column]:
    """Columns whose header is lost: the periods that such a statement compares, confirmed by the claims of the text."""
    patterns = list(_patterns(stage, lengths, ends))
    if not patterns:
        return [Column(None, ("header-lost",)) for _ in range(stage.grid.columns)]
    votes = [[_voters(stage, column, period) for column, period in enumerate(pattern)] for pattern in patterns]
    best = max(range(len(patterns)), key=lambda index: (sum(map(len, votes[index])), -index))
    return [_by_votes(period, voters) for period, voters in zip(patterns[best], votes[best], strict=True)]


def _patterns(
    stage: Stage, lengths: Sequence[DurationMention] | None, ends: Sequence[date] | None
) -> Iterable[list[Period]]:
    """Ways the columns may be: each length with this year and the last, in either order."""
    wanted, calendar = stage.grid.columns, stage.calendar
    stated = list(dict.fromkeys(length.months for length in lengths if length.months)) if lengths else []
    for end in dict.fromkeys([*(ends or ()), *_reported_ends(stage)]):
        months = calendar.quarter_number(end) * 3
        for choice in [stated] if stated else [[3], [3, months], [months], [12], [3, 12]]:
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

"""Figures within the label of a row: the description of a stock, allowances, costs ("allowances of $16 and $13").

A description names a measure before or after its figures, and gives one figure for all dates, one for each column in
order, or one for a date that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from msgspec import Struct

from ticktie.extract.dates import dates

#: Names of the measures that a description can hold.
PAR, AUTHORIZED, ISSUED, OUTSTANDING, HELD, AMOUNT = "par", "authorized", "issued", "outstanding", "held", "amount"
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_MEASURE = (
    r"(?P<par>\b(?:par|stated)(?:\s+or\s+stated)?\s+value\b|\bpar\b)|(?P<authorized>\bauthorized\b|\bauthorised\b)"
    r"|(?P<issued>\bissued\b)|(?P<outstanding>\boutstanding\b)|(?P<held>\b(?:shares\s+)?held\b)"
    r"|(?P<amount>\ballowances?\b|\bcost\b(?=[\s:]*(?:of\s*)?[$€£])|\baccumulated\s+(?:depreciation|amortization)\b"
    r"|\bcapitalized\s+interest\b|\bliquidation\s+(?:preference|value)\b|\brelated\s+part(?:y|ies)(?:\s+amounts?)?\b)"
)
_NUMBER = (
    r"(?P<money>[$€£]\s?)?\(?(?P<money2>[$€£]\s?)?(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?![\w%]|,\d|\.\d)\)?(?:\s(?P<power>thousand|million|billion))?|(?P<none>\bnone\b|\bno\b(?=\s+(?:par|shares)))"
)


class DescribedFigure(Struct, frozen=True):
    """One figure at ``[start, end)`` of a label: its measures (``issued and outstanding`` are two) and, for an amount,
    the words that name it; ``power`` where its own words scale it; the value column it belongs to (None: all)."""

    start: int
    end: int
    measures: tuple[str, ...]
    words: str
    value: Decimal
    decimals: int
    power: int | None
    column: int | None


class _Item(Struct, frozen=True):
    """A number, a measure or a date in a label, in reading order."""

    kind: str
    start: int
    end: int
    text: str = ""
    day: date | None = None
    power: int | None = None
    is_money: bool = False


@cache
def _scanner() -> re.Pattern[str]:
    return re.compile(f"{_MEASURE}|{_NUMBER}", re.IGNORECASE)


def described(label: str, columns: Sequence[date | None]) -> tuple[DescribedFigure, ...]:
    """The figures that ``label`` describes, for value columns that end on ``columns``."""
    items = _items(label)
    counted = re.search(r"(?i)\bshares\b", label) is not None
    if not any(item.kind == "number" for item in items) or not (counted or any(i.kind in _KINDS for i in items)):
        return ()
    groups = list(_groups(label, items))
    dated = {measure for group in groups for measure in group.measures if group.days and len(group.numbers) == 1}
    return tuple(figure for group in groups for figure in _figures(group, columns, dated, label))


_KINDS = frozenset({PAR, AUTHORIZED, ISSUED, OUTSTANDING, HELD, AMOUNT, "shares"})


class _Group(Struct, frozen=True):
    """Numbers that share their measures, with the dates that are said of them."""

    numbers: tuple[_Item, ...]
    measures: tuple[str, ...]
    words: str
    days: tuple[date, ...]


def _items(label: str) -> list[_Item]:
    days = [_Item("date", d.start, d.end, day=d.date) for d in dates(label) if d.date or d.month]
    found = list(days)
    for match in _scanner().finditer(label):
        if any(day.start < match.end() and match.start() < day.end for day in days):
            continue
        if match["number"] or match["none"]:
            before = label[max(0, match.start() - 8) : match.start()].lower()
            if re.search(r"\b(?:notes?|item|part|series|class)\s*$", before):
                continue
            found.append(_number(match))
        else:
            kind = next(name for name in (PAR, AUTHORIZED, ISSUED, OUTSTANDING, HELD, AMOUNT) if match[name])
            found.append(_Item(kind, match.start(), match.end(), match[0]))
    return sorted(found, key=lambda item: item.start)


def _number(match: re.Match[str]) -> _Item:
    text = "0" if match["none"] else match["number"].replace(",", "")
    power = _POWERS[match["power"].lower()] if match["power"] else None
    money = bool(match["money"] or match["money2"])
    return _Item("number", match.start(), match.end(), text, power=power, is_money=money)


def _groups(label: str, items: Sequence[_Item]) -> Iterator[_Group]:
    """Runs of numbers (with dates between) and the measures before or behind each run."""
    index, used = 0, -1
    while index < len(items):
        if items[index].kind != "number":
            index += 1
            continue
        stop = _run_end(label, items, index)
        run = items[index:stop]
        numbers = tuple(item for item in run if item.kind == "number")
        ahead = _behind(label, items, stop, numbers[-1].end)
        back = _before(label, items, index, used)
        chosen, day_stop = (back, stop) if back else (ahead, stop + len(ahead))
        used = day_stop - 1 if not back else used
        days = _lead_date(label, items, index) or [
            *(item.day for item in items[index:day_stop] if item.day),
            *(item.day for item in _following_dates(items, day_stop) if item.day),
        ]
        yield _Group(numbers, tuple(dict.fromkeys(i.kind for i in chosen)), _words(label, chosen), tuple(days))
        index = max(day_stop, index + 1)


def _run_end(label: str, items: Sequence[_Item], index: int) -> int:
    """Where a run of numbers of one kind ends: at a measure, a semicolon, or where money and counts meet."""
    stop = index
    while stop < len(items) and items[stop].kind in ("number", "date"):
        if items[stop].kind == "number" and items[stop].is_money != items[index].is_money:
            break
        if stop > index and ";" in label[items[stop - 1].end : items[stop].start]:
            break
        stop += 1
    while items[stop - 1].kind == "date":
        stop -= 1
    return stop


def _behind(label: str, items: Sequence[_Item], start: int, end: int) -> list[_Item]:
    """The measures right behind a run ("shares issued and outstanding")."""
    found: list[_Item] = []
    for item in items[start:]:
        between = label[end : item.start]
        if item.kind in ("number", "date", AMOUNT) or not re.fullmatch(
            r"(?i)[\s,]*(?:shares?|of|and|or|are|/)?[\s,]*", between
        ):
            break
        found.append(item)
        end = item.end
    return found


def _before(label: str, items: Sequence[_Item], index: int, used: int) -> list[_Item]:
    """The measures right before a run ("shares issued: ", "net of allowances of ")."""
    found: list[_Item] = []
    end = items[index].start
    for place in range(index - 1, used, -1):
        item = items[place]
        if item.kind == "date":
            end = item.start
            continue
        loose = r"[^;()]{0,70}" if item.kind == AMOUNT else r"[\s:–—;,-]*(?:shares?|of|and|or)?[\s:–—-]*[$€£(]?"
        if item.kind == "number" or (item.kind == PAR and not items[index].is_money):
            break
        if not re.fullmatch(loose, label[item.end : end]):
            break
        found.insert(0, item)
        end = item.start
    return found


def _lead_date(label: str, items: Sequence[_Item], index: int) -> list[date]:
    """The date that a number is given for in front of it ("June 30, 2023 – 833")."""
    before = items[index - 1] if index else None
    if (
        before is None
        or before.day is None
        or not re.fullmatch(r"\s*[-–—:]\s*", label[before.end : items[index].start])
    ):
        return []
    return [before.day]


def _following_dates(items: Sequence[_Item], start: int) -> list[_Item]:
    """The dates that follow a group ("at June 30, 2023 and December 31, 2022")."""
    found: list[_Item] = []
    for item in items[start:]:
        if item.kind != "date":
            break
        found.append(item)
    return found


def _words(label: str, measures: Sequence[_Item]) -> str:
    """The words of an amount's measure, with what narrows it ("allowance for credit losses")."""
    if not measures or measures[0].kind != AMOUNT:
        return ""
    start = measures[0].start
    lead = re.search(r"(?i)(?:amortized|original|historical)\s+$", label[:start])
    tail = re.match(r"[^$€£\d;()]{0,70}", label[measures[-1].end :])
    words = (lead[0] if lead else "") + label[start : measures[-1].end] + (tail[0] if tail else "")
    return re.sub(r"(?i)\s+of\s*$", "", words).strip(" :,")


def _counts_shares(label: str, numbers: Sequence[_Item]) -> bool:
    """Whether numbers without a measure are share counts held ("at cost, 795 shares", "Shares: 833")."""
    treasury = re.search(r"(?i)\btreasury\b|\bat cost\b", label) is not None
    behind = re.match(r"(?i)\s*shares\b", label[numbers[-1].end :]) is not None
    return (treasury and behind) or re.match(r"(?i)\W*shares\s*:", label) is not None


def _figures(group: _Group, columns: Sequence[date | None], dated: set[str], label: str) -> Iterator[DescribedFigure]:
    """The figures of a group by column: each in order, each at its date, or one for all that no other names."""
    numbers, days = group.numbers, group.days
    measures = group.measures or ((HELD,) if _counts_shares(label, numbers) else ())
    if not measures or (AMOUNT in measures and not numbers[0].is_money):
        return
    power = next((number.power for number in numbers if number.power is not None), None)
    for order, number in enumerate(numbers):
        column: int | None
        if len(days) == len(numbers):
            column = next((k for k, end in enumerate(columns) if end == days[order]), -1)
        elif len(numbers) == len(columns) and len(columns) > 1:
            column = order
        elif len(numbers) == 1:
            column = 0 if not days and dated & set(measures) and len(columns) == 2 else None
        else:
            return
        if column == -1:
            continue
        decimals = len(number.text.partition(".")[2])
        yield DescribedFigure(
            number.start, number.end, measures, group.words, Decimal(number.text), decimals, power, column
        )

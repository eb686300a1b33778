"""What a workpaper says beside a figure: tick marks, the formula that foots it, and what else it was tied to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import Check, DocumentReport, State
from ticktie.model.number import EXACT, ZERO, exact_sum
from ticktie.render import ticks
from ticktie.render.xlsx_sheets import Spot

#: The marks of states, beside the tick marks of agreement.
STATES: dict[State, str] = {"tied": "\u2713", "rounding": "\u2248", "broken": "\u2717", "unverified": "\u25cb"}
LEGEND = ticks.LEGEND | {
    STATES["tied"]: "takes part in a check that holds",
    STATES["rounding"]: "agrees within rounding only",
    STATES["broken"]: "does not agree",
    STATES["unverified"]: "open: nothing ties to it",
    "\u00b0": "restored: read through damage of the print",
}


class Footing(Struct, frozen=True):
    """The formula that adds up the items of a total in the signs of the print, and what it gives."""

    formula: str
    value: Decimal


def by_fact(checks: Iterable[Check]) -> dict[str, list[Check]]:
    """The checks that each figure took part in and that compared something."""
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        if check.outcome != "incomplete":
            for fact in dict.fromkeys((check.total, *(item for item, _ in check.items))):
                found[fact].append(check)
    return found


def marks(document: DocumentReport) -> dict[str, list[str]]:
    """The tick marks of each figure; those made by hand with their reference, initials and date."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in ticks.ticks(document):
        found[one.fact].append(one.mark if not one.by else f"{one.mark} ({one.reference}, {one.by})")
    return found


def tick(fact: Fact, state: State, own: Sequence[str]) -> str:
    """What stands beside ``fact``: its ``own`` marks, or its state where it has none or needs a look."""
    needed = [STATES[state]] if state != "tied" or not own else []
    return " ".join([*needed, *own]) + ("\u00b0" if fact.is_restored else "")


def footing(
    fact: Fact, checks: Iterable[Check], facts: Mapping[str, Fact], places: Mapping[str, Spot]
) -> Footing | None:
    """The footing of ``fact`` by the first printed sum that it is the total of; None where an item has no cell."""
    for check in checks:
        if check.rule.startswith("FOOT") and check.total == fact.id and _is_placed(check, facts, places):
            items = [(facts[item], _factor(fact, weight, facts[item])) for item, weight in check.items]
            total = exact_sum([EXACT.multiply(factor, printed(item)) for item, factor in items])
            return Footing(formula([(places[item.id], factor) for item, factor in items], places[fact.id].sheet), total)
    return None


def _is_placed(check: Check, facts: Mapping[str, Fact], places: Mapping[str, Spot]) -> bool:
    return all(item in places and fits(printed(facts[item])) for item, _ in check.items) and bool(check.items)


def printed(fact: Fact) -> Decimal:
    """The value of ``fact`` with the sign that the print gives it."""
    return (fact.value or ZERO) if fact.weight_in_print > 0 else EXACT.minus(fact.value or ZERO)


def fits(value: Decimal) -> bool:
    """Whether a spreadsheet holds ``value`` exactly: it keeps fifteen digits."""
    return len(value.normalize().as_tuple().digits) <= 15 and abs(value.adjusted()) < 300


def _factor(total: Fact, weight: Decimal, item: Fact) -> Decimal:
    """What the printed item counts in the printed total; the weights of a sum are those of the facts' signs."""
    return EXACT.multiply(weight, Decimal(total.weight_in_print * item.weight_in_print))


def formula(terms: Sequence[tuple[Spot, Decimal]], sheet: str) -> str:
    """``=SUM(C5:C8)-C9`` for terms on ``sheet``; neighbours that count once stand in one SUM."""
    runs: list[tuple[Spot, Spot, Decimal]] = []
    for spot, factor in sorted(terms, key=lambda term: (term[0].sheet, term[0].column, term[0].row)):
        if runs and _follows(runs[-1], spot, factor):
            runs[-1] = (runs[-1][0], spot, factor)
        else:
            runs.append((spot, spot, factor))
    text = "".join(_term(first, last, factor, sheet) for first, last, factor in runs)
    return "=" + text.removeprefix("+")


def _follows(run: tuple[Spot, Spot, Decimal], spot: Spot, factor: Decimal) -> bool:
    last = run[1]
    return (last.sheet, last.column, last.row + 1) == (spot.sheet, spot.column, spot.row) and run[2] == factor == 1


def _term(first: Spot, last: Spot, factor: Decimal, sheet: str) -> str:
    where = cell(first) if first.sheet == sheet else f"'{first.sheet}'!{cell(first)}"
    if first != last:
        return f"+SUM({where}:{cell(last)})"
    sign = "-" if factor < 0 else "+"
    size = factor.copy_abs()
    return f"{sign}{where}" if size == 1 else f"{sign}{size:f}*{where}"


def cell(spot: Spot) -> str:
    """``C5``: the name of a cell."""
    name, column = "", spot.column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"{name}{spot.row + 1}"


def ties(checks: Iterable[Check], facts: Mapping[str, Fact]) -> dict[str, list[tuple[str, str]]]:
    """For each table figure the claims tied to it, and for each claim the table figures: (fact id, outcome)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for check in checks:
        if check.outcome == "incomplete" or check.total not in facts:
            continue
        for item, _ in check.items:
            if item in facts and (facts[item].kind == "narrative") != (facts[check.total].kind == "narrative"):
                found[check.total].append((item, check.outcome))
                found[item].append((check.total, check.outcome))
    return {fact: list(dict.fromkeys(others)) for fact, others in found.items()}

"""A supplied row across its columns: a sign that its line item cannot have, a scale that its neighbours do not have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Context, Decimal
from typing import cast

from ticktie.check.book import Rule, RuleBook
from ticktie.check.form import ONE, Form
from ticktie.check.index import Index, local
from ticktie.check.tree import is_never_negative
from ticktie.check.trial import Trial
from ticktie.model.facts import Fact
from ticktie.model.number import EXACT, ZERO, scaled

#: Figures of one row are alike within this factor.
ALIKE = 10
#: So many figures of one unit say what its usual precision is.
_MANY = 5
_ROUGHLY = Context(prec=20)


def row_signs(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Negative figures of line items that cannot be negative and are not in the other columns of their row."""
    for row in _rows(index):
        if row[0].unit and (row[0].unit == "xbrli:shares" or is_never_negative(local(row[0].concept))):
            negative = [fact for fact in row if fact.number.value < 0]
            if len(negative) == 1 and any(fact.number.value > 0 for fact in row):
                yield _bound(rule, negative[0], ZERO, ">=")


def row_scales(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Figures a thousand (or a million) times too large or too small for their row, whose stated precision slipped as
    well: no other figure of their unit has it."""
    usual = _usual_decimals(index)
    for row in _rows(index):
        for fact in row:
            power = _slip(fact, row, usual.get(fact.unit))
            if power:
                yield _bound(rule, fact, *_limit(fact, power))


def _limit(fact: Fact, power: int) -> tuple[Decimal, str]:
    """What the figure must not pass: two thirds of the way (in orders of magnitude) to where it should be."""
    limit = scaled(fact.number.value, -power // 3 * 2)
    above = (fact.number.value > 0) == (power > 0)
    return limit, "<=" if above else ">="


def _slip(fact: Fact, row: list[Fact], usual: int | None) -> int:
    """The power of ten by which value and decimals slipped; 0 where they did not."""
    if fact.decimals is None or usual is None or fact.decimals == usual or not fact.value:
        return 0
    power = usual - fact.decimals
    if power not in (3, -3, 6, -6):
        return 0
    value = scaled(fact.number.value.copy_abs(), -power)
    others = [other.number.value.copy_abs() for other in row if other.decimals == usual and other.value]
    return power if any(value <= other * ALIKE and other <= value * ALIKE for other in others) else 0


def _usual_decimals(index: Index) -> dict[str | None, int]:
    """The decimals of most figures of each unit, where nearly all of them have them."""
    seen: defaultdict[str | None, Counter[int | None]] = defaultdict(Counter)
    for row in _rows(index):
        for fact in row:
            seen[fact.unit][fact.decimals] += 1
    usual: dict[str | None, int] = {}
    for unit, counts in seen.items():
        decimals, count = counts.most_common(1)[0]
        if decimals is not None and count >= _MANY and (count + 1) * 10 >= counts.total() * 9:
            usual[unit] = decimals
    return usual


def unlike(fact: Fact, value: Decimal | None, index: Index) -> int:
    """How much less ``value`` is like the other figures of the row of ``fact`` than what is stated: -2 to 2, below
    zero where it is more like them. A misread first digit leaves its row, and the right one returns to it."""
    others = [one.number.value for one in _row_of(fact, index) if one.id != fact.id and one.value]
    if value is None or not others:
        return 0
    stated, wanted = (min(_distance(size, other) for other in others) for size in (fact.number.value, value))
    nearer = next((step for step, factor in ((2, 8), (1, 2)) if stated >= wanted * factor), 0)
    farther = next((step for step, factor in ((2, 8), (1, 2)) if wanted >= stated * factor), 0)
    return farther - nearer


def _distance(value: Decimal, other: Decimal) -> Decimal:
    """How many times one is the other; more where the signs differ, a thousand times where one is zero."""
    small, large = sorted((value.copy_abs(), other.copy_abs()))
    if not small:
        return Decimal(1000)
    apart = min(_ROUGHLY.divide(large, small), Decimal(1000))
    return apart * 3 if (value < 0) != (other < 0) else apart


def _row_of(fact: Fact, index: Index) -> list[Fact]:
    if "row of" not in index.kept:
        index.kept["row of"] = {one.id: row for row in _rows(index) for one in row}
    return cast(dict[str, list[Fact]], index.kept["row of"]).get(fact.id, [])


def _rows(index: Index) -> list[list[Fact]]:
    """The supplied figures of each row of more than one column, looked up once."""
    if "rows" not in index.kept:
        rows: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
        for fact in index.facts.facts:
            if fact.origin == "supplied" and fact.value is not None and not fact.decimals_assumed:
                rows[(fact.concept, fact.unit, fact.entity, fact.dimensions)].append(fact)
        index.kept["rows"] = [row for row in rows.values() if len(row) > 1]
    return cast(list[list[Fact]], index.kept["rows"])


def _bound(rule: Rule, fact: Fact, limit: Decimal, relation: str) -> Trial:
    """The break of ``fact relation limit``."""
    value = fact.number.value
    return Trial(
        rule.id, "broken", fact.id, (), limit, value, EXACT.subtract(value, limit), ZERO,
        equation=Form.of({(fact.id,): ONE, (): EXACT.minus(limit)}), relation="<=" if relation == "<=" else ">=",
        ticks="none",
    )  # fmt: skip

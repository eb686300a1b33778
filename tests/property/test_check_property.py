"""Properties of the rules engine: rounding never alarms, order never matters, repairs repair, formulas round-trip."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ticktie.check import engine, rule
from ticktie.check.formula import (
    Absolute,
    Constant,
    First,
    Formula,
    Minus,
    Negative,
    Node,
    Optional,
    Plus,
    Reference,
    Sum,
    Times,
    compile_formula,
)
from ticktie.check.printing import power_of
from ticktie.model.facts import Fact, FactSet, Period, ShareOfCount
from ticktie.model.facts import Sum as PrintedSum
from ticktie.model.findings import Severity
from ticktie.model.number import round_to, scaled
from ticktie.model.source import Location

BOOK = rule.load()
MODES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)
PERIODS = tuple(Period(date(year, 12, 31), date(year, 1, 1)) for year in (2024, 2023))

#: A statement of true values: the standard concepts of each row, and its total rows as weighted items.
PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
ROWS = ("Revenues", "CostOfRevenue", "GrossProfit", "OperatingExpenses", "OperatingIncomeLoss",
        "NonoperatingIncomeExpense", PRETAX, "IncomeTaxExpenseBenefit", "NetIncomeLoss")  # fmt: skip
TOTALS = {2: ((0, 1), (1, -1)), 4: ((2, 1), (3, -1)), 6: ((4, 1), (5, 1)), 8: ((6, 1), (7, -1))}

amounts = st.integers(-(10**10), 10**10)


@st.composite
def true_columns(draw: st.DrawFn) -> list[list[Decimal]]:
    """True values of the statement, one column for each period, in cents."""
    columns = []
    for _ in PERIODS:
        column = [Decimal(draw(amounts)).scaleb(-2) for _ in ROWS]
        for total, items in TOTALS.items():
            column[total] = sum((column[row] * weight for row, weight in items), Decimal(0))
        columns.append(column)
    return columns


@st.composite
def rounded_documents(draw: st.DrawFn) -> FactSet:
    """A document of true values, each figure rounded to nearest in its own way, to the decimals of its row or claim."""
    columns = draw(true_columns())
    decimals = draw(st.sampled_from((0, -3, -6, 2)))
    facts, sums = [], []
    for at, column in enumerate(columns):
        facts += [figure(draw, f"{row}x{at}", row, value, at, decimals) for row, value in enumerate(column)]
        sums += [total_row(row, at) for row in TOTALS]
        for number, row in enumerate(draw(st.lists(st.integers(0, 8), max_size=5))):
            own = draw(st.integers(-7, 1))
            facts.append(replace(figure(draw, f"c{number}x{at}", row, column[row], at, own), kind="narrative"))
    facts += per_share(draw, columns)
    return FactSet(tuple(facts), tuple(sums))


def figure(draw: st.DrawFn, name: str, row: int, value: Decimal, at: int, decimals: int) -> Fact:
    rounded = round_to(value, decimals, draw(st.sampled_from(MODES)))
    where = Location("document", 1 + row, 1 + at)
    return Fact(name, f"us-gaap:{ROWS[row]}", rounded, decimals, "iso4217:USD", PERIODS[at], kind="table",
                label=ROWS[row], location=where)  # fmt: skip


def per_share(draw: st.DrawFn, columns: list[list[Decimal]]) -> list[Fact]:
    """Earnings per share and shares of which net income is the true product."""
    found = []
    for at, column in enumerate(columns):
        shares = Decimal(draw(st.integers(1, 10**9)))
        earnings = round_to((column[8] / shares).quantize(Decimal("1e-12")), 2, draw(st.sampled_from(MODES)))
        common = {"period": PERIODS[at], "kind": "table", "location": Location("document", 20, 1 + at)}
        found.append(Fact(f"e{at}", "us-gaap:EarningsPerShareBasic", earnings, 2, "iso4217:USD/xbrli:shares", **common))
        found.append(Fact(f"s{at}", "us-gaap:WeightedAverageNumberOfSharesOutstandingBasic",
                          round_to(shares, draw(st.sampled_from((0, -3)))), -3, "xbrli:shares", **common))  # fmt: skip
    return found


def total_row(row: int, at: int) -> PrintedSum:
    items = tuple((f"{item}x{at}", Decimal(weight)) for item, weight in TOTALS[row])
    return PrintedSum(f"s{row}x{at}", f"{row}x{at}", items, table="statement", line=f"line {row}")


@settings(max_examples=150, deadline=None)
@given(rounded_documents())
def test_true_values_rounded_in_any_way_never_raise_an_error_or_a_warning(facts: FactSet) -> None:
    """Rounding alone is at most a note."""
    loud = [found for found in engine.check(facts, BOOK).findings if found.severity > Severity.NOTE]
    assert not loud, loud[0].message


@settings(max_examples=60, deadline=None)
@given(rounded_documents(), st.integers(0, 2**32), st.integers(0, 8))
def test_verdict_does_not_depend_on_the_order_of_facts_or_rules(facts: FactSet, seed: int, row: int) -> None:
    """Also of a document with an error in it."""
    wrong = tuple(
        replace(one, value=one.value + 10**9) if one.id == f"{row}x0" and one.value else one for one in facts.facts
    )
    facts = replace(facts, facts=wrong)
    random, rules = Random(seed), list(BOOK.rules)
    shuffled = [random.sample(given, len(given)) for given in (facts.facts, facts.sums)]
    random.shuffle(rules)
    other = engine.check(FactSet(tuple(shuffled[0]), tuple(shuffled[1])), rule.RuleBook(tuple(rules)))
    assert other == engine.check(facts, BOOK)


@st.composite
def footing_documents(draw: st.DrawFn) -> FactSet:
    """A statement in thousands that foots to the last digit in both columns."""
    facts, sums = [], []
    for at in range(len(PERIODS)):
        column = [Decimal(draw(st.integers(1, 10**6))) * 1000 for _ in ROWS]
        for total, items in TOTALS.items():
            column[total] = sum((column[row] * weight for row, weight in items), Decimal(0))
        facts += [figure(draw, f"{row}x{at}", row, value, at, -3) for row, value in enumerate(column)]
        sums += [total_row(row, at) for row in TOTALS]
    return FactSet(tuple(facts), tuple(sums))


@settings(max_examples=150, deadline=None)
@given(footing_documents(), st.integers(0, 8), st.data())
def test_document_with_its_repair_is_clean(facts: FactSet, row: int, data: st.DataObject) -> None:
    """Whatever is said with certainty to be the repair makes every finding go away."""
    target = facts.by_id[f"{row}x0"]
    digits = str(int(abs(target.value or 0)) // 1000)
    at = data.draw(st.integers(0, len(digits) - 1))
    misread = digits[:at] + data.draw(st.sampled_from("0123456789")) + digits[at + 1 :]
    value = Decimal(int(misread) * 1000).copy_sign(target.value or Decimal(1))
    broken = with_value(facts, target.id, value)
    verdict = engine.check(broken, BOOK)
    assert bool(verdict.findings) == (value != target.value)
    for found in verdict.findings:
        for repair in found.repairs:
            repaired = broken
            for edit in repair.edits:
                repaired = with_value(repaired, edit.fact, reading(edit.after, broken.by_id[edit.fact]))
            assert not [one for one in engine.check(repaired, BOOK).findings if set(one.checks) & set(found.checks)]
            if len(found.repairs) == 1:
                assert repaired.by_id[target.id].value == target.value


def with_value(facts: FactSet, identifier: str, value: Decimal) -> FactSet:
    return replace(
        facts, facts=tuple(replace(one, value=value) if one.id == identifier else one for one in facts.facts)
    )


def reading(text: str, fact: Fact) -> Decimal:
    """A repaired figure, read back as a reader would: brackets are a minus sign."""
    number = scaled(Decimal(re.sub(r"[^\d.]", "", text)), power_of(fact))
    return -number if "(" in text else number


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 3000), st.data(), st.integers(0, 4), st.sampled_from(MODES))
def test_share_of_a_true_count_is_never_more_than_a_note(
    whole: int, data: st.DataObject, decimals: int, mode: str
) -> None:
    """Every count of every whole, rounded to nearest in any way."""
    count = data.draw(st.integers(0, whole))
    share = round_to((Decimal(count) / whole).quantize(Decimal("1e-20")), decimals + 2, mode)
    where = {"period": None, "kind": "narrative", "location": Location("document", 1, 1)}
    pair = (
        Fact("p", "ext:Share", share, decimals + 2, None, **where),
        Fact("n", "ext:Count", Decimal(whole), None, "x", **where),
    )
    found = engine.check(FactSet(pair, shares=(ShareOfCount("p", "n"),)), BOOK).findings
    assert all(one.severity == Severity.NOTE for one in found)


def nodes() -> st.SearchStrategy[Node]:
    """Every tree of the language."""
    names = st.sampled_from(("Assets", "StockholdersEquity", "my:Own", "None", "first"))
    shifts = st.sampled_from(("", "opening", "closing", "prior", "year_ago"))
    leaves = st.builds(Reference, names, shifts) | st.builds(
        Constant, st.decimals(0, 1000, allow_nan=False, allow_infinity=False, places=3)
    )
    return st.recursive(leaves, grown, max_leaves=12)


def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    pairs = [st.builds(kind, inner, inner) for kind in (Plus, Minus, Times)]
    wrapped = [st.builds(kind, inner) for kind in (Negative, Absolute, Optional)]
    return st.one_of(*pairs, *wrapped, st.builds(Sum, several), st.builds(First, several))


@settings(max_examples=300, deadline=None)
@given(nodes(), st.sampled_from(("==", "<=", ">=")), nodes())
def test_formula_round_trips_through_its_text(left: Node, relation: str, right: Node) -> None:
    """What is written compiles to the tree that was written."""
    formula = Formula(left, relation, right)  # type: ignore[arg-type]
    assert compile_formula(str(formula)) == formula

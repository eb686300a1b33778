"""Joint feasibility: what single checks pass and no true values satisfy, with a certificate in exact arithmetic."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ticktie.check import engine, feasibility, rule
from ticktie.check.index import build
from ticktie.model.facts import Fact, FactSet, Sum
from ticktie.model.number import round_to
from ticktie.model.place import Location

BOOK = rule.load().where(lambda one: one.id in ("FOOT001", "FOOT011"))
ASKED = BOOK.asking("feasibility")
#: Three totals over the same four items, as weights.
TOTALS = {"s": (1, 1, 0, 0), "t": (0, 1, 1, 0), "u": (1, 1, 1, 1), "v": (1, 0, -1, 0), "w": (0, 0, 1, 1)}

ITEMS = tuple(Decimal(value) for value in (100000, 200000, 300000, 400000))
#: Each total is off by one, which rounding permits; s - t = v would need three roundings to be as far off as two are.
CONFLICT = {"s": Decimal(301000), "t": Decimal(499000), "v": Decimal(-201000)}


def document(items: tuple[Decimal, ...], totals: dict[str, Decimal]) -> FactSet:
    """Items and totals in thousands, and the sums that the print shows."""
    values = {**{f"i{at}": value for at, value in enumerate(items)}, **totals}
    facts = tuple(
        Fact(name, f"ext:{name.upper()}", value, -3, "iso4217:USD", None, kind="table", location=Location("d", at, 1))
        for at, (name, value) in enumerate(values.items(), 1)
    )
    sums = tuple(
        Sum(f"sum-{name}", name, tuple((f"i{at}", Decimal(w)) for at, w in enumerate(TOTALS[name]) if w))
        for name in totals
    )
    return FactSet(facts, sums)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(-(10**7), 10**7)] * 4))
def test_true_values_rounded_are_always_feasible(items: tuple[int, ...]) -> None:
    """Rounding alone is no conflict, however many sums share the figures."""
    totals = {name: sum(w * i for w, i in zip(weights, items, strict=True)) for name, weights in TOTALS.items()}
    rounded = {name: round_to(Decimal(value), -3) for name, value in totals.items()}
    facts = document(tuple(round_to(Decimal(item), -3) for item in items), rounded)
    assert engine.check(facts, ASKED).findings == ()


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(-1, 1)] * 5))
def test_a_conflict_is_what_no_true_values_satisfy(off: tuple[int, ...]) -> None:
    """Found exactly where a grid of true values, in sixths of the last digit, has no solution either."""
    items = (100, 200, 300, 400)
    totals = {
        name: Decimal(1000 * (sum(w * i for w, i in zip(weights, items, strict=True)) + shift))
        for (name, weights), shift in zip(TOTALS.items(), off, strict=True)
    }
    verdict = engine.check(document(tuple(Decimal(1000 * item) for item in items), totals), ASKED)
    assert bool([one for one in verdict.findings if one.rule == "FOOT011"]) == (not has_solution(off))


def has_solution(off: tuple[int, ...]) -> bool:
    """Whether rounding errors of the items, in sixths, bring every total within half a digit of its stated value."""
    steps = range(-3, 4)
    return any(
        all(
            abs(sum(w * e for w, e in zip(weights, (a, b, c, d), strict=True)) - 6 * shift) <= 3
            for weights, shift in zip(TOTALS.values(), off, strict=True)
        )
        for a in steps
        for b in steps
        for c in steps
        for d in steps
    )


def test_the_conflict_is_smallest_and_its_certificate_exact() -> None:
    """Without any one of its equations the rest is feasible; the combined identity excludes zero."""
    facts = document(ITEMS, {**CONFLICT, "u": Decimal(1000000)})
    index = build(facts)
    trials = engine.trials(index, BOOK)
    (found,) = feasibility.conflicts("FOOT011", trials, index)
    assert found.residual is not None and found.allowed is not None and abs(found.residual) > found.allowed
    for without in trials:
        assert list(feasibility.conflicts("X", [one for one in trials if one is not without], index)) == [] or (
            without.total == "u"
        )


def test_it_is_an_option() -> None:
    """Without being asked nothing is said, and no solver is imported."""
    facts = document(ITEMS, CONFLICT)
    assert engine.check(facts, BOOK).findings == ()
    program = "import sys, ticktie.check.engine; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

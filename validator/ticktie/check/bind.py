"""A formula bound to the facts of one setting: which fact stands for each concept, and what must then vanish."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ticktie.check.form import ONE, Form
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
)
from ticktie.check.index import Index, Setting
from ticktie.check.trial import Items, Ticks, Trial
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO

Compound = Plus | Minus | Times | Negative | Absolute | Sum
#: The id of the fact that stands for a concept, None where none does; the flag says whether a claim may.
Lookup = Callable[[Reference, bool], str | None]


def lookup(index: Index, setting: Setting, chosen: dict[Reference, str] | None = None) -> Lookup:
    """How concepts are found in ``setting``: the most precise table fact, else (if asked) the first claim."""

    def find(reference: Reference, claims: bool) -> str | None:
        if chosen and reference in chosen:
            return chosen[reference]
        where = index.moved(reference.concept, setting, reference.at)
        if where is None:
            return None
        found = index.stated(reference.concept, where) or (index.claimed(reference.concept, where) if claims else [])
        return found[0].id if found else None

    return find


def bind(formula: Formula, index: Index, find: Lookup, *, claims: bool = False) -> tuple[Form, Form] | None:
    """Both sides over the facts that ``find`` gives; None where a concept that is not optional is absent."""
    left, right = (_form(side, index, find, claims) for side in (formula.left, formula.right))
    return None if left is None or right is None else (left, right)


def _form(node: Node, index: Index, find: Lookup, claims: bool) -> Form | None:
    if isinstance(node, Constant):
        return Form.constant(node.value)
    if isinstance(node, Reference):
        found = find(node, claims)
        return None if found is None else Form.fact(found)
    if isinstance(node, Optional):
        inner = _form(node.of, index, find, False)
        return Form() if inner is None else inner
    if isinstance(node, First):
        return _first(node, index, find, claims)
    return _compound(node, index, find, claims)


def _first(node: First, index: Index, find: Lookup, claims: bool) -> Form | None:
    for allowed in dict.fromkeys((False, claims)):
        for alternative in node.alternatives:
            form = _form(alternative, index, find, allowed)
            if form is not None:
                return form
    return None


def _compound(node: Compound, index: Index, find: Lookup, claims: bool) -> Form | None:
    if isinstance(node, (Negative, Absolute)):
        inner = _form(node.of, index, find, claims)
        if inner is None:
            return None
        negative = isinstance(node, Negative) or inner.value(index.numbers) < 0
        return -inner if negative else inner
    terms = node.terms if isinstance(node, Sum) else (node.left, node.right)
    forms = [_form(term, index, find, claims) for term in terms]
    present = [form for form in forms if form is not None]
    return _combined(node, present) if len(present) == len(forms) else None


def _combined(node: Plus | Minus | Times | Sum, forms: list[Form]) -> Form:
    if isinstance(node, Minus):
        return forms[0] - forms[1]
    if isinstance(node, Times):
        return forms[0] * forms[1]
    total = forms[0]
    for form in forms[1:]:
        total = total + form
    return total


def judge(rule: str, formula: Formula, sides: tuple[Form, Form], index: Index) -> Trial:
    """The trial of a bound formula: the total is the left side where that is one figure, else the first figure."""
    left, right = sides
    equation = left - right
    actual, expected = left.value(index.numbers), right.value(index.numbers)
    residual = EXACT.subtract(actual, expected)
    allowed = slack(equation, residual, index)
    total, items = arranged(left, right)
    outcome = _outcome(formula, equation, residual, allowed, index)
    ticks: Ticks = "all" if formula.relation == "==" else "none"
    return Trial(
        rule, outcome, total, items, expected, actual, residual, allowed,
        equation=equation, relation=formula.relation, ticks=ticks,
    )  # fmt: skip


def slack(equation: Form, residual: Decimal, index: Index) -> Decimal:
    """The largest distance from zero that the intervals permit, on the side where ``residual`` lies."""
    if equation.is_linear:
        return equation.spread(index.numbers)
    interval = equation.interval(index.numbers)
    near = EXACT.subtract(residual, interval.low) if residual >= 0 else EXACT.subtract(interval.high, residual)
    return max(near, ZERO)


def arranged(left: Form, right: Form) -> tuple[str, Items]:
    """The total and the items with their weights; a product's factors are items of weight 1."""
    single = len(left.terms) == 1 and len(left.terms[0][0]) == 1 and left.terms[0][1] == 1
    total = left.facts[0] if single else (left.facts or right.facts)[0]
    rest = right.terms if single else (left - right - Form.fact(total)).terms
    sign = ONE if single else -ONE
    weights: dict[str, Decimal] = {}
    for monomial, weight in rest:
        for fact in monomial:
            weights[fact] = sign * weight if len(monomial) == 1 else ONE
    return total, tuple(weights.items())


def _outcome(formula: Formula, equation: Form, residual: Decimal, allowed: Decimal, index: Index) -> Outcome:
    if formula.relation == "==":
        if residual.copy_abs() > allowed:
            return "broken"
        return "tied" if not residual or _one_explains(equation, residual, index) else "rounding"
    beyond = residual if formula.relation == "<=" else residual.copy_negate()
    return "tied" if beyond <= 0 else "rounding" if beyond <= allowed else "broken"


def _one_explains(equation: Form, residual: Decimal, index: Index) -> bool:
    """Whether one figure of a product, moved within its own last digit, makes the equality exact: it was rounded."""
    if equation.is_linear:
        return False
    for fact in equation.facts:
        slope = equation.slope(fact, index.numbers)
        stated = index.numbers[fact].interval
        reach = EXACT.multiply(EXACT.subtract(stated.high, stated.low), (slope or ZERO).copy_abs())
        if reach and residual.copy_abs() * 2 <= reach:
            return True
    return False

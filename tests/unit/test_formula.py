"""The language of ``holds``: what it reads, what it refuses and where, what it computes."""

from __future__ import annotations

import pytest

from ticktie.check import engine, rule
from ticktie.check.formula import FormulaError, Reference, compile_formula
from ticktie.model.findings import Verdict

from .cases import fact_set

Q, Y1 = "2024-01-01/2024-03-31", "2023-01-01/2023-03-31"


def check(holds: str, *facts: str) -> Verdict:
    """The verdict of one formula on the facts."""
    from pathlib import Path

    keys = ("name", "summary", "why", "remedy", "source", "added")
    words = "\n".join(f"{key} = 'x'" for key in keys)
    text = f"id = 'CALC001'\nkind = 'formula'\nseverity = 'error'\n{words}\nholds = '''{holds}'''"
    return engine.check(fact_set(facts), rule.RuleBook((rule.parse_rule(text, Path("x.toml")),)))


def outcomes(holds: str, *facts: str) -> list[str]:
    return [one.outcome for one in check(holds, *facts).checks]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Assets", 1),
        ("A == B == C", 11),
        ("A != B", 6),
        ("A == B / C", 6),
        ("A == B ** 2", 6),
        ("A == __import__('os')", 6),
        ("A == B.c", 6),
        ("A == [B for B in C]", 6),
        ("A == (lambda: B)()", 6),
        ("A == 'text'", 6),
        ("A == True", 6),
        ("A == 1j", 6),
        ("A == 0x10", 6),
        ("A == 1e999", 6),
        ("A == opening(B + C)", 6),
        ("A == opening(prior(B))", 6),
        ("A == optional(B, C)", 6),
        ("A == first()", 6),
        ("A == sum(of=B)", 6),
        ("A == concept(B)", 6),
        ("A == B +", 9),
        ("A == B if C else D", 1),
    ],
)
def test_anything_else_is_refused_with_its_column(text: str, column: int) -> None:
    """An expression can neither run code nor loop; the error says where it left the language."""
    with pytest.raises(FormulaError) as raised:
        compile_formula(text)
    assert raised.value.column == column


@pytest.mark.parametrize(
    "text", ["(" * 500 + "A" + ")" * 500 + " == B", "A == " + "-" * 3000 + "B", "A == " + "B + " * 2000 + "B"]
)
def test_deep_or_long_expressions_are_refused_not_followed(text: str) -> None:
    """No recursion error escapes."""
    with pytest.raises(FormulaError):
        compile_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "A == B + C - D",
        "A == B - (C - D)",
        "A * B == -(C + D) * 0.5",
        "abs(A) <= first(B, C + optional(D))",
        "closing(A) == opening(A) + sum(B, C)",
        "concept('my:Own') >= 1",
        "A == (B * C) * D - -E",
    ],
)
def test_formula_that_is_written_compiles_to_itself(text: str) -> None:
    """Round trip: the written tree is the tree."""
    formula = compile_formula(text)
    assert compile_formula(str(formula)) == formula


def test_references_are_named_once_in_order() -> None:
    """Where a concept is looked up belongs to the reference."""
    found = compile_formula("A == opening(A) + B + A").references
    assert found == (Reference("A"), Reference("A", "opening"), Reference("B"))


def test_formula_is_tried_in_every_setting_where_its_concepts_stand() -> None:
    """Two periods, two checks; another currency stands apart."""
    facts = [
        f"a{n} A {period} {value} 0 unit={unit}"
        for n, (period, value, unit) in enumerate([(Q, 5, "usd"), (Y1, 7, "usd"), (Q, 9, "eur")])
    ]
    others = [
        f"b{n} B {period} {value} 0 unit={unit}"
        for n, (period, value, unit) in enumerate([(Q, 5, "usd"), (Y1, 70, "usd"), (Q, 9, "eur")])
    ]
    assert sorted(outcomes("A == B", *facts, *others)) == ["broken", "tied", "tied"]


def test_absent_concept_is_no_check_and_an_optional_one_counts_as_nothing() -> None:
    """All of the printed items, or none."""
    assert outcomes("A == B + C", f"a A {Q} 5 0", f"b B {Q} 5 0") == []
    assert outcomes("A == B + optional(C)", f"a A {Q} 5 0", f"b B {Q} 5 0") == ["tied"]


def test_first_takes_the_first_alternative_that_stands() -> None:
    """Also where an alternative is a sum."""
    facts = (f"a A {Q} 5 0", f"c C {Q} 2 0", f"d D {Q} 3 0")
    assert outcomes("A == first(B, C + D)", *facts) == ["tied"]


def test_opening_and_closing_are_instants_at_the_ends_of_a_duration() -> None:
    """Cash at the start plus the change is cash at the end; a fiscal year end a day off still meets."""
    facts = ("o Cash 2023-12-31 10 0", f"x Change {Q} 5 0", "c Cash 2024-03-31 15 0")
    assert outcomes("closing(Cash) == opening(Cash) + Change", *facts) == ["tied"]
    assert outcomes("closing(Cash) == opening(Cash) + Change", "o Cash 2023-12-30 10 0", *facts[1:]) == ["tied"]


def test_prior_and_year_ago_are_periods_of_the_same_length() -> None:
    """The quarter before, and the same quarter of the year before (13 weeks may end on another day)."""
    assert outcomes("A == prior(A) + 1", f"a A {Q} 5 0", "b A 2023-10-01/2023-12-31 4 0") == ["tied"]
    assert outcomes("A == year_ago(A) + 1", f"a A {Q} 5 0", "b A 2023-01-02/2023-04-02 4 0") == ["tied"]


def test_product_holds_where_some_true_values_satisfy_it() -> None:
    """Product form: nothing is divided, zero is no special case."""
    assert outcomes("N == E * S", f"n N {Q} 0 0", f"e E {Q} 0.00 2", f"s S {Q} 100 0") == ["tied"]
    assert outcomes("N == E * S", f"n N {Q} 40 0", f"e E {Q} 0.00 2", f"s S {Q} 100 0") == ["broken"]


def test_duplicates_that_differ_are_not_judged_unless_one_of_them_holds() -> None:
    """Which of two figures is meant is a question of the duplicates, not of the formula."""
    facts = (f"a A {Q} 5 0", f"b B {Q} 5 0", f"c B {Q} 9 0")
    assert outcomes("A == B", *facts) == ["tied"]
    assert outcomes("A == B", f"a A {Q} 7 0", *facts[1:]) == []


def test_absolute_value_is_of_either_sign() -> None:
    """abs(-5) is 5."""
    assert outcomes("abs(A) == B", f"a A {Q} -5 0", f"b B {Q} 5 0") == ["tied"]

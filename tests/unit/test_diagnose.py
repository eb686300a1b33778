"""Diagnosis: one finding for a group, the culprit that evidence leaves, the repair in the style of the print."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ticktie.check import engine, rule
from ticktie.check.printing import DOUBTFUL, UNEXPLAINED, cause, core, reprinted
from ticktie.model.facts import Fact
from ticktie.model.findings import Finding, Verdict

from .cases import fact, fact_set

BOOK = rule.load()
Y = "2023-12-31"
#: Two columns of a statement: revenue a + b = t, costs c + d = u, result t - u = r; the second column is whole.
COLUMN = {"a": 3207, "b": 2919, "t": 6126, "c": 11860, "d": 3678, "u": 15538, "r": -9412}
SUMS = ("1: t = a + b", "2: u = c + d", "3: r = t - u")


def statement(**wrong: int) -> Verdict:
    """The verdict on the statement with some figures wrong in its first column."""
    facts = [f"{key} ext:{key.upper()} 2024-12-31 {wrong.get(key, value)}000 -3" for key, value in COLUMN.items()]
    facts += [f"{key}2 ext:{key.upper()} {Y} {value}000 -3" for key, value in COLUMN.items()]
    other = [f"{name}2: {'2 '.join(body.split(' '))}" for name, body in (line.split(": ") for line in SUMS)]
    other = [line.replace("=2", "=").replace("+2", "+").replace("-2", "-") + "2" for line in other]
    return engine.check(fact_set(facts, [*SUMS, *other]), BOOK)


@pytest.mark.parametrize(
    ("key", "wrong", "before", "after", "why"),
    [
        ("t", 6726, "6,726", "6,126", "one digit was misread"),
        ("u", 15583, "15,583", "15,538", "two neighbouring digits are swapped"),
        ("u", 1538, "1,538", "15,538", "a digit was dropped"),
        ("t", 61226, "61,226", "6,126", "a digit was added"),
        ("r", 9412, "9,412", "(9,412)", "the sign is wrong"),
        ("r", -9412000, "(9,412,000)", "(9,412)", "the scale slipped by thousands"),
    ],
)
def test_one_wrong_figure_in_two_sums_is_found_and_repaired(
    key: str, wrong: int, before: str, after: str, why: str
) -> None:
    """Every broken sum holds with the repair, and nothing that held breaks."""
    (found,) = statement(**{key: wrong}).findings
    assert found.culprit == key
    (repair,) = found.repairs
    assert [(edit.before, edit.after) for edit in repair.edits] == [(before, after)] and repair.cause == why


def test_figure_in_one_sum_only_leaves_candidates_ranked_by_how_such_errors_happen() -> None:
    """a, b and nothing else could be wrong: t is proved by another sum."""
    verdict = statement(a=3201)
    (found,) = verdict.findings
    assert found.candidates[0] in ("a", "b") and set(found.candidates) <= {"a", "b"}
    assert "t" not in found.candidates
    assert all(verdict.states[candidate] == "broken" for candidate in found.candidates if found.culprit is None)


def test_candidate_that_no_common_error_explains_gives_way_to_one_that_a_misread_digit_does() -> None:
    """2,919 would have to read 3,619 (no), 3,907 should read 3,207 (one digit)."""
    (found,) = statement(a=3907, b=2919).findings
    assert found.culprit in ("a", None)


def test_two_wrong_figures_in_one_group_are_one_finding_with_two_edits() -> None:
    """The total and the result are both misread."""
    (found,) = statement(t=6726, u=15338).findings
    assert {edit.fact for repair in found.repairs for edit in repair.edits} == {"t", "u"}


def test_claim_and_table_that_nothing_proves_are_both_candidates() -> None:
    """Without a sum nobody knows which one is wrong: both states are broken."""
    verdict = engine.check(
        fact_set(["t Revenues 2024-12-31 1951000 -3", "c Revenues 2024-12-31 1100000 -5 claim"]), BOOK
    )
    (found,) = verdict.findings
    assert found.culprit is None and set(found.candidates) == {"t", "c"}
    assert verdict.states == {"t": "broken", "c": "broken"}


def test_claim_helps_to_find_the_wrong_figure_of_a_column() -> None:
    """b is what the text says, so a is wrong."""
    facts = ["a ext:A 2024-12-31 3907000 -3", "b ext:B 2024-12-31 2919000 -3", "t ext:T 2024-12-31 6126000 -3"]
    claims = ["x ext:B 2024-12-31 2919000 -3 claim", "y ext:T 2024-12-31 6126000 -3 claim"]
    (found,) = engine.check(fact_set([*facts, *claims], ["s: t = a + b"]), BOOK).findings
    assert found.culprit == "a"


#: Two sums that foot; the text repeats a with fewer digits.
CUT = [
    "a ext:A 2024-12-31 1051000 -3", "b ext:B 2024-12-31 3886000 -3", "t ext:T 2024-12-31 4937000 -3",
    "u ext:U 2024-12-31 5000 -3", "v ext:V 2024-12-31 2000 -3", "w ext:W 2024-12-31 3000 -3",
]  # fmt: skip


def cut(*changed: str, claim: str = "1000000 -5") -> tuple[Finding, ...]:
    """What is found where the text says $1.0 million of 1,051, with other lines for some figures."""
    lines = {line.split()[0]: line for line in (*CUT, f"x ext:A 2024-12-31 {claim} claim printed=$1.0_million")}
    lines.update({line.split()[0]: line for line in changed})
    return engine.check(fact_set(list(lines.values()), ["s: t = a + b", "r: u = v + w"]), BOOK).findings


def test_claim_that_cuts_its_figure_off_does_not_prove_that_the_figure_is_wrong() -> None:
    """1,051 + 3,896 is not 4,937: 1,041 would suit the sum and the text, 3,886 the sum of a writer who cuts off."""
    (found,) = cut("b ext:B 2024-12-31 3896000 -3")
    assert found.culprit is None and set(found.candidates) >= {"a", "b"} and len(found.repairs) != 1


def test_claim_that_would_be_cut_off_by_the_right_figure_does_not_rule_it_out() -> None:
    """1,011 for 1,051 suits the text; the sum knows better, and nobody knows which figure of it is wrong."""
    (found,) = cut("a ext:A 2024-12-31 1011000 -3", "b ext:B 2024-12-31 3886000 -3")
    assert "a" in found.candidates and len(found.repairs) != 1


def test_claim_that_is_far_off_still_proves_which_figure_is_wrong() -> None:
    """No writer cuts 1,951 off to 1.0: a is wrong, in the sum and against the text."""
    (found,) = cut("a ext:A 2024-12-31 1951000 -3", claim="1100000 -5")
    assert found.culprit == "a"
    assert [edit.after for repair in found.repairs for edit in repair.edits] == ["1,051"]


def test_zero_is_no_figure_that_lost_its_digits_unless_nothing_else_is_wrong() -> None:
    """0 -> 50 is one candidate beside others, and never the only repair."""
    facts = ["a ext:A 2024-12-31 1001000 -3", "z ext:Z 2024-12-31 0 -3", "t ext:T 2024-12-31 1051000 -3"]
    (found,) = engine.check(fact_set(facts, ["s: t = a + z"]), BOOK).findings
    assert found.culprit is None and "a" in found.candidates
    assert cause(fact("z ext:Z 2024-12-31 0 -3"), Decimal(50000)).rank == DOUBTFUL
    assert cause(fact("z ext:Z 2024-12-31 0 -3"), Decimal(57000)).rank == UNEXPLAINED


def test_leading_digit_read_as_zero_is_one_misread_digit() -> None:
    """103 -> 003, which a facts file states as 3; 164 for 5,164 lost its first digit."""
    assert cause(fact("f ext:F 2024-12-31 3000 -3"), Decimal(103000)).words == "one digit was misread"
    assert cause(fact("f ext:F 2024-12-31 164000 -3"), Decimal(5164000)).words == "a digit was dropped"


def columns(*lines: str) -> tuple[Finding, ...]:
    """What is found in two columns of items i and j, their total t and (of t and k) a total u, in thousands."""
    facts = [f"{name}{at} ext:{name.upper()} {day} {value}000 -3" for name, values in map(_row, lines)
             for at, (day, value) in enumerate(zip(("2024-12-31", Y), values, strict=True))]  # fmt: skip
    sums = [f"{at}t: t{at} = i{at} + j{at}" for at in (0, 1)] + [f"{at}u: u{at} = v{at} + w{at}" for at in (0, 1)]
    return engine.check(fact_set(facts, sums), BOOK).findings


def _row(line: str) -> tuple[str, list[str]]:
    name, *values = line.split()
    return name, values


def test_figure_exchanged_with_a_dash_is_no_figure_of_another_scale() -> None:
    """47,884 and 0 exchanged: 0.047884 would suit the sum within rounding, and nobody printed it."""
    (found,) = columns("i 0 47884", "j 113145 111316", "t 161029 111316", "u 5 7", "v 2 3", "w 3 4")
    (repair,) = found.repairs
    assert [(edit.fact, edit.after) for edit in repair.edits] == [("i0", "47,884"), ("i1", "0")]


def test_exchange_that_two_rows_explain_is_left_open() -> None:
    """The totals or the items stand in each other's column: nobody knows which."""
    (found,) = columns("i 9632 9081", "j 23 23", "t 9104 9655", "u 5 7", "v 2 3", "w 3 4")
    assert found.culprit is None and {"t0", "t1", "i0", "i1"} <= set(found.candidates)
    assert len(found.repairs) != 1


def printed(text: str, value: str, decimals: int, kind: str = "table") -> Fact:
    words = " claim" if kind == "narrative" else ""
    return fact(f"f ext:F 2024-12-31 {value} {decimals}{words} printed={text.replace(' ', '_')}")


@pytest.mark.parametrize(
    ("text", "value", "decimals", "new", "after"),
    [
        ("1,051", "1051000", -3, "1015000", "1,015"),
        ("$ (9,397)", "-9397000", -3, "-9379000", "$ (9,379)"),
        ("(9,397)", "-9397000", -3, "9397000", "9,397"),
        ("9,397", "9397000", -3, "-9397000", "(9,397)"),
        ("3 207", "3207000", -3, "3201000", "3,201"),
        ("999", "999000", -3, "1999000", "1,999"),
        ("5164", "5164000", -3, "5146000", "5146"),
        ("(0.19)", "-0.19", 2, "-0.1", "(0.10)"),
        ("2,190 858", "858000", -3, "856000", "2,190 856"),
    ],
)
def test_repair_keeps_the_style_of_the_print(text: str, value: str, decimals: int, new: str, after: str) -> None:
    """Scale, thousands commas, brackets, dollar signs and neighbours in the cell stay as they are."""
    assert reprinted(printed(text, value, decimals), Decimal(new)) in (after, after.replace(",", ""))


def test_repair_of_a_claim_keeps_its_words() -> None:
    """$1.0 million becomes $1.1 million."""
    claim = printed("$1.0 million", "1000000", -5, "narrative")
    assert reprinted(claim, Decimal(1100000)) == "$1.1 million"
    assert cause(claim, Decimal(1100000)).words == "the figure was cut off, not rounded"


def test_figure_that_was_read_otherwise_than_printed_is_printed_anew() -> None:
    """Letters among the digits: the repair is the figure itself."""
    odd = printed("F 1C4", "5164000", -3)
    assert core(odd) is None and reprinted(odd, Decimal(5164000)) == "5,164"

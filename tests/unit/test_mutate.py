"""Mutation testing for numbers: which errors are made, what is said of each, and that nothing is left to chance."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import PROJECT
from ticktie.check.engine import check
from ticktie.cli.main import main
from ticktie.gate.errors import KINDS, Injection, injections, sampled
from ticktie.gate.mutate import Outcome, judging, mutate, tally
from ticktie.gate.recheck import baseline, recheck
from ticktie.model.facts import Fact, FactSet
from ticktie.model.findings import Finding
from ticktie.model.number import plain
from ticktie.pipeline import extract_document, rule_book

from .cases import fact, fact_set

SAMPLE = PROJECT / "samples" / "tallow_creek_bakeries.txt"
Q = "2024-01-01/2024-03-31"
#: A table whose columns foot: what supplied facts look like.
TABLE = fact_set(
    [
        f"{row}{column} ext:{row} {year}-12-31 {value} -3 supplied"
        for row, values in (("A", (7321, 4211)), ("B", (3113, 3057)), ("T", (10434, 7268)))
        for column, (year, value) in enumerate(zip((2024, 2023), (f"{v}000" for v in values), strict=True))
    ]
)


def values(line: str, kind: str, *, likely: bool = False) -> list[str]:
    """The wrong values that ``kind`` makes of one fact."""
    wrong = injections([fact(line)], (kind,), likely=likely)
    return [plain(one.wrong[0].value or Decimal(0)) for one in wrong]


def test_every_digit_is_read_as_every_other() -> None:
    """Two digits, nine others each; a leading digit may become zero."""
    found = values("a Assets 2024-12-31 42000 -3", "digit")
    assert len(found) == len(set(found)) == 18
    assert {"2000", "92000", "40000", "49000"} <= set(found)


def test_in_print_a_digit_is_read_as_those_that_look_like_it() -> None:
    """1 and 7; 0, 6 and 8."""
    assert values("a Assets 2024-12-31 1 0", "digit", likely=True) == ["7"]
    assert values("a Assets 2024-12-31 0 0", "digit", likely=True) == ["6", "8"]


def test_digits_are_those_of_the_last_stated_place() -> None:
    """0.20 to two decimals has three digits; an amount with digits beyond its decimals keeps them all."""
    assert values("a EarningsPerShareBasic 2024-12-31 0.2 2", "transposition") == ["2", "0.02"]
    assert len(values("a Assets 2024-12-31 1234 -3", "digit")) == 36


def test_neighbours_are_exchanged_and_digits_dropped() -> None:
    """Equal neighbours are neither exchanged nor dropped twice; the sign stays."""
    assert values("a Assets 2024-12-31 -1123 0", "transposition") == ["-1213", "-1132"]
    assert values("a Assets 2024-12-31 -1123 0", "dropped-digit") == ["-123", "-113", "-112"]
    assert values("a Assets 2024-12-31 5 0", "dropped-digit") == []


def test_sign_and_scale_need_a_figure_that_is_not_zero() -> None:
    """Thousands slip both ways, and the decimals with them."""
    assert values("a Assets 2024-12-31 5000 -3", "sign") == ["-5000"]
    slipped = [one.wrong[0] for one in injections([fact("a Assets 2024-12-31 5000 -3")], ("scale",))]
    assert [(one.value, one.decimals) for one in slipped] == [(Decimal(5000000), -6), (Decimal(5), 0)]
    assert values("a Assets 2024-12-31 0 0", "sign") == values("a Assets 2024-12-31 0 0", "scale") == []


def test_the_print_changes_with_the_value() -> None:
    """Thousands commas and brackets as before."""
    stated = fact("a NetIncomeLoss 2024-12-31 -1234000 -3 printed=(1,234)")
    (wrong,) = (one for one in injections([stated], ("digit",)) if one.wrong[0].value == -9234000)
    assert wrong.wrong[0].printed == "(9,234)"
    (wrong,) = injections([stated], ("sign",))
    assert wrong.wrong[0].printed == "1,234"


def test_swaps_exchange_two_columns_of_one_row_once() -> None:
    """Not a quarter with a year, not a claim, not equal figures."""
    facts = [
        fact(f"a Revenues {Q} 5 0"), fact("b Revenues 2023-01-01/2023-03-31 6 0"),
        fact("c Revenues 2024-01-01/2024-12-31 7 0"), fact("d Revenues 2022-01-01/2022-03-31 6 0 claim"),
        fact("e Revenues 2021-01-01/2021-03-31 5 0"),
    ]  # fmt: skip
    swaps = list(injections(facts, ("swap",)))
    assert [[(one.id, str(one.value)) for one in swap.wrong] for swap in swaps] == [
        [("a", "6"), ("b", "5")], [("b", "5"), ("e", "6")]
    ]  # fmt: skip


def test_a_sample_is_drawn_by_its_seed_and_keeps_the_order() -> None:
    """At most so many of each kind."""
    every = list(injections(TABLE.facts, KINDS))
    drawn = sampled(every, 5, seed=3)
    assert drawn == sampled(every, 5, seed=3) != sampled(every, 5, seed=4)
    assert Counter(one.kind for one in drawn) == {kind: min(5, n) for kind, n in Counter(e.kind for e in every).items()}
    assert [every.index(one) for one in drawn] == sorted(every.index(one) for one in drawn)
    assert sampled(every, None, seed=3) == every


def outcome(facts: FactSet, wrong: Fact) -> Outcome:
    return judging(facts, rule_book())(Injection("digit", (wrong,)))


def with_value(facts: FactSet, name: str, value: str) -> Fact:
    return replace(facts.by_id[name], value=Decimal(value), printed=None)


PROVEN = fact_set(
    [
        f"t Revenues {Q} 10434000 -3", f"a ext:A {Q} 7321000 -3", f"b ext:B {Q} 3113000 -3", f"u ext:U {Q} 5000 -3",
        f"c Revenues {Q} 10434000 -3 claim",
        f"x ext:Other {Q} 5000 -3", f"y ext:Y {Q} 3000 -3", f"z ext:Z {Q} 2000 -3",
    ],
    ["s: t = a + b", "r: x = y + z"],
)  # fmt: skip


def test_an_error_that_two_checks_see_is_found_pinned_and_repaired() -> None:
    """The sum and the text both say 10,434, and the other sum of the table foots to the last digit."""
    said = outcome(PROVEN, with_value(PROVEN, "t", "10134000"))
    assert said == Outcome(found=True, noted=True, pinned=True, repaired=True, right=True, ticked=True)


def test_an_error_in_a_figure_that_nothing_touches_is_missed() -> None:
    said = outcome(PROVEN, with_value(PROVEN, "u", "6000"))
    assert said == Outcome(found=False, noted=False, pinned=False, repaired=False, right=False, ticked=False)


def test_what_was_broken_before_does_not_count_as_found() -> None:
    """Only new findings do."""
    broken = FactSet(tuple(with_value(PROVEN, "c", "9434000") if f.id == "c" else f for f in PROVEN.facts), PROVEN.sums)
    assert check(broken, rule_book()).findings
    assert not outcome(broken, with_value(broken, "u", "6000")).noted
    assert outcome(broken, with_value(broken, "a", "7321001000")).found


def test_sign_of_a_claim_stands_in_words_unless_somebody_supplies_it() -> None:
    """Of text no sign is flipped; a supplied claim with the wrong sign is an error that its table proves."""
    assert not list(injections([PROVEN.by_id["c"]], ("sign",)))
    sent = fact_set([f"t Revenues {Q} 5000 -3 supplied", f"c Revenues {Q} 5000 -3 claim supplied"])
    (wrong,) = injections([sent.by_id["c"]], ("sign",))
    assert judging(sent, rule_book())(wrong).found


def test_old_error_told_with_another_residual_is_not_found_anew() -> None:
    """The text is wrong before and after: its one repair is the same."""
    cut = fact_set(
        [f"t Revenues {Q} 1051000 -3", f"c Revenues {Q} 1000000 -5 claim", f"a ext:A {Q} 51000 -3",
         f"b ext:B {Q} 1000000 -3", f"u ext:U {Q} 5000 -3", f"v ext:V {Q} 2000 -3", f"w ext:W {Q} 3000 -3"],
        ["s: t = a + b", "r: u = v + w"],
    )  # fmt: skip
    assert check(cut, rule_book()).findings
    said = judging(cut, rule_book())(Injection("digit", (with_value(cut, "t", "1052000"),)))
    assert not said.found and not said.repaired


def test_several_processes_say_the_same_in_the_same_order() -> None:
    every = list(injections(TABLE.facts, ("digit",)))
    assert len(every) > 200
    assert mutate(TABLE, rule_book(), every, 1) == mutate(TABLE, rule_book(), every, 2)


def test_outcomes_are_counted() -> None:
    """Found among ticked figures apart."""
    every = list(injections(TABLE.facts, ("sign",)))
    counts = tally(mutate(TABLE, rule_book(), every))
    assert (counts.injected, counts.ticked, counts.ticked_found) == (6, 6, counts.found)


def by_message(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return sorted(f"{one.rule} {one.message} {one.repairs}" for one in findings if not one.rule.startswith("READ"))


@pytest.mark.parametrize("how", ["read", "supplied", "table"])
def test_checking_again_says_what_checking_everything_would(how: str) -> None:
    """Only rules that can see a change are tried again: no finding may be lost or stale by it."""
    facts = TABLE if how == "table" else extract_document(SAMPLE).facts
    if how == "supplied":
        facts = FactSet(tuple(replace(one, origin="supplied") for one in facts.facts))
    base = baseline(facts, rule_book())
    every = sampled(list(injections([f for f in facts.facts if f.value is not None], KINDS)), 6, seed=1)
    for injection in every:
        changed = {wrong.id: wrong for wrong in injection.wrong}
        whole = replace(facts, facts=tuple(changed.get(one.id, one) for one in facts.facts))
        assert by_message(recheck(base, injection.wrong)) == by_message(check(whole, rule_book()).findings)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_unique_repair_of_a_footed_table_is_right(data: st.DataObject) -> None:
    """Three columns of a random table, any single-digit error in it."""
    table = data.draw(tables())
    judge = judging(table, rule_book())
    every = list(injections(table.facts, ("digit",)))
    for injection in data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=8)):
        said = judge(injection)
        assert said.right or not said.repaired


@st.composite
def tables(draw: st.DrawFn) -> FactSet:
    """Supplied facts of items and their total, in three columns that foot."""
    size = draw(st.integers(2, 5))
    cells = st.lists(st.integers(100, 99999), min_size=size, max_size=size)
    columns = [draw(cells) for _ in range(3)]
    lines = []
    for row in range(size + 1):
        for column, items in enumerate(columns):
            value = sum(items) if row == size else items[row]
            lines.append(f"f{row}c{column} ext:Row{row} {2024 - column}-12-31 {value}000 -3 supplied")
    return fact_set(lines)


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["mutate", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_text_counts_each_kind_and_names_what_nothing_guards() -> None:
    """Figures and claims apart, as n/N."""
    code, text = run(SAMPLE, "--sample", 4, "--jobs", 1)
    assert code == 0
    assert "figures" in text and "claims" in text
    line = next(line for line in text.splitlines() if line.strip().startswith("sign"))
    assert line.split()[1] == "4" and "/4" in line


def test_json_holds_the_same_counts_and_two_runs_the_same_bytes() -> None:
    """Determinism: the seed decides what is drawn."""
    command = (SAMPLE, "--kind", "sign", "--kind", "digit", "--sample", 5, "--output-format", "json")
    first, second = run(*command), run(*command, "--jobs", 2)
    assert first == second
    data = json.loads(first[1])
    assert set(data["figures"]) == {"digit", "sign", "all"}
    assert data["figures"]["all"]["injected"] + data.get("claims", {}).get("all", {}).get("injected", 0) == 10
    assert run(*command, "--seed", 1)[1] != first[1]


def test_facts_files_are_mutated_with_every_digit(tmp_path: Path) -> None:
    """No print, so no likeness in print."""
    file = tmp_path / "facts.csv"
    file.write_text("concept,value,decimals\next:A,11,0\next:B,12,0\n")
    code, text = run(file, "--kind", "digit", "--output-format", "json")
    data = json.loads(text)
    assert (code, data["figures"]["digit"]["injected"], data["blind"]) == (0, 36, ["r1", "r2"])


def test_an_unreadable_document_exits_with_3(tmp_path: Path) -> None:
    assert run(tmp_path / "none.txt")[0] == 3
    (tmp_path / "empty.csv").touch()
    assert run(tmp_path / "empty.csv")[0] == 3

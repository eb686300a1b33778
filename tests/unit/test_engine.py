"""The engine as a whole: what it says of true documents, of states, of identity and order."""

from __future__ import annotations

import subprocess
import sys

import pytest
from msgspec.structs import replace

from ticktie.check import engine, rule
from ticktie.model.facts import FactSet
from ticktie.model.findings import Severity, Verdict

from .cases import fact_set
from .seed_facts import seed_facts
from .shared import shared_folder

BOOK = rule.load()
Q = "2024-01-01/2024-03-31"


def check(*facts: str, sums: tuple[str, ...] = ()) -> Verdict:
    return engine.check(fact_set(facts, sums), BOOK)


@pytest.mark.parametrize(("seed", "expected"), [("000", []), ("001", ["PCT001"]), ("002", []), ("004", ["TIE001"])])
def test_truth_of_the_seeds_gives_their_own_findings_and_no_other(seed: str, expected: list[str]) -> None:
    """One error (a claim), one note (a percentage); none of the traps of the seeds fires."""
    verdict = engine.check(seed_facts(shared_folder(), seed), BOOK)
    assert [finding.rule for finding in verdict.findings] == expected


def test_every_tied_claim_of_the_seeds_is_ticked_and_no_untestable_one() -> None:
    """States of claims agree with the truth's own verdicts."""
    from .shared import json_lines

    for seed in ("000", "002", "004"):
        facts = seed_facts(shared_folder(), seed)
        said = json_lines(shared_folder() / "truth/seeds/seed_truth_narrative.jsonl")
        rows = [row for row in said if row["seed"].startswith(seed) and row["kind"] != "narrative-derived"]
        states = engine.check(facts, BOOK).states
        claims = [fact.id for fact in facts.facts if fact.id.startswith("c")]
        truth = {True: ("tied", "rounding"), False: ("broken",), "untestable": ("unverified",)}
        verdicts = zip(claims, [row for row in said if row["seed"].startswith(seed)], strict=True)
        assert not [
            row["mention"] for claim, row in verdicts if row in rows and states[claim] not in truth[row["ties"]]
        ]


def test_claim_against_a_footed_figure_is_the_culprit_and_the_message_names_the_proof() -> None:
    """The footing 3,886 + 1,051 + 227 + 0 = 5,164 proves the table, so the text is wrong."""
    verdict = engine.check(seed_facts(shared_folder(), "004"), BOOK)
    (found,) = verdict.findings
    assert found.severity == Severity.ERROR
    assert found.culprit is not None and verdict.states[found.culprit] == "broken"
    assert "3,886 + 1,051 + 227 + 0 = 5,164" in found.message
    assert [place.line for place in found.locations] == [86, 152]
    assert "$1.1 million" in found.repairs[0].edits[0].after


def test_claim_is_ticked_by_what_it_repeats_and_ticks_it() -> None:
    """A tie gives both its figures their tick."""
    verdict = check(f"t Revenues {Q} 1034000 -3", f"c Revenues {Q} 1000000 -5 claim")
    assert verdict.states == {"t": "tied", "c": "tied"}


def test_claim_that_restored_a_figure_is_tied_but_does_not_tick_it() -> None:
    """Evidence for restoring is no evidence for being right."""
    facts = fact_set([f"t Revenues {Q} 1034000 -3", f"c Revenues {Q} 1000000 -5 claim"])
    restored = replace(facts.facts[0], restored_by=frozenset({"c"}))
    verdict = engine.check(FactSet((restored, facts.facts[1])), BOOK)
    assert verdict.states == {"t": "unverified", "c": "tied"}


def test_sum_that_restored_a_figure_does_not_tick_it_even_where_a_formula_says_the_same() -> None:
    """The sum and the formula are one equality."""
    facts = fact_set(
        ["a Assets 2024-12-31 100 -3", "l LiabilitiesAndStockholdersEquity 2024-12-31 100 -3"], ["s: a = l"]
    )
    restored = replace(facts.facts[0], restored_by=frozenset({"s"}))
    verdict = engine.check(FactSet((restored, facts.facts[1]), facts.sums), BOOK)
    assert verdict.states == {"a": "unverified", "l": "tied"}


def test_later_statement_of_the_text_is_ticked_by_the_earlier_one_which_is_not() -> None:
    """Nobody vouches for the first mention."""
    verdict = check(f"a NetIncomeLoss {Q} 9400000 -5 claim", f"b NetIncomeLoss {Q} 9400000 -5 claim")
    assert verdict.states == {"a": "unverified", "b": "tied"}


def test_percentage_is_ticked_by_its_count_but_not_the_whole() -> None:
    """GRIM says nothing of the whole."""
    facts = fact_set(["p ext:Share - 0.393 3 claim unit=", "n ext:Count - 107 INF claim unit=patients"], (), ["p of n"])
    assert engine.check(facts, BOOK).states == {"p": "tied", "n": "unverified"}


def test_signs_and_bounds_never_tick() -> None:
    """A positive balance sheet total is not verified by being positive."""
    assert check("a Assets 2024-12-31 100000 -3").states == {"a": "unverified"}


def test_wrong_figure_with_a_footing_and_a_tie_is_one_finding() -> None:
    """One group, one finding: the figure that both broken checks share."""
    verdict = check(
        f"t Revenues {Q} 1951000 -3 printed=1,951",
        f"a ext:A {Q} 1000000 -3 printed=1,000",
        f"b ext:B {Q} 51000 -3 printed=51",
        f"c Revenues {Q} 1100000 -5 claim printed=$1.1_million",
        sums=("s: t = a + b",),
    )
    (found,) = verdict.findings
    assert (found.rule, found.culprit) == ("FOOT001", "t")
    assert verdict.states["t"] == "broken" and verdict.states["c"] != "broken"


def test_nil_facts_take_part_in_nothing() -> None:
    """A nil item counts as nothing; a nil total is not checked."""
    verdict = check(
        f"t ext:T {Q} 5000 -3", f"a ext:A {Q} 5000 -3", f"b ext:B {Q} nil -3", sums=("s: t = a + b", "r: b = a + t")
    )
    assert [(one.total, one.outcome) for one in verdict.checks] == [("t", "tied")]


def test_check_ids_and_findings_do_not_depend_on_the_order_of_facts_and_rules() -> None:
    """Facts reversed, sums reversed, rules reversed: one verdict."""
    facts = seed_facts(shared_folder(), "004")
    turned = FactSet(facts.facts[::-1], facts.sums[::-1], facts.shares[::-1])
    book = rule.RuleBook(BOOK.rules[::-1])
    first, second = engine.check(facts, BOOK), engine.check(turned, book)
    assert first.checks == second.checks and first.findings == second.findings and first.states == second.states


def test_fingerprint_stays_when_lines_move() -> None:
    """Inserting a paragraph above changes no fingerprint."""
    lines = [f"t Revenues {Q} 1051000 -3", f"c Revenues {Q} 1000000 -5 claim"]
    (before,) = engine.check(fact_set(lines), BOOK).findings
    moved = fact_set([f"z ext:Z {Q} 1 0", *lines])
    (after,) = engine.check(moved, BOOK).findings
    assert before.fingerprint == after.fingerprint and before.locations != after.locations


def test_clean_document_imports_no_solver() -> None:
    """scipy costs 0.3 s at start; nothing that is whole needs it."""
    script = (
        "import sys, ticktie.check.engine, ticktie.check.rule; ticktie.check.rule.load(); print('scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

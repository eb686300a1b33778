"""Tables beside the statements: pro forma views, reconciliations and supplementary tables that sentences repeat."""

from __future__ import annotations

from decimal import Decimal
from inspect import cleandoc
from pathlib import Path

from ticktie.extract.amounts import money
from ticktie.model.facts import PART, Fact
from ticktie.model.findings import DocumentReport
from ticktie.pipeline import check_document

STATEMENT = """
    <p>STATEMENTS OF OPERATIONS (in thousands)</p>
    <table><tr><td></td><td>Three Months Ended June 30, 2031</td><td>Three Months Ended June 30, 2030</td></tr>
    <tr><td>Total revenues</td><td>8,000</td><td>7,600</td></tr>
    <tr><td>Cost of revenues</td><td>5,000</td><td>4,900</td></tr>
    <tr><td>Gross profit</td><td>3,000</td><td>2,700</td></tr>
    <tr><td>Operating expenses</td><td>2,000</td><td>1,900</td></tr>
    <tr><td>Income taxes</td><td>300</td><td>250</td></tr>
    <tr><td>Net income</td><td>700</td><td>550</td></tr></table>
    """
RECONCILIATION = """
    <p>RECONCILIATION OF GAAP TO NON-GAAP (in thousands)</p>
    <table><tr><td></td><td colspan="3">Three Months Ended June 30, 2031</td></tr>
    <tr><td></td><td>GAAP</td><td>Adj.</td><td>Non-GAAP</td></tr>
    <tr><td>Total revenues</td><td>8,000</td><td>-</td><td>8,000</td></tr>
    <tr><td>Gross profit</td><td>3,000</td><td>150</td><td>3,150</td></tr>
    <tr><td>Net income</td><td>700</td><td>212</td><td>912</td></tr></table>
    """
ROOMS = """
    <p>GUEST NIGHTS BY REGION (in thousands)</p>
    <table><tr><td></td><td>June 30, 2031</td><td>June 30, 2030</td></tr>
    <tr><td>Lake district deposits</td><td>1,210</td><td>1,105</td></tr>
    <tr><td>Coastal deposits</td><td>640</td><td>615</td></tr></table>
    """
LEAD = "HARWELL, July 20, 2031 – Results for the three months ended June 30, 2031. "


def report(tmp_path: Path, sentence: str, *tables: str) -> DocumentReport:
    path = tmp_path / "release.htm"
    body = cleandoc("".join((STATEMENT, *tables)))
    path.write_text(f"<html><body><p>{LEAD}{sentence}</p>{body}</body></html>", encoding="utf-8")
    return check_document(path)


def claim(found: DocumentReport, printed: str) -> Fact:
    return next(fact for fact in found.facts if fact.kind == "narrative" and fact.printed == printed)


def part(fact: Fact) -> str:
    return dict(fact.dimensions).get(PART, "")


class TestNonGaap:
    SAID = "Non-GAAP net income was $912,000 for the three months ended June 30, 2031."

    def test_a_non_gaap_claim_ties_to_the_non_gaap_column_and_not_to_the_gaap_line(self, tmp_path: Path) -> None:
        found = report(tmp_path, self.SAID, RECONCILIATION)
        said = claim(found, "$912,000")
        assert part(said) == "non-gaap"
        assert found.states[said.id] == "tied"

    def test_a_gaap_claim_stays_with_the_statement(self, tmp_path: Path) -> None:
        found = report(tmp_path, self.SAID.replace("Non-GAAP n", "N").replace("912", "700"), RECONCILIATION)
        said = claim(found, "$700,000")
        assert part(said) == ""
        assert found.states[said.id] == "tied"

    def test_a_figure_of_a_reconciliation_that_no_sentence_repeats_is_no_fact(self, tmp_path: Path) -> None:
        found = report(tmp_path, self.SAID, RECONCILIATION)
        assert [part(fact) for fact in found.facts if fact.kind == "table" and fact.dimensions] == ["non-gaap"]

    def test_a_claim_that_a_reconciliation_contradicts_gets_no_tick_and_raises_no_error(self, tmp_path: Path) -> None:
        found = report(tmp_path, self.SAID.replace("912", "921"), RECONCILIATION)
        assert found.states[claim(found, "$921,000").id] == "unverified"
        assert not found.findings


class TestSupplementary:
    def test_a_claim_ties_to_the_row_of_a_supplementary_table_that_has_just_its_words(self, tmp_path: Path) -> None:
        found = report(tmp_path, "Coastal deposits were $640,000 at June 30, 2031.", ROOMS)
        said = claim(found, "$640,000")
        assert part(said).startswith("guest nights")
        assert found.states[said.id] == "tied"

    def test_a_row_with_other_words_is_another_thing(self, tmp_path: Path) -> None:
        found = report(tmp_path, "Deposits were $640,000 at June 30, 2031.", ROOMS)
        assert found.states[claim(found, "$640,000").id] == "unverified"


class TestQuotients:
    def test_a_margin_is_recomputed_from_its_two_figures(self, tmp_path: Path) -> None:
        found = report(tmp_path, "Gross margin was 37.5% for the three months ended June 30, 2031.")
        assert found.states[claim(found, "37.5%").id] == "tied"

    def test_a_wrong_margin_is_noted(self, tmp_path: Path) -> None:
        found = report(tmp_path, "Gross margin was 37.9% for the three months ended June 30, 2031.")
        assert [finding.rule for finding in found.findings] == ["PCT005"]

    def test_a_share_of_a_stated_whole_is_recomputed(self, tmp_path: Path) -> None:
        said = "Income taxes were $300,000, or 4% of total revenues, for the three months ended June 30, 2031."
        found = report(tmp_path, said)
        assert found.states[claim(found, "4%").id] in ("tied", "rounding")

    def test_an_adjusted_margin_is_not_held_against_the_gaap_figures(self, tmp_path: Path) -> None:
        found = report(tmp_path, "Non-GAAP gross margin was 41.0% for the three months ended June 30, 2031.")
        assert found.states[claim(found, "41.0%").id] == "unverified"


def test_a_blank_after_the_first_thousands_comma_splits_no_amount() -> None:
    assert [one.value for one in money("was $1, 465,000 and $5, 600 guests")] == [Decimal(1_465_000), Decimal(5)]


def test_an_amount_a_thousand_times_finer_than_its_row_repeats_no_rounded_figure(tmp_path: Path) -> None:
    """Notes in thousands say "$712" of 712 thousand: neither a tick nor a contradiction can be had from that."""
    found = report(tmp_path, "Net income was $712 for the three months ended June 30, 2031.")
    assert found.states[claim(found, "$712").id] == "unverified"
    assert not found.findings

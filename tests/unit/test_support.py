"""Tie-out: each figure of a draft is agreed, in conflict or open; ticks by machine and by hand."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import PROJECT
from tests.unit.reports import claim, document_report, figure, place
from tests.unit.schemas import schema
from ticktie.cli.main import main
from ticktie.cli.support import spread
from ticktie.gate.manual import ManualTick, ticked
from ticktie.gate.support import RULE, Source, tied_out
from ticktie.model.facts import SCENARIO, Fact, Period
from ticktie.model.findings import DocumentReport, Report, Severity
from ticktie.pipeline import check_document, rule_book
from ticktie.read.ledger import read
from ticktie.read.supplied import Supplied
from ticktie.render.ticks import LEGEND, ticks

RELEASE = PROJECT / "samples" / "tallow_creek_bakeries.txt"
TIE_OUT = rule_book().by_id[RULE]
YEAR = Period(date(2031, 12, 31), date(2031, 1, 1))


def tied(draft: list[Fact], support: list[Fact]) -> DocumentReport:
    of = document_report(facts=tuple(draft), findings=(), checks=(), states={})
    return tied_out(of, [Source("prior.txt", tuple(support))], TIE_OUT)


def outcome(draft: list[Fact], support: list[Fact]) -> str:
    return (tied(draft, support).ties or ())[0].outcome


def other(**changes: object) -> Fact:
    return replace(figure(), **({"id": "s1"} | changes))


class TestOneFigure:
    def test_the_same_figure_agrees_and_earns_its_tick(self) -> None:
        after = tied([figure()], [other()])
        assert [(tie.outcome, tie.mark, tie.source) for tie in after.ties or ()] == [("agreed", "S", "prior.txt")]
        assert after.findings == () and after.state(figure()) == "tied"

    def test_another_figure_is_a_conflict_with_both_places(self) -> None:
        elsewhere = place("$0.3 million")
        after = tied([figure()], [other(value=Decimal(1061000), location=elsewhere)])
        finding = after.findings[0]
        assert (finding.rule, finding.severity, len(finding.locations)) == (RULE, Severity.ERROR, 2)
        assert "the draft prints 1,051 (1051000), prior.txt 1,051 (1061000)" in finding.message
        assert after.state(figure()) == "broken"

    def test_a_figure_that_no_support_states_is_open(self) -> None:
        assert outcome([figure()], []) == "open"
        assert outcome([figure()], [other(period=YEAR)]) == "open"
        assert outcome([figure()], [other(unit="iso4217:EUR")]) == "open"
        assert outcome([figure()], [other(dimensions=(("ticktie:part", "Europe"),))]) == "open"

    def test_support_at_fewer_decimals_agrees_within_them(self) -> None:
        assert outcome([figure()], [other(value=Decimal(1100000), decimals=-5)]) == "agreed"
        assert outcome([figure()], [other(value=Decimal(1200000), decimals=-5)]) == "conflict"

    def test_a_label_ties_where_concepts_differ(self) -> None:
        assert outcome([figure()], [other(concept="ext:LicenseFees", label="License Fees:")]) == "agreed"

    def test_another_entity_is_no_support(self) -> None:
        assert outcome([figure()], [other(entity="cik:0000000009")]) == "open"

    def test_several_values_under_one_name_leave_it_open(self) -> None:
        several = [other(label="a", value=Decimal(1)), other(label="b", value=Decimal(99000), id="s2")]
        assert outcome([figure()], several) == "open"
        assert outcome([figure()], [*several, other(id="s3", value=Decimal(7000))]) == "conflict"

    def test_a_figure_without_a_period_is_of_no_period(self) -> None:
        assert outcome([figure(period=None)], [other(period=None, value=Decimal(7))]) == "open"

    def test_several_values_in_the_draft_leave_those_that_agree_with_none_open(self) -> None:
        adjusted = figure(id="t2", value=Decimal(1200000))
        outcomes = [tie.outcome for tie in tied([figure(), adjusted], [other()]).ties or ()]
        assert outcomes == ["agreed", "open"]

    def test_a_figure_that_is_printed_twice_is_one_conflict_with_all_its_places(self) -> None:
        again = figure(id="t2", location=place("1,0S1"))
        (finding,) = tied([figure(), again], [other(value=Decimal(7000), location=place("$0.3 million"))]).findings
        assert finding.facts == ("t1", "t2") and len(finding.locations) == 3

    def test_a_forecast_supports_nothing_and_is_not_held_against_anything(self) -> None:
        assert outcome([figure()], [other(dimensions=(SCENARIO,))]) == "open"
        assert tied([replace(figure(), dimensions=(SCENARIO,))], [other(value=Decimal(1))]).ties == ()

    def test_of_several_sources_one_that_agrees_is_enough(self) -> None:
        of = document_report(facts=(figure(),), findings=(), checks=(), states={})
        sources = [Source("a.txt", (other(value=Decimal(5000)),)), Source("b.txt", (other(),))]
        assert [(tie.outcome, tie.source) for tie in tied_out(of, sources, TIE_OUT).ties or ()] == [("agreed", "b.txt")]

    def test_a_claim_whose_table_is_printed_gives_no_second_finding(self) -> None:
        wrong = other(value=Decimal(9000000))
        after = tied([figure(), claim(value=Decimal(1100000))], [wrong])
        assert [finding.facts for finding in after.findings] == [("t1",)]

    def test_two_texts_may_mean_two_things_by_one_word(self) -> None:
        limit = claim(concept="ext:Limit", label="limit")
        assert outcome([limit], [replace(limit, id="s1", value=Decimal(250000))]) == "open"
        assert outcome([limit], [replace(limit, id="s1")]) == "agreed"

    def test_a_conflict_between_two_texts_is_a_warning(self) -> None:
        after = tied([claim()], [claim(id="s1", value=Decimal(9000000))])
        assert [finding.severity for finding in after.findings] == [Severity.WARNING]

    def test_a_conflict_of_a_figure_read_through_damage_is_a_warning(self) -> None:
        after = tied([replace(figure(), evidence=("footing",))], [other(value=Decimal(7000))])
        assert after.findings[0].severity == Severity.WARNING

    def test_a_prior_column_that_agrees_is_marked_prior(self) -> None:
        prior = replace(figure(), id="t2", period=Period(date(2030, 3, 31), date(2030, 1, 1)))
        assert [tie.mark for tie in tied([figure(), prior], [replace(prior, id="s2")]).ties or ()] == ["", "PY"]

    def test_without_the_rule_there_is_no_finding_and_the_tie_stays(self) -> None:
        of = document_report(facts=(figure(),), findings=(), checks=(), states={})
        after = tied_out(of, [Source("a", (other(value=Decimal(5000)),))], None)
        assert after.findings == () and [tie.outcome for tie in after.ties or ()] == ["conflict"]

    def test_most_of_a_column_in_conflict_may_be_another_column(self) -> None:
        draft = [replace(figure(), id=f"t{n}", concept=f"us-gaap:C{n}", label=f"row {n}") for n in range(4)]
        support = [replace(one, id=f"s{one.id}", value=Decimal(9000 + n)) for n, one in enumerate(draft)]
        assert {finding.severity for finding in tied(draft, support).findings} == {Severity.WARNING}


class TestBooks:
    """A trial balance: accounts without periods, whose credits may be negative."""

    def book(self, **changes: object) -> Fact:
        return replace(figure(), id="s1", period=None, origin="supplied", kind=None, statement=None, **changes)

    def test_an_account_supports_the_latest_figure_of_its_name(self) -> None:
        prior = replace(figure(), id="t2", period=Period(date(2030, 3, 31), date(2030, 1, 1)))
        after = tied([figure(), prior], [self.book()])
        assert [tie.outcome for tie in after.ties or ()] == ["agreed", "open"]

    def test_the_sign_of_the_books_is_no_conflict(self) -> None:
        assert outcome([figure()], [self.book(value=Decimal(-1051000))]) == "agreed"

    def test_where_two_durations_end_together_only_agreement_counts(self) -> None:
        months = replace(figure(), id="t2", period=Period(date(2031, 3, 31), date(2030, 7, 1)), value=Decimal(3000000))
        outcomes = [tie.outcome for tie in tied([figure(), months], [self.book(value=Decimal(3000000))]).ties or ()]
        assert outcomes == ["open", "agreed"]


@cache
def draft() -> DocumentReport:
    return check_document(RELEASE)


def unique() -> list[Fact]:
    """The table figures of the sample that are the only ones of their name."""
    found: dict[object, list[Fact]] = {}
    for fact in draft().facts:
        if fact.kind == "table" and fact.value:
            found.setdefault((fact.concept, fact.period, fact.unit, fact.dimensions), []).append(fact)
    return [facts[0] for facts in found.values() if len(facts) == 1]


class TestGeneratedPairs:
    @settings(max_examples=60)
    @given(st.data())
    def test_each_conflict_is_found_and_no_other(self, data: st.DataObject) -> None:
        facts = unique()
        roles = data.draw(st.lists(st.sampled_from("====x-"), min_size=len(facts), max_size=len(facts)))
        changed = {fact.id for fact, role in zip(facts, roles, strict=True) if role == "x"}
        support = [wrong(fact) if role == "x" else fact for fact, role in zip(facts, roles, strict=True) if role != "-"]
        after = tied_out(draft(), [Source("support", tuple(support))], TIE_OUT)
        assert {fact for finding in after.findings if finding.rule == RULE for fact in finding.facts} == changed
        outcomes = {tie.fact: tie.outcome for tie in after.ties or ()}
        for fact, role in zip(facts, roles, strict=True):
            assert outcomes[fact.id] == {"=": "agreed", "x": "conflict", "-": "open"}[role]


def wrong(fact: Fact) -> Fact:
    """``fact`` as a support that contradicts it by more than rounding allows."""
    assert fact.value is not None
    step = Decimal(1).scaleb(-(fact.decimals or 0)) * 2
    return replace(fact, id=f"s{fact.id}", value=fact.value + step)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft that ticks in itself, and a prior release with one other figure in every place where it stands."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(RELEASE, tmp_path / "draft.txt")
    return tmp_path


def accounts() -> list[Fact]:
    return [fact for fact in unique() if fact.statement == "balance-sheet" and fact.period == latest()]


def latest() -> Period | None:
    return max((fact.period for fact in unique() if fact.statement == "balance-sheet" and fact.period), default=None)


class TestCommand:
    def test_support_takes_every_path_up_to_the_next_option(self) -> None:
        assert spread(["a", "--against", "b", "c", "-q", "d"]) == ["a", "--against", "b", "--against", "c", "-q", "d"]
        assert spread(["--against", "b", "--", "c"]) == ["--against", "b", "--", "c"]

    def test_a_document_agrees_with_itself(self, folder: Path) -> None:
        shutil.copy(RELEASE, folder / "support.txt")
        result = run("check", "draft.txt", "--against", "support.txt")
        assert result.exit_code == 0 and " agreed, 0 in conflict, " in result.output
        assert "S " in result.output and "F " in result.output

    def test_a_trial_balance_of_csv_supports_the_latest_balance_sheet(self, folder: Path) -> None:
        rows = [f'"{fact.label}",{fact.value}' for fact in accounts()]
        first, rest = accounts()[0], rows[1:]
        rows = [f'"{first.label}",{(first.value or 0) + 5000}', *rest]
        (folder / "tb.csv").write_text("Account,Balance\n" + "\n".join(rows) + "\n")
        result = run("check", "draft.txt", "--against", "tb.csv", "--output-format", "json")
        document = json.loads(result.stdout)["documents"][0]
        found = [finding for finding in document["findings"] if finding["rule"] == RULE]
        assert [finding["facts"] for finding in found] == [[first.id]]
        assert found[0]["locations"][1]["document"] == "tb.csv"
        schema("report").validate(json.loads(result.stdout))

    def test_a_workbook_is_read_as_csv_is(self, folder: Path) -> None:
        head: list[list[object]] = [["Trial balance"], ["Account", "Debit", "Credit"]]
        (folder / "tb.xlsx").write_bytes(workbook([*head, *([one.label, one.value, None] for one in accounts())]))
        result = run("check", "draft.txt", "--against", "tb.xlsx", "--output-format", "json")
        support = json.loads(result.stdout)["documents"][0]["support"]
        agreed = {one["fact"] for one in support if one["outcome"] == "agreed"}
        assert {fact.id for fact in accounts()} <= agreed
        assert not any(one["outcome"] == "conflict" for one in support)

    def test_support_that_cannot_be_read_is_3(self, folder: Path) -> None:
        result = run("check", "draft.txt", "--against", "absent.txt")
        assert result.exit_code == 3 and "unreadable absent.txt" in result.output

    def test_support_is_never_overwritten(self, folder: Path) -> None:
        shutil.copy(RELEASE, folder / "support.txt")
        assert run("check", "draft.txt", "--against", "support.txt", "-o", "support.txt").exit_code == 2


def workbook(rows: list[list[object]]) -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


class TestLedger:
    def values(self, found: list[Supplied]) -> dict[str | None, Decimal | None]:
        return {fact.label: fact.value for one in found for fact in one.facts.facts}

    def test_debits_less_credits_are_the_balance(self) -> None:
        data = b"No,Account name,Debit,Credit\n1,Cash,\"1,200.50\",\n2,Loans,,300\n3,Both,5,2\n,,,\n"
        assert self.values(read(data, "tb.csv")) == {"Cash": Decimal("1200.5"), "Loans": -300, "Both": 3}

    def test_a_number_of_a_workbook_has_the_digits_that_it_shows(self) -> None:
        found = read(workbook([["Account", "Amount"], ["Cash", 0.1 + 0.2], ["Debt", -41236118.2]]), "tb.xlsx")
        assert self.values(found) == {"Cash": Decimal("0.3"), "Debt": Decimal("-41236118.2")}

    def test_the_place_is_the_cell(self) -> None:
        found = read(workbook([["Account", "Amount"], ["Cash", 7]]), "tb.xlsx")
        assert found[0].facts.facts[0].location.pointer == "sheet1!B2"  # type: ignore[union-attr]

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04garbage", b"no workbook"])
    def test_what_is_no_workbook_says_so(self, data: bytes) -> None:
        from ticktie.read.errors import ReadError

        with pytest.raises(ReadError, match="save it anew"):
            read(data, "tb.xlsx")

    @given(st.binary(max_size=200))
    def test_no_bytes_break_it(self, data: bytes) -> None:
        from ticktie.read.errors import ReadError

        for name in ("tb.xlsx", "tb.csv"):
            try:
                read(data, name)
            except ReadError as problem:
                assert problem.remedy


class TestMarks:
    def test_each_kind_of_agreement_has_its_mark(self) -> None:
        after = tied_out(draft(), [Source("support", draft().facts)], TIE_OUT)
        assert {tick.mark for tick in ticks(after)} >= {"F", "T", "S", "PY"}
        assert {tick.mark for tick in ticks(after)} <= set(LEGEND)

    def test_a_check_that_does_not_hold_marks_nothing(self) -> None:
        assert ticks(document_report()) == []

    def hand(self, figure: str, **more: str) -> ManualTick:
        return ManualTick(figure, "contract 7", "AB", date(2031, 4, 2), "ticks.csv:2", **more)

    @pytest.mark.parametrize("name", ["t1", "5:17", "n2"])
    def test_a_tick_by_hand_names_an_id_or_a_place(self, name: str) -> None:
        after = ticked(Report((document_report(),)), [self.hand(name)])
        assert [(tick.mark, tick.reference, tick.by) for tick in after.documents[0].ticks] == [
            ("AB", "contract 7", "AB 2031-04-02")
        ]
        assert after.remarks == () and after.documents[0].states == document_report().states

    @pytest.mark.parametrize(("name", "words"), [("t9", "no figure is 't9'"), ("License fees", "is several figures")])
    def test_one_that_names_none_or_several_is_told(self, name: str, words: str) -> None:
        after = ticked(Report((document_report(),)), [self.hand(name)])
        assert after.documents[0].ticks == () and words in after.remarks[0]

    def test_a_file_of_ticks_is_read(self, folder: Path) -> None:
        (folder / "ticks.csv").write_text("figure,reference,initials,date\nbs1.1.1,bank letter,AB,2031-04-02\n")
        first = next(fact for fact in draft().facts if fact.value is not None)
        (folder / "ticks.csv").write_text(f"figure,reference,initials,date\n{first.id},bank letter,AB,2031-04-02\n")
        result = run("check", "draft.txt", "--ticks", "ticks.csv")
        assert result.exit_code == 0 and "1 by hand" in result.output

    @pytest.mark.parametrize(
        ("line", "words"),
        [("t1,letter,,2031-04-02", "ticks.csv:2: initials is missing"), ("t1,letter,AB,2.4.2031", "as 2031-12-31")],
    )
    def test_a_broken_line_is_a_usage_error(self, folder: Path, line: str, words: str) -> None:
        (folder / "ticks.csv").write_text(f"figure,reference,initials,date\n{line}\n")
        result = run("check", "draft.txt", "--ticks", "ticks.csv")
        assert result.exit_code == 2 and words in result.output

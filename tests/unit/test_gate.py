"""What fails a run: thresholds by whole numbers, known findings, suppressions until a date, rules by name."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.reports import broken_finding, claim, damage_finding, document_report, place, report
from ticktie.config import Suppression, share
from ticktie.gate.baseline import BaselineError, Known, accept, dump, known, read, stale
from ticktie.gate.select import SelectError, selected
from ticktie.gate.suppress import Waiver, suppress
from ticktie.gate.thresholds import Accepted, Limits, at_least, failing, ratchet, reached, thresholds
from ticktie.model.findings import Report, Severity
from ticktie.pipeline import rule_book

TODAY = date(2031, 5, 6)


def accepted(of: Report) -> list[str]:
    return [finding.fingerprint for one in of.documents for finding in one.findings if finding.accepted]


class TestShares:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("0.95", (95, 100)),
            ("95%", (95, 100)),
            ("99.5%", (995, 1000)),
            ("19/20", (19, 20)),
            ("1", (1, 1)),
            (Decimal("0.9"), (9, 10)),
            (0, (0, 1)),
        ],
    )
    def test_a_share_is_a_decimal_a_percentage_or_a_fraction(self, text: str, wanted: tuple[int, int]) -> None:
        assert share(text) == wanted

    @pytest.mark.parametrize("text", ["", "95", "1.01", "-0.5", "3/2", "1/0", "nan", "0.9e1", "１/２ ", "9 %"])
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="is no share"):
            share(text)

    @given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 1000))
    def test_it_is_met_exactly_where_the_fraction_is(self, part: int, whole: int, wanted: int) -> None:
        part = min(part, whole)
        assert at_least("x", part, whole, f"{wanted}/1000").met == (Fraction(part, whole) >= Fraction(wanted, 1000))

    def test_it_is_never_met_by_rounding(self) -> None:
        assert not at_least("min-recall", 97_996, 100_000, "0.98").met

    def test_nothing_of_nothing_meets_only_nothing(self) -> None:
        assert not at_least("x", 0, 0, "0.1").met and at_least("x", 0, 0, "0").met


class TestThresholds:
    def test_each_limit_is_told_as_counts(self) -> None:
        limits = Limits(max_errors=0, min_coverage="0.9", min_facts=3)
        told = [(one.name, one.reached, one.met) for one in thresholds(report(), limits, Severity.ERROR)]
        assert told == [("max-errors", "1", False), ("min-coverage", "2/3", False), ("min-facts", "3", True)]

    def test_what_is_accepted_does_not_count(self) -> None:
        of = report(document_report(findings=(replace(broken_finding(), accepted="known"),)))
        assert failing(of, Severity.NOTE) == 0

    def test_the_ratchet_holds_where_nothing_is_worse(self) -> None:
        assert all(one.met for one in ratchet(report(), reached(report())))

    @pytest.mark.parametrize(
        ("last", "missed"),
        [
            (Accepted(3, 3, 1, 0), ["ratchet coverage"]),
            (Accepted(3, 2, 0, 0), ["ratchet errors"]),
            (Accepted(300, 199, 1, 0), []),
            (Accepted(300, 201, 1, 0), ["ratchet coverage"]),
        ],
    )
    def test_the_ratchet_names_what_is_worse(self, last: Accepted, missed: list[str]) -> None:
        assert [one.name for one in ratchet(report(), last) if not one.met] == missed


class TestBaseline:
    def test_a_known_finding_is_accepted_and_a_new_one_is_not(self) -> None:
        entries = known(report(), Severity.ERROR)
        after, left = accept(report(), entries)
        assert accepted(after) == ["f1"] and left == ()

    def test_it_holds_where_lines_move_and_the_document_is_renamed(self) -> None:
        entries = known(report(), Severity.ERROR)
        moved = replace(broken_finding(), locations=(place("1,051"),))
        after, left = accept(report(document_report(path="other.txt", findings=(moved,))), entries)
        assert accepted(after) == ["f1"] and left == ()

    def test_a_second_copy_of_a_known_error_is_new(self) -> None:
        of = report(document_report(), document_report(path="copy.txt"))
        after, _ = accept(of, known(report(), Severity.ERROR))
        assert [bool(one.findings[0].accepted) for one in after.documents] == [True, False]

    def test_the_entry_of_a_document_accepts_its_own_finding_first(self) -> None:
        of = report(document_report(path="copy.txt"), document_report())
        after, _ = accept(of, known(report(), Severity.ERROR))
        assert [bool(one.findings[0].accepted) for one in after.documents] == [False, True]

    def test_a_path_is_one_however_it_is_written(self) -> None:
        entries = known(report(document_report(path="./release.txt")), Severity.ERROR)
        assert {entry.document for entry in entries} == {"release.txt"}
        after, _ = accept(report(document_report(path=str(Path.cwd() / "release.txt"))), entries)
        assert accepted(after) == ["f1"]

    def test_an_entry_is_stale_only_where_its_document_was_read(self) -> None:
        here, elsewhere = Known("release.txt", "TIE001", "gone"), Known("unread.txt", "TIE001", "gone")
        assert stale((here, elsewhere), report()) == (here,)
        assert stale((here,), report(document_report(error="binary"))) == ()

    @given(st.lists(st.builds(Known, st.text(), st.text(), st.text(), st.text())))
    def test_what_is_written_is_read_back(self, tmp_path_factory: pytest.TempPathFactory, entries: list[Known]) -> None:
        entries = [entry for entry in entries if str(entry).isascii()]
        file = tmp_path_factory.getbasetemp() / "baseline.json"
        file.write_bytes(dump(entries))
        assert sorted(read(file)) == sorted(entries)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "no baseline"),
            ("[]", r"Expected `object`, got `array`"),
            ('{"ticktie-baseline": 1, "findings": [{"rule": 7}]}', r"\$.findings\[0\]"),
            ('{"ticktie-baseline": 9, "findings": []}', "write it anew"),
        ],
    )
    def test_a_broken_one_names_file_place_and_remedy(self, tmp_path: Path, text: str, words: str) -> None:
        file = tmp_path / "known.json"
        file.write_text(text)
        with pytest.raises(BaselineError, match=words) as caught:
            read(file)
        assert str(file) in str(caught.value) and ("write it" in str(caught.value))


class TestSuppressions:
    def waiver(self, **wanted: object) -> Waiver:
        stated = {"reason": "the filer confirmed it", "expires": TODAY, "rule": "TIE001"}
        return Waiver(Suppression(**(stated | wanted)), "ticktie.toml: suppress 1", Path.cwd())  # type: ignore[arg-type]

    def after(self, waiver: Waiver, of: Report | None = None) -> Report:
        return suppress(of or report(), [waiver], TODAY)

    def test_it_holds_on_its_last_day_and_tells_its_reason(self) -> None:
        finding = self.after(self.waiver()).documents[0].findings[0]
        assert finding.accepted == "suppressed until 2031-05-06: the filer confirmed it"

    def test_an_expired_one_accepts_nothing_and_fails_the_run(self) -> None:
        after = self.after(self.waiver(expires=TODAY - timedelta(1)))
        assert accepted(after) == [] and [one.met for one in after.thresholds] == [False]
        assert "expired after 2031-05-05: the filer confirmed it" in after.thresholds[0].reached

    @pytest.mark.parametrize(
        "wanted",
        [
            {"rule": "tie"},
            {"rule": "claim-against-table"},
            {"rule": "", "fingerprint": "f1"},
            {"path": "*.txt"},
            {"path": "**/release.txt"},
            {"label": "license FEES"},
            {"label": "LicenseAndServicesRevenue", "period": "2031-01-01 to 2031-03-31"},
        ],
    )
    def test_it_names_rule_document_figure_or_fingerprint(self, wanted: dict[str, object]) -> None:
        assert accepted(self.after(self.waiver(**wanted))) == ["f1"]

    @pytest.mark.parametrize(
        "wanted",
        [
            {"rule": "FOOT001"},
            {"fingerprint": "f7"},
            {"path": "other/*.txt"},
            {"label": "service fees"},
            {"period": "2031-03-31"},
        ],
    )
    def test_what_fits_in_part_only_stays_open(self, wanted: dict[str, object]) -> None:
        after = self.after(self.waiver(**wanted))
        assert accepted(after) == [] and "matches nothing; remove it" in after.remarks[0]

    def test_one_beside_a_facts_file_is_for_all_documents_that_the_file_tells_apart(self) -> None:
        beside = replace(self.waiver(), document="facts.csv")
        assert accepted(self.after(beside, report(document_report(path="facts.csv#q3")))) == ["f1"]

    def test_one_beside_a_document_is_for_that_document_alone(self) -> None:
        beside = replace(self.waiver(), document="release.txt")
        after = self.after(beside, report(document_report(path="other.txt"), document_report()))
        assert [bool(one.findings[0].accepted) for one in after.documents] == [False, True]


class TestSelection:
    def ids(self, **wanted: object) -> set[str]:
        return set(selected(rule_book(), **wanted).by_id)  # type: ignore[arg-type]

    def test_nothing_said_means_every_rule(self) -> None:
        assert self.ids() == set(rule_book().by_id)

    def test_rules_are_named_by_family_id_name_and_severity(self) -> None:
        assert self.ids(select=["tie"]) == {rule for rule in rule_book().by_id if rule.startswith("TIE")}
        assert self.ids(select=["FOOT001", "claim-ties-to-table"]) == {"FOOT001", "TIE001"}
        severities = {rule_book().by_id[rule].severity for rule in self.ids(ignore=["note"])}
        assert severities == {Severity.ERROR, Severity.WARNING}

    def test_ignoring_beats_selecting(self) -> None:
        assert "TIE001" not in self.ids(select=["tie"], ignore=["TIE001"])

    def test_a_severity_for_a_rule_beats_one_for_its_family(self) -> None:
        book = selected(rule_book(), severity={"tie": "note", "TIE001": "warning"})
        assert (book.by_id["TIE001"].severity, book.by_id["TIE003"].severity) == (Severity.WARNING, Severity.NOTE)

    def test_an_unknown_name_is_an_error_with_some_like_it(self) -> None:
        with pytest.raises(SelectError, match="'TIE01': did you mean TIE"):
            selected(rule_book(), ["TIE01"])

    def test_options_of_the_book_are_kept(self) -> None:
        assert selected(rule_book().asking("feasibility"), ["tie"]).options == {"feasibility"}


def test_the_written_baseline_says_for_people_what_is_known() -> None:
    held = json.loads(dump(known(report(document_report(findings=(damage_finding(),))), Severity.NOTE)))
    assert held["findings"][0]["message"] == "line 6 repeats line 5 with damage"


def test_the_claim_of_the_report_is_what_the_suppressions_above_name() -> None:
    assert claim().label == "License fees"

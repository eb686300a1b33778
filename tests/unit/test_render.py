"""What people and programs read: the reports in every format, and the facts file."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.reports import (
    broken_check,
    broken_finding,
    claim,
    document,
    document_report,
    figure,
    place,
    report,
)
from tests.unit.schemas import schema
from ticktie.config import FORMAT
from ticktie.model.facts import PART, Fact
from ticktie.model.findings import Check, Counts, Severity
from ticktie.model.source import Location, Span
from ticktie.render import RENDERERS, Options, render, render_files
from ticktie.render.excerpt import excerpt
from ticktie.render.facts import fact_object, facts_file, judgement
from ticktie.render.json import dump
from ticktie.render.neutral import columns, neutral


def as_json(*documents: Any) -> Any:
    return json.loads(render("json", report(*documents)))


def as_text(*documents: Any, **options: Any) -> str:
    return render("text", report(*documents), Options(**options)).decode()


class TestTextReport:
    def test_a_finding_shows_its_place_and_the_printed_line_with_the_figure_underlined(self) -> None:
        lines = as_text().splitlines()
        shown = next(n for n, line in enumerate(lines) if "License fees were" in line)
        assert lines[shown - 1].strip() == "release.txt:3:19"
        start = lines[shown].index("$1.2 million")
        assert lines[shown + 1][start : start + 13] == "^" * 12

    def test_a_finding_says_expected_actual_residual_allowed_and_their_unit(self) -> None:
        assert "expected 1,051,000, actual 1,200,000, residual 149,000, allowed 50,500 (USD)" in as_text()

    def test_a_finding_ends_with_its_repair_and_its_remedy(self) -> None:
        text = as_text()
        assert "$1.2 million -> $1.1 million (one digit misread)" in text
        assert "remedy  write $1.1 million" in text

    def test_a_finding_without_remedy_of_its_own_still_says_what_to_do(self) -> None:
        finding = replace(broken_finding(), remedy="", rule="XYZ999")
        assert "remedy  compare the marked figures" in as_text(document_report(findings=(finding,)))

    def test_an_open_finding_lists_its_candidates_with_their_places(self) -> None:
        finding = replace(broken_finding(), culprit=None, repairs=(), candidates=("n1", "t1"))
        text = as_text(document_report(findings=(finding,)))
        assert "one of  $1.2 million (release.txt:3:19), 1,051 (release.txt:5:17)" in text

    def test_damage_that_was_read_through_takes_one_line_a_note(self) -> None:
        assert "  release.txt:6:1: READ001 shadow-row: line 6 repeats line 5 with damage\n" in as_text()

    def test_counts_and_tick_coverage_close_each_document(self) -> None:
        text = as_text()
        assert "tables  1 figure: 1 tied, 0 rounding, 0 broken, 0 unverified; 1 restored" in text
        assert "claims  2 figures: 0 tied, 0 rounding, 1 broken, 1 unverified; 0 restored" in text
        assert "tick coverage 2/3" in text

    def test_quiet_leaves_only_findings_that_fail_the_run(self) -> None:
        text = as_text(quiet=True, least=Severity.ERROR)
        assert text.startswith("error TIE001")
        assert "READ001" not in text and "coverage" not in text

    def test_an_unreadable_document_is_listed_with_the_reason(self) -> None:
        text = as_text(document_report(error="it is binary; convert it"), document_report())
        assert "unreadable release.txt: it is binary; convert it" in text
        assert "1 unreadable" in text.splitlines()[-1]

    def test_colour_comes_only_when_asked_for(self) -> None:
        assert "\x1b" not in as_text()
        assert "\x1b[1;31merror\x1b[0m" in as_text(colour=True)

    def test_a_finding_in_another_file_shows_its_place_without_a_line(self) -> None:
        elsewhere = Location("facts.json", pointer="/facts/f1")
        text = as_text(document_report(findings=(replace(broken_finding(), locations=(elsewhere,)),)))
        assert "  facts.json#/facts/f1\n" in text


class TestRegistry:
    def test_every_format_can_be_configured(self) -> None:
        assert set(RENDERERS) <= set(get_args(FORMAT))

    def test_a_format_that_is_one_file_gives_that_file(self) -> None:
        assert render_files("json", report(), Options(), "a.json") == {"a.json": render("json", report())}

    def test_a_format_with_pages_gives_the_files_of_its_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import ticktie.render.concise as module

        monkeypatch.setattr(module, "pages", lambda report, options, name: {name: b"i", "a/1": b"p"}, raising=False)
        assert render_files("concise", report(), Options(), "x") == {"x": b"i", "a/1": b"p"}


class TestConciseReport:
    def test_each_finding_is_one_line_that_editors_understand(self) -> None:
        lines = render("concise", report()).decode().splitlines()
        assert lines == [
            "release.txt:3:19: error TIE001 claim-against-table: the text says $1.2 million, the table 1,051 thousand",
            "release.txt:6:1: note READ001 shadow-row: line 6 repeats line 5 with damage",
        ]


class TestNeutralText:
    HOSTILE = "a\x1b]0;owned\x07\x1b[2Jb\x9b31mc\u202ed\u2066e\u200bf\r\ng\x00\ud800"

    @pytest.mark.parametrize("output_format", [name for name, form in RENDERERS.items() if not form.binary])
    def test_no_escape_sequence_of_a_document_reaches_the_terminal(self, output_format: str) -> None:
        text = self.HOSTILE + " $5 million"
        hostile = replace(
            broken_finding(self.HOSTILE), locations=(place("$5", text, self.HOSTILE),), name="x", remedy=self.HOSTILE
        )
        of = document_report(path=self.HOSTILE, findings=(hostile,), document=document(text, self.HOSTILE))
        shown = render(output_format, report(of)).decode()
        assert set(shown) & set("\x1b\x07\x9b\u202e\u2066\u200b\r\x00") == set()

    @given(st.text())
    def test_neutral_text_is_printable_and_keeps_printable_text(self, text: str) -> None:
        shown = neutral(text)
        assert shown.isprintable() or set(shown) & set("\u3000\u00a0\u1680\u2000\u202f\u205f")
        assert neutral(shown) == shown

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=300), st.data())
    def test_the_marks_stand_below_the_figure_whatever_surrounds_it(self, line: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(line) - 1))
        end = data.draw(st.integers(start + 1, len(line)))
        text = f"first\n{line}\nlast"
        of = document(text)
        shown = excerpt(of, of.location(Span(6 + start, 6 + end)), 80)
        assert shown is not None and shown.line == 2
        assert neutral(line[start:end]).startswith(shown.marked)
        assert shown.caret.index("^") == columns(shown.before)

    def test_a_line_of_a_megabyte_is_shown_as_a_window_around_the_figure(self) -> None:
        text = "x " * 300_000 + "$5 million" + " y" * 300_000
        shown = excerpt(document(text), place("$5 million", text), 80)
        assert shown is not None and shown.marked == "$5 million" and len(shown.text) < 100
        assert shown.before.startswith("…") and shown.after.endswith("…")


class TestJsonReport:
    def test_it_keeps_to_its_schema(self) -> None:
        unreadable = document_report(facts=(), checks=(), findings=(), states=None, sha256="", error="empty; fill it")
        schema("report").validate(as_json(document_report(), unreadable))

    def test_numbers_are_decimal_strings_without_exponent(self) -> None:
        finding = as_json()["documents"][0]["findings"][0]
        assert [finding[key] for key in ("expected", "actual", "residual", "allowed")] == [
            "1051000",
            "1200000",
            "149000",
            "50500",
        ]
        assert fact_object(figure(value=Decimal("1E+9")))["value"] == "1000000000"

    def test_facts_say_their_state_their_checks_and_what_they_tie_to(self) -> None:
        facts = as_json()["documents"][0]["facts"]
        said = {name: [f["ticktie:state"], f["ticktie:checks"], f["ticktie:ties_to"]] for name, f in facts.items()}
        assert said == {"n1": ["broken", ["c1"], ["t1"]], "t1": ["tied", ["c1"], ["n1"]], "n2": ["unverified", [], []]}

    def test_an_item_of_a_sum_ties_to_nothing_but_its_total_ties_to_all_items(self) -> None:
        items = (("a", Decimal(1)), ("b", Decimal(1)))
        ties = judgement([Check("c", "FOOT001", "tied", "t", items, None, None, None, None)], {}).ties
        assert ties == {"t": ("a", "b")}

    def test_an_incomplete_check_ties_nothing(self) -> None:
        judged = judgement([broken_check()._replace(outcome="incomplete")], {})
        assert judged.ties == {} and judged.checks == {"n1": ("c1",), "t1": ("c1",)}

    def test_counts_leave_out_nil_facts_and_count_restored_ones_beside_the_states(self) -> None:
        nil = figure(id="t2", value=None, evidence=())
        of = document_report(facts=(*document_report().facts, nil))
        assert of.counts("table") == Counts(figures=1, tied=1, restored=1)

    def test_the_summary_adds_up_over_documents(self) -> None:
        summary = as_json(document_report(), document_report())["summary"]
        assert summary["findings"] == {"error": 2, "warning": 0, "note": 2}
        assert summary["tick_coverage"] == {"ticked": 4, "figures": 6}

    def test_the_order_of_facts_checks_and_findings_does_not_depend_on_the_order_given(self) -> None:
        of = document_report()
        shuffled = replace(of, facts=of.facts[::-1], findings=of.findings[::-1], checks=of.checks[::-1])
        assert render("json", report(of)) == render("json", report(shuffled))


class TestFactsFile:
    def test_it_keeps_to_its_schema(self) -> None:
        facts = (
            claim(dimensions=((PART, "from partners"), ("srt:RangeAxis", "srt:MinimumMember"))),
            figure(unit="iso4217:USD/xbrli:shares"),
            figure(id="t2", unit=None, period=None, entity=None, location=None, value=None),
        )
        written = json.loads(dump(facts_file(facts, document())))
        schema("facts").validate(written)
        assert set(written["documentInfo"]["namespaces"]) == {
            "cik",
            "iso4217",
            "srt",
            "ticktie",
            "us-gaap",
            "xbrli",
        }

    def test_an_exact_value_has_no_decimals_and_a_nil_one_neither(self) -> None:
        assert "decimals" not in fact_object(figure(decimals=None))
        assert "decimals" not in fact_object(figure(value=None))
        assert fact_object(figure())["decimals"] == -3

    def test_the_end_of_a_day_is_the_next_midnight(self) -> None:
        assert fact_object(figure())["dimensions"]["period"] == "2031-01-01T00:00:00/2031-04-01T00:00:00"

    def test_dimensions_hold_only_aspects_that_the_fact_has(self) -> None:
        bare = Fact("f", "us-gaap:Assets", Decimal(1), 0, None, None)
        assert fact_object(bare)["dimensions"] == {"concept": "us-gaap:Assets"}

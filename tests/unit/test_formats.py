"""What build services and other programs read: each format by a reader of its own, and hostile text in each."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pysarif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from lxml import etree
from msgspec.structs import replace

from tests.unit.hostile import ATTACKS, hostile_report
from tests.unit.reports import broken_check, broken_finding, damage_finding, document_report, report
from ticktie.model.findings import Check, Report, Severity, Threshold
from ticktie.model.source import Location
from ticktie.render import RENDERERS, Options, render
from ticktie.render.markdown import SHOWN, code
from ticktie.render.neutral import inert
from ticktie.render.uri import uri

each_attack = pytest.mark.parametrize("attack", ATTACKS)
MISSED = Threshold("min-coverage", "at least 9/10", "2/3", False)
KNOWN = replace(broken_finding("an old one"), accepted="in the baseline", fingerprint="f3")


def written(output_format: str, of: Report | None = None, **options: Any) -> str:
    return render(output_format, of or report(), Options(**options)).decode()


def with_accepted() -> Report:
    return report(document_report(findings=(KNOWN,)))


class TestJsonLines:
    def test_each_document_is_the_json_reports_document_on_a_line_of_its_own(self) -> None:
        of = report(document_report(), document_report(path="other.txt"))
        lines = [json.loads(line) for line in written("json-lines", of).splitlines()]
        whole = json.loads(written("json", of))
        assert [{"ticktie": whole["ticktie"], **document} for document in whole["documents"]] == lines

    @each_attack
    def test_no_text_of_a_document_begins_a_line(self, attack: str) -> None:
        assert len(written("json-lines", hostile_report(attack)).splitlines()) == 2


class TestSarif:
    def run(self, of: Report | None = None) -> Any:
        return json.loads(written("sarif", of))["runs"][0]

    def test_another_reader_knows_everything_that_is_written(self) -> None:
        said = json.loads(written("sarif", replace(report(), thresholds=(MISSED,))))
        read = pysarif.save_to_dict(pysarif.load_from_dict(said))
        del said["$schema"]  # the reader replaces it
        assert list(lost(said, read)) == []

    def test_places_are_relative_with_code_points_and_an_exclusive_end(self) -> None:
        run = self.run()
        place = run["results"][0]["locations"][0]["physicalLocation"]
        assert run["columnKind"] == "unicodeCodePoints"
        assert place["artifactLocation"] == {"uri": "release.txt", "uriBaseId": "%SRCROOT%"}
        assert place["region"] == {"startLine": 3, "startColumn": 19, "endLine": 3, "endColumn": 31}

    def test_the_fingerprint_is_that_of_the_finding(self) -> None:
        assert self.run()["results"][0]["partialFingerprints"] == {"ticktie/v1": "f1"}

    def test_the_help_of_a_rule_is_its_why_and_its_remedy(self) -> None:
        finding = replace(broken_finding(), why="Because both state one fact.")
        rules = self.run(report(document_report(findings=(finding,))))["tool"]["driver"]["rules"]
        assert rules[0]["help"]["text"] == "Because both state one fact.\n\nwrite $1.1 million"

    def test_every_result_points_to_its_rule(self) -> None:
        run = self.run()
        rules = run["tool"]["driver"]["rules"]
        assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["TIE001", "READ001"]

    def test_an_accepted_finding_is_suppressed_and_says_why(self) -> None:
        assert self.run(with_accepted())["results"][0]["suppressions"][0]["justification"] == "in the baseline"

    def test_an_unreadable_document_is_a_notification_and_no_success(self) -> None:
        invocation = self.run(report(document_report(error="it is binary", findings=())))["invocations"][0]
        assert invocation["executionSuccessful"] is False
        assert "it is binary" in invocation["toolExecutionNotifications"][0]["message"]["text"]

    def test_facts_without_a_file_are_logical_places(self) -> None:
        finding = replace(broken_finding(), locations=(Location("", pointer="/facts/f1"),))
        place = self.run(report(document_report(findings=(finding,))))["results"][0]["locations"][0]
        assert place == {"logicalLocations": [{"fullyQualifiedName": "/facts/f1"}]}

    @given(st.text())
    def test_whatever_the_text_another_reader_reads_it(self, text: str) -> None:
        said = json.loads(written("sarif", hostile_report(text)))
        read = pysarif.save_to_dict(pysarif.load_from_dict(said))
        del said["$schema"]
        assert list(lost(said, read)) == []

    @pytest.mark.parametrize(
        ("path", "reference"),
        [
            ("a b/ü.txt", "a%20b/%C3%BC.txt"),
            ("c:x.txt", "c%3Ax.txt"),
            ("/else/where.txt", "file:///else/where.txt"),
            ("bad\udcff.txt", "bad%FF.txt"),
        ],
    )
    def test_paths_are_uris(self, path: str, reference: str) -> None:
        assert uri(path) == reference

    def test_a_path_below_the_working_folder_is_relative(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert uri(str(tmp_path / "a" / "b.txt")) == "a/b.txt"


def lost(said: Any, read: Any, at: str = "") -> Any:
    """Where ``read`` lacks or changes what ``said`` says."""
    if isinstance(said, dict):
        for key in said:
            yield from lost(said[key], read.get(key), f"{at}.{key}") if isinstance(read, dict) else [at]
    elif isinstance(said, list):
        for one, other in zip(said, read or [None] * len(said), strict=True):
            yield from lost(one, other, f"{at}[]")
    elif said != read:
        yield at


def suites(of: Report | None = None, **options: Any) -> Any:
    return list(JUnitXml.fromstring(written("junit", of, **options).encode()))


class TestJunit:
    def test_a_suite_for_each_document_a_case_for_each_check(self) -> None:
        suite = suites()[0]
        assert (suite.name, suite.tests, suite.failures) == ("release.txt", 1, 1)
        assert [case.name for case in suite] == ["c1 License fees"]
        assert [case.classname for case in suite] == ["TIE001"]

    def test_a_failure_is_a_finding_that_fails_the_run(self) -> None:
        of = report(document_report(findings=(replace(broken_finding(), severity=Severity.WARNING),)))
        assert suites(of)[0].failures == 0
        assert suites(of, fail_on=Severity.WARNING)[0].failures == 1

    def test_a_failing_finding_without_a_check_is_a_case_of_its_own(self) -> None:
        suite = suites(report(document_report(findings=(damage_finding(),))), fail_on=Severity.NOTE)[0]
        assert [case.name for case in suite if case.result] == ["shadow-row at release.txt:6:1"]

    def test_an_incomplete_check_is_skipped(self) -> None:
        numbers = (None, None, None, None)
        incomplete = Check("c2", "FOOT001", "incomplete", "t1", (("n1", Decimal(1)),), *numbers)
        suite = suites(report(document_report(checks=(incomplete,), findings=())))[0]
        assert (suite.tests, suite.skipped, suite.failures) == (1, 1, 0)

    def test_an_accepted_finding_fails_no_case(self) -> None:
        assert suites(with_accepted())[0].failures == 0

    def test_thresholds_are_a_suite(self) -> None:
        suite = suites(replace(report(), thresholds=(MISSED,)))[-1]
        assert (suite.name, suite.failures) == ("thresholds", 1)
        assert next(iter(suite)).result[0].message == "wanted at least 9/10, got 2/3"

    def test_an_unreadable_document_is_an_error(self) -> None:
        assert suites(report(document_report(error="binary", checks=(), findings=())))[0].errors == 1

    @each_attack
    def test_text_of_a_document_makes_no_markup(self, attack: str) -> None:
        tree = etree.parse(BytesIO(render("junit", hostile_report(attack))))
        assert {element.tag for element in tree.iter()} == {
            "testsuites", "testsuite", "testcase", "failure", "error",
        }  # fmt: skip
        assert len(tree.findall(".//testcase")) == 4


    @given(st.text())
    def test_whatever_the_text_it_is_well_formed(self, text: str) -> None:
        assert len(etree.fromstring(render("junit", hostile_report(text))).findall(".//testcase")) == 4


COMMAND = re.compile(r"::(notice|warning|error) [^:]*::")


class TestGithub:
    def test_the_total_comes_first_and_then_the_worst(self) -> None:
        lines = written("github").splitlines()
        assert lines[0] == "::notice title=ticktie::1 document: 1 error, 0 warnings, 1 note; tick coverage 2/3"
        assert lines[1].startswith("::error file=release.txt,line=3,endLine=3,col=19,endColumn=31,title=TIE001 claim-")
        assert lines[2].startswith("::notice file=release.txt,line=6")

    def test_a_missed_threshold_is_an_error(self) -> None:
        lines = written("github", replace(report(), thresholds=(MISSED,))).splitlines()
        assert "::error title=ticktie::min-coverage: wanted at least 9/10, got 2/3" in lines

    def test_accepted_findings_are_no_annotations(self) -> None:
        assert len(written("github", with_accepted()).splitlines()) == 1

    @each_attack
    def test_text_of_a_document_gives_no_command(self, attack: str) -> None:
        lines = written("github", hostile_report(attack)).splitlines()
        assert len(lines) == 5 and all(COMMAND.match(line) for line in lines)
        said = [COMMAND.split(line, maxsplit=1)[-1] for line in lines]
        assert all("##[" not in line for line in lines)
        assert not any(re.search("%(?!25|3A|2C)", line) for line in [*lines, *said])

    @given(st.text())
    def test_whatever_the_text_each_annotation_is_one_line(self, text: str) -> None:
        assert len(written("github", hostile_report(text)).split("\n")) == 6


class TestGitlab:
    def test_each_entry_has_what_gitlab_asks_for(self) -> None:
        entries = json.loads(written("gitlab"))
        assert [entry["severity"] for entry in entries] == ["critical", "info"]
        for entry in entries:
            assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
            assert not entry["location"]["path"].startswith(("/", "./"))
            assert entry["location"]["lines"]["begin"] >= 1

    def test_fingerprints_differ_between_documents_and_between_findings_alike(self) -> None:
        twice = (broken_finding(), broken_finding("again"))
        of = report(document_report(findings=twice), document_report(findings=twice, path="b.txt"))
        found = [entry["fingerprint"] for entry in json.loads(written("gitlab", of))]
        assert len(found) == 4 and len(set(found)) >= 2

    def test_an_unreadable_document_blocks(self) -> None:
        entries = json.loads(written("gitlab", report(document_report(error="binary", findings=()))))
        assert entries[0]["severity"] == "blocker"


def outside_code(text: str) -> set[str]:
    """The words of a Markdown text that stand in no code span, numbers left out."""
    return set(re.sub(r"\d+", "N", re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "CODE", text)).split())


class TestMarkdown:
    def test_it_says_what_failed_with_counts_and_the_printed_line(self) -> None:
        text = written("markdown")
        assert text.startswith("### ticktie: figures disagree\n\n1 document: 1 error, 0 warnings, 1 note;")
        assert "| `release.txt` | Tables | 1 | 1 | 0 | 0 | 0 | 1 |" in text
        assert "- **error** `TIE001` at `release.txt:3:19`: `the text says $1.2 million, the table 1,051" in text
        assert "line 5: `License fees    $  1,051`" in text

    def test_only_so_many_findings_are_shown_and_it_says_of_how_many(self) -> None:
        of = report(document_report(findings=(broken_finding(),) * (SHOWN + 7)))
        assert f"{SHOWN} of {SHOWN + 7} findings are shown." in written("markdown", of)

    def test_it_fits_a_comment_however_much_there_is_to_say(self) -> None:
        long = replace(broken_finding("x" * 5000), remedy="y" * 5000)
        of = report(*[document_report(path=f"{'z' * 200}{n}", findings=(long,) * 9) for n in range(150)])
        assert len(written("markdown", of)) < 65_536

    @given(st.text())
    def test_a_code_span_ends_where_the_text_does(self, text: str) -> None:
        span = code(text)
        fence = re.match("`+", span)
        assert fence is not None and span.endswith(fence[0]) and "\n" not in span
        inner = span[len(fence[0]) : -len(fence[0])]
        assert fence[0] not in re.findall("`+", inner)

    @each_attack
    def test_outside_code_spans_stand_our_words_only(self, attack: str) -> None:
        said, ours = (written("markdown", hostile_report(text)) for text in (attack, "harmless words"))
        assert outside_code(said) <= outside_code(ours)


class TestBuildLogs:
    """Text and concise reports stand in the logs of build services, which obey lines that look like commands."""

    @each_attack
    @pytest.mark.parametrize("output_format", ["text", "concise"])
    def test_no_line_is_a_command(self, output_format: str, attack: str) -> None:
        for line in written(output_format, hostile_report(attack)).splitlines():
            assert not line.lstrip().startswith("::") and not re.search(r"##\w*\[", line)

    @given(st.text("# [:vso\t", max_size=20))
    def test_an_inert_line_begins_no_command(self, line: str) -> None:
        assert not inert(line).lstrip().startswith("::") and not re.search(r"##\w*\[", inert(line))


@pytest.mark.parametrize("output_format", [name for name, form in RENDERERS.items() if not form.binary])
@each_attack
def test_every_format_is_utf8_without_a_character_that_a_terminal_obeys(output_format: str, attack: str) -> None:
    text = written(output_format, hostile_report(attack))
    assert set(text) & set("\x1b\x07\x9b\u202e\u2066\u200b\x00") == set()


@pytest.mark.parametrize("output_format", ["text", "markdown", "json", "sarif", "junit", "github"])
def test_a_missed_threshold_is_told_in_every_format(output_format: str) -> None:
    assert "2/3" in written(output_format, replace(report(), thresholds=(MISSED,)))


def test_no_format_but_those_that_list_everything_shows_an_accepted_finding() -> None:
    texts = {name: written(name, with_accepted()) for name, form in RENDERERS.items() if not form.binary}
    assert {name for name, text in texts.items() if "an old one" in text} <= {"json", "json-lines", "sarif", "html"}


def test_the_failing_check_is_the_one_of_the_finding() -> None:
    assert broken_check().id in broken_finding().checks

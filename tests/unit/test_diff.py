"""``ticktie diff``: what a reviewer is told of two drafts, or of two runs of an extraction."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from tests.support import PROJECT
from tests.unit.hostile import ATTACKS
from tests.unit.reports import broken_finding, claim, document_report, figure
from ticktie.cli.main import main
from ticktie.gate.diff import difference

RELEASE = PROJECT / "samples" / "tallow_creek_bakeries.txt"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


class TestDifference:
    def test_a_document_does_not_differ_from_itself(self) -> None:
        one = difference(document_report(), document_report())
        assert (one.same, one.changes, one.fixed, one.found) == (3, (), (), ())

    def test_a_figure_that_changed_meets_itself_by_its_meaning(self) -> None:
        changed = replace(figure(), value=Decimal(1052000), id="elsewhere", location=None)
        one = difference(document_report(facts=(figure(), claim())), document_report(facts=(claim(), changed)))
        assert [(c.kind, c.before, c.after) for c in one.changes] == [("changed", figure(), changed)]

    def test_a_claim_never_meets_a_figure_of_a_table(self) -> None:
        one = difference(document_report(facts=(figure(),)), document_report(facts=(claim(),)))
        assert sorted(change.kind for change in one.changes) == ["added", "lost"]

    def test_of_two_statements_of_one_fact_the_equal_ones_meet(self) -> None:
        first, second = figure(), replace(figure(), id="t2", value=Decimal(7))
        moved = replace(second, value=Decimal(8))
        one = difference(document_report(facts=(first, second)), document_report(facts=(moved, first)))
        assert [(c.before, c.after) for c in one.changes] == [(second, moved)]

    def test_findings_are_fixed_and_new_by_fingerprint(self) -> None:
        old, new = broken_finding(), replace(broken_finding(), fingerprint="f8")
        one = difference(document_report(findings=(old,)), document_report(findings=(new,)))
        assert (one.fixed, one.found) == ((old,), (new,))

    def test_a_document_without_a_counterpart_is_all_added_or_all_lost(self) -> None:
        assert {c.kind for c in difference(None, document_report()).changes} == {"added"}
        assert {c.kind for c in difference(document_report(), None).changes} == {"lost"}


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two drafts: in the second one figure is wrong and a line was inserted above."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(RELEASE, tmp_path / "one.txt")
    text = RELEASE.read_text(encoding="utf-8")
    total = next(line for line in text.split("\n") if line.startswith("Total assets"))
    figure = next(word for word in total.split() if word.replace(",", "").isdecimal())
    wrong = str(int(figure[0]) % 9 + 1) + figure[1:]
    (tmp_path / "two.txt").write_text("DRAFT\n\n" + text.replace(total, total.replace(figure, wrong)), encoding="utf-8")
    return tmp_path


class TestCommand:
    def test_a_new_error_fails_and_the_changed_figure_is_told(self, drafts: Path) -> None:
        result = run("diff", "one.txt", "two.txt")
        assert result.exit_code == 1
        assert "0 added, 0 lost, 1 changed" in result.output and "changed Total assets" in result.output

    def test_a_fixed_error_passes(self, drafts: Path) -> None:
        result = run("diff", "two.txt", "one.txt")
        assert result.exit_code == 0 and "fixed   error" in result.output

    def test_folders_are_compared_file_by_file(self, drafts: Path) -> None:
        for folder, name in (("old", "one.txt"), ("new", "two.txt")):
            (drafts / folder).mkdir()
            shutil.copy(drafts / name, drafts / folder / "release.txt")
            shutil.copy(RELEASE, drafts / folder / f"{folder}.txt")
        held = json.loads(run("diff", "old", "new", "--output-format", "json").stdout)["documents"]
        assert [(one["old"], one["new"]) for one in held] == [
            (None, "new/new.txt"), ("old/old.txt", None), ("old/release.txt", "new/release.txt"),
        ]  # fmt: skip

    def test_an_unreadable_file_is_3(self, drafts: Path) -> None:
        assert run("diff", "one.txt", "absent.txt").exit_code == 3

    def test_extractions_are_compared_as_documents_are(self, drafts: Path) -> None:
        for name in ("one", "two"):
            run("extract", f"{name}.txt", "-o", f"{name}.json")
        assert "1 changed" in run("diff", "one.json", "two.json").output

    def test_markdown_is_for_a_pull_request(self, drafts: Path) -> None:
        text = run("diff", "one.txt", "two.txt", "--output-format", "markdown").output
        assert text.startswith("### ticktie: `one.txt` to `two.txt`") and "| changed | `Total assets, " in text

    @pytest.mark.parametrize("attack", ATTACKS)
    @pytest.mark.parametrize("form", ["text", "markdown", "json"])
    def test_text_of_a_document_is_neutral(self, form: str, attack: str) -> None:
        from ticktie.cli.diff import _FORMS

        facts = (replace(figure(), label=attack, concept=attack),)
        one = difference(document_report(facts=()), document_report(facts=facts, path=attack))
        lines = _FORMS[form]([one]).decode().split("\n")
        assert not any(line.lstrip().startswith("::") or "\x1b" in line for line in lines)

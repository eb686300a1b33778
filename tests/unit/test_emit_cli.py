"""``ticktie emit``: what it writes, where, and when it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.emitted import RELEASE
from ticktie.cli.main import main

BROKEN = RELEASE.replace("revenues were \\$9.1", "revenues were \\$8.1")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "release.txt"
    path.parent.mkdir()
    path.write_text(RELEASE, encoding="utf-8")
    return path


def emit(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["emit", *map(str, arguments)])


def test_a_package_is_one_file_and_nothing_else_is_written(release, tmp_path):
    out = tmp_path / "out" / "r.xbri"
    assert emit(release, "--output-format", "xbri", "-o", out).exit_code == 0
    written = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert written == ["r.xbri", "release.txt"]


def test_the_files_beside_the_output_have_its_name(release, tmp_path):
    out = tmp_path / "out" / "page.htm"
    assert emit(release, "--output-format", "ixbrl", "-o", out).exit_code == 0
    names = sorted(path.name for path in out.parent.iterdir())
    assert names == [
        "page.htm",
        "page.xsd",
        "page_cal.xml",
        "page_gaap.xsd",
        "page_lab.xml",
        "page_pre.xml",
        "page_srt.xsd",
    ]


@pytest.mark.parametrize("name", ["..", "a b & <c>.xhtml", "...xhtml", "é.xhtml", "1.xhtml", "x" * 200 + ".xhtml"])
def test_any_name_of_the_output_gives_names_that_stay_in_its_folder(release, tmp_path, name):
    folder = tmp_path / "deep" / "out"
    result = emit(release, "--output-format", "ixbrl", "-o", folder / name)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != release]
    assert all(path.parent == folder for path in written)
    assert result.exit_code == (2 if name == ".." else 0), result.output


def test_an_output_named_as_one_of_the_files_beside_it_is_refused(release, tmp_path):
    result = emit(release, "--output-format", "ixbrl", "-o", tmp_path / "r.xsd")
    assert result.exit_code == 2 and "name the output otherwise" in " ".join(result.output.split())


def test_the_document_is_never_overwritten(release):
    result = emit(release, "--output-format", "xbrl", "-o", release)
    assert result.exit_code == 2 and release.read_text(encoding="utf-8") == RELEASE


def test_a_broken_claim_is_left_out_and_said_or_refused(release, tmp_path):
    release.write_text(BROKEN, encoding="utf-8")
    out = tmp_path / "out" / "r.xbrl"
    said = emit(release, "--output-format", "xbrl", "-o", out, "--show-omitted")
    assert said.exit_code == 0 and "1 left out" in said.output and "the claim is broken" in said.output
    refused = emit(release, "--output-format", "xbrl", "-o", tmp_path / "no" / "r.xbrl", "--refuse-broken")
    assert refused.exit_code == 1 and "line 3" in refused.output and not (tmp_path / "no").exists()
    tagged = emit(release, "--output-format", "xbrl", "-o", out, "--tag-broken")
    assert tagged.exit_code == 0 and "0 left out" in tagged.output


def test_options_that_cannot_be_are_usage_errors(release, tmp_path):
    out = tmp_path / "r.xbrl"
    assert emit(release, "--output-format", "xbrl", "-o", out, "--tag-broken", "--refuse-broken").exit_code == 2
    wrong = emit(release, "--output-format", "xbrl", "-o", out, "--taxonomy", "ifrs/2024")
    assert wrong.exit_code == 2 and "us-gaap/YYYY" in wrong.output
    assert emit(release, "-o", out).exit_code == 2
    assert not out.exists()


def test_a_document_without_figures_and_one_that_is_missing_exit_with_3(tmp_path):
    (tmp_path / "a.txt").write_text("No figure at all.\n", encoding="utf-8")
    for name in ("a.txt", "missing.txt"):
        assert emit(tmp_path / name, "--output-format", "xbrl", "-o", tmp_path / "r.xbrl").exit_code == 3


def test_what_is_rewritten_in_the_markup_is_listed_on_request(tmp_path):
    page = tmp_path / "r.htm"
    page.write_text(
        "<html><body><font size=2>Revenues were $9.1 million in 2024.</font></body></html>", encoding="utf-8"
    )
    result = emit(page, "--output-format", "ixbrl", "-o", tmp_path / "out" / "r.xhtml", "--show-changes")
    assert result.exit_code == 0, result.output
    assert "font became span" in result.output

"""The command line: what it prints, where it writes, and the exit codes that builds stand on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from tests.support import PROJECT
from tests.unit.reports import broken_finding, damage_finding, document_report
from ticktie.check.book import RuleBook
from ticktie.cli.main import COMMANDS, main
from ticktie.model.facts import FactSet
from ticktie.model.findings import DocumentReport, Severity
from ticktie.pipeline import Extraction
from ticktie.read.errors import ReadError

Judge = Callable[..., DocumentReport]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with two documents and one that cannot be read."""
    monkeypatch.chdir(tmp_path)
    for name in ("clean.txt", "wrong.txt", "binary.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr("ticktie.pipeline.check_document", judge)
    monkeypatch.setattr("ticktie.pipeline.extract_document", extract)
    return tmp_path


def judge(path: Path, entity: str | None, book: RuleBook | None = None) -> DocumentReport:
    """A pipeline that knows the answer from the name of the file."""
    if path.name == "binary.txt":
        raise ReadError(str(path), "the file is binary", "convert it to text")
    if path.name == "defect.txt":
        raise KeyError("row")
    if path.name == "prose.txt":
        return document_report(path=str(path), facts=(), findings=(), checks=())
    found = {"wrong.txt": (broken_finding(),), "noted.txt": (damage_finding(),)}.get(path.name, ())
    return document_report(path=str(path), findings=found)


def extract(path: Path, entity: str | None) -> Extraction:
    report = judge(path, entity)
    assert report.document is not None
    return Extraction(report.document, FactSet(tuple(replace(fact, entity=entity) for fact in report.facts)))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


class TestExitCodes:
    def test_nothing_found_is_0(self, folder: Path) -> None:
        assert run("check", "clean.txt").exit_code == 0

    def test_an_error_is_1(self, folder: Path) -> None:
        assert run("check", "clean.txt", "wrong.txt").exit_code == 1

    def test_a_note_fails_only_when_asked_to(self, folder: Path) -> None:
        (folder / "noted.txt").touch()
        assert run("check", "noted.txt").exit_code == 0
        assert run("check", "noted.txt", "--fail-on", "note").exit_code == 1

    def test_exit_zero_forgives_findings_but_not_unreadable_files(self, folder: Path) -> None:
        assert run("check", "wrong.txt", "--exit-zero").exit_code == 0
        assert run("check", "binary.txt", "--exit-zero").exit_code == 3

    def test_a_named_file_that_cannot_be_read_is_3_and_stops_no_other(self, folder: Path) -> None:
        result = run("check", "binary.txt", "wrong.txt")
        assert result.exit_code == 3
        assert "unreadable binary.txt: the file is binary; convert it to text" in result.output
        assert "error TIE001" in result.output

    def test_a_named_file_without_a_figure_is_3_and_says_what_to_do(self, folder: Path) -> None:
        (folder / "prose.txt").touch()
        result = run("check", "prose.txt")
        assert result.exit_code == 3 and "name a document that states amounts" in result.output

    @pytest.mark.parametrize(("name", "words"), [("absent.txt", "no such file"), ("hollow", "no file in this folder")])
    def test_a_path_that_holds_no_file_is_3(self, folder: Path, name: str, words: str) -> None:
        (folder / "hollow").mkdir()
        result = run("check", name)
        assert result.exit_code == 3 and words in result.output

    def test_an_unreadable_file_of_a_folder_is_listed_and_skipped(self, folder: Path) -> None:
        (folder / "wrong.txt").unlink()
        result = run("check", str(folder))
        assert result.exit_code == 0 and "binary.txt: the file is binary" in result.output

    def test_a_usage_error_beats_everything(self, folder: Path) -> None:
        assert run("check", "binary.txt", "wrong.txt", "--no-such-option").exit_code == 2
        assert run("check").exit_code == 2

    def test_a_defect_of_our_own_is_an_error_of_that_file_without_traceback(self, folder: Path) -> None:
        (folder / "defect.txt").touch()
        result = run("check", "defect.txt", "clean.txt")
        assert result.exit_code == 3
        assert "internal error: KeyError" in result.output and "TICKTIE_TRACEBACK" in result.output
        assert "clean.txt" in result.output


class TestOutput:
    def test_formats_go_to_their_files_and_one_to_standard_output(self, folder: Path) -> None:
        result = run("check", "wrong.txt", "--output-format", "concise", "--output-format", "json=out.json")
        assert result.output.startswith("release.txt:3:19: error TIE001")
        assert json.loads((folder / "out.json").read_text())["summary"]["findings"]["error"] == 1

    def test_o_is_the_file_of_the_format_without_one(self, folder: Path) -> None:
        assert run("check", "clean.txt", "--output-format", "json", "-o", "out.json").output == ""
        assert json.loads((folder / "out.json").read_text())["documents"][0]["path"] == "clean.txt"

    def test_an_unreadable_file_is_named_even_when_the_report_goes_to_a_file(self, folder: Path) -> None:
        result = run("check", "binary.txt", "--output-format", "json=out.json")
        assert "unreadable binary.txt" in result.stderr and result.stdout == ""

    def test_json_on_standard_output_is_json_alone(self, folder: Path) -> None:
        assert json.loads(run("check", "binary.txt", "wrong.txt", "--output-format", "json").stdout)

    @pytest.mark.parametrize(
        ("arguments", "remedy"),
        [
            (["--output-format", "yaml"], "use text, concise, json"),
            (["--output-format", "json="], "write json=FILE"),
            (["--output-format", "json", "--output-format", "text"], "give each a file"),
            (["-o", "absent/out.txt"], "name a file that you may write"),
            (["-o", "clean.txt"], "name another file for the output"),
            (["--entity", "Halden"], "write cik: and ten digits"),
            (["--config", "broken.toml"], "mend it"),
        ],
    )
    def test_a_wrong_option_is_2_and_says_what_to_do(self, folder: Path, arguments: list[str], remedy: str) -> None:
        (folder / "broken.toml").write_text("fail-on = ")
        result = run("check", "clean.txt", *arguments)
        assert result.exit_code == 2 and remedy in result.output

    def test_a_source_file_is_never_overwritten(self, folder: Path) -> None:
        run("check", "clean.txt", "-o", "./clean.txt")
        run("extract", "clean.txt", "-o", "clean.txt")
        assert (folder / "clean.txt").read_text() == "clean.txt"

    def test_a_folder_means_the_files_in_it_sorted_and_without_hidden_ones(self, folder: Path) -> None:
        (folder / ".hidden.txt").touch()
        (folder / "below").mkdir()
        (folder / "below" / "a.txt").touch()
        documents = json.loads(run("check", ".", "--output-format", "json").stdout)["documents"]
        assert [d["path"] for d in documents] == ["binary.txt", "clean.txt", "wrong.txt", "below/a.txt"]

    def test_a_file_named_twice_is_read_once(self, folder: Path) -> None:
        documents = json.loads(run("check", "clean.txt", ".", "--output-format", "json").stdout)["documents"]
        assert [d["path"] for d in documents].count("clean.txt") == 1

    def test_the_configuration_sets_what_no_option_does(self, folder: Path) -> None:
        (folder / "noted.txt").touch()
        (folder / "ticktie.toml").write_text('fail-on = "note"\noutput-format = "concise"\n')
        result = run("check", "noted.txt")
        assert result.exit_code == 1 and result.output.startswith("release.txt:6:1: note")
        assert run("check", "noted.txt", "--fail-on", "error").exit_code == 0

    def test_a_broken_configuration_is_2(self, folder: Path) -> None:
        (folder / "ticktie.toml").write_text('fail_on = "note"\n')
        result = run("check", "clean.txt")
        assert result.exit_code == 2 and "unknown key 'fail_on'; use fail-on" in result.output


class TestExtract:
    def test_it_writes_facts_with_the_entity_given(self, folder: Path) -> None:
        assert run("extract", "clean.txt", "-o", "facts.json", "--entity", "cik:0000000007").exit_code == 0
        facts = json.loads((folder / "facts.json").read_text())["facts"]
        assert facts["t1"]["dimensions"]["entity"] == "cik:0000000007"

    @pytest.mark.parametrize("name", ["binary.txt", "prose.txt", "absent.txt"])
    def test_a_document_without_facts_is_3_and_writes_nothing(self, folder: Path, name: str) -> None:
        (folder / "prose.txt").touch()
        result = run("extract", name, "-o", "facts.json")
        assert result.exit_code == 3 and result.stderr.startswith(f"unreadable {name}: ")
        assert not (folder / "facts.json").exists()


class TestRule:
    RULE = 'id = "ABC001"\nname = "a-name"\nseverity = "error"\nsummary = "Sums hold."\nwhy = """Because\nthey do."""\n'

    @pytest.fixture(autouse=True)
    def rules(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from ticktie import resources

        (tmp_path / "ABC001.toml").write_text(self.RULE + 'source = ["a standard"]\n')
        resources.rule_page.cache_clear()
        files = lambda: {"ABC001": tmp_path / "ABC001.toml"}  # noqa: E731
        monkeypatch.setattr(resources, "rule_files", files)
        monkeypatch.setattr("ticktie.cli.rule.rule_files", files)
        yield
        resources.rule_page.cache_clear()

    def test_without_an_id_it_lists_every_rule_on_one_line(self) -> None:
        assert run("rule").output.split() == ["ABC001", "error", "a-name", "Sums", "hold."]

    @pytest.mark.parametrize("name", ["ABC001", "abc001", "a-name"])
    def test_a_rule_is_found_by_id_or_name_in_any_case(self, name: str) -> None:
        output = run("rule", name).output
        assert output.startswith("ABC001 a-name\n\nSums hold.\n\nBecause they do.\n")
        assert "source      a standard" in output

    def test_all_prints_every_page(self) -> None:
        assert "Because they do." in run("rule", "--all").output

    def test_an_unknown_rule_is_2_and_names_one_like_it(self) -> None:
        result = run("rule", "ABC002")
        assert result.exit_code == 2 and "did you mean ABC001" in result.output


class TestManners:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_help_text_has_examples(self, command: str) -> None:
        result = run(command, "--help")
        assert result.exit_code == 0 and "Examples:" in result.output and f"ticktie {command}" in result.output

    def test_the_version_is_printed_without_importing_what_checking_needs(self) -> None:
        heavy = {"pydantic", "rich", "scipy", "lxml", "rapidfuzz", "jinja2", "ticktie.pipeline"}
        program = (
            "import sys\nfrom ticktie.cli.main import main\n"
            "try: main(['--version'])\nexcept SystemExit: print(*sorted(set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PROJECT)
        version, modules = done.stdout.splitlines()
        assert version.startswith("ticktie 0.") and heavy & set(modules.split()) == set()

    def test_the_public_names_are_all_there_and_listed(self) -> None:
        import ticktie

        assert [name for name in ticktie.__all__ if getattr(ticktie, name, None) is None] == []
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            _ = ticktie.nothing

    def test_severities_compare_as_thresholds(self) -> None:
        assert Severity.NOTE < Severity.WARNING < Severity.ERROR

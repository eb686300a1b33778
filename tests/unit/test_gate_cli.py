"""The gate from the command line: a release with one wrong figure, and every way to let it pass or fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support import PROJECT
from ticktie.cli.main import main
from ticktie.cli.watch import stamps, watch

RELEASE = PROJECT / "samples" / "brightwater_sensors.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(RELEASE, tmp_path / "release.txt")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def suppression(expires: str, rule: str = "TIE001") -> str:
    return f'[[suppress]]\nrule = "{rule}"\nreason = "the filer confirmed it"\nexpires = {expires}\n'


class TestBaseline:
    def test_known_findings_pass_and_a_new_one_fails(self, folder: Path) -> None:
        assert run("check", "release.txt").exit_code == 1
        assert run("baseline", "release.txt", "-o", "known.json").exit_code == 0
        assert run("check", "release.txt", "--baseline", "known.json").exit_code == 0
        text = (folder / "release.txt").read_text(encoding="utf-8")
        (folder / "release.txt").write_text(text.replace("71,654", "71,754", 1), encoding="utf-8")
        assert run("check", "release.txt", "--baseline", "known.json").exit_code == 1

    def test_it_outlives_moved_lines_and_a_new_name(self, folder: Path) -> None:
        run("baseline", "release.txt", "-o", "known.json", "--least", "note")
        text = (folder / "release.txt").read_text(encoding="utf-8")
        (folder / "later.txt").write_text("\n\nEMBARGOED\n\n" + text, encoding="utf-8")
        (folder / "release.txt").unlink()
        assert run("check", "later.txt", "--baseline", "known.json", "--fail-on", "note").exit_code == 0

    def test_stale_entries_are_told_and_pruned(self, folder: Path) -> None:
        run("baseline", "release.txt", "-o", "known.json")
        text = (folder / "release.txt").read_text(encoding="utf-8")
        (folder / "release.txt").write_text(text.replace("License fees were \\$1.1", "License fees were \\$0.9"))
        told = run("check", "release.txt", "--baseline", "known.json")
        assert told.exit_code == 0 and "is no finding any more; remove it by --prune" in told.output
        run("check", "release.txt", "--baseline", "known.json", "--prune")
        assert json.loads((folder / "known.json").read_text())["findings"] == []

    def test_the_configuration_may_name_it(self, folder: Path) -> None:
        run("baseline", "release.txt", "-o", "known.json")
        (folder / "ticktie.toml").write_text('baseline = "known.json"\n')
        assert run("check", "release.txt").exit_code == 0

    @pytest.mark.parametrize("arguments", [["--baseline", "absent.json"], ["--prune"]])
    def test_without_the_file_it_is_a_usage_error(self, folder: Path, arguments: list[str]) -> None:
        assert run("check", "release.txt", *arguments).exit_code == 2


class TestSuppressions:
    @pytest.mark.parametrize(("expires", "code"), [("2999-12-31", 0), ("2001-12-31", 1)])
    def test_one_of_the_configuration_passes_until_it_expires(self, folder: Path, expires: str, code: int) -> None:
        (folder / "ticktie.toml").write_text(suppression(expires))
        result = run("check", "release.txt")
        assert result.exit_code == code
        assert code == 0 or "got expired after 2001-12-31: the filer confirmed it" in result.output

    def test_an_expired_one_fails_even_where_its_finding_is_gone(self, folder: Path) -> None:
        (folder / "ticktie.toml").write_text(suppression("2001-12-31", rule="FOOT001"))
        shutil.copy(PROJECT / "samples" / "tallow_creek_bakeries.txt", folder / "clean.txt")
        assert run("check", "clean.txt").exit_code == 1

    def test_one_beside_the_document_is_read_and_is_no_document(self, folder: Path) -> None:
        (folder / "release.txt.ticktie.toml").write_text(suppression("2999-12-31"))
        result = run("check", ".")
        assert result.exit_code == 0 and "1 document:" in result.output and "1 more accepted" in result.output

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('[[suppress]]\nrule = "TIE001"\nexpires = 2999-01-01\n', "suppress.0.reason"),
            ('[[suppress]]\nrule = "TIE001"\nreason = "x"\n', "suppress.0.expires"),
            ('[[suppress]]\nrule = "TIE001"\nreason = " "\nexpires = 2999-01-01\n', "say why"),
            ('[[suppress]]\nreason = "x"\nexpires = 2999-01-01\n', "give a rule or a fingerprint"),
            ('fail-on = "note"\n', "use \\[\\[suppress\\]\\] alone"),
        ],
    )
    def test_one_without_reason_date_or_name_is_a_usage_error(self, folder: Path, text: str, words: str) -> None:
        (folder / "release.txt.ticktie.toml").write_text(text)
        result = run("check", "release.txt")
        import re

        assert result.exit_code == 2 and re.search(words, result.output)


class TestThresholds:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["--max-errors", "1"], 0),
            (["--max-errors", "0"], 1),
            (["--max-errors", "1", "--min-coverage", "105/107"], 0),
            (["--max-errors", "1", "--min-coverage", "1"], 1),
            (["--max-errors", "1", "--min-facts", "107"], 0),
            (["--max-errors", "1", "--min-facts", "10000"], 1),
            (["--min-facts", "10000", "--exit-zero"], 0),
            (["--min-coverage", "105"], 2),
        ],
    )
    def test_options(self, folder: Path, arguments: list[str], code: int) -> None:
        assert run("check", "release.txt", *arguments).exit_code == code

    def test_a_missed_one_is_told_on_standard_error_beside_a_report_for_programs(self, folder: Path) -> None:
        result = run("check", "release.txt", "--output-format", "json", "--min-coverage", "1", "--max-errors", "9")
        assert result.exit_code == 1 and "missed min-coverage: wanted at least 1, got 105/107" in result.stderr
        assert json.loads(result.stdout)["summary"]["thresholds"][1]["met"] is False

    def test_the_ratchet_keeps_what_passed_and_fails_what_is_worse(self, folder: Path) -> None:
        clean = PROJECT / "samples" / "tallow_creek_bakeries.txt"
        shutil.copy(clean, folder / "clean.txt")
        assert run("check", "clean.txt", "--ratchet", "ratchet.json").exit_code == 0
        kept = (folder / "ratchet.json").read_bytes()
        assert run("check", "clean.txt", "release.txt", "--ratchet", "ratchet.json", "--max-errors", "9").exit_code == 1
        assert (folder / "ratchet.json").read_bytes() == kept

    def test_a_broken_ratchet_file_is_a_usage_error(self, folder: Path) -> None:
        (folder / "ratchet.json").write_text("{}")
        assert run("check", "release.txt", "--ratchet", "ratchet.json").exit_code == 2


class TestRules:
    def test_rules_may_be_selected_and_ignored(self, folder: Path) -> None:
        assert run("check", "release.txt", "--select", "foot").exit_code == 0
        assert run("check", "release.txt", "--ignore", "claim-ties-to-table").exit_code == 0
        assert run("check", "release.txt", "--select", "nonsense").exit_code == 2

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('select = ["nonsense"]', "ticktie.toml: no rule, family or severity is named 'nonsense'"),
            ('select = "tie"', "select: Input should be a list, not 'tie'"),
            ('[severity]\nTIE01 = "note"', "did you mean TIE"),
        ],
    )
    def test_a_name_that_no_rule_has_names_the_file(self, folder: Path, text: str, words: str) -> None:
        (folder / "ticktie.toml").write_text(text)
        result = run("check", "release.txt")
        assert result.exit_code == 2 and words in result.output

    def test_the_configuration_changes_severities(self, folder: Path) -> None:
        (folder / "ticktie.toml").write_text('[severity]\ntie = "note"\n')
        assert run("check", "release.txt").exit_code == 0

    def test_an_override_holds_for_its_paths_alone(self, folder: Path) -> None:
        (folder / "drafts").mkdir()
        shutil.copy(RELEASE, folder / "drafts" / "draft.txt")
        (folder / "ticktie.toml").write_text('[[overrides]]\npaths = ["drafts/**"]\nignore = ["tie"]\n')
        assert run("check", "drafts/draft.txt").exit_code == 0
        assert run("check", "release.txt").exit_code == 1

    def test_own_rule_folders_are_applied_and_explained(self, folder: Path) -> None:
        (folder / "house").mkdir()
        rule = (PROJECT / "rules" / "bal" / "BAL001.toml").read_text(encoding="utf-8")
        rule = rule.replace('id = "BAL001"', 'id = "OWN001"').replace("\nname = ", '\nname = "own-" # ')
        (folder / "house" / "OWN001.toml").write_text(rule.replace('"own-"', '"own-balance"'))
        (folder / "ticktie.toml").write_text('rules = ["house"]\nselect = ["own"]\n')
        checks = json.loads(run("check", "release.txt", "--output-format", "json").stdout)["documents"][0]["checks"]
        assert {check["rule"] for check in checks} == {"OWN001"}
        assert "OWN001 own-balance" in run("rule", "OWN001").output

    def test_a_broken_own_rule_is_a_usage_error_that_names_the_file(self, folder: Path) -> None:
        (folder / "house").mkdir()
        (folder / "house" / "X.toml").write_text("id = 7\n")
        result = run("check", "release.txt", "--rules", "house")
        assert result.exit_code == 2 and "X.toml" in result.output


class TestConfig:
    def test_it_says_where_each_value_comes_from(self, folder: Path) -> None:
        (folder / "ticktie.toml").write_text('fail-on = "note"\n[[overrides]]\npaths = ["*.txt"]\nignore = ["tie"]\n')
        held = json.loads(run("config", "release.txt", "--output-format", "json").stdout)
        assert held["fail-on"] == {"value": "note", "from": str(folder / "ticktie.toml")}
        assert held["ignore"] == {"value": ["tie"], "from": f"{folder / 'ticktie.toml'}: overrides 1"}
        assert held["output-format"] == {"value": "text", "from": "default"}

    def test_its_text_is_toml_again(self, folder: Path) -> None:
        import tomllib

        (folder / "ticktie.toml").write_text('min-coverage = 0.95\n[columns]\nvalue = "amount"\n')
        said = tomllib.loads(run("config").output)
        assert said["columns"] == {"value": "amount"} and said["min-coverage"] == 0.95

    def test_a_share_of_toml_is_exact(self, folder: Path) -> None:
        (folder / "ticktie.toml").write_text("min-coverage = 0.99\nmax-errors = 1\n")
        assert "missed min-coverage: wanted at least 0.99, got 105/107" in run("check", "release.txt").output


class TestWatch:
    def test_it_checks_again_after_each_change_until_interrupted(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("1")
        calls: list[int] = []

        def again() -> int:
            calls.append(len(calls))
            if len(calls) == 3:
                raise KeyboardInterrupt
            file.write_text("1" * (len(calls) + 1))
            return 1

        assert watch((tmp_path,), [], again) == 1 and len(calls) == 3

    def test_what_it_writes_itself_is_no_change(self, tmp_path: Path) -> None:
        for name in ("a.txt", "report.json"):
            (tmp_path / name).write_text("1")
        assert list(stamps((tmp_path,), {(tmp_path / "report.json").resolve()})) == [tmp_path / "a.txt"]

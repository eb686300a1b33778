"""Where ticktie meets continuous integration: the action's own steps, the hooks, the snippets, the pytest plug-in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.exam.command import TICKTIE
from tests.support import PROJECT
from ticktie.testing import assert_ticks

CLEAN = PROJECT / "samples" / "tallow_creek_bakeries.txt"


def loaded(text: str) -> Any:
    return yaml.safe_load(text)


def validated(kind: str, file: Path) -> str:
    """What the published schemas say of ``file``; empty where it keeps to them."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository whose release ticks."""
    (tmp_path / "releases").mkdir()
    shutil.copy(CLEAN, tmp_path / "releases" / "q3 2031.txt")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    return tmp_path


def break_one_figure(repository: Path) -> int:
    """A pull request's mistake: one figure of Total assets; the line that it stands on."""
    file = repository / "releases" / "q3 2031.txt"
    lines = file.read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if line.startswith("Total assets"))
    lines[number] = re.sub(r"\d(?=\D)", lambda digit: str((int(digit[0]) + 3) % 10), lines[number][::-1], count=1)[::-1]
    file.write_text("\n".join(lines), encoding="utf-8")
    return number + 1


def act(repository: Path, args: str = "") -> tuple[int, str, str]:
    """Every step of the action that runs a script, as the runner runs it: exit code, output, job summary."""
    action = loaded((PROJECT / "action.yml").read_text(encoding="utf-8"))
    inputs = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
    inputs |= {"paths": "releases/\n", "args": args, "version": ""}
    summary, output = repository / "summary.md", repository / "output.txt"
    summary.write_text("")
    output.write_text("")
    said, code = "", 0
    for step in action["runs"]["steps"]:
        if "run" not in step or step["name"] == "Install ticktie":
            continue
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        environment = {name: evaluated(value, inputs, outputs) for name, value in step.get("env", {}).items()}
        environment |= {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
        environment |= {"PATH": f"{TICKTIE.parent}:{os.environ['PATH']}", "PYTHONPATH": str(PROJECT / "validator")}
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(script, cwd=repository, env=environment, capture_output=True, text=True, check=False)
        said += done.stdout + done.stderr
        code = code or done.returncode
    return code, said, summary.read_text(encoding="utf-8")


def evaluated(text: str, inputs: dict[str, str], outputs: dict[str, str]) -> str:
    """The expressions that the action uses."""
    text = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], str(text))
    return re.sub(r"\$\{\{ steps\.check\.outputs\.([\w-]+) \}\}", lambda match: outputs[match[1]], text)


class TestAction:
    def test_it_keeps_to_the_published_schema_of_actions(self) -> None:
        assert validated("github-actions", PROJECT / "action.yml") == ""

    def test_a_clean_repository_passes_with_a_summary(self, repository: Path) -> None:
        code, said, summary = act(repository)
        assert code == 0, said
        assert summary.startswith("### ticktie: the figures agree")
        assert (repository / "ticktie.sarif").is_file()

    def test_a_pull_request_that_breaks_one_figure_fails_with_an_annotation_on_its_line(self, repository: Path) -> None:
        line = break_one_figure(repository)
        code, said, summary = act(repository)
        assert code == 1 and f"::error file=releases/q3 2031.txt,line={line}," in said
        assert "figures disagree" in summary

    def test_with_the_baseline_it_passes(self, repository: Path) -> None:
        break_one_figure(repository)
        subprocess.run([TICKTIE, "baseline", "releases", "-o", "known.json"], cwd=repository, check=True)
        assert act(repository, "--baseline\nknown.json\n")[0] == 0

    @pytest.mark.parametrize(("expires", "code"), [("2999-12-31", 0), ("2001-12-31", 1)])
    def test_a_suppression_passes_until_it_expires(self, repository: Path, expires: str, code: int) -> None:
        break_one_figure(repository)
        reason = 'reason = "under review"\nexpires = ' + expires
        rules = "".join(f'[[suppress]]\nrule = "{family}"\n{reason}\n' for family in ("foot", "bal", "tie"))
        (repository / "ticktie.toml").write_text(rules)
        assert act(repository)[0] == code

    def test_arguments_are_never_evaluated_by_the_shell(self, repository: Path) -> None:
        assert act(repository, "--entity\n$(touch owned)`touch owned`")[0] == 2
        assert not (repository / "owned").exists()


def snippet(language: str, word: str) -> str:
    """The code block of the page on continuous integration that holds ``word``."""
    blocks = re.findall(rf"```{language}\n(.*?)```", (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8"), re.S)
    return next(block for block in blocks if word in block)


class TestSnippets:
    @pytest.mark.parametrize(
        ("kind", "word", "name"),
        [("github-workflows", "runs-on", "w.yml"), ("gitlab-ci", "codequality", ".gitlab-ci.yml")],
    )
    def test_they_keep_to_the_published_schemas(self, tmp_path: Path, kind: str, word: str, name: str) -> None:
        (tmp_path / name).write_text(snippet("yaml", word))
        assert validated(kind, tmp_path / name) == ""

    def test_the_gitlab_script_runs(self, repository: Path) -> None:
        script = loaded(snippet("yaml", "codequality"))["figures"]["script"][1:]
        environment = os.environ | {"PATH": f"{TICKTIE.parent}:{os.environ['PATH']}"}
        for line in script:
            subprocess.run(["bash", "-c", line], cwd=repository, env=environment, check=True, capture_output=True)
        assert {"codequality.json", "junit.xml"} <= {file.name for file in repository.iterdir()}

    def test_the_action_has_the_inputs_that_the_workflow_gives(self) -> None:
        steps = loaded(snippet("yaml", "runs-on"))["jobs"]["figures"]["steps"]
        action = loaded((PROJECT / "action.yml").read_text(encoding="utf-8"))
        assert set(steps[-1]["with"]) <= set(action["inputs"])

    def test_the_hook_runs_a_command_that_exists(self, repository: Path) -> None:
        hook = loaded((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
        assert {"id", "name", "entry", "language"} <= set(hook)
        command = [str(TICKTIE), *hook["entry"].split()[1:], "releases/q3 2031.txt"]
        assert subprocess.run(command, cwd=repository, check=False, capture_output=True).returncode == 0


class TestPytestPlugin:
    def test_a_document_that_ticks_gives_its_report(self) -> None:
        assert assert_ticks(CLEAN, min_coverage="9/10", min_facts=50).findings == ()

    def test_one_that_does_not_fails_with_the_findings_as_message(self) -> None:
        with pytest.raises(AssertionError, match="the figures do not tick\nerror TIE001"):
            assert_ticks(PROJECT / "samples" / "brightwater_sensors.txt")

    def test_a_missed_threshold_fails(self) -> None:
        with pytest.raises(AssertionError, match="missed min-coverage: wanted at least 1, got"):
            assert_ticks(CLEAN, min_coverage="1")

    def test_rows_of_an_extraction_are_checked(self) -> None:
        rows = [
            {"concept": f"us-gaap:{concept}", "value": value, "period": "2031-12-31", "decimals": 0}
            for concept, value in (("Assets", 100), ("LiabilitiesAndStockholdersEquity", 90))
        ]
        with pytest.raises(AssertionError, match="BAL"):
            assert_ticks(rows)

    def test_the_fixture_is_there_for_other_peoples_tests(self, tmp_path: Path) -> None:
        (tmp_path / "test_theirs.py").write_text(
            f"def test_one(ticktie):\n    assert ticktie({str(CLEAN)!r}).facts\n"
            f"def test_two(ticktie):\n    ticktie({str(PROJECT / 'samples' / 'brightwater_sensors.txt')!r})\n"
        )
        environment = os.environ | {"PYTHONPATH": str(PROJECT / "validator"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "ticktie.testing", "-p", "no:cacheprovider", "."]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
        assert "1 failed, 1 passed" in done.stdout and "error TIE001" in done.stdout

    def test_pytest_finds_it_by_its_entry_point(self) -> None:
        import tomllib

        project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert project["entry-points"]["pytest11"] == {"ticktie": "ticktie.testing"}

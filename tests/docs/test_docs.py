"""The documentation follows from what it documents, and its examples run."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support import PROJECT
from tests.tools.make_docs import DOCS, pages
from ticktie.cli.main import COMMANDS, main

WRITE = "write it anew: python -m tests.tools.make_docs"
PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_what_it_follows_from(name: str) -> None:
    file = DOCS / name
    assert file.is_file() and file.read_text(encoding="utf-8") == PAGES[name], WRITE


def test_no_page_is_left_of_a_rule_or_command_that_is_gone() -> None:
    for folder in ("rules", "commands", "contracts"):
        left = {f"{folder}/{file.name}" for file in (DOCS / folder).glob("*.md")} - PAGES.keys()
        assert left == set(), WRITE


def examples(text: str) -> list[str]:
    """The command lines of a help text or page, without their remarks."""
    found = re.findall(r"^\s*(ticktie (?:check|baseline|diff|config|rule|extract|mutate) .*|ticktie rule)$", text, re.M)
    return [re.split(r" {2,}|\s#", line)[0].strip() for line in found]


def help_examples() -> list[str]:
    runner = CliRunner()
    texts = [runner.invoke(main, [name, "--help"]).output for name in COMMANDS]
    texts += [(PROJECT / "README.md").read_text(encoding="utf-8"), (DOCS / "ci.md").read_text(encoding="utf-8")]
    return sorted({line for text in texts for line in examples(text.partition("\nOptions:")[0])})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds every file that an example names."""
    folder = tmp_path_factory.mktemp("desk")
    sample = PROJECT / "tests" / "documents" / "thirteen_weeks.txt"
    for name in ("releases/q3.txt", "old/release.txt", "new/release.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(sample, folder / name)
    for name in ("release.txt", "draft.txt", "draft1.txt", "draft2.txt", "prior.txt", "support.txt"):
        shutil.copy(sample, folder / name)
    (folder / "facts.csv").write_text("label,value,period\nTotal assets,7,2031-12-31\n")
    (folder / "trial-balance.csv").write_text("Account,Balance\nCash,7\n")
    (folder / "known.json").write_text('{"ticktie-baseline": 1, "findings": []}')
    for name in ("facts.json", "facts-main.json", "facts-branch.json"):
        CliRunner().invoke(main, ["extract", str(folder / "release.txt"), "-o", str(folder / name)])
    (folder / "release.htm").write_text(f"<html><body><pre>{sample.read_text()}</pre></body></html>")
    for name, form in (("filing.htm", "ixbrl"), ("instance.xml", "xbrl")):
        CliRunner().invoke(main, ["emit", str(sample), "--output-format", form, "-o", str(folder / name)])
    return folder


@pytest.mark.parametrize("line", help_examples())
def test_each_example_is_a_command_that_runs(line: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings (1) are an answer; a usage error (2) or an unreadable file (3) would be an example that is wrong."""
    monkeypatch.chdir(desk)
    words = shlex.split(line.partition(" | ")[0].partition(" > ")[0])
    words += ["--sample", "1", "--jobs", "1"] if words[1] == "mutate" else []  # all errors would take half a minute
    result = CliRunner().invoke(main, words[1:], catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", (DOCS / "ci.md").read_text(encoding="utf-8"), re.S))
def test_each_configuration_in_the_docs_is_one(block: str, tmp_path: Path) -> None:
    from ticktie.config import configuration

    (tmp_path / "ticktie.toml").write_text(block)
    assert configuration(tmp_path).given == frozenset(key.replace("-", "_") for key in tomllib.loads(block))

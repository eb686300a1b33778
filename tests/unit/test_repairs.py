"""Repairs as a patch: it applies, says why, leaves the sources and the exit code alone, and keeps a terminal safe."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from tests.unit.reports import PATH, TEXT, broken_finding, claim, document, document_report, figure, place, report
from ticktie.cli.main import main
from ticktie.model.findings import Edit, Repair
from ticktie.render.repairs import repairs

CSV = """concept,value,unit,period,decimals
AssetsCurrent,3000000,USD,2024-12-31,-3
AssetsNoncurrent,6100000,USD,2024-12-31,-3
Assets,9100000,USD,2024-12-31,-3
LiabilitiesAndStockholdersEquity,9700000,USD,2024-12-31,-3
Liabilities,4000000,USD,2024-12-31,-3
StockholdersEquity,5100000,USD,2024-12-31,-3
"""


def patch_of(path: Path) -> tuple[str, int]:
    """What ``check --show-repairs`` prints of ``path`` beside an empty report, and its exit code."""
    arguments = ["check", str(path), "--show-repairs", "--output-format", "concise=report"]
    run = CliRunner().invoke(main, arguments)
    return run.stdout_bytes.decode(), run.exit_code


def applied(patch: str, path: Path) -> str:
    """The text of a copy of ``path`` after ``patch``."""
    if shutil.which("patch") is None:
        pytest.skip("the patch command is not installed")
    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    subprocess.run(["patch", "--quiet", str(copy)], input=patch.encode(), check=True)
    return copy.read_bytes().decode()


def test_the_figure_of_a_sentence_is_replaced_where_it_stands() -> None:
    """Remark, header, one hunk."""
    assert repairs(report()).decode().splitlines() == [
        "# error TIE001: release.txt:3:19: $1.2 million -> $1.1 million (one digit misread)",
        "--- a/release.txt",
        "+++ b/release.txt",
        "@@ -1,6 +1,6 @@",
        " Halden Instruments, Inc.",
        " ",
        "-License fees were $1.2 million for the quarter, and service fees were $0.3 million.",
        "+License fees were $1.1 million for the quarter, and service fees were $0.3 million.",
        " ",
        " License fees\t\t$\t1,051\t",
        " Licence fccs\t\t$\t1,0S1\t",
    ]


def test_of_several_possible_repairs_none_is_in_the_patch_and_all_are_told() -> None:
    other = Repair((Edit("t1", "1,051", "1,151"),), "another figure stands here", 2)
    finding = replace(broken_finding(), repairs=(*broken_finding().repairs, other))
    assert repairs(report(document_report(findings=(finding,)))).decode().splitlines() == [
        "# error TIE001: release.txt:3:19: $1.2 million -> $1.1 million (one digit misread)",
        "# or: release.txt:5:17: 1,051 -> 1,151 (another figure stands here)",
    ]


def test_both_figures_of_one_repair_are_edited() -> None:
    both = Repair((Edit("n1", "$1.2 million", "$1.1 million"), Edit("t1", "1,051", "1,151")), "", 1)
    told = repairs(report(document_report(findings=(replace(broken_finding(), repairs=(both,)),)))).decode()
    assert "+License fees\t\t$\t1,151\t" in told and "+License fees were $1.1 million" in told


def test_a_report_without_repairs_has_no_patch() -> None:
    assert repairs(report(document_report(findings=()))) == b""


def test_control_characters_of_a_source_do_not_reach_the_terminal() -> None:
    text = TEXT.replace("Halden", "\x1b[31mHalden\u202e")
    facts = (claim(location=place("$1.2 million", text)), figure(location=place("1,051", text)))
    told = repairs(report(document_report(facts=facts, document=document(text)))).decode()
    assert "\x1b" not in told and "\\x1b[31mHalden\\u202e" in told


@pytest.mark.parametrize("text", [CSV, CSV.rstrip("\n"), CSV.replace("\n", "\r\n")])
def test_the_patch_of_a_facts_file_applies_and_the_file_is_then_clean(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without a last line end, and with carriage returns; the file itself is left as it is."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "facts.csv"
    path.write_bytes(text.encode())
    patch, code = patch_of(path)
    assert code == 1 and path.read_bytes() == text.encode()
    assert applied(patch, path) == text.replace("9700000", "9100000")
    path.write_bytes(text.replace("9700000", "9100000").encode())
    assert patch_of(path) == ("", 0)


def test_the_patch_of_json_lines_keeps_the_rest_of_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head, *rows = [line.split(",") for line in CSV.splitlines()]
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(dict(zip(head, row, strict=True))) + "\n" for row in rows))
    patch, _ = patch_of(path)
    assert applied(patch, path) == path.read_text().replace("9700000", "9100000")


def test_the_exit_code_stays_and_a_report_for_programs_stands_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With json on standard output the patch goes to standard error."""
    monkeypatch.chdir(tmp_path)
    Path("facts.csv").write_text(CSV)
    run = CliRunner().invoke(main, ["check", "facts.csv", "--show-repairs", "--output-format", "json"])
    assert run.exit_code == 1 and json.loads(run.stdout)["documents"] and "+++ b/facts.csv" in run.stderr
    zero = CliRunner().invoke(main, ["check", "facts.csv", "--show-repairs", "--exit-zero"])
    assert zero.exit_code == 0 and "+++ b/facts.csv" in zero.stdout


def test_a_figure_that_does_not_stand_where_it_was_read_is_only_told() -> None:
    elsewhere = replace(document(), path="other.txt")
    told = repairs(report(document_report(document=elsewhere))).decode()
    assert told.startswith("# error TIE001") and "+++" not in told and PATH in told

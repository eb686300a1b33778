"""What the command line says where files, folders and its own output are not as they should be."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support import PROJECT
from ticktie.cli.main import main
from ticktie.read.errors import ReadError
from ticktie.read.text import decode, read

SAMPLE = PROJECT / "samples" / "tallow_creek_bakeries.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device /dev/full on this system")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def process(*arguments: str, output: io.IOBase | int, module: str = "ticktie") -> subprocess.CompletedProcess[str]:
    """``python -m ticktie`` in a process of its own, whose standard output is ``output``."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, stdout=output, stderr=subprocess.PIPE, text=True, timeout=60)


def counts(data: bytes) -> object:
    """The counts that the json report of a file with ``data`` gives."""
    Path("document.txt").write_bytes(data)
    return json.loads(run("check", "document.txt", "--output-format", "json").stdout)["documents"][0]["counts"]


class TestPaths:
    @pytest.mark.parametrize("command", ["check", "extract", "mutate"])
    def test_a_link_to_itself_is_an_error_of_that_path(self, folder: Path, command: str) -> None:
        (folder / "loop").symlink_to("loop")
        result = run(command, "loop")
        assert result.exit_code == 3
        assert "unreadable loop: it is a symbolic link that leads back to itself; name the file" in result.output

    def test_a_link_to_itself_stops_no_other_file_of_its_folder(self, folder: Path) -> None:
        (folder / "loop").symlink_to("loop")
        (folder / "release.txt").write_text(TEXT)
        result = run("check", ".", "--output-format", "json")
        first, second = json.loads(result.stdout)["documents"]
        assert result.exit_code in (0, 1) and first["error"] and not second.get("error")

    @pytest.mark.parametrize(
        ("name", "words"), [("a" * 300, "longer than a path may be"), ("file.txt/x", "a part of its path is a file")]
    )
    def test_a_path_that_cannot_be_is_an_error_of_that_path(self, folder: Path, name: str, words: str) -> None:
        (folder / "file.txt").touch()
        result = run("check", name)
        assert result.exit_code == 3 and words in result.output and "internal error" not in result.output

    @pytest.mark.parametrize("command", ["extract", "mutate"])
    def test_a_folder_where_one_document_is_wanted_says_so(self, folder: Path, command: str) -> None:
        (folder / "releases").mkdir()
        (folder / "releases" / "release.txt").write_text(TEXT)
        result = run(command, "releases")
        assert result.exit_code == 3
        assert result.stderr.startswith("unreadable releases: it is a folder, and this command takes one document; ")


class TestStandardOutput:
    @needs_full
    @pytest.mark.parametrize(
        "arguments",
        [
            ["check", str(SAMPLE)],
            ["check", str(SAMPLE), "--output-format", "json"],
            ["rule"],
            ["--help"],
            ["--version"],
        ],
    )
    def test_output_without_room_is_one_line_and_2(self, arguments: list[str]) -> None:
        with FULL.open("wb") as full:
            done = process(*arguments, output=full)
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith("Error: cannot write to standard output: No space left on device; ")

    def test_closed_output_is_an_error_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from ticktie.cli.output import OutputError, write

        monkeypatch.setattr(sys, "stdout", None)
        with pytest.raises(OutputError, match="it is closed"):
            write(b"report", None)

    @pytest.mark.parametrize("output_format", ["text", "json"])
    def test_a_reader_that_has_gone_is_quiet_and_keeps_the_exit_code(self, output_format: str) -> None:
        """``ticktie check release.txt | head`` under pipefail fails for findings only."""
        arguments = ["check", str(SAMPLE), "--output-format", output_format]
        reader, writer = os.pipe()
        os.close(reader)
        done = process(*arguments, output=writer)
        os.close(writer)
        assert (done.returncode, done.stderr) == (run(*arguments).exit_code, "")


class TestModules:
    @pytest.mark.parametrize("module", ["ticktie", "ticktie.cli.main"])
    def test_python_m_runs_the_command_line(self, module: str) -> None:
        done = process("check", "absent.txt", output=subprocess.PIPE, module=module)
        assert done.returncode == 3 and "unreadable absent.txt: there is no such file" in done.stdout
        assert "Usage: ticktie " in process("--help", output=subprocess.PIPE, module=module).stdout


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark_reads_the_same_and_the_assumption_is_said(self, encoding: str) -> None:
        assert counts(TEXT.encode(encoding)) == counts(TEXT.encode())
        assert decode(TEXT.encode(encoding), "wide.txt") == (
            TEXT,
            encoding,
            (f"no byte-order mark, and every other byte is NUL: read as {encoding.upper()}",),
        )

    def test_half_a_character_at_the_end_of_utf16_is_replaced(self) -> None:
        assert decode("Sales\t1,204\n".encode("utf-16-le")[:-1], "cut.txt")[0] == "Sales\t1,204\ufffd"

    @pytest.mark.parametrize("data", [b"\x01\x00\x02\x00" * 50, b"\x00" * 99, "Sales 12".encode("utf-32-le") * 9])
    def test_other_bytes_with_many_nuls_stay_binary(self, data: bytes) -> None:
        with pytest.raises(ReadError, match="binary"):
            decode(data, "image.txt")


class TestLineEnds:
    def test_lines_that_end_in_carriage_returns_only_are_refused_with_how_to_convert(self, folder: Path) -> None:
        (folder / "old.txt").write_bytes(TEXT.replace("\n", "\r").encode())
        result = run("check", "old.txt")
        assert result.exit_code == 3
        assert "unreadable old.txt: its lines end in carriage returns only; convert them to newlines: tr" in (
            result.output
        )

    @pytest.mark.parametrize("text", ["Sales were $5 million.\r", "Sales\t5\r\nCosts\t4\r\n", "Sales\r 5\nCosts 4\n"])
    def test_other_carriage_returns_are_read(self, text: str) -> None:
        assert read(text.encode(), "mixed.txt").text == text

    def test_facts_may_have_them(self, folder: Path) -> None:
        """A CSV file knows its own ends of lines."""
        (folder / "facts.csv").write_bytes(b"label,value,period\rCash,12,2031-06-30\rDebt,5,2031-06-30\r")
        assert run("check", "facts.csv").exit_code == 0

"""Any file whatever gives findings or an error with file and remedy, in bounded time, and never a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import PROJECT
from ticktie.cli.main import main

SAMPLE = (PROJECT / "samples" / "tallow_creek_bakeries.txt").read_text(encoding="utf-8")
TABLE = (
    "CONDENSED BALANCE SHEETS (in thousands)\n\n\tJune 30, 2031\t\n"
    "Cash\t1,204\t\nOther assets\t{}\t\nTotal assets\t2,408\t\n\n"
)
#: What counts as a hang, on a machine however busy; speed itself is measured in the benchmarks.
SECONDS = 120.0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(data: bytes | str, name: str = "document.txt", *options: str) -> Result:
    """``ticktie check`` of a file with ``data``; asserts what holds of every file."""
    Path(name).write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    start = perf_counter()
    result = CliRunner().invoke(main, ["check", name, *options], catch_exceptions=False)
    assert perf_counter() - start < SECONDS
    assert result.exit_code in (0, 1, 3), result.output
    assert "internal error" not in result.output, result.output[:2000]
    assert set(result.output) & set("\x1b\x00\x07\x9b\u202e\u2066\u200f") == set()
    if result.exit_code == 3:
        said = result.output.splitlines()[0]
        assert "document.txt" in said and "unreadable" in said and "; " in said
    return result


def entry(data: bytes | str) -> dict[str, object]:
    """The document's entry of the json report."""
    document: dict[str, object] = json.loads(check(data, "document.txt", "--output-format", "json").stdout)[
        "documents"
    ][0]
    return document


def tables(data: bytes | str) -> object:
    counts = entry(data)["counts"]
    assert isinstance(counts, dict)
    return counts["tables"]


ANYTHING = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PIECES = st.one_of(
    st.sampled_from(
        ["\t", "\n", "\n\n", "\r\n", "\f", "$", "(", ")", "%", "-", "—", "_", ",", ".", " ", "\x00", "\u200f"]
    ),
    st.sampled_from(["million", "compared to", "net loss", "per share", "Total", "Three Months Ended", "in thousands"]),
    st.sampled_from(
        ["June 30, 2031", "December 31,", "2031", "respectively", "first nine months", "of the 48", "62.5%"]
    ),
    st.integers(-(10**15), 10**15).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6).map(str),
    st.text(max_size=5),
)


class TestAnyFile:
    @ANYTHING
    @given(st.binary(max_size=3000))
    def test_any_bytes_give_a_report_or_a_clear_error(self, data: bytes) -> None:
        check(data)

    @ANYTHING
    @given(st.lists(PIECES, max_size=120).map("".join))
    def test_any_jumble_of_words_figures_and_tabs_gives_a_report_or_a_clear_error(self, text: str) -> None:
        check(text)

    @ANYTHING
    @given(st.data())
    def test_a_release_with_pieces_cut_out_and_put_in_gives_a_report(self, data: st.DataObject) -> None:
        text = SAMPLE
        for _ in range(data.draw(st.integers(1, 6))):
            start = data.draw(st.integers(0, len(text)))
            end = data.draw(st.integers(start, min(len(text), start + 200)))
            text = text[:start] + data.draw(PIECES) + text[end:]
        check(text)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
    def test_a_text_reads_the_same_in_every_encoding(self, encoding: str) -> None:
        assert tables(SAMPLE.encode(encoding)) == tables(SAMPLE)

    def test_an_assumed_encoding_is_named(self) -> None:
        assert "Windows-1252" in check(SAMPLE.encode("cp1252")).output

    @pytest.mark.parametrize("encoding", ["cp037", "shift-jis", "utf-7", "koi8-r", "utf-16-le", "utf-16-be"])
    def test_an_encoding_that_nothing_announces_is_no_crash(self, encoding: str) -> None:
        check(SAMPLE.encode(encoding, "replace"))

    def test_bytes_that_are_wrong_in_the_announced_encoding_are_no_crash(self) -> None:
        check(b"\xff\xfe" + SAMPLE.encode("utf-16-le")[:-1] + b"\x00\xd8")

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\f\n"])
    def test_other_line_ends_are_no_crash(self, end: str) -> None:
        check(SAMPLE.replace("\n", end))


class TestExtremes:
    def test_a_line_of_a_megabyte_is_read(self) -> None:
        words = "the company sells its products in many markets and to many customers, large and small, and " * 10
        check(f"Revenues were $9.9 million for the quarter ended June 30, 2031; {words}. " * 1_000)

    def test_a_megabyte_without_a_space_is_read(self) -> None:
        check("9" * 1_000_000 + "\n" + "x" * 1_000_000 + "\n$5 million\n")

    def test_a_row_of_ten_thousand_cells_is_read(self) -> None:
        check("Item" + "\t1,204" * 10_000 + "\n")

    def test_ten_thousand_tables_are_read(self) -> None:
        result = check(TABLE.format("1,204") * 10_000, "document.txt", "--output-format", "concise")
        assert result.exit_code == 0

    def test_a_broken_total_after_a_thousand_tables_keeps_its_line(self) -> None:
        text = TABLE.format("1,204") * 1_000 + TABLE.format("9,204")
        (line,) = check(text, "document.txt", "--output-format", "concise").output.splitlines()
        assert line.startswith("document.txt:7005:14: ")

    @pytest.mark.parametrize(
        "digits", ["1" * 100, "1," + "234," * 40 + "567", "0." + "0" * 99 + "1", "(" + "9" * 300 + ")"]
    )
    def test_numbers_of_a_hundred_digits_are_exact_or_left_out(self, digits: str) -> None:
        check(f"In thousands\n\n\tJune 30, 2031\t\nItem\t{digits}\t\nTotal\t{digits}\t\n\nIt was ${digits} million.\n")

    @pytest.mark.parametrize(
        "figure", ["1e999999", "NaN", "Infinity", "٣٤٥", "１２３", "²", "½", "1,2,3", "1..2", "-", "$$", "((5))"]
    )
    def test_things_that_look_like_numbers_are_no_crash(self, figure: str) -> None:
        check(f"\tJune 30, 2031\t\nItem\t{figure}\t\nTotal\t{figure}\t\n\nIt was ${figure} million, or {figure}%.\n")

    @pytest.mark.parametrize(
        "day",
        ["February 30, 2031", "June 31, 2031", "December 31, 9999", "January 1, 0001", "June 0, 2031", "June 30, 0000"],
    )
    def test_days_that_no_calendar_has_are_no_crash(self, day: str) -> None:
        text = f"For the quarter ended {day}, revenues were $2 million.\n\n"
        text += f"\tThree Months Ended {day}\t\nRevenues\t2,000\t\n"
        check(text + f"\n\t{day}\t\nCash\t1\t\nTotal assets\t1\t\n\nCash was $1 million as of {day}.\n")

    @pytest.mark.parametrize(
        "mark", ["\u200f", "\u202e", "\u2066", "\x00", "\x1b[2J", "\x9b", "\ufeff", "\u00ad", "\ud800"]
    )
    def test_marks_that_terminals_obey_neither_crash_nor_pass(self, mark: str) -> None:
        check(SAMPLE.replace(" ", mark + " ", 40).replace("\t", mark + "\t", 60).replace("9", mark + "9", 5))

    @pytest.mark.parametrize(
        "text", ["\t\n" * 5000, "$\t" * 5000, "(" * 50_000, "-\n" * 20_000, "1\n" * 20_000, "|" * 9000]
    )
    def test_endless_repetition_is_no_crash(self, text: str) -> None:
        check(text)


class TestFiles:
    def test_an_empty_file_is_unreadable_and_says_what_to_do(self) -> None:
        assert check(b"").exit_code == 3

    def test_a_binary_file_is_unreadable_and_says_what_to_do(self) -> None:
        assert "binary" in check(bytes(range(256)) * 50).output

    def test_a_text_without_a_figure_is_unreadable_and_says_what_to_do(self) -> None:
        result = check("Not one figure stands here.\n")
        assert result.exit_code == 3 and "figure" in result.output

    @pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[2Jb.txt", "\udcff\udcfe.txt", "-dash.txt", "a\u202eb.txt"])
    def test_any_file_name_is_printed_without_harm(self, name: str) -> None:
        path = f"./{name}"
        Path(path).write_text(SAMPLE)
        for output_format in ("text", "concise", "json"):
            result = CliRunner().invoke(main, ["check", path, "--output-format", output_format], catch_exceptions=False)
            assert result.exit_code == 0 and set(result.output) & set("\x1b\u202e") == set()

    @pytest.fixture
    def pipe(self, tmp_path: Path) -> Iterator[Path]:
        os.mkfifo(tmp_path / "pipe")
        yield tmp_path / "pipe"

    def test_a_pipe_is_refused_rather_than_waited_for(self, pipe: Path) -> None:
        result = CliRunner().invoke(main, ["check", str(pipe)])
        assert result.exit_code == 3 and "no regular file" in result.output

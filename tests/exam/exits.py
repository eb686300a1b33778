"""Exit codes: 1 where the agreed case gives the code that the contract says, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.exam.board import Figure
from tests.exam.command import ticktie


def measure(shared: Path) -> Iterator[Figure]:
    """One figure a case, 1 or 0."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        for name, arguments, code in _cases(shared, work):
            done = ticktie(*arguments)
            said = code == 0 or bool((done.stdout + done.stderr).strip())
            right = done.returncode == code and said and "Traceback" not in done.stderr
            yield Figure("exits", f"{name} is {code}", float(right), ">=", 1)


def _cases(shared: Path, work: Path) -> Iterator[tuple[str, list[str | Path], int]]:
    seed = {name: next((shared / "seeds").glob(f"{name}*.txt")) for name in ("001", "004")}
    contents = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "wordy.txt": b"Not one figure stands in this text.\n",
        "ticktie.toml": b"fail-on = 7\n",
    }
    for name, data in contents.items():
        (work / name).write_bytes(data)
    yield "a clean filing", ["check", seed["001"]], 0
    yield "a filing with an error", ["check", seed["004"]], 1
    yield "an unknown option", ["check", seed["001"], "--no-such-option"], 2
    yield "a broken configuration", ["check", seed["001"], "--config", work / "ticktie.toml"], 2
    yield "an empty file", ["check", work / "empty.txt"], 3
    yield "a binary file", ["check", work / "binary.txt"], 3
    yield "a text without a figure", ["check", work / "wordy.txt"], 3
    yield "an unreadable file beside an error", ["check", work / "empty.txt", seed["004"]], 3

"""A wheel built from the tree, installed in an empty environment elsewhere, checks a file."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from tests.exam.board import Figure
from tests.support import PROJECT

_PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet"]


def measure(shared: Path) -> Iterator[Figure]:
    """1 or 0: the wheel holds its data; installed elsewhere it checks, explains a rule and extracts."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        wheel = _build(work)
        yield Figure("wheel", "holds rules and schemas", float(_holds_data(wheel)), ">=", 1)
        yield Figure("wheel", "checks a file elsewhere", float(_works(wheel, work)), ">=", 1)


def _build(work: Path) -> Path | None:
    build = [sys.executable, *_PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", work, PROJECT]
    if not _ran(build, work):
        return None
    return next(work.glob("ticktie-*.whl"), None)


def _holds_data(wheel: Path | None) -> bool:
    """Every rule, schema and template of the tree lies in the wheel."""
    if wheel is None:
        return False
    wanted = {f"ticktie/_data/{file.relative_to(PROJECT)}" for file in _data_files()}
    with ZipFile(wheel) as archive:
        return bool(wanted) and wanted <= set(archive.namelist())


def _data_files() -> Iterator[Path]:
    for folder in ("rules", "schemas", "reports/templates"):
        yield from (file for file in (PROJECT / folder).rglob("*") if file.is_file() and not file.name.startswith("."))


def _works(wheel: Path | None, work: Path) -> bool:
    """The installed command runs in a folder of its own, with nothing of the tree in reach."""
    if wheel is None:
        return False
    home = work / "environment"
    venv.create(home, with_pip=True)
    if not _ran([home / "bin/python", *_PIP, "install", wheel], work):
        return False
    sample = work / "release.txt"
    sample.write_bytes((PROJECT / "samples" / "tallow_creek_bakeries.txt").read_bytes())
    command = home / "bin/ticktie"
    page = ["check", "release.txt", "--output-format", "html=page.html"]
    calls = (page, ["check", "release.txt"], ["rule", "--all"], ["extract", "release.txt", "-o", "facts.json"])
    return all(_ran([command, *call], work) for call in calls)


def _ran(command: list[str | Path], work: Path) -> bool:
    done = subprocess.run(command, capture_output=True, text=True, cwd=work, check=False)
    if done.returncode:
        print(f"  {' '.join(map(str, command[:4]))} ...: exit {done.returncode}\n{(done.stderr or done.stdout)[-600:]}")
    return done.returncode == 0

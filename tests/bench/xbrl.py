"""Processor seconds and memory of checking generated inline reports, side by side: ticktie, Arelle, and a bare parse
with a forty-line calculation check. Every one is a process of its own, from start to end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.inline import write
from tests.support import PROJECT

SIZES = (10_000, 100_000)
_ARELLE = ("-m", "arelle.CntlrCmdLine", "--internetConnectivity", "offline", "--validate", "--calc", "c11r", "--file")
_BARE = str(PROJECT / "tests" / "bench" / "bare.py")
_START = """
import os, sys
null = os.open(os.devnull, os.O_WRONLY)
outputs = [(os.POSIX_SPAWN_DUP2, null, descriptor) for descriptor in (1, 2)]
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=outputs), 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_TICKTIE = ("-m", "ticktie", "check", "--output-format", "concise")


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


class Lap(NamedTuple):
    """The three processes on one report; Arelle None where it is not installed."""

    facts: int
    ticktie: Run
    bare: Run
    arelle: Run | None


def laps(sizes: Sequence[int] = SIZES) -> Iterator[Lap]:
    """A lap for each size of report."""
    for facts in sizes:
        with TemporaryDirectory() as folder:
            page = write(Path(folder), facts)
            arelle = run(*_ARELLE, str(page)) if find_spec("arelle") else None
            yield Lap(facts, run(*_TICKTIE, str(page)), run(_BARE, str(page)), arelle)


def run(*arguments: str) -> Run:
    """Processor seconds (user and system) and largest memory of python with ``arguments``; its output is dropped.

    A small process starts it: the memory of a child counts that of the process it was forked from."""
    command = [sys.executable, "-S", "-c", _START, sys.executable, *arguments]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=True)
    status, seconds, kilobytes = done.stdout.split()
    if int(status) not in (0, 1):
        raise RuntimeError(f"python {' '.join(arguments)} failed with status {status}")
    return Run(float(seconds), int(kilobytes) / 1024)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT / "validator"), str(PROJECT)))}


def lines() -> Iterator[str]:
    """A line for each size."""
    for lap in laps():
        named = {"ticktie": lap.ticktie, "bare lxml and forty lines": lap.bare, "Arelle": lap.arelle}
        shown = "; ".join(f"{name} {one.seconds:.2f} s {one.megabytes:.0f} MB" for name, one in named.items() if one)
        yield f"inline report of {lap.facts:,} facts: {shown}"

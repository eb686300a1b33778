"""Running the installed command and the scorer as anybody would: as processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import PROJECT

TICKTIE = Path(sys.executable).with_name("ticktie")


def ticktie(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The finished command, its output decoded; never raises for an exit code."""
    command = [TICKTIE, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", cwd=PROJECT, check=False)


def score(shared: Path, what: str, out: Path, truth: str, *options: str | Path) -> dict[str, Any]:
    """What the scorer says of ``out``; empty where it could not read it."""
    command = [sys.executable, shared / "score/score.py", what, out, shared / "truth" / truth, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        result: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f"score {what} {out.name}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
        return {}
    return result

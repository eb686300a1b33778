"""Where the shared truth lies: tests that need it skip without it, and fail without it in CI."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest


def shared_folder() -> Path:
    """The folder of the shared documents; skips the test where it is absent, fails where the environment says CI."""
    folder = Path(os.environ.get("TICKTIE_SHARED", Path(__file__).parents[2] / "../shared")).resolve()
    if folder.is_dir():
        return folder
    message = f"the shared documents are not at {folder}: set TICKTIE_SHARED"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def json_lines(path: Path) -> list[dict[str, Any]]:
    """One object for each line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

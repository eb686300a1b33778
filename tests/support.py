"""Help that tests, exam and benchmarks share."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path | None:
    """The folder of shared documents: ``TICKTIE_SHARED``, else ``../shared`` beside the project; None where absent."""
    folder = Path(os.environ.get("TICKTIE_SHARED") or PROJECT / "../shared").resolve()
    return folder if (folder / "seeds").is_dir() else None

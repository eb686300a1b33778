"""``python -m tests.formats`` writes the golden files anew."""

from __future__ import annotations

from tests.formats import FORMATS, golden_file, written

if __name__ == "__main__":
    for name in FORMATS:
        golden_file(name).write_bytes(written(name))

"""``python -m tests.golden`` writes the golden files anew."""

from __future__ import annotations

from tests.golden import documents, golden_file, text_of

if __name__ == "__main__":
    for path in documents():
        golden_file(path).write_text(text_of(path), encoding="utf-8")

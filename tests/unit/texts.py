"""Documents of running text for tests."""

from __future__ import annotations

from ticktie.model.source import Document
from ticktie.read.text import read


def document(text: str) -> Document:
    """``text`` as a document, read as a file of it would be."""
    return read(text.encode(), "sample.txt")

"""Periodic reports, whose text speaks of parts, notes and segments far more than of the whole."""

from __future__ import annotations

import re

from ticktie.model.source import Document

_COVER = 8000


def is_periodic_report(document: Document) -> bool:
    """Whether the cover of a document with markup says that it is a quarterly or annual report."""
    if document.source is None:
        return False
    return bool(
        re.search(
            r"(?i)\bform\s+(?:10-?[qk]|20-?f|40-?f)\b|\b(?:quarterly|annual)\s+report\s+(?:pursuant|under|on\s+form)\b",
            document.text[:_COVER],
        )
    )

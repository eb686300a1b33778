"""Words of a document on the page: neutral, of bearable length, and as they would be printed."""

from __future__ import annotations

from ticktie.render.neutral import clipped

#: Format characters that show nothing and order nothing: soft hyphen, zero width marks, byte-order mark.
SILENT = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def words_of(text: str, longest: int = 1000) -> str:
    """``text`` on one line, without the backslash with which Markdown protects a dollar sign."""
    return clipped(text.translate(SILENT).replace("\\$", "$"), longest)

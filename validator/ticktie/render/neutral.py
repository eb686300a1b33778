"""Document text made neutral for a terminal: nothing that it holds can move the cursor, colour, or reorder a line."""

from __future__ import annotations

import re
import unicodedata

#: Control, format (bidi, zero width), surrogate, private and unassigned characters; line and paragraph separators.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_COMMAND = re.compile(r"##(?=\w*\[)")


def neutral(text: str) -> str:
    """``text`` on one line, with every character that a terminal might obey replaced by its escape (``\\x1b``)."""
    return text if text.isascii() and text.isprintable() else "".join(map(neutral_character, text))


def clipped(text: str, longest: int = 1000) -> str:
    """Neutral ``text``, cut after ``longest`` characters: a label may be a line of a megabyte."""
    return neutral(text) if len(text) <= longest else neutral(text[:longest]) + "…"


def neutral_character(character: str) -> str:
    """``character`` itself, two spaces for a tab, or its escape where it is not safe to print."""
    if character == "\t":
        return "  "
    if unicodedata.category(character) in _UNSAFE:
        return escape(character)
    return character


def escape(character: str) -> str:
    """``character`` as a Python escape: ``\\x1b``, ``\\u202e``, ``\\U000e0001``."""
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def inert(line: str) -> str:
    """``line`` so that no build service takes it for one of its commands: ``::name::``, ``##[name]``, ``##vso[``."""
    if "##" in line:
        line = _COMMAND.sub(r"#\\x23", line)
    start = len(line) - len(line.lstrip())
    return f"{line[:start]}\\x3a{line[start + 1 :]}" if line.startswith("::", start) else line


def columns(text: str) -> int:
    """The terminal columns that neutral ``text`` fills: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

"""XML as text: elements with escaped content, so that what is written is what is read here, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

Attributes = Mapping[str, str | None]


def printable(text: str) -> str:
    """``text`` with the characters that XML 1.0 does not know replaced: a form feed by a space, others by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\f", " ").replace("\v", " "))


def escaped(text: str) -> str:
    """``text`` as XML character data."""
    return printable(text).translate(_ESCAPES).replace("\r", " ")


def element(name: str, attributes: Attributes | None = None, *content: str) -> str:
    """One element; ``content`` is markup already; attributes that are None are left out."""
    given = [(key, value) for key, value in (attributes or {}).items() if value is not None]
    said = "".join(f' {key}="{printable(value).translate(_QUOTED)}"' for key, value in given)
    return f"<{name}{said}>{''.join(content)}</{name}>" if content else f"<{name}{said}/>"


def block(name: str, attributes: Attributes | None, children: Iterable[str]) -> str:
    """One element with each child on a line of its own."""
    return element(name, attributes, "\n", *(f"{child}\n" for child in children))


def document(root: str) -> bytes:
    """A whole XML file."""
    return (DECLARATION + root + "\n").encode("utf-8")

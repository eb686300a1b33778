"""What the reader needs of CSS: whether an element is shown, how far its text is set in, whether it is raised."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

#: Points in one unit of length; the size of a letter is taken as that of most filings.
_POINTS = {
    "pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "em": 10.0, "rem": 10.0, "ex": 5.0,
    "%": 4.0,
}  # fmt: skip
_INDENTS = ("padding-left", "margin-left", "text-indent")
#: A longer style sheet says nothing more of tables.
_LONGEST_SHEET = 200_000
_MOST_POINTS = 1000.0

Declarations = tuple[tuple[str, str], ...]


class Style(NamedTuple):
    """What the declarations of an element come to: ``gone`` takes no room, ``hidden`` shows nothing, ``indent`` is in
    points."""

    gone: bool = False
    hidden: bool = False
    indent: float = 0.0
    raised: bool = False


PLAIN = Style()


@cache
def _length() -> re.Pattern[str]:
    return re.compile(r"(-?\d{0,6}\.?\d{1,6}\.?)\s*(pt|px|in|cm|mm|pc|rem|em|ex|%)?", re.IGNORECASE)


def declarations(text: str) -> Declarations:
    """Property and value of each declaration, in lower case and in order."""
    pairs = (part.partition(":") for part in text.lower().split(";"))
    return tuple((name.strip(), value.replace("!important", "").strip()) for name, colon, value in pairs if colon)


@lru_cache(maxsize=4096)
def style_of(text: str) -> Style:
    """The style that the declarations in ``text`` (later ones win) come to."""
    found = dict(declarations(text))
    shifted = found.get("position") == "relative" and found.get("top", "").startswith("-")
    return Style(
        gone=found.get("display") == "none",
        hidden=found.get("display") == "none" or found.get("visibility") in ("hidden", "collapse"),
        indent=_indent(found),
        raised=found.get("vertical-align") in ("super", "text-top") or shifted,
    )


def _indent(found: dict[str, str]) -> float:
    """How far the first line is set in (a hanging line starts left of the later ones)."""
    total = sum(points(found[name]) for name in _INDENTS if name in found)
    for name in ("padding", "margin"):
        if name in found and f"{name}-left" not in found:
            total += points(_left_of(found[name]))
    return max(0.0, total)


def _left_of(shorthand: str) -> str:
    """The left side of a shorthand of one to four lengths."""
    sides = shorthand.split()
    return {1: sides[:1], 2: sides[1:2], 3: sides[1:2], 4: sides[3:4]}.get(len(sides), ["0"])[0]


@lru_cache(maxsize=4096)
def points(length: str) -> float:
    """A CSS length in points; 0 where it is none."""
    match = _length().match(length.strip())
    if match is None:
        return 0.0
    try:
        value = float(match[1].rstrip("."))
    except ValueError:
        return 0.0
    return max(-_MOST_POINTS, min(_MOST_POINTS, value * _POINTS[(match[2] or "px").lower()]))


def class_rules(sheet: str) -> dict[str, str]:
    """The declarations that a style sheet gives to plain classes (``.total`` or ``td.total``)."""
    rules: dict[str, str] = {}
    text = re.sub(r"/\*.*?(?:\*/|\Z)", " ", sheet[:_LONGEST_SHEET], flags=re.DOTALL)
    for selectors, body in re.findall(r"([^{}]{1,500})\{([^{}]*)\}", text):
        for selector in selectors.split(","):
            plain = re.fullmatch(r"\s*[a-zA-Z0-9]*\.([\w-]+)\s*", selector)
            if plain:
                rules[plain[1]] = f"{rules.get(plain[1], '')};{body}"
    return rules

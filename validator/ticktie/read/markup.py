"""HTML source as tokens with their places: tags, text runs, and what the named and numbered characters stand for.

lxml keeps a line for an element and nothing for its text; every figure must keep its offset, so the tokens are ours.
The grammar is that of the HTML standard's tokenizer, https://html.spec.whatwg.org/multipage/parsing.html, section
13.2.5, without the states that no document of figures needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

#: Elements whose content is no markup.
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "noframes", "iframe"})
#: Elements without content.
VOID = frozenset({
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "bgsound", "keygen",
})  # fmt: skip
#: Characters that take no room: soft hyphens, joiners, marks of direction.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class Token(NamedTuple):
    """A tag (``name`` in lower case) or a text run (``name`` empty) at ``[start, end)``; ``text`` holds the attributes
    of a tag as they stand, or the text."""

    name: str
    text: str
    start: int
    end: int
    closes: bool = False


class Run(NamedTuple):
    """Visible characters at ``[start, end)`` of the source, one for one unless ``text`` is a single character."""

    text: str
    start: int
    end: int
    is_space: bool = False


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r"""<(?:(/?)([A-Za-z][^\s/>]*)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>
              |(/?)([A-Za-z][^\s/>]*)([^>]*)>
              |!--.*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|[!?/][^>]*>)
          |[^<]+|<""",
        re.VERBOSE | re.DOTALL,
    )


@cache
def _run() -> re.Pattern[str]:
    return re.compile(
        rf"&(?:\#[xX]?[0-9A-Fa-f]{{1,7}}|[A-Za-z][A-Za-z0-9]{{1,31}});?"
        rf"|[^&\s{_INVISIBLE}]+(?: [^&\s{_INVISIBLE}]+)*|&|\s+|[{_INVISIBLE}]+"
    )


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def tokens(source: str, start: int = 0) -> Iterator[Token]:
    """Tags and text runs of ``source`` in order; comments, declarations and the content of scripts are left out."""
    last = source.rfind(">") + 1
    position = start
    match_at = _token().match
    while position < last:
        match = match_at(source, position, last)
        assert match is not None
        position = match.end()
        name = match[2] or match[5]
        if name is None:
            if source[match.start()] != "<" or match.end() == match.start() + 1:
                yield Token("", match[0], match.start(), match.end())
            continue
        name = name.lower()
        closes = (match[1] or match[4]) == "/"
        yield Token(name, match[3] if match[2] else match[6], match.start(), match.end(), closes)
        if name in RAW and not closes:
            content, position = position, _raw_end(source, name, position)
            yield Token("", source[content:position], content, position)
    if position < len(source):
        yield Token("", source[max(position, last) :], max(position, last), len(source))


def _raw_end(source: str, name: str, position: int) -> int:
    """Where the content of a raw element ends; where it is never closed, nothing of it is raw."""
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, position)
    return closing.start() if closing else position


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _attribute().findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def runs(token: Token) -> Iterator[Run]:
    """The visible runs of a text token: words with single blanks between, one character for a named or numbered one,
    and blanks of any kind."""
    text, start = token.text, token.start
    if "&" not in text and text.isascii() and " ".join(text.split()) == text:
        yield Run(text, start, token.end)
        return
    for match in _run().finditer(text):
        piece = match[0]
        if piece.strip(_INVISIBLE) == "":
            continue
        if piece[0] == "&" and len(piece) > 1:
            piece = unescape(piece).strip(_INVISIBLE)
            if not piece:
                continue
            if piece.isspace():
                yield Run(piece, start + match.start(), start + match.end(), True)
                continue
            if len(piece) > 1:
                yield from _spelled_out(piece, start + match.start(), start + match.end())
                continue
        yield Run(piece, start + match.start(), start + match.end(), piece.isspace())


def _spelled_out(piece: str, start: int, end: int) -> Iterator[Run]:
    """Characters of a reference that is none (``&foo;`` stands as it is) or that stands for several."""
    for index, char in enumerate(piece):
        at = min(start + index, end - 1)
        yield Run(char, at, end if index == len(piece) - 1 else at + 1, char.isspace())

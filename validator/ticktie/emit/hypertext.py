"""A page of HTML with its facts tagged: the source is marked where they stand, then rewritten as XHTML.

The marks are noncharacters of Unicode, which no text holds; they go through the HTML parser as text does.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ticktie.emit.markup import escaped
from ticktie.emit.presentation import safe_sheet, styles
from ticktie.emit.tags import Tag
from ticktie.emit.xhtml import Drawing
from ticktie.model.source import Document, SourceMap

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_OPEN, _NUMBERED, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKS = re.compile(f"{_OPEN}(\\d+){_NUMBERED}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
#: What a browser does in tables of a page without a document type, and never with one.
_QUIRKS = "table { font-size: medium; font-weight: normal; font-style: normal; font-variant: normal; }\n"


class Rewritten(Struct, frozen=True):
    """A page in parts: title, style sheet, the style of its body, the body, and what was changed, with counts."""

    title: str
    sheet: str
    style: str
    body: str
    changes: Counter[str]


def rewritten(source: str, document: Document, tags: Sequence[Tag], figure: Callable[[Tag, str], str]) -> Rewritten:
    """``source``, the markup of ``document``, as XHTML; ``figure`` draws the text of a tag."""
    from lxml.etree import HTMLParser, fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    page = marked(source, document.source, tags)[_beginning(source, document.source) :]
    # Browsers take a closing tag of a line break for one more break; the parser would drop it.
    page = re.sub(r"</br\s*>", "<br>", page, flags=re.I)
    root = fromstring(page.encode("utf-8", "replace"), parser)
    drawing = Drawing(lambda text: _drawn(text, tags, figure))
    tops = root.findall("body") or [root]
    with _deep():
        body = "".join(drawing.body(top) for top in tops)
    return Rewritten(
        title=" ".join((root.findtext(".//title") or "").split()),
        sheet=("" if re.match(r"\s*(?:<\?xml[^>]*>\s*)?<!doctype", page, re.I) else _QUIRKS) + _sheet(root),
        style=styles("body", {str(key).lower(): str(value) for key, value in tops[0].attrib.items()}),
        body=body,
        changes=drawing.changes,
    )


@contextmanager
def _deep() -> Iterator[None]:
    """Room for the deepest tree that the parser makes: its elements are drawn by functions that call each other."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, 20_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


def marked(source: str, places: SourceMap | None, tags: Sequence[Tag]) -> str:
    """``source`` with a mark before and after the text of each tag."""
    clean = re.sub(f"[{_OPEN}-{_CLOSE}]", "\ufffd", source)
    if places is None:
        return clean
    out, at = [], 0
    for number, tag in enumerate(tags):
        start, end = places.start(tag.start), places.end(tag.end)
        if at <= start < end:
            out += [clean[at:start], f"{_OPEN}{number}{_NUMBERED}", clean[start:end], _CLOSE]
            at = end
    return "".join([*out, clean[at:]])


def _drawn(text: str, tags: Sequence[Tag], figure: Callable[[Tag, str], str]) -> str:
    out, at = [], 0
    for match in _MARKS.finditer(text):
        out += [escaped(text[at : match.start()]), figure(tags[int(match[1])], match[2])]
        at = match.end()
    return "".join([*out, escaped(text[at:])])


def _beginning(source: str, places: SourceMap | None) -> int:
    """Where the page begins: behind the header that a submission puts before it. Marks come after it."""
    first = places.there[0] if places and places.there else 0
    found = [match.start() for match in re.finditer(r"<!doctype|<\?xml|<html|<body", source[:first], re.I)]
    return found[0] if found else 0


def _sheet(root: Element) -> str:
    return "\n".join(safe_sheet(style.text or "") for style in root.iter("style"))

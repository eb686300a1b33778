"""Inline XBRL 1.1: the document itself, with every fact tagged where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from ticktie.emit.contexts import (
    Frame,
    context_elements,
    frame,
    namespace_attributes,
    prefixes_of,
    unit_elements,
)
from ticktie.emit.hypertext import rewritten
from ticktie.emit.markup import document as xml
from ticktie.emit.markup import element, escaped, printable
from ticktie.emit.page import Ink
from ticktie.emit.page import body as body_of
from ticktie.emit.report import Emission
from ticktie.emit.tags import Placed, header, hidden_element, placed
from ticktie.model.facts import Fact
from ticktie.model.source import Document, Paragraph
from ticktie.resources import data_folder
from ticktie.xbrl.names import XHTML

_LONGEST_TITLE = 120


class Page(Struct, frozen=True):
    """A document to be shown; ``markup`` is its file where that is HTML."""

    document: Document
    markup: str | None = None


class Made(Struct, frozen=True):
    """An inline document, the ids of the facts that it hides, and what became other in its markup, with counts."""

    content: bytes
    hidden: tuple[str, ...]
    changes: Mapping[str, int]


def inline(emission: Emission, page: Page, schema: str) -> Made:
    """``page`` as inline XBRL whose entry point is ``schema`` (an address)."""
    shared = frame(emission.facts)
    document = page.document
    found = placed(emission.facts, document, page.markup)
    ink = _ink(emission, document, found, shared)
    top = element("div", {"style": "display:none"}, "\n", head(emission, found.hidden, shared, schema), "\n")
    hidden = tuple(fact.id for fact in found.hidden)
    if page.markup is None:
        body = element("div", {"class": "page"}, "\n", *(f"{part}\n" for part in body_of(document, ink)))
        style = (data_folder("reports") / "templates" / "inline.css").read_text(encoding="utf-8")
        return Made(_whole(emission, title(document), style, [top, body]), hidden, {})
    one = rewritten(page.markup, document, found.tags, ink.figure)
    content = _whole(emission, one.title or title(document), one.sheet, [top, one.body], one.style)
    return Made(content, hidden, one.changes)


def head(emission: Emission, hidden: Iterable[Fact], shared: Frame, schema: str) -> str:
    """The ``ix:header`` of a page."""
    parts = {
        "hidden": [hidden_element(fact, shared) for fact in hidden],
        "contexts": context_elements(shared),
        "units": unit_elements(shared),
    }
    return header(emission, parts, schema)


def spaces(emission: Emission) -> dict[str, str]:
    """The namespaces that a page declares on its root, by attribute."""
    return {"xmlns": XHTML} | namespace_attributes(emission.namespaces, prefixes_of(emission.facts) | {"ix", "ixt"})


def title(document: Document) -> str:
    """The first words of a document."""
    first = next((block.text for block in document.blocks if isinstance(block, Paragraph)), "")
    words = " ".join(re.sub(r"[#*\\]", " ", first).split())
    return words[:_LONGEST_TITLE] or "Report"


def _ink(emission: Emission, document: Document, found: Placed, shared: Frame) -> Ink:
    texts = {note.id: note.text for note in emission.footnotes}
    remarks = {fact: " ".join(texts[note] for note in notes) for fact, notes in emission.notes_of.items()}
    return Ink(document.text, found.tags, shared, remarks, emission.totals)


def _whole(emission: Emission, named: str, style: str, body: Iterable[str], own: str = "") -> bytes:
    # A style sheet is no XML to a browser that takes the page for HTML: only what XML cannot do without is escaped.
    sheet = printable(style).replace("&", "&amp;").replace("<", "&lt;")
    top = [
        element("meta", {"http-equiv": "Content-Type", "content": "text/html; charset=UTF-8"}),
        element("title", None, escaped(named)),
        element("style", {"type": "text/css"}, "\n", sheet),
    ]
    lines = [element("head", None, "\n", *(f"{part}\n" for part in top))]
    lines.append(element("body", {"style": own or None}, "\n", *(f"{part}\n" for part in body)))
    return xml(element("html", spaces(emission) | {"xml:lang": "en"}, "\n", *(f"{line}\n" for line in lines)))

"""Inline XBRL 1.1: the document itself, with every fact tagged where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ticktie.emit.contexts import (
    Frame,
    context_elements,
    frame,
    namespace_attributes,
    prefixes_of,
    unit_elements,
)
from ticktie.emit.markup import document as xml
from ticktie.emit.markup import element, escaped
from ticktie.emit.page import Ink, body
from ticktie.emit.report import Emission
from ticktie.emit.tags import Placed, header, hidden_element, placed
from ticktie.model.facts import Fact
from ticktie.model.source import Document, Paragraph
from ticktie.resources import data_folder
from ticktie.xbrl.names import XHTML

_LONGEST_TITLE = 120


def inline(emission: Emission, document: Document, schema: str) -> bytes:
    """``document`` as an inline XBRL page whose entry point is ``schema`` (an address)."""
    shared = frame(emission.facts)
    found = placed(emission.facts, document.text)
    ink = _ink(emission, document, found, shared)
    page = [
        element("div", {"style": "display:none"}, "\n", head(emission, found.hidden, shared, schema), "\n"),
        element("div", {"class": "page"}, "\n", *(f"{part}\n" for part in body(document, ink))),
    ]
    return _whole(emission, title(document), page)


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


def _whole(emission: Emission, named: str, page: Iterable[str]) -> bytes:
    style = (data_folder("reports") / "templates" / "inline.css").read_text(encoding="utf-8")
    top = [
        element("meta", {"http-equiv": "Content-Type", "content": "text/html; charset=UTF-8"}),
        element("title", None, escaped(named)),
        element("style", {"type": "text/css"}, "\n", escaped(style)),
    ]
    lines = [element("head", None, "\n", *(f"{part}\n" for part in top))]
    lines.append(element("body", None, "\n", *(f"{part}\n" for part in page)))
    return xml(element("html", spaces(emission) | {"xml:lang": "en"}, "\n", *(f"{line}\n" for line in lines)))

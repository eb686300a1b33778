"""XBRL 2.1 instances."""

from __future__ import annotations

from ticktie.emit.contexts import (
    Frame,
    context_elements,
    fact_attributes,
    frame,
    namespace_attributes,
    prefixes_of,
    unit_elements,
    value_text,
)
from ticktie.emit.markup import block, document, element, escaped
from ticktie.emit.report import Emission
from ticktie.model.facts import Fact

_LINKBASE = "http://www.w3.org/1999/xlink/properties/linkbase"
FACT_FOOTNOTE = "http://www.xbrl.org/2003/arcrole/fact-footnote"
FOOTNOTE = "http://www.xbrl.org/2003/role/footnote"
_LINK = "http://www.xbrl.org/2003/role/link"


def instance(emission: Emission, schema: str) -> bytes:
    """The facts of ``emission`` as an XBRL 2.1 instance whose entry point is ``schema`` (an address)."""
    shared = frame(emission.facts)
    spaces = namespace_attributes(emission.namespaces, prefixes_of(emission.facts))
    body = [
        element("link:schemaRef", {"xlink:type": "simple", "xlink:arcrole": _LINKBASE, "xlink:href": schema}),
        *context_elements(shared),
        *unit_elements(shared),
        *(_fact(fact, shared) for fact in emission.facts),
    ]
    if emission.footnotes:
        body.append(_footnote_link(emission))
    return document(block("xbrli:xbrl", spaces, body))


def _fact(fact: Fact, shared: Frame) -> str:
    text = value_text(fact)
    return element(fact.concept, fact_attributes(fact, shared), *([text] if text else []))


def _footnote_link(emission: Emission) -> str:
    """The remarks on facts, as ``link:footnoteLink``."""
    facts = dict.fromkeys(fact for note in emission.footnotes for fact in note.facts)
    parts = [
        element("link:loc", {"xlink:type": "locator", "xlink:href": f"#{fact}", "xlink:label": f"loc_{fact}"})
        for fact in facts
    ]
    for note in emission.footnotes:
        said = {"xlink:type": "resource", "xlink:label": note.id, "xlink:role": FOOTNOTE, "xml:lang": "en"}
        parts.append(element("link:footnote", said, escaped(note.text)))
        for fact in note.facts:
            ends = {"xlink:from": f"loc_{fact}", "xlink:to": note.id}
            parts.append(element("link:footnoteArc", {"xlink:type": "arc", "xlink:arcrole": FACT_FOOTNOTE} | ends))
    return block("link:footnoteLink", {"xlink:type": "extended", "xlink:role": _LINK}, parts)

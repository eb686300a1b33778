"""XML as strangers send it: nothing is fetched, no entity is expanded, and what is wrong is said with its line.

A document that declares entities is refused before any parser sees it. Named characters of HTML (``&nbsp;``) that
XHTML may use without declaring them are replaced beforehand, so that no DTD is ever needed.
"""

from __future__ import annotations

import codecs
import re
from typing import Any, TypeAlias

from msgspec import Struct

#: An element of lxml, which text never loads.
Element: TypeAlias = Any

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
#: The declaration behind blanks, where XML does not allow it and filers write it.
_DECLARATION = re.compile(r"\A\s+<\?xml\s[^>]{0,300}\?>")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset({"lt;", "gt;", "amp;", "quot;", "apos;"})


class XmlError(ValueError):
    """Markup that is not read: what is wrong, and its line (None where it has none)."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem if line is None else f"line {line}: {problem}")
        self.problem = problem
        self.line = line


class Xml(Struct, frozen=True):
    """The root element, the decoded text without byte-order mark, its encoding, and notes on what was mended."""

    root: Element
    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def parse(data: bytes, *, recover: bool = False) -> Xml:
    """The document that ``data`` holds; with ``recover`` markup that is not well-formed is mended, with a note.

    Raises XmlError for what is no XML, declares entities, or is nested too deeply."""
    text, encoding, notes = decode(data)
    refuse_entities(text)
    named = _without_named_characters(_DECLARATION.sub(_blank, text))
    root, mended = _root(named.encode("utf-8", "replace"), recover)
    return Xml(root, text, encoding, (*notes, *mended))


def skeleton(data: bytes, kept: re.Pattern[str]) -> Xml | None:
    """The document that ``data`` holds with a tree of its root and of the parts that ``kept`` matches alone; None where
    it is not well-formed. Raises XmlError where it declares entities."""
    text, encoding, notes = decode(data)
    refuse_entities(text)
    whole = _without_named_characters(_DECLARATION.sub(_blank, text))
    start = _root_tag(whole)
    if start is None:
        return None
    name = re.split(r"[\s/>]", start[1:], maxsplit=1)[0]
    parts = "".join(match[0] for match in kept.finditer(whole))
    root, _ = _root(f"{start}{parts}</{name}>".encode("utf-8", "replace"), False)
    return Xml(root, text, encoding, notes)


def _root_tag(text: str) -> str | None:
    """The start tag of the root element of a well-formed document; nothing is kept of the others."""
    from xml.parsers.expat import ExpatError, ParserCreate

    data, found = text.encode("utf-8", "replace"), [0]
    parser = ParserCreate("utf-8")

    def first(name: str, attributes: object) -> None:
        found[0] = parser.CurrentByteIndex
        parser.StartElementHandler = None

    parser.StartElementHandler = first
    try:
        parser.Parse(data, True)
    except ExpatError:
        return None
    match = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""").match(data, found[0])
    return None if match is None or match[0].endswith(b"/>") else match[0].decode("utf-8")


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text without byte-order mark, its encoding, and a note where the encoding it declares is not its own."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding, ()
    if data[:4] in (b"<\0?\0", b"\0<\0?"):
        encoding = "utf-16-le" if data[1] == 0 else "utf-16-be"
        return data.decode(encoding, "replace"), encoding, ()
    declared = _DECLARED.match(data.lstrip())
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        return data.decode(encoding), encoding, ()
    except (UnicodeDecodeError, LookupError):
        note = f"not valid {encoding}: read as Windows-1252"
        return data.decode("cp1252", "replace"), "cp1252", (note,)


def refuse_entities(text: str) -> None:
    """Raise XmlError where the document type of ``text`` declares anything: entities are never expanded."""
    at = _doctype(text)
    if at is None:
        return
    opened, closed = text.find("[", at), text.find(">", at)
    if opened >= 0 and (closed < 0 or opened < closed):
        line = text.count("\n", 0, at) + 1
        raise XmlError("its document type declares entities or attributes, which are never read", line)


def _doctype(text: str) -> int | None:
    """Where the document type declaration begins; None where the first element comes before any."""
    at = 0
    while True:
        at = text.find("<", at)
        if at < 0:
            return None
        if text.startswith("<!--", at):
            at = text.find("-->", at + 4)
        elif text.startswith("<?", at):
            at = text.find("?>", at + 2)
        else:
            return at if text[at : at + 9].upper() == "<!DOCTYPE" else None
        if at < 0:
            return None


def _without_named_characters(text: str) -> str:
    """``text`` with the characters that HTML names; other names are left for the parser to object to."""
    if not any(name not in _OF_XML for name in set(_NAMED.findall(text))):
        return text
    from html.entities import html5

    return _NAMED.sub(lambda match: match[0] if match[1] in _OF_XML else html5.get(match[1], match[0]), text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _root(data: bytes, recover: bool) -> tuple[Element, tuple[str, ...]]:
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    try:
        return fromstring(data, _parser(XMLParser, recover=False)), ()
    except XMLSyntaxError as problem:
        error = XmlError(_words(problem), problem.lineno)
    if not recover or "depth" in error.problem:
        raise error
    try:
        root = fromstring(data, _parser(XMLParser, recover=True))
    except XMLSyntaxError:
        raise error from None
    if root is None:
        raise error
    return root, (f"not well-formed XML (line {error.line}: {error.problem}): mended",)


def _parser(kind: Any, *, recover: bool) -> Any:
    """A parser that fetches nothing and expands nothing; large texts are allowed, since real filings have them."""
    return kind(
        resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, attribute_defaults=False,
        huge_tree=True, recover=recover, encoding="utf-8", remove_comments=True, remove_pis=True,
        remove_blank_text=True,
    )  # fmt: skip


def _words(problem: Any) -> str:
    """The parser's message without its own line and column."""
    return re.sub(r", line \d+, column \d+.*", "", str(problem.msg or problem), flags=re.DOTALL)[:200]

"""HTML as the XHTML that inline XBRL allows: the same page to the eye, with nothing that runs or is fetched.

Source: Inline XBRL 1.1 (its schema), XHTML 1.1: what may stand where. Elements are drawn from the leaves upwards, so
that each knows whether blocks stand in it: an inline element with blocks in it becomes a ``div`` with its looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ticktie.emit.markup import element
from ticktie.emit.presentation import LOOKS, RENAMED, styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

Kind = Literal["block", "inline", "part"]

BLOCKS = frozenset({
    "address", "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "q",
    "samp", "small", "span", "strong", "sub", "sup", "tt", "var",
})  # fmt: skip
_ONLY_INLINE = frozenset({"address", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"}) | (_INLINE - {"del", "ins"})
_NOT_IN_PRE = ("img", "big", "small", "sub", "sup")
_EMPTY = frozenset({"br", "hr", "img", "col"})
#: Elements that are not shown, or that only a program can show.
_GONE = frozenset({
    "applet", "area", "audio", "base", "basefont", "bgsound", "button", "canvas", "embed", "frame", "frameset", "head",
    "iframe", "input", "isindex", "keygen", "link", "map", "math", "meta", "noframes", "noscript", "object", "param",
    "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
#: What may stand in the elements that hold only parts, and what anything else in them is wrapped in.
_PARTS: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "table": (frozenset({"colgroup", "col", "thead", "tbody", "tr"}), ("tr", "td")),
    "thead": (frozenset({"tr"}), ("tr", "td")),
    "tbody": (frozenset({"tr"}), ("tr", "td")),
    "colgroup": (frozenset({"col"}), ()),
    "tr": (frozenset({"td", "th"}), ("td",)),
    "ul": (frozenset({"li"}), ("li",)),
    "ol": (frozenset({"li"}), ("li",)),
    "dl": (frozenset({"dt", "dd"}), ("dd",)),
}
_PART_NAMES = frozenset(name for parts, _ in _PARTS.values() for name in parts)
_CELL = frozenset({"abbr", "axis", "headers", "scope", "rowspan", "colspan", "align", "valign"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "table": frozenset({"summary", "width", "border", "cellspacing", "cellpadding", "frame", "rules"}),
    "td": _CELL,
    "th": _CELL,
    "tr": frozenset({"align", "valign"}),
    "tbody": frozenset({"align", "valign"}),
    "thead": frozenset({"align", "valign"}),
    "col": frozenset({"span", "align", "valign"}),
    "colgroup": frozenset({"span", "align", "valign"}),
    "bdo": frozenset({"dir"}),
}
_VALUES: Mapping[str, str] = {
    "align": r"left|center|right|justify|char",
    "valign": r"top|middle|bottom|baseline",
    "rowspan": r"\d{1,4}",
    "colspan": r"\d{1,4}",
    "span": r"\d{1,4}",
    "width": r"\d{1,5}%?",
    "height": r"\d{1,5}%?",
    "border": r"\d{1,3}",
    "cellspacing": r"\d{1,3}%?",
    "cellpadding": r"\d{1,3}%?",
    "frame": r"void|above|below|hsides|lhs|rhs|vsides|box|border",
    "rules": r"none|groups|rows|cols|all",
    "scope": r"row|col|rowgroup|colgroup",
    "dir": r"ltr|rtl",
    "href": r"(?i)(?:https?:|mailto:|#)[^\s<>\"]*|(?![a-z][a-z0-9+.-]*:)[^\s<>\"\\]+",
    "src": r"(?i)data:image/(?:png|gif|jpe?g);base64,[A-Za-z0-9+/=\s]+|(?![a-z][a-z0-9+.-]*:|//)[^\s<>\"\\]+",
}
_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


class Drawn(Struct, frozen=True):
    """The markup of a node: a block, inline content, or a part (row, cell, item) of the element around it."""

    markup: str
    kind: Kind
    name: str = ""


class Drawing:
    """One page while it is drawn: ``text`` draws character data; changes are counted by what they are."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text
        self.ids: set[str] = set()
        self.changes: Counter[str] = Counter()

    def body(self, root: Element) -> str:
        """The content of ``body`` as blocks."""
        return "".join(one.markup for one in _blocks(self._children(root)))

    def _children(self, node: Element) -> list[Drawn]:
        out = [Drawn(self._text(node.text), "inline")] if node.text else []
        for child in node:
            if isinstance(child.tag, str):
                out += self._node(child)
            if child.tail:
                out.append(Drawn(self._text(child.tail), "inline"))
        return out

    def _node(self, node: Element) -> list[Drawn]:
        name = node.tag.lower().rpartition("}")[2]
        if name in _GONE:
            self.changes[f"{name} dropped"] += 1
            return []
        children = self._children(node)
        if name in ("html", "body"):
            return children
        return [self._element(name, node, children)]

    def _element(self, name: str, node: Element, children: list[Drawn]) -> Drawn:
        given = {str(key).lower(): str(value) for key, value in node.attrib.items()}
        now = self._name(name, node, children)
        style = styles(name, given)
        if now == "div" and name in LOOKS:
            style = ";".join(filter(None, (LOOKS[name], style)))
        if now != name:
            self.changes[f"{name} became {now}"] += 1
        content = [] if now in _EMPTY else [one.markup for one in self._content(now, children)] or [""]
        kind: Kind = "part" if now in _PART_NAMES else "block" if now in BLOCKS else "inline"
        return Drawn(element(now, self._attributes(name, now, given, style), *content), kind, now)

    def _name(self, name: str, node: Element, children: Iterable[Drawn]) -> str:
        """The XHTML element that an HTML element becomes, by what stands in it and around it."""
        has_blocks = any(child.kind != "inline" for child in children)
        now = RENAMED.get(name, (name, ""))[0]
        if now in _PART_NAMES or now in ("tfoot", "caption"):
            now = _part(now, _parent(node))
        if now not in BLOCKS and now not in _INLINE and now not in _PART_NAMES:
            now = "div" if has_blocks else "span"
        if now == "a" and any(ancestor.tag == "a" for ancestor in node.iterancestors()):
            now = "span"
        if now == "bdo" and (node.get("dir") or "").lower() not in ("ltr", "rtl"):
            now = "span"
        if now == "pre" and next(node.iter(*_NOT_IN_PRE), None) is not None:
            now = "div"
        if now == "dt" and has_blocks:
            now = "dd"
        if now in _PARTS:
            return now
        return "div" if has_blocks and now in _ONLY_INLINE else now

    def _content(self, name: str, children: list[Drawn]) -> list[Drawn]:
        """Children as ``name`` may hold them."""
        if name == "blockquote":
            return _blocks(children) or [Drawn("<div></div>", "block")]
        if name not in _PARTS:
            return children
        found = _parted(name, children)
        return _grouped(found) if name == "table" else found

    def _attributes(self, name: str, now: str, given: Mapping[str, str], style: str) -> dict[str, str | None]:
        kept: dict[str, str | None] = {}
        allowed = _ATTRIBUTES.get(now, frozenset())
        for key, value in given.items():
            if key in allowed and re.fullmatch(_VALUES.get(key, r".*"), value.strip(), re.S | re.I):
                kept[key] = value.strip().lower() if key in ("align", "valign") else value.strip()
            elif key in ("class", "title") and value.strip():
                kept[key] = value
            elif key not in ("style", "id", "name"):
                self.changes[f"attribute {key} of {name} " + ("became a style" if style else "dropped")] += 1
        if now == "img":
            kept = {"alt": "", "src": "", **kept}
        return kept | {"id": self._id(given), "style": style or None if now != "br" else None}

    def _id(self, given: Mapping[str, str]) -> str | None:
        """The id of an element, or its name: each once in a page."""
        wanted = given.get("id") or given.get("name") or ""
        if not _ID.fullmatch(wanted) or wanted in self.ids:
            return None
        self.ids.add(wanted)
        return wanted


def _parent(node: Element) -> str:
    """The XHTML name of the element around ``node``."""
    parent = node.getparent()
    if parent is None or not isinstance(parent.tag, str):
        return ""
    tag = parent.tag.lower()
    return _part(tag, _parent(parent)) if tag in ("thead", "tfoot", "tbody", "tr") else RENAMED.get(tag, (tag, ""))[0]


def _part(name: str, parent: str) -> str:
    """What a row, cell or item becomes: itself where it belongs, else a ``div``; a foot is one more body."""
    now = "tbody" if name == "tfoot" else name
    belongs = any(now in parts and parent == holder for holder, (parts, _) in _PARTS.items())
    return now if belongs else "div"


def _blocks(children: Iterable[Drawn]) -> list[Drawn]:
    """``children`` where only blocks may stand: runs of inline content are wrapped, blanks between blocks stay."""
    out: list[Drawn] = []
    run: list[Drawn] = []
    for child in [*children, Drawn("", "block")]:
        if child.kind == "inline":
            run.append(child)
            continue
        text = "".join(one.markup for one in run)
        out += [Drawn(element("div", None, text) if text.strip() else text, "block")] if run else []
        out.append(child)
        run = []
    return [one for one in out if one.markup]


def _parted(name: str, children: Iterable[Drawn]) -> list[Drawn]:
    """``children`` of an element that holds parts: what else stands among them is wrapped as one of them."""
    allowed, wrappers = _PARTS[name]
    out: list[Drawn] = []
    for child in children:
        if child.name in allowed:
            out.append(child)
        elif child.markup.strip() and wrappers:
            markup = child.markup
            for wrapper in reversed(wrappers):
                markup = element(wrapper, {"style": "list-style:none"} if wrapper == "li" else None, markup)
            out.append(Drawn(markup, "part", wrappers[0]))
    if not out and wrappers:
        empty = ""
        for wrapper in reversed(wrappers):
            empty = element(wrapper, None, empty)
        out.append(Drawn(empty, "part", wrappers[0]))
    return out


def _grouped(parts: list[Drawn]) -> list[Drawn]:
    """The parts of a table in the order that XHTML wants: columns, one head, bodies; rows alone or in bodies only."""
    columns = [part for part in parts if part.name in ("col", "colgroup")]
    if any(part.name == "colgroup" for part in columns):
        columns = [part for part in columns if part.name == "colgroup"]
    rows = [part for part in parts if part.name not in ("col", "colgroup")]
    if all(row.name == "tr" for row in rows):
        return [*columns, *rows]
    out: list[Drawn] = []
    for row in rows:
        if row.name == "thead" and out:
            row = Drawn(f"<tbody{row.markup[6:-6]}tbody>", "part", "tbody")
        elif row.name == "tr":
            row = Drawn(element("tbody", None, row.markup), "part", "tbody")
        out.append(row)
    if all(row.name == "thead" for row in out):
        out.append(Drawn(element("tbody", None, element("tr", None, element("td", None, ""))), "part", "tbody"))
    return [*columns, *out]

"""Inline XBRL: the facts that a page carries in its tags, each with the place where a reader sees it.

Source: Inline XBRL 1.1 (errata of 16 February 2024), https://www.xbrl.org/specification/inlinexbrl-part1/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, Inexact
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from ticktie.model.facts import Fact
from ticktie.model.number import EXACT
from ticktie.model.place import Location
from ticktie.read import tagged
from ticktie.read.errors import ReadError
from ticktie.read.files import Files, Nothing
from ticktie.read.statements import with_statements
from ticktie.read.supplied import Supplied
from ticktie.read.tagged import UNREAD, Maker, Problem, Source, Tagged, is_nil, located
from ticktie.read.taxonomy import discover
from ticktie.xbrl.names import IXBRL, LINK, XHTML, XLINK, XSI, qname
from ticktie.xbrl.transform import Transformation, TransformError, transformation
from ticktie.xbrl.xml import Element

_NIL = f"{{{XSI}}}nil"
_FIGURES = ("nonFraction", "fraction")
_TAGS = {f"{{{ix}}}{name}": name for ix in IXBRL for name in (*_FIGURES, "hidden", "tuple")}
_TABLES = {f"{{{XHTML}}}table": "table", "table": "table"}
_EXCLUDED = tuple(f"{{{ix}}}exclude" for ix in IXBRL)
_PARTS = {f"{{{ix}}}{name}": name for ix in IXBRL for name in ("numerator", "denominator")}
#: Dimension of a fact that stands in a tuple: the path of the tuple.
TUPLE = "ticktie:tuple"


class Tag(NamedTuple):
    """One figure's element, in the order of the page: its number, the table it stands in (0: none), whether it is
    hidden, and the path of its tuple."""

    element: Element
    number: int
    table: int
    hidden: bool
    within: str


class _Page(Struct):
    """A page while it is walked: what is open, and the formats that were looked up."""

    source: Source
    maker: Maker
    formats: dict[str, Transformation | None] = {}
    tables: dict[str, int] = {}
    targets: defaultdict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))


def read(data: bytes, path: str, files: Files | None = None) -> list[Supplied]:
    """The facts of an inline report, one set for each target; contexts that it lacks are looked for in the other
    reports beside it. Raises ReadError where its markup cannot be read."""
    source = tagged.source(_unwrapped(data), path, recover=True)
    files = files or Nothing()
    taxonomy = discover(_references(source.root), files, source.names, source.bound)
    held = tagged.resources(source.root, source.names)
    page = _Page(source, Maker(source, held, taxonomy))
    tags = list(_tags(source.root))
    _complete(held, tags, files, source)
    for tag, where in zip(tags, _places(tags, source), strict=True):
        _read_tag(tag, where, page)
    return _by_target(page)


def _by_target(page: _Page) -> list[Supplied]:
    """A set of facts for each target document, the default one first."""
    document, maker = page.source.document, page.maker
    sets = []
    for number, target in enumerate(sorted(page.targets) or [""]):
        facts = with_statements(page.targets[target], page.tables)
        one = maker.fact_set(facts)
        sets.append(
            Supplied(target or None, one if not number else replace(one, observations=()), document, is_whole=True)
        )
    return sets


def _unwrapped(data: bytes) -> bytes:
    """``data`` without the lines of a submission around the page; blanks stand in their place: nothing moves."""
    if not data.lstrip()[:10].upper().startswith(b"<DOCUMENT>"):
        return data
    start, end = data.find(b"<html"), data.rfind(b"</html>")
    head = re.sub(rb"[^\n]", b" ", data[: max(start, 0)])
    return head + data[max(start, 0) : end + len(b"</html>") if end > start else None]


def _references(root: Element) -> list[str]:
    """What the page refers to as its schemas and linkbases."""
    found = root.iter(f"{{{LINK}}}schemaRef", f"{{{LINK}}}linkbaseRef")
    return [element.get(f"{{{XLINK}}}href") or "" for element in found]


def _tags(root: Element) -> Iterator[Tag]:
    """Every figure below ``root``, in the order of the page."""
    from lxml.etree import iterwalk

    known = {**_TAGS, **_TABLES}
    number = tables = 0
    inside: list[int] = []
    tuples: list[str] = []
    hidden = 0
    for event, element in iterwalk(root, events=("start", "end"), tag=tuple(known)):
        name = known[element.tag]
        begins = event == "start"
        if name in _FIGURES:
            if begins:
                number += 1
                yield Tag(element, number, inside[-1] if inside else 0, hidden > 0, "/".join(tuples))
        elif name == "table":
            tables += begins
            inside.append(tables) if begins else inside.pop()
        elif name == "hidden":
            hidden += 1 if begins else -1
        else:
            tuples.append(_tuple_id(element)) if begins else tuples.pop()


def _tuple_id(element: Element) -> str:
    return element.get("tupleID") or str(id(element))


def _places(tags: list[Tag], source: Source) -> Iterator[Location]:
    """The place of each figure; where the text shows other tags than the parser saw, its line alone."""
    document = source.document
    names = "|".join(sorted(prefix for prefix, uri in source.bound.items() if prefix and uri in IXBRL)) or "ix"
    found = tagged.spans(document.text, rf"(?:{names}):(?:nonFraction|fraction)\b")
    if len(found) != len(tags):
        for tag in tags:
            yield Location(document.path, int(tag.element.sourceline or 1), 1, xpath=_xpath(tag))
        return
    for tag, (start, behind, following) in zip(tags, found, strict=True):
        shown = document.text[behind:following].strip()
        at = behind + document.text[behind:following].find(shown) if shown else start
        yield located(document, at, at + len(shown) if shown else behind, _xpath(tag))


def _xpath(tag: Tag) -> str:
    own = tag.element.get("id")
    if own and '"' not in own:
        return f'//*[@id="{own}"]'
    return f"(//ix:{_TAGS[tag.element.tag]})[{tag.number}]"


def _complete(held: Tagged, tags: list[Tag], files: Files, source: Source) -> None:
    """Add the contexts and units of the other reports of the set, where the page refers to some that it lacks."""
    lacking = {tag.element.get("contextRef") for tag in tags} - held.contexts.keys()
    if not lacking - {None}:
        return
    for name in files.names():
        if name.lower().endswith((".htm", ".html", ".xhtml")):
            data = files.content(name)
            if data is None or not is_inline(data):
                continue
            try:
                other = tagged.source(_unwrapped(data), name, recover=True)
            except ReadError:
                continue
            found = tagged.resources(other.root, source.names)
            held.contexts.update({**found.contexts, **held.contexts})
            held.units.update({**found.units, **held.units})


def _read_tag(tag: Tag, where: Location, page: _Page) -> None:
    """Make a fact of one element, or say why there is none."""
    element, maker = tag.element, page.maker
    concept = element.get("name") or ""
    try:
        concept = _name(concept, element, page.source)
        nil = is_nil(element.get(_NIL))
        value = None if nil else _value(element, page)
        within = _tuple(tag)
        printed = where_text(where, page.source)
        maker.add(
            maker.identifier(element.get("id"), tag.number), concept, value, where,
            (element.get("contextRef"), element.get("unitRef")),
            (None, None) if nil else (element.get("decimals"), element.get("precision")),
            ((TUPLE, within),) if within else (), printed,
        )  # fmt: skip
    except Problem as problem:
        maker.refuse(concept, problem, where)
        return
    fact = maker.facts[-1]
    page.targets[element.get("target") or ""].append(fact)
    if tag.table and not tag.hidden:
        page.tables[fact.id] = tag.table


def where_text(where: Location, source: Source) -> str | None:
    """What stands at a place; None where nothing but a tag does."""
    if where.offset is None:
        return None
    text = source.document.text[where.offset[0] : where.offset[1]]
    return None if text.startswith("<") else text


def _tuple(tag: Tag) -> str:
    return tag.element.get("tupleRef") or tag.within


def _name(text: str, element: Element, source: Source) -> str:
    """The concept as facts name it; the element's own bindings count where a prefix is bound to several."""
    if not text.strip():
        raise Problem("it names no concept")
    prefix, colon, local = text.partition(":")
    namespace = source.bound.get(prefix) if colon else None
    if namespace is None:
        try:
            namespace, local = qname(text, element.nsmap)
        except ValueError as problem:
            raise Problem(str(problem)) from None
    return source.names.name(namespace, local)


def _value(element: Element, page: _Page) -> Decimal:
    """The value that a figure states; raises Problem."""
    if _TAGS[element.tag] == "fraction":
        return _fraction(element, page)
    text = (element.text or "") if not len(element) else _text(element)
    value = tagged.value_of(_transformed(text, element, page))
    scale = element.get("scale")
    if scale is not None and scale != "0":
        value = _scaled(value, scale)
    return -value if element.get("sign") == "-" and value else value


def _fraction(element: Element, page: _Page) -> Decimal:
    """Numerator over denominator, where the decimal ends."""
    parts = {_PARTS[one.tag]: _part(one, page) for one in element.iter(*_PARTS)}
    if parts.keys() != {"numerator", "denominator"} or not parts["denominator"]:
        raise Problem("its fraction has no numerator and denominator")
    try:
        return EXACT.divide(parts["numerator"], parts["denominator"])
    except Inexact:
        raise Problem("its fraction is no decimal number that ends", UNREAD) from None


def _part(element: Element, page: _Page) -> Decimal:
    value = tagged.value_of(_transformed(_text(element), element, page))
    value = _scaled(value, element.get("scale") or "0")
    return -value if element.get("sign") == "-" and value else value


def _scaled(value: Decimal, scale: str) -> Decimal:
    bare = scale.strip()
    if not bare.lstrip("+-").isdecimal() or len(bare) > 4:
        raise Problem(f"scale {bare[:40]!r} is no whole number below 1000")
    return EXACT.scaleb(value, int(bare))


def _text(element: Element) -> str:
    """The text of an element without what is excluded."""
    if next(element.iter(*_EXCLUDED), None) is None:
        return "".join(element.itertext())
    own = [element.text or ""]
    for child in element:
        own.append("" if child.tag in _EXCLUDED else _text(child))
        own.append(child.tail or "")
    return "".join(own)


def _transformed(text: str, element: Element, page: _Page) -> str:
    """``text`` as the format of ``element`` reads it; as it stands where it has none. Raises Problem."""
    name = element.get("format")
    if name is None:
        return text
    if name not in page.formats:
        page.formats[name] = _format(name, element, page.source)
    transform = page.formats[name]
    if transform is None:
        raise Problem(f"format {name[:60]!r} is in no registry that is known", UNREAD)
    try:
        return transform(text)
    except TransformError as problem:
        raise Problem(f"format {name[:60]}: {problem}") from None


def _format(name: str, element: Element, source: Source) -> Transformation | None:
    prefix, _, local = name.partition(":")
    namespace = source.bound.get(prefix)
    try:
        namespace, local = (namespace, local) if namespace else qname(name, element.nsmap)
    except ValueError:
        return None
    return transformation(namespace, local)


def is_inline(data: bytes) -> bool:
    """Whether ``data`` is a page with tags of inline XBRL."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    return any(ix.encode() in plain for ix in IXBRL)

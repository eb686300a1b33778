"""Inline XBRL: the facts that a page carries in its tags, each with the place where a reader sees it.

Source: Inline XBRL 1.1 (errata of 16 February 2024), https://www.xbrl.org/specification/inlinexbrl-part1/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal, Inexact
from functools import lru_cache
from itertools import tee
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from ticktie.model.facts import Fact
from ticktie.model.memory import uncollected
from ticktie.model.number import EXACT
from ticktie.model.place import Location
from ticktie.read import scan, tagged
from ticktie.read.errors import ReadError
from ticktie.read.files import Files, Nothing
from ticktie.read.statements import is_landmark, with_statements
from ticktie.read.supplied import Supplied
from ticktie.read.tagged import UNREAD, Maker, Problem, Shown, Source, Tagged, is_nil
from ticktie.read.taxonomy import discover
from ticktie.xbrl.names import IXBRL, LINK, XHTML, XLINK, XSI, qname
from ticktie.xbrl.transform import Transformation, TransformError, transformation
from ticktie.xbrl.xml import Element

_NIL = f"{{{XSI}}}nil"
_TAGS = {f"{{{ix}}}{name}": name for ix in IXBRL for name in ("nonFraction", "fraction")}
_FIGURES = tuple(_TAGS)
_TUPLES, _HIDDEN, _EXCLUDED = (tuple(f"{{{ix}}}{name}" for ix in IXBRL) for name in ("tuple", "hidden", "exclude"))
#: Attributes that are looked for only where the page has them anywhere: to ask each figure takes time.
_RARE = (_NIL, "target", "tupleRef", "precision")
#: What says how the figures in it are to be taken.
_HOLDERS = (f"{{{XHTML}}}table", "table", *_HIDDEN)
_PARTS = {f"{{{ix}}}{name}": name for ix in IXBRL for name in ("numerator", "denominator")}
#: Dimension of a fact that stands in a tuple: the path of the tuple.
TUPLE = "ticktie:tuple"


class Tag(NamedTuple):
    """One figure's element, its number in the order of the page, and the path of its tuple."""

    element: Element
    number: int
    within: str


Made = tuple[Element, Fact]


class _Page(Struct):
    """A page while it is walked: the rare attributes that it has, the formats and concepts that were looked up, and the
    facts of each target."""

    source: Source
    maker: Maker
    rare: frozenset[str]
    formats: dict[str, Transformation | None] = {}
    concepts: dict[str, str] = {}
    targets: defaultdict[str, list[Made]] = field(default_factory=lambda: defaultdict(list))


def read(data: bytes, path: str, files: Files | None = None) -> list[Supplied]:
    """The facts of an inline report, one set for each target; contexts that it lacks are looked for in the other
    reports beside it. Raises ReadError where its markup cannot be read."""
    data, files = _unwrapped(data), files or Nothing()
    with uncollected():
        plain = scan.source(data, path)
        found = None if plain is None else _read_plain(plain, files)
        return found or _read(tagged.source(data, path, recover=True), files)


def _read_plain(source: Source, files: Files) -> list[Supplied] | None:
    """The facts of a page of plain tags; None where one of them is wrong: the tree then says so."""
    page = _page(source, files)
    figures = (Tag(figure, number, "") for number, figure in enumerate(scan.figures(source), 1))
    tags, spans, named = tee(figures, 3)
    places = tagged.shown(source.document, (tag.element.span for tag in spans), map(_xpath, named))
    for tag, figure in zip(tags, places, strict=True):
        _read_tag(tag, figure, page)
    return None if page.maker.wrong else _by_target(page, scan.tables)


def _read(source: Source, files: Files) -> list[Supplied]:
    """The facts of any page."""
    page, tags = _page(source, files), _tags(source.root)
    _complete(page.maker.tagged, tags, files, source)
    for tag, figure in zip(tags, _places(tags, source), strict=True):
        _read_tag(tag, figure, page)
    return _by_target(page, _tables)


def _page(source: Source, files: Files) -> _Page:
    taxonomy = discover(_references(source.root), files, source.names, source.bound)
    held = tagged.resources(source.root, source.names)
    text = source.document.text
    rare = frozenset(name for name in _RARE if name.rpartition("}")[2] in text)
    return _Page(source, Maker(source, held, taxonomy), rare)


def _by_target(page: _Page, tables: Callable[[list[Made], str], dict[str, int]]) -> list[Supplied]:
    """A set of facts for each target document, the default one first."""
    document, maker = page.source.document, page.maker
    sets = []
    for number, target in enumerate(sorted(page.targets) or [""]):
        made = page.targets[target]
        facts = with_statements([fact for _, fact in made], tables(made, document.text))
        one = maker.fact_set(facts)
        sets.append(
            Supplied(target or None, one if not number else replace(one, observations=()), document, is_whole=True)
        )
    return sets


def _tables(made: list[Made], text: str) -> dict[str, int]:
    """The number of the table that shows a fact, by its id, for the tables that may be primary statements."""
    landmarks = (_holder(element) for element, fact in made if is_landmark(fact))
    tables = [table for table in dict.fromkeys(landmarks) if table is not None and table.tag not in _HIDDEN]
    facts = {element: fact.id for element, fact in made} if tables else {}
    return {
        facts[element]: number
        for number, table in enumerate(tables, 1)
        for element in table.iter(*_FIGURES)
        if element in facts and _holder(element) is table
    }


def _holder(element: Element) -> Element | None:
    """The innermost table, or hidden part, around an element."""
    return next(element.iterancestors(*_HOLDERS), None)


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


def _tags(root: Element) -> list[Tag]:
    """Every figure below ``root``, in the order of the page."""
    if next(root.iter(*_TUPLES), None) is None:
        return [Tag(element, number, "") for number, element in enumerate(root.iter(*_FIGURES), 1)]
    return [Tag(element, number, _within(element)) for number, element in enumerate(root.iter(*_FIGURES), 1)]


def _within(element: Element) -> str:
    """The path of the tuples around an element."""
    return "/".join(reversed([one.get("tupleID") or "" for one in element.iterancestors(*_TUPLES)]))


def _places(tags: list[Tag], source: Source) -> Iterator[Shown]:
    """What each figure shows and where; its line alone where the text shows other tags than the parser saw."""
    document = source.document
    names = sorted(prefix for prefix, uri in source.bound.items() if prefix and uri in IXBRL) or ["ix"]
    begins = "<" + (names[0] if len(names) == 1 else f"(?:{'|'.join(names)})") + ":(?:nonF|f)raction\\b"
    found = tagged.start_tags(document.text, begins, len(tags))
    if found is not None:
        yield from tagged.shown(document, found, map(_xpath, tags))
        return
    for tag in tags:
        yield Shown(None, Location(document.path, int(tag.element.sourceline or 1), 1, xpath=_xpath(tag)))


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
        data = files.content(name) if name.lower().endswith((".htm", ".html", ".xhtml")) else None
        if data is not None and is_inline(data):
            with suppress(ReadError):
                other = tagged.source(_unwrapped(data), name, recover=True)
                found = tagged.resources(other.root, source.names)
                held.contexts.update({**found.contexts, **held.contexts})
                held.units.update({**found.units, **held.units})


def _read_tag(tag: Tag, figure: Shown, page: _Page) -> None:
    """Make a fact of one element, or say why there is none."""
    maker, get = page.maker, tag.element.get
    concept, rare = get("name", ""), page.rare
    try:
        concept = page.concepts.get(concept) or _name(concept, tag.element, page)
        nil = _NIL in rare and is_nil(get(_NIL))
        within = (get("tupleRef") if "tupleRef" in rare else None) or tag.within
        fact = maker.add(
            maker.identifier(get("id"), tag.number), concept, None if nil else _value(tag.element, page), figure,
            (get("contextRef"), get("unitRef"), get("decimals"), get("precision") if "precision" in rare else None),
            ((TUPLE, within),) if within else (),
        )  # fmt: skip
    except Problem as problem:
        maker.refuse(concept, problem, figure.place)
        return
    target = (get("target") if "target" in rare else None) or ""
    page.targets[target].append((tag.element, fact))


def _name(text: str, element: Element, page: _Page) -> str:
    """The concept as facts name it; the element's own bindings count where a prefix is bound to several."""
    if not text.strip():
        raise Problem("it names no concept")
    prefix, colon, local = text.partition(":")
    namespace = page.source.bound.get(prefix) if colon else None
    if namespace is not None:
        page.concepts[text] = page.source.names.name(namespace, local)
        return page.concepts[text]
    try:
        return page.source.names.name(*qname(text, element.nsmap))
    except ValueError as problem:
        raise Problem(str(problem)) from None


def _value(element: Element, page: _Page) -> Decimal:
    """The value that a figure states; raises Problem."""
    if _TAGS.get(element.tag) == "fraction":
        return _fraction(element, page)
    text = (element.text or "") if not len(element) else _text(element)
    name, scale = element.get("format"), element.get("scale", "0")
    value = tagged.value_of(text if name is None else _transformed(text, name, element, page))
    if scale != "0":
        value = EXACT.scaleb(value, _power(scale))
    return -value if element.get("sign") == "-" and value else value


def _fraction(element: Element, page: _Page) -> Decimal:
    """Numerator over denominator, where the decimal ends."""
    parts = {_PARTS[one.tag]: _value(one, page) for one in element.iter(*_PARTS)}
    if parts.keys() != {"numerator", "denominator"} or not parts["denominator"]:
        raise Problem("its fraction has no numerator and denominator")
    try:
        return EXACT.divide(parts["numerator"], parts["denominator"])
    except Inexact:
        raise Problem("its fraction is no decimal number that ends", UNREAD) from None


@lru_cache(maxsize=256)
def _power(scale: str) -> int:
    bare = scale.strip()
    if not bare.isascii() or not bare.lstrip("+-").isdecimal() or len(bare) > 4:
        raise Problem(f"scale {bare[:40]!r} is no whole number below 1000")
    return int(bare)


def _text(element: Element) -> str:
    """The text of an element without what is excluded."""
    if next(element.iter(*_EXCLUDED), None) is None:
        return "".join(element.itertext())
    own = [element.text or ""]
    for child in element:
        own.append("" if child.tag in _EXCLUDED else _text(child))
        own.append(child.tail or "")
    return "".join(own)


def _transformed(text: str, name: str, element: Element, page: _Page) -> str:
    """``text`` as the format ``name`` of ``element`` reads it; raises Problem."""
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

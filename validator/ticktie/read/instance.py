"""XBRL 2.1 instances: facts, tuples, and the taxonomy beside them.

Source: XBRL 2.1 (errata of 20 February 2013), section 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ticktie.model.memory import uncollected
from ticktie.model.place import Location
from ticktie.read import tagged
from ticktie.read.errors import ReadError
from ticktie.read.files import Files, Nothing
from ticktie.read.supplied import Supplied
from ticktie.read.tagged import Maker, Problem, Shown, Source, is_nil
from ticktie.read.taxonomy import discover
from ticktie.xbrl.names import LINK, XBRLI, XLINK, XSI, split
from ticktie.xbrl.xml import Element

_NIL = f"{{{XSI}}}nil"
#: Dimension of a fact that stands in a tuple: the path of the tuple.
TUPLE = "ticktie:tuple"
_DEEPEST = 200
_BEGINS = r"""<[^\s<>/!?"'=]+\s(?=[^<>]*?\bcontextRef\s*=)"""


class Item(NamedTuple):
    """One element with a context, its number in the order of the file, and the path of its tuple."""

    element: Element
    number: int
    within: str


def read(data: bytes, path: str, files: Files | None = None) -> Supplied:
    """The numeric facts of an instance with the sums of the taxonomy beside it; raises ReadError where it is none."""
    source = tagged.source(data, path)
    if split(source.root.tag) != (XBRLI, "xbrl"):
        raise ReadError(path, "it is no XBRL instance", "name an instance, whose root is xbrl")
    taxonomy = discover(_references(source.root), files or Nothing(), source.names, source.bound)
    maker = Maker(source, tagged.resources(source.root, source.names), taxonomy)
    items = list(_items(source.root, ""))
    with uncollected():
        for item, figure in zip(items, _places(items, source), strict=True):
            if item.element.get("unitRef") is not None:
                _read_item(item, figure, maker)
    return Supplied(None, maker.fact_set(maker.facts), source.document, is_whole=True)


def _references(root: Element) -> list[str]:
    found = root.iter(f"{{{LINK}}}schemaRef", f"{{{LINK}}}linkbaseRef")
    return [element.get(f"{{{XLINK}}}href") or "" for element in found]


def _items(parent: Element, within: str, number: int = 0, depth: int = 0) -> Iterator[Item]:
    """The items below ``parent``; an element without context that has elements below it is a tuple."""
    for at, element in enumerate(parent):
        if not isinstance(element.tag, str) or split(element.tag)[0] in (XBRLI, LINK):
            continue
        if element.get("contextRef") is not None:
            yield Item(element, at, within)
        elif len(element) and depth < _DEEPEST:
            yield from _items(element, f"{within}/{at}", number, depth + 1)


def _places(items: list[Item], source: Source) -> Iterator[Shown]:
    """What each item shows and where; its line alone where the text shows other elements than the parser saw."""
    document = source.document
    found = tagged.start_tags(document.text, _BEGINS, len(items))
    if found is not None:
        yield from tagged.shown(document, found, map(_xpath, items))
        return
    for item in items:
        yield Shown(None, Location(document.path, int(item.element.sourceline or 1), 1, xpath=_xpath(item)))


def _xpath(item: Item) -> str:
    own = item.element.get("id")
    if own and '"' not in own:
        return f'//*[@id="{own}"]'
    steps = "".join(f"/*[{int(step) + 1}]" for step in item.within.split("/") if step)
    return f"/*{steps}/*[{item.number + 1}]"


def _read_item(item: Item, figure: Shown, maker: Maker) -> None:
    get = item.element.get
    concept = maker.source.names.name(*split(item.element.tag))
    try:
        value = None if is_nil(get(_NIL)) else tagged.value_of(item.element.text or "")
        refers = (get("contextRef"), get("unitRef"), get("decimals"), get("precision"))
        within = ((TUPLE, item.within),) if item.within else ()
        maker.add(maker.identifier(get("id"), item.number), concept, value, figure, refers, within)
    except Problem as problem:
        maker.refuse(concept, problem, figure.place)


def is_instance(data: bytes) -> bool:
    """Whether ``data`` is XML with the namespace of instances and no page."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    return XBRLI.encode() in plain and b"xbrl" in plain[:4096] and b"schemaRef" in plain

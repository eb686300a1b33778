"""A page whose tags are plain is read without a tree: a figure is a tag with text, and nothing else in it.

A tree of a large report takes ten times the memory of its text. What this cannot be sure of (nested tags, tuples,
fractions, attributes in single quotes, markup that is not well-formed) it leaves to the tree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.read.statements import is_landmark
from ticktie.read.tagged import Source, source_of
from ticktie.xbrl.names import IX, IXBRL
from ticktie.xbrl.xml import Xml, XmlError, skeleton

_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["'](?:""" + "|".join(map(re.escape, IXBRL)) + r""")["']""")
_OTHERS = ("fraction", "tuple", "exclude")
_TABLE = re.compile(r"<(/?)(?:[\w.-]+:)?table\b")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


class Plain(Struct):
    """One figure's tag, used as an element of a tree is: what gives its attributes, the text in it, and where the tag
    begins and its text begins and ends."""

    get: Callable[..., str | None]
    text: str
    span: tuple[int, int, int]
    nsmap: Mapping[str | None, str]
    tag: str = f"{{{IX}}}nonFraction"

    def __len__(self) -> int:
        return 0


def source(data: bytes, path: str) -> Source | None:
    """The page ``data`` with a tree of its header alone; None where its tags are not plain."""
    prefix, *others = _PREFIX.findall(data[: 1 << 20].decode("ascii", "replace")) or ("", "")
    xml = None if others else _header(data, prefix)
    if xml is None or not _is_plain(xml.text, prefix):
        return None
    one = source_of(xml, data, path)
    return one if one.bound.get(prefix) in IXBRL else None


def _header(data: bytes, prefix: str) -> Xml | None:
    try:
        return skeleton(data, re.compile(rf"<{prefix}:header\b.*?</{prefix}:header\s*>", re.DOTALL))
    except XmlError:
        return None


def _is_plain(text: str, prefix: str) -> bool:
    """Whether every figure of the page is a tag with text alone."""
    if "<![CDATA[" in text or any(f"<{prefix}:{name}" in text for name in _OTHERS):
        return False
    if "<!--" in text and any(f"{prefix}:" in comment for comment in _COMMENT.findall(text)):
        return False
    return sum(1 for _ in _pattern(prefix).finditer(text)) == text.count(f"<{prefix}:nonFraction")


def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"<{prefix}:nonFraction(\s[^<>'&]*)>\s*([^<]*)</{prefix}:nonFraction\s*>")


def figures(source: Source) -> Iterator[Plain]:
    """The figures of a plain page, in its order."""
    prefix = next(name for name, uri in source.bound.items() if uri in IXBRL)
    namespaces: dict[str | None, str] = dict(source.root.nsmap)
    layouts: dict[tuple[str, ...], list[str]] = {}
    for match in _pattern(prefix).finditer(source.document.text):
        parts = match[1].split('"')
        names = tuple(parts[::2])
        layout = layouts.get(names)
        if layout is None:
            layout = layouts[names] = [_attribute(name, source) for name in names]
        text = match[2]
        span = (match.start(), *match.span(2))
        said = dict(zip(layout, parts[1::2], strict=False))
        yield Plain(said.get, unescape(text) if "&" in text else text, span, namespaces)


def _attribute(written: str, source: Source) -> str:
    """The name of an attribute as lxml gives it."""
    prefix, colon, local = written.strip().rstrip("=").rstrip().rpartition(":")
    return f"{{{source.bound.get(prefix, '')}}}{local}" if colon else local


def tables(made: Iterable[tuple[Plain, Fact]], text: str) -> dict[str, int]:
    """The number of the table that shows a fact, by its id, for the tables that may be primary statements."""
    made = list(made)
    if not any(is_landmark(fact) for _, fact in made):
        return {}
    starts, innermost = _innermost(text)
    placed = {fact.id: innermost[bisect_right(starts, plain.span[0])] for plain, fact in made}
    wanted = {placed[fact.id] for _, fact in made if is_landmark(fact)} - {0}
    return {identifier: table for identifier, table in placed.items() if table in wanted}


def _innermost(text: str) -> tuple[list[int], list[int]]:
    """Where tables begin and end, and the number of the table that is innermost before the first and after each."""
    starts, innermost, open_tables, number = [], [0], [0], 0
    for match in _TABLE.finditer(text):
        if not match[1]:
            number += 1
            open_tables.append(number)
        elif len(open_tables) > 1:
            open_tables.pop()
        starts.append(match.start())
        innermost.append(open_tables[-1])
    return starts, innermost

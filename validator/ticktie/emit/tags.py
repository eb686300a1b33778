"""Facts at their places: which stretch of a text each tag covers, and which facts must be hidden."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ticktie.emit.contexts import Frame, fact_attributes, value_text
from ticktie.emit.markup import Attributes, element, escaped
from ticktie.emit.prints import Print, find
from ticktie.emit.report import Emission
from ticktie.model.facts import Fact
from ticktie.model.source import Document


class Tag(Struct, frozen=True):
    """Facts that one stretch of text states, from ``start`` to ``end``: the first is the outermost element."""

    start: int
    end: int
    facts: tuple[Fact, ...]
    print: Print


class Placed(Struct, frozen=True):
    """Tags in the order of the text, none touching another, and the facts that no stretch of it states."""

    tags: tuple[Tag, ...]
    hidden: tuple[Fact, ...]


def placed(facts: Iterable[Fact], document: Document, markup: str | None) -> Placed:
    """Each fact at the place in the text where its value is printed; one that overlaps another is hidden, and one
    whose digits stand in several elements of the ``markup``."""
    tags: dict[tuple[int, int], Tag] = {}
    hidden: list[Fact] = []
    taken: list[tuple[int, int]] = []  # ascending, none touching another
    for fact in facts:
        tag = _tag(fact, document)
        if tag and markup is not None and not _in_one_run(document, markup, tag):
            tag = None
        if tag is None:
            hidden.append(fact)
        elif (tag.start, tag.end) in tags and _nests(tags[tag.start, tag.end], tag):
            other = tags[tag.start, tag.end]
            tags[tag.start, tag.end] = replace(other, facts=(*other.facts, fact))
        elif _is_free(taken, tag):
            tags[tag.start, tag.end] = tag
            insort(taken, (tag.start, tag.end))
        else:
            hidden.append(fact)
    return Placed(tuple(sorted(tags.values(), key=lambda tag: tag.start)), tuple(hidden))


def _is_free(taken: list[tuple[int, int]], tag: Tag) -> bool:
    """Whether no other tag overlaps a new one."""
    after = bisect_left(taken, (tag.start, tag.start))
    return (after == 0 or taken[after - 1][1] <= tag.start) and (after == len(taken) or tag.end <= taken[after][0])


def _tag(fact: Fact, document: Document) -> Tag | None:
    place = fact.location.offset if fact.location else None
    if fact.value is None or place is None or place[0] >= place[1]:
        return None
    start, end = document.text_offset(place[0]), document.text_offset(place[1] - 1) + 1
    found = find(document.text[start:end], fact.value, fact.decimals)
    return Tag(start + found.start, start + found.end, (fact,), found) if found else None


def _in_one_run(document: Document, markup: str, tag: Tag) -> bool:
    """Whether a stretch of the text stands in the markup without an element in between."""
    places = document.source
    return places is not None and "<" not in markup[places.start(tag.start) : places.end(tag.end)]


def _nests(outer: Tag, inner: Tag) -> bool:
    """Whether one tag may stand in the other (Inline XBRL 1.1, section 10.1: the same format, scale and unit)."""
    return outer.print == inner.print and outer.facts[0].unit == inner.facts[0].unit


def tag_attributes(fact: Fact, shown: Print, shared: Frame) -> dict[str, str | None]:
    """The attributes of an ``ix:nonFraction`` around a printed figure."""
    said = {"name": fact.concept, **fact_attributes(fact, shared)}
    scale = str(shown.scale) if shown.scale else None
    return said | {"format": shown.format, "scale": scale, "sign": "-" if shown.negative else None}


def wrapped(tag: Tag, inside: str, shared: Frame) -> str:
    """``inside`` (markup) in the elements of the facts of ``tag``."""
    for fact in reversed(tag.facts):
        inside = element("ix:nonFraction", tag_attributes(fact, tag.print, shared), inside)
    return inside


def hidden_element(fact: Fact, shared: Frame) -> str:
    """A fact that no transformation yields from its print, with its value in plain digits."""
    said: Attributes = {"name": fact.concept} | fact_attributes(fact, shared)
    negative = fact.value is not None and fact.value < 0
    text = value_text(fact).removeprefix("-")
    return element("ix:nonFraction", {**said, "sign": "-" if negative else None}, *([text] if text else []))


def header(emission: Emission, parts: Mapping[str, Sequence[str]], schema: str) -> str:
    """The ``ix:header``: hidden facts and footnotes, the schema, contexts, units and what the footnotes belong to."""
    hidden = [*parts["hidden"], *(_footnote(note.id, note.text) for note in emission.footnotes)]
    reference = element("link:schemaRef", {"xlink:type": "simple", "xlink:href": schema})
    relations = [
        element("ix:relationship", {"fromRefs": " ".join(note.facts), "toRefs": note.id}) for note in emission.footnotes
    ]
    return "\n".join(
        [
            "<ix:header>",
            *(["<ix:hidden>", *hidden, "</ix:hidden>"] if hidden else []),
            element("ix:references", None, reference),
            "<ix:resources>",
            *parts["contexts"],
            *parts["units"],
            *relations,
            "</ix:resources>",
            "</ix:header>",
        ]
    )


def _footnote(name: str, text: str) -> str:
    return element("ix:footnote", {"id": name, "xml:lang": "en"}, escaped(text))

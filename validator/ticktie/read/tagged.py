"""What inline reports and XBRL instances have in common: prefixes, contexts, units, and facts made of attributes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from ticktie.model.facts import Fact, FactSet, Observation
from ticktie.model.number import NOTHING_KNOWN
from ticktie.model.place import Location
from ticktie.model.source import Document, Span
from ticktie.read.errors import ReadError
from ticktie.read.taxonomy import Taxonomy
from ticktie.read.text import line_starts
from ticktie.xbrl.names import XBRLI, prefixes
from ticktie.xbrl.periods import Context, Names, context, unit
from ticktie.xbrl.xml import Element, Xml, XmlError, parse

#: Kinds of observations, each the name of a rule of family ``read``.
INVALID, UNREAD, MENDED, MISSING = "xbrl-invalid", "xbrl-unread", "markup-mended", "schema-missing"
_MOST_DECIMALS = 400
_MOST_DIGITS = 400
_BOUND = re.compile(r"""xmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TRUE = ("true", "1")
#: So many wrong facts are reported one by one.
_MOST_REPORTED = 200


class Problem(ValueError):
    """Why a fact is not read; ``kind`` is that of its observation."""

    def __init__(self, message: str, kind: str = INVALID) -> None:
        super().__init__(message)
        self.kind = kind


class Source(Struct, frozen=True):
    """A parsed document with its names: ``bound`` holds the namespace of every prefix that is bound to one only."""

    document: Document
    root: Element
    names: Names
    bound: dict[str, str]
    notes: tuple[str, ...] = ()


class Tagged(Struct, frozen=True):
    """Contexts and units by id; None as a unit is pure, a string beginning with ``!`` says why it is none."""

    contexts: dict[str, Context] = field(default_factory=dict)
    units: dict[str, str | None] = field(default_factory=dict)


def source(data: bytes, path: str, *, recover: bool = False) -> Source:
    """The XML document ``data``; raises ReadError naming the line where it cannot be read."""
    try:
        xml = parse(data, recover=recover)
    except XmlError as problem:
        raise ReadError(path, f"its markup cannot be read: {problem}", "correct it there, and check it again") from None
    return source_of(xml, data, path)


def source_of(xml: Xml, data: bytes, path: str) -> Source:
    """The parsed document with its names."""
    every = [(prefix, one or other) for prefix, one, other in _BOUND.findall(xml.text)]
    names = Names(prefixes(every), {})
    return Source(_document(xml, data, path), xml.root, names, _unambiguous(every), xml.notes)


def _document(xml: Xml, data: bytes, path: str) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(path, xml.text, xml.encoding, sha256, (), xml.notes, line_starts(xml.text))


def _unambiguous(every: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for prefix, namespace in every:
        found.setdefault(prefix, set()).add(namespace)
    return {prefix: next(iter(names)) for prefix, names in found.items() if len(names) == 1}


def resources(root: Element, names: Names) -> Tagged:
    """The contexts and units below ``root``."""
    contexts, units = {}, {}
    for element in root.iter(f"{{{XBRLI}}}context"):
        contexts[element.get("id") or ""] = context(element, names)
    for element in root.iter(f"{{{XBRLI}}}unit"):
        try:
            units[element.get("id") or ""] = unit(element, names)
        except ValueError as problem:
            units[element.get("id") or ""] = f"!{problem}"
    return Tagged(contexts, units)


def context_of(reference: str | None, tagged: Tagged) -> Context:
    """The context that a fact refers to; raises Problem."""
    found = tagged.contexts.get(reference or "")
    if found is None:
        raise Problem(f"context {(reference or '')[:60]!r} does not exist" if reference else "it names no context")
    if found.problem:
        raise Problem(f"context {(reference or '')[:60]!r}: {found.problem}")
    return found


def unit_of(reference: str | None, tagged: Tagged) -> str | None:
    """The unit that a fact refers to, None for pure numbers; raises Problem."""
    if reference is None:
        raise Problem("it names no unit")
    try:
        found = tagged.units[reference]
    except KeyError:
        raise Problem(f"unit {reference[:60]!r} does not exist") from None
    if found is not None and found.startswith("!"):
        raise Problem(f"unit {reference[:60]!r}: {found[1:]}")
    return found


def value_of(text: str) -> Decimal:
    """The number that a value in XML states (xs:decimal, or with an exponent); raises Problem."""
    bare = text.strip()
    plain = bare.isascii() and "_" not in bare and len(bare) <= 2 * _MOST_DIGITS
    try:
        value = Decimal(bare if plain else "?")
    except InvalidOperation:
        raise Problem(f"value {bare[:40]!r} is no number") from None
    if not value.is_finite():
        raise Problem(f"value {bare[:40]!r} is no figure that can be checked", UNREAD)
    if value and abs(value.adjusted()) > _MOST_DIGITS:
        raise Problem(f"value {bare[:40]!r} has more than {_MOST_DIGITS} digits")
    return value


@lru_cache(maxsize=1 << 10)
def decimals_of(stated: str | None, precision: str | None, value: Decimal | None) -> int | None:
    """The decimals that a fact states, None where exact; a precision gives those of its last sure digit (XBRL 2.1,
    section 4.6.6). Raises Problem."""
    if stated is not None:
        return _whole(stated, "decimals")
    if precision is None:
        return None
    digits = _whole(precision, "precision")
    if digits is None or value is None:
        return None
    if not digits:
        return NOTHING_KNOWN
    return digits - value.adjusted() - 1 if value else None


def _whole(text: str, name: str) -> int | None:
    bare = text.strip()
    if bare == "INF":
        return None
    if not re.fullmatch(r"[-+]?\d{1,4}", bare, re.ASCII) or abs(int(bare)) > _MOST_DECIMALS:
        raise Problem(f"{name} {bare[:40]!r} is no whole number within {_MOST_DECIMALS}, or INF")
    return int(bare)


def is_nil(text: str | None) -> bool:
    """Whether the attribute ``xsi:nil`` says so."""
    return text is not None and text.strip() in _TRUE


#: Ids of context and unit, decimals and precision as a fact states them; and what they mean.
Refers = tuple[str | None, str | None, str | None, str | None]
Aspects = tuple[Context, str | None, int | None]


class Maker(Struct):
    """Makes facts of one document, and keeps what is wrong with the others."""

    source: Source
    tagged: Tagged
    taxonomy: Taxonomy
    facts: list[Fact] = []
    aspects: dict[Refers, Aspects] = {}
    seen: list[Observation] = []
    taken: set[str] = set()
    wrong: int = 0

    def identifier(self, own: str | None, number: int) -> str:
        """An id that no other fact has."""
        name = own or f"f{number}"
        while name in self.taken:
            name = f"{name}.{number}"
        self.taken.add(name)
        return name

    def add(
        self, identifier: str, concept: str, value: Decimal | None, figure: Shown, refers: Refers,
        dimensions: tuple[tuple[str, str], ...] = (),
    ) -> Fact:  # fmt: skip
        """One more fact; ``refers`` are the ids of context and unit, its decimals and precision. Raises Problem."""
        when, unit, decimals = self.aspects.get(refers) or self._aspects(concept, value, refers)
        fact = Fact(
            id=identifier, concept=concept, value=value, decimals=None if value is None else decimals, unit=unit,
            period=when.period, entity=when.entity, dimensions=when.dimensions + dimensions, origin="supplied",
            label=self.taxonomy.labels.get(concept), printed=figure.text, location=figure.place,
        )  # fmt: skip
        self.facts.append(fact)
        return fact

    def _aspects(self, concept: str, value: Decimal | None, refers: Refers) -> Aspects:
        """What a fact refers to; kept for the next one where only the references decide it."""
        context, unit, *precise = refers
        if value is not None and precise == [None, None] and self.taxonomy.precision:
            precise = list(self._default(concept))
        stated, precision = precise
        found = (context_of(context, self.tagged), unit_of(unit, self.tagged), decimals_of(stated, precision, value))
        if stated is not None or not (precision or self.taxonomy.precision):
            self.aspects[refers] = found
        return found

    def _default(self, concept: str) -> tuple[str | None, str | None]:
        """The decimals and precision that the schema gives to a fact of ``concept`` which states neither."""
        name, value = self.taxonomy.precision.get(concept, ("", None))
        return (value if name == "decimals" else None, value if name == "precision" else None)

    def refuse(self, concept: str, problem: Problem, where: Location) -> None:
        """Keep why a fact was left out, with its place."""
        self.wrong += 1
        if self.wrong <= _MOST_REPORTED:
            message = f"Fact {concept[:120]} was left out: {problem}."
            self.seen.append(Observation(problem.kind, message, (where,)))

    def fact_set(self, facts: Sequence[Fact]) -> FactSet:
        """``facts`` of this document with the sums of the taxonomy, and with what was seen."""
        path = self.source.document.path
        return FactSet(
            tuple(facts), observations=tuple(self._observations(path)), relations=self.taxonomy.relations,
            namespaces=namespaces(self.source.names),
        )  # fmt: skip

    def _observations(self, path: str) -> Iterator[Observation]:
        where = (Location(path, 1, 1),)
        yield from (Observation(MENDED, f"{_sentence(note)}.", where) for note in self.source.notes)
        yield from (Observation(MISSING, f"{_sentence(note)}.", where) for note in self.taxonomy.notes)
        yield from self.seen
        if self.wrong > _MOST_REPORTED:
            more = f"{self.wrong - _MOST_REPORTED} more facts were left out."
            yield Observation(INVALID, more, where)


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:]


def namespaces(names: Names) -> dict[str, str]:
    """The namespace of each prefix that facts may use, schemes of entities among them."""
    return {prefix: uri for uri, prefix in (*names.prefixes.items(), *names.schemes.items())}


class Shown(NamedTuple):
    """The text that a tag shows, and its place in the source."""

    text: str | None
    place: Location


_ATTRIBUTES = r"""[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>"""
_SKIPPED = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|"


def start_tags(text: str, begins: str, count: int) -> list[tuple[int, int, int]] | None:
    """Where the ``count`` start tags that begin with the pattern ``begins`` stand in the text, in its order: where each
    begins, and where the text behind it begins and ends (at the next tag). None where the text shows another number of
    them. What stands in comments and CDATA sections is no tag."""
    for skipped in ("", _SKIPPED):
        pattern = re.compile(f"{skipped}({begins}{_ATTRIBUTES})\\s*([^<]*)", re.DOTALL)
        found = [(one.start(), *one.span(2)) for one in pattern.finditer(text) if not skipped or one[1] is not None]
        if len(found) == count:
            return found
    return None


def shown(document: Document, tags: Iterable[tuple[int, int, int]], xpaths: Iterable[str]) -> Iterator[Shown]:
    """What stands behind each start tag up to the next tag; the tag itself where nothing does. The tags come in the
    order of the text."""
    path, lines = document.path, document.line_starts
    line, following = 0, [*lines[1:], len(document.text) + 1]
    for (start, behind, end), xpath in zip(tags, xpaths, strict=True):
        printed = document.text[behind:end].rstrip()
        at, stop = (behind, behind + len(printed)) if printed else (start, behind)
        while following[line] <= at:
            line += 1
        if stop < following[line]:
            number, column = line + 1, at - lines[line] + 1
            place = Location(path, number, column, number, column + stop - at, (at, stop), xpath)
        else:
            place = replace(document.location(Span(at, stop)), xpath=xpath)
        yield Shown(printed or None, place)

"""Facts filed by concept, and by setting only where somebody asks: most concepts of a document meet no rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field

from ticktie.model.facts import Fact, Period
from ticktie.model.number import Number

#: Prefixes of the standard taxonomies, whose line items rules call by their local names.
_STANDARD = ("us-gaap", "gaap", "dei")


class Setting(NamedTuple):
    """Where figures belong together: entity, period, dimensions, currency."""

    entity: str | None
    period: Period | None
    dimensions: tuple[tuple[str, str], ...]
    currency: str


@lru_cache(maxsize=1 << 16)
def local(concept: str) -> str:
    """The name by which rules call a concept: local for the standard taxonomies, with prefix for all others."""
    prefix, _, name = concept.rpartition(":")
    return name if prefix in ("", *_STANDARD) else concept


@lru_cache(maxsize=1 << 10)
def currency(unit: str | None) -> str:
    """``USD`` for ``iso4217:USD`` and ``iso4217:USD/xbrli:shares``; empty for shares and pure numbers."""
    first = (unit or "").partition("/")[0]
    return first.removeprefix("iso4217:") if first.startswith("iso4217:") else ""


def setting_of(fact: Fact) -> Setting:
    """Where ``fact`` belongs."""
    dimensions = tuple(sorted(fact.dimensions)) if len(fact.dimensions) > 1 else fact.dimensions
    return Setting(fact.entity, fact.period, dimensions, currency(fact.unit))


def place(fact: Fact) -> tuple[object, ...]:
    """A sort key: where the fact stands, then its id."""
    where = fact.location
    if where is None:
        return ("", 0, 0, "", fact.id)
    pointer = _padded(where.pointer) if where.pointer else ""
    return (where.document, where.line or 0, where.column or 0, pointer, fact.id)


def _padded(pointer: str) -> str:
    return "/".join(part.zfill(12) if part.isdigit() else part for part in pointer.split("/"))


def precision(fact: Fact) -> tuple[int, int, bool]:
    """A sort key, most precise first; figures of a primary statement before others."""
    exact = fact.decimals is None
    return (not exact, 0 if fact.decimals is None else -fact.decimals, fact.statement in (None, "other"))


def _finest_first(fact: Fact) -> tuple[object, ...]:
    return (precision(fact), place(fact))


@lru_cache(maxsize=1 << 12)
def _spelled(name: str) -> tuple[str, ...]:
    """The concepts as facts name them that rules call ``name``."""
    return (name,) if ":" in name else (name, *(f"{prefix}:{name}" for prefix in _STANDARD))


class Numbers(dict[str, Number]):
    """The numbers of facts that have a value, by id; each is made when it is first asked for."""

    __slots__ = ("_facts",)

    def __init__(self, facts: dict[str, Fact]) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, identifier: str) -> Number:
        fact = self._facts[identifier]
        if fact.value is None:
            raise KeyError(identifier)
        number = self[identifier] = Number(fact.value, fact.decimals)
        return number

    def get(self, identifier: str, default: None = None) -> Number | None:  # type: ignore[override]
        try:
            return self[identifier]
        except KeyError:
            return default

    def __contains__(self, identifier: object) -> bool:
        fact = self._facts.get(identifier) if isinstance(identifier, str) else None
        return fact is not None and fact.value is not None


class Filed(Struct, frozen=True):
    """Facts by concept as the facts name it; ``grouped`` holds those that were asked for, by local name and setting:
    figures of tables most precise first, claims (``in_order``) in the order of the text."""

    by_concept: dict[str, list[Fact]]
    in_order: bool = False
    grouped: dict[str, dict[Setting, list[Fact]]] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)

    def get(self, name: str) -> dict[Setting, list[Fact]]:
        """The facts of the concept that rules call ``name``, by setting; empty where none stands."""
        found = self.grouped.get(name)
        if found is None:
            found = self.grouped[name] = self._by_setting(name)
        return found

    def _by_setting(self, name: str) -> dict[Setting, list[Fact]]:
        found: dict[Setting, list[Fact]] = {}
        for concept in _spelled(name):
            for fact in self.by_concept.get(concept, ()):
                found.setdefault(setting_of(fact), []).append(fact)
        for group in found.values():
            if len(group) > 1:
                group.sort(key=place if self.in_order else _finest_first)
        return found

    def names(self) -> list[str]:
        """The names by which rules call the concepts, each once."""
        return list(dict.fromkeys(map(local, self.by_concept)))

    def items(self) -> Iterator[tuple[str, dict[Setting, list[Fact]]]]:
        """Every concept with its facts by setting."""
        return ((name, self.get(name)) for name in self.names())

    def repeated(self) -> list[list[Fact]]:
        """The groups of two and more facts that state one concept in one setting."""
        names = self.names() if self._has_aliases() else [local(concept) for concept in self._doubtful()]
        return [group for name in names for group in self.get(name).values() if len(group) > 1]

    def _has_aliases(self) -> bool:
        """Whether one line item may stand under two standard prefixes."""
        prefixes = {concept.partition(":")[0] if ":" in concept else "" for concept in self.by_concept}
        return len(prefixes.intersection(("", *_STANDARD))) > 1

    def _doubtful(self) -> Iterator[str]:
        """Concepts with facts that their dates, entities, currencies and first dimensions do not tell apart."""
        for concept, facts in self.by_concept.items():
            if self.repeated_by_entity(concept) and len(set(map(_aspects, facts))) < len(facts):
                yield concept

    def repeated_by_entity(self, concept: str) -> int:
        """How many facts of the concept (as facts name it) are not the first of their entity, counted once."""
        if concept not in self.repeats:
            facts = self.by_concept[concept]
            self.repeats[concept] = len(facts) - len(set(map(_entity, facts)))
        return self.repeats[concept]


_entity = attrgetter("entity")


def _aspects(fact: Fact) -> tuple[object, ...]:
    """The aspects of one concept's fact that cost little to compare; equal where the setting is equal."""
    period = fact.period
    days = (None, None) if period is None else (period.end, period.start)
    return (fact.entity, *days, currency(fact.unit), len(fact.dimensions) > 1 or fact.dimensions)


def filed(facts: Iterable[Fact]) -> tuple[Filed, Filed]:
    """The facts with a value: those of tables (and supplied ones), and the claims of the text."""
    tables: defaultdict[str, list[Fact]] = defaultdict(list)
    claims: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.value is not None:
            (claims if fact.kind == "narrative" else tables)[fact.concept].append(fact)
    return Filed(dict(tables)), Filed(dict(claims), in_order=True)

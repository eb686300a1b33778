"""The items of a document: each concept of its facts under a final name, with the type and period that XBRL wants.

An XBRL item has one type and one period type, while a label may name a count here and an amount there: then each
gets a name of its own. A standard concept keeps its name where the fact has its type and period type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from ticktie.emit.names import Profile
from ticktie.emit.report import Item
from ticktie.model.concepts import Concept, PeriodType
from ticktie.model.facts import Fact

#: Item types by kind of unit, with what a second name for the same words ends in.
TYPES = {
    "monetary": ("xbrli:monetaryItemType", "Amount"),
    "per-share": ("dtr-types:perShareItemType", "PerShare"),
    "shares": ("xbrli:sharesItemType", "Shares"),
    "pure": ("xbrli:pureItemType", "Number"),
    "decimal": ("xbrli:decimalItemType", "Measure"),
}
_CURRENCY = re.compile(r"iso4217:[A-Z]{3}")
_PER_SHARE = re.compile(r"iso4217:[A-Z]{3}/xbrli:shares")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9_]+")

Key = tuple[str, str, PeriodType]


def unit_kind(unit: str | None) -> str:
    """The kind of unit that decides an item's type."""
    if unit is None or unit == "xbrli:pure":
        return "pure"
    if unit == "xbrli:shares":
        return "shares"
    return "monetary" if _CURRENCY.fullmatch(unit) else "per-share" if _PER_SHARE.fullmatch(unit) else "decimal"


def period_type(fact: Fact) -> PeriodType:
    """Instant or duration; a fact without a period holds for ever, which XBRL counts among the durations."""
    return "instant" if fact.period is not None and fact.period.is_instant else "duration"


def named(
    facts: Sequence[Fact], concepts: Mapping[str, Concept], profile: Profile
) -> tuple[tuple[Fact, ...], dict[str, Item]]:
    """``facts`` under the names that their items have, and those items by QName, in the order of the facts."""
    own, taken = dict[Key, Item](), set[str]()
    items, out = dict[str, Item](), list[Fact]()
    for fact in facts:
        item = _standard(fact, concepts, profile) or _extension(fact, own, taken)
        items.setdefault(item.qname, item)
        out.append(replace(fact, concept=item.qname))
    return tuple(out), _labelled(items, out)


def standard_item(concept: Concept, profile: Profile) -> Item:
    """The item of a standard concept."""
    kind = "pure" if concept.unit == "percent" else concept.unit
    balance = concept.balance if kind == "monetary" else None
    return Item(profile.prefix, concept.name, kind, concept.period, balance, concept.label or _spaced(concept.name))


def _standard(fact: Fact, concepts: Mapping[str, Concept], profile: Profile) -> Item | None:
    """The standard item of a fact; None where it has none, or the fact is not of its type."""
    prefix, _, name = fact.concept.partition(":")
    concept = concepts.get(name)
    if prefix != "us-gaap":
        return None
    if concept is None:
        return None if profile.is_own else Item(profile.prefix, name, unit_kind(fact.unit), period_type(fact), None, "")
    item = standard_item(concept, profile)
    return item if (item.kind, item.period) == (unit_kind(fact.unit), period_type(fact)) else None


def _extension(fact: Fact, own: dict[Key, Item], taken: set[str]) -> Item:
    """The entity's own item for a fact; facts of one concept, type and period type share it."""
    key = (fact.concept, unit_kind(fact.unit), period_type(fact))
    if key not in own:
        prefix, _, local = fact.concept.rpartition(":")
        own[key] = Item("ext", _free(local, key, taken, plain=prefix == "ext"), key[1], key[2], None, "")
    return own[key]


def _free(local: str, key: Key, taken: set[str], *, plain: bool) -> str:
    """A name that no other item has: the plain one first, then with its type, its period type, a number."""
    stem = _NOT_LOCAL.sub("", local) or "Item"
    stem = stem if stem[0].isalpha() else f"Item{stem}"
    kind, period = TYPES[key[1]][1], "AtDate" if key[2] == "instant" else "OverPeriod"
    tries = [stem] if plain else []
    tries += [f"{stem}{kind}", f"{stem}{period}", f"{stem}{kind}{period}"]
    tries += [f"{stem}{number}" for number in range(2, len(taken) + 3)]
    # Names that differ in case only would collide where a file system or a person does not look closely.
    name = next(name for name in tries if name.lower() not in taken)
    taken.add(name.lower())
    return name


def _labelled(items: dict[str, Item], facts: Sequence[Fact]) -> dict[str, Item]:
    """The items with the label that the document prints for them: a table's before a sentence's."""
    said: dict[str, str] = {}
    for fact in sorted(facts, key=lambda fact: fact.kind != "table"):
        if fact.label:
            said.setdefault(fact.concept, " ".join(fact.label.split()))
    labels = {name: said.get(name) or item.label or _spaced(item.name) for name, item in items.items()}
    return {name: replace(item, label=labels[name]) for name, item in items.items()}


def _spaced(name: str) -> str:
    return _WORDS.sub(" ", name)

"""From checked facts to what is written: which facts, under which names, with which sums and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ticktie.emit.calculation import relations_of
from ticktie.emit.items import named, period_type, unit_kind
from ticktie.emit.markup import printable
from ticktie.emit.names import OWN, Profile
from ticktie.emit.report import Axis, Emission, Footnote, Omitted, Role, common_interval
from ticktie.model.concepts import Taxonomy
from ticktie.model.facts import PART, Fact, FactSet
from ticktie.model.findings import Check, State

_STANDARD_AXES = frozenset({"srt:StatementScenarioAxis", "srt:RangeAxis"})
_STANDARD_MEMBERS = frozenset({"srt:ScenarioForecastMember", "srt:MinimumMember", "srt:MaximumMember"})
_TITLES = {"balance-sheet": "Balance sheet", "income-statement": "Income statement", "cash-flow": "Cash flows"}
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NOT_ID = re.compile(r"[^A-Za-z0-9_.-]")


class Judged(Struct, frozen=True):
    """What checking said: the state of each fact by id, and every check."""

    states: Mapping[str, State] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


def prepare(
    facts: FactSet,
    judged: Judged,
    taxonomy: Taxonomy,
    name: str,
    profile: Profile = OWN,
    *,
    tag_broken: bool = False,
) -> Emission:
    """All that is written of ``facts``: broken claims stay out unless ``tag_broken``, and their tables say so."""
    sound, omitted = _reportable(facts.facts, judged.states, tag_broken)
    kept, items = named(_identified(sound), taxonomy.concepts, profile)
    kept = tuple(replace(fact, dimensions=_dimensions(fact, profile)) for fact in kept)
    ids = {old.id: new.id for old, new in zip(sound, kept, strict=True)}
    return Emission(
        name=name,
        profile=profile,
        entity=next((fact.entity for fact in kept if fact.entity), None),
        facts=kept,
        items=items,
        axes=_axes(kept, profile),
        relations=relations_of(facts, kept, items, ids, judged.checks, taxonomy),
        roles=_roles(kept),
        footnotes=_footnotes(judged.checks, omitted, facts, ids),
        omitted=omitted,
        totals=frozenset(ids[one.total] for one in facts.sums if one.kind == "footing" and one.total in ids),
    )


def broken_claims(facts: FactSet, states: Mapping[str, State]) -> tuple[Fact, ...]:
    """The claims of the text that a check disproves."""
    return tuple(fact for fact in facts.facts if fact.kind == "narrative" and states.get(fact.id) == "broken")


def _reportable(
    facts: Sequence[Fact], states: Mapping[str, State], tag_broken: bool
) -> tuple[tuple[Fact, ...], tuple[Omitted, ...]]:
    """The facts that may be written, and the others with the reason."""
    omitted = {}
    for fact in facts:
        why = _unfit(fact, states, tag_broken)
        if why:
            omitted[fact.id] = Omitted(fact, why)
    if not tag_broken:
        rest = [fact for fact in facts if fact.id not in omitted]
        omitted |= {one.fact.id: one for one in _contradicting(rest)}
    return tuple(fact for fact in facts if fact.id not in omitted), tuple(omitted.values())


def _unfit(fact: Fact, states: Mapping[str, State], tag_broken: bool) -> str | None:
    if fact.kind == "narrative" and states.get(fact.id) == "broken" and not tag_broken:
        return "the claim is broken"
    if fact.period is None and (fact.kind == "table" or fact.concept.startswith("us-gaap:")):
        return "its period is not known"
    return None


def _contradicting(facts: Sequence[Fact]) -> Iterable[Omitted]:
    """Facts that say of one thing what cannot be true together: the most trusted group stays."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((*fact.aspects, unit_kind(fact.unit), period_type(fact)), []).append(fact)
    for group in groups.values():
        if len(group) > 1 and not _agree(group):
            kept: list[Fact] = []
            for fact in sorted(group, key=_trust):
                if _agree([*kept, fact]):
                    kept.append(fact)
                else:
                    yield Omitted(fact, "it contradicts another statement of the same fact")


def _agree(facts: list[Fact]) -> bool:
    """Whether duplicates are consistent: all nil, or within rounding of each other and equal where equally precise."""
    nils = sum(fact.value is None for fact in facts)
    if nils:
        return nils == len(facts)
    stated = {(fact.decimals, fact.value) for fact in facts}
    return len(stated) == len({decimals for decimals, _ in stated}) and common_interval(facts) is not None


def _trust(fact: Fact) -> tuple[bool, bool, float]:
    return fact.kind == "narrative", fact.is_restored, -fact.confidence


def _identified(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with ids that are XML names, each its own."""
    taken: set[str] = set()
    return tuple(replace(fact, id=_free_id(fact.id, taken)) for fact in facts)


def _free_id(wanted: str, taken: set[str]) -> str:
    stem = wanted if _ID.fullmatch(wanted) else "f-" + _NOT_ID.sub("-", wanted)
    name = next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)
    taken.add(name)
    return name


def _dimensions(fact: Fact, profile: Profile) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((_axis(axis, profile), _member(axis, member, profile)) for axis, member in fact.dimensions))


def _axis(axis: str, profile: Profile) -> str:
    if axis in _STANDARD_AXES:
        return f"{profile.axis_prefix}:{axis.partition(':')[2]}"
    return axis if axis == PART else f"ext:{_NOT_ID.sub('', axis.rpartition(':')[2])}"


def _member(axis: str, member: str, profile: Profile) -> str:
    if member in _STANDARD_MEMBERS:
        return f"{profile.axis_prefix}:{member.partition(':')[2]}"
    if axis == PART or not is_qname(member):
        return " ".join(printable(member).split()) or "-"
    return f"ext:{member.partition(':')[2]}"


def is_qname(text: str) -> bool:
    """Whether a dimension's value is a member's name; anything else is the text of a typed dimension."""
    prefix, colon, name = text.partition(":")
    return bool(colon and _ID.fullmatch(prefix) and _ID.fullmatch(name))


def _axes(facts: Iterable[Fact], profile: Profile) -> tuple[Axis, ...]:
    """The entity's own dimensions with the members that its facts use."""
    found: dict[str, dict[str, None]] = {}
    for fact in facts:
        for axis, member in fact.dimensions:
            if axis.startswith("ext:"):
                found.setdefault(axis, {}).update({member: None} if is_qname(member) else {})
    return tuple(Axis(axis, tuple(members)) for axis, members in found.items())


def _roles(facts: Sequence[Fact]) -> tuple[Role, ...]:
    """The printed tables with their line items in order, then the items that only the text names."""
    tables: dict[str, dict[str, None]] = {}
    titles: dict[str, Counter[str]] = {}
    for fact in facts:
        name = table_of(fact)
        tables.setdefault(name, {})[fact.concept] = None
        titles.setdefault(name, Counter())[_TITLES.get(fact.statement or "", "Table")] += 1
    shown = {item for name, items in tables.items() if name != "text" for item in items}
    roles = [
        Role(name, "Text" if name == "text" else titles[name].most_common(1)[0][0], tuple(items))
        for name, items in sorted(tables.items(), key=lambda pair: pair[0] == "text")
    ]
    rest = [replace(role, items=tuple(item for item in role.items if item not in shown)) for role in roles[-1:]]
    return tuple(role for role in ([*roles[:-1], *rest] if "text" in tables else roles) if role.items)


def table_of(fact: Fact) -> str:
    """The printed table that a fact stands in, ``text`` for a claim."""
    return _NOT_ID.sub("-", fact.id.partition(".")[0]) if fact.kind == "table" and "." in fact.id else "text"


def _footnotes(
    checks: Sequence[Check], omitted: Sequence[Omitted], facts: FactSet, ids: Mapping[str, str]
) -> tuple[Footnote, ...]:
    """For every broken claim that is not written, a remark on the figures that it was held against."""
    out = {one.fact.id for one in omitted}
    notes: list[Footnote] = []
    for check in checks:
        claim = facts.by_id.get(check.total)
        if check.outcome != "broken" or claim is None or claim.kind != "narrative" or claim.id not in out:
            continue
        met = tuple(dict.fromkeys(ids[fact] for fact, _ in check.items if fact in ids))
        if met:
            notes.append(Footnote(f"note{len(notes) + 1}", _remark(claim, check), met))
    return tuple(notes)


def _remark(claim: Fact, check: Check) -> str:
    place = f" (line {claim.location.line})" if claim.location and claim.location.line else ""
    said = " ".join((claim.printed or "").replace("\\", "").split())
    return f"The text{place} says {said}, which contradicts this figure ({check.rule}); that claim is not tagged."


def states_of(report_states: Mapping[str, State] | None, checks: Collection[Check]) -> Judged:
    """The judgement in a document's report."""
    return Judged(report_states or {}, tuple(checks))

"""Two readings of one document (drafts, or runs of an extraction): facts added, lost and changed; findings fixed, new.

Facts meet by what they say they are (concept, period, unit, dimensions, table or text), never by place or value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Finding

Kind = Literal["added", "lost", "changed"]
_ABSENT = DocumentReport("", "")


class Change(Struct, frozen=True):
    """One fact that differs: ``before`` is None where it was added, ``after`` where it was lost."""

    before: Fact | None
    after: Fact | None

    @property
    def kind(self) -> Kind:
        return "added" if self.before is None else "lost" if self.after is None else "changed"

    @property
    def fact(self) -> Fact:
        """The fact as it is now, or as it was where it is lost."""
        found = self.after or self.before
        assert found is not None
        return found


class Difference(Struct, frozen=True):
    """What differs between two readings; ``same`` counts the facts that are equal in both."""

    old: str
    new: str
    same: int
    changes: tuple[Change, ...]
    fixed: tuple[Finding, ...]
    found: tuple[Finding, ...]

    def of_kind(self, kind: Kind) -> list[Change]:
        """The changes of one kind, in the order of the document."""
        return [change for change in self.changes if change.kind == kind]


def difference(old: DocumentReport | None, new: DocumentReport | None) -> Difference:
    """What differs between two reports; None where there is no such document."""
    was, now = old or _ABSENT, new or _ABSENT
    changes = tuple(_changes(was.facts, now.facts))
    kept = len(now.facts) - sum(change.after is not None for change in changes)
    fixed, found = _without(was.findings, now.findings), _without(now.findings, was.findings)
    return Difference(was.path, now.path, kept, changes, fixed, found)


def _without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that ``others`` do not repeat, fingerprint by fingerprint."""
    left = [finding.fingerprint for finding in others]
    kept = []
    for finding in findings:
        if finding.fingerprint in left:
            left.remove(finding.fingerprint)
        else:
            kept.append(finding)
    return tuple(kept)


def _changes(old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[Change]:
    """The changes in the order of the new reading, lost facts last."""
    before, after = _by_meaning(old), _by_meaning(new)
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _of_one_meaning(before.get(key, []), after.get(key, []))


def _of_one_meaning(old: list[Fact], new: list[Fact]) -> Iterator[Change]:
    """What differs between the statements of one fact: equal ones go, the others meet in their order."""
    was, now = _other_than(old, new), _other_than(new, old)
    for number in range(max(len(was), len(now))):
        yield Change(was[number] if number < len(was) else None, now[number] if number < len(now) else None)


def _other_than(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    left = [(fact.value, fact.decimals) for fact in others]
    kept = []
    for fact in facts:
        if (fact.value, fact.decimals) in left:
            left.remove((fact.value, fact.decimals))
        else:
            kept.append(fact)
    return kept


def _by_meaning(facts: Iterable[Fact]) -> dict[tuple[object, ...], list[Fact]]:
    found: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        said = fact.kind == "narrative"
        name = fact.concept or (fact.label or "").casefold()
        found[(said, name, fact.period, fact.unit, tuple(sorted(fact.dimensions)))].append(fact)
    return found

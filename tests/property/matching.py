"""Truth against report: which true figures a report read right, which of its facts are wrong, what it marked.

Reads only the public contract: one document entry of ``ticktie check --output-format json``.

* Right: an undimensioned table fact of a primary statement with the figure's value (sign of the concept or of the
  print), unit and period, under its label (0.9 alike, with or without section), under the words of the text, or under
  an acceptable concept. Each fact counts once. Where an aspect is printed nowhere any more, the other aspects and a
  note of family ``read`` about that place count as right.
* Wrong and unmarked: a table fact of a primary statement that matches no true figure (``wrong``) or matches one under
  another name (``misnamed``), is not broken, carries neither evidence nor damage, and stands in no finding.
* Marked all the same: a right figure that no damage touched, broken, restored, or named by a finding.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.property.document import Figure, Release

Json = dict[str, Any]
PRIMARY = ("balance-sheet", "income-statement", "cash-flow")
PLAIN = {"concept", "entity", "period", "unit", "language"}
#: Words by which a note says which aspect of a place is lost.
ASPECT_WORDS = {
    "label": r"label|unnamed|no name|merged",
    "period": r"period|date|header|column",
    "value": r"value|cell|missing|empty|lost|computed|figure|misread|shadow|repeats",
}


@dataclass(slots=True)
class Read:
    """One table fact of the report, reduced to what is compared."""

    id: str
    value: Decimal
    unit: str
    period: str
    names: tuple[str, ...]
    concept: str
    line: int
    marked: bool
    label: str


@dataclass(slots=True)
class Outcome:
    """What became of one document: ids of true figures by verdict, and the facts that are wrong."""

    right: list[str] = field(default_factory=list)
    misnamed: list[tuple[str, Read]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong: list[Read] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    undamaged: list[str] = field(default_factory=list)
    error: str | None = None

    @property
    def wrong_unmarked(self) -> list[Read]:
        return [f for f in self.wrong if not f.marked]

    @property
    def misnamed_unmarked(self) -> list[tuple[str, Read]]:
        return [(t, f) for t, f in self.misnamed if not f.marked]


def plain(text: str | None) -> str:
    return re.sub(r"[^a-z0-9]+", " ", (text or "").lower()).strip()


def alike(have: str, want: str) -> bool:
    return bool(have and want) and (have == want or difflib.SequenceMatcher(None, have, want).ratio() >= 0.9)


def _unit(text: str | None) -> str:
    return re.sub(r"\b(iso4217|xbrli):", "", text or "pure")


def _named_in_findings(entry: Json) -> set[str]:
    """Every fact that a finding names, as its subject, culprit or candidate."""
    out: set[str] = set()
    for finding in entry["findings"]:
        out.update(finding.get("facts") or [], finding.get("candidates") or [])
        out.update(x for x in (finding.get("culprit"),) if x)
    return out


def facts_read(entry: Json) -> list[Read]:
    """The undimensioned numeric table facts of primary statements."""
    noted = _named_in_findings(entry)
    return [_read(key, fact, key in noted) for key, fact in entry["facts"].items() if _counts(fact)]


def _counts(fact: Json) -> bool:
    primary = fact.get("ticktie:kind") == "table" and fact.get("ticktie:statement") in PRIMARY
    return primary and not set(fact["dimensions"]) - PLAIN and fact.get("value") is not None


def _read(key: str, fact: Json, noted: bool) -> Read:
    label, section = plain(fact.get("ticktie:label")), plain(fact.get("ticktie:section"))
    dims = fact["dimensions"]
    marked = (
        noted
        or bool(fact.get("ticktie:evidence") or fact.get("ticktie:damage"))
        or fact.get("ticktie:state") == "broken"
    )
    return Read(
        id=key,
        value=Decimal(fact["value"]),
        unit=_unit(dims.get("unit")),
        period=dims.get("period") or "",
        names=tuple(n for n in (label, f"{section} {label}".strip()) if label and n),
        concept=(dims.get("concept") or "").split(":")[-1],
        line=(fact.get("ticktie:location") or {}).get("line") or 0,
        marked=marked,
        label=fact.get("ticktie:label") or "",
    )


def same_name(fact: Read, truth: Figure) -> bool:
    """The fact carries the label of the figure (with or without its section), the words of the text, or its concept."""
    if fact.concept in truth.concepts:
        return True
    wanted = {plain(truth.label), plain(f"{truth.section} {truth.label}"), *(plain(n) for n in truth.names)}
    return any(alike(have, want) for have in fact.names for want in wanted)


def same_value(fact: Read, truth: Figure) -> bool:
    return fact.unit == truth.unit and fact.value in (truth.value, -truth.value if truth.flip else truth.value)


def _lines(finding: Json) -> Iterator[tuple[int, int]]:
    for place in finding["locations"]:
        if place.get("line"):
            yield place["line"], place.get("end_line") or place["line"]


def notes_of(entry: Json) -> list[Json]:
    """The findings of family ``read``."""
    return [f for f in entry["findings"] if f["rule"].lower().startswith("read")]


def says_lost(notes: list[Json], truth: Figure, aspect: str, span: tuple[int, int]) -> bool:
    """A note stands on the figure's line, or stands in its statement and speaks of the lost aspect."""
    for note in notes:
        for first, last in _lines(note):
            if truth.line and first <= truth.line <= last:
                return True
            speaks = re.search(ASPECT_WORDS[aspect], f"{note['name']} {note['message']}".lower())
            if speaks and first <= span[1] and span[0] <= last:
                return True
    return False


def _take(facts: list[Read], used: set[str], truth: Figure, aspects: set[str]) -> Read | None:
    """The best unused fact that agrees with the figure in ``aspects``; one on its own line is preferred."""
    found = [f for f in facts if f.id not in used and _agrees(f, truth, aspects)]
    found.sort(key=lambda f: (same_name(f, truth), f.period == truth.period.oim, f.line == truth.line), reverse=True)
    return found[0] if found else None


def _agrees(fact: Read, truth: Figure, aspects: set[str]) -> bool:
    if "value" in aspects and not same_value(fact, truth):
        return False
    if "period" in aspects and fact.period != truth.period.oim:
        return False
    return "label" not in aspects or same_name(fact, truth)


def judge(doc: Release, entry: Json) -> Outcome:
    """Compare a rendered document's truth with its report entry."""
    facts, out, used = facts_read(entry), Outcome(error=entry.get("error")), set[str]()
    marked = {f.id: f.marked for f in facts}
    left = _match_whole(doc, facts, used, out, marked)
    left = _match_gone(doc, entry, facts, used, out, left)
    by_key: dict[tuple[Decimal, str, str], list[Read]] = defaultdict(list)
    for fact in facts:
        if fact.id not in used:
            by_key[(abs(fact.value), fact.unit, fact.period)].append(fact)
    for truth in left:
        fact = _take(by_key[(abs(truth.value), truth.unit, truth.period.oim)], used, truth, {"value", "period"})
        if fact is None:
            out.missing.append(truth.id)
        else:
            used.add(fact.id)
            out.misnamed.append((truth.id, fact))
    out.wrong = [f for f in facts if f.id not in used]
    out.undamaged = [t for t in out.right if not doc.figures[t].damaged]
    return out


def _match_whole(
    doc: Release, facts: list[Read], used: set[str], out: Outcome, marked: dict[str, bool]
) -> list[Figure]:
    """Match figures in every aspect; returns those left over."""
    by_key: dict[tuple[Decimal, str, str], list[Read]] = defaultdict(list)
    for fact in facts:
        by_key[(abs(fact.value), fact.unit, fact.period)].append(fact)
    left = []
    for truth in doc.figures.values():
        fact = _take(
            by_key[(abs(truth.value), truth.unit, truth.period.oim)], used, truth, {"value", "period", "label"}
        )
        if fact is None:
            left.append(truth)
            continue
        used.add(fact.id)
        out.right.append(truth.id)
        if marked[fact.id] and not truth.damaged:
            out.marked.append(truth.id)
    return left


def _match_gone(
    doc: Release, entry: Json, facts: list[Read], used: set[str], out: Outcome, left: list[Figure]
) -> list[Figure]:
    """Figures with an aspect printed nowhere: right where the rest agrees and a note says what is lost."""
    notes, rest = notes_of(entry), []
    for truth in left:
        told = truth.gone and all(says_lost(notes, truth, a, doc.spans[truth.statement]) for a in truth.gone)
        fact = _take(facts, used, truth, {"value", "period", "label"} - truth.gone) if told else None
        if told and (fact is not None or "value" in truth.gone):
            out.right.append(truth.id)
            used.update(x.id for x in (fact,) if x is not None and "value" not in truth.gone)
        else:
            rest.append(truth)
    return rest


def totals(outcomes: Iterable[tuple[Release, Outcome]]) -> Json:
    """Counts and ratios over documents."""
    count: dict[str, int] = defaultdict(int)
    for doc, out in outcomes:
        count["documents"] += 1
        count["errors"] += out.error is not None
        count["figures"] += len(doc.figures)
        count["damaged"] += sum(f.damaged for f in doc.figures.values())
        count["right"] += len(out.right)
        count["right_damaged"] += sum(doc.figures[t].damaged for t in out.right)
        count["missing"] += len(out.missing)
        count["misnamed"] += len(out.misnamed)
        count["wrong"] += len(out.wrong)
        count["wrong_unmarked"] += len(out.wrong_unmarked)
        count["misnamed_unmarked"] += len(out.misnamed_unmarked)
        count["undamaged_right"] += len(out.undamaged)
        count["marked_all_the_same"] += len(out.marked)
    return ratios(dict(count))


def ratios(count: dict[str, int]) -> Json:
    """The three figures of the acceptance beside their counts (None where nothing was counted)."""
    share = lambda a, b: count.get(a, 0) / count[b] if count.get(b) else None  # noqa: E731
    return {
        **count,
        "right_ratio": share("right", "figures"),
        "right_damaged_ratio": share("right_damaged", "damaged"),
        "wrong_unmarked_ratio": share("wrong_unmarked", "figures"),
        "misnamed_unmarked_ratio": share("misnamed_unmarked", "figures"),
        "marked_ratio": share("marked_all_the_same", "undamaged_right"),
    }

"""Grounding: supplied facts held against the document that they claim to come from, figure by figure.

First every fact takes the figures that say the same. What is left on both sides is then held against each other:
a fact that no figure bears out, beside a figure that no fact covers, says what went wrong (digits, scale, sign,
period, concept); a fact without any such figure is invented; a figure without any such fact was left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from ticktie.check.filed import local
from ticktie.check.printing import UNEXPLAINED, cause, printed, reprinted
from ticktie.gate.shelf import Item, Shelf, items, same_period, same_unit, same_value
from ticktie.map.taxonomy import label_index
from ticktie.map.words import normalise
from ticktie.model.facts import Fact, FactSet, Observation
from ticktie.model.findings import DocumentReport, Finding
from ticktie.model.number import EXACT, plain, scaled
from ticktie.model.place import Location

#: Below this confidence a figure was read too uncertainly to prove a fact wrong.
SURE = 0.2
#: Filings that must have used a label before its uses tell which concepts it cannot mean.
_TELLING = 5
#: Significant digits that make a figure one of its own.
_TELLING_DIGITS = 3
_POWERS = (3, -3, 6, -6, 9, -9, 1, -1, 2, -2)
_FIGURE = re.compile(r"\d[\d,. \u00a0\u202f]*\d|\d")


class Grounded(Struct, frozen=True):
    """Supplied facts with the decimals that the print gives, and what grounding saw."""

    facts: tuple[Fact, ...]
    observations: tuple[Observation, ...]


class _Desk:
    """What grounding works on: the shelf of printed figures, and those that a fact covers or a finding names."""

    def __init__(self, read: FactSet, text: str) -> None:
        self.shelf = Shelf(read.facts)
        self.taken: set[str] = set()
        self._rows: defaultdict[Item, set[Item]] = defaultdict(set)
        self.digits = frozenset(_significant(found) for found in _FIGURE.findall(text)) if text else frozenset()

    def free(self, facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if fact.id not in self.taken]

    def take(self, facts: Iterable[Fact]) -> None:
        self.taken.update(fact.id for fact in facts)

    def learn(self, fact: Fact, figures: Iterable[Fact]) -> None:
        """That the line item of ``fact`` is printed as that of ``figures``: its other periods stand there, too."""
        for figure in figures:
            if figure.kind == "table" and _is_telling(figure):
                self._rows[items(fact)[0]].update(items(figure))

    def of_item(self, fact: Fact) -> list[Fact]:
        """The figures of the line item of ``fact``: of its name, and of the rows that bear out its other periods."""
        found = {one.id: one for one in self.shelf.of_item(fact)}
        for item in sorted(self._rows.get(items(fact)[0], ())):
            found |= {one.id: one for one in self.shelf.under(item)}
        return list(found.values())

    def stands(self, value: Decimal) -> bool:
        """Whether the digits of ``value`` are printed anywhere, at any scale; short ones always count as printed."""
        digits = _significant(plain(value.copy_abs()))
        return len(digits) < _TELLING_DIGITS or digits in self.digits


def _significant(text: str) -> str:
    return re.sub(r"\D", "", text).strip("0")


def ground(supplied: FactSet, read: FactSet, text: str = "") -> Grounded:
    """``supplied`` held against ``read``, the facts of the document, and against all numbers of its ``text``."""
    desk = _Desk(read, text)
    facts = tuple(_measured(fact, desk) for fact in supplied.facts)
    left = [fact for fact in facts if fact.value is not None and not _borne_out(fact, desk)]
    left = [fact for fact in left if not _plausible(fact, desk)]
    seen = [one for fact in left if (one := _judged(fact, desk))]
    seen += _left_out(read, desk)
    seen += [one for fact in facts if (one := _misplaced(fact, desk))]
    return Grounded(facts, tuple(seen))


def _measured(fact: Fact, desk: _Desk) -> Fact:
    """``fact``, where it came without decimals, with those of the figure it repeats."""
    if not fact.decimals_assumed or fact.value is None:
        return fact
    same = [one for one in desk.shelf.of_size(fact.value.copy_abs(), None) if _fits(fact, one)]
    exact = [one for one in same if one.value == fact.value and one in desk.of_item(fact)]
    return replace(fact, decimals=exact[0].decimals, decimals_assumed=False) if exact else fact


def _fits(fact: Fact, figure: Fact) -> bool:
    return same_period(fact, figure) and same_unit(fact, figure)


def _alike(fact: Fact, desk: _Desk) -> list[Fact]:
    """The figures of the size of ``fact``, sign included, and of its unit, in any period."""
    assert fact.value is not None
    near = desk.shelf.of_size(fact.value.copy_abs(), fact.decimals)
    return [one for one in near if same_unit(fact, one) and same_value(fact, one)]


def _borne_out(fact: Fact, desk: _Desk) -> bool:
    """Whether figures of its line item and period say the same (a rounded one of the text only where no table says
    it, or where the fact is one of the text itself); they are then taken."""
    own = [one for one in desk.of_item(fact) if _fits(fact, one)]
    same = [one for one in own if same_value(fact, one)]
    desk.take(same)
    desk.learn(fact, same)
    enough = {"table", fact.kind} if any(one.kind == "table" for one in own) else {"table", "narrative"}
    return any(one.kind in enough for one in same)


def _plausible(fact: Fact, desk: _Desk) -> bool:
    """Whether a figure of its period says the same under a name that may mean the concept; it is then taken."""
    same = [one for one in _alike(fact, desk) if same_period(fact, one) and one.kind == "table"]
    rivals = [one for one in desk.free(desk.of_item(fact)) if _fits(fact, one)]
    meant = [one for one in desk.free(same) if not _contradicts(fact, one, rivals)]
    if meant:
        desk.take(meant)
        desk.learn(fact, meant)
        return True
    return bool(same) and not desk.free(same) and not rivals


def _contradicts(fact: Fact, figure: Fact, rivals: list[Fact]) -> bool:
    """Whether ``figure`` is plainly of another line item than ``fact``: its label is one that filers do not use for
    the concept, and the document has another figure for it, or the label is a well-known one of another concept."""
    if figure.kind != "table" or fact.dimensions or figure.dimensions or ":" not in fact.concept:
        return False
    if figure.confidence < SURE or local(fact.concept) == local(figure.concept):
        return False
    uses = label_index().uses(normalise(figure.label or ""))
    known = sum(use.filings for use in uses)
    used = any(use.concept is not None and use.concept.name == local(fact.concept) for use in uses)
    if used or not fact.concept.startswith("us-gaap:"):
        return False
    return bool(rivals) or known >= _TELLING


#: What is asked of a fact that nothing bears out, in this order: the first answer counts.
_Judge = Callable[[Fact, "_Desk"], Observation | None]


def _judged(fact: Fact, desk: _Desk) -> Observation | None:
    return next((seen for judge in _JUDGES if (seen := judge(fact, desk))), None)


def _of_item(fact: Fact, desk: _Desk) -> list[Fact]:
    """The figures of its line item and period; those that no fact covers where there are any."""
    found = [one for one in desk.of_item(fact) if _fits(fact, one) and one.confidence >= SURE]
    found = [one for one in found if one.kind == "table"] or found
    return desk.free(found) or found


def _of_period(fact: Fact, desk: _Desk) -> list[Fact]:
    """Free figures of its period with digits enough to know them again."""
    free = (one for one in desk.free(desk.shelf.facts) if one.kind == "table")
    return [one for one in free if _fits(fact, one) and _is_telling(one)]


def _is_telling(fact: Fact) -> bool:
    return len(_significant(plain(fact.number.value))) >= _TELLING_DIGITS and fact.confidence >= SURE


def _sign(fact: Fact, desk: _Desk) -> Observation | None:
    opposite = replace(fact, value=EXACT.minus(fact.number.value))
    for figure in (*_of_item(fact, desk), *_of_period(fact, desk)):
        if figure.value and same_value(opposite, figure):
            return _seen("ground-sign", fact, figure, desk, "has the wrong sign")
    return None


def _scale(fact: Fact, desk: _Desk) -> Observation | None:
    value = fact.number.value
    for figure in (*_of_item(fact, desk), *_of_period(fact, desk)):
        stated = figure.number.value
        if value and any(scaled(value, power) == stated for power in _POWERS):
            return _seen("ground-scale", fact, figure, desk, "has the wrong scale")
    return None


def _period(fact: Fact, desk: _Desk) -> Observation | None:
    """Of a line item's own figure in another period that no fact covers."""
    own = {one.id for one in desk.of_item(fact)}
    for figure in desk.free(_alike(fact, desk)):
        if figure.id in own and figure.kind == "table" and figure.confidence >= SURE:
            return _seen("ground-period", fact, figure, desk, f"is that of {figure.period}")
    return None


def _concept(fact: Fact, desk: _Desk) -> Observation | None:
    for figure in desk.free(_alike(fact, desk)):
        if same_period(fact, figure) and figure.kind == "table":
            return _seen("ground-concept", fact, figure, desk, f"is that of {_item(figure)}")
    return None


def _value(fact: Fact, desk: _Desk) -> Observation | None:
    for figure in _of_item(fact, desk):
        if figure.kind == "table" or not figure.approximate:
            return _seen("ground-value", fact, figure, desk, "differs from the print")
    return None


def _misread(fact: Fact, desk: _Desk) -> Observation | None:
    """Of a free figure of the period that common slips turn into the fact."""
    if desk.stands(fact.number.value):
        return None
    likely = [one for one in _of_period(fact, desk) if cause(fact, one.number.value).rank < UNEXPLAINED]
    return _seen("ground-value", fact, likely[0], desk, "differs from the print") if len(likely) == 1 else None


def _invented(fact: Fact, desk: _Desk) -> Observation | None:
    value = fact.number.value
    if not value or not desk.digits or _alike(fact, desk) or desk.stands(value):
        return None
    message = f"{_said(fact)} stands nowhere in the document."
    return Observation("ground-invented", message, _places(fact), (fact.id,), actual=value)


_JUDGES: tuple[_Judge, ...] = (_concept, _sign, _scale, _period, _value, _misread, _invented)


def _seen(kind: str, fact: Fact, figure: Fact, desk: _Desk, what: str) -> Observation:
    """The observation that ``figure`` is what ``fact`` should say; the figure is then accounted for."""
    desk.take([figure])
    value = figure.number.value
    edits: tuple[tuple[str, str, str, str], ...] = ()
    if kind in ("ground-value", "ground-sign", "ground-scale"):
        edits = ((fact.id, printed(fact), reprinted(fact, value), cause(fact, value).words),)
    message = f"{_said(fact)} {what}: the document prints {printed(figure)} for {_item(figure)}, {_when(figure)}."
    return Observation(
        kind, message, _places(figure, fact), (fact.id,), expected=value, actual=fact.value, edits=edits
    )  # fmt: skip


def _left_out(read: FactSet, desk: _Desk) -> Iterator[Observation]:
    """The figures that no fact covers in columns of primary statements of which the facts cover at least half."""
    columns: defaultdict[object, list[Fact]] = defaultdict(list)
    for figure in read.facts:
        if figure.kind == "table" and figure.statement not in (None, "other") and figure.value:
            columns[(figure.statement, figure.period)].append(figure)
    for column in columns.values():
        missing = desk.free(column)
        if 2 * len(missing) <= len(column):
            yield from (_missing(figure) for figure in missing if figure.confidence >= SURE)


def _missing(figure: Fact) -> Observation:
    message = f"No fact covers {printed(figure)} for {_item(figure)}, {_when(figure)}."
    return Observation("ground-missing", message, _places(figure), (), expected=figure.value)


def _misplaced(fact: Fact, desk: _Desk) -> Observation | None:
    """Where the place that a fact cites does not show its figure, and another place does."""
    cited = fact.cited
    if cited is None or cited.line is None or fact.value is None:
        return None
    same = [one.location for one in _alike(fact, desk) if one.location is not None]
    lines = {place.line for place in same}
    if not same or cited.line in lines:
        return None
    where = ", ".join(str(line) for line in sorted(line for line in lines if line)[:3])
    message = f"{_said(fact)} is not printed on line {cited.line}, which it cites, but on line {where}."
    return Observation("ground-place", message, (cited, *_places(fact)), (fact.id,))


def _said(fact: Fact) -> str:
    return f"The supplied {printed(fact)} for {_item(fact)}, {_when(fact)},"


def _item(fact: Fact) -> str:
    return f"{fact.label} ({fact.concept})" if fact.label else fact.concept


def _when(fact: Fact) -> str:
    return "no period" if fact.period is None else str(fact.period)


def _places(*facts: Fact) -> tuple[Location, ...]:
    return tuple(fact.location or Location(document="", pointer=f"/facts/{fact.id}") for fact in facts)


def apart(supplied: FactSet, others: Iterable[Fact]) -> FactSet:
    """``supplied`` with ids that none of the ``others`` has."""
    taken = {fact.id for fact in others}
    names = {fact.id: f"supplied.{fact.id}" for fact in supplied.facts if fact.id in taken}
    return replace(supplied, facts=tuple(replace(fact, id=names.get(fact.id, fact.id)) for fact in supplied.facts))


def together(document: DocumentReport, supplied: DocumentReport) -> DocumentReport:
    """One report of a document's own figures and of those supplied for it; what both break is said once."""
    known = {finding.fingerprint for finding in document.findings}
    names = {check.id: f"supplied.{check.id}" for check in supplied.checks}
    new = [_renamed(finding, names) for finding in supplied.findings if finding.fingerprint not in known]
    return replace(
        document,
        facts=(*document.facts, *supplied.facts),
        checks=(*document.checks, *(check._replace(id=names[check.id]) for check in supplied.checks)),
        findings=tuple(sorted((*document.findings, *new), key=lambda finding: -finding.severity)),
        states={**(document.states or {}), **(supplied.states or {})},
    )


def _renamed(finding: Finding, names: dict[str, str]) -> Finding:
    return replace(finding, checks=tuple(names[check] for check in finding.checks))

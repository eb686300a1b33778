"""Grounding: supplied facts held against the document that they claim to come from, figure by figure.

First every fact finds the printed figures that say the same; so the rows that a line item stands in are learned from
all its periods, and the columns that can be trusted. What is left on both sides is then held against each other: a
fact that no figure bears out says, by the figure that stands where it should, what went wrong (digits, scale, sign,
period, concept); a fact without any such figure is invented; a figure without any such fact was left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from ticktie.check.filed import local
from ticktie.check.printing import UNEXPLAINED, cause, printed, reprinted
from ticktie.gate.desk import SURE, Desk, column_of, is_telling, row_of, table_of
from ticktie.gate.shelf import same_period, same_unit, same_value
from ticktie.map.taxonomy import label_index
from ticktie.map.words import normalise
from ticktie.model.facts import Fact, FactSet, Observation
from ticktie.model.findings import DocumentReport, Finding
from ticktie.model.number import scaled
from ticktie.model.place import Location

#: Filings that must have used a label before its uses tell which concepts it cannot mean.
_TELLING = 5
_POWERS = (3, -3, 6, -6, 9, -9, 1, -1, 2, -2)


class Grounded(Struct, frozen=True):
    """Supplied facts with the decimals that the print gives, and what grounding saw."""

    facts: tuple[Fact, ...]
    observations: tuple[Observation, ...]


def ground(supplied: FactSet, read: FactSet, text: str = "") -> Grounded:
    """``supplied`` held against ``read``, the facts of the document, and against all numbers of its ``text``."""
    desk = Desk(read, text)
    facts = tuple(_measured(fact, desk) for fact in supplied.facts)
    valued = [fact for fact in facts if fact.value is not None]
    desk.link(valued)
    left = [fact for fact in valued if not _borne_out(fact, desk)]
    seen = [one for fact in left if (one := _judged(fact, desk))]
    seen += _left_out(read, desk)
    seen += [one for fact in valued if (one := _misplaced(fact, desk))]
    return Grounded(facts, tuple(seen))


def _measured(fact: Fact, desk: Desk) -> Fact:
    """``fact``, where it came without decimals, with those of the figure it repeats."""
    if not fact.decimals_assumed or fact.value is None:
        return fact
    same = [one for one in desk.of_size(fact.value, None) if _fits(fact, one) and one.value == fact.value]
    return replace(fact, decimals=same[0].decimals, decimals_assumed=False) if same else fact


def _fits(fact: Fact, figure: Fact) -> bool:
    return same_period(fact, figure) and same_unit(fact, figure)


def _borne_out(fact: Fact, desk: Desk) -> bool:
    """Whether the print says the same: under its name, in its rows, or under a name that may well mean it, be it
    with the other sign where all its periods have that. The figures are then taken."""
    if _in_text(fact, desk):
        return True
    straight = [one for one in desk.straight[fact.id] if not desk.is_turned(fact, one)]
    same = [one for one in straight if desk.is_own(fact, one)]
    same = same or [one for one in straight if not _contradicts(fact, one, desk)]
    flipped = desk.flipped[fact.id]
    flipped = [one for one in flipped if desk.is_own(fact, one)] or flipped
    same = same or [one for one in flipped if desk.is_convention(fact, one)]
    if same:
        desk.take((*same, *_repeats(fact, desk, {table_of(one) for one in same})))
    return bool(same)


def _repeats(fact: Fact, desk: Desk, tables: set[str]) -> Iterator[Fact]:
    """What the document prints again of the same amount, under another name or with the other sign: in its own row or
    in a table other than ``tables``."""
    for figure in (*desk.straight[fact.id], *desk.flipped[fact.id]):
        if desk.is_own(fact, figure) or (is_telling(figure) and table_of(figure) not in tables):
            yield figure


def _in_text(fact: Fact, desk: Desk) -> bool:
    """Whether the text says it: of a fact of the text itself, or where no table prints the line item."""
    own = [one for one in desk.named(fact) if _fits(fact, one)]
    if fact.kind != "narrative" and any(one.kind == "table" for one in own):
        return False
    return any(one.kind == "narrative" and same_value(fact, one) for one in own)


def _contradicts(fact: Fact, figure: Fact, desk: Desk) -> bool:
    """Whether ``figure`` is plainly of another line item than ``fact``, though it says the same."""
    if desk.stands_elsewhere(fact, figure):
        return True
    return not desk.rows_of(fact) and _is_other_label(fact, figure, desk)


def _is_other_label(fact: Fact, figure: Fact, desk: Desk) -> bool:
    """Whether the label is a well-known one that filers do not use for the concept, and the document prints another
    figure for that concept in this period."""
    rivals = [one for one in desk.free(desk.named(fact)) if _fits(fact, one) and one.confidence >= SURE]
    if not any(one.kind == "table" and one.period is not None for one in rivals):
        return False
    uses = label_index().uses(normalise(figure.label or ""))
    used = any(use.concept is not None and use.concept.name == local(fact.concept) for use in uses)
    return not used and sum(use.filings for use in uses) >= _TELLING


#: What is asked of a fact that nothing bears out, in this order: the first answer counts.
_Judge = Callable[[Fact, Desk], Observation | None]


def _judged(fact: Fact, desk: Desk) -> Observation | None:
    return next((seen for judge in _JUDGES if (seen := judge(fact, desk))), None) if fact.value else _zero(fact, desk)


def _zero(fact: Fact, desk: Desk) -> Observation | None:
    """A fact of zero is wrong only where its own row prints something else."""
    return _value(fact, desk) if desk.rows_of(fact) else None


def _concept(fact: Fact, desk: Desk) -> Observation | None:
    for figure in desk.free(desk.straight[fact.id]):
        if desk.is_trusted(figure):
            return _seen("ground-concept", fact, figure, desk, f"is that of {_item(figure)}")
    return None


def _sign(fact: Fact, desk: Desk) -> Observation | None:
    for figure in desk.flipped[fact.id]:
        if desk.is_trusted(figure):
            seen = _seen("ground-sign", fact, figure, desk, "has the wrong sign")
            pair = () if desk.is_named(fact, figure) else desk.partners(fact, figure)
            return replace(seen, facts=(fact.id, *pair), edits=seen.edits if len(pair) != 1 else ())
    turned = [one for one in desk.straight[fact.id] if desk.is_turned(fact, one)]
    right = [replace(one, value=-one.number.value) for one in turned if one.value]
    return _seen("ground-sign", fact, right[0], desk, "has not the sign of its other periods") if right else None


def _scale(fact: Fact, desk: Desk) -> Observation | None:
    value = fact.number.value
    for figure in (*desk.places(fact), *_of_period(fact, desk)):
        if any(scaled(value, power).copy_abs() == figure.number.value.copy_abs() for power in _POWERS):
            return _seen("ground-scale", fact, figure, desk, "has the wrong scale")
    return None


def _of_period(fact: Fact, desk: Desk) -> list[Fact]:
    """Free figures of its period with digits enough to know them again."""
    return [one for one in desk.free(desk.tables) if _fits(fact, one) and is_telling(one)]


def _period(fact: Fact, desk: Desk) -> Observation | None:
    """Of a line item's own figure in another column that no fact covers; both columns are trusted."""
    if not any(desk.is_trusted(one) for one in desk.tables if same_period(fact, one)):
        return None
    for figure in desk.free(desk.of_size(fact.number.value, fact.decimals)):
        own = desk.is_own(fact, figure) and same_unit(fact, figure)
        if own and figure.period is not None and not same_period(fact, figure) and desk.is_trusted(figure):
            return _seen("ground-period", fact, figure, desk, f"is that of {figure.period}")
    return None


def _value(fact: Fact, desk: Desk) -> Observation | None:
    for figure in desk.places(fact):
        return _seen("ground-value", fact, figure, desk, "differs from the print")
    return None


def _misread(fact: Fact, desk: Desk) -> Observation | None:
    """Of a free figure of the period that common slips turn into the fact."""
    if desk.stands(fact.number.value):
        return None
    likely = [one for one in _of_period(fact, desk) if cause(fact, one.number.value).rank < UNEXPLAINED]
    return _seen("ground-value", fact, likely[0], desk, "differs from the print") if len(likely) == 1 else None


def _invented(fact: Fact, desk: Desk) -> Observation | None:
    value = fact.number.value
    if not desk.digits or desk.of_size(value, fact.decimals) or desk.stands(value):
        return None
    message = f"{_said(fact)} stands nowhere in the document."
    return Observation("ground-invented", message, _places(fact), (fact.id,), actual=value)


_JUDGES: tuple[_Judge, ...] = (_sign, _concept, _scale, _period, _value, _misread, _invented)


def _seen(kind: str, fact: Fact, figure: Fact, desk: Desk, what: str) -> Observation:
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


def _left_out(read: FactSet, desk: Desk) -> Iterator[Observation]:
    """The figures that no fact covers: in rows whose other columns are covered; and in rows of which none is, where
    the facts cover most of the column."""
    columns: defaultdict[str, list[Fact]] = defaultdict(list)
    for figure in read.facts:
        if figure.kind == "table" and figure.statement not in (None, "other") and figure.value and figure.unit:
            columns[column_of(figure)].append(figure)
    known = {row_of(figure) for column in columns.values() for figure in column if figure.id in desk.taken}
    for column in columns.values():
        missing = desk.free(column)
        if 2 * len(missing) <= len(column) and len(column) - len(missing) > 1:
            yield from (_missing(figure, row_of(figure) in known) for figure in missing)


def _missing(figure: Fact, certain: bool) -> Observation:
    message = f"No fact covers {printed(figure)} for {_item(figure)}, {_when(figure)}."
    kind = "ground-missing" if certain else "ground-row-missing"
    return Observation(kind, message, _places(figure), (), expected=figure.value)


def _misplaced(fact: Fact, desk: Desk) -> Observation | None:
    """Where the place that a fact cites does not show its figure, and another place does."""
    cited = fact.cited
    if cited is None or cited.line is None:
        return None
    same = [one.location for one in desk.of_size(fact.number.value, fact.decimals) if one.location is not None]
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

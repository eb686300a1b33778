"""Where the figures of a document stand in its text, as marks that do not overlap: what a page can underline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, State
from ticktie.model.source import Span

#: The state that several figures in one place show: the one that most needs a look.
_WORST: tuple[State, ...] = ("broken", "unverified", "rounding", "tied")


class Mark(Struct, frozen=True):
    """One place of the text and the figures that stand there, by their number in the list of facts."""

    span: Span
    facts: tuple[int, ...]
    state: State
    restored: bool = False
    printed: str = ""


def marks(document: DocumentReport, facts: Sequence[Fact]) -> list[Mark]:
    """The marks of ``facts`` in the text of ``document``, in its order; overlapping figures share one mark."""
    groups: list[tuple[Span, list[int]]] = []
    for span, number in sorted(_placed(document, facts), key=lambda one: (one[0].start, one[0].end, one[1])):
        if groups and span.start < groups[-1][0].end:
            last, numbers = groups[-1]
            groups[-1] = (Span(last.start, max(last.end, span.end)), [*numbers, number])
        else:
            groups.append((span, [number]))
    return [_mark(document, facts, span, numbers) for span, numbers in groups]


def _placed(document: DocumentReport, facts: Sequence[Fact]) -> Iterable[tuple[Span, int]]:
    """The spans of the facts that stand in the document's own text; places are those of its file."""
    source = document.document
    for number, fact in enumerate(facts):
        place = fact.location
        if source is None or place is None or place.offset is None or place.document != source.path:
            continue
        first, last = place.offset
        start, end = source.text_offset(first), source.text_offset(max(first, last - 1)) + 1
        if first < last and 0 <= start < end <= len(source.text):
            yield Span(start, end), number


def _mark(document: DocumentReport, facts: Sequence[Fact], span: Span, numbers: Sequence[int]) -> Mark:
    states = {document.state(facts[number]) for number in numbers}
    return Mark(
        span=span,
        facts=tuple(numbers),
        state=next(state for state in _WORST if state in states),
        restored=any(facts[number].is_restored for number in numbers),
        printed=facts[numbers[0]].printed or "",
    )

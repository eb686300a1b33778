"""Labels that are printed over several lines, made whole: the figures stand on the last line, or in the middle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from ticktie.model.source import Cell, Row, Span

#: How far, in points, the rest of a label is set in at most.
_DEEPEST = 24
#: Lines that one label may take.
_MOST_LINES = 14


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    joint = (
        r"and|or|of|for|in|on|to|the|by|from|with|per|at|before|after|net of|other than|including|excluding|less"
        r"|attributable to|upon|a|an|its|as|\w+ other"
    )
    return {
        "open": re.compile(rf"(?i)(?:\b(?:{joint})|[,;&/-]|,\d{{3}}|\b(?:and|or)/)$"),
        "goes on": re.compile(r"(?i)(?:and|of|for|in|on|to|by|from|with|before|after|per|or|upon)\b|[&)]"),
        "closed": re.compile(r"[:.]\s*$"),
        "small": re.compile(r"[(\"'“]?[a-z](?![A-Z/])"),
        "item": re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]\s"),
    }


def joined(rows: Sequence[Row], text: str) -> tuple[Row, ...]:
    """``rows`` with every label in one piece; ``text`` says which words are written without a hyphen."""
    step = _usual_step(rows)
    out: list[Row] = []
    parts: list[Row] = []
    for row, following in zip(rows, (*rows[1:], None), strict=True):
        if out and not parts and _is_tail(row, out[-1]):
            out[-1] = with_tail(out[-1], row, text)
            continue
        if parts and not (
            _continues(parts, row, step)
            or _is_only_child(parts[0], row, following)
            or _is_amid(parts[-1], row, following)
        ):
            out.append(_whole(parts, text))
            parts = []
        if _is_label_only(row) and len(parts) < _MOST_LINES:
            parts.append(row)
        elif parts:
            out.append(_whole([*parts, row], text))
            parts = []
        else:
            out.append(row)
    return (*out, _whole(parts, text)) if parts else tuple(out)


def goes_on(label: str, words: str) -> bool:
    """Whether ``words`` below a row go on with its ``label``: that ends open, or they begin with a small letter."""
    if not label or _patterns()["item"].match(words):
        return False
    return bool(_patterns()["small"].match(words) or re.search(r"(?i)\b(?:and|or|of)$", label))


def with_tail(row: Row, tail: Row, text: str) -> Row:
    """``row`` with the rest of its label, which stands below it."""
    label, rest = row.cells[0], tail.cells[0]
    words = _hyphenated(label.text, rest.text, text)
    return replace(row, cells=(replace(label, text=words), *row.cells[1:]))


def _is_tail(row: Row, above: Row) -> bool:
    """Whether a row of words is what is left of the label of the row of figures above."""
    return _is_label_only(row) and not _is_label_only(above) and goes_on(above.cells[0].text, row.cells[0].text)


def _is_label_only(row: Row) -> bool:
    return bool(row.cells[0].text) and not any(cell.text for cell in row.cells[1:])


def _continues(parts: Sequence[Row], row: Row, step: int) -> bool:
    """Whether ``row`` goes on with the label that ``parts`` began."""
    above, here = parts[-1].cells[0], row.cells[0]
    if _patterns()["closed"].search(above.text):
        return False
    if not here.text:
        return any(cell.text for cell in row.cells) and not _looks_like_heading(above.text)
    return _is_certain(above.text, here.text) or (step > 0 and here.indent - parts[0].cells[0].indent == step)


def _looks_like_heading(text: str) -> bool:
    return len(text.split()) < 6


def _is_only_child(head: Row, row: Row, following: Row | None) -> bool:
    """Whether a row is set in below a line that could only be its heading: one row, and the next stands further out."""
    outer, inner = head.cells[0].indent, row.cells[0].indent
    if following is None or _is_label_only(row) or _patterns()["closed"].search(head.cells[0].text):
        return False
    return outer < inner <= outer + _DEEPEST and following.cells[0].indent <= outer and bool(following.cells[0].text)


def _is_amid(above: Row, row: Row, following: Row | None) -> bool:
    """Whether figures without a label stand between the lines of one label."""
    if following is None or row.cells[0].text or not _is_label_only(following):
        return False
    return goes_on(above.cells[0].text, following.cells[0].text)


def _is_certain(above: str, here: str) -> bool:
    """Whether words alone say that a label goes on: an open end, or a small letter."""
    if _patterns()["item"].match(here):
        return False
    if above.count("(") > above.count(")") or _patterns()["open"].search(above):
        return True
    small = _patterns()["small"].match(here) and not above.isupper()
    return bool(small or _patterns()["goes on"].match(here))


def _usual_step(rows: Sequence[Row]) -> int:
    """How far labels are set in where they go on; 0 where headings set their rows in as far."""
    steps: Counter[int] = Counter()
    below: Counter[int] = Counter()
    for above, row in pairwise(rows):
        step = row.cells[0].indent - above.cells[0].indent
        if _is_label_only(above) and row.cells[0].text and step > 0:
            if _patterns()["closed"].search(above.cells[0].text):
                below[step] += 1
            elif _is_certain(above.cells[0].text, row.cells[0].text):
                steps[step] += 1
    usual = steps.most_common(1)
    return usual[0][0] if usual and usual[0][1] > 1 and usual[0][1] > 2 * below[usual[0][0]] else 0


def _whole(parts: Sequence[Row], text: str) -> Row:
    """The last row, with the labels of all parts in front of its figures."""
    row, labels = parts[-1], [part.cells[0] for part in parts if part.cells[0].text]
    words = labels[0].text
    for label in labels[1:]:
        words = _hyphenated(words, label.text, text)
    span = Span(labels[0].span.start, max(label.span.end for label in labels))
    return replace(row, cells=(Cell(words, span, 0, 1, labels[0].indent), *row.cells[1:]))


def _hyphenated(above: str, here: str, text: str) -> str:
    """Two pieces of a label in one; a hyphen at the break stays where the text has no such word without it."""
    if not above.endswith("-") or above.endswith(" -"):
        return f"{above} {here}"
    head, tail = re.search(r"(\w*)-$", above), re.match(r"\w*", here)
    word = (head[1] if head else "") + (tail[0] if tail else "")
    return above[:-1] + here if re.search(rf"(?i)\b{re.escape(word)}\b", text) else above + here

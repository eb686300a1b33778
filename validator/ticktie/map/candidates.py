"""The known labels that a printed label may be, surest first: spelled otherwise, described, damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from ticktie.map.taxonomy import LabelIndex
from ticktie.map.words import first_clause, normalise, plain, without_details
from ticktie.model.facts import Statement

#: How sure a step makes us of the label it leads to (measured on labels held out of the index).
EXACT, TOTAL, DETAIL, CORE, AFFIX, NET = 1.0, 0.95, 0.9, 0.88, 0.85, 0.8
_WORD_CUTOFF = 80.0
_LETTERS_CUTOFF = 92.0

_DESCRIPTION = re.compile(
    r"^\W*(?:net of|less|including|includes?|excluding|exclusive|par|no par|without par|authorized|issued"
    r"|at (?:cost|fair|lower|market|par))\b"
)
_AFFIXES = re.compile(
    r"^(?:less|plus|add|deduct) |^(?:net )?(?:change|increase|decrease|increase decrease|decrease increase) in "
)

#: Prefixes that make another word of a word, so that their loss is no damage.
_NEGATIONS = frozenset({"non", "un", "in", "dis", "re", "pre", "de"})

Candidates = tuple[tuple[str, ...], float]


def candidates(label: str, statement: Statement | None, index: LabelIndex) -> Iterator[Candidates]:
    """Groups of known labels that ``label`` may be, each with a quality (0 to 1); labels of a group say the same."""
    seen: set[str] = set()
    for keys, quality in _variants(label, statement, index):
        known = tuple(key for key in keys if key in index and key not in seen)
        seen.update(known)
        if known:
            yield known, quality


def _variants(label: str, statement: Statement | None, index: LabelIndex) -> Iterator[Candidates]:
    key = normalise(label)
    yield (key,), EXACT
    yield (total_toggled(key),), TOTAL
    yield (normalise(without_details(label)),), DETAIL
    yield _undescribed(label), DETAIL
    yield index.same_core(key), CORE
    yield (_AFFIXES.sub("", key),), AFFIX
    if statement in ("balance-sheet", "cash-flow"):
        yield (_net_toggled(key),), NET
    yield from _repaired(key, index)


def total_toggled(key: str) -> str:
    """A normalised label with ``total`` in front taken off or put on."""
    return key[6:] if key.startswith("total ") else f"total {key}"


def _net_toggled(key: str) -> str:
    return key[:-4] if key.endswith(" net") else f"{key} net"


def _undescribed(label: str) -> tuple[str, ...]:
    """The label without a trailing description (``Sales, net of returns``)."""
    head = first_clause(label)
    return (normalise(head),) if head and _DESCRIPTION.search(plain(label)[len(head) :]) else ()


def _repaired(key: str, index: LabelIndex) -> Iterator[Candidates]:
    """Known labels that damage of single letters or spaces turned into ``key``: only words that nobody prints are
    replaced, so that a different word never passes for a damaged one."""
    letters = key.replace(" ", "")
    strange = {word for word in key.split() if word not in index.vocabulary}
    if not strange or len(letters) < 4:
        return
    if letters in index.by_letters:
        yield (index.by_letters[letters],), DETAIL
    repaired = {word: _nearest(word, index) for word in strange}
    if all(near for near, _ in repaired.values()):
        fixed = " ".join(repaired[word][0] if word in repaired else word for word in key.split())
        quality = DETAIL * min(ratio for _, ratio in repaired.values())
        yield (fixed,), quality
        yield (total_toggled(fixed),), TOTAL * quality
    elif len(letters) >= 12:
        yield from _respelled(letters, index)


def _respelled(letters: str, index: LabelIndex) -> Iterator[Candidates]:
    match = process.extractOne(letters, index.by_letters.keys(), scorer=fuzz.ratio, score_cutoff=_LETTERS_CUTOFF)
    if match:
        yield (index.by_letters[match[0]],), DETAIL * match[1] / 100


def _nearest(word: str, index: LabelIndex) -> tuple[str, float]:
    """The word of the vocabulary nearest to ``word`` and their likeness; empty where none is near."""
    if len(word) <= 3:
        return "", 0.0
    match = process.extractOne(word, index.vocabulary, scorer=fuzz.ratio, score_cutoff=_WORD_CUTOFF)
    if match is None or word.removesuffix(match[0]) in _NEGATIONS or match[0].removesuffix(word) in _NEGATIONS:
        return "", 0.0
    return match[0], match[1] / 100

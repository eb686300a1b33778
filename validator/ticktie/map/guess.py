"""A label that no filer printed word for word, by the known label that shares its telling words.

The measure is the cosine of the words weighted by how rare they are (inverse document frequency): a guess, never sure.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import log

from msgspec import Struct

from ticktie.map.taxonomy import label_index
from ticktie.map.words import core, normalise
from ticktie.model.facts import Statement

#: How alike two labels must be, and how sure a guess of full likeness makes us.
LEAST = 0.62
SURE = 0.65
#: A word in more labels than this tells too little to look for.
_COMMON = 1500
#: What a word weighs that no known label holds: a name, most likely, that narrows a usual item.
_STRANGE = 2.5


class _Words(Struct, frozen=True):
    """The words of all known labels: the labels that hold each, its weight, and the length of each label."""

    holders: dict[str, list[str]]
    weight: dict[str, float]
    length: dict[str, float]


@cache
def _words() -> _Words:
    holders: dict[str, list[str]] = defaultdict(list)
    cores = {key: core(key) for key in label_index().keys}
    for key, words in cores.items():
        for word in words:
            holders[word].append(key)
    weight = {word: log(len(cores) / len(keys)) for word, keys in holders.items()}
    length = {key: sum(weight[word] ** 2 for word in words) ** 0.5 or 1.0 for key, words in cores.items()}
    return _Words(dict(holders), weight, length)


def alike(label: str, statement: Statement | None, most: int = 6) -> list[tuple[str, float]]:
    """Known labels that share the telling words of ``label``, with their likeness, the likest first."""
    known, words = _words(), core(normalise(label))
    weights = {word: known.weight.get(word, _STRANGE) for word in words}
    length = sum(weight**2 for weight in weights.values()) ** 0.5
    scores: dict[str, float] = defaultdict(float)
    for word in words:
        keys = known.holders.get(word, [])
        for key in keys if len(keys) <= _COMMON else []:
            scores[key] += weights[word] ** 2
    found = [(key, score / (length * known.length[key])) for key, score in scores.items() if length]
    near = [(key, score) for key, score in found if score >= LEAST and _stands_in(key, statement)]
    return sorted(near, key=lambda item: (-item[1], item[0]))[:most]


def _stands_in(key: str, statement: Statement | None) -> bool:
    return any(use.concept is not None and statement in (None, use.statement) for use in label_index().uses(key))

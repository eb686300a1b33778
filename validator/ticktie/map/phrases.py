"""Metric phrases of running text (``cash used in operations``) to concepts."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import cast

from ticktie.map.labels import Mapping, map_label
from ticktie.map.per_share import Found, per_share_concept, share_count_concept
from ticktie.map.signs import says_opposite
from ticktie.map.taxonomy import concepts, taxonomy_folder
from ticktie.map.words import normalise
from ticktie.model.concepts import UnitKind
from ticktie.model.facts import Statement

TERM = 0.95
LABEL = 0.9
MIN_CONFIDENCE = 0.6

_OTHER_MEASURE = re.compile(
    r"\b(?:pro forma|non-?gaap|adjusted|comparable|same[- ]store|organic|systemwide|core|excluding|constant currenc"
    r"|ebitda|backlog"
    r"|per (?:employee|store|restaurant|unit|barrel|day))",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:our|the|its|company|total|consolidated|reported|gaap|overall|quarterly|annual|fiscal|first|second|third|fourth|quarter|year|full"
    r"|approximately|worldwide|record|related|such|a|an|of|in|for|s) )+"
)
_TRAILING = re.compile(
    r" (?:for|in|during|of|at|as of)(?: (?:fiscal|first|second|third|fourth|quarter|year|period|month|three|six|nine"
    r"|twelve|ended|end|same|prior|current))+$"
)
_PER_SHARE = re.compile(r"\bper (?:(?:basic|diluted|common|fully|ordinary|and) )*(?:share|unit)\b|\beps\b")
_SHARES = re.compile(r"\bshares? (?:outstanding|used)|\baverage (?:\w+ ){0,2}shares?\b|\bshare count\b", re.IGNORECASE)


@cache
def terms() -> dict[str, tuple[str, Statement]]:
    """Normalised phrase to concept (local name) and statement, from ``phrases.toml``."""
    tables = tomllib.loads((taxonomy_folder() / "phrases.toml").read_text(encoding="utf-8"))
    return {
        normalise(phrase): (concept, cast(Statement, statement))
        for statement, by_concept in tables.items()
        for concept, phrases in by_concept.items()
        for phrase in phrases
    }


@lru_cache(maxsize=8192)
def concept_for_phrase(phrase: str, statement: Statement | None = None) -> Mapping | None:
    """The concept that a metric phrase of running text names, None where it names none for sure: a measure that the
    statements do not print (adjusted, pro forma), a part, or words that no filer prints as a label."""
    if _OTHER_MEASURE.search(phrase):
        return None
    found = _share_figure(phrase) if _unit(phrase) else _term(phrase, statement) or _label(phrase, statement)
    if not found or not found[0]:
        return None
    return Mapping(f"us-gaap:{found[0]}", round(found[1], 3), says_opposite(phrase, found[0]))


def _unit(phrase: str) -> UnitKind | None:
    if _PER_SHARE.search(normalise(phrase)):
        return "per-share"
    return "shares" if _SHARES.search(phrase) else None


def _share_figure(phrase: str) -> Found | None:
    words = set(normalise(phrase).split())
    if _unit(phrase) == "per-share":
        return per_share_concept(words, set())
    return share_count_concept(words, set(), has_diluted_sibling=False)


def _term(phrase: str, statement: Statement | None) -> Found | None:
    key = normalise(phrase)
    for form in (key, short := _LEADING.sub("", key), _TRAILING.sub("", short), f"total {short}"):
        concept, place = terms().get(form, ("", None))
        if concept and statement in (None, place):
            return concept, TERM
    return None


def _label(phrase: str, statement: Statement | None) -> Found | None:
    """The phrase as a row label, of more than one word, that filers print."""
    key = _LEADING.sub("", normalise(phrase))
    if len(key.split()) < 2:
        return None
    unit: UnitKind = "monetary"
    found = map_label(phrase, statement=statement, unit=unit)
    if not found.concept.startswith("us-gaap:") or found.confidence * LABEL < MIN_CONFIDENCE:
        return None
    name = found.concept.removeprefix("us-gaap:")
    return (name, found.confidence * LABEL) if statement in (None, *concepts()[name].statements) else None

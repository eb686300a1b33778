"""Loads what ``schemas/taxonomy`` holds: concepts, the tree of sums, and an index of the labels that filers print."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, cast

from ticktie.map.words import core, probe
from ticktie.model.concepts import Balance, Children, Concept, PeriodType, Taxonomy, UnitKind
from ticktie.model.facts import Statement
from ticktie.resources import data_folder

#: Statement codes of the label file.
STATEMENTS: dict[str, Statement] = {"b": "balance-sheet", "i": "income-statement", "c": "cash-flow", "o": "other"}
_FOLDED: dict[str, Statement] = {"BS": "balance-sheet", "IS": "income-statement", "CF": "cash-flow", "other": "other"}


class Use(NamedTuple):
    """One concept that ``filings`` filings gave a label on a statement; no concept: one outside our taxonomy."""

    concept: Concept | None
    statement: Statement
    filings: int


class LabelIndex:
    """Uses of a normalised label. Entries are decoded when asked for: a document needs a few dozen of thousands."""

    def __init__(self, concepts: tuple[Concept, ...], entries: dict[str, str], words: str = "") -> None:
        self._concepts = concepts
        self._entries = entries
        self._words = words

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def uses(self, key: str) -> tuple[Use, ...]:
        """How filers used the label ``key`` (normalised), most filings first; empty where unknown."""
        return tuple(map(self._use, self._entries.get(key, "").split()))

    def _use(self, text: str) -> Use:
        if text[0] == "-":
            return Use(None, STATEMENTS[text[1]], int(text[2:]))
        digits = len(text[: next(i for i, c in enumerate(text) if not c.isdigit())])
        return Use(self._concepts[int(text[:digits])], STATEMENTS[text[digits]], int(text[digits + 1 :]))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def same_core(self, key: str) -> tuple[str, ...]:
        """Labels that say the same as ``key`` but for word order, prepositions and usual synonyms."""
        wanted = core(key)
        if not wanted:
            return ()
        part = probe(wanted)
        return tuple(label for label in self.keys if part in label and core(label) == wanted)

    @cached_property
    def by_letters(self) -> dict[str, str]:
        """Labels by their letters without spaces: a lost or inserted space makes no difference."""
        return {key.replace(" ", ""): key for key in reversed(self.keys)}

    @cached_property
    def trigrams(self) -> frozenset[str]:
        """Runs of three letters in the vocabulary, word ends marked by a space."""
        return frozenset(
            padded[i : i + 3] for word in self.vocabulary for padded in (f" {word} ",) for i in range(len(padded) - 2)
        )

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of all labels, and those that filers use in others."""
        return frozenset(" ".join((*self.keys, self._words)).split())


def _concept(row: list[str]) -> Concept:
    name, period, balance, unit, statements, part, label = row
    return Concept(
        name=name,
        period=cast(PeriodType, period),
        unit=cast(UnitKind, unit),
        balance=cast(Balance, balance) if balance else None,
        statements=tuple(_FOLDED[code] for code in statements.split()),
        part=part,
        label=label,
    )


def concept_rows(rows: list[list[str]]) -> tuple[Concept, ...]:
    """Concepts from rows ``[name, period, balance, unit, statements, part, label]``."""
    return tuple(map(_concept, rows))


def taxonomy_folder() -> Path:
    """The folder of the taxonomy files."""
    return data_folder("schemas") / "taxonomy"


@cache
def _file() -> tuple[tuple[Concept, ...], dict[str, str], str]:
    content = json.loads((taxonomy_folder() / "labels.json").read_bytes())
    return concept_rows(content["concepts"]), content["labels"], content["words"]


@cache
def label_index() -> LabelIndex:
    """The index of the shipped labels (read once)."""
    return LabelIndex(*_file())


@cache
def concepts() -> dict[str, Concept]:
    """The shipped concepts by local name (read once)."""
    return {concept.name: concept for concept in _file()[0]}


def _children(terms: dict[str, Any]) -> Children:
    return tuple((name, Decimal(str(weight))) for name, weight in terms.items())


@cache
def load_taxonomy() -> Taxonomy:
    """Concepts and calculation tree (``calculation.toml``: for each total a list of ``{child = weight}``)."""
    tree = tomllib.loads((taxonomy_folder() / "calculation.toml").read_text(encoding="utf-8"))
    return Taxonomy(concepts(), {total: tuple(map(_children, ways)) for total, ways in tree["sums"].items()})

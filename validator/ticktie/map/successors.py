"""What filers call a line item since an accounting standard changed (``schemas/taxonomy/successors.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from ticktie.map.taxonomy import taxonomy_folder

#: Statements of earlier years are not looked up.
FIRST_YEAR = 2018


class Successor(NamedTuple):
    """The name of a concept since a year; ``label`` and ``unless`` are searched in the normalised label."""

    since: str
    year: int
    label: re.Pattern[str]
    unless: re.Pattern[str]


@cache
def _successors() -> dict[str, Successor]:
    rows = tomllib.loads((taxonomy_folder() / "successors.toml").read_text(encoding="utf-8"))["successor"]
    return {
        row["before"]: Successor(
            row["since"], row["year"], re.compile(row.get("label", "")), re.compile(row.get("unless", r"(?!)"))
        )
        for row in rows
    }


def current_name(concept: str, key: str, year: int | None) -> str:
    """The local name that filers of ``year`` use for ``concept`` where the normalised label is ``key``."""
    if year is None or year < FIRST_YEAR:
        return concept
    found = _successors().get(concept)
    if found is None or year < found.year or found.unless.search(key) or not found.label.search(key):
        return concept
    return found.since

"""Which reader a file of facts needs: told by the end of its name, and for JSON by what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ticktie.model.source import Document
from ticktie.read import jsontext, oim, tabular
from ticktie.read.errors import ReadError
from ticktie.read.supplied import Names, Supplied

#: Ends of the names of files that hold facts, not prose.
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv"})


def is_facts_file(path: Path) -> bool:
    """Whether ``path`` is read as facts."""
    return path.suffix.lower() in SUFFIXES


def read(data: bytes, path: str, names: Names | None = None) -> list[Supplied]:
    """The facts that ``data`` holds, one set for each document that it tells apart; raises ReadError (file, what is
    wrong, remedy)."""
    document, names = tabular.source(data, path), names or Names()
    suffix = Path(path).suffix.lower()
    if suffix in (".csv", ".tsv"):
        return tabular.read_csv(document, names)
    if suffix in (".jsonl", ".ndjson"):
        return tabular.read_json_lines(document, names)
    return _json(document, names)


def _json(document: Document, names: Names) -> list[Supplied]:
    try:
        held: Any = jsontext.value(document.text)
    except ValueError as problem:
        lines = document.text.splitlines()
        if len(lines) > 1 and all(line.lstrip()[:1] in ("{", "") for line in lines):
            return tabular.read_json_lines(document, names)
        raise ReadError(document.path, f"it is no JSON: {problem}", "mend it, or name a facts file") from None
    if isinstance(held, list):
        return tabular.read_json_list(document, names)
    if isinstance(held, dict):
        return [oim.read_facts(document, held, names)]
    raise ReadError(document.path, "it holds one value, no facts", "name a file with facts")

"""Which reader a file of facts needs: told by the end of its name, and for JSON and markup by what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ticktie.model.source import Document
from ticktie.read import jsontext, oim, tabular
from ticktie.read.errors import ReadError
from ticktie.read.supplied import Names, Supplied

#: Ends of the names of files that hold facts, not prose.
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv"})
#: Ends of the names of markup, which holds facts where it has the tags of XBRL.
MARKUP = frozenset({".htm", ".html", ".xhtml", ".xml", ".xbrl"})


def is_facts_file(path: Path) -> bool:
    """Whether ``path`` is read as facts."""
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or (suffix in MARKUP and path.is_file() and is_tagged(_bytes(path)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def is_tagged(data: bytes) -> bool:
    """Whether ``data`` is markup with facts: an inline report or an XBRL instance."""
    from ticktie.read import inline, instance

    return inline.is_inline(data) or instance.is_instance(data)


def read(data: bytes, path: str, names: Names | None = None) -> list[Supplied]:
    """The facts that ``data`` holds, one set for each document that it tells apart; raises ReadError (file, what is
    wrong, remedy)."""
    suffix = Path(path).suffix.lower()
    if suffix in MARKUP:
        return _tagged(data, path)
    document, names = tabular.source(data, path), names or Names()
    if suffix in (".csv", ".tsv"):
        return tabular.read_csv(document, names)
    if suffix in (".jsonl", ".ndjson"):
        return tabular.read_json_lines(document, names)
    return _json(document, names)


def _tagged(data: bytes, path: str) -> list[Supplied]:
    """The facts of an inline report by target, or of an instance, with the taxonomy in its folder."""
    from ticktie.read import inline, instance
    from ticktie.read.files import Folder

    beside = Folder(Path(path).parent)
    return inline.read(data, path, beside) if inline.is_inline(data) else [instance.read(data, path, beside)]


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
        return [_of_object(document, held, names)]
    raise ReadError(document.path, "it holds one value, no facts", "name a file with facts")


def _of_object(document: Document, held: dict[str, Any], names: Names) -> Supplied:
    """The facts of xBRL-JSON, or of the tables that the metadata of xBRL-CSV names."""
    from ticktie.read import oimcsv
    from ticktie.read.files import Folder

    if oimcsv.is_metadata(held):
        return oimcsv.read(document, held, names, Folder(Path(document.path).parent))
    return oim.read_facts(document, held, names)

"""What programs call: check a file, or facts that are in memory already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from ticktie.check.book import RuleBook
from ticktie.check.rule import load
from ticktie.model.facts import Fact, FactSet
from ticktie.model.findings import DocumentReport
from ticktie.pipeline import check_document, check_facts, check_facts_file, rule_book
from ticktie.read.facts import is_facts_file
from ticktie.read.frames import is_frame, read_frame, read_rows
from ticktie.read.supplied import Names, Supplied
from ticktie.restore.supplied import complete

#: A document or facts file, facts, or rows of facts: mappings, or a frame of pandas, polars, pyarrow, duckdb.
Source = str | PathLike[str] | FactSet | Iterable[Fact | Mapping[str, Any]]
Rules = RuleBook | Iterable[str | PathLike[str]]

_MANY = "these facts belong to {} documents; check those of each document by themselves"


def check(
    facts: Source | Any,
    *,
    rules: Rules = (),
    entity: str | None = None,
    columns: Mapping[str, str] | None = None,
    concepts: Mapping[str, str] | None = None,
    name: str = "facts",
) -> DocumentReport:
    """Check ``facts`` with the rules that ship with ticktie and those in the folders ``rules``.

    A string or path names a document or a facts file. Rows have the columns of flat facts files; ``columns`` says what
    they are called instead (``{"value": "amount"}``), ``concepts`` which concept a name or label of theirs means,
    ``entity`` whose figures they are where they do not say, ``name`` how findings call facts in memory.

    Raises ReadError for a file or row set without facts, RuleError for a rule folder that cannot be used, ValueError
    where the facts of several documents come together.
    """
    book = _book(rules)
    names = Names(columns or {}, concepts or {})
    if isinstance(facts, str | PathLike):
        return _checked_file(Path(facts), entity, names, book)
    return check_facts(complete(_in_memory(facts, name, names), entity), name, book)


def _book(rules: Rules) -> RuleBook:
    if isinstance(rules, RuleBook):
        return rules
    folders = [Path(folder) for folder in ([rules] if isinstance(rules, str | PathLike) else rules)]
    return load(folders) if folders else rule_book()


def _checked_file(path: Path, entity: str | None, names: Names, book: RuleBook) -> DocumentReport:
    if not is_facts_file(path):
        return check_document(path, entity, book)
    reports = check_facts_file(path, entity, names, book)
    if len(reports) != 1:
        raise ValueError(_MANY.format(len(reports)))
    return reports[0]


def _in_memory(facts: Any, name: str, names: Names) -> FactSet:
    """A fact set of whatever holds facts."""
    if isinstance(facts, FactSet):
        return facts
    if is_frame(facts):
        return _only(read_frame(facts, name, names))
    rows = list(facts)
    if rows and all(isinstance(row, Fact) for row in rows):
        return FactSet(tuple(rows))
    return _only(read_rows(rows, name, names))


def _only(found: list[Supplied]) -> FactSet:
    if len(found) != 1:
        raise ValueError(_MANY.format(len(found)))
    return found[0].facts

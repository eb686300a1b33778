"""Which files a command reads, and what it says of one that gives nothing."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ticktie.config import BESIDE
from ticktie.model.findings import DocumentReport

if TYPE_CHECKING:
    from ticktie.check.book import RuleBook
    from ticktie.model.facts import FactSet
    from ticktie.pipeline import Extraction
    from ticktie.read.supplied import Names

NO_FIGURE = "no figure was read in it; name a document that states amounts, as text with tables or sentences"
NO_FILE = "there is no file in this folder; name a folder that holds documents"
ONE_FILE = "it is a folder, and this command takes one document; name a file in it"
NO_FACT = "no number was read in it; give facts with a concept or label and a value"

_UNREACHED = {
    errno.ENOENT: "there is no such file; check the spelling of its path",
    errno.ENOTDIR: "a part of its path is a file, not a folder; check the spelling of its path",
    errno.ELOOP: "it is a symbolic link that leads back to itself; name the file that it was meant for",
    errno.EACCES: "permission to enter its folder is denied; change its permissions or run as its owner",
    errno.ENAMETOOLONG: "its name is longer than a path may be; check the spelling of its path",
}


class Inputs(Struct, frozen=True):
    """Files to read, in order; ``named`` are those that the user named (the others were found in a folder)."""

    files: tuple[Path, ...]
    named: frozenset[str]


def find_inputs(paths: tuple[Path, ...]) -> Inputs:
    """The files at ``paths``: a file itself, and for a folder every file below it that is not hidden, sorted."""
    files: dict[Path, None] = {}
    named = set()
    for path in paths:
        inside = list(_files_below(path))
        files.update(dict.fromkeys(inside or [path]))
        if not inside:
            named.add(str(path))
    return Inputs(tuple(files), frozenset(named))


def check_file(
    path: Path, entity: str | None, book: RuleBook | None = None, supplied: FactSet | None = None
) -> DocumentReport:
    """The report of ``path`` (and of the facts ``supplied`` for it); whatever goes wrong with one document becomes its
    ``error`` and stops no other."""
    try:
        from ticktie.pipeline import check_document, check_grounded

        problem = unreadable(path)
        if problem:
            return DocumentReport(str(path), "", error=problem)
        report = check_grounded(path, supplied, entity, book) if supplied else check_document(path, entity, book)
    except Exception as problem:
        return DocumentReport(str(path), "", error=explain(problem))
    return report if report.facts or report.error else replace(report, error=NO_FIGURE)


def check_files(
    path: Path, entity: str | None, names: Names, book: RuleBook | None = None
) -> tuple[DocumentReport, ...]:
    """The reports of ``path``: one of a document, of a facts file one for each document that it tells apart."""
    from ticktie.read.facts import is_facts_file

    if not is_facts_file(path):
        return (check_file(path, entity, book),)
    try:
        from ticktie.pipeline import check_facts_file

        problem = unreadable(path)
        reports = () if problem else check_facts_file(path, entity, names, book)
    except Exception as error:
        return (DocumentReport(str(path), "", error=explain(error)),)
    if not any(report.facts or report.findings for report in reports):
        return (DocumentReport(str(path), "", error=problem or NO_FACT),)
    return reports


def extract_file(path: Path, entity: str | None) -> Extraction | str:
    """The facts of ``path``, or in words why there are none."""
    try:
        from ticktie.pipeline import extract_document

        problem = unreadable(path, ONE_FILE)
        if problem:
            return problem
        extraction = extract_document(path, entity)
    except Exception as problem:
        return explain(problem)
    return extraction if extraction.facts.facts else NO_FIGURE


def tagged_file(path: Path) -> Extraction | str | None:
    """The facts that the tags of ``path`` state, or in words why there are none; None where it has no tags."""
    from ticktie.read.facts import MARKUP, is_facts_file

    if path.suffix.lower() not in MARKUP or not is_facts_file(path):
        return None
    try:
        from ticktie.pipeline import Extraction, supplied_facts

        first = supplied_facts(path)[0]
    except Exception as problem:
        return explain(problem)
    return Extraction(first.source, first.facts) if first.source and first.facts.facts else NO_FACT


def facts_of(path: Path, entity: str | None, names: Names) -> list[FactSet] | str:
    """The facts of a document, or of a facts file by document; or in words why there are none."""
    from ticktie.read.facts import is_facts_file

    if not is_facts_file(path):
        extraction = extract_file(path, entity)
        return extraction if isinstance(extraction, str) else [extraction.facts]
    try:
        from ticktie.pipeline import supplied_facts

        problem = unreadable(path, ONE_FILE)
        sets = [] if problem else [one.facts for one in supplied_facts(path, entity, names) if one.facts.facts]
    except Exception as error:
        return explain(error)
    return sets or problem or NO_FACT


def unreadable(path: Path, of_folder: str = NO_FILE) -> str | None:
    """Why ``path`` cannot be opened as a file, with the remedy (``of_folder`` where it is one); None where it can."""
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        other = f"it cannot be reached: {problem.strerror}; check its path"
        return _UNREACHED.get(problem.errno or 0, other)
    if stat.S_ISDIR(mode):
        return of_folder
    if not stat.S_ISREG(mode):
        return "it is no regular file; save its contents to a file and name that"
    if not os.access(path, os.R_OK):
        return "permission to read it is denied; change its permissions or run as its owner"
    return None


def explain(problem: Exception) -> str:
    """``problem`` in words: a ReadError says what to do; anything else is a defect of ticktie and says so."""
    from ticktie.read.errors import ReadError

    if isinstance(problem, ReadError):
        return f"{problem.problem}; {problem.remedy}"
    if os.environ.get("TICKTIE_TRACEBACK"):
        raise problem
    return (
        f"internal error: {type(problem).__name__}: {problem}; this is a defect of ticktie: "
        "please report it with the document, and the traceback that TICKTIE_TRACEBACK=1 shows"
    )


def _files_below(folder: Path) -> Iterator[Path]:
    """Regular files below ``folder`` (none where it is no folder), sorted by path, hidden ones left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith(".") and not _is_ours(name))


def _is_ours(name: str) -> bool:
    """Whether a file of this name is configuration, or suppressions beside a document."""
    return name == "ticktie.toml" or name.endswith(BESIDE)

"""Which supplied facts belong to which document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ticktie.cli.inputs import explain, find_inputs, unreadable

if TYPE_CHECKING:
    from ticktie.model.facts import FactSet
    from ticktie.read.supplied import Names, Supplied

#: What stands after the name of a document in the name of its facts file.
_SUFFIX = ".facts"


def paired(documents: Sequence[Path], given: Path, entity: str | None, names: Names) -> dict[Path, FactSet]:
    """The facts at ``given`` (a file, or a folder of them) by the document they belong to: the one that their
    ``document`` names, else the one with the stem of their file; raises a usage error for facts without a document."""
    sets = [(path, one) for path in find_inputs((given,)).files for one in _sets(path, entity, names)]
    if len(sets) == len(documents) == 1:
        return {documents[0]: sets[0][1].facts}
    found: dict[Path, FactSet] = {}
    for path, one in sets:
        wanted = one.document or _stem(path)
        own = [document for document in documents if wanted in _called(document)]
        if len(own) != 1:
            raise click.UsageError(_unpaired(path, wanted, own))
        found[own[0]] = one.facts
    return found


def _sets(path: Path, entity: str | None, names: Names) -> list[Supplied]:
    from ticktie.pipeline import supplied_facts

    try:
        problem = unreadable(path)
        sets = [] if problem else supplied_facts(path, entity, names)
    except Exception as error:
        raise click.UsageError(f"--facts {path}: {explain(error)}") from None
    if problem:
        raise click.UsageError(f"--facts {path}: {problem}")
    return sets


def _stem(path: Path) -> str:
    return path.stem.removesuffix(_SUFFIX)


def _called(document: Path) -> frozenset[str]:
    return frozenset((str(document), document.name, document.stem))


def _unpaired(path: Path, wanted: str, found: Iterable[Path]) -> str:
    several = ", ".join(str(one) for one in found)
    if several:
        return f"--facts {path}: the facts of {wanted!r} fit several documents ({several}); name them by path"
    return (
        f"--facts {path}: no document is called {wanted!r}; name the document as PATH, say it in the column document, "
        "or give the facts file its stem"
    )

"""Tie-out from the command line: the documents that support a draft, and the ticks that people made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from ticktie.cli.inputs import NO_FACT, Inputs, explain, facts_of, unreadable
from ticktie.cli.run import Run, book_of
from ticktie.cli.settings import names_of
from ticktie.config import Configuration
from ticktie.model.findings import DocumentReport, Report

if TYPE_CHECKING:
    from ticktie.check.book import Rule
    from ticktie.gate.support import Source
    from ticktie.model.facts import FactSet

#: Files that may be a trial balance.
_TABLES = frozenset({".csv", ".tsv", ".xlsx"})
_LISTS = ("--against",)


class Spread(click.Command):
    """A command whose option ``--against`` takes every argument up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))


def spread(args: list[str]) -> list[str]:
    """``--against A B`` as ``--against A --against B``."""
    found: list[str] = []
    within = False
    for arg in args:
        if within and not arg.startswith("-") and found[-1] not in _LISTS:
            found += [*_LISTS, arg]
            continue
        within = arg in _LISTS or (within and found[-1] in _LISTS)
        found.append(arg)
    return found


def support_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a tie-out."""
    command = click.option(
        "--ticks",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="Ticks made by hand: CSV with the columns figure, reference, initials, date.",
    )(command)
    return click.option(
        "--against",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="PATH...",
        help="Documents that support the figures (the prior release, the filing, a trial balance as CSV or xlsx): "
        "each figure is agreed, in conflict or open.",
    )(command)


def tied(report: Report, support: Inputs, run: Run) -> Report:
    """``report`` with every readable document tied to the support; support that cannot be read is a document with
    an error."""
    if not support.files:
        return report
    from ticktie.gate.support import tied_out

    sources: list[Source] = []
    unread: list[DocumentReport] = []
    for path in support.files:
        read = _sources(path, run.configuration)
        if isinstance(read, str):
            unread.append(DocumentReport(str(path), "", error=read))
        else:
            sources += read
    rule = _rule(run)
    documents = [one if one.error is not None else tied_out(one, sources, rule) for one in report.documents]
    return replace(report, documents=(*documents, *unread))


def with_ticks(report: Report, file: Path | None) -> Report:
    """``report`` with the ticks of ``file``; a file that cannot be used is a usage error."""
    if file is None:
        return report
    from ticktie.gate.manual import TicksError, read, ticked

    try:
        return ticked(report, read(file))
    except TicksError as problem:
        raise click.UsageError(str(problem)) from None


def _rule(run: Run) -> Rule | None:
    """The rule of conflicts, with the severity that the project gives it; None where it is not selected."""
    from ticktie.gate.support import RULE
    from ticktie.pipeline import rule_book

    return (book_of(run.configuration.settings, run) or rule_book()).by_id.get(RULE)


def _sources(path: Path, found: Configuration) -> list[Source] | str:
    """The facts of a supporting document; or in words why there are none."""
    from ticktie.gate.support import Source

    settings = found.of(path)
    sets: list[FactSet] | str = NO_FACT
    if path.suffix.lower() != ".xlsx":
        sets = facts_of(path, settings.entity, names_of(settings))
    if isinstance(sets, str) and path.suffix.lower() in _TABLES:
        sets = _accounts(path, settings.entity) or sets
    return sets if isinstance(sets, str) else [Source(str(path), one.facts) for one in sets]


def _accounts(path: Path, entity: str | None) -> list[FactSet] | str:
    """The balances of a trial balance; in words why there are none."""
    from ticktie.read.ledger import read
    from ticktie.restore.supplied import complete

    problem = unreadable(path)
    if problem:
        return problem
    try:
        found = read(path.read_bytes(), str(path))
    except Exception as error:
        return explain(error)
    return [complete(one.facts, entity) for one in found if one.facts.facts] or NO_FACT

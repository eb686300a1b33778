"""Checking files as the configuration and the options of a command say: which rules, whose figures, which columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from ticktie.cli.inputs import Inputs, check_file, check_files
from ticktie.cli.settings import names_of
from ticktie.config import Configuration, Settings
from ticktie.model.findings import DocumentReport, Report

if TYPE_CHECKING:
    from ticktie.check.book import RuleBook


class Run(Struct, frozen=True):
    """How files are checked: the configuration, and what the options of the command say on top of it; ``supplied`` are
    facts to hold against the documents."""

    configuration: Configuration
    entity: str | None = None
    supplied: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    options: frozenset[str] = frozenset()


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which rules are applied."""
    for option in (
        click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out; named as for --select."),
        click.option(
            "--select",
            multiple=True,
            metavar="RULE",
            help="Apply these rules alone: an id (TIE001), a family (tie), a name or a severity; may be repeated.",
        ),
        click.option(
            "--rules",
            "folders",
            multiple=True,
            metavar="FOLDER",
            type=click.Path(path_type=Path, file_okay=False, exists=True),
            help="Apply the rules in this folder too; may be repeated.",
        ),
    ):
        command = option(command)
    return command


def report_of(inputs: Inputs, run: Run) -> Report:
    """The reports of all files; a rule that cannot be read or is not known is a usage error."""
    if run.supplied is not None:
        return _grounded(inputs, run.supplied, run)
    return Report(tuple(report for path in inputs.files for report in _reports(path, run)))


def _grounded(inputs: Inputs, supplied: Path, run: Run) -> Report:
    """The report of documents with the facts that were supplied for them."""
    from ticktie.cli.pairing import paired

    settings = run.configuration.settings
    facts = paired(inputs.files, supplied, run.entity or settings.entity, names_of(settings))
    found = [(path, run.configuration.of(path)) for path in inputs.files]
    return Report(
        tuple(check_file(path, run.entity or of.entity, book_of(of, run), facts.get(path)) for path, of in found)
    )


def _reports(path: Path, run: Run) -> tuple[DocumentReport, ...]:
    found = run.configuration.of(path)
    return check_files(path, run.entity or found.entity, names_of(found), book_of(found, run))


def book_of(found: Settings, run: Run) -> RuleBook | None:
    """The rules for a file; None where they are those that ship with ticktie."""
    folders = tuple(run.configuration.root / folder for folder in found.rules) + run.folders
    select, ignore = run.select or found.select, (*found.ignore, *run.ignore)
    if not (folders or select or ignore or found.severity or run.options):
        return None
    from ticktie.gate.select import SelectError

    try:
        return _made(folders, select, ignore, tuple(found.severity.items()), run.options)
    except SelectError as problem:
        given = problem.name in (*run.select, *run.ignore)
        raise click.UsageError(f"{problem}" if given else f"{run.configuration.file}: {problem}") from None


@cache
def _made(
    folders: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[tuple[str, str], ...],
    options: frozenset[str],
) -> RuleBook:
    from ticktie.check.rule import RuleError, load
    from ticktie.gate.select import selected
    from ticktie.pipeline import rule_book

    try:
        book = load(folders) if folders else rule_book()
        return selected(book, select, ignore, dict(severity)).asking(*options)
    except RuleError as problem:
        raise click.UsageError(str(problem)) from None

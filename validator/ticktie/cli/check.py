"""``ticktie check``: documents in, findings out, and an exit code that a build can stand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ticktie.cli.exits import exit_code
from ticktie.cli.inputs import Inputs, check_file, check_files, find_inputs
from ticktie.cli.output import Target, layout, refuse_inputs, targets, write_report
from ticktie.cli.settings import config_option, entity_of, entity_option, names_of, settings
from ticktie.model.findings import Report, Severity
from ticktie.render import FOR_PEOPLE, RENDERERS
from ticktie.render.neutral import clipped, neutral

if TYPE_CHECKING:
    from ticktie.check.book import RuleBook
    from ticktie.read.supplied import Names


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="F[=FILE]",
    help=f"Report format, to FILE or standard output; may be repeated. F is one of {', '.join(RENDERERS)}.",
)
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    help="Exit with 1 at findings of this severity or above (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
@click.option("-q", "--quiet", is_flag=True, help="Show only findings that fail the run, in text and concise reports.")
@click.option(
    "--show-repairs",
    is_flag=True,
    help="After the report, print the repairs as a patch of the sources; nothing is rewritten, the exit code stays.",
)
@click.option(
    "--feasibility",
    is_flag=True,
    help="Also check whether all sums that hold within rounding hold at once (slower; finds little more).",
)
@click.option(
    "--facts",
    "supplied",
    type=click.Path(path_type=Path, exists=True),
    metavar="FACTS",
    help="Facts that somebody extracted from the documents (a file, or a folder of files): check them, too, and hold "
    "them against what the documents print.",
)
@entity_option
@config_option
def command(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    fail_on: str | None,
    exit_zero: bool,
    quiet: bool,
    show_repairs: bool,
    feasibility: bool,
    supplied: Path | None,
    entity: str | None,
    config: Path | None,
) -> None:
    """Check every figure of the documents at PATH against the figures it must agree with.

    A PATH is a document (text with tables), a file of facts (.json, .jsonl, .csv), or a folder: then every
    readable file in it.
    Columns and rows must add up, the text must repeat what the tables say, ratios must follow from their parts.

    \b
    Examples:
      ticktie check release.txt
      ticktie check releases/ --output-format concise
      ticktie check release.txt --output-format text --output-format json=report.json
      ticktie check release.txt --fail-on warning --quiet
      ticktie check facts.csv
      ticktie check release.txt --facts facts.json      are these facts what the release prints?
      ticktie check release.txt --output-format concise=/dev/null --show-repairs > repairs.patch

    \b
    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration error,
    3 a named file that could not be read or holds no figure (those found in a folder are listed and skipped).
    """
    configured = settings(config)
    threshold = Severity.parse(fail_on or configured.fail_on)
    wanted = targets(formats, output, configured.output_format)
    inputs = find_inputs(paths)
    refuse_inputs(inputs.files, (target.file for target in wanted))
    book = _book("feasibility") if feasibility else None
    given = entity_of(entity, configured), names_of(configured)
    report = _grounded(inputs, supplied, *given, book) if supplied else _report(inputs, *given, book)
    _write_all(report, wanted, threshold, quiet)
    if show_repairs:
        _show_repairs(report, wanted)
    raise SystemExit(exit_code(report, inputs.named, threshold, exit_zero))


def _grounded(inputs: Inputs, supplied: Path, entity: str | None, names: Names, book: RuleBook | None) -> Report:
    """The report of documents with the facts that were supplied for them."""
    from ticktie.cli.pairing import paired

    facts = paired(inputs.files, supplied, entity, names)
    return Report(tuple(check_file(path, entity, book, facts.get(path)) for path in inputs.files))


def _report(inputs: Inputs, entity: str | None, names: Names, book: RuleBook | None) -> Report:
    return Report(tuple(report for path in inputs.files for report in check_files(path, entity, names, book)))


def _book(option: str) -> RuleBook:
    from ticktie.pipeline import rule_book

    return rule_book().asking(option)


def _write_all(report: Report, wanted: list[Target], threshold: Severity, quiet: bool) -> None:
    """Write every report that was asked for; those for programs hold everything, quiet or not."""
    for target in wanted:
        write_report(target.output_format, report, layout(target.file, threshold, quiet), target.file)
    if not any(target.file is None and target.output_format in FOR_PEOPLE for target in wanted):
        _say_unreadable(report)


def _show_repairs(report: Report, wanted: list[Target]) -> None:
    """Print the patch on standard output, or on standard error where a report for programs stands there."""
    from ticktie.render.repairs import repairs

    programs = any(target.file is None and target.output_format not in FOR_PEOPLE for target in wanted)
    click.echo(repairs(report), nl=False, err=programs)


def _say_unreadable(report: Report) -> None:
    """Name unreadable documents on standard error where no report on standard output does."""
    for document in report.documents:
        if document.error is not None:
            click.echo(f"unreadable {neutral(document.path)}: {clipped(document.error)}", err=True)

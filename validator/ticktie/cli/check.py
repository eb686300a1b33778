"""``ticktie check``: documents in, findings out, and an exit code that a build can stand on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from ticktie.cli.exits import Exit, exit_code
from ticktie.cli.gates import Gates, gate_options, gated, keep_ratchet
from ticktie.cli.inputs import find_inputs
from ticktie.cli.output import Target, layout, refuse_inputs, targets, write_report
from ticktie.cli.run import Run, report_of, rule_options
from ticktie.cli.settings import config_option, configured, entity_of, entity_option
from ticktie.cli.support import Spread, support_options, tied, with_ticks
from ticktie.model.findings import Report, Severity
from ticktie.render import FOR_PEOPLE, RENDERERS
from ticktie.render.neutral import clipped, neutral


class Job(Struct, frozen=True):
    """One call of the command: what is read, how it is checked, what passes, and where the reports go."""

    paths: tuple[Path, ...]
    run: Run
    gates: Gates
    targets: tuple[Target, ...]
    fail_on: Severity
    exit_zero: bool
    quiet: bool
    show_repairs: bool
    against: tuple[Path, ...] = ()
    ticks: Path | None = None


@click.command("check", cls=Spread)
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
@click.option("--watch", "watched", is_flag=True, help="Check again whenever a file changes, until interrupted.")
@support_options
@rule_options
@gate_options
@entity_option
@config_option
def command(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    fail_on: str | None,
    feasibility: bool,
    supplied: Path | None,
    watched: bool,
    entity: str | None,
    config: Path | None,
    **asked: Any,
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
      ticktie check releases/ --baseline known.json --min-coverage 9/10
      ticktie check draft.txt --against prior.txt trial-balance.csv
      ticktie check release.txt --select tie --select FOOT001
      ticktie check facts.csv
      ticktie check release.txt --facts facts.json      are these facts what the release prints?
      ticktie check release.txt --output-format concise=/dev/null --show-repairs > repairs.patch

    \b
    Exit codes: 0 nothing at or above --fail-on and every threshold met, 1 findings or a missed threshold,
    2 usage or configuration error,
    3 a named file that could not be read or holds no figure (those found in a folder are listed and skipped).
    """
    found = configured(config)
    rules = {name: asked.pop(name) for name in ("select", "ignore", "folders")}
    own = entity_of(entity, found.settings) if entity else None
    job = Job(
        paths=paths,
        run=Run(found, own, supplied, options=frozenset({"feasibility"} if feasibility else ()), **rules),
        gates=Gates(**{name: asked.pop(name) for name in Gates.__struct_fields__}),
        targets=tuple(targets(formats, output, found.settings.output_format)),
        fail_on=Severity.parse(fail_on or found.settings.fail_on),
        **asked,
    )
    raise SystemExit(_watch(job) if watched else _once(job))


def _watch(job: Job) -> int:
    from ticktie.cli.watch import watch

    return watch(job.paths, [target.file for target in job.targets], lambda: _once(job))


def _once(job: Job) -> Exit:
    """Check and report; the exit code."""
    inputs = find_inputs(job.paths)
    support = find_inputs(job.against)
    outputs = (*(target.file for target in job.targets), job.gates.baseline, job.gates.ratchet)
    refuse_inputs((*inputs.files, *support.files), outputs)
    report = with_ticks(tied(report_of(inputs, job.run), support, job.run), job.ticks)
    report = gated(report, job.gates, job.run.configuration, inputs, job.fail_on)
    _write_all(report, job)
    if job.show_repairs:
        _show_repairs(report, job)
    return _closed(report, job, inputs.named | support.named)


def _closed(report: Report, job: Job, named: frozenset[str]) -> Exit:
    code = exit_code(report, named, job.fail_on)
    keep_ratchet(report, job.gates, passed=code == Exit.CLEAN)
    return Exit.CLEAN if code == Exit.FINDINGS and job.exit_zero else code


def _write_all(report: Report, job: Job) -> None:
    """Write every report that was asked for; those for programs hold everything, quiet or not."""
    for target in job.targets:
        write_report(target.output_format, report, layout(target.file, job.fail_on, job.quiet), target.file)
    if job.quiet or not _is_told(job):
        _say_missed(report)
    if not _is_told(job):
        _say_unreadable(report)


def _is_told(job: Job) -> bool:
    """Whether a report for people stands on standard output."""
    return any(target.file is None and target.output_format in FOR_PEOPLE for target in job.targets)


def _show_repairs(report: Report, job: Job) -> None:
    """Print the patch on standard output, or on standard error where a report for programs stands there."""
    from ticktie.render.repairs import repairs

    programs = any(target.file is None and target.output_format not in FOR_PEOPLE for target in job.targets)
    click.echo(repairs(report), nl=False, err=programs)


def _say_missed(report: Report) -> None:
    """Name missed thresholds on standard error where no report on standard output does."""
    for one in report.thresholds:
        if not one.met:
            click.echo(clipped(f"missed {one.name}: wanted {one.wanted}, got {one.reached}"), err=True)


def _say_unreadable(report: Report) -> None:
    """Name unreadable documents on standard error where no report on standard output does."""
    for document in report.documents:
        if document.error is not None:
            click.echo(f"unreadable {neutral(document.path)}: {clipped(document.error)}", err=True)

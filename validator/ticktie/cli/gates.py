"""What fails a run beside its findings, and what forgives them: thresholds, ratchet, baseline and suppressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from ticktie.cli.inputs import Inputs
from ticktie.cli.output import write
from ticktie.config import BESIDE, ConfigError, Configuration, Suppression, share, suppressions_beside
from ticktie.model.findings import Report, Severity, Threshold

if TYPE_CHECKING:
    from ticktie.gate.baseline import Known
    from ticktie.gate.suppress import Waiver
    from ticktie.gate.thresholds import Limits


class Gates(Struct, frozen=True):
    """What the options of the command ask for."""

    baseline: Path | None = None
    prune: bool = False
    ratchet: Path | None = None
    max_errors: int | None = None
    min_coverage: str | None = None
    min_facts: int | None = None
    truth: Path | None = None
    min_recall: str | None = None
    min_precision: str | None = None


def share_option(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The share that an option gives; a usage error where it is none."""
    try:
        _ = value is None or share(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from None
    return value


_FILE = click.Path(path_type=Path, dir_okay=False)
_OPTIONS = (
    click.option(
        "--baseline", type=_FILE, metavar="FILE", help="Findings in FILE (of 'ticktie baseline') are known: they pass."
    ),
    click.option("--prune", is_flag=True, help="Remove from the baseline what no finding matches any more."),
    click.option(
        "--max-errors", type=click.IntRange(min=0), metavar="N", help="Tolerate up to N findings at or above --fail-on."
    ),
    click.option(
        "--min-coverage",
        metavar="SHARE",
        callback=share_option,
        help="Exit with 1 where less than this share of the figures is ticked: 0.9, 90% or 9/10, compared exactly.",
    ),
    click.option(
        "--min-facts", type=click.IntRange(min=0), metavar="N", help="Exit with 1 where fewer than N facts were read."
    ),
    click.option(
        "--truth",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="A truth file, for --min-recall and --min-precision; what it holds is told by its first row.",
    ),
    click.option("--min-recall", metavar="SHARE", callback=share_option, help="Exit with 1 where less of it is found."),
    click.option("--min-precision", metavar="SHARE", callback=share_option, help="Exit with 1 where less is right."),
    click.option(
        "--ratchet",
        type=_FILE,
        metavar="FILE",
        help="Exit with 1 where coverage, errors or warnings are worse than in FILE; a run that passes is kept there.",
    ),
)


def gate_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what passes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def gated(report: Report, gates: Gates, found: Configuration, inputs: Inputs, fail_on: Severity) -> Report:
    """``report`` with what is suppressed or known accepted, and every threshold with what was reached."""
    report = _suppressed(report, found, inputs)
    report = _without_known(report, gates, found)
    from ticktie.gate.thresholds import thresholds

    met = tuple(thresholds(report, _limits(gates, found), fail_on))
    found_out = (*report.thresholds, *met, *_against_truth(report, gates), *_ratchet(report, gates))
    return replace(report, thresholds=found_out)


def keep_ratchet(report: Report, gates: Gates, passed: bool) -> None:
    """Write what this run reached for the next one to be held against, where it passed and reached something else."""
    if gates.ratchet is None or not passed:
        return
    from ticktie.gate.thresholds import dump_accepted, reached

    data = dump_accepted(reached(report))
    if not gates.ratchet.exists() or gates.ratchet.read_bytes() != data:
        write(data, gates.ratchet)


def _limits(gates: Gates, found: Configuration) -> Limits:
    """The limits of the options, where they say nothing those of the configuration."""
    from ticktie.gate.thresholds import Limits

    names = ("max_errors", "min_coverage", "min_facts")
    options = {name: getattr(gates, name) for name in names}
    return Limits(**{key: getattr(found.settings, key) if value is None else value for key, value in options.items()})


def _suppressed(report: Report, found: Configuration, inputs: Inputs) -> Report:
    waivers = list(_waivers(found, inputs))
    if not waivers:
        return report
    from datetime import date

    from ticktie.gate.suppress import suppress

    return suppress(report, waivers, date.today())


def _waivers(found: Configuration, inputs: Inputs) -> Iterator[Waiver]:
    """The suppressions of the configuration, then those beside the documents."""
    for number, one in enumerate(found.settings.suppress, 1):
        yield _waiver(one, f"{found.file}: suppress {number}", found)
    for path in inputs.files:
        try:
            beside = suppressions_beside(path)
        except ConfigError as problem:
            raise click.UsageError(str(problem)) from None
        for number, one in enumerate(beside, 1):
            yield _waiver(one, f"{path}{BESIDE}: suppress {number}", found, str(path))


def _waiver(of: Suppression, place: str, found: Configuration, document: str = "") -> Waiver:
    from ticktie.gate.suppress import Waiver

    return Waiver(of, place, found.root, document)


def _without_known(report: Report, gates: Gates, found: Configuration) -> Report:
    configured = found.settings.baseline
    file = gates.baseline or (None if configured is None else found.root / configured)
    if file is None:
        if gates.prune:
            raise click.UsageError("--prune needs the baseline to remove from; add --baseline FILE")
        return report
    from ticktie.gate.baseline import BaselineError, accept, read, stale

    try:
        entries = read(file)
    except BaselineError as problem:
        raise click.UsageError(str(problem)) from None
    report, left = accept(report, entries)
    gone = stale(left, report)
    if gates.prune and gone:
        _prune(file, entries, gone)
        return replace(report, remarks=(*report.remarks, f"{file}: {len(gone)} of {len(entries)} entries were removed"))
    return replace(report, remarks=(*report.remarks, *_stale(file, gone)))


def _prune(file: Path, entries: tuple[Known, ...], gone: tuple[Known, ...]) -> None:
    from collections import Counter

    from ticktie.gate.baseline import dump

    write(dump((Counter(entries) - Counter(gone)).elements()), file)


def _stale(file: Path, gone: tuple[Known, ...]) -> Iterator[str]:
    for entry in gone:
        yield f"{file}: {entry.rule} of {entry.document} is no finding any more; remove it by --prune ({entry.message})"


def _against_truth(report: Report, gates: Gates) -> tuple[Threshold, ...]:
    """Recall and precision against the truth file, where they are asked for."""
    limits = {"recall": gates.min_recall, "precision": gates.min_precision}
    if gates.truth is None:
        if any(limits.values()):
            raise click.UsageError("--min-recall and --min-precision need what is true; add --truth FILE")
        return ()
    from tempfile import TemporaryDirectory

    from ticktie.gate.score import judged, kind_of, score
    from ticktie.gate.truth import ScoreError
    from ticktie.render import render

    with TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        out.write_bytes(render("json", report))
        try:
            kind = kind_of(gates.truth)
            return tuple(judged(kind, score(kind, out, gates.truth), limits))
        except ScoreError as problem:
            raise click.UsageError(str(problem)) from None


def _ratchet(report: Report, gates: Gates) -> tuple[Threshold, ...]:
    if gates.ratchet is None:
        return ()
    from ticktie.gate.thresholds import RatchetError, ratchet, read_accepted

    try:
        last = read_accepted(gates.ratchet)
    except RatchetError as problem:
        raise click.UsageError(str(problem)) from None
    return () if last is None else ratchet(report, last)

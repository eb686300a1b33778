"""Where reports go: formats with their destinations, and writing them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from ticktie.cli.exits import Exit
from ticktie.model.findings import Report, Severity
from ticktie.render import RENDERERS, MissingExtra, Options, render, render_files


class OutputError(click.ClickException):
    """Standard output cannot be written; one line says why and what to do."""

    exit_code = Exit.USAGE

    def __init__(self, reason: str) -> None:
        super().__init__(f"cannot write to standard output: {reason}; direct it to where there is room")


class Target(Struct, frozen=True):
    """One report to write: its format and its file; None is standard output."""

    output_format: str
    file: Path | None


def targets(formats: Iterable[str], output: Path | None, default: str) -> list[Target]:
    """The reports that ``F[=FILE]`` options ask for; ``output`` is the file of the one without a file of its own.

    Raises click.UsageError for an unknown format, and where two reports would share a destination.
    """
    found = [_target(text, output) for text in formats]
    if not found or (output is not None and all(target.file != output for target in found)):
        found.append(Target(default, output))
    places = [target.file for target in found]
    for place in places:
        if places.count(place) > 1:
            where = "standard output" if place is None else str(place)
            raise click.UsageError(f"two reports would go to {where}; give each a file: --output-format json=FILE")
    return found


def _target(text: str, output: Path | None) -> Target:
    name, equals, file = text.partition("=")
    if name not in RENDERERS:
        raise click.UsageError(f"unknown output format {name!r}; use {', '.join(RENDERERS)}")
    if equals and not file:
        raise click.UsageError(f"--output-format {text}: no file after '='; write {name}=FILE, or {name} alone")
    place = Path(file) if file else output
    if place is None and RENDERERS[name].binary:
        raise click.UsageError(f"{name} is no text for a terminal; write --output-format {name}=FILE")
    return Target(name, place)


def write_report(output_format: str, report: Report, options: Options, file: Path | None) -> None:
    """Write ``report`` to standard output, or to ``file`` and what its format puts beside it."""
    if RENDERERS[output_format].shows_document:
        report = _seen(report)
    if file is None:
        write(render(output_format, report, options), None)
        return
    try:
        files = render_files(output_format, report, options, file.name)
    except MissingExtra as problem:
        raise click.UsageError(str(problem)) from None
    for name, data in files.items():
        place = file.parent / name
        if name != file.name:
            _make_folder(place.parent)
        write(data, place)


def _seen(report: Report) -> Report:
    from ticktie.pipeline import as_seen

    return replace(report, documents=tuple(map(as_seen, report.documents)))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise click.UsageError(f"cannot make the folder {folder}: {reason}; name a file that you may write") from None


def refuse_inputs(files: Iterable[Path], outputs: Iterable[Path | None]) -> None:
    """Raise click.UsageError where an output would overwrite one of the input ``files``."""
    sources = {os.path.realpath(file) for file in files}
    for output in outputs:
        if output is not None and os.path.realpath(output) in sources:
            raise click.UsageError(f"{output} is a document to read; name another file for the output")


def write(data: bytes, file: Path | None) -> None:
    """Write ``data`` to ``file`` or to standard output; raises ClickException with the remedy where it cannot."""
    if file is None:
        _print(data)
        return
    try:
        file.write_bytes(data)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise click.UsageError(f"cannot write {file}: {reason}; name a file that you may write") from None


def _print(data: bytes) -> None:
    """Write ``data`` to standard output; a reader that wants no more of it (``| head``) is no error."""
    if sys.stdout is None:
        raise OutputError("it is closed")
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        _discard_output()
    except OSError as problem:
        raise lost_output(problem) from None


def lost_output(problem: OSError) -> OutputError:
    """The error to show for ``problem``, which standard output raised; nothing more is written there."""
    _discard_output()
    return OutputError(problem.strerror or str(problem))


def _discard_output() -> None:
    """Let what standard output still buffers go nowhere: the interpreter flushes it when it ends, and would fail."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def layout(file: Path | None, fail_on: Severity, quiet: bool) -> Options:
    """Colour and width for a report that goes to ``file``: colour only on a terminal, and never under NO_COLOR."""
    terminal = file is None and sys.stdout is not None and sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(160, max(60, shutil.get_terminal_size((100, 24)).columns)) if terminal else 100
    least = fail_on if quiet else Severity.NOTE
    return Options(colour=colour, width=width, least=least, quiet=quiet, fail_on=fail_on)

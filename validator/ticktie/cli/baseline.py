"""``ticktie baseline``: today's findings as known ones, so that from now on only new ones fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ticktie.cli.exits import Exit
from ticktie.cli.inputs import find_inputs
from ticktie.cli.output import refuse_inputs, write
from ticktie.cli.run import Run, report_of, rule_options
from ticktie.cli.settings import config_option, configured, entity_of, entity_option
from ticktie.model.findings import Severity
from ticktie.render.neutral import clipped, neutral


@click.command("baseline")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@click.option(
    "--least",
    type=click.Choice(["error", "warning", "note"]),
    default="warning",
    show_default=True,
    help="Findings of this severity or above are known from now on.",
)
@rule_options
@entity_option
@config_option
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    least: str,
    entity: str | None,
    config: Path | None,
    **rules: Any,
) -> None:
    """Write the findings of the documents at PATH as a baseline: with it, 'check' fails on new findings only.

    A finding is known by its rule, concepts, periods and values, never by a line number, so that it stays known
    when lines move and when the document is renamed.

    \b
    Examples:
      ticktie baseline releases/ -o known.json
      ticktie check releases/ --baseline known.json
      ticktie check releases/ --baseline known.json --prune
    """
    from ticktie.gate.baseline import dump, known

    found = configured(config)
    inputs = find_inputs(paths)
    refuse_inputs(inputs.files, [output])
    run = Run(found, entity_of(entity, found.settings) if entity else None, None, **rules)
    report = report_of(inputs, run)
    write(dump(known(report, Severity.parse(least))), output)
    unread = [document for document in report.documents if document.error is not None]
    for document in unread:
        click.echo(f"unreadable {neutral(document.path)}: {clipped(document.error or '')}", err=True)
    named = any(document.path in inputs.named for document in unread)
    raise SystemExit(Exit.UNREADABLE if named else Exit.CLEAN)

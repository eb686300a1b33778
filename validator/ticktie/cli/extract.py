"""``ticktie extract``: one document in, its facts out as xBRL-JSON."""

from __future__ import annotations

from pathlib import Path

import click

from ticktie.cli.exits import Exit
from ticktie.cli.inputs import extract_file, tagged_file
from ticktie.cli.output import refuse_inputs, write
from ticktie.cli.settings import config_option, entity_of, entity_option, settings
from ticktie.render.neutral import clipped, neutral


@click.command("extract")
@click.argument("document", metavar="DOC", type=click.Path(path_type=Path))
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FACTS.json", help="Write to this file."
)
@entity_option
@config_option
def command(document: Path, output: Path | None, entity: str | None, config: Path | None) -> None:
    """Write the facts that DOC states, in tables and in sentences, as xBRL-JSON.

    Each fact carries its concept, period, unit and decimals, and in properties of our own (ticktie:...)
    what was printed, where, and what was restored.

    \b
    Examples:
      ticktie extract release.txt -o facts.json
      ticktie extract release.txt --entity cik:0000123456 | jq '.facts[] | .value'
    """
    found = settings(config)
    refuse_inputs([document], [output])
    extraction = tagged_file(document) or extract_file(document, entity_of(entity, found))
    if isinstance(extraction, str):
        click.echo(f"unreadable {neutral(str(document))}: {clipped(extraction)}", err=True)
        raise SystemExit(Exit.UNREADABLE)
    from ticktie.render.facts import facts_file
    from ticktie.render.json import dump

    write(dump(facts_file(extraction.facts.facts, extraction.document)), output)

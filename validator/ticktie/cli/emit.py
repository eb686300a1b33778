"""``ticktie emit``: one document in, its facts out as XBRL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ticktie.cli.exits import Exit
from ticktie.cli.inputs import extract_file
from ticktie.cli.output import refuse_inputs, write
from ticktie.cli.settings import config_option, entity_of, entity_option, settings
from ticktie.render.neutral import clipped, neutral

if TYPE_CHECKING:
    from ticktie.emit.inline import Page
    from ticktie.emit.report import Emission
    from ticktie.model.facts import Fact
    from ticktie.pipeline import Extraction

FORMATS = ("ixbrl", "xbrl", "xbrl-json", "xbrl-csv", "taxonomy", "xbri", "xbr")


@click.command("emit")
@click.argument("document", metavar="DOC", type=click.Path(path_type=Path))
@click.option("--output-format", "wanted", required=True, type=click.Choice(FORMATS), help="What to write.")
@click.option(
    "-o",
    "output",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="File to write; where a format needs more than one, the others stand beside it under its name.",
)
@click.option("--taxonomy", metavar="us-gaap/YYYY", help="Name standard items officially instead of in our namespace.")
@click.option("--tag-broken", is_flag=True, help="Tag claims too that a check disproves.")
@click.option("--refuse-broken", is_flag=True, help="Write nothing, and exit with 1, where a claim is disproved.")
@click.option("--show-changes", is_flag=True, help="List what is rewritten in the markup of an HTML page, with counts.")
@click.option("--show-omitted", is_flag=True, help="List the figures that are not tagged, and why, on standard error.")
@entity_option
@config_option
def command(
    document: Path,
    wanted: str,
    output: Path,
    taxonomy: str | None,
    tag_broken: bool,
    refuse_broken: bool,
    show_changes: bool,
    show_omitted: bool,
    entity: str | None,
    config: Path | None,
) -> None:
    """Write the facts that DOC states as XBRL, with the taxonomy that they need.

    ixbrl is the document itself as a page in which every figure is tagged where it stands; xbrl, xbrl-json and
    xbrl-csv are its facts alone. All four come with their schema and linkbases beside them (NAME.xsd, NAME_lab.xml,
    ...). taxonomy, xbri and xbr are packages: one file. A claim that a check disproves is left out, and the figure
    that disproves it carries a footnote.

    \b
    Examples:
      ticktie emit release.txt --output-format ixbrl -o out/release.xhtml
      ticktie emit release.txt --output-format xbri -o release.xbri
      ticktie emit release.txt --output-format xbrl-json -o facts.json --taxonomy us-gaap/2025
    """
    if tag_broken and refuse_broken:
        raise click.UsageError("--tag-broken and --refuse-broken exclude each other; give one")
    extraction = extract_file(document, entity_of(entity, settings(config)))
    if isinstance(extraction, str):
        click.echo(f"unreadable {neutral(str(document))}: {clipped(extraction)}", err=True)
        raise SystemExit(Exit.UNREADABLE)
    emission = _emission(extraction, document, output, taxonomy, tag_broken, refuse_broken)
    _write(emission, extraction, wanted, output, document)
    _say(emission, show_omitted)
    if show_changes:
        _say_changes(emission, extraction, document)


def _emission(
    extraction: Extraction, document: Path, output: Path, taxonomy: str | None, tag_broken: bool, refuse_broken: bool
) -> Emission:
    """What is to be written; a usage error for an unknown taxonomy, exit code 1 where broken claims are refused."""
    from ticktie.emit.names import profile, safe_name
    from ticktie.emit.prepare import Judged, broken_claims, prepare
    from ticktie.map.taxonomy import load_taxonomy
    from ticktie.pipeline import check_facts

    try:
        chosen = profile(taxonomy)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--taxonomy") from None
    report = check_facts(extraction.facts, str(document))
    states = report.states or {}
    broken = broken_claims(extraction.facts, states)
    if broken and refuse_broken:
        for fact in broken:
            click.echo(f"broken claim, line {_line(fact)}: {clipped(fact.printed or '', 100)}", err=True)
        raise SystemExit(Exit.FINDINGS)
    name = safe_name(output.stem, "report")
    judged = Judged(states, report.checks)
    return prepare(extraction.facts, judged, load_taxonomy(), name, chosen, tag_broken=tag_broken)


def _write(emission: Emission, extraction: Extraction, wanted: str, output: Path, document: Path) -> None:
    """Write the main file at ``output`` and the others in its folder."""
    from ticktie.emit.files import WRITERS
    from ticktie.map.taxonomy import concepts

    files = WRITERS[wanted](emission, _page(extraction, document), concepts())
    places = {name: output.parent / name for name in files} | {next(iter(files)): output}
    refuse_inputs([document], places.values())
    if len(set(places.values())) < len(places):
        raise click.UsageError(f"a file beside the output would be called {output} too; name the output otherwise")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise click.UsageError(f"cannot make the folder of {output}: {problem.strerror}; name another") from None
    for name, content in files.items():
        write(content, places[name])


def _page(extraction: Extraction, path: Path) -> Page:
    """The document with its markup, where it has any."""
    from ticktie.emit.inline import Page
    from ticktie.read.html import decode

    if extraction.document.source is None:
        return Page(extraction.document)
    return Page(extraction.document, decode(path.read_bytes(), str(path))[0])


def _say(emission: Emission, in_full: bool) -> None:
    """What was left out, in one line or each with its reason."""
    tagged, omitted = len(emission.facts), emission.omitted
    hint = "" if in_full or not omitted else " (--show-omitted says which)"
    click.echo(f"{tagged} facts written, {len(omitted)} left out{hint}", err=True)
    for one in omitted if in_full else ():
        said = clipped(" ".join((one.fact.printed or one.fact.id).split()), 100)
        click.echo(f"left out, line {_line(one.fact)}: {said}: {one.why}", err=True)


def _say_changes(emission: Emission, extraction: Extraction, document: Path) -> None:
    """What the page needed to become XHTML, on standard error."""
    from ticktie.emit.inline import inline

    for change, count in sorted(inline(emission, _page(extraction, document), "").changes.items()):
        click.echo(f"changed, {count} times: {neutral(change)}", err=True)


def _line(fact: Fact) -> int | str:
    return (fact.location.line if fact.location else None) or "?"

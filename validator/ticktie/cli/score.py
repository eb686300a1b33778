"""``ticktie score``: facts and findings against a truth file, with thresholds that a build can stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ticktie.cli.exits import Exit
from ticktie.cli.gates import share_option
from ticktie.cli.output import refuse_inputs, write
from ticktie.render.neutral import clipped

KINDS = ("tables", "narrative", "filing", "findings", "grim")
_SHOWN = 20


@click.command("score")
@click.argument("out", metavar="OUT.json", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("truth", metavar="TRUTH.jsonl", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", type=click.Choice(KINDS), help="What the truth file holds (default: what its first row says).")
@click.option("--noise", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Cells that are no facts.")
@click.option("--only", metavar="TEXT", help="Keep rows of the truth whose seed or doc begins so.")
@click.option("--min-recall", callback=share_option, metavar="SHARE", help="Exit with 1 below this: 0.98, 98%, 49/50.")
@click.option("--min-precision", callback=share_option, metavar="SHARE", help="Exit with 1 below this.")
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
def command(
    out: Path,
    truth: Path,
    kind: str | None,
    noise: Path | None,
    only: str | None,
    min_recall: str | None,
    min_precision: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Compare the facts or findings in OUT.json with what TRUTH.jsonl says.

    OUT.json is a facts file, or a json report of check (narrative and grim want the report of one document,
    findings that of several). Claims are measured by their ties: recall and precision are those of ties.

    \b
    Examples:
      ticktie score facts.json truth.jsonl --min-recall 0.98 --min-precision 0.99
      ticktie score report.json claims.jsonl --kind narrative --output-format json
    """
    from ticktie.gate.score import judged, kind_of, score
    from ticktie.gate.truth import ScoreError
    from ticktie.render.json import dump

    refuse_inputs([out, truth], [output])
    try:
        kind = kind or kind_of(truth)
        figures = score(kind, out, truth, noise, only)
        limits = {"recall": min_recall, "precision": min_precision}
        missed = [one for one in judged(kind, figures, limits) if not one.met]
    except ScoreError as problem:
        raise click.UsageError(str(problem)) from None
    data = dump({"kind": kind, **figures}) if form == "json" else "".join(_text(kind, figures)).encode()
    write(data, output)
    for one in missed:
        click.echo(f"missed {one.name}: wanted {one.wanted}, got {one.reached}", err=True)
    raise SystemExit(Exit.FINDINGS if missed else Exit.CLEAN)


def _text(kind: str, figures: dict[str, Any]) -> Iterator[str]:
    """Figures one a line, then what they count, then what is missing or wrong."""
    yield f"{kind}\n"
    for name, value in figures.items():
        if not isinstance(value, dict | list):
            yield f"  {name:<16} {'-' if value is None else value}\n"
    for name, value in figures.items():
        if isinstance(value, dict):
            told = ", ".join(f"{key} {count}" for key, count in value.items() if not isinstance(count, list))
            yield f"  {name:<16} {told}\n"
    for name, value in figures.items():
        if isinstance(value, list) and value:
            yield f"{name}:\n"
            yield from (f"  {_row(row)}\n" for row in value[:_SHOWN])
            if len(value) > _SHOWN:
                yield f"  and {len(value) - _SHOWN} more\n"


def _row(row: object) -> str:
    return clipped(" | ".join(map(str, row)) if isinstance(row, list) else str(row))

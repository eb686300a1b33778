"""``ticktie score``: facts and findings against a truth file, with thresholds that a build can stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ticktie.cli.exits import Exit
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
@click.option("--min-recall", type=click.FloatRange(0, 1), metavar="X", help="Exit with 1 below this (0 to 1).")
@click.option("--min-precision", type=click.FloatRange(0, 1), metavar="X", help="Exit with 1 below this (0 to 1).")
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
def command(
    out: Path,
    truth: Path,
    kind: str | None,
    noise: Path | None,
    only: str | None,
    min_recall: float | None,
    min_precision: float | None,
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
    from ticktie.gate.score import kind_of, score
    from ticktie.gate.truth import ScoreError
    from ticktie.render.json import dump

    refuse_inputs([out, truth], [output])
    try:
        kind = kind or kind_of(truth)
        figures = score(kind, out, truth, noise, only)
    except ScoreError as problem:
        raise click.UsageError(str(problem)) from None
    limits = {"recall": min_recall, "precision": min_precision}
    short = list(_short(figures, kind, limits))
    data = dump({"kind": kind, **figures}) if form == "json" else "".join(_text(kind, figures)).encode()
    write(data, output)
    for line in short:
        click.echo(line, err=True)
    raise SystemExit(Exit.FINDINGS if short else Exit.CLEAN)


def _short(figures: dict[str, Any], kind: str, limits: dict[str, float | None]) -> Iterator[str]:
    """A line for each figure below its limit; a usage error where this kind has no such figure."""
    for name, limit in limits.items():
        if limit is None:
            continue
        key = f"tie_{name}" if kind == "narrative" else name
        if key not in figures:
            raise click.UsageError(f"--min-{name}: a truth file of kind {kind} gives no {name}")
        if figures[key] is None or figures[key] < limit:
            yield f"{key} is {figures[key]}, wanted at least {limit}"


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

"""``ticktie mutate``: errors made on purpose in the figures of a document, and how many the checks catch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from ticktie.cli.exits import Exit
from ticktie.cli.inputs import facts_of
from ticktie.cli.output import refuse_inputs, write
from ticktie.cli.settings import config_option, entity_of, entity_option, names_of, settings
from ticktie.model.facts import Fact, FactSet
from ticktie.render.neutral import clipped, neutral
from ticktie.render.place import place
from ticktie.version import VERSION

if TYPE_CHECKING:
    from ticktie.gate.errors import Injection
    from ticktie.gate.mutate import Outcome, Tally

KINDS = ("digit", "transposition", "dropped-digit", "sign", "scale", "swap")
_SHOWN = 10


class Trial(Struct, frozen=True):
    """One document with the errors that were made in it and what became of each."""

    facts: FactSet
    tried: tuple[tuple[Injection, Outcome], ...]

    def outcomes(self, kind: str | None = None, *, claims: bool) -> list[Outcome]:
        """The outcomes of one kind, or of all, in claims or in the other figures."""
        return [
            outcome
            for injection, outcome in self.tried
            if kind in (None, injection.kind) and (self._first(injection).kind == "narrative") is claims
        ]

    def noticed(self) -> dict[str, bool]:
        """The figures in which errors were made, and whether any of them was noticed."""
        seen: dict[str, bool] = {}
        for injection, outcome in self.tried:
            for wrong in injection.wrong:
                seen[wrong.id] = seen.get(wrong.id, False) or outcome.noted
        return seen

    def blind(self) -> list[Fact]:
        """The figures in which errors were made and none was noticed, in their order."""
        seen = self.noticed()
        return [fact for fact in self.facts.facts if seen.get(fact.id) is False]

    def _first(self, injection: Injection) -> Fact:
        return self.facts.by_id[injection.wrong[0].id]


@click.command("mutate")
@click.argument("document", metavar="DOC", type=click.Path(path_type=Path))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only errors of this kind; repeatable.")
@click.option("--all", "every", is_flag=True, help="Every digit read as every other, not only as those alike in print.")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="At most N errors of each kind, drawn by --seed."
)
@click.option("--seed", type=int, default=0, show_default=True, help="What --sample draws by.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes (default: one for each processor).")
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@entity_option
@config_option
def command(
    document: Path,
    kinds: tuple[str, ...],
    every: bool,
    sample: int | None,
    seed: int,
    jobs: int | None,
    form: str,
    output: Path | None,
    entity: str | None,
    config: Path | None,
) -> None:
    """Change one figure of DOC at a time, check again, and say how many of these errors the checks catch.

    DOC is a document or a facts file. In documents a digit is read as those that look like it in print (0 and 8,
    1 and 7, ...), in supplied facts as any other. Found: a new finding of severity error; pinned: it names the
    wrong figure first; repaired: its only repair restores what stood there.

    \b
    Examples:
      ticktie mutate release.txt
      ticktie mutate facts.csv --sample 200 --seed 7
      ticktie mutate release.txt --kind digit --all --output-format json
    """
    configured = settings(config)
    refuse_inputs([document], [output])
    sets = facts_of(document, entity_of(entity, configured), names_of(configured))
    if isinstance(sets, str):
        click.echo(f"unreadable {neutral(str(document))}: {clipped(sets)}", err=True)
        raise SystemExit(Exit.UNREADABLE)
    tried = [_tried(facts, kinds or KINDS, every, sample, seed, jobs or cpu_count() or 1) for facts in sets]
    write(_json(document, tried, sample, seed) if form == "json" else _text(document, tried), output)


def _tried(facts: FactSet, kinds: Sequence[str], every: bool, sample: int | None, seed: int, jobs: int) -> Trial:
    """The errors of ``kinds`` made in ``facts`` one by one."""
    from ticktie.gate.errors import injections, sampled
    from ticktie.gate.mutate import mutate
    from ticktie.pipeline import rule_book

    valued = [fact for fact in facts.facts if fact.value is not None]
    likely = not every and all(fact.origin == "read" for fact in valued)
    wrong = sampled(list(injections(valued, kinds, likely=likely)), sample, seed)
    return Trial(facts, tuple(zip(wrong, mutate(facts, rule_book(), wrong, jobs), strict=True)))


def _text(document: Path, tried: Iterable[Trial]) -> bytes:
    lines = [neutral(str(document)), ""]
    for trial in tried:
        lines += [*_table(trial, "figures", claims=False), *_table(trial, "claims", claims=True), *_blind(trial)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _table(trial: Trial, name: str, *, claims: bool) -> Iterator[str]:
    """One line for each kind of error, and one for all."""
    from ticktie.gate.mutate import tally

    whole = tally(trial.outcomes(claims=claims))
    if not whole.injected:
        return
    yield f"  {name:<16}{'errors':>7}  {'found':>18}  {'noticed':>18}  {'pinned':>18}  {'repaired':>18}"
    for kind in KINDS:
        counts = tally(trial.outcomes(kind, claims=claims))
        if counts.injected:
            yield _line(kind, counts)
    yield _line("all", whole)
    yield ""


def _line(name: str, counts: Tally) -> str:
    shares = (
        _share(counts.found, counts.injected),
        _share(counts.noted, counts.injected),
        _share(counts.pinned, counts.found),
        _share(counts.right, counts.injected),
    )
    return f"  {name:<16}{counts.injected:>7}  " + "  ".join(f"{share:>18}" for share in shares)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {100 * part / whole:5.1f}%" if whole else "0/0"


def _blind(trial: Trial) -> Iterator[str]:
    """The figures that nothing guards."""
    blind = trial.blind()
    if not blind:
        return
    yield f"  no error was noticed in {len(blind)} of {len(trial.noticed())} figures:"
    for fact in blind[:_SHOWN]:
        where = place(fact.location) if fact.location else fact.id
        yield f"    {where}: {clipped(fact.label or fact.concept)} {clipped(fact.printed or str(fact.value))}"
    if len(blind) > _SHOWN:
        yield f"    and {len(blind) - _SHOWN} more (--output-format json lists all)"
    yield ""


def _json(document: Path, tried: list[Trial], sample: int | None, seed: int) -> bytes:
    from ticktie.render.json import dump

    return dump(
        {
            "ticktie": VERSION,
            "document": str(document),
            "sample": sample,
            "seed": seed,
            "figures": _counts(tried, claims=False),
            "claims": _counts(tried, claims=True),
            "blind": [fact.id for trial in tried for fact in trial.blind()],
        }
    )


def _counts(tried: list[Trial], *, claims: bool) -> dict[str, Any]:
    """Counts by kind: ``injected``, ``found``, ``noted``, ``pinned`` (of found), ``repaired`` (uniquely), ``right``."""
    from ticktie.gate.mutate import tally

    found = {}
    for kind in (*KINDS, None):
        counts = tally(outcome for trial in tried for outcome in trial.outcomes(kind, claims=claims))
        if counts.injected:
            names = ("injected", "found", "noted", "pinned", "repaired", "right")
            found[kind or "all"] = {name: getattr(counts, name) for name in names}
    return found

"""``ticktie diff``: two drafts, or two runs of an extraction, for the reviewer of a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ticktie.cli.exits import Exit
from ticktie.cli.inputs import find_inputs
from ticktie.cli.output import refuse_inputs, write
from ticktie.cli.run import Run, report_of, rule_options
from ticktie.cli.settings import config_option, configured, entity_of, entity_option
from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Severity
from ticktie.model.number import plain
from ticktie.render.neutral import clipped, inert, neutral
from ticktie.render.place import place
from ticktie.render.tally import count

if TYPE_CHECKING:
    from ticktie.gate.diff import Difference

_PATH = click.Path(path_type=Path)


@click.command("diff")
@click.argument("old", metavar="OLD", type=_PATH)
@click.argument("new", metavar="NEW", type=_PATH)
@click.option("--output-format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    help="Exit with 1 at new findings of this severity or above (default: error).",
)
@rule_options
@entity_option
@config_option
def command(
    old: Path,
    new: Path,
    form: str,
    output: Path | None,
    fail_on: str | None,
    entity: str | None,
    config: Path | None,
    **rules: Any,
) -> None:
    """Compare OLD and NEW: documents, facts files, or folders of them.

    Tells the facts that were added, lost and changed, and the findings that were fixed and are new.
    Facts meet by concept, period and unit, wherever they stand.

    \b
    Examples:
      ticktie diff draft1.txt draft2.txt
      ticktie diff facts-main.json facts-branch.json --output-format markdown
      ticktie diff old/ new/ --fail-on warning

    \b
    Exit codes: 0 no new finding at or above --fail-on (default: error), 1 a new finding, 2 usage error,
    3 a named file that could not be read.
    """
    found = configured(config)
    run = Run(found, entity_of(entity, found.settings) if entity else None, None, **rules)
    sides = [find_inputs((old,)), find_inputs((new,))]
    refuse_inputs((*sides[0].files, *sides[1].files), [output])
    was, now = (report_of(inputs, run).documents for inputs in sides)
    differences = list(_compared(old, was, new, now))
    write(_FORMS[form](differences), output)
    least = Severity.parse(fail_on or found.settings.fail_on)
    raise SystemExit(_code(differences, (*was, *now), sides[0].named | sides[1].named, least))


def _code(
    differences: list[Difference], documents: tuple[DocumentReport, ...], named: frozenset[str], least: Severity
) -> Exit:
    unread = [document for document in documents if document.error is not None]
    for document in unread:
        click.echo(f"unreadable {neutral(document.path)}: {clipped(document.error or '')}", err=True)
    if any(document.path in named for document in unread):
        return Exit.UNREADABLE
    worse = any(finding.severity >= least for one in differences for finding in one.found)
    return Exit.FINDINGS if worse else Exit.CLEAN


def _compared(
    old: Path, was: tuple[DocumentReport, ...], new: Path, now: tuple[DocumentReport, ...]
) -> Iterator[Difference]:
    """The two documents, or the documents of two folders by their paths below them."""
    from ticktie.gate.diff import difference

    if len(was) == len(now) == 1:
        yield difference(was[0], now[0])
        return
    before, after = ({_below(one.path, root): one for one in many} for many, root in ((was, old), (now, new)))
    for name in sorted(before.keys() | after.keys()):
        yield difference(before.get(name), after.get(name))


def _below(path: str, root: Path) -> str:
    """The path below ``root``, or what stands after the root itself (the document of a facts file)."""
    return path.removeprefix(str(root)).lstrip("/\\")


def _text(differences: list[Difference]) -> bytes:
    lines = [inert(line) for one in differences for line in _lines(one)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _lines(one: Difference) -> Iterator[str]:
    yield f"{neutral(one.old) or '(none)'} -> {neutral(one.new) or '(none)'}: {_counts(one)}"
    for change in one.changes:
        yield f"  {change.kind:<8}{_named(change.fact)}: {_values(change.before, change.after)}{_where(change.fact)}"
    for word, findings in (("fixed", one.fixed), ("new", one.found)):
        for finding in findings:
            where = place(finding.locations[0])
            yield f"  {word:<8}{finding.severity} {finding.rule} at {where}: {clipped(finding.message)}"


def _counts(one: Difference) -> str:
    kinds = ("added", "lost", "changed")
    counts = ", ".join(f"{len(one.of_kind(kind))} {kind}" for kind in kinds)  # type: ignore[arg-type]
    findings = f"{count(len(one.fixed), 'finding')} fixed, {len(one.found)} new"
    return f"{count(one.same, 'fact')} as before, {counts}; {findings}"


def _named(fact: Fact) -> str:
    said = " (text)" if fact.kind == "narrative" else ""
    return clipped(f"{fact.label or fact.concept}{said}, {fact.period or 'no period'}", 200)


def _values(before: Fact | None, after: Fact | None) -> str:
    return " -> ".join(_value(fact) for fact in (before, after) if fact is not None)


def _value(fact: Fact) -> str:
    return "nil" if fact.value is None else plain(fact.value)


def _where(fact: Fact) -> str:
    return f" ({place(fact.location)})" if fact.location else ""


def _markdown(differences: list[Difference]) -> bytes:
    lines = [line for one in differences for line in _sections(one)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _sections(one: Difference) -> Iterator[str]:
    from ticktie.render.markdown import code

    yield f"### ticktie: {code(one.old or '(none)')} to {code(one.new or '(none)')}"
    yield f"\n{_counts(one)}.\n"
    for word, findings in (("new", one.found), ("fixed", one.fixed)):
        for finding in findings:
            where = code(place(finding.locations[0]))
            yield f"- {word}: {finding.severity} {code(finding.rule)} at {where}: {code(finding.message)}"
    if one.changes:
        yield "\n| | Figure | Before | After |\n|---|---|---:|---:|"
    for change in one.changes:
        before, after = (code(_value(fact), True) if fact else "" for fact in (change.before, change.after))
        yield f"| {change.kind} | {code(_named(change.fact), True)} | {before} | {after} |"


def _json(differences: list[Difference]) -> bytes:
    from ticktie.render.json import dump
    from ticktie.version import VERSION

    return dump({"ticktie": VERSION, "documents": [_object(one) for one in differences]})


def _object(one: Difference) -> dict[str, Any]:
    from ticktie.render.facts import fact_object
    from ticktie.render.json import finding_object

    def side(fact: Fact | None) -> dict[str, Any] | None:
        return None if fact is None else fact_object(fact)

    return {
        "old": one.old or None,
        "new": one.new or None,
        "same": one.same,
        "facts": [
            {"kind": change.kind, "before": side(change.before), "after": side(change.after)} for change in one.changes
        ],
        "fixed": [finding_object(finding) for finding in one.fixed],
        "found": [finding_object(finding) for finding in one.found],
    }


_FORMS = {"text": _text, "markdown": _markdown, "json": _json}

"""``ticktie rule``: what each rule says and why, from the file that is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from textwrap import wrap
from typing import Any

import click

from ticktie.cli.output import write
from ticktie.cli.settings import config_option, configured
from ticktie.config import Configuration
from ticktie.resources import read_page, rule_files, rule_page

Page = dict[str, Any]
_SHOWN_FIRST = ("id", "name", "summary", "why")
_WIDTH = 100


@click.command("rule")
@click.argument("rule_id", required=False, metavar="[ID]")
@click.option("--all", "every", is_flag=True, help="Print the page of every rule.")
@click.option("--output-format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
@config_option
def command(rule_id: str | None, every: bool, form: str, config: Path | None) -> None:
    """Print the page of the rule ID (or name): what holds, why, its severity and source; without ID, list the rules.

    \b
    Examples:
      ticktie rule
      ticktie rule TIE001
      ticktie rule --all
    """
    pages = _pages(configured(config))
    if rule_id is None and not every:
        lines = _listing(pages)
    elif every:
        lines = (line for page in pages for line in (*_FORMS[form](page), ""))
    else:
        lines = _FORMS[form](_find(rule_id or "", pages))
    write("".join(f"{line}\n" for line in lines).encode(), None)


def _pages(found: Configuration) -> list[Page]:
    """The pages of the rules that ship with ticktie and of the project's own."""
    own = [file for folder in found.settings.rules for file in sorted((found.root / folder).rglob("*.toml"))]
    try:
        return [*(rule_page(known) for known in rule_files()), *(read_page(file) for file in own)]
    except (OSError, ValueError) as problem:
        raise click.UsageError(f"a rule file of {found.file} cannot be read: {problem}; mend it") from None


def markdown(page: Page) -> Iterator[str]:
    """A rule as a page of the documentation."""
    yield f"# {page.get('id', '')} {page.get('name', '')}".strip()
    for key in ("summary", "why", "remedy"):
        if page.get(key):
            title = "" if key == "summary" else f"**{key.capitalize()}.** "
            yield from ["", f"{title}{' '.join(str(page[key]).split())}"]
    if page.get("holds"):
        yield from ["", "```", *(line.strip() for line in str(page["holds"]).strip().splitlines()), "```"]
    yield ""
    shown = ("id", "name", "summary", "why", "remedy", "holds")
    rest = [(key, value) for key, value in page.items() if key not in shown]
    yield from (f"- {key}: `{', '.join(map(str, value)) if isinstance(value, list) else value}`" for key, value in rest)


def _find(wanted: str, pages: list[Page]) -> Page:
    """The page of the rule with this id or name, whatever its case; a usage error naming near ones otherwise."""
    for page in pages:
        if wanted.lower() in (str(page.get("id", "")).lower(), str(page.get("name", "")).lower()):
            return page
    names = [str(page[key]) for page in pages for key in ("id", "name") if key in page]
    near = get_close_matches(wanted, names, n=3, cutoff=0.5) or get_close_matches(wanted.upper(), names, n=3)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    raise click.UsageError(f"unknown rule {wanted!r}: {hint}'ticktie rule' lists all rules")


def _listing(pages: list[Page]) -> Iterator[str]:
    """One line a rule: id, severity, name, summary."""
    for page in pages:
        row = f"{page.get('id', ''):<9}{page.get('severity', ''):<9}{page.get('name', ''):<28}"
        yield f"{row} {page.get('summary', '')}".rstrip()


def _page(page: Page) -> Iterator[str]:
    """A rule as its file says it: heading, summary, why, then every other key."""
    yield f"{page.get('id', '')} {page.get('name', '')}".strip()
    yield ""
    for key in ("summary", "why"):
        if page.get(key):
            yield from [*_paragraph(str(page[key])), ""]
    for key, value in page.items():
        if key not in _SHOWN_FIRST:
            yield from _entry(key, value)


def _paragraph(text: str) -> list[str]:
    return wrap(" ".join(text.split()), _WIDTH)


def _entry(key: str, value: object) -> Iterator[str]:
    """``key`` and its value in columns, continued lines indented."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    lines = wrap(" ".join(text.split()), _WIDTH - 14) or [""]
    yield f"  {key:<12}{lines[0]}"
    yield from (" " * 14 + line for line in lines[1:])


_FORMS: dict[str, Callable[[Page], Iterator[str]]] = {"text": _page, "markdown": markdown}

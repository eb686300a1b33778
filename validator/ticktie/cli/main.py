"""The command ``ticktie``: its commands by name, each imported when it is called."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from ticktie.version import VERSION

#: Command -> (module that defines it as ``command``, one line of help).
COMMANDS = {
    "check": ("ticktie.cli.check", "Check every figure of documents against the figures it must agree with."),
    "emit": ("ticktie.cli.emit", "Write the facts of one document as XBRL."),
    "extract": ("ticktie.cli.extract", "Write the facts of one document as xBRL-JSON."),
    "baseline": ("ticktie.cli.baseline", "Write the findings of today as known ones: then only new ones fail."),
    "config": ("ticktie.cli.config", "Print every setting, and where its value comes from."),
    "diff": ("ticktie.cli.diff", "Compare two drafts or two extractions: facts and findings that differ."),
    "mutate": ("ticktie.cli.mutate", "Make errors in a document on purpose, and say how many the checks catch."),
    "rule": ("ticktie.cli.rule", "List the rules, or explain one."),
    "score": ("ticktie.cli.score", "Compare facts or findings with a truth file."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and lists them without importing any."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; where click itself (help, version) cannot write, say so in one line and exit with 2."""
        try:
            return super().main(*args, **extra)
        except OSError as problem:
            if problem.filename is not None:
                raise
            from ticktie.cli.output import lost_output

            error = lost_output(problem)
            with suppress(OSError):
                error.show()
            sys.exit(error.exit_code)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="ticktie", message="%(prog)s %(version)s")
def main() -> None:
    """Tick and tie: check every printed figure of a financial document against the figures it must agree with.

    \b
    Examples:
      ticktie check release.txt                 findings, with the printed line of each figure
      ticktie check releases/ --output-format json=report.json
      ticktie extract release.txt -o facts.json
      ticktie rule TIE001                       what a rule says, and why

    \b
    Exit codes: 0 nothing to report, 1 findings, 2 usage or configuration error,
    3 a named file that could not be read or holds no figure.
    """


if __name__ == "__main__":
    main(prog_name="ticktie")

"""The README's picture: what ``ticktie check`` prints for one finding of the sample release, as an SVG.

``python -m tests.exam.picture`` writes it; a test of every day compares its words with what is printed now.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.support import PROJECT
from ticktie.model.findings import Report, Severity
from ticktie.pipeline import check_document
from ticktie.render import Options, render

SAMPLE = Path("samples/brightwater_sensors.txt")
PICTURE = Path("reports/examples/check.svg")
#: Fonts that the picture would load from elsewhere: the reader's own monospaced font serves.
_FONTS = re.compile(r"\s*@font-face \{[^}]*\}")
BEGIN, END = "<!-- picture: begin (python -m tests.exam.picture writes this) -->", "<!-- picture: end -->"


def printed(colour: bool) -> str:
    """The errors of the sample release as the terminal shows them, and the closing line."""
    report = Report((check_document(SAMPLE),))
    found = render("text", report, Options(colour=colour, width=100, least=Severity.ERROR, quiet=True))
    closing = render("text", report, Options(colour=colour, width=100)).splitlines()[-1:]
    return found.decode() + b"\n".join(closing).decode()


def main() -> None:
    """Write the picture and the README's link to it."""
    console = Console(record=True, width=104, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ ticktie check {SAMPLE}\n" + printed(colour=True)))
    (PROJECT / PICTURE).parent.mkdir(parents=True, exist_ok=True)
    drawn = _FONTS.sub("", console.export_svg(title="ticktie", unique_id="ticktie"))
    (PROJECT / PICTURE).write_text(drawn, encoding="utf-8")
    readme = PROJECT / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    link = f"![What ticktie check prints: the claim, the table row that contradicts it, why and remedy]({PICTURE})"
    readme.write_text(f"{before}{BEGIN}\n{link}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()

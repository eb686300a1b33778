"""The reports of two invented releases in every format that is text: one release clean, one wrong and hostile.

``python -m tests.formats`` writes them anew: look at the difference before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import PROJECT
from ticktie.model.findings import Report
from ticktie.pipeline import check_document
from ticktie.render import RENDERERS, Options, render

HERE = PROJECT / "tests" / "formats"
RELEASES = ("hostile.txt", "clean.txt")
#: The pages of the HTML report are looked at in a browser, binary formats by their own readers.
FORMATS = tuple(name for name, form in RENDERERS.items() if not form.binary and name != "html")


def golden_file(output_format: str) -> Path:
    return HERE / "golden" / f"{output_format}.txt"


def written(output_format: str) -> bytes:
    """Both releases in one report of this format, as from the folder in which they lie."""
    with _folder(HERE):
        report = Report(tuple(check_document(Path(name)) for name in RELEASES))
        return render(output_format, report, Options())


@contextmanager
def _folder(place: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(place)
    try:
        yield
    finally:
        os.chdir(before)

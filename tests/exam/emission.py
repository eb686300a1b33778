"""What is emitted, in the reference processor and in a browser: the four filings, and tagged ones without tags."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.arelle import hear
from tests.exam.board import Figure
from tests.unit.emitted import emission_of, rows, write
from ticktie.pipeline import check_facts, extract_document

FORMATS = ("ixbrl", "xbrl", "xbrl-json", "xbrl-csv", "xbri", "xbr")
_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class _Tally:
    outputs: int = 0
    problems: int = 0
    other_facts: int = 0
    sums_missed: int = 0
    facts: int = 0
    hidden: int = 0
    omitted: int = 0


def measure(shared: Path) -> Iterator[Figure]:
    """Validity, round trip and looks of everything that is written."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        seeds, pages = _Tally(), []
        for document in sorted((shared / "seeds").glob("*.txt")):
            pages.append((_emitted(document, work / document.stem, FORMATS, seeds), document))
        yield from _figures("seeds", seeds, 24)
        yield Figure("emission", "seeds with another text in the browser", _other_texts(pages), "<=", 0)
        share = _seen_in_viewer(pages[-1][0], work)
        yield Figure("emission", "facts that the viewer finds (share)", share, ">=", 1)
        filings = _Tally()
        for document in _stripped(shared, work):
            _emitted(document, work / document.stem, ("ixbrl",), filings)
        yield from _figures("filings", filings, 13)


def _figures(name: str, tally: _Tally, outputs: int) -> Iterator[Figure]:
    yield Figure("emission", f"{name} outputs validated", tally.outputs, ">=", outputs)
    yield Figure("emission", f"{name} errors and warnings", tally.problems, "<=", 0)
    yield Figure("emission", f"{name} outputs with other facts", tally.other_facts, "<=", 0)
    yield Figure("emission", f"{name} broken sums not told exactly", tally.sums_missed, "<=", 0)
    written = tally.facts / (tally.facts + tally.omitted)
    yield Figure("emission", f"{name} figures tagged (share)", written, ">=", 0.95)
    yield Figure("emission", f"{name} tags hidden (share)", tally.hidden / tally.facts, "<=", 0.02)


def _emitted(path: Path, folder: Path, formats: tuple[str, ...], tally: _Tally) -> Path:
    """Write ``path`` in every format and hold each against the oracle; the first file written."""
    found = extract_document(path)
    emission = emission_of(found.facts, "report")
    checks = check_facts(found.facts, "report").checks
    broken = len({check.total for check in checks if check.outcome == "broken" and check.rule == "FOOT001"})
    tally.facts, tally.omitted = tally.facts + len(emission.facts), tally.omitted + len(emission.omitted)
    files = [write(folder / name, emission, found.document, name) for name in formats]
    for file in files:
        heard = hear(file)
        tally.outputs += 1
        tally.problems += len(heard.problems)
        tally.other_facts += heard.facts != rows(emission)
        tally.sums_missed += abs(heard.inconsistencies - broken)
    head = files[0].read_text(encoding="utf-8").partition("<ix:references")[0]
    tally.hidden += head.count("<ix:nonFraction")
    return files[0]


def _stripped(shared: Path, work: Path) -> Iterator[Path]:
    """The filings of the corpus with every tag taken out."""
    tool = shared / "score" / "ixbrl_truth.py"
    for filing in sorted((shared / "corpus" / "ixbrl").iterdir()):
        source = max(filing.glob("*.htm"), key=lambda file: file.stat().st_size)
        out = work / f"{filing.name}.htm"
        subprocess.run([sys.executable, str(tool), "--strip", str(source), str(out)], check=True, capture_output=True)
        yield out


def _seen_in_viewer(page: Path, work: Path) -> float | None:
    """The share of a page's visible facts that the ixbrl-viewer finds; None without it or a browser."""
    if not Path(_CHROMIUM).exists() or find_spec("iXBRLViewerPlugin") is None:
        return None
    from playwright.sync_api import sync_playwright

    viewer = work / "viewer.html"
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--workOffline", "--plugins", "iXBRLViewerPlugin"]
    options = ["--file", str(page), "--save-viewer", str(viewer)]
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=120)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=[*_FLAGS, "--allow-file-access-from-files"])
        tab = browser.new_page()
        tab.goto(viewer.as_uri())
        tab.wait_for_timeout(8000)
        seen = sum(frame.evaluate("document.querySelectorAll('.ixbrl-element').length") for frame in tab.frames)
        browser.close()
    shown = page.read_text(encoding="utf-8").partition("</ix:header>")[2].count("<ix:nonFraction")
    return seen / shown


def _other_texts(pages: list[tuple[Path, Path]]) -> int | None:
    """How many pages show other words than their text does; None where there is no browser."""
    if not Path(_CHROMIUM).exists():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        tab = browser.new_page()
        other = 0
        for page, source in pages:
            tab.goto(page.as_uri())
            shown = tab.evaluate("document.body.innerText")
            other += shown.split() != source.read_text(encoding="utf-8").split()
        browser.close()
    return other

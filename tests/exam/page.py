"""The page and the workpaper of filings: in a browser, by their size, and by what their formulas give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook

from tests.browser.chromium import Opened, browser, chromium, opened, serious
from tests.browser.documents import large
from tests.exam.board import Figure
from tests.unit.sheets import Evaluator, footings
from ticktie.model.findings import DocumentReport, Report
from ticktie.pipeline import check_document
from ticktie.render import render
from ticktie.render.html_document import body
from ticktie.render.html_marks import marks
from ticktie.render.order import facts_in_order
from ticktie.render.xlsx_sheets import sheets, spots
from ticktie.render.xlsx_ticks import cell

KILOBYTE = 1000
SCREENS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (1440, 420)
    for scheme in ("light", "dark")
]


def measure(shared: Path) -> Iterator[Figure]:
    """Browser figures of two seeds and of 5,000 figures; sizes; places and footings over all releases."""
    seeds = {number: check_document(next((shared / "seeds").glob(f"{number}_*.txt"))) for number in ("000", "004")}
    releases = list(_reports(sorted((shared / "corpus/press_releases").iterdir())))
    with TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "large.txt").write_text(large(), encoding="utf-8")
        many = check_document(work / "large.txt")
        pages = {name: _written(work, name, report) for name, report in (seeds | {"large": many}).items()}
        yield from _in_browser(pages)
        over = max(_over_source(pages[name], seeds[name]) for name in seeds)
        yield Figure("page", "page over source, seeds", over, "<=", 300, "kB")
        share = 5000 / sum(counts.figures for counts in _counts(many))
        yield Figure(
            "page", "page over source, 5000 figures", share * _over_source(pages["large"], many), "<=", 300, "kB"
        )
    yield Figure("page", "figures shown in their place", _shown([*seeds.values(), *releases]), ">=", 1)
    yield Figure("page", "footing formulas that give the printed total", _footed([*seeds.values(), *releases]), ">=", 1)


def _counts(report: DocumentReport) -> list[Any]:
    return [report.counts("table"), report.counts("narrative")]


def _reports(paths: Iterable[Path]) -> Iterator[DocumentReport]:
    """The reports of the documents that are read and hold figures."""
    for path in paths:
        try:
            report = check_document(path)
        except Exception as problem:
            print(f"  {path.name}: not read ({type(problem).__name__})")
            continue
        if report.facts:
            yield report


def _written(work: Path, name: str, report: DocumentReport) -> Path:
    file = work / f"{name}.html"
    file.write_bytes(render("html", Report((report,))))
    return file


def _over_source(page: Path, report: DocumentReport) -> float:
    source = len(report.document.text.encode()) if report.document else 0
    return (page.stat().st_size - source) / KILOBYTE


def _in_browser(pages: dict[str, Path]) -> Iterator[Figure]:
    path = chromium()
    if path is None:
        yield Figure("page", "serious violations (axe-core)", None, "<=", 0)
        return
    with browser(path) as chrome:
        loud: list[str] = []
        noise = 0
        for name in ("000", "004"):
            for screen in SCREENS:
                one = opened(chrome, pages[name], **screen)
                loud += serious(one.page)
                noise += len(one.said) + len(one.asked)
                one.page.context.close()
        for each in loud:
            print(f"  {each}")
        yield Figure("page", "serious violations (axe-core)", len(loud), "<=", 0)
        yield Figure("page", "console messages and requests", noise, "<=", 0)
        yield Figure("page", "evidence of 004 complete", _evidence(opened(chrome, pages["004"])), ">=", 1)
        yield Figure("page", "interactive, 5000 figures", _interactive(chrome, pages["large"]), "<=", 1.5, "s", False)


def _evidence(one: Opened) -> float:
    """The share of what proves the finding that its evidence names, after a click on the broken figure."""
    one.page.click("article.finding.error .places a")
    one.page.locator("#evidence h2", has_text="broken").wait_for()
    text = one.page.locator("#evidence").inner_text()
    wanted = ("3,886", "1,051", "227", "5,164")
    return sum(figure in text for figure in wanted) / len(wanted)


def _interactive(chrome: Any, page: Path) -> float:
    """Seconds from opening a page until a click in its middle has shown its evidence; the best of three."""
    return min(_open_and_click(chrome, page) for _ in range(3))


def _open_and_click(chrome: Any, page: Path) -> float:
    one = opened(chrome, page)
    clicked = one.page.evaluate("(mark => (mark.click(), mark.id))(document.querySelectorAll('#document a')[2500])")
    one.page.wait_for_selector(f"#{clicked}.selected")
    taken = float(one.page.evaluate("performance.now()")) / 1000
    one.page.context.close()
    return taken


def _shown(reports: Iterable[DocumentReport]) -> float:
    """The share of the figures with a place in their document that the page shows there."""
    wanted = found = 0
    for report in reports:
        if report.document is not None:
            places = marks(report, facts_in_order(report.facts))
            shown = body(report.document, places).facts
            figures = [fact for mark in places for fact in mark.facts]
            wanted, found = wanted + len(figures), found + sum(fact in shown for fact in figures)
            if len(shown) < len(figures):
                print(f"  {Path(report.path).name}: {len(shown)} of {len(figures)} figures shown in place")
    return found / max(1, wanted)


def _footed(reports: Iterable[DocumentReport]) -> float:
    """The share of the workpapers' footing formulas that give the printed total, of the totals whose sums all tie."""
    wanted = found = 0
    for report in reports:
        book = load_workbook(BytesIO(render("xlsx", Report((report,)))))
        evaluate, tied = Evaluator(book), _tied_totals(report)
        feet = [(sheet, total, foot) for sheet, total, foot in footings(book) if (sheet, total) in tied]
        wanted += len(feet)
        found += sum(evaluate.value(sheet, total) == evaluate.value(sheet, foot) for sheet, total, foot in feet)
    return found / max(1, wanted)


def _tied_totals(report: DocumentReport) -> set[tuple[str, str]]:
    """Sheet and cell of the totals that every one of their sums ties."""
    places = spots(sheets(facts_in_order(report.facts), report.document))
    sums = [check for check in report.checks if check.rule.startswith("FOOT") and check.outcome != "incomplete"]
    loose = {check.total for check in sums if check.outcome != "tied"}
    totals = {check.total for check in sums} - loose
    return {(places[fact].sheet, cell(places[fact])) for fact in totals if fact in places}

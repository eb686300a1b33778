"""Pages of the samples, of a hostile document and of a large one, in a browser. Without Chromium the tests are skipped
(in CI they fail)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Opened, browser, chromium, opened
from tests.browser.documents import HOSTILE, large
from tests.conftest import IN_CI
from tests.support import PROJECT
from ticktie.model.findings import Report
from ticktie.pipeline import check_document
from ticktie.render import Options, render_files

Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    path = chromium()
    if path is None:
        (pytest.fail if IN_CI else pytest.skip)("no Chromium: install it, or set TICKTIE_CHROMIUM to its path")
    with browser(path) as started:
        yield started


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the page of documents (paths, or a text by name) into a folder and gives the file of the first page."""

    def write(*documents: Path) -> Path:
        folder = tmp_path_factory.mktemp("pages")
        report = Report(tuple(check_document(document) for document in documents))
        for name, data in render_files("html", report, Options(), "page.html").items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        return folder / "page.html"

    return write


@pytest.fixture(scope="session")
def sample_page(written: Callable[..., Path]) -> Path:
    return written(PROJECT / "samples/brightwater_sensors.txt")


@pytest.fixture(scope="session")
def hostile_page(written: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("hostile") / "<img src=x onerror=alert(9)>.txt"
    source.write_text(HOSTILE, encoding="utf-8")
    return written(source)


@pytest.fixture(scope="session")
def large_page(written: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("large") / "large.txt"
    source.write_text(large(), encoding="utf-8")
    return written(source)


@pytest.fixture
def show(chrome: Any) -> Iterator[Open]:
    """Opens a page; at the end it must have said nothing on the console and asked nothing of the network."""
    shown: list[Opened] = []

    def one(file: Path, anchor: str = "", **context: Any) -> Opened:
        shown.append(opened(chrome, file, anchor, **context))
        return shown[-1]

    yield one
    for each in shown:
        each.page.context.close()
        assert (each.said, each.asked) == ([], [])

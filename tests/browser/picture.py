"""The README's picture of the page: the sample release with its planted error, as ``python -m tests.browser.picture``
photographs it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.chromium import browser, chromium, opened
from tests.support import PROJECT
from ticktie.model.findings import Report
from ticktie.pipeline import check_document
from ticktie.render import render

SAMPLE = Path("samples/brightwater_sensors.txt")
PICTURE = PROJECT / "reports/examples/page.png"


def main() -> None:
    """Write the picture; needs Chromium."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium: install it, or set TICKTIE_CHROMIUM to its path")
    with TemporaryDirectory() as folder, browser(path) as chrome:
        page = Path(folder) / "page.html"
        page.write_bytes(render("html", Report((check_document(PROJECT / SAMPLE),))))
        one = opened(chrome, page, viewport={"width": 1500, "height": 860})
        one.page.locator("#evidence .operand a").nth(1).click()
        one.page.wait_for_timeout(300)
        one.page.screenshot(path=str(PICTURE))


if __name__ == "__main__":
    main()

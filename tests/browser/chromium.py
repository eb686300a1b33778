"""Debian's Chromium without its own network traffic, and what a page did in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The path of a Chromium on this machine; None where there is none."""
    named = os.environ.get("TICKTIE_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@contextmanager
def browser(path: str) -> Iterator[Any]:
    """The browser at ``path``, closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class Opened:
    """A page with what it said and asked for: console messages, errors and requests other than for files."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.asked.append(url)


def opened(browser: Any, file: Path, anchor: str = "", **context: Any) -> Opened:
    """``file`` in a context of its own, ready for people; ``context`` holds viewport, colour scheme and the like."""
    context.setdefault("viewport", {"width": 1440, "height": 900})
    one = Opened(browser.new_context(**context).new_page())
    one.listen()
    one.page.goto(file.as_uri() + anchor)
    one.page.wait_for_selector("html[data-ready], body.index")
    return one


def serious(page: Any) -> list[str]:
    """What axe-core finds serious or critical in ``page``: rule and element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    loud = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['html'][:120]}" for one in loud for node in one["nodes"]]

"""What every test shares: the folder of other people's documents, reproducible generation, and no skips in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import shared_folder

IN_CI = bool(os.environ.get("CI"))

settings.register_profile("everyday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("everyday"), derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "everyday")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents and golden files beside the project; absent, its tests are skipped (in CI they fail)."""
    folder = shared_folder()
    if folder is None:
        (pytest.fail if IN_CI else pytest.skip)("no folder of shared documents: set TICKTIE_SHARED to its path")
    return folder


class NoSkips:
    """Counts skipped tests and modules, and fails a CI run that has any."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name in self.skipped:
            terminalreporter.write_line(f"FAILED in CI because it was skipped: {name}")


def pytest_configure(config: pytest.Config) -> None:
    if IN_CI and not hasattr(config, "workerinput"):
        config.pluginmanager.register(NoSkips(), "no-skips")

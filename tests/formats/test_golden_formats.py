"""Every format says what was reviewed, and all formats say the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from junitparser import JUnitXml

from tests.formats import FORMATS, golden_file, written
from ticktie.model.findings import Report
from ticktie.pipeline import check_document
from ticktie.render import Options, render


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_report_is_what_was_reviewed(output_format: str) -> None:
    """Where this is an improvement: ``python -m tests.formats``, then look at the difference."""
    assert written(output_format) == golden_file(output_format).read_bytes()


@pytest.fixture(scope="module", params=["000", "004"])
def filing(request: pytest.FixtureRequest, shared: Path) -> Report:
    """A real filing, which the project does not hold: its reports are held against each other."""
    return Report((check_document(next((shared / "seeds").glob(f"{request.param}*.txt"))),))


def as_format(name: str, of: Report) -> str:
    return render(name, of, Options()).decode()


class TestOfRealFilings:
    def test_every_format_tells_the_same_findings_at_the_same_places(self, filing: Report) -> None:
        findings = json.loads(as_format("json", filing))["documents"][0]["findings"]
        wanted = Counter((one["rule"], one["locations"][0]["line"]) for one in findings)
        results = json.loads(as_format("sarif", filing))["runs"][0]["results"]
        places = [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in results]
        assert Counter((one["ruleId"], line) for one, line in zip(results, places, strict=True)) == wanted
        entries = json.loads(as_format("gitlab", filing))
        assert Counter((one["check_name"], one["location"]["lines"]["begin"]) for one in entries) == wanted
        commands = re.findall(r"^::\w+ .*?line=(\d+),.*?title=(\w+) ", as_format("github", filing), re.M)
        assert Counter((rule, int(line)) for line, rule in commands) == wanted
        lines = re.findall(r":(\d+):\d+: \w+ (\w+) ", as_format("concise", filing))
        assert Counter((rule, int(line)) for line, rule in lines) == wanted

    def test_the_test_report_has_a_case_for_each_check(self, filing: Report) -> None:
        suite = next(iter(JUnitXml.fromstring(as_format("junit", filing).encode())))
        assert suite.tests >= len(filing.documents[0].checks)
        assert bool(suite.failures) == any(str(one.severity) == "error" for one in filing.documents[0].findings)

"""The project's own sample releases: one with a planted error and OCR damage, one clean."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.exam.command import TICKTIE
from tests.exam.picture import PICTURE, SAMPLE, printed
from tests.support import PROJECT
from tests.unit.schemas import schema
from ticktie.model.findings import DocumentReport, Severity
from ticktie.pipeline import check_document

CLEAN = "samples/tallow_creek_bakeries.txt"


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)


def lines_of(report: DocumentReport, severity: Severity) -> list[str]:
    """The printed first line of every finding of ``severity``."""
    assert report.document is not None
    text = report.document.text.split("\n")
    return [text[(f.locations[0].line or 0) - 1] for f in report.findings if f.severity == severity]


def test_the_planted_error_is_the_only_error_and_points_at_the_claim() -> None:
    report = check_document(SAMPLE)
    errors = [finding for finding in report.findings if finding.severity > Severity.NOTE]
    assert [finding.rule[:3] for finding in errors] == ["TIE"]
    places = {location.line for location in errors[0].locations}
    assert report.document is not None
    text = report.document.text.split("\n")
    assert any(text[(line or 0) - 1].startswith("Total revenues for the three months") for line in places)


def test_the_damage_of_the_first_sample_is_noted_and_all_its_figures_are_ticked() -> None:
    report = check_document(SAMPLE)
    notes = lines_of(report, Severity.NOTE)
    assert any("Tatal" in line or "Total revenues" in line for line in notes)
    tables = report.counts("table")
    assert (tables.figures, tables.unverified, tables.broken) == (82, 0, 0)


def test_the_clean_sample_has_no_finding_and_every_figure_in_it_is_ticked() -> None:
    report = check_document(PROJECT / CLEAN)
    assert report.findings == ()
    tables, claims = report.counts("table"), report.counts("narrative")
    assert (tables.unverified, claims.unverified) == (0, 1)


def test_the_picture_in_the_readme_shows_what_is_printed_now() -> None:
    drawn = " ".join(re.findall(r">([^<>]+)</text>", (PROJECT / PICTURE).read_text(encoding="utf-8")))
    words = set(html.unescape(drawn).replace("\xa0", " ").split())
    missing = set(printed(colour=False).split()) - words
    assert missing == set(), "draw it again: python -m tests.exam.picture"


def written(*arguments: str | Path, hash_seed: str = "0") -> bytes:
    """Standard output of the installed command."""
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    return subprocess.run([TICKTIE, *arguments], capture_output=True, env=environment, check=False).stdout


def test_reports_and_facts_of_the_samples_keep_to_their_schemas() -> None:
    schema("report").validate(json.loads(written("check", "samples", "--output-format", "json")))
    schema("facts").validate(json.loads(written("extract", SAMPLE)))


def test_reports_and_facts_of_real_filings_keep_to_their_schemas(shared: Path) -> None:
    schema("report").validate(json.loads(written("check", shared / "seeds", "--output-format", "json")))
    for filing in sorted((shared / "seeds").glob("*.txt")):
        schema("facts").validate(json.loads(written("extract", filing)))


def test_two_runs_give_the_same_bytes_whatever_the_order_of_hashes() -> None:
    first, second = (written("check", "samples", "--output-format", "json", hash_seed=seed) for seed in "12")
    assert first == second != b""


def test_every_id_in_a_report_names_something_in_it() -> None:
    for document in json.loads(written("check", "samples", "--output-format", "json"))["documents"]:
        facts, checks = set(document["facts"]), {check["id"] for check in document["checks"]}
        for check in document["checks"]:
            assert {check["total"], *(item["fact"] for item in check["items"])} <= facts
        for finding in document["findings"]:
            assert set(finding["facts"]) | set(finding["candidates"]) <= facts and set(finding["checks"]) <= checks
        for fact in document["facts"].values():
            assert set(fact["ticktie:ties_to"]) <= facts and set(fact["ticktie:checks"]) <= checks

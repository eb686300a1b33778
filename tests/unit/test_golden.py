"""Hand-written releases of invented companies, each with one kind of damage, are read as was reviewed by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden import documents, golden_file, text_of
from ticktie.model.findings import Severity
from ticktie.pipeline import check_document

each_document = pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)


@each_document
def test_a_document_is_read_as_reviewed(path: Path) -> None:
    """Where this is an improvement: ``python -m tests.golden``, then look at the difference."""
    assert text_of(path) == golden_file(path).read_text(encoding="utf-8")


@each_document
def test_every_reviewed_figure_stands_on_its_line(path: Path) -> None:
    """The golden files cannot drift from the documents: the digits of each sound figure are on the line it names."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for line, _, _, value, unit, *damage in json.loads(golden_file(path).read_text(encoding="utf-8"))["figures"]:
        if damage or value == "0":
            continue
        digits = value.lstrip("-")
        printed = digits if unit == "USD/share" else f"{int(digits) // 1000:,}"
        assert printed in lines[line - 1]


@each_document
def test_damage_alone_is_no_error(path: Path) -> None:
    """These companies made no mistake: whatever an OCR engine did to their print, nothing is reported as wrong."""
    findings = check_document(path).findings
    assert [finding.message for finding in findings if finding.severity > Severity.NOTE] == []


@each_document
def test_clean_documents_are_without_notes_and_damaged_ones_are_not(path: Path) -> None:
    """Stray nil marks and page numbers take nothing away, so nobody needs to look at them."""
    silent = {"clean_cash_flows", "thirteen_weeks", "nil_marks", "page_numbers"}
    notes = json.loads(golden_file(path).read_text(encoding="utf-8"))["notes"]
    assert bool(notes) == (path.stem not in silent)


def test_every_golden_file_has_its_document() -> None:
    assert {path.stem for path in golden_file(documents()[0]).parent.glob("*.json")} == {
        path.stem for path in documents()
    }

"""From a file to facts and to a report: the data flow on one page."""

from __future__ import annotations

import hashlib
import pickle
from decimal import Decimal
from inspect import cleandoc
from pathlib import Path

import pytest

from tests.unit.tables import printed
from ticktie.model.findings import DocumentReport
from ticktie.pipeline import check_document, extract_document, rule_book
from ticktie.read import ReadError

TEXT = """
    HARWELL, July 20, 2031 – Total revenues for the three months ended June 30, 2031 were \\$8.2 million, compared to \\$7.6 million for the same period last year.

    STATEMENTS OF OPERATIONS (in thousands)

     | Three Months Ended June 30, | | |
     | 2031 | | 2030 |
    Room sales | $ | 6,127 | $ | 5,684
    Restaurant sales | | 2,085 | | 1,930
    Total revenues | | 8,212 | | 7,614
    """  # noqa: E501


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(printed(cleandoc(TEXT)), encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str) -> DocumentReport:
    """The report of the release with one part of its text exchanged."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return check_document(path)


def test_a_file_gives_its_document_and_its_facts(release: Path) -> None:
    extraction = extract_document(release)
    assert extraction.document.path == str(release)
    kinds = [fact.kind for fact in extraction.facts.facts]
    assert (kinds.count("table"), kinds.count("narrative")) == (6, 2)


def test_the_entity_is_that_of_every_fact(release: Path) -> None:
    facts = extract_document(release, "cik:0000000007").facts.facts
    assert {fact.entity for fact in facts} == {"cik:0000000007"}


def test_a_report_names_its_file_by_path_and_digest(release: Path) -> None:
    report = check_document(release)
    assert (report.path, report.sha256) == (str(release), hashlib.sha256(release.read_bytes()).hexdigest())
    assert report.error is None


def test_a_sound_release_is_ticked_from_end_to_end(release: Path) -> None:
    report = check_document(release)
    assert report.findings == ()
    assert report.counts("table").ticked == report.counts("table").figures == 6
    assert report.counts("narrative").unverified == 0


def test_a_wrong_claim_is_found_by_the_figure_that_proves_it_wrong(release: Path) -> None:
    """Link by words and period, never by value alone (principle 7 of the design)."""
    (finding,) = changed(release, "\\$7.6 million", "\\$7.9 million").findings
    assert finding.rule.startswith("TIE")
    assert (finding.actual, finding.expected) in (
        (Decimal("7900000"), Decimal("7614000")),
        (Decimal("7900000"), Decimal("7600000")),
    )


def test_a_wrong_total_breaks_its_footing(release: Path) -> None:
    report = changed(release, "7,614", "7,641")
    assert any(finding.rule.startswith("FOOT") for finding in report.findings)


def test_every_check_names_figures_of_the_report(release: Path) -> None:
    report = check_document(release)
    known = {fact.id for fact in report.facts}
    assert report.checks
    assert all({check.total, *(fact for fact, _ in check.items)} <= known for check in report.checks)


def test_a_report_pickles_with_its_document(release: Path) -> None:
    """Many documents are checked by many processes."""
    report = check_document(release)
    assert pickle.loads(pickle.dumps(report)) == report


def test_the_same_file_gives_the_same_report(release: Path) -> None:
    assert check_document(release) == check_document(release)


def test_an_unreadable_file_raises_with_its_path(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(ReadError) as error:
        check_document(empty)
    assert error.value.path == str(empty)


def test_a_text_without_figures_gives_a_report_without_facts(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("There is nothing to count here.\n", encoding="utf-8")
    assert check_document(path).facts == ()


def test_the_rules_are_loaded_once() -> None:
    assert rule_book() is rule_book()

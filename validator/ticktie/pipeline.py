"""read -> extract -> map -> restore -> check -> report: the data flow, on one page."""

from __future__ import annotations

import codecs
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ticktie.check.book import RuleBook
from ticktie.check.engine import check
from ticktie.check.rule import load
from ticktie.extract.reports import is_periodic_report
from ticktie.gate.ground import apart, ground, together
from ticktie.model.facts import FactSet
from ticktie.model.findings import DocumentReport, Finding, Severity
from ticktie.model.source import Document
from ticktie.read import facts as facts_files
from ticktie.read.document import read
from ticktie.read.errors import ReadError
from ticktie.read.supplied import Names, Supplied
from ticktie.restore.document import restore
from ticktie.restore.supplied import complete


class Extraction(Struct, frozen=True):
    """A document with the facts that were read in it."""

    document: Document
    facts: FactSet


def extract_document(path: Path, entity: str | None = None) -> Extraction:
    """Read ``path`` and map its figures to facts; raises ``ReadError`` (file, place, remedy) where it cannot."""
    document = read(path.read_bytes(), str(path))
    return Extraction(document, restore(document, entity or document.entity))


def check_document(path: Path, entity: str | None = None, book: RuleBook | None = None) -> DocumentReport:
    """Read, map and check ``path``; raises ``ReadError`` (file, place, remedy) where it cannot be read."""
    extraction = extract_document(path, entity)
    document = extraction.document
    report = check_facts(extraction.facts, str(path), book)
    if document.source is not None and is_periodic_report(document):
        report = _without_loud_claims(report)
    return replace(report, sha256=document.sha256, document=document)


def _without_loud_claims(report: DocumentReport) -> DocumentReport:
    """A report whose findings about sentences are notes: the text of a periodic report may speak of a part that its
    words do not name."""
    said = {fact.id for fact in report.facts if fact.kind == "narrative"}
    findings = [
        finding if said.isdisjoint(finding.facts) else replace(finding, severity=Severity.NOTE)
        for finding in report.findings
    ]
    return replace(report, findings=tuple(findings))


def supplied_facts(path: Path, entity: str | None = None, names: Names | None = None) -> list[Supplied]:
    """The facts of a facts file, one set for each document that it tells apart; raises ``ReadError``."""
    found = facts_files.read(path.read_bytes(), str(path), names)
    return [one if one.is_whole else replace(one, facts=complete(one.facts, entity)) for one in found]


def check_facts_file(
    path: Path, entity: str | None = None, names: Names | None = None, book: RuleBook | None = None
) -> tuple[DocumentReport, ...]:
    """Check the facts of a facts file, each document that it tells apart by itself; raises ``ReadError``."""
    reports = []
    for one in supplied_facts(path, entity, names):
        report = check_facts(one.facts, f"{path}#{one.name}" if one.name else str(path), book)
        sha256 = one.source.sha256 if one.source else ""
        reports.append(replace(report, sha256=sha256, document=one.source))
    return tuple(reports)


def check_grounded(
    path: Path, supplied: FactSet, entity: str | None = None, book: RuleBook | None = None
) -> DocumentReport:
    """Check the document at ``path`` and the facts ``supplied`` for it, and hold these against its figures."""
    extraction = extract_document(path, entity)
    own = check_facts(extraction.facts, str(path), book)
    grounded = ground(apart(supplied, own.facts), extraction.facts, extraction.document.text)
    given = check_facts(
        replace(supplied, facts=grounded.facts, observations=(*supplied.observations, *grounded.observations)),
        str(path),
        book,
    )
    document = extraction.document
    return replace(together(own, given), sha256=document.sha256, document=document)


def as_seen(report: DocumentReport) -> DocumentReport:
    """``report`` with the page that a reader sees in place of bare markup (a tagged report), for what shows documents;
    places stay those of the file."""
    from ticktie.read import html

    document = report.document
    if document is None or document.blocks or document.source is not None:
        return report
    data = codecs.BOM_UTF8 + document.text.encode("utf-8", "replace")
    if not html.is_html(data):
        return report
    try:
        return replace(report, document=html.read(data, document.path))
    except ReadError:
        return report


def check_facts(facts: FactSet, path: str, book: RuleBook | None = None) -> DocumentReport:
    """Check ``facts``; what stands on assumed decimals stops at a warning."""
    verdict = check(facts, book or rule_book())
    assumed = frozenset(fact.id for fact in facts.facts if fact.decimals_assumed)
    return DocumentReport(
        path=path,
        sha256="",
        facts=facts.facts,
        checks=verdict.checks,
        findings=tuple(_capped(finding, assumed) for finding in verdict.findings),
        states=verdict.states,
    )


def _capped(finding: Finding, assumed: frozenset[str]) -> Finding:
    if finding.severity <= Severity.WARNING or assumed.isdisjoint(finding.facts):
        return finding
    return replace(finding, severity=Severity.WARNING)


@cache
def rule_book() -> RuleBook:
    """The rules that ship with ticktie, loaded once."""
    return load()

"""Findings that somebody lets stand, with a reason and until a date: an expired suppression fails the run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ticktie.config import Suppression, matches
from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Finding, Report, Threshold


class Waiver(Struct, frozen=True):
    """A suppression with where it stands; ``document`` is the one beside which it stands, empty where it is the
    project's; ``root`` is what its pattern of paths counts from."""

    of: Suppression
    place: str
    root: Path
    document: str = ""


def suppress(report: Report, waivers: Iterable[Waiver], today: date) -> Report:
    """``report`` with the suppressed findings accepted; expired waivers are missed thresholds, those that nothing
    matches are remarks."""
    waivers = tuple(waivers)
    valid = [waiver for waiver in waivers if today <= waiver.of.expires]
    used: set[int] = set()
    documents = tuple(_document(document, valid, used) for document in report.documents)
    expired = tuple(_expired(waiver) for waiver in waivers if waiver not in valid)
    remarks = tuple(
        f"{waiver.place}: this suppression ({waiver.of.reason}) matches nothing; remove it"
        for number, waiver in enumerate(valid)
        if number not in used
    )
    after = replace(report, documents=documents, thresholds=(*report.thresholds, *expired))
    return replace(after, remarks=(*report.remarks, *remarks))


def _expired(waiver: Waiver) -> Threshold:
    name = f"suppression of {waiver.of.rule or waiver.of.fingerprint} ({waiver.place})"
    return Threshold(name, "one that is valid", f"expired after {waiver.of.expires}: {waiver.of.reason}", False)


def _document(document: DocumentReport, waivers: list[Waiver], used: set[int]) -> DocumentReport:
    facts = {fact.id: fact for fact in document.facts}
    found = []
    for finding in document.findings:
        fits = [number for number, waiver in enumerate(waivers) if _fits(waiver, finding, document, facts)]
        used.update(fits)
        found.append(replace(finding, accepted=_why(waivers[fits[0]])) if fits and not finding.accepted else finding)
    return replace(document, findings=tuple(found))


def _why(waiver: Waiver) -> str:
    return f"suppressed until {waiver.of.expires}: {waiver.of.reason}"


def _fits(waiver: Waiver, finding: Finding, document: DocumentReport, facts: dict[str, Fact]) -> bool:
    wanted = waiver.of
    family = finding.rule.rstrip("0123456789").lower()
    file = document.path.partition("#")[0]  # a facts file may hold several documents
    return (
        (not wanted.rule or wanted.rule in (finding.rule, finding.name, family))
        and (not wanted.fingerprint or wanted.fingerprint == finding.fingerprint)
        and (not waiver.document or waiver.document == file)
        and (not wanted.path or matches(Path(file), [wanted.path], waiver.root))
        and _is_about(wanted, [facts[fact] for fact in finding.facts if fact in facts])
    )


def _is_about(wanted: Suppression, facts: list[Fact]) -> bool:
    """Whether one figure has both the label and the period that are wanted."""
    label, period = wanted.label.casefold(), wanted.period
    if not label and not period:
        return True
    return any((not label or label in _names(fact)) and period in ("", str(fact.period)) for fact in facts)


def _names(fact: Fact) -> set[str]:
    concept = fact.concept.casefold()
    return {(fact.label or "").casefold(), concept, concept.rpartition(":")[2]}

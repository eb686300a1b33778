"""JUnit XML: a suite for each document, a case for each check; a failure is a finding that fails the run.

Source: the format as Jenkins and GitLab read it (testsuites, testsuite, testcase, failure, error, skipped).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from ticktie.model.findings import Check, DocumentReport, Finding, Report
from ticktie.render import Options
from ticktie.render.neutral import clipped
from ticktie.render.order import checks_in_order, in_order
from ticktie.render.place import place
from ticktie.render.uri import shown


class Case(Struct, frozen=True):
    """One test case; ``verdict`` is ``failure``, ``error``, ``skipped`` or empty where it passed."""

    classname: str
    name: str
    verdict: str = ""
    message: str = ""
    detail: str = ""


def render(report: Report, options: Options) -> bytes:
    """``report`` as JUnit XML; thresholds are a suite of their own."""
    suites = [(shown(document.path), list(_cases(document, options))) for document in report.documents]
    if report.thresholds:
        suites.append(("thresholds", [_threshold(*one) for one in _thresholds(report)]))
    every = list(chain.from_iterable(cases for _, cases in suites))
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", f'<testsuites name="ticktie" {_totals(every)}>']
    lines += [line for name, cases in suites for line in _suite(name, cases)]
    return "\n".join([*lines, "</testsuites>", ""]).encode("utf-8", "backslashreplace")


def _thresholds(report: Report) -> Iterator[tuple[str, str, bool]]:
    for one in report.thresholds:
        yield one.name, f"wanted {one.wanted}, got {one.reached}", one.met


def _threshold(name: str, said: str, met: bool) -> Case:
    return Case("thresholds", name) if met else Case("thresholds", name, "failure", said, said)


def _cases(document: DocumentReport, options: Options) -> Iterator[Case]:
    """A case for each check, and one for each failing finding that no check stands behind."""
    if document.error is not None:
        yield Case("ticktie", "read", "error", document.error, document.error)
    failing = [one for one in in_order(document.findings) if one.severity >= options.fail_on and not one.accepted]
    of_check = {check: finding for finding in failing for check in finding.checks}
    labels = {fact.id: fact.label or fact.concept for fact in document.facts}
    yield from (_check(check, labels, of_check.get(check.id)) for check in checks_in_order(document.checks))
    yield from (_failed(one, f"{one.name} at {place(one.locations[0])}") for one in failing if not one.checks)


def _check(check: Check, labels: dict[str, str], finding: Finding | None) -> Case:
    name = f"{check.id} {labels.get(check.total, check.total)}"
    if finding is not None:
        return _failed(finding, name, check.rule)
    if check.outcome == "incomplete":
        return Case(check.rule, name, "skipped", "a figure that it needs is not stated")
    return Case(check.rule, name)


def _failed(finding: Finding, name: str, rule: str = "") -> Case:
    places = (f"at {place(location)}" for location in finding.locations)
    detail = "\n".join((clipped(finding.message), *places, clipped(f"remedy: {finding.remedy}")))
    return Case(rule or finding.rule, name, "failure", finding.message, detail)


def _suite(name: str, cases: list[Case]) -> Iterator[str]:
    yield f" <testsuite name={_quoted(name)} {_totals(cases)}>"
    for case in cases:
        start = f'  <testcase classname={_quoted(case.classname)} name={_quoted(case.name)} time="0"'
        yield f"{start}/>" if not case.verdict else f"{start}>{_verdict(case)}</testcase>"
    yield " </testsuite>"


def _verdict(case: Case) -> str:
    start = f"<{case.verdict} message={_quoted(case.message)}"
    if case.verdict == "skipped":
        return f"{start}/>"
    detail = "\n".join(clipped(line) for line in case.detail.split("\n"))
    return f'{start} type="ticktie">{escape(detail)}</{case.verdict}>'


def _quoted(text: str) -> str:
    return quoteattr(clipped(text))


def _totals(cases: list[Case]) -> str:
    verdicts = [case.verdict for case in cases]
    counts = {"tests": len(cases), "failures": verdicts.count("failure"), "errors": verdicts.count("error")}
    counts["skipped"] = verdicts.count("skipped")
    return " ".join(f'{name}="{number}"' for name, number in counts.items()) + ' time="0"'

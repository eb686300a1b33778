"""The json report of one document as columns: what the page's script reads, in a tenth of the space.

``{"facts": TABLE, "checks": TABLE, "findings": TABLE, "rules": {ID: [NAME, SUMMARY]}}``, where a TABLE is
``{COLUMN: {"values": [distinct values], "rows": [index into them for each row]}}``. Facts, checks and findings name
each other by their row. Numbers are decimal strings, as in the json report.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ticktie.model.facts import Fact
from ticktie.model.findings import Check, DocumentReport, Finding
from ticktie.model.number import plain
from ticktie.render.html_words import words_of
from ticktie.render.place import place
from ticktie.render.ticks import LEGEND, ticks
from ticktie.resources import rule_page

Row = dict[str, Any]
Table = dict[str, dict[str, list[Any]]]


def packed(
    document: DocumentReport, facts: Sequence[Fact], checks: Sequence[Check], findings: Sequence[Finding]
) -> str:
    """The data of a page, compressed (gzip) and in Base64: no character of it can end the element it stands in."""
    data = page_data(document, facts, checks, findings)
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def page_data(
    document: DocumentReport, facts: Sequence[Fact], checks: Sequence[Check], findings: Sequence[Finding]
) -> dict[str, Any]:
    """Facts, checks and findings of ``document`` as tables; the lists are in the order of the json report."""
    numbers = {fact.id: number for number, fact in enumerate(facts)}
    orders = {check.id: number for number, check in enumerate(checks)}
    rules, agreed = rules_of(checks, findings), _agreements(document)
    return {
        "facts": table([_fact(document, fact) | {"marks": agreed.get(fact.id, [])} for fact in facts]),
        "checks": table([_check(check, numbers) for check in checks]),
        "findings": table([_finding(finding, numbers, orders) for finding in findings]),
        "rules": {rule: _rule(rule) for rule in rules},
    }


def rules_of(checks: Sequence[Check], findings: Sequence[Finding]) -> list[str]:
    """The rules that were tried or found something, sorted."""
    return sorted({check.rule for check in checks} | {finding.rule for finding in findings})


def table(rows: Sequence[Row]) -> Table:
    """``rows`` by column, each distinct value of a column written once."""
    return {name: _column([row[name] for row in rows]) for name in (rows[0] if rows else ())}


def _column(cells: Iterable[Any]) -> dict[str, list[Any]]:
    places: dict[str, int] = {}
    values: list[Any] = []
    rows: list[int] = []
    for cell in cells:
        key = repr(cell)
        if key not in places:
            places[key] = len(values)
            values.append(cell)
        rows.append(places[key])
    return {"values": values, "rows": rows}


def _fact(document: DocumentReport, fact: Fact) -> Row:
    where = fact.location
    return {
        "kind": fact.kind,
        "label": _text(fact.label),
        "section": _text(fact.section),
        "statement": fact.statement,
        "concept": _text(fact.concept),
        "period": None if fact.period is None else str(fact.period),
        "unit": _text(fact.unit),
        "dimensions": [[_text(axis), _text(member)] for axis, member in fact.dimensions],
        "printed": _text(fact.printed),
        "value": _number(fact.value),
        "decimals": fact.decimals,
        "state": document.state(fact),
        "damage": [_text(words) for words in fact.damage],
        "evidence": [_text(words) for words in fact.evidence],
        "confidence": fact.confidence,
        "line": None if where is None else where.line,
        "pointer": None if where is None else _text(where.pointer),
    }


def _agreements(document: DocumentReport) -> dict[str, list[str]]:
    """For each figure its tick marks in words, and how it stands to the support that it was compared with.

    A mark's check is not named: the page shows all checks of a figure."""
    found: dict[str, list[str]] = defaultdict(list)
    checks = {check.id for check in document.checks}
    for tick in ticks(document):
        reference = "" if tick.reference in checks else tick.reference
        what = ", ".join(part for part in (LEGEND.get(tick.mark, ""), reference, tick.by) if part)
        found[tick.fact].append(words_of(f"{tick.mark}: {what}", 300))
    for tie in document.ties or ():
        if tie.outcome != "agreed":
            where = tie.source if tie.location is None else place(tie.location)
            found[tie.fact].append(words_of(f"support {tie.outcome}{where and ': ' + where}", 300))
    return found


def _check(check: Check, numbers: Mapping[str, int]) -> Row:
    """One check; weights are left out where all are 1."""
    items = [(numbers[fact], plain(weight)) for fact, weight in check.items if fact in numbers]
    weights = [weight for _, weight in items]
    return {
        "rule": check.rule,
        "outcome": check.outcome,
        "total": numbers.get(check.total),
        "items": [number for number, _ in items],
        "weights": None if set(weights) <= {"1"} else weights,
        "expected": _number(check.expected),
        "actual": _number(check.actual),
        "residual": _number(check.residual),
        "allowed": _number(check.allowed),
    }


def _finding(finding: Finding, numbers: Mapping[str, int], orders: Mapping[str, int]) -> Row:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "culprit": numbers.get(finding.culprit or ""),
        "facts": [numbers[fact] for fact in finding.facts if fact in numbers],
        "checks": [orders[check] for check in finding.checks if check in orders],
        "repairs": [_repair(repair.edits, repair.cause, numbers) for repair in finding.repairs],
    }


def _repair(edits: Iterable[Any], cause: str, numbers: Mapping[str, int]) -> Row:
    changes = [[numbers.get(edit.fact), _text(edit.before), _text(edit.after)] for edit in edits]
    return {"edits": changes, "cause": _text(cause)}


def _rule(rule: str) -> list[str]:
    page = rule_page(rule)
    return [str(page.get("name", "")), str(page.get("summary", ""))]


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _text(words: str | None) -> str | None:
    return None if words is None else words_of(words)

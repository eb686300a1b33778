"""The gate: every format read by another reader and neutral to hostile text, the action's own steps, tie-outs.

Conflicts between releases of one company are read by hand: those that are right are listed by fingerprint.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pysarif
from junitparser import JUnitXml
from msgspec.structs import replace

from tests.exam.board import Figure
from tests.unit.hostile import ATTACKS, hostile_report
from tests.unit.test_formats import lost, outside_code
from ticktie.gate.baseline import accept, known
from ticktie.gate.support import RULE, Source, tied_out
from ticktie.model.facts import Fact
from ticktie.model.findings import DocumentReport, Report, Severity
from ticktie.pipeline import check_document, rule_book
from ticktie.render import RENDERERS, Options, render

#: Later release, earlier release of the same company.
_COMPANIES = (
    ("pericom-2003-10-21.txt", "pericom-2003-07-29.txt"),
    ("pericom-2005-08-09.txt", "pericom-2005-04-21.txt"),
    ("pericom-2007-04-26.txt", "pericom-2007-01-31.txt"),
    ("horizon-financial-2006-07-20.txt", "horizon-financial-2006-01-19.txt"),
    ("horizon-financial-2008-10-23.txt", "horizon-financial-2008-04-24.txt"),
    ("horizon-financial-2009-01-29.txt", "horizon-financial-2008-10-23.txt"),
)
#: Conflicts that were read and are right: the later release presents the earlier balance sheet anew (deferred taxes,
#: goodwill and intangible assets, and a minority interest moved between lines; the sums of both agree).
_RIGHT = frozenset({
    "b614d24894357fa1f878edc4258bf676",
    "1e1311edfebc8aa0b9f58b3dd5324262",
    "b8938b8c41eab7d75fdc491a356f594a",
    # The later release restates the quarter before, as it says in its opening, with and without certain charges.
    "012a6a2c085b9e9a9a92afa78a072f10",
    "044c0f75a7528580ed07c24115aa310e",
    "11afad2682737779f897ea84d8dfec04",
    "213f84a196fd061cbc1b25e9a670ef55",
    "233f27e155b651ee668f560273a32595",
    "7195b72361faa80ba7f6fc8127aba006",
    "77e42106044d936481c670e774273287",
    "858cf7b1f8bdbd28300427b57108dcf4",
    "932e0250dbfc6290e6b1107c4b1c62da",
    "9c799100ba461d42555d7e1a857be647",
    "a8221ae353cdd117be23328c8bfbe905",
    "af636356dd3d3d0e3a822e7134d857df",
    "f4a6a4ed3b718a4ad3a8803780849bd3",
})
_PAIRS = 40


def measure(shared: Path) -> Iterator[Figure]:
    """Shares of cases that come out right, and counts of what must not happen."""
    seeds = [check_document(path) for path in sorted((shared / "seeds").glob("*.txt"))]
    yield Figure("gate", "formats read by other readers", _read(Report(tuple(seeds))), ">=", 1)
    yield Figure("gate", "hostile texts neutral", _neutral(), ">=", 1)
    yield Figure("gate", "baseline holds when lines move", _moved(shared), ">=", 1)
    found, false, wanted = _pairs(seeds)
    yield Figure("gate", "tie-out conflicts found", found / wanted, ">=", 1)
    yield Figure("gate", "tie-out conflicts invented", false, "<=", 0)
    agreed, conflicts = _releases(shared / "corpus" / "press_releases")
    yield Figure("gate", "releases of one company: figures agreed", agreed, ">=", 100)
    yield Figure("gate", "releases of one company: conflicts not adjudicated", conflicts, "<=", 0)


def _read(of: Report) -> float:
    """The share of formats whose reader finds in them what the json report says."""
    said = json.loads(render("json", of))
    findings = sum(len(one["findings"]) for one in said["documents"])
    checks = sum(len(one["checks"]) for one in said["documents"])
    sarif = json.loads(render("sarif", of))
    read = pysarif.save_to_dict(pysarif.load_from_dict(sarif))
    del sarif["$schema"]
    right = [
        not list(lost(sarif, read)) and len(sarif["runs"][0]["results"]) == findings,
        sum(suite.tests for suite in JUnitXml.fromstring(render("junit", of))) >= checks,
        len(json.loads(render("gitlab", of))) == findings,
        len(render("github", of).splitlines()) == findings + 1,
        [json.loads(line)["path"] for line in render("json-lines", of).splitlines()]
        == [one["path"] for one in said["documents"]],
    ]
    return sum(right) / len(right)


def _neutral() -> float:
    """The share of hostile texts that are obeyed in no format."""
    texts = [name for name, form in RENDERERS.items() if not form.binary and name != "html"]
    right = sum(_is_neutral(name, attack) for name in texts for attack in ATTACKS)
    return right / (len(texts) * len(ATTACKS))


def _is_neutral(name: str, attack: str) -> bool:
    text = render(name, hostile_report(attack), Options()).decode()
    if set(text) & set("\x1b\x07\x9b\u202e\u2066\u200b\x00"):
        return False
    if name == "markdown":
        return outside_code(text) <= outside_code(render(name, hostile_report("harmless words")).decode())
    if name == "github":
        return all(line.startswith(("::notice ", "::error ", "::warning ")) for line in text.splitlines())
    return name == "junit" or not any(line.lstrip().startswith("::") for line in text.splitlines())


def _moved(shared: Path) -> float:
    """The share of the findings of all seeds that a baseline still knows when lines were inserted above."""
    kept = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((shared / "seeds").glob("*.txt")):
            moved = Path(folder) / path.name
            moved.write_text("EMBARGOED\n\nDRAFT 2\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
            entries = known(Report((check_document(path),)), Severity.NOTE)
            after, _ = accept(Report((check_document(moved),)), entries)
            total += len(entries)
            kept += sum(bool(finding.accepted) for finding in after.documents[0].findings)
    return kept / total


def _pairs(seeds: list[DocumentReport]) -> tuple[int, int, int]:
    """Of generated pairs of draft and support: conflicts found, conflicts invented, conflicts made."""
    found = false = made = 0
    rule = rule_book().by_id[RULE]
    for number in range(_PAIRS):
        draft, rng = seeds[number % len(seeds)], random.Random(number)
        facts = _unique(draft)
        wrong = {fact.id for fact in facts if rng.random() < 0.08}
        kept = [fact for fact in facts if rng.random() < 0.8 or fact.id in wrong]
        support = tuple(_contradicted(fact, rng) if fact.id in wrong else fact for fact in kept)
        after = tied_out(draft, [Source("support", support)], rule)
        told = {fact for finding in after.findings if finding.rule == RULE for fact in finding.facts}
        found, false, made = found + len(told & wrong), false + len(told - wrong), made + len(wrong)
    return found, false, made


def _unique(draft: DocumentReport) -> list[Fact]:
    """The table figures that are the only ones of their name and period."""
    groups: dict[object, list[Fact]] = {}
    for fact in draft.facts:
        if fact.kind == "table" and fact.value and fact.period:
            groups.setdefault((fact.concept, fact.period, fact.unit, fact.dimensions), []).append(fact)
    return [facts[0] for facts in groups.values() if len(facts) == 1]


def _contradicted(fact: Fact, rng: random.Random) -> Fact:
    """``fact`` as a support that contradicts it by more than rounding allows."""
    assert fact.value is not None
    steps = rng.choice((2, 9, 90, -2, -9, 1000))
    return replace(fact, value=fact.value + Decimal(steps).scaleb(-(fact.decimals or 0)), id=f"s{fact.id}")


def _releases(folder: Path) -> tuple[int, int]:
    """Figures that agree between releases of one company, and conflicts that nobody has read and found right."""
    rule = rule_book().by_id[RULE]
    agreed = open_conflicts = 0
    for later, earlier in _COMPANIES:
        support = Source(earlier, check_document(folder / earlier).facts)
        after = tied_out(check_document(folder / later), [support], rule)
        agreed += sum(tie.outcome == "agreed" for tie in after.ties or ())
        conflicts = [finding for finding in after.findings if finding.rule == RULE]
        open_conflicts += sum(finding.fingerprint not in _RIGHT for finding in conflicts)
    return agreed, open_conflicts

"""XBRL in: facts of tagged filings, calculation verdicts, false alarms, and speed beside a reference processor."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench import xbrl
from tests.exam.board import Figure
from tests.exam.command import ticktie
from ticktie.check.linkbase import calculations
from ticktie.model.facts import Fact, FactSet
from ticktie.model.findings import Severity
from ticktie.pipeline import check_facts
from ticktie.read import facts, instance
from ticktie.read.files import Folder

Row = dict[str, Any]
#: Errors of filers, read in their filings: first digits of the page's hash, rule, and how often. c9f0...: shares in
#: millions without their scale; a decrease tagged as a negative balance; a loss tagged beside positive earnings per
#: share; a purchase price whose three parts, all there, make 125 thousand less.
GENUINE = Counter({"SCALE001": 3, "SIGN004": 1, "PERS012": 1, "CALC001": 1})
SUITE = ("320-CalculationBinding.xml", "322-XmlXbrlInteraction.xml", "397-Testcase-SummationItem.xml")
_TWO_MEGABYTES = 2_000_000


def measure(shared: Path) -> Iterator[Figure]:
    """Every figure of the acceptance list."""
    yield from _filings(shared)
    yield _conformance(shared)
    yield _oracle(shared)
    yield _command(shared)
    yield from _speed()


def _read(path: Path) -> FactSet:
    return facts.read(path.read_bytes(), str(path))[0].facts


def _filings(shared: Path) -> Iterator[Figure]:
    """Facts against the truth, and errors that nobody made."""
    right = wanted = surplus = 0
    alarms: Counter[str] = Counter()
    for page in sorted((shared / "corpus/ixbrl").glob("*/*.htm")):
        found = _read(page)
        lines = (shared / "corpus/ixbrl_truth" / f"{page.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        truth = Counter(_of_row(json.loads(line)) for line in lines)
        read = Counter(map(_of_fact, found.facts))
        right, wanted, surplus = (
            right + (truth & read).total(),
            wanted + truth.total(),
            surplus + (read - truth).total(),
        )
        report = check_facts(found, str(page))
        alarms.update(one.rule for one in report.findings if one.severity == Severity.ERROR)
    print(f"   {right} of {wanted} facts of the filings, {surplus} others; errors found: {dict(alarms)}")
    yield Figure("xbrl", "filings: facts equal to the truth", right / wanted, ">=", 1)
    yield Figure("xbrl", "filings: facts that the truth does not have", surplus, "<=", 0)
    yield Figure("xbrl", "filings: false errors", (alarms - GENUINE).total(), "<=", 0)


def _of_row(row: Row) -> tuple[object, ...]:
    period = row["period"]
    decimals = None if row["decimals"] in (None, "INF") or row["value"] is None else int(row["decimals"])
    return (
        row["concept"], None if row["value"] is None else Decimal(row["value"]), period.get("start"),
        period.get("end") or period.get("instant"), None if row["unit"] == "xbrli:pure" else row["unit"], decimals,
        tuple(sorted(row["dimensions"].items())),
    )  # fmt: skip


def _of_fact(fact: Fact) -> tuple[object, ...]:
    start, end = (fact.period.start, fact.period.end) if fact.period else (None, None)
    return (
        fact.concept, fact.value, None if start is None else str(start), None if end is None else str(end), fact.unit,
        fact.decimals, fact.dimensions,
    )  # fmt: skip


def _conformance(shared: Path) -> Figure:
    folder = shared / "conformance/xbrl-2.1/Common/300-instance"
    right = 0
    for name in SUITE:
        for variation in ElementTree.fromstring((folder / name).read_bytes()).iter("variation"):
            file = folder / (variation.findtext("data/instance") or "").strip()
            found = instance.read(file.read_bytes(), str(file), Folder(folder)).facts
            consistent = all("inconsistent" not in one.said("xbrl-2.1") for one in calculations(found))
            result = variation.find("result")
            right += result is not None and (result.get("expected") == "valid") == consistent
    return Figure("xbrl", "conformance 320, 322, 397: verdicts as expected", right, ">=", 70)


def _oracle(shared: Path) -> Figure:
    """Inconsistencies with role, total, both intervals and completeness, all of a filing or none."""
    oracle = json.loads((shared / "oracle/calc_oracle_dev.json").read_text(encoding="utf-8"))
    right = 0
    for name, filing in oracle.items():
        found = {
            (one.relation.role, one.relation.total.replace(":", "_"), one.reported.low, one.reported.high,
             one.computed.low, one.computed.high, one.complete)
            for one in calculations(_read(shared / filing["instance"]))
            if "inconsistent" in one.said("1.1-round")
        }  # fmt: skip
        expected = {
            (one["linkrole"], one["concept"], *map(Decimal, one["reported"]), *map(Decimal, one["computed"]),
             one["all_children_present"])
            for one in filing["inconsistencies"]
        }  # fmt: skip
        right += found == expected
        if found != expected:
            print(f"   {name}: {len(found - expected)} more, {len(expected - found)} fewer inconsistencies")
    return Figure("xbrl", "oracle: filings with the same inconsistencies", right / len(oracle), ">=", 1)


def _command(shared: Path) -> Figure:
    """Wall seconds from the command line of the filing nearest to two megabytes."""
    pages = (shared / "corpus/ixbrl").glob("*/*.htm")
    page = min(pages, key=lambda one: abs(one.stat().st_size - _TWO_MEGABYTES))
    laps = []
    for _ in range(3):
        start = perf_counter()
        ticktie("check", page, "--exit-zero", "--quiet")
        laps.append(perf_counter() - start)
    size = page.stat().st_size / 1e6
    return Figure("xbrl", f"check of a filing of {size:.1f} MB", min(laps), "<=", 1, "s", steady=False)


def _speed() -> Iterator[Figure]:
    """Processor seconds and memory beside Arelle and beside a bare parse."""
    for lap in xbrl.laps():
        name = f"{lap.facts:,} facts"
        print(f"   {lap}")
        times, half = (None, None) if lap.arelle is None else (
            lap.arelle.seconds / lap.ticktie.seconds, lap.ticktie.megabytes / lap.arelle.megabytes,
        )  # fmt: skip
        bare = lap.ticktie.seconds / lap.bare.seconds
        yield Figure("xbrl", f"{name}: faster than Arelle", times, ">=", 10, "times", steady=False)
        yield Figure("xbrl", f"{name}: of Arelle's memory", half, "<=", 0.5, steady=False)
        yield Figure("xbrl", f"{name}: of a bare parse and check", bare, "<=", 3, "times", steady=False)

"""Classic XBRL filings, which no mechanism was tuned on: the face statements by their presentation linkbases."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.exam.filings import Filing, Row
from ticktie.read.facts import read

_XLINK = "{http://www.w3.org/1999/xlink}"
_INSTANCE = "{http://www.xbrl.org/2003/instance}"
_LINK = "{http://www.xbrl.org/2003/linkbase}"
_STATEMENTS = {
    "balance-sheet": ({"Assets"}, {"LiabilitiesAndStockholdersEquity"}),
    "income-statement": (
        {"NetIncomeLoss", "ProfitLoss"},
        {"EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted", "OperatingIncomeLoss"},
    ),
    "cash-flow": ({"NetCashProvidedByUsedInOperatingActivities"}, {"NetCashProvidedByUsedInFinancingActivities"}),
}


def classic_filings(shared: Path) -> Iterator[Filing]:
    """The undimensioned facts of the face statements, in the order of presentation."""
    for folder in sorted(path for path in (shared / "corpus/xbrl").iterdir() if path.is_dir()):
        yield _filing(folder)


def _filing(folder: Path) -> Filing:
    presentation = next(folder.glob("*_pre.xml"))
    instance = next(path for path in sorted(folder.glob("*.xml")) if path.stem[-4:] not in ("_pre", "_cal", "_lab"))
    facts = _facts(instance)
    rows = [row for name, names in _faces(presentation) for row in _statement(name, names, facts)]
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first.setdefault((row["concept"], json.dumps(row["period"]), row["unit"]), row)
    kept = list(first.values())
    written = "".join(json.dumps(row) + "\n" for row in kept).encode()
    key = sha256(instance.read_bytes()).hexdigest()[:8]
    return Filing(folder.name, key, kept, read(written, "classic.jsonl")[0].facts)


def _tree(path: Path) -> Any:
    from lxml import etree

    return etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _faces(path: Path) -> Iterator[tuple[str, list[str]]]:
    """For each face statement: the names of its line items in order; of several roles, the one with most of them."""
    roles = [_presented(link) for link in _tree(path).iter(f"{_LINK}presentationLink")]
    for name, landmarks in _STATEMENTS.items():
        fitting = [names for names in roles if all(marks.intersection(names) for marks in landmarks)]
        if name == "income-statement":
            fitting = [names for names in fitting if "NetCashProvidedByUsedInOperatingActivities" not in names]
        if fitting:
            yield name, max(fitting, key=len)


def _presented(link: Any) -> list[str]:
    """The local names of the concepts of a role, in the order of the tree."""
    concepts = {one.get(f"{_XLINK}label"): _local(one.get(f"{_XLINK}href")) for one in link.iter(f"{_LINK}loc")}
    below: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    children = set()
    for arc in link.iter(f"{_LINK}presentationArc"):
        child = arc.get(f"{_XLINK}to")
        below[arc.get(f"{_XLINK}from")].append((float(arc.get("order") or 1), child))
        children.add(child)
    found: list[str] = []
    stack = [label for label in reversed(concepts) if label not in children]
    while stack:
        label = stack.pop()
        found.append(concepts[label])
        stack += [child for _, child in sorted(below[label], reverse=True)]
    return list(dict.fromkeys(found))


def _local(href: str) -> str:
    return href.rpartition("#")[2].partition("_")[2]


def _facts(path: Path) -> dict[str, list[Row]]:
    """The undimensioned numeric facts by local name."""
    root = _tree(path)
    contexts = {one.get("id"): _period(one) for one in root.iter(f"{_INSTANCE}context")}
    units = {one.get("id"): _unit(one) for one in root.iter(f"{_INSTANCE}unit")}
    facts: defaultdict[str, list[Row]] = defaultdict(list)
    for number, one in enumerate(root):
        period, text = contexts.get(one.get("contextRef")), (one.text or "").strip()
        if one.get("unitRef") and period and text:
            prefix, name = one.prefix, one.tag.rpartition("}")[2]
            row = {"id": f"x{number}", "concept": f"{prefix}:{name}", "value": text, "unit": units[one.get("unitRef")],
                   "decimals": one.get("decimals"), "period": period, "dimensions": {}}  # fmt: skip
            facts[name].append(row)
    return facts


def _period(context: Any) -> dict[str, str] | None:
    """The period of a context without dimensions."""
    if next(context.iter("{http://xbrl.org/2006/xbrldi}explicitMember"), None) is not None:
        return None
    names = {"instant": "instant", "startDate": "start", "endDate": "end"}
    return {key: found.text.strip() for tag, key in names.items()
            for found in context.iter(f"{_INSTANCE}{tag}")}  # fmt: skip


def _unit(unit: Any) -> str:
    def named(measure: Any) -> str:
        prefix, _, name = measure.text.strip().rpartition(":")
        return f"{'iso4217' if name == 'USD' else 'xbrli' if name in ('shares', 'pure') else prefix}:{name}"

    return "/".join(named(measure) for measure in unit.iter(f"{_INSTANCE}measure"))


def _statement(name: str, names: list[str], facts: dict[str, list[Row]]) -> Iterator[Row]:
    """The facts in the columns of a statement: periods that state most of its rows, and (of cash) the days at the ends
    of these periods."""
    rows = [(concept, fact) for concept in names for fact in facts.get(concept, [])]
    counts = Counter(json.dumps(fact["period"]) for _, fact in rows)
    kind = "instant" if name == "balance-sheet" else "start"
    most = max((count for period, count in counts.items() if kind in json.loads(period)), default=0)
    columns = [json.loads(period) for period, count in counts.items() if 2 * count >= most and kind in period]
    flows = [one for one in columns if "start" in one]
    ends = [day for one in flows for day in (_day_before(one["start"]), one["end"])]
    for concept, fact in rows:
        cash = name == "cash-flow" and concept.startswith("Cash") and fact["period"].get("instant") in ends
        if fact["period"] in columns or cash:
            yield {**fact, "statement": name}


def _day_before(day: str) -> str:
    return str(date.fromisoformat(day) - timedelta(days=1))

"""Measures the mapping of labels to concepts on data beside the project; prints accuracy with and without confidence.

    python tests/tools/measure_labels.py [held-out|seeds|releases|filings] [--errors N]

held-out: the index is rebuilt without a fifth of the filers' raw labels (by hash), which are then mapped, weighted by
filings. seeds, releases: the golden files. filings: face rows of tagged filings (printed row text against the tag).
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "validator"), str(ROOT / "tests/tools")]

import make_taxonomy as make  # noqa: E402

from ticktie.map import labels as mapping  # noqa: E402
from ticktie.map.taxonomy import LabelIndex, concept_rows, concepts  # noqa: E402
from ticktie.map.words import normalise  # noqa: E402

STATEMENTS = {"BS": "balance-sheet", "IS": "income-statement", "CF": "cash-flow"}
UNITS = {"USD": "monetary", "USD/shares": "per-share", "shares": "shares"}
SAME = [
    set(group.split())
    for group in (
        "Revenues RevenueFromContractWithCustomerExcludingAssessedTax SalesRevenueNet RevenuesNetOfInterestExpense",
        "CostOfRevenue CostOfGoodsAndServicesSold CostOfGoodsSold",
        "NetIncomeLoss ProfitLoss",
    )
]


class Tally:
    """Right and all, by group, at any confidence and at 0.9 and above."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.errors: Counter[tuple[str, str, str, float]] = Counter()

    def add(self, group: str, label: str, want: str, got: mapping.Mapping, weight: int = 1) -> None:
        name = got.concept.rpartition(":")[2]
        own = got.concept.startswith("ext:")
        right = (own and not want) or (not own and alike(name, want))
        for g in (group, "all"):
            for level in (
                "any",
                *(("sure",) if got.confidence >= 0.9 and not own else ()),
                *(("ext",) if own else ("std",)),
            ):
                self.counts[g, level]["all"] += weight
                self.counts[g, level]["right"] += weight * right
        if not right:
            self.errors[label, want or "(own)", got.concept, got.confidence] += weight

    def show(self, errors: int) -> None:
        for (group, level), n in sorted(self.counts.items()):
            print(f"{group:18} {level:5} {n['right']:6}/{n['all']:6} {n['right'] / max(n['all'], 1):.3f}")
        for (label, want, got, confidence), n in self.errors.most_common(errors):
            print(f"  {n:4} {confidence:.2f} {label[:70]!r} want {want} got {got}")


def alike(name: str, want: str) -> bool:
    return name == want or any(name in group and want in group for group in SAME)


def held_out(raw: str) -> bool:
    return zlib.crc32(raw.encode()) % 5 == 0


def measure_held_out(tally: Tally) -> None:
    content = make.build(lambda raw: not held_out(raw))
    index = LabelIndex(concept_rows(content["concepts"]), content["labels"], content["words"])  # type: ignore[arg-type]
    mapping.label_index = lambda: index  # type: ignore[assignment]
    rename = make.Renaming()
    for r in make.rows(make.SHARED / "labels/fsds_filer_labels.csv"):
        if r["statement"] in STATEMENTS and held_out(r["filer_label"]):
            want = rename(r["concept"], normalise(r["filer_label"]))
            known = concepts().get(want)
            got = mapping.map_label(
                r["filer_label"],
                statement=STATEMENTS[r["statement"]],  # type: ignore[arg-type]
                unit=known.unit if known else None,
                period_type=known.period if known else None,
            )
            tally.add(r["statement"], r["filer_label"], want if known else "", got, int(r["n_filings"]))


def statement(text: str) -> str | None:
    low = text.lower()
    for word, name in (
        ("balance", "balance-sheet"),
        ("cash", "cash-flow"),
        ("operation", "income-statement"),
        ("income", "income-statement"),
    ):
        if word in low:
            return name
    return None


def measure_golden(tally: Tally, files: Iterable[Path]) -> None:
    for path in files:
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        siblings: dict[tuple[str, str], list[str]] = defaultdict(list)
        for r in rows:
            siblings[r.get("seed", ""), r["statement"]].append(r.get("label") or r.get("row_label_restored") or "")
        seen = set()
        for r in rows:
            label, want = r.get("label") or r.get("row_label_restored") or "", r.get("concept") or r.get("concept_hint")
            key = r.get("seed"), r["statement"], label, r.get("section"), r["unit"]
            if r.get("derived") or not want or key in seen or not statement(r["statement"]):
                continue
            seen.add(key)
            got = mapping.map_label(
                label,
                section=r.get("section") or "",
                statement=statement(r["statement"]),  # type: ignore[arg-type]
                unit=UNITS.get(r["unit"]),
                period_type="instant" if "instant" in r["period"] else "duration",  # type: ignore[arg-type]
                siblings=siblings[r.get("seed", ""), r["statement"]],
            )
            name = got.concept.rpartition(":")[2]
            starred = want.endswith("*") and (
                got.concept.startswith("ext:") or name.startswith(want[:-1]) or want[:-1] in name
            )
            tally.add(
                r["statement"],
                label,
                name if starred and not got.concept.startswith("ext:") else "" if starred else want,
                got,
            )


def measure_filings(tally: Tally) -> None:
    from lxml import html

    for path in sorted((make.SHARED / "corpus/ixbrl_truth").glob("*.jsonl")):
        facts = [json.loads(line) for line in path.open(encoding="utf-8")]
        tree = html.parse(str(next((make.SHARED / "corpus/ixbrl" / path.stem).glob("*.htm"))))
        rows_by_id = {
            e.get("id"): e for e in tree.iter() if isinstance(e.tag, str) and e.tag.lower().endswith("nonfraction")
        }
        found = []
        for f in facts:
            if not f["statement"] or f["dimensions"] or f["hidden"] or f["value"] is None:
                continue
            label = row_label(rows_by_id.get(f["id"]))
            if label:
                found.append((f, label))
        siblings: dict[str, list[str]] = defaultdict(list)
        for f, label in found:
            siblings[f["statement"]].append(label)
        seen = set()
        for f, label in found:
            if (f["concept"], f["statement"], label) in seen:
                continue
            seen.add((f["concept"], f["statement"], label))
            units = {"iso4217:USD": "monetary", "iso4217:USD/xbrli:shares": "per-share", "xbrli:shares": "shares"}
            got = mapping.map_label(
                label,
                statement=f["statement"],
                unit=units.get(f["unit"]),
                siblings=siblings[f["statement"]],  # type: ignore[arg-type]
                period_type="instant" if "instant" in f["period"] else "duration",
            )
            space, _, want = f["concept"].partition(":")
            tally.add(f["statement"], label, want if space == "us-gaap" else "", got)


def row_label(element: object) -> str:
    """The text of the first cell of the row that holds ``element``."""
    while element is not None and str(element.tag) != "tr":  # type: ignore[attr-defined]
        element = element.getparent()  # type: ignore[attr-defined]
    if element is None:
        return ""
    texts = (" ".join("".join(cell.itertext()).split()) for cell in element if str(cell.tag) in ("td", "th"))  # type: ignore[attr-defined]
    return next((text for text in texts if text), "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", default="held-out", choices=["held-out", "seeds", "releases", "filings"])
    parser.add_argument("--errors", type=int, default=30)
    args = parser.parse_args()
    tally = Tally()
    if args.what == "held-out":
        measure_held_out(tally)
    elif args.what == "seeds":
        measure_golden(tally, [make.SHARED / "truth/seeds/seed_truth_tables.jsonl"])
    elif args.what == "releases":
        measure_golden(tally, sorted((make.SHARED / "truth/releases").glob("*.tables.jsonl")))
    else:
        measure_filings(tally)
    tally.show(args.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())

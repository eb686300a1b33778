"""Figures of merit over generated documents.

``python -m tests.property.measure --n 200 --seed 1 [--kind K] [--pairs] [--style b] [--show 5]``

For each damage apart and in all: figures read right, wrong and unmarked, right but marked all the same (see
``matching``). ``--show N`` prints N failing documents of each kind with what went wrong, and keeps their text.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.property.damage import FREQUENCIES, KINDS, damaged, draw_pair
from tests.property.document import Release
from tests.property.matching import Json, Outcome, judge, ratios, totals
from tests.property.releases import release

Reader = Callable[[Path], Json]
CLEAN = "undamaged"


def pipeline_reader(path: Path) -> Json:
    """The document entry of the json report, from the pipeline in this process."""
    from ticktie.model.findings import Report
    from ticktie.pipeline import check_document
    from ticktie.render import render

    entry: Json = json.loads(render("json", Report((check_document(path),))))["documents"][0]
    return entry


def corpus(n: int, seed: int, kinds: Iterable[str] | None, pairs: bool, style: str) -> Iterable[tuple[str, Release]]:
    """``n`` documents: the kinds in turn (and undamaged ones), or pairs drawn by the seeds' frequencies."""
    rng = random.Random(f"{style}:{seed}:{pairs}")
    names = list(kinds or (*KINDS, CLEAN))
    for i in range(n):
        number = seed * 100_000 + i
        if pairs:
            pair = (names[0], draw_pair(rng)[1]) if kinds and len(names) == 1 else draw_pair(rng)
            yield "+".join(pair), damaged(number, pair, style)
        else:
            kind = names[i % len(names)]
            yield kind, release(number, style) if kind == CLEAN else damaged(number, (kind,), style)


def run(
    documents: Iterable[tuple[str, Release]], reader: Reader, folder: Path
) -> Iterable[tuple[str, Release, Outcome, Path]]:
    """Write, read and judge each document; an exception of the reader counts as an empty report."""
    for index, (kind, doc) in enumerate(documents):
        path = folder / f"{index:05d}-{kind}-{doc.seed}.txt"
        path.write_text(doc.render(), encoding="utf-8")
        yield kind, doc, judge(doc, _entry(reader, path)), path


def _entry(reader: Reader, path: Path) -> Json:
    try:
        return reader(path)
    except Exception as error:
        return {"facts": {}, "checks": [], "findings": [], "error": f"{type(error).__name__}: {error}"}


def measure(
    n: int,
    seed: int,
    kinds: Iterable[str] | None = None,
    pairs: bool = False,
    style: str = "a",
    reader: Reader = pipeline_reader,
) -> dict[str, Any]:
    """Counts and ratios per kind, in all, and (single damage) weighted by the seeds' frequencies."""
    with tempfile.TemporaryDirectory() as name:
        results = [(k, d, o) for k, d, o, _ in run(corpus(n, seed, kinds, pairs, style), reader, Path(name))]
    return summary([(k, d, o) for k, d, o in results], pairs)


def summary(results: list[tuple[str, Release, Outcome]], pairs: bool) -> dict[str, Any]:
    """Per kind (in a pair a document counts for both), in all, and the lowest kind."""
    groups: dict[str, list[tuple[Release, Outcome]]] = defaultdict(list)
    for name, doc, out in results:
        for kind in name.split("+"):
            groups[kind].append((doc, out))
    per_kind = {kind: totals(found) for kind, found in sorted(groups.items())}
    hurt = [(d, o) for name, d, o in results if name != CLEAN]
    whole = {"kinds": per_kind, "total": totals(hurt) if hurt else totals((d, o) for _, d, o in results)}
    if not pairs:
        whole["weighted_right"] = _weighted(per_kind)
    return whole


def _weighted(per_kind: dict[str, Json]) -> float | None:
    """The share of right figures with each kind weighted by its frequency in the seeds."""
    kinds = [k for k in per_kind if k in FREQUENCIES and per_kind[k]["right_ratio"] is not None]
    weight = sum(FREQUENCIES[k] for k in kinds)
    return sum(FREQUENCIES[k] * per_kind[k]["right_ratio"] for k in kinds) / weight if weight else None


def perfect(doc: Release) -> Json:
    """A report entry made from the truth itself, with a note on every line that lost something."""
    facts, findings = {}, []
    for truth in doc.figures.values():
        facts[truth.id] = {
            "value": str(truth.value),
            "dimensions": {"concept": "ext:Any", "unit": _oim_unit(truth.unit), "period": truth.period.oim},
            "ticktie:kind": "table",
            "ticktie:label": truth.label,
            "ticktie:section": truth.section,
            "ticktie:statement": truth.statement,
            "ticktie:location": {"line": truth.line},
            "ticktie:damage": [],
            "ticktie:evidence": [],
            "ticktie:state": "tied",
        }
        if truth.gone:
            places = [{"line": truth.line or doc.spans[truth.statement][0]}]
            message = f"lost: {' '.join(sorted(truth.gone))}"
            findings.append({"rule": "READ001", "name": "lost", "message": message, "locations": places, "facts": []})
    return {"facts": facts, "checks": [], "findings": findings, "error": None}


def _oim_unit(unit: str) -> str:
    return {"USD": "iso4217:USD", "shares": "xbrli:shares", "USD/shares": "iso4217:USD/xbrli:shares"}[unit]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f}"


COLUMNS = {
    "docs": "documents",
    "figures": "figures",
    "right%": "right_ratio",
    "damaged right%": "right_damaged_ratio",
    "wrong unmarked%": "wrong_unmarked_ratio",
    "misnamed unmarked%": "misnamed_unmarked_ratio",
    "marked%": "marked_ratio",
    "missing": "missing",
    "errors": "errors",
}


def table(result: dict[str, Any]) -> str:
    """The summary as lines of text, ratios in percent."""
    out = [f"{'kind':20s}" + "".join(f"{head:>{len(head) + 2}s}" for head in COLUMNS)]
    for kind, r in [*result["kinds"].items(), ("TOTAL", result["total"])]:
        cells = [_percent(r[key]) if key.endswith("ratio") else str(r.get(key, 0)) for key in COLUMNS.values()]
        out.append(f"{kind:20s}" + "".join(f"{c:>{len(h) + 2}s}" for c, h in zip(cells, COLUMNS, strict=True)))
    if result.get("weighted_right") is not None:
        out.append(f"weighted by the seeds' frequencies: right {_percent(result['weighted_right'])}")
    return "\n".join(out)


def explain(doc: Release, out: Outcome, path: Path) -> str:
    """What went wrong in one document: missing, misnamed and wrong figures, with lines of its text."""
    lines = [f"## {'+'.join(doc.kinds) or CLEAN} seed {doc.seed} style {doc.habits.style}: {path}"]
    lines += [f"  error: {out.error}"] if out.error else []
    for name in out.missing[:6]:
        f = doc.figures[name]
        gone = f" gone={sorted(f.gone)}" if f.gone else ""
        lines.append(
            f"  missing  line {f.line}: {f.label!r} {f.value} {f.unit} {f.period}{' damaged' * f.damaged}{gone}"
        )
    for name, fact in out.misnamed[:6]:
        f = doc.figures[name]
        marked = "marked" if fact.marked else "UNMARKED"
        lines.append(
            f"  misnamed line {f.line}: {f.label!r} read as {fact.label!r} ({fact.concept}) {fact.value} {marked}"
        )
    for fact in out.wrong[:6]:
        marked = "marked" if fact.marked else "UNMARKED"
        lines.append(f"  wrong    line {fact.line}: {fact.label!r} {fact.value} {fact.unit} {fact.period} {marked}")
    lines += [f"  marked all the same line {doc.figures[n].line}: {doc.figures[n].label!r}" for n in out.marked[:3]]
    return "\n".join(lines)


def _failed(out: Outcome) -> bool:
    return bool(out.missing or out.misnamed or out.wrong_unmarked)


def main() -> None:
    """Print the table, and on request the failing documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=170)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--style", choices=("a", "b"), default="a")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "generated" / "failures")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    results, shown = [], defaultdict(int)
    documents = corpus(options.n, options.seed, options.kind, options.pairs, options.style)
    for kind, doc, out, path in run(documents, pipeline_reader, options.keep):
        results.append((kind, doc, out))
        if _failed(out) and shown[kind] < options.show:
            shown[kind] += 1
            print(explain(doc, out, path))
        else:
            path.unlink()
    print(table(summary(results, options.pairs)))


if __name__ == "__main__":
    main()


__all__ = ["corpus", "judge", "measure", "perfect", "pipeline_reader", "ratios"]

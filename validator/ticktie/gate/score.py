"""Facts and findings against a truth file: what was read, named, dated and tied right, as shares of what there is.

Every scorer yields figures by name (shares to four places, numbers), ``counts`` behind them, and lists of what is
missing or wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from ticktie.config import Share as Limit
from ticktie.gate.claims import score_claims
from ticktie.gate.filing import score_filing
from ticktie.gate.thresholds import at_least
from ticktie.gate.truth import (
    PRIMARY,
    Row,
    ScoreError,
    Stated,
    brief,
    days,
    document,
    documents,
    f1,
    rows,
    same_name,
    share,
    size,
    stated,
    unit,
)
from ticktie.model.findings import Threshold

Score = dict[str, Any]
#: Statements whose figures are neither asked for nor held against a reader.
_BESIDE = frozenset({"supplemental", "equity", "other"})


def score(kind: str, out: Path, truth: Path, noise: Path | None = None, only: str | None = None) -> Score:
    """The figures of ``out`` against ``truth``; ``kind`` is one of KINDS. Raises ScoreError."""
    wanted = rows(truth, only)
    try:
        return KINDS[kind](out, wanted, rows(noise, only) if noise else [])
    except (KeyError, TypeError, AttributeError, ArithmeticError) as problem:
        raise ScoreError(f"{out} against {truth}: not files of kind {kind} ({problem!r}); name its --kind") from None


def judged(kind: str, figures: Score, limits: Mapping[str, Limit | None]) -> Iterator[Threshold]:
    """Each limit of ``recall`` and ``precision`` (of ties for claims) with what was reached, by whole numbers.

    Raises ScoreError where truth files of this kind give no such figure."""
    for name, limit in limits.items():
        if limit is None:
            continue
        key = f"tie_{name}" if kind == "narrative" else name
        if key not in figures:
            raise ScoreError(f"--min-{name}: a truth file of kind {kind} gives no {name}")
        reached = figures[key]
        if reached is None:
            yield Threshold(f"min-{name}", f"at least {limit}", "0/0", False)
        else:
            yield at_least(f"min-{name}", reached.part, reached.whole, limit)


def kind_of(truth: Path) -> str:
    """The kind of a truth file, told by what its first row holds; raises ScoreError for an empty one."""
    first = next(iter(rows(truth)), None)
    if first is None:
        raise ScoreError(f"{truth}: it holds no rows; name a truth file")
    marks = {"finding": "findings", "denominator": "grim", "mention": "narrative", "in_table": "filing"}
    return next((kind for mark, kind in marks.items() if mark in first), "tables")


class Pool:
    """Facts that a row of the truth may claim by size, unit and days; each is given once."""

    def __init__(self, facts: Sequence[Stated]) -> None:
        self._by_key: defaultdict[object, list[Stated]] = defaultdict(list)
        self.taken: set[str] = set()
        for fact in facts:
            self._by_key[(fact.size, fact.unit, fact.days)].append(fact)

    def take(self, row: Row, preferred: Callable[[Stated], object] | None = None) -> Stated | None:
        """A fact with the figure of ``row``: the one that ``preferred`` ranks highest, else the first."""
        key = (size(row["value"]), unit(row["unit"]), days(row["period"]))
        left = [fact for fact in self._by_key.get(key, ()) if fact.id not in self.taken]
        if not left:
            return None
        best = max(left, key=preferred) if preferred else left[0]  # type: ignore[arg-type]
        self.taken.add(best.id)
        return best


class Match(Struct, frozen=True):
    """A figure of the truth with the fact that states it."""

    row: Row
    fact: Stated

    @property
    def is_named(self) -> bool:
        return same_name(self.fact, self.row)

    @property
    def has_sign(self) -> bool:
        value = Decimal(self.row["value"])
        return self.fact.value in (value, value * self.row.get("concept_sign", 1))

    @property
    def is_placed(self) -> bool:
        return self.row.get("line") in (None, self.fact.line)

    @property
    def has_decimals(self) -> bool:
        return self.row.get("decimals") in (None, self.fact.decimals)


def score_tables(out: Path, truth: Sequence[Row], noise: Sequence[Row]) -> Score:
    """Figures of the primary statements by size, unit and period; ``precision`` over every table fact that says it
    belongs to one or stands on a line of one."""
    tables = [fact for fact in stated(document(out)) if fact.kind == "table" and fact.size is not None]
    beside = [row for row in truth if row.get("derived") or row.get("statement") in _BESIDE]
    wanted = [row for row in truth if row not in beside]
    lines = {row["line"] for row in wanted if row.get("line") is not None}
    claimed = [fact for fact in tables if fact.statement in PRIMARY or fact.line in lines]
    pool = Pool([fact for fact in claimed if fact.statement in PRIMARY and fact.is_plain])
    matches, missing = _matched(wanted, pool)
    for row in beside:
        pool.take(row)
    counted = [fact for fact in claimed if fact.id in pool.taken or (fact.unit != "pure" and fact.is_plain)]
    wrong = [fact for fact in counted if fact.id not in pool.taken]
    noisy = {row["line"] for row in noise if row.get("must_not_become_fact")}
    accepted = [fact for fact in tables if fact.id not in pool.taken and fact.line in noisy]
    named = sum(match.is_named for match in matches)
    recall, precision = share(len(matches), len(wanted)), share(len(counted) - len(wrong), len(counted))
    return {
        "recall": recall,
        "precision": precision,
        "f1": f1(precision, recall),
        "named": share(named, len(wanted)),
        "sign": share(sum(match.has_sign for match in matches), len(matches)),
        "placed": share(sum(match.is_placed for match in matches), len(matches)),
        "decimals": share(sum(match.has_decimals for match in matches), len(matches)),
        "noise_accepted": len(accepted),
        "counts": {
            "truth": len(wanted), "read": len(matches), "named": named,
            "claimed": len(counted), "wrong": len(wrong), "noise": len(noise),
        },
        "missing": brief([row.get("line"), _label(row), row["period"], row["value"]] for row in missing),
        "misnamed": brief([_label(m.row), m.fact.label, m.fact.concept] for m in matches if not m.is_named),
        "wrong": brief([fact.line, fact.label, fact.days, str(fact.value)] for fact in wrong),
    }  # fmt: skip


def _matched(wanted: Sequence[Row], pool: Pool) -> tuple[list[Match], list[Row]]:
    """Every figure of the truth with its fact, best named and then best placed; and those that nobody states."""
    matches, missing = [], []
    for row in wanted:
        fact = pool.take(row, lambda one, row=row: (same_name(one, row), one.line == row.get("line")))  # type: ignore[misc]
        if fact is None:
            missing.append(row)
        else:
            matches.append(Match(row, fact))
    return matches, missing


def _label(row: Row) -> str | None:
    return row.get("label") or row.get("row_label_restored")


def score_findings(out: Path, truth: Sequence[Row], noise: Sequence[Row]) -> Score:
    """Expected findings by family, severity and line; the unexpected ones, and the loud among them."""
    met: set[int] = set()
    unexpected: list[tuple[str, Row]] = []
    for one in documents(out):
        name = re.split(r"[\\/]", one["path"])[-1]
        for finding in one["findings"]:
            hits = {at for at, row in enumerate(truth) if row["seed"] == name and _is_expected(finding, row)}
            met |= hits
            if not hits:
                unexpected.append((name, finding))
    due = {at for at, row in enumerate(truth) if row["expected"]}
    return {
        "recall": share(len(met & due), len(due)),
        "loud": sum(finding["severity"] != "note" for _, finding in unexpected),
        "unexpected": len(unexpected),
        "missing": [[truth[at]["seed"], truth[at]["kind"], truth[at]["lines"][:3]] for at in sorted(due - met)],
        "unexpected_list": brief([name, f["rule"], f["severity"], f["message"][:100]] for name, f in unexpected),
    }


def _is_expected(finding: Row, row: Row) -> bool:
    family = re.match(r"[A-Za-z]*", finding["rule"])
    same = family is not None and family[0].lower() == row["family"] and finding["severity"] == row["severity"]
    return same and not _lines(finding["locations"]).isdisjoint(row["lines"])


def _lines(locations: Collection[Row]) -> set[int]:
    """Every line that the locations cover."""
    covered: set[int] = set()
    for place in locations:
        first = place.get("line") or 0
        covered.update(range(first, (place.get("end_line") or first) + 1))
    return covered - {0}


def score_grim(out: Path, truth: Sequence[Row], noise: Sequence[Row]) -> Score:
    """Percentages of counts that a check found with the right whole and the right count."""
    one = document(out)
    missing = [row for row in truth if not any(_is_count(check, row, one["facts"]) for check in one["checks"])]
    return {
        "recall": share(len(truth) - len(missing), len(truth)),
        "missing": [[row["percent"], row["denominator"], row["nearest_count"]] for row in missing],
    }


def _is_count(check: Row, row: Row, facts: Row) -> bool:
    """Whether the check's total is the percentage of ``row``, one of its items the whole, ``expected`` the count."""

    def states(fact: str, value: Decimal) -> bool:
        return fact in facts and Decimal(facts[fact]["value"]) == value

    if check.get("expected") is None or Decimal(check["expected"]) != row["nearest_count"]:
        return False
    whole = Decimal(row["denominator"])
    is_share = states(check["total"], Decimal(row["percent"]) / 100)
    return is_share and any(states(item["fact"], whole) for item in check["items"])


KINDS: dict[str, Callable[[Path, Sequence[Row], Sequence[Row]], Score]] = {
    "tables": score_tables,
    "narrative": score_claims,
    "filing": score_filing,
    "findings": score_findings,
    "grim": score_grim,
}

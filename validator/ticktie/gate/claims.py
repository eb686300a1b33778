"""Claims against a truth file: which were read, dated, and tied to the right figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from ticktie.gate.truth import Row, Stated, brief, days, document, f1, same_name, share, size, stated, unit

HELD = ("tied", "rounding")


class Claimed(Struct, frozen=True):
    """A claim of the truth with the fact that states it, None where nobody does; ``is_linked``: that fact was compared
    with the figures that the truth names."""

    row: Row
    fact: Stated | None
    is_linked: bool = False

    @property
    def is_tied(self) -> bool:
        return self.fact is not None and self.fact.state in HELD

    @property
    def is_dated(self) -> bool:
        return self.fact is not None and self.fact.days == days(self.row.get("period"))


def score_claims(out: Path, truth: Sequence[Row], noise: Sequence[Row]) -> dict[str, Any]:
    """Claims by size, unit and line; ties by the figures they were compared with."""
    facts = {fact.id: fact for fact in stated(document(out))}
    said = [fact for fact in facts.values() if fact.kind == "narrative" and fact.size is not None]
    amounts = [row for row in truth if row.get("value") is not None]
    found = _matched(amounts, said, facts)
    read = [one for one in found if one.fact is not None]
    money = [fact for fact in said if fact.unit not in ("pure", "shares") and fact.is_plain]
    used = {one.fact.id for one in read if one.fact is not None}
    invented = _invented([fact for fact in money if fact.id not in used], truth)
    due = Counter(str(row["ties"]) for row in amounts)
    missed = [one for one in found if one.row["ties"] is True and not (one.is_tied and one.is_linked)]
    false_ties = [one for one in read if one.row["ties"] is not True and one.is_tied]
    undated = [one for one in read if one.row["ties"] != "untestable" and not one.is_dated]
    broken = [one for one in read if one.fact is not None and one.fact.state == "broken"]
    alarms = [one for one in broken if one.row["ties"] is not False]
    loud = [fact for fact in invented if fact.state == "broken"]
    testable = sum(one.row["ties"] != "untestable" for one in read) - len(undated)
    linked = due["True"] - len(missed)
    recall, precision = share(linked, due["True"]), share(linked, linked + len(false_ties))
    return {
        "read": share(len(read), len(amounts)),
        "dated": share(testable, due["True"] + due["False"]),
        "claim_precision": share(len(money) - len(invented), len(money)),
        "tie_recall": recall,
        "tie_precision": precision,
        "tie_f1": f1(precision, recall),
        "broken_found": len(broken) - len(alarms),
        "broken_truth": due["False"],
        "alarms": len(alarms) + len(loud),
        "counts": {
            "claims": len(amounts), "read": len(read), "want_tied": due["True"], "linked": linked,
            "false_ties": len(false_ties), "invented": len(invented),
        },
        "missing": _brief(one for one in found if one.fact is None),
        "undated": _brief(undated),
        "not_linked": _brief(missed),
        "false_ties": _brief(false_ties),
        "alarm_list": [*_brief(alarms), *brief([fact.line, fact.printed] for fact in loud)],
        "invented": brief([fact.line, fact.printed, fact.label] for fact in invented),
    }  # fmt: skip


def _brief(claims: Iterable[Claimed]) -> list[object]:
    rows = (one.row for one in claims)
    return brief([row.get("line"), row["mention"], row.get("metric"), row.get("period")] for row in rows)


def _matched(amounts: Sequence[Row], said: Sequence[Stated], facts: dict[str, Stated]) -> list[Claimed]:
    """Every claim of the truth with a fact of its size and unit on its line, the best dated and then the best linked;
    each fact is given once."""
    taken: set[str] = set()
    found: list[Claimed] = []
    for row in amounts:
        wanted, measure, line = size(row["value"]), unit(row.get("unit")), row.get("line")
        left = [
            Claimed(row, fact, row["ties"] is True and is_linked(row, fact, facts))
            for fact in said
            if fact.id not in taken and fact.size == wanted and fact.unit == measure and line in (None, fact.line)
        ]
        best = max(left, key=lambda one: (one.is_dated, one.is_linked), default=Claimed(row, None))
        found.append(best)
        if best.fact is not None:
            taken.add(best.fact.id)
    return found


def _invented(money: Iterable[Stated], truth: Iterable[Row]) -> list[Stated]:
    """Amounts that the truth does not know, neither as claims nor as ends of ranges."""
    ends = {(row.get("line"), size(row[end])) for row in truth for end in ("low", "high") if row.get(end) is not None}
    return [fact for fact in money if ends.isdisjoint({(fact.line, fact.size), (None, fact.size)})]


def is_linked(row: Row, fact: Stated, facts: dict[str, Stated]) -> bool:
    """Whether ``fact`` was compared with the figure that it repeats, or with all that it is computed from."""
    others = [facts[one] for one in fact.ties_to if one in facts and one != fact.id]
    if "ties_to" in row:
        return _reaches(row, others)
    wanted, period = size(row.get("table_value")), days(row.get("period"))
    if not row.get("table_row"):
        return any(one.size == wanted for one in others) or _computes(others, wanted)
    line = {"row_label_restored": row["table_row"]}
    return any(one.size == wanted and one.days == period and _may_be(one, line, facts) for one in others)


def _may_be(fact: Stated, line: Row, facts: dict[str, Stated]) -> bool:
    """Whether a fact with the right figure stands in the row: its name decides only where another has that figure."""
    if fact.kind != "table" or not fact.label or same_name(fact, line):
        return True
    key = (fact.size, fact.days, fact.unit)
    same = (one for one in facts.values() if one.kind == "table" and (one.size, one.days, one.unit) == key)
    return all(one is fact for one in same)


def _reaches(row: Row, others: Sequence[Stated]) -> bool:
    """Whether ``others`` hold the printed figure that the truth names, or make it, or are all of its operands."""
    sizes = {one.size for one in others}
    named = [(one.get("role", "operand"), size(one["value"]), days(one.get("period"))) for one in row["ties_to"]]
    if any(role == "printed" and value in sizes for role, value, _ in named):
        return True
    if row.get("table_value") and _computes(others, size(row["table_value"])):
        return True
    operands = [(value, period) for role, value, period in named if role != "printed"]
    if row.get("claim") == "amount" and len(operands) == 1:
        return operands[0] in {(one.size, one.days) for one in others}
    return bool(operands) and sizes.issuperset(value for value, _ in operands)


def _computes(others: Sequence[Stated], wanted: object) -> bool:
    """Whether the figures add up to ``wanted``, or two of them differ by it."""
    sizes = [one.size for one in others if one.size is not None]
    if len(sizes) < 2 or len(sizes) < len(others):
        return False
    return sum(sizes) == wanted or (len(sizes) == 2 and abs(sizes[0] - sizes[1]) == wanted)

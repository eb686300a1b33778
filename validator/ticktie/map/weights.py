"""The sign of a flow by its place in the sums of its table: what it adds to the result, or takes from it."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from ticktie.map.labels import Mapping
from ticktie.map.structure import Relation
from ticktie.map.taxonomy import concepts

_RESULTS = frozenset(
    {
        "GrossProfit",
        "OperatingIncomeLoss",
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
        "NetIncomeLoss",
        "ProfitLoss",
    }
)


def effects(mappings: Map[int, Mapping], relations: Sequence[Relation]) -> dict[int, int]:
    """For each row of an income statement 1 where its printed figures add to a result, -1 where they are taken off."""
    found = {row: 1 for row, mapping in mappings.items() if _local(mapping) in _RESULTS}
    for total, items in reversed(relations):
        effect = found.get(total)
        if effect is None:
            continue
        for row, weight in items:
            found.setdefault(row, effect * (1 if weight > 0 else -1))
    return {row: effect for row, effect in found.items() if _local(mappings.get(row)) not in _RESULTS}


def _local(mapping: Mapping | None) -> str:
    return mapping.concept.partition(":")[2] if mapping else ""


def sign_by_effect(concept: str, effect: int) -> int | None:
    """1 or -1 to multiply printed figures by: income counts as it adds, cost as it is taken off; None where the
    concept is neither."""
    known = concepts().get(concept.partition(":")[2])
    if known is None or concept.startswith("ext:") or known.unit != "monetary" or known.period != "duration":
        return None
    if known.balance == "credit":
        return effect
    return -effect if known.balance == "debit" else None

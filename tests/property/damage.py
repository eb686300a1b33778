"""The ways in which OCR wrecks a table, each a function (document, random source) -> whether it found a place.

A damage changes a fresh document in place, marks the figures it touched, and records which aspect of a figure is
printed nowhere any more. ``FREQUENCIES`` are counts of figures in the three seed tables (188 figures); how much of a
document one damage hits follows the same tables (10 of 17 rows with
a shadow, 22 labels lost at once, one column header).
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.property.document import Release
from tests.property.releases import release
from tests.property.wreck_cells import column_collapsed, letters, nil_strays, sign_misread, thousands, value_lost
from tests.property.wreck_frames import header_displaced, header_lost, header_moved, labels_lost, split
from tests.property.wreck_rows import cells_shifted, rows_merged, shadow_above, shadow_below, shadow_true_label

Damage = Callable[[Release, random.Random], bool]

KINDS: dict[str, Damage] = {
    "shadow-above": shadow_above,
    "shadow-below": shadow_below,
    "shadow-true-label": shadow_true_label,
    "labels-lost": labels_lost,
    "header-lost": header_lost,
    "header-displaced": header_displaced,
    "header-moved": header_moved,
    "cells-shifted": cells_shifted,
    "rows-merged": rows_merged,
    "column-collapsed": column_collapsed,
    "thousands-misread": thousands,
    "nil-strays": nil_strays,
    "value-lost": value_lost,
    "split": split,
    "letters": letters,
    "sign-misread": sign_misread,
}
#: Figures with each damage in the seeds (of 188); kinds that the seeds hardly show count as one or two.
FREQUENCIES = {
    "shadow-above": 31,
    "shadow-below": 6,
    "shadow-true-label": 8,
    "labels-lost": 24,
    "header-lost": 14,
    "header-displaced": 24,
    "header-moved": 14,
    "cells-shifted": 20,
    "rows-merged": 8,
    "column-collapsed": 10,
    "thousands-misread": 3,
    "nil-strays": 6,
    "value-lost": 2,
    "split": 12,
    "letters": 1,
    "sign-misread": 1,
}


def damaged(seed: int, kinds: tuple[str, ...], style: str = "a") -> Release:
    """The release ``seed`` with ``kinds`` applied in turn; where one finds no place, the next document is taken."""
    for attempt in range(50):
        number = seed + 1_000_003 * attempt
        doc, rng = release(number, style), random.Random(f"{style}:{number}:{'+'.join(kinds)}")
        if all(KINDS[kind](doc, rng) for kind in kinds):
            doc.kinds = kinds
            return doc
    raise LookupError(f"no document of style {style} near seed {seed} has a place for {' and '.join(kinds)}")


def draw_pair(rng: random.Random) -> tuple[str, str]:
    """Two different kinds, drawn by their frequency in the seeds (rare ones raised to four)."""
    names = list(FREQUENCIES)
    first = rng.choices(names, [max(4, FREQUENCIES[k]) for k in names])[0]
    rest = [k for k in names if k != first]
    return first, rng.choices(rest, [max(4, FREQUENCIES[k]) for k in rest])[0]

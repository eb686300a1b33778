"""Claims under headings that name parts of the whole: one metric of one period with another value under each.

A release lists its segments or markets with a heading each, and every list says "revenue was ..."; the words of such a
claim name the metric of the whole, the heading names the part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from ticktie.model.figures import Claim

#: Words of headings that name no part of a company.
_GENERAL = (
    r"result|highlight|summar|overview|quarter|year|month|fiscal|financial|revenue|sales|income|earnings|expense|outlook"
    r"|guidance|operat|cash|balance|liquid|capital|share|dividend|about|conference|contact|note|period|update|recent"
    r"|\d|\bnews\b|commentary|item\b|table of|unaudited|measure"
)
_LONGEST = 6
#: How many times one value must be the other to be that of another part and no slip.
_APART = 2


@cache
def _general() -> re.Pattern[str]:
    return re.compile(_GENERAL, re.IGNORECASE)


def names_part(heading: str) -> bool:
    """Whether a heading may name a segment, a market or a product line."""
    words = heading.split()
    return 0 < len(words) <= _LONGEST and words[0][:1].isupper() and not _general().search(heading)


def with_parts(claims: Sequence[Claim], headings: Mapping[str, str]) -> tuple[Claim, ...]:
    """The claims, those marked as parts whose metric and period have far other values under other such headings."""
    groups: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.metrics and claim.kind == "amount" and names_part(headings.get(claim.id, "")):
            groups[claim.metrics[0].lower().split()[-1], claim.period, claim.unit].append(claim)
    parts = {claim.id for group in groups.values() if _differ(group, headings) for claim in group}
    named = {headings[part] for part in parts}
    return tuple(replace(c, is_part=True) if c.metrics and headings.get(c.id) in named else c for c in claims)


def _differ(group: Sequence[Claim], headings: Mapping[str, str]) -> bool:
    """Whether claims stand under several headings with values far apart."""
    sizes = sorted(abs(claim.value) for claim in group)
    return len({headings[claim.id] for claim in group}) > 1 and sizes[-1] >= _APART * sizes[0] > 0

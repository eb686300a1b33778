"""A whole document, restored: claims first, for they help to name rows and dates; then statements; then all facts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ticktie.extract.narrative import claims as claims_of
from ticktie.extract.periods import Calendar, calendar
from ticktie.extract.regions import Region, regions
from ticktie.map.claims import map_claims
from ticktie.model.facts import Fact, FactSet, Observation, Sum
from ticktie.model.figures import Claim
from ticktie.model.source import Document, Paragraph, Span
from ticktie.restore.facts import facts_of, sums_of
from ticktie.restore.observations import observations
from ticktie.restore.statement import Statement, statement
from ticktie.restore.views import as_other, in_view, repeated, supplementary, view_of

_CURRENCIES = (("USD", r"\$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥"))
_PREFIX = {"balance-sheet": "bs", "income-statement": "is", "cash-flow": "cf", "other": "ot"}


def restore(document: Document, entity: str | None = None) -> FactSet:
    """Every figure of ``document`` as a fact, with the sums its tables print and the damage that was read through."""
    found = _regions(document)
    days = calendar(_texts(document, found))
    claims = claims_of(document, days)
    statements = _statements(found, days, claims)
    currency = currency_of(document.text)
    facts = [
        fact for one in statements for fact in in_view(facts_of(one, document, currency, entity), view_of(one.region))
    ]
    if document.source is not None:
        facts = _typed(facts, statements, document, currency, entity)
    sums: list[Sum] = []
    seen: list[Observation] = list(_of_reading(document))
    by_table: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_table[fact.id.partition(".")[0]].append(fact)
    for one in statements:
        rows = by_table[one.table]
        sums += sums_of(one, rows)
        seen += observations(one, rows, document)
    beside = [
        fact
        for other, part in supplementary(document, found, days, claims)
        for fact in as_other(facts_of(other, document, currency, entity), other.columns, part)
    ]
    said = map_claims(claims, [*facts, *beside], document)
    facts += repeated(beside, said)
    return FactSet((*facts, *said.facts), (*sums, *said.sums), said.shares, tuple(seen), quotients=said.quotients)


def _regions(document: Document) -> tuple[Region, ...]:
    """The statements of a document whose tables are in place, or was typed; else all regions."""
    tables = [block for block in document.blocks if not isinstance(block, Paragraph)]
    if not document.is_typed and not any(table.rows[0].columns for table in tables):
        return regions(document)
    from ticktie.extract.statements import placed_regions

    found = placed_regions(document)
    others = regions(document)
    return (*found, *(others if document.source is not None or not found else _views(others)))


def _views(found: Sequence[Region]) -> list[Region]:
    """The first statement of each kind in each view ("pro forma"): a later one restates it, column beside column."""
    first: dict[tuple[str | None, str], Region] = {}
    for region in found:
        if view := view_of(region):
            first.setdefault((region.kind, view), region)
    return list(first.values())


def _typed(
    facts: Sequence[Fact], statements: Sequence[Statement], document: Document, currency: str, entity: str | None
) -> list[Fact]:
    """The facts of statements that no engine has misread, in agreement, with those that their labels describe."""
    from ticktie.restore.agreement import agreed
    from ticktie.restore.described import described_facts

    typed = [one for one in statements if one.region.is_typed]
    return [*agreed(facts), *(fact for one in typed for fact in described_facts(one, document, currency, entity))]


def currency_of(text: str) -> str:
    """The code of the currency whose sign stands most often in ``text``; dollars where none does."""
    counts = {code: len(re.findall(sign, text)) for code, sign in _CURRENCIES}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else "USD"


def _texts(document: Document, found: Sequence[Region]) -> list[str]:
    """Paragraphs, and the header rows of tables, as texts that may speak of periods."""
    headers = [" ".join(cell.text for cell in row.cells) for region in found for row in region.rows[:4]]
    if document.source is not None:
        headers += _balances(document)
    return [*(block.text for block in document.blocks if isinstance(block, Paragraph)), *headers]


def _balances(document: Document) -> list[str]:
    """The labels of balances in other tables (of equity): they name ends of periods that nothing else does."""
    tables = [block for block in document.blocks if not isinstance(block, Paragraph)]
    labels = (row.cells[0].text for table in tables for row in table.rows)
    return [label for label in labels if label[:7].lower() == "balance"]


def _statements(found: Sequence[Region], days: Calendar, claims: Sequence[Claim]) -> list[Statement]:
    names: Counter[str] = Counter()
    elsewhere = next((region.scale for region in found if region.kind and region.scale is not None), None)
    out = []
    for region in found:
        prefix = _PREFIX.get(region.kind or "other", "ot")
        one = statement(region, f"{prefix}{names[prefix] + 1}", days, claims, elsewhere)
        if one is not None:
            names[prefix] += 1
            out.append(one)
    return out


def _of_reading(document: Document) -> list[Observation]:
    place = document.location(Span(0, min(1, len(document.text))))
    return [
        *(Observation("encoding-assumed", note, (place,)) for note in document.notes),
        *(Observation("part-not-read", why, (place,)) for why in document.skipped),
    ]

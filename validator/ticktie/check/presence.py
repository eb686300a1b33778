"""Lost figures: a column without a line item that the other columns state."""

from __future__ import annotations

from collections.abc import Iterator

from ticktie.check.book import Rule, RuleBook
from ticktie.check.index import Index
from ticktie.check.trial import Trial


def presence(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Columns that state the line item ``given`` and not one of ``needs``, where as many other columns of the same
    statement state both (a note repeats totals without the rest)."""
    given, needs = rule.word("given"), rule.words("needs")
    settings = [setting for setting in index.settings([given]) if not setting.dimensions]
    lacking = [where for where in settings if not any(index.stated(concept, where) for concept in needs)]
    if not lacking or len(settings) - len(lacking) < max(len(lacking), 1):
        return
    complete = {index.stated(given, where)[0].statement for where in settings if where not in lacking}
    for fact in (index.stated(given, where)[0] for where in lacking):
        if fact.statement not in complete:
            continue
        yield Trial(rule.id, "broken", fact.id, (), None, fact.value, None, None, ticks="none", proves=False)

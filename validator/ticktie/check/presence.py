"""Lost figures: a column without a line item that the other columns state."""

from __future__ import annotations

from collections.abc import Iterator

from ticktie.check.book import Rule, RuleBook
from ticktie.check.index import Index
from ticktie.check.trial import Trial


def presence(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Columns that state the line item ``given`` and not one of ``needs``, where as many other columns state both."""
    given, needs = rule.word("given"), rule.words("needs")
    settings = [setting for setting in index.settings([given]) if not setting.dimensions]
    lacking = [where for where in settings if not any(index.stated(concept, where) for concept in needs)]
    if not lacking or len(settings) - len(lacking) < max(len(lacking), 1):
        return
    for where in lacking:
        fact = index.stated(given, where)[0]
        yield Trial(rule.id, "broken", fact.id, (), None, fact.value, None, None, ticks="none", proves=False)

"""One sentence taken apart: its amounts, its period mentions, its groups, and what it inherits."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.amounts import Amount, money, percentages
from ticktie.extract.clauses import Group, Phrases, groups, masked, noun_after, phrases
from ticktie.extract.counts import counts, fractions, share_counts
from ticktie.extract.period_words import PeriodMention, period_mentions
from ticktie.extract.periods import Calendar
from ticktie.extract.sentences import Sentence
from ticktie.model.facts import Period
from ticktie.model.figures import Claim

LEVELS = ("amount", "guidance", "percentage", "ratio", "event")


#: Amounts that a sentence can hold; what holds more is a list or a table, and no prose.
_MOST = 40


class Context(Struct, frozen=True):
    """What a sentence inherits from those before it: the period spoken of, the last comparison, and its metrics."""

    period: Period | None
    last: tuple[Claim, ...] = ()
    population: Claim | None = None
    metrics: tuple[str, ...] = ()
    outlook: bool = False


class Reading(Struct, frozen=True):
    """One sentence taken apart; ``text`` is masked, offset for offset."""

    sentence: Sentence
    amounts: tuple[Amount, ...]
    mentions: tuple[PeriodMention, ...]
    text: str
    groups: tuple[Group, ...]
    first_id: int = 0

    def group_of(self, amount: Amount) -> Group:
        return next(group for group in reversed(self.groups) if group.start <= amount.start)


def read_sentence(sentence: Sentence, calendar: Calendar, first_id: int) -> Reading:
    """The amounts, period mentions and groups of a sentence."""
    found = amounts(sentence.text)
    if not found or len(found) > _MOST:
        return Reading(sentence, (), (), sentence.text, ())
    said = period_mentions(sentence.text, calendar)
    mentions = tuple(m for m in said if not any(m.start < a.end and a.start < m.end for a in found))
    text = masked(sentence.text, ((m.start, m.end) for m in mentions), ((a.start, a.end) for a in found))
    return Reading(sentence, found, mentions, text, groups(text), first_id)


def amounts(text: str) -> tuple[Amount, ...]:
    """All numbers that can be claims, in order; of two that overlap the first kind wins."""
    taken: list[Amount] = [*money(text)]
    for others in (percentages(text), share_counts(text), counts(text), fractions(text)):
        held = [(a.start, a.end) for a in taken]
        taken += [a for a in others if not any(a.start < end and start < a.end for start, end in held)]
    return tuple(sorted(taken, key=lambda amount: amount.start))


def phrases_of(reading: Reading, index: int) -> Phrases:
    """The phrases around one amount, up to its neighbours in the group."""
    amount = reading.amounts[index]
    group = reading.group_of(amount)
    before = [other.end for other in reading.amounts[:index] if other.end <= amount.start]
    lead = max([group.words, *before]) if before else 0
    after = [other.start for other in reading.amounts[index + 1 :] if other.start >= amount.end]
    trail = min([group.end, *after]) if after else group.end
    found = phrases(reading.text, amount.start, lead, amount.end, max(trail, amount.end))
    return found if found.after else replace(found, after=_shared_after(reading, index))


def _shared_after(reading: Reading, index: int) -> str:
    """What follows the last of two joined amounts names both ("# and # of upfront fees")."""
    text, following = reading.text, reading.amounts[index : index + 3]
    if len(following) < 2 or following[0].unit != following[1].unit:
        return ""
    if text[following[0].end : following[1].start].strip() not in ("and", ",", ", and"):
        return ""
    end = min(reading.group_of(following[1]).end, *(amount.start for amount in following[2:]), len(text))
    return noun_after(text[following[1].end : max(end, following[1].end)])


def in_group(claim: Claim, reading: Reading, group: Group) -> bool:
    start = reading.sentence.span(group.start, group.start + 1).start
    end = reading.sentence.span(group.end - 1, group.end).end
    return start <= claim.span.start < end

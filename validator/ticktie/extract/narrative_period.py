"""Which of a sentence's periods each of its figures speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from ticktie.extract.amounts import Amount
from ticktie.extract.clauses import Group, has_verb
from ticktie.extract.period_words import PeriodMention, Reading, Relative, resolve
from ticktie.extract.periods import Calendar
from ticktie.model.facts import Period

#: "# for §": how far a period may stand from the figure that it belongs to directly.
_ADJACENT = 6
INHERITED = "inherited"


class Dated(Struct, frozen=True):
    """A period, and the kind of words it comes from (``inherited`` where the sentence says none)."""

    period: Period | None
    words: str


class _Scene(Struct, frozen=True):
    text: str
    amounts: Sequence[Amount]
    mentions: Sequence[PeriodMention]
    groups: Sequence[Group]
    context: Period | None
    calendar: Calendar


def dated(
    text: str,
    amounts: Sequence[Amount],
    mentions: Sequence[PeriodMention],
    groups: Sequence[Group],
    context: Period | None,
    calendar: Calendar,
) -> tuple[Dated, ...]:
    """The period of each amount of a (masked) sentence; ``context`` is what the text before it speaks of."""
    scene = _Scene(text, amounts, mentions, groups, context, calendar)
    main = _main(scene)
    return tuple(_dated(scene, amount, main) for amount in amounts)


def _main(scene: _Scene) -> Dated:
    """The period that the sentence's own statement speaks of: what comparisons are relative to."""
    for group in scene.groups:
        if group.comparison:
            continue
        inside = [amount for amount in scene.amounts if group.start <= amount.start < group.end]
        readings = [_said(scene, amount, group) for amount in inside]
        readings += [mention.readings[0] for mention in _usable(scene, group) if not inside]
        for reading in readings:
            if reading is not None and not _is_earlier(reading):
                return _resolved(scene, reading, scene.context)
    return Dated(scene.context, INHERITED)


def _is_earlier(reading: Reading) -> bool:
    return isinstance(reading, Relative) and reading.relation != "current"


def _resolved(scene: _Scene, reading: Reading, anchor: Period | None) -> Dated:
    words = reading.relation if isinstance(reading, Relative) else "said"
    return Dated(resolve(reading, anchor, scene.calendar), words)


def _dated(scene: _Scene, amount: Amount, main: Dated) -> Dated:
    group = next(group for group in reversed(scene.groups) if group.start <= amount.start)
    if group.comparison and (amount.kind == "points" or (amount.kind == "percent" and _is_aside(scene, amount, group))):
        return main
    said = _said(scene, amount, group)
    if said is not None:
        return _resolved(scene, said, _anchor(scene, said, main))
    if not group.comparison:
        return main
    second = _second_reading(scene)
    return Dated(second, "said") if second else Dated(None, "")


def _anchor(scene: _Scene, said: Reading, main: Dated) -> Period | None:
    """What a relative period is relative to: the statement, or the context where the statement itself is relative."""
    relative_main = isinstance(said, Relative) and main.words == said.relation
    return scene.context if relative_main else main.period


def _is_aside(scene: _Scene, amount: Amount, group: Group) -> bool:
    """Whether a percentage within a comparison speaks of the statement ("up # from # and are up #% from #")."""
    others = [a for a in scene.amounts if group.start <= a.start < group.end and a.kind == "money"]
    return bool(others) and others[0].start < amount.start and group.end - amount.end <= 2


def _usable(scene: _Scene, group: Group) -> list[PeriodMention]:
    """The mentions of a group; months only where nothing else is said."""
    inside = [m for m in scene.mentions if group.start <= m.start < group.end and not _is_excluded(scene, m)]
    firm = [m for m in inside if m.kind != "month"]
    return firm or inside


def _said(scene: _Scene, amount: Amount, group: Group) -> Reading | None:
    """The reading for an amount: the mention that follows it, the one before it, or one the figures share by order."""
    mentions = _usable(scene, group)
    if not mentions:
        return None
    alike = [a for a in scene.amounts if group.start <= a.start < group.end and _class(a) == _class(amount)]
    following = [m for m in mentions if m.start >= amount.end]
    preceding = [m for m in mentions if m.end <= amount.start]
    later = [a for a in alike if a.start >= amount.end]
    following = [m for m in following if not _is_base_of_other(scene, amount, m)]
    near = following[0] if following and not (later and later[0].start < following[0].start) else None
    chosen = near if near and not _is_loose(near, amount, preceding) else (preceding[-1] if preceding else None)
    chosen = chosen or (following[0] if following else None)
    if chosen is None or _is_base(scene, amount, chosen) or _is_left_behind(scene, amount, chosen):
        return None
    return _of_order(chosen, amount, alike, preceding)


def _is_excluded(scene: _Scene, mention: PeriodMention) -> bool:
    """Whether a period only says what is left out ("excluding prior year charges")."""
    return _EXCLUDING.search(scene.text, max(0, mention.start - 24), mention.start) is not None


def _is_base(scene: _Scene, amount: Amount, mention: PeriodMention) -> bool:
    """Whether a period is what a percentage grew from ("grew 37% from the previous quarter"), not its own."""
    if amount.kind not in ("percent", "points") or mention.kind != "relative" or mention.start < amount.end:
        return False
    return _BASE.search(scene.text, amount.end, mention.start) is not None


def _is_base_of_other(scene: _Scene, amount: Amount, mention: PeriodMention) -> bool:
    """Whether a period is what a number in between grew from ("# , up #% from the year-ago quarter")."""
    if mention.kind != "relative":
        return False
    if _COMPARED.search(scene.text, amount.end, mention.start):
        return True
    if not any(amount.end <= a.start < mention.start for a in scene.amounts):
        return False
    return _BASE.search(scene.text, amount.end, mention.start) is not None


def _is_left_behind(scene: _Scene, amount: Amount, mention: PeriodMention) -> bool:
    """Whether a relative period went with figures before a new clause ("prior year gains of #, X rose #")."""
    if mention.kind != "relative" or mention.end > amount.start or not isinstance(mention.readings[0], Relative):
        return False
    between = [a.end for a in scene.amounts if mention.end <= a.start and a.end <= amount.start]
    return (
        bool(between)
        and mention.readings[0].relation != "current"
        and has_verb(scene.text[max(between) : amount.start])
    )


_EXCLUDING = re.compile(r"(?i)\b(?:excluding|including|exclude[sd]?)\s(?:the\s|our\s)?$")
_COMPARED = re.compile(r"(?i)\b(?:compared\s(?:to|with)|versus|vs\.?|than|relative\sto)\s(?:the\s)?$")
_BASE = re.compile(r"(?i)\b(?:from|over|compared\s(?:to|with)|versus|than|vs\.?|on|above|below)\s(?:the\s)?$")


def _is_loose(near: PeriodMention, amount: Amount, preceding: list[PeriodMention]) -> bool:
    """Whether the mention after an amount is loose talk ("since 2007") while one before it is firm."""
    if not preceding or preceding[-1].kind not in ("duration", "instant"):
        return False
    return near.kind == "month" or (near.kind == "year" and near.start - amount.end > _ADJACENT)


def _of_order(mention: PeriodMention, amount: Amount, alike: list[Amount], preceding: list[PeriodMention]) -> Reading:
    """The reading of a mention of several periods that belongs to the amount by order ("respectively")."""
    if len(mention.readings) == 1:
        return mention.readings[0]
    if mention in preceding:
        served = [a for a in alike if a.start >= mention.end]
    else:
        served = [a for a in alike if a.end <= mention.start][-len(mention.readings) :]
    position = next((index for index, other in enumerate(served) if other is amount), 0)
    in_turn = len(served) > 1 and len(served) % len(mention.readings) == 0
    return mention.readings[position % len(mention.readings) if in_turn else 0]


def _second_reading(scene: _Scene) -> Period | None:
    """The second period of "the three months ended DATE and DATE" for a comparison that names none."""
    for mention in scene.mentions:
        if len(mention.readings) == 2 and isinstance(mention.readings[1], Period):
            return mention.readings[1]
    return None


def _class(amount: Amount) -> str:
    """Amounts compete for a period only with their like: money, per share, percentages, counts."""
    if amount.kind == "money":
        return "small" if abs(amount.value) < 100 and amount.decimals is not None and amount.decimals >= 2 else "money"
    return amount.kind

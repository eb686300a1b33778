"""The phrases that name a claim, best first: its own words, those of the figure it stands against, or inherited."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ticktie.extract.amounts import Amount
from ticktie.extract.clauses import Group, Phrases
from ticktie.extract.reading import LEVELS, Context, Reading, in_group, phrases_of
from ticktie.model.figures import Claim

_PER_SHARE = re.compile(
    r"^[\s,]{0,2}(?:per|a|an|for\seach)\s(?P<words>(?:(?:fully|basic|diluted|common|ordinary|and|or|class|[AB]|adjusted|non-GAAP|weighted|average)[\s-]){0,5})"
    r"(?:share|unit|ADS|ADR)\b(?P<rest>[^#;.]{0,48})",
    re.IGNORECASE,
)
_EPS = re.compile(r"(?i)\bper\s(?:\w+\s){0,4}share|\bEPS\b|\bper\sunit")
#: "31% of total revenue, or $3.2 million": the money is the share, not the whole.
_SHARE_OF = re.compile(
    r"#\sof\s(?:the\s|our\s|its\s)?(?P<whole>[^#§;.,()]{3,60}),?\s(?:or\s(?:approximately\s|about\s)?|\()$"
)
_FLAVOUR = re.compile(r"(?i)basic\sand\sdiluted|diluted|basic")
_ADJUSTED = re.compile(
    r"(?i)\b(?:pro\sforma|non-GAAP|adjusted|excluding|exclusive\sof|would\shave\s(?:been|totaled)|constant\scurrenc\w+|organic|comparable\sstore)\b"
)
_OTHER_GUIDANCE = re.compile(r"(?i)\b(?:guidance|outlook|forecast|estimates?|expectations?)$")
#: Words that make one of two like names something else.
_OPPOSITES = frozenset({"loss", "losses", "income", "profit", "earnings", "used", "provided", "gross", "expense"})
_GAAP = re.compile(r"(?<!non-)\bGAAP\b")
_ON = re.compile(r",?\s(?:to|at|or|and)\s(?:an?\s)?(?:approximately\s|about\s)?|\s?\(|,\s")
_THEN_DILUTED = re.compile(r"^[^#;.]{0,40}\((?=#[^)]{0,60}dilut)")
_BASIC = re.compile("basic")


def named(claim: Claim, reading: Reading, index: int, words: Phrases, before: list[Claim], context: Context) -> Claim:
    """The claim with its metric phrases, best first."""
    amount = reading.amounts[index]
    money = amount.kind == "money"
    shared = _SHARE_OF.search(reading.text, max(0, amount.start - 120), amount.start) if money else None
    if shared:
        return replace(claim, metrics=(f"share of {shared['whole']}", shared["whole"]), is_part=True)
    share = per_share(reading, amount) if amount.kind == "money" else None
    if share:
        named = replace(claim, metrics=_share_metrics(claim, reading, index, words, before, share))
        return _adjusted(named, reading, amount)
    own = [phrase for phrase in (words.after, words.before) if phrase]
    parallel = _parallel(claim, reading, amount, before)
    if parallel and parallel.metrics and own and _OTHER_GUIDANCE.search(own[0]):
        name = f"{own[0]}: {parallel.metrics[0]}"
        return replace(claim, metrics=(name, *parallel.metrics), is_part=True, period=claim.period or parallel.period)
    if parallel and _same_subject(words, parallel):
        return replace(claim, metrics=parallel.metrics, is_part=parallel.is_part)
    pair = _pair(reading, index, words.before) if not words.after else ()
    if pair:
        return _adjusted(replace(claim, metrics=pair), reading, amount)
    if not own:
        return _inheriting(claim, reading, index, words, before, context)
    whole = [words.whole] if words.whole and words.whole not in own else []
    is_part = words.included or bool(words.after)
    return _adjusted(replace(claim, metrics=tuple(dict.fromkeys(own + whole)), is_part=is_part), reading, amount)


def in_share_unit(claim: Claim, amount: Amount) -> Claim:
    """A small amount whose name is per share is per share too ("earnings per share were up #% to #")."""
    small = amount.kind == "money" and "/" not in claim.unit and abs(amount.value) < 1000
    if small and claim.metrics and _EPS.search(claim.metrics[0]):
        return replace(claim, unit=f"{claim.unit}/shares")
    return claim


def per_share(reading: Reading, amount: Amount) -> re.Match[str] | None:
    """The words "per diluted share" after an amount, or before a small one ("earnings per share of")."""
    after = _PER_SHARE.match(reading.text, amount.end) or _PER_SHARE.match(reading.text[amount.end :])
    if after or abs(amount.value) >= 1000:
        return after
    lead = reading.text[max(0, reading.group_of(amount).start) : amount.start]
    return _EPS.search(lead[lead.rfind("#") + 1 :])


_SECOND = re.compile(r"\sand\s(?:an?\s)?")
_IN_TURN = re.compile(r"^[^#;]{0,40}?,?\srespectively")
_HEAD_NOUN = re.compile(
    r"(?:expenses?|costs?|revenues?|income|fees|sales|charges?|assets|liabilities|receivables?|equity|loss|profit|payments|debt)$",
    re.IGNORECASE,
)


def _pair(reading: Reading, index: int, before: str) -> tuple[str, ...]:
    """The name that is this figure's in "A and B were # and #, respectively"; empty where the words do not pair."""
    amounts, text = reading.amounts, reading.text
    for first in (index, index - 1):
        if (
            first < 0
            or first + 1 >= len(amounts)
            or not _SECOND.fullmatch(text, amounts[first].end, amounts[first + 1].start)
        ):
            continue
        names = _halves(before if first == index else phrases_of(reading, first).before)
        in_turn = _IN_TURN.match(text[amounts[first + 1].end :]) and not any(
            len(m.readings) > 1 for m in reading.mentions
        )
        if names and in_turn:
            return (names[index - first],)
    return ()


def _halves(phrase: str) -> tuple[str, str] | None:
    """The two names that "and" joins: cut after a head noun ("R and D expenses and taxes") of a name of several words
    if there is one ("sales" alone may be the beginning of "sales and marketing"), or in the middle."""
    cuts = [match.start() for match in re.finditer(r"\sand\s", phrase)]
    if not cuts:
        return None
    heads = [cut for cut in cuts if _HEAD_NOUN.search(phrase[:cut])]
    long = [cut for cut in heads if " " in phrase[:cut]]
    cut = (long or heads or cuts[len(cuts) // 2 :])[0]
    return phrase[:cut].strip(" ,"), phrase[cut + 5 :].strip()


def _adjusted(claim: Claim, reading: Reading, amount: Amount) -> Claim:
    """The claim as an adjusted one, where its clause says so and its name does not say GAAP."""
    name = claim.metrics[0] if claim.metrics else ""
    if _GAAP.search(name) or not _is_adjusted(reading, amount):
        return claim
    name = name if _ADJUSTED.search(name) else f"adjusted {name}"
    return replace(claim, metrics=(name, *claim.metrics[1:]), is_part=True)


def _is_adjusted(reading: Reading, amount: Amount) -> bool:
    """Whether the clause speaks of an adjusted figure ("excluding", "non-GAAP")."""
    group = reading.group_of(amount)
    return _ADJUSTED.search(reading.text, group.start if group.comparison else 0, amount.start) is not None


def _parallel(claim: Claim, reading: Reading, amount: Amount, before: list[Claim]) -> Claim | None:
    """The claim that a figure of a comparison stands against: of the same unit, by order ("respectively")."""
    group = reading.group_of(amount)
    if not group.comparison:
        return None
    level = [c for c in before if c.unit == claim.unit and c.kind in LEVELS and c.bound == claim.bound]
    base = _base_group(reading, group)
    here = reading.sentence.span(group.start, group.start + 1).start
    first = [c for c in level if c.span.start < here and in_group(c, reading, base)] if base else []
    order = len([c for c in level if c.span.start >= here])
    if len(first) > 1 and order < len(first):
        return first[order]
    return first[0] if len(first) == 1 else (first[-1] if first else (level[-1] if level else None))


def _base_group(reading: Reading, group: Group) -> Group | None:
    """The last statement before a comparison."""
    earlier = [other for other in reading.groups if other.start < group.start and not other.comparison]
    return earlier[-1] if earlier else None


def _same_subject(words: Phrases, parallel: Claim) -> bool:
    """Whether the compared figure has no name of its own, or one with the same last noun ("online sales", "sales")."""
    own = words.after or words.before
    if not own or not parallel.metrics:
        return bool(parallel.metrics) and not own
    name = parallel.metrics[0].lower().split()
    mine = own.lower().split()
    return mine[-1] == name[-1] and len(mine) <= len(name) and not _OPPOSITES & (set(mine) ^ set(name))


def _inheriting(
    claim: Claim, reading: Reading, index: int, words: Phrases, before: list[Claim], context: Context
) -> Claim:
    """A figure without words of its own: it speaks of the same as the figure before it, or as the last sentence."""
    source = _source(claim, reading, index, before)
    if words.included:
        return replace(claim, metrics=(words.whole,) if words.whole else (), is_part=True)
    if source is not None:
        return replace(claim, metrics=source.metrics, is_part=source.is_part)
    return replace(claim, metrics=context.metrics, is_part=_is_adjusted(reading, reading.amounts[index]))


def _source(claim: Claim, reading: Reading, index: int, before: list[Claim]) -> Claim | None:
    """The claim before whose name also names this one: directly before ("up #% to #"), else of the same unit."""
    named = [c for c in before if c.metrics]
    if (
        named
        and named[-1] is before[-1]
        and _ON.fullmatch(reading.text, reading.amounts[index - 1].end, reading.amounts[index].start)
    ):
        return named[-1]
    alike = [c for c in named if c.unit == claim.unit or claim.unit == "pure"]
    return alike[-1] if alike else (named[-1] if named and named[-1] is before[-1] else None)


def _share_metrics(
    claim: Claim, reading: Reading, index: int, words: Phrases, before: list[Claim], share: re.Match[str]
) -> tuple[str, ...]:
    """ "Net loss per basic and diluted share": the name of the amount it goes with, and the kind of share."""
    amount = reading.amounts[index]
    nearby = share[0] if share.re is _PER_SHARE else reading.text[max(0, amount.start - 60) : amount.start]
    flavour = _FLAVOUR.search(nearby) or _contrasted(reading, amount)
    kind = f"per {flavour[0].lower()} share" if flavour else "per share"
    group = reading.group_of(amount)
    money_before = [
        c for c in before if "/" not in c.unit and c.kind in LEVELS and c.unit != "pure" and in_group(c, reading, group)
    ]
    if share.re is _PER_SHARE and words.before and not _EPS.search(words.before):
        return (f"{words.before} {kind}",)
    if money_before and share.re is _PER_SHARE and money_before[-1].metrics:
        return (f"{money_before[-1].metrics[0]} {kind}",)
    if words.before:
        return (words.before if _EPS.search(words.before) else f"{words.before} {kind}",)
    earlier = [c for c in before if c.unit == claim.unit and c.metrics]
    return earlier[-1].metrics if earlier else (kind,)


def _contrasted(reading: Reading, amount: Amount) -> re.Match[str] | None:
    """Basic shares, where the diluted figure follows in brackets."""
    follows = _THEN_DILUTED.match(reading.text[amount.end :])
    return _BASIC.match("basic") if follows else None

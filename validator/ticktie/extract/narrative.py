"""Claims: the figures of running text, with the words and the period that say what each one is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from ticktie.extract.amounts import Amount, looks_forward, money, percentages
from ticktie.extract.clauses import Group, Phrases, groups, masked, phrases
from ticktie.extract.counts import PEOPLE, counts, fractions, share_counts
from ticktie.extract.narrative_period import dated
from ticktie.extract.period_words import PeriodMention, Relative, period_mentions, resolve
from ticktie.extract.periods import Calendar
from ticktie.extract.sentences import Sentence, is_list_item, sentences
from ticktie.model.facts import Period
from ticktie.model.figures import Claim, ClaimKind
from ticktie.model.source import Document

_BOILERPLATE = re.compile(
    r"(?i)forward-looking\sstatements?\s(?:within|are|involve|based|include)|safe\sharbor|CFR\s\d|telephone|\bdial\b"
)
_PER_SHARE = re.compile(
    r"^[\s,]{0,2}(?:per|a|an|for\seach)\s(?P<words>(?:(?:fully|basic|diluted|common|ordinary|and|or|class|[AB]|adjusted|non-GAAP|weighted|average)[\s-]){0,5})"
    r"(?:share|unit|ADS|ADR)\b(?P<rest>[^#;.]{0,48})",
    re.IGNORECASE,
)
_EPS = re.compile(r"(?i)\bper\s(?:\w+\s){0,4}share|\bEPS\b|\bper\sunit")
_FLAVOUR = re.compile(r"(?i)basic\sand\sdiluted|diluted|basic")
_RISE = r"increas|growth|gr[eo]w|rose|rise|up\b|higher|improv|climb|jump|expan|accelerat|over\b"
_FALL = r"decreas|declin|fell|fall|down\b|lower|reduc|drop|slip|contract|narrow|decelerat"
_CHANGE_BEFORE = re.compile(
    rf"(?i)\b(?P<word>{_RISE}|{_FALL})\w*\s(?:of\s|by\s|was\s|another\s|an?\s|further\s|approximately\s|about\s|nearly\s|healthy\s|incredible\s|solid\s|strong\s|only\s|over\s|more\sthan\s){{0,4}}[(]?$"
)
_CHANGE_AFTER = re.compile(
    rf"(?i)^,?\s(?:or\s#\s|\(#\)\s)?(?:year-over-year\s|sequential\s|net\s|organic\s|revenue\s|sales\s){{0,2}}"
    rf"(?P<word>{_RISE}|{_FALL}|change\b|differ|year.over.year|sequential)"
)
_MONEY_CHANGE_AFTER = re.compile(
    r"(?i)^\s(?:year-over-year\s|net\s|sequential\s)?(?P<word>increase|decrease|improvement|decline|reduction|rise|drop|difference)\b"
)
_DIFFERENCE = re.compile(r"(?i)^\s(?:\w+\s)?(?:difference|increase|decrease|improvement|decline|reduction|change)\b")
_EVENT = re.compile(
    r"(?i)\b(?:milestones?|up-?front|signing|settlement|acquisition|purchase\sprice|offering|grant|award|termination\sfee|redemption|proceeds)\b"
)
_EVENT_WORDS = re.compile(
    r"(?i)\b(?:received|earned|triggering|triggers?|potential(?:ly)?|entitl\w+|agreed|eligible|will\sreceive|closed|completed)\b"
)
_ADJUSTED = re.compile(
    r"(?i)\b(?:pro\sforma|non-GAAP|adjusted|excluding|exclusive\sof|constant\scurrenc\w+|organic|comparable\sstore)\b"
)
_GAAP = re.compile(r"(?<!non-)\bGAAP\b")
_CONTINUING = re.compile(r"(?i)^(?:this|that|these|it|they|which)\b(?:\s\w+){0,2}\scompares?\b")
_POINTING = re.compile(r"(?i)\b(?:this|these|the)\s$")
_SHARE_WORDS = re.compile(
    r"(?i)margin|revenue|sales|income|rate\sof\stax|tax\srate|expense|interest|growth|market\sshare|confidence|yield|dividend"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence inherits from those before it: the period spoken of, the last comparison, and its metrics."""

    period: Period | None
    last: tuple[Claim, ...] = ()
    population: Claim | None = None
    metrics: tuple[str, ...] = ()
    outlook: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence taken apart; ``text`` is masked, offset for offset."""

    sentence: Sentence
    amounts: tuple[Amount, ...]
    mentions: tuple[PeriodMention, ...]
    text: str
    groups: tuple[Group, ...]
    first_id: int = field(default=0)

    def group_of(self, amount: Amount) -> Group:
        return next(group for group in reversed(self.groups) if group.start <= amount.start)


def claims(document: Document, calendar: Calendar) -> tuple[Claim, ...]:
    """Every claim of the document's running text, in order; ids are ``c1``, ``c2``, ..."""
    found: list[Claim] = []
    scene, context, paragraph = calendar, Context(calendar.current), -1
    for sentence in sentences(document):
        if sentence.paragraph != paragraph:
            scene = scene if is_list_item(sentence.passage.text) else calendar
            context, paragraph = _new_paragraph(context, sentence, scene), sentence.paragraph
        reading = read_sentence(sentence, scene, len(found) + 1)
        new: list[Claim] = []
        if reading.amounts and not _BOILERPLATE.search(sentence.text):
            new = _claims(reading, context, scene)
            found += [*new, *_second_instants(new, reading)]
        context = _after(context, reading, new, scene)
        scene = _of_list(sentence, scene)
    return tuple(found)


def _of_list(sentence: Sentence, calendar: Calendar) -> Calendar:
    """The calendar for the list that a sentence opens: "Results for 2022 included:" speaks of the periods of 2022."""
    mentions = period_mentions(sentence.text, calendar) if sentence.text.rstrip().endswith(":") else ()
    years = [m.readings[0] for m in mentions if m.kind == "year" and isinstance(m.readings[0], Period)]
    if not years or calendar.current is None:
        return calendar
    year = calendar.fiscal_year(years[0].end)
    return replace(calendar, current=resolve(Relative("in-year", None, year), calendar.current, calendar))


def _second_instants(new: list[Claim], reading: Reading) -> list[Claim]:
    """A figure said of two days ("# at DATE and DATE") is two claims."""
    found: list[Claim] = []
    for claim, amount in zip(new, reading.amounts, strict=True):
        for mention in reading.mentions:
            two = mention.kind == "instant" and len(mention.readings) == 2 and mention.start - amount.end <= 2
            alone = sum(a.end <= mention.start and a.unit == amount.unit for a in reading.amounts) == 1
            second = mention.readings[1] if two and alone and mention.start >= amount.end else None
            if isinstance(second, Period):
                found.append(replace(claim, id=f"{claim.id}b", period=second))
    return found


def _new_paragraph(context: Context, sentence: Sentence, calendar: Calendar) -> Context:
    """A paragraph speaks of the reported period, or of the one that its heading names; after a colon, of the same."""
    heading = sentence.passage.heading
    outlook = bool(re.search(r"(?i)outlook|guidance", heading))
    period = calendar.current
    for mention in period_mentions(heading, calendar)[:1]:
        if isinstance(mention.readings[0], Period) and mention.kind == "duration":
            period = mention.readings[0]
    if outlook and period == calendar.current and period is not None:
        period = calendar.following(period)
    return Context(period, (), None, (), outlook)


def read_sentence(sentence: Sentence, calendar: Calendar, first_id: int) -> Reading:
    """The amounts, period mentions and groups of a sentence."""
    amounts = _amounts(sentence.text)
    mentions = period_mentions(sentence.text, calendar) if amounts or sentence.index == 0 else ()
    mentions = tuple(m for m in mentions if not any(m.start < a.end and a.start < m.end for a in amounts))
    text = masked(sentence.text, ((m.start, m.end) for m in mentions), ((a.start, a.end) for a in amounts))
    return Reading(sentence, amounts, mentions, text, groups(text), first_id)


def _amounts(text: str) -> tuple[Amount, ...]:
    """All numbers that can be claims, in order; of two that overlap the first kind wins."""
    if not any(character.isdigit() for character in text):
        return tuple(sorted(_spelled(text), key=lambda amount: amount.start))
    taken: list[Amount] = [*money(text)]
    for others in (percentages(text), share_counts(text), counts(text), fractions(text)):
        held = [(a.start, a.end) for a in taken]
        taken += [a for a in others if not any(a.start < end and start < a.end for start, end in held)]
    return tuple(sorted(taken, key=lambda amount: amount.start))


def _spelled(text: str) -> list[Amount]:
    return [*counts(text), *fractions(text)]


def _claims(reading: Reading, context: Context, calendar: Calendar) -> list[Claim]:
    """The claims of one sentence."""
    periods = dated(reading.text, reading.amounts, reading.mentions, reading.groups, context.period, calendar)
    found: list[Claim] = []
    for index, amount in enumerate(reading.amounts):
        words = _phrases(reading, index)
        claim = _claim(reading, index, amount, words, context)
        claim = replace(claim, period=periods[index].period, period_words=periods[index].words)
        found.append(_in_share_unit(_named(claim, reading, index, words, found, context), amount))
    found = [_event(claim, reading) for claim in found]
    return _related(found, reading, context)


def _in_share_unit(claim: Claim, amount: Amount) -> Claim:
    """A small amount whose name is per share is per share too ("earnings per share were up #% to #")."""
    small = amount.kind == "money" and "/" not in claim.unit and abs(amount.value) < 1000
    if small and claim.metrics and _EPS.search(claim.metrics[0]):
        return replace(claim, unit=f"{claim.unit}/shares")
    return claim


def _phrases(reading: Reading, index: int) -> Phrases:
    """The phrases around one amount, up to its neighbours in the group."""
    amounts, amount = reading.amounts, reading.amounts[index]
    group = reading.group_of(amount)
    before = [other.end for other in amounts[:index] if other.end <= amount.start]
    lead = max([group.words, *before]) if before or group.comparison else 0
    after = [other.start for other in amounts[index + 1 :] if other.start >= amount.end]
    trail = min([group.end, *after]) if after else group.end
    found = phrases(reading.text, amount.start, lead, amount.end, max(trail, amount.end))
    return found if found.after else replace(found, after=_shared_after(reading, index, trail))


def _shared_after(reading: Reading, index: int, trail: int) -> str:
    """What follows the last of two joined amounts names both ("# and # of upfront fees")."""
    text, amounts = reading.text, reading.amounts
    if index + 1 >= len(amounts) or text[amounts[index].end : trail].strip() not in ("and", ",", ", and"):
        return ""
    return _phrases(reading, index + 1).after if amounts[index + 1].unit == amounts[index].unit else ""


def _claim(reading: Reading, index: int, amount: Amount, words: Phrases, context: Context) -> Claim:
    """The amount as a claim, still without name and period."""
    kind, sign = _kind(reading, amount, context)
    unit, value = amount.unit, amount.value * sign
    if amount.kind == "money" and _per_share(reading, amount):
        unit = f"{unit}/shares"
    return Claim(
        id=f"c{reading.first_id + index}",
        span=reading.sentence.span(amount.start, amount.end),
        raw=amount.raw,
        value=value,
        decimals=amount.decimals,
        unit=unit,
        kind=kind,
        approximate=amount.approximate,
        bound=amount.bound,
        sentence=reading.sentence.span(0, len(reading.sentence.text)),
    )


def _per_share(reading: Reading, amount: Amount) -> re.Match[str] | None:
    """The words "per diluted share" after an amount, or before a small one ("earnings per share of")."""
    after = _PER_SHARE.match(reading.text, amount.end) or _PER_SHARE.match(reading.text[amount.end :])
    if after or abs(amount.value) >= 1000:
        return after
    lead = reading.text[max(0, reading.group_of(amount).start) : amount.start]
    return _EPS.search(lead[lead.rfind("#") + 1 :])


def _kind(reading: Reading, amount: Amount, context: Context) -> tuple[ClaimKind, int]:
    """What an amount states, and -1 for a fall."""
    if amount.kind in ("count", "shares"):
        return ("count" if amount.kind == "count" else "amount"), 1
    if amount.kind in ("fraction", "multiple"):
        return "ratio", 1
    change = _change(reading.text, amount)
    sign = -1 if change and re.match(rf"(?i){_FALL}", change) else 1
    if _is_guidance(reading, amount, context):
        return "guidance", sign if amount.kind != "money" else 1
    if amount.kind == "points":
        return "percent-change", sign
    if change:
        return ("percent-change" if amount.kind == "percent" else "change"), sign
    return ("percentage" if amount.kind == "percent" else "amount"), 1


def _change(text: str, amount: Amount) -> str | None:
    """The word that makes an amount a change ("increased", "lower"), None for a level."""
    before = _CHANGE_BEFORE.search(text, max(0, amount.start - 60), amount.start)
    if before and not (before["word"].lower() == "over" and amount.kind == "money"):
        return before["word"]
    pattern = _MONEY_CHANGE_AFTER if amount.kind == "money" else _CHANGE_AFTER
    after = pattern.match(text[amount.end : amount.end + 60])
    return after["word"] if after else None


def _is_guidance(reading: Reading, amount: Amount, context: Context) -> bool:
    """Whether words of expectation stand before the amount, or it closes a range in an outlook."""
    if _EVENT.search(reading.sentence.text):
        return False
    lead = reading.sentence.text[: amount.start]
    return looks_forward(lead) or (context.outlook and looks_forward(reading.sentence.text))


def _named(claim: Claim, reading: Reading, index: int, words: Phrases, before: list[Claim], context: Context) -> Claim:
    """The claim with its metric phrases, best first."""
    amount = reading.amounts[index]
    share = _per_share(reading, amount) if amount.kind == "money" else None
    if share:
        named = replace(claim, metrics=_share_metrics(claim, reading, index, words, before, share))
        return _adjusted(named, reading, amount)
    own = [phrase for phrase in (words.after, words.before) if phrase]
    parallel = _parallel(claim, reading, amount, before)
    if parallel and _same_subject(words, parallel):
        return replace(claim, metrics=parallel.metrics, is_part=parallel.is_part)
    if not own:
        return _inheriting(claim, reading, index, words, before, context)
    whole = [words.whole] if words.whole and words.whole not in own else []
    is_part = words.included or bool(words.after)
    return _adjusted(replace(claim, metrics=tuple(dict.fromkeys(own + whole)), is_part=is_part), reading, amount)


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
    level = [c for c in before if c.unit == claim.unit and (c.kind in _LEVELS) and c.bound is None]
    base = _base_group(reading, group)
    here = reading.sentence.span(group.start, group.start + 1).start
    first = [c for c in level if c.span.start < here and _in_group(c, reading, base)] if base else []
    order = len([c for c in level if c.span.start >= here])
    if len(first) > 1 and order < len(first):
        return first[order]
    return first[0] if len(first) == 1 else (first[-1] if first else (level[-1] if level else None))


_LEVELS = ("amount", "guidance", "percentage", "ratio", "event")


def _base_group(reading: Reading, group: Group) -> Group | None:
    """The last statement before a comparison."""
    earlier = [other for other in reading.groups if other.start < group.start and not other.comparison]
    return earlier[-1] if earlier else None


def _in_group(claim: Claim, reading: Reading, group: Group) -> bool:
    start = reading.sentence.span(group.start, group.start + 1).start
    end = reading.sentence.span(group.end - 1, group.end).end
    return start <= claim.span.start < end


def _same_subject(words: Phrases, parallel: Claim) -> bool:
    """Whether the compared figure has no name of its own, or one that ends in the same noun ("online sales", "sales")."""
    own = words.after or words.before
    if not own or not parallel.metrics:
        return bool(parallel.metrics) and not own
    name = parallel.metrics[0].lower().split()
    mine = own.lower().split()
    return bool(name) and mine[-1] == name[-1] and mine[-1] not in ("loss", "income") and len(mine) <= len(name)


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


_ON = re.compile(r",?\s(?:to|at|or|and)\s(?:an?\s)?(?:approximately\s|about\s)?|\s?\(|,\s")


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
        c
        for c in before
        if "/" not in c.unit and c.kind in _LEVELS and c.unit != "pure" and _in_group(c, reading, group)
    ]
    if share.re is _PER_SHARE and words.before and not _EPS.search(words.before):
        return (f"{words.before} {kind}",)
    if money_before and share.re is _PER_SHARE and money_before[-1].metrics:
        return (f"{money_before[-1].metrics[0]} {kind}",)
    if words.before:
        return (words.before if _EPS.search(words.before) else f"{words.before} {kind}",)
    earlier = [c for c in before if c.unit == claim.unit and c.metrics]
    return earlier[-1].metrics if earlier else (kind,)


_THEN_DILUTED = re.compile(r"^[^#;.]{0,40}\((?=#[^)]{0,60}dilut)")
_BASIC = re.compile("basic")


def _contrasted(reading: Reading, amount: Amount) -> re.Match[str] | None:
    """Basic shares, where the diluted figure follows in brackets."""
    follows = _THEN_DILUTED.match(reading.text[amount.end :])
    return _BASIC.match("basic") if follows else None


def _event(claim: Claim, reading: Reading) -> Claim:
    """A single payment outside the statements (an upfront payment, a milestone) is an event."""
    if claim.kind not in ("amount", "guidance") or "/" in claim.unit or claim.unit in ("pure", "shares"):
        return claim
    about = " ".join(claim.metrics[:2])
    months = any(mention.kind == "month" for mention in reading.mentions)
    happened = months or _EVENT_WORDS.search(reading.sentence.text)
    if _EVENT.search(about) and happened and not _is_component(claim, reading):
        return replace(claim, kind="event", is_part=True, metrics=(_event_name(claim, reading), *claim.metrics))
    return claim


def _is_component(claim: Claim, reading: Reading) -> bool:
    return re.search(r"(?i)\binclud(?:e|es|ed)\b|\bof\s#", reading.text[: max(0, reading.text.find("#"))]) is not None


_PARTY = re.compile(r"(?i)\bfrom\s(?:the\s)?(?P<party>[\w.&’'-]+)")


def _event_name(claim: Claim, reading: Reading) -> str:
    """A name that two mentions of one event share: what it is, and who paid."""
    text = reading.sentence.text
    here = text.find(claim.raw)
    about = _EVENT.search(text, max(0, here))
    noun = about or _EVENT.search(text)
    party = _PARTY.search(text, max(0, here))
    name = noun[0].lower().rstrip("s") if noun else "event"
    return f"{name} from {party['party']}" if party else name


def _related(found: list[Claim], reading: Reading, context: Context) -> list[Claim]:
    """Claims with the others they are computed from: differences, and percentages of a count."""
    found = [_difference(claim, found, reading, context) for claim in found]
    population = context.population
    result: list[Claim] = []
    for claim, amount in zip(found, reading.amounts, strict=True):
        if claim.kind == "count" and claim.unit in PEOPLE and not claim.approximate:
            population = claim
        elif population is not None and claim.kind == "percentage" and not _is_money_ratio(claim, reading):
            claim = replace(claim, whole=_whole_of(claim, amount, population, result, reading, context).id)
        result.append(claim)
    return result


def _is_money_ratio(claim: Claim, reading: Reading) -> bool:
    return any(_SHARE_WORDS.search(metric) for metric in claim.metrics[:2]) or claim.bound is not None


_DIRECTLY = re.compile(r"^[\s\w,-]{0,60}\(\s?$")


def _whole_of(
    claim: Claim, amount: Amount, population: Claim, before: list[Claim], reading: Reading, context: Context
) -> Claim:
    """The count that a percentage is a share of: the population last named; beside "32 patients (38%)", the one before."""
    here = [c for c in before if c.kind == "count" and c.unit in PEOPLE]
    if here and here[-1] is population:
        end = next(a.end for a, c in zip(reading.amounts, before, strict=False) if c is population)
        if _DIRECTLY.match(reading.text[end : amount.start]) and not re.search(
            r"[§#]", reading.text[end : amount.start]
        ):
            larger = [c for c in (*here[:-1], context.population) if c is not None and c.value > population.value]
            return larger[-1] if larger else population
    return population


def _difference(claim: Claim, found: list[Claim], reading: Reading, context: Context) -> Claim:
    """A change whose two ends are stated, in this sentence or (for "this difference") in the one before."""
    amount = reading.amounts[found.index(claim)]
    if claim.kind not in ("change", "amount", "event") or "/" in claim.unit or claim.unit in ("pure", "shares"):
        return claim
    if _is_difference(reading, amount) and len(_ends(context.last, claim.unit)) == 2:
        pair = _ends(context.last, claim.unit)
        return replace(claim, kind="change", period=pair[0].period, difference_of=(pair[0].id, pair[1].id))
    pair = _ends(tuple(found), claim.unit)
    if claim.kind == "change" and len(pair) == 2 and reading.groups[-1].comparison:
        return replace(claim, difference_of=(pair[0].id, pair[1].id))
    return claim


def _is_difference(reading: Reading, amount: Amount) -> bool:
    pointing = _POINTING.search(reading.text, max(0, amount.start - 8), amount.start)
    return pointing is not None and _DIFFERENCE.match(reading.text[amount.end : amount.end + 40]) is not None


def _ends(claims_: tuple[Claim, ...], unit: str) -> list[Claim]:
    levels = [c for c in claims_ if c.unit == unit and c.kind == "amount" and c.bound is None and c.period]
    return sorted(levels, key=lambda claim: claim.period.end if claim.period else date.min, reverse=True)


def _after(context: Context, reading: Reading, new: list[Claim], calendar: Calendar) -> Context:
    """What the next sentence inherits."""
    absolute = [c for c in new if c.period is not None and c.kind not in ("event",)]
    period = context.period
    statement = [c for c in absolute if not _is_comparison(c, reading)]
    if statement and statement[0].period_words in ("said", "current"):
        period = statement[0].period
    people = [c for c in new if c.kind == "count" and c.unit in PEOPLE and not c.approximate]
    named = [c for c in new if c.metrics and c.kind in ("amount", "guidance")]
    return Context(
        period,
        tuple(new) or context.last,
        people[-1] if people else context.population,
        named[0].metrics if named else context.metrics,
        context.outlook,
    )


def _is_comparison(claim: Claim, reading: Reading) -> bool:
    return any(group.comparison and _in_group(claim, reading, group) for group in reading.groups)

"""What a number of running text states: a level, a change, a share, guidance, or a single event."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ticktie.extract.amounts import Amount, looks_forward
from ticktie.extract.reading import Context, Reading
from ticktie.model.figures import Claim, ClaimKind

_RISE = r"increas|growth|gr[eo]w|rose|rise|up\b|higher|improv|climb|jump|expan|accelerat|over\b"
_FALL = r"decreas|declin|fell|fall|down\b|lower|reduc|drop|slip|contract|narrow|decelerat"
_CHANGE_BEFORE = re.compile(
    rf"(?i)\b(?P<word>{_RISE}|{_FALL})\w*\s(?:of\s|by\s|was\s|another\s|an?\s|further\s|approximately\s|about\s|nearly\s|healthy\s|incredible\s|solid\s|strong\s|only\s|over\s|more\sthan\s){{0,4}}[(]?$"
)
_CHANGE_IN = re.compile(
    r"(?i)\b(?P<word>increase|decrease|decline|reduction|growth|improvement|rise|drop)s?\sin\s[^#§;.]{3,80}\s(?:of|by|totaling)\s"
    r"(?:approximately\s|about\s)?$"
)
_CHANGE_AFTER = re.compile(
    rf"(?i)^,?\s(?:or\s#\s|\(#\)\s)?(?:year-over-year\s|sequential\s|net\s|organic\s|revenue\s|sales\s){{0,2}}"
    rf"(?P<word>{_RISE}|{_FALL}|change\b|differ|year.over.year|sequential)"
)
_MONEY_CHANGE_AFTER = re.compile(
    r"(?i)^\s(?:year-over-year\s|net\s|sequential\s)?(?P<word>increase|decrease|improvement|decline|reduction|rise|drop|difference)\b"
)
EVENT = re.compile(
    r"(?i)\b(?:milestones?|up-?front|signing|settlement|acquisition|purchase\sprice|offering|grant|award|termination\sfee|redemption|proceeds)\b"
)
_EVENT_WORDS = re.compile(
    r"(?i)\b(?:received|earned|triggering|triggers?|potential(?:ly)?|entitl\w+|agreed|eligible|will\sreceive|closed|completed)\b"
)
_PARTY = re.compile(r"(?i)\bfrom\s(?:the\s)?(?P<party>[\w.&’'-]+)")


def kind_of(reading: Reading, amount: Amount, context: Context) -> tuple[ClaimKind, int]:
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
    within = _CHANGE_IN.search(text, max(0, amount.start - 120), amount.start)
    if within:
        return within["word"]
    pattern = _MONEY_CHANGE_AFTER if amount.kind == "money" else _CHANGE_AFTER
    after = pattern.match(text[amount.end : amount.end + 60])
    return after["word"] if after else None


def _is_guidance(reading: Reading, amount: Amount, context: Context) -> bool:
    """Whether words of expectation stand before the amount, or it closes a range in an outlook."""
    if EVENT.search(reading.sentence.text):
        return False
    lead = reading.sentence.text[: amount.start]
    return looks_forward(lead) or (context.outlook and looks_forward(reading.sentence.text))


def as_event(claim: Claim, reading: Reading) -> Claim:
    """A single payment outside the statements (an upfront payment, a milestone) is an event."""
    if claim.kind not in ("amount", "guidance") or "/" in claim.unit or claim.unit in ("pure", "shares"):
        return claim
    about = " ".join(claim.metrics[:2])
    months = any(mention.kind == "month" for mention in reading.mentions)
    happened = months or _EVENT_WORDS.search(reading.sentence.text)
    if EVENT.search(about) and happened and not _is_component(claim, reading):
        return replace(claim, kind="event", is_part=True, metrics=(_event_name(claim, reading), *claim.metrics))
    return claim


def _is_component(claim: Claim, reading: Reading) -> bool:
    return re.search(r"(?i)\binclud(?:e|es|ed)\b|\bof\s#", reading.text[: max(0, reading.text.find("#"))]) is not None


def _event_name(claim: Claim, reading: Reading) -> str:
    """A name that two mentions of one event share: what it is, and who paid."""
    text = reading.sentence.text
    here = text.find(claim.raw)
    about = EVENT.search(" ".join(claim.metrics[:1])) or EVENT.search(text, max(0, here))
    noun = about or EVENT.search(text)
    party = _PARTY.search(text, max(0, here))
    name = noun[0].lower().rstrip("s") if noun else "event"
    return f"{name} from {party['party'].rstrip('.,')}" if party else name

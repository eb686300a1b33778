"""The number grammar of running text: money, percentages and ranges (counts are in ``counts``).

A mention has its value in full units and the decimals that its digits state; what it says of which metric and period
is the business of the narrative reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from ticktie.model.figures import Bound
from ticktie.model.number import scaled

AmountKind = Literal["money", "percent", "points", "count", "shares", "fraction", "multiple"]

_SCALES = {"t": 3, "k": 3, "m": 6, "b": 9, "tr": 12}
_CURRENCIES = {
    "$": "USD", "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "j$": "JMD", "r$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "rs": "INR", "rs.": "INR",
    "rmb": "CNY", "dollars": "USD", "euro": "EUR", "euros": "EUR", "yen": "JPY", "cent": "USD", "cents": "USD",
}  # fmt: skip
_CODES = "USD|EUR|GBP|JPY|JMD|CAD|CHF|AUD|SEK|NOK|DKK|INR|CNY|RMB|HKD|BRL|MXN|ZAR|KRW|NZD|SGD"
#: Digits with thousands commas (a blank after the first comma where more groups follow), or without.
NUMBER = (
    r"(?:\d{1,3}(?:,\s(?=\d{3},\d{3}\b)\d{3}|,\d{3})(?:,\d{3}){0,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?|\.\d{1,6})"
)
SCALE = r"(?:[\s-]{0,2}(?i:thousand|million|billion|trillion|mm|bn|mn|mil)s?\b|[KMBkmb](?![\w&]))"
_CURRENCY = rf"(?:\\?(?:\b(?:US|CA|AU|NZ|HK|C|A|S|J|R))?\$|[€£¥₹]|\bRs\.?|\b(?:{_CODES})(?=\s?\d))"
_MONEY = re.compile(
    rf"(?P<sign>[-–−]|\()?(?P<currency>{_CURRENCY})\s?(?P<inner>\()?(?P<number>{NUMBER})(?P<scale>{SCALE})?(?P<close>\))?"
    rf"|(?<![\w.,$-])(?P<bare>{NUMBER})(?P<bare_scale>{SCALE})?\s(?P<word>dollars|euros?|yen|cents?)\b"
)
_DIGIT = re.compile(r"\d")
_MONEY_HINT = re.compile(rf"[$€£¥₹]|\d\s(?:dollars|euro|yen|cent)|\b(?:Rs|{_CODES})")
_PERCENT_UNIT = r"(?i:%(?!\w)|-?\s?(?:percentage\spoints?|percent|per\scent|basis\spoints?|bps)\b)"
_PERCENT = re.compile(rf"(?<![\w.,$])(?P<number>[-−]?{NUMBER})\s?(?P<unit>{_PERCENT_UNIT})")
_TO = r"(?P<to>\s?[-–—−]\s?|\s(?:to|and)\s(?:approximately\s|about\s)?)"
_MONEY_TAIL = re.compile(
    rf"{_TO}(?P<currency>{_CURRENCY})?\s?(?P<number>{NUMBER})(?P<scale>{SCALE})?(?!\s?%|[\w.,]?\d)"
)
_PERCENT_HEAD = re.compile(rf"(?<![\w.,$-])(?P<number>{NUMBER})(?:\s?%|\spercent)?{_TO}$")
_PERCENT_TAIL = re.compile(rf"{_TO}{NUMBER}\s?{_PERCENT_UNIT}")
_RANGE_BEFORE = re.compile(r"(?i)\b(?:between|rang(?:e|es|ing|ed)(?:\sof|\sfrom)?)\s(?:approximately\s|about\s)?$")
_BETWEEN = re.compile(r"(?i)\bbetween\s(?:approximately\s|about\s)?$")
_APPROXIMATE = re.compile(
    r"(?i)\b(?:approximately|about|nearly|over|more\sthan|less\sthan|almost|around|roughly|up\sto|at\sleast|some|above"
    r"|under|in\sexcess\sof|estimated)\s(?:the\s|a\s)?(?:entire\s)?[-(]?$|~\s?$"
)
_LOOKING_FORWARD = re.compile(
    r"(?i)\b(?:expect(?:s|ed|ing|ations?)?|anticipat(?:es?|ed|ing)|guidance|outlook|forecasts?|projects?|projected|target(?:s|ed|ing)?"
    r"|estimat(?:es?|ed)|will\s(?:be|total|reach|range)|plans?\sto|intends?\sto|looking\sahead)\b"
)


class Amount(Struct, frozen=True):
    """A number of running text at ``[start, end)``.

    ``unit`` is a currency code, ``pure``, ``shares`` or the noun counted; ``decimals`` None is exact. The two ends of
    a range share their span and are told apart by ``bound``.
    """

    start: int
    end: int
    raw: str
    value: Decimal
    decimals: int | None
    unit: str
    kind: AmountKind
    approximate: bool = False
    bound: Bound | None = None


def looks_forward(text: str) -> bool:
    """Whether ``text`` speaks of the future ("expects", "guidance", "will be")."""
    return _LOOKING_FORWARD.search(text) is not None


def is_approximate(text: str, start: int) -> bool:
    """Whether the words before ``start`` make a number approximate ("about", "more than")."""
    return _APPROXIMATE.search(text, max(0, start - 32), start) is not None


def digits(text: str) -> tuple[Decimal, int]:
    """The value of ``text`` and its decimals: digits after the point, or minus the zeros of whole thousands."""
    text = re.sub(r"\s", "", text)
    plain = text.replace(",", "").replace("−", "-")
    if "." in plain:
        return Decimal(plain), len(plain) - plain.index(".") - 1
    zeros = 0
    while text.endswith(",000"):
        text, zeros = text[:-4], zeros + 3
    return Decimal(plain), -zeros


def scale_of(words: str | None) -> int:
    """The power of ten that "million" and its kin stand for; 0 for none."""
    word = (words or "").strip(" -\n\t").lower()
    return 0 if not word else _SCALES["tr" if word.startswith("tr") else word[0]]


def money(text: str) -> Iterator[Amount]:
    """Every amount of money in ``text``, in order; both ends of a range."""
    if not (_DIGIT.search(text) and _MONEY_HINT.search(text)):
        return
    done = 0
    for match in _MONEY.finditer(text):
        if match.start() < done:
            continue
        tail = _MONEY_TAIL.match(text, match.end()) if match["number"] and not match["close"] else None
        if tail and _is_range(text, match.start(), tail):
            done = tail.end()
            yield from _money_range(text, match, tail)
        else:
            yield _money(text, match)


def _money(text: str, match: re.Match[str]) -> Amount:
    value, decimals = digits(match["number"] or match["bare"])
    power = scale_of(match["scale"] or match["bare_scale"]) if not (match["word"] or "").startswith("cent") else -2
    start, end = _trimmed(match)
    if match["inner"] or match["sign"] in tuple("-–−") or (match["sign"] == "(" and match["close"]):
        value = -value
    unit = _currency(match["currency"] or match["word"])
    return Amount(
        start, end, text[start:end], scaled(value, power), decimals - power, unit, "money", is_approximate(text, start)
    )


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The span without a bracket whose partner is not part of it, or a dash that is punctuation."""
    start, end = match.span()
    if match["sign"] == "(" and not match["close"]:
        start += 1
    if match["close"] and match["sign"] != "(" and not match["inner"]:
        end -= 1
    return start, end


def _currency(text: str) -> str:
    word = text.strip("\\ ").lower()
    return _CURRENCIES.get(word, word.upper())


def _is_range(text: str, start: int, tail: re.Match[str]) -> bool:
    """Whether two amounts are the ends of one range, and not a change from one to the other."""
    to = tail["to"].strip().split()[0]
    if to == "and":
        return _BETWEEN.search(text, max(0, start - 28), start) is not None
    if to != "to":
        return tail["to"] == to or (bool(tail["currency"]) and tail["to"].endswith(" "))
    if _RANGE_BEFORE.search(text, max(0, start - 28), start):
        return True
    return looks_forward(text) and not text.endswith("from ", 0, start)


def _money_range(text: str, head: re.Match[str], tail: re.Match[str]) -> Iterator[Amount]:
    """Low and high; a scale printed once at the end holds for both."""
    start, end = _trimmed(head)[0], tail.end()
    shared = tail["scale"] if not head["scale"] and "," not in head["number"] else head["scale"]
    unit = _currency(head["currency"])
    ends: tuple[tuple[str, str | None, Bound], ...] = (
        (head["number"], shared, "low"),
        (tail["number"], tail["scale"], "high"),
    )
    for number, words, bound in ends:
        (value, decimals), power = digits(number), scale_of(words)
        approximate = is_approximate(text, start)
        yield Amount(
            start, end, text[start:end], scaled(value, power), decimals - power, unit, "money", approximate, bound
        )


def percentages(text: str) -> Iterator[Amount]:
    """Every percentage and number of basis points in ``text``, as fractions; both ends of a range."""
    lowered = text.lower()
    if not any(hint in lowered for hint in ("%", "percent", "per cent", "basis", "bps")):
        return
    for match in _PERCENT.finditer(text):
        unit = match["unit"].strip("- ").lower()
        power = -4 if unit.startswith("b") else -2
        head = _PERCENT_HEAD.search(
            text, max(0, match.start() - 24), match.start("number") + (match["number"][0] in "-−")
        )
        if head and _is_percent_range(text, head):
            yield _percent(text, head.start(), match.end(), head["number"], power, unit, "low")
            yield _percent(text, head.start(), match.end(), match["number"].lstrip("-−"), power, unit, "high")
        elif not _starts_range(text, match.end()):
            yield _percent(text, match.start(), match.end(), match["number"], power, unit)


def _is_percent_range(text: str, head: re.Match[str]) -> bool:
    to = head["to"].strip().split()[0]
    if to == "and":
        return _BETWEEN.search(text, max(0, head.start() - 28), head.start()) is not None
    return to != "to" or (looks_forward(text) and not text.endswith("from ", 0, head.start()))


def _starts_range(text: str, end: int) -> bool:
    """Whether a percentage is the lower end of a range that the next one will close ("2% to 4%")."""
    following = _PERCENT_TAIL.match(text, end)
    if not following:
        return False
    found = _PERCENT_HEAD.search(text, max(0, end - 16), following.end("to"))
    return found is not None and _is_percent_range(text, found)


def _percent(text: str, start: int, end: int, number: str, power: int, unit: str, bound: Bound | None = None) -> Amount:
    value, decimals = digits(number)
    kind: AmountKind = "points" if "point" in unit or unit == "bps" else "percent"
    decimals = max(decimals, 0) - power
    approximate = is_approximate(text, start)
    return Amount(start, end, text[start:end], scaled(value, power), decimals, "pure", kind, approximate, bound)

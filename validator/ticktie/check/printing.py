"""How a figure is printed: its scale in print, the same figure with another value, and what errors turn one into
the other."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from ticktie.model.facts import Fact
from ticktie.model.number import EXACT, plain, round_to, scaled

_CORE = re.compile(r"\d[\d,. \u00a0]*\d|\d|\.\d+")
_LARGEST_POWER = 15


class Core(Struct, frozen=True):
    """The digits in a printed figure: where they stand, and the power of ten from them to the full value."""

    start: int
    end: int
    power: int


def core(fact: Fact) -> Core | None:
    """The digits of ``fact.printed`` that say its value; None where it was read otherwise than printed."""
    for match in _CORE.finditer(fact.printed or ""):
        for start, end in _runs(match):
            power = _power(match.string[start:end], fact)
            if power is not None:
                return Core(start, end, power)
    return None


def _runs(match: re.Match[str]) -> list[tuple[int, int]]:
    parts = [(match.start() + part.start(), match.start() + part.end()) for part in re.finditer(r"[\d,.]+", match[0])]
    return [match.span(), *parts]


def _power(digits: str, fact: Fact) -> int | None:
    try:
        stated = Decimal(re.sub(r"[,\s]", "", digits))
    except InvalidOperation:
        return None
    value = (fact.value or Decimal(0)).copy_abs()
    if not stated or not value:
        return printed_power(fact) if stated == value else None
    power = value.adjusted() - stated.adjusted()
    return power if abs(power) <= _LARGEST_POWER and scaled(stated, power) == value else None


def printed_power(fact: Fact) -> int:
    """The power of ten that a figure of these decimals is printed in: 3 for decimals -3."""
    return 0 if fact.decimals is None or fact.decimals > 0 else -fact.decimals


def power_of(fact: Fact) -> int:
    """The power of ten from the print of ``fact`` to its value."""
    found = core(fact)
    return printed_power(fact) if found is None else found.power


def grouped(value: Decimal, places: int | None = None, commas: bool = True) -> str:
    """A magnitude with thousands commas, to ``places`` decimals."""
    text = plain(value.copy_abs())
    whole, _, fraction = text.partition(".")
    if places is not None:
        fraction = fraction.ljust(max(places, 0), "0")
    if commas:
        whole = f"{int(whole):,}"
    return f"{whole}.{fraction}" if fraction else whole


def show(value: Decimal, fact: Fact) -> str:
    """``value`` as it would be printed at the scale of ``fact``, negative in brackets."""
    power = power_of(fact)
    places = None if fact.decimals is None else fact.decimals + power
    text = grouped(scaled(value, -power), places)
    return f"({text})" if value < 0 else text


def printed(fact: Fact) -> str:
    """The figure as printed, or as it would be."""
    if fact.printed and core(fact) is not None:
        return fact.printed
    return show(fact.value or Decimal(0), fact)


def reprinted(fact: Fact, value: Decimal) -> str:
    """The print of ``fact`` with ``value`` in its place: same scale, words, thousands style and brackets."""
    found = core(fact)
    if found is None or fact.printed is None:
        return show(EXACT.multiply(value, Decimal(fact.weight_in_print)), fact)
    before = fact.printed[found.start : found.end]
    places = _places(fact, before, found)
    commas = "," in before or len(re.sub(r"\D", "", before.partition(".")[0])) < 4
    text = grouped(scaled(value, -found.power), places, commas)
    if fact.kind != "narrative" and (value < 0) != ((fact.value or 0) < 0) and value:
        return _flipped(fact.printed, found, text)
    return fact.printed[: found.start] + text + fact.printed[found.end :]


def _places(fact: Fact, before: str, found: Core) -> int:
    return len(before.partition(".")[2]) if fact.decimals is None else max(fact.decimals + found.power, 0)


def _flipped(text: str, found: Core, digits: str) -> str:
    head, tail = text[: found.start], text[found.end :]
    if "(" in head:
        return head.replace("(", "", 1) + digits + tail.replace(")", "", 1)
    if any(mark in head for mark in "-\u2212\u2013"):
        return re.sub("[-\u2212\u2013]", "", head, count=1) + digits + tail
    return f"{head}({digits}){tail}"


#: Digits that optical character recognition takes for each other.
LOOKALIKES = tuple(frozenset(pair) for pair in ("06", "08", "68", "17", "38", "56", "49", "35", "27"))
UNEXPLAINED = 9
#: Causes of this rank rule no other explanation out, and are none by themselves: a zero is mostly meant.
DOUBTFUL = 8


class Cause(Struct, frozen=True):
    """How an error happens, and how often such errors happen (1 is most)."""

    words: str
    rank: int


def cause(fact: Fact, value: Decimal) -> Cause:
    """What turned ``value`` into the stated value of ``fact``."""
    stated = fact.value or Decimal(0)
    if EXACT.minus(stated) == value:
        return Cause("the sign is wrong", 3)
    if fact.kind == "narrative" and _cut_off(fact, value):
        return Cause("the figure was cut off, not rounded", 2)
    wrong, right = _digits(fact, stated), _digits(fact, value)
    same_sign = (stated < 0) == (value < 0) or not value or not stated
    found = _digit_cause(wrong, right) if same_sign else None
    return found or _scale_cause(stated, value) or Cause("another figure stands here", UNEXPLAINED)


def _cut_off(fact: Fact, value: Decimal) -> bool:
    unit = scaled(Decimal(1), -(fact.decimals or 0))
    return fact.decimals is not None and EXACT.subtract(value, fact.value or Decimal(0)).copy_abs() == unit


def _digits(fact: Fact, value: Decimal) -> str:
    """The digits as printed, without separators; zeros before the first digit do not count in whole numbers."""
    power = power_of(fact)
    places = max((fact.decimals or 0) + power, 0)
    number = scaled(value.copy_abs(), -power)
    return plain(round_to(scaled(number, places), 0)).zfill(places + 1)


def _digit_cause(wrong: str, right: str) -> Cause | None:
    if len(wrong) == len(right):
        return _same_length(wrong, right)
    if not wrong.strip("0"):
        return Cause("all digits but zeros were lost", DOUBTFUL) if len(right.strip("0")) == 1 else None
    if len(wrong) < len(right) and wrong == right[1:].lstrip("0"):
        return _misread("0", right[0]) if right[1] == "0" else Cause("a digit was dropped", 3)
    if len(wrong) < len(right) and _lacks_one(wrong, right):
        return Cause("a digit was dropped", 3)
    if len(wrong) == len(right) + 1 and _lacks_one(right, wrong):
        return Cause("a digit was added", 3)
    return None


def _same_length(wrong: str, right: str) -> Cause | None:
    differing = [at for at, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
    if len(differing) == 1:
        return _misread(wrong[differing[0]], right[differing[0]])
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        a, b = differing
        if wrong[a] == right[b] and wrong[b] == right[a]:
            return Cause("two neighbouring digits are swapped", 2)
    return None


def _misread(wrong: str, right: str) -> Cause:
    return Cause("one digit was misread", 1 if frozenset((wrong, right)) in LOOKALIKES else 2)


def _lacks_one(shorter: str, longer: str) -> bool:
    """Whether one digit of ``longer`` was dropped, and with the first one the zeros behind it."""
    padded = shorter.zfill(len(longer) - 1)
    return any(longer[:at] + longer[at + 1 :] == padded for at in range(len(longer)))


def _scale_cause(stated: Decimal, value: Decimal) -> Cause | None:
    slipped = stated and any(scaled(stated, power) == value for power in (3, -3, 6, -6))
    return Cause("the scale slipped by thousands", 3) if slipped else None

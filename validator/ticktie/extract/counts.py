"""Counts, share counts, fractions and multiples in running text, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ticktie.extract.amounts import NUMBER, SCALE, Amount, digits, is_approximate, scale_of
from ticktie.extract.durations import number_word
from ticktie.model.number import scaled

#: Nouns for people, whose shares are percentages of a stated whole.
PEOPLE = frozenset(
    {
        "patients", "subjects", "participants", "people", "persons", "women", "men", "children", "adults", "infants",
        "volunteers", "respondents", "employees", "workers", "customers", "clients", "members", "students",
        "households", "responders", "survivors", "individuals",
    }
)  # fmt: skip
_THINGS = (
    "subscribers|users|stores|restaurants|locations|countries|states|markets|branches|warehouses|units|products|sites"
    "|hospitals|clinics|vehicles|homes|rooms|aircraft|hotels|properties|wells|drugs|offices|banks|accounts"
)
_NOUNS = tuple(sorted({*PEOPLE, *_THINGS.split("|")}))
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_WORD = rf"(?:(?:{_TENS})(?:[-\s](?:{_ONES}))?|{_TEENS}|{_ONES})"
_NOUN = rf"(?P<noun>{'|'.join(sorted(PEOPLE))}|{_THINGS})"
_COUNT = re.compile(
    rf"(?<![\w.,$/%-])(?P<number>{NUMBER}|{_WORD})(?P<scale>{SCALE})?(?P<of>\s(?:of\s(?:the|these|those|our|its|their|all)|of))?"
    rf"(?:\s(?!(?:{_WORD}|of|and|or|in|to|for|from|with|was|were|are|is|had|have|has|per)\b)[A-Za-z][\w+®-]{{0,24}},?){{0,4}}?"
    rf"\s{_NOUN}\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    rf"(?<![\w.,$/%-])(?P<number>{NUMBER})(?P<scale>{SCALE})?\s(?:[a-z]{{2,12}}\s){{0,3}}?shares\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19[89]\d|20\d\d)$")
_FRACTIONS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifths": 5, "fifth": 5}
_FRACTION = re.compile(
    r"(?<![\w-])(?P<n>one|two|three|four)[-\s](?P<d>half|thirds?|quarters?|fifths?)\b(?=\s(?:of|\())", re.IGNORECASE
)
_FRACTION_HINTS = ("third", "quarter", "half", "fifth")
_MULTIPLES = {"doubl": 2, "tripl": 3, "quadrupl": 4}
_MULTIPLE = re.compile(r"\b(?P<stem>doubl|tripl|quadrupl)(?:ed|es|ing)\b", re.IGNORECASE)


def counts(text: str) -> Iterator[Amount]:
    """Every count of people and things in ``text``, in order; a count within another ("two of the 112") is its own."""
    lowered = text.lower()
    if not any(noun in lowered for noun in _NOUNS):
        return
    position = 0
    while match := _COUNT.search(text, position):
        position = match.end("number")
        if not _YEAR.match(match["number"]):
            yield _count(text, match, match["noun"].lower())


def share_counts(text: str) -> Iterator[Amount]:
    """Every number of shares in ``text``."""
    for match in _SHARES.finditer(text) if " shares" in text.lower() else ():
        if not _YEAR.match(match["number"]):
            yield _count(text, match, "shares")


def _count(text: str, match: re.Match[str], unit: str) -> Amount:
    start, end = match.start("number"), match.end("scale") if match["scale"] else match.end("number")
    value, decimals = _number(match["number"])
    power = scale_of(match["scale"])
    approximate = is_approximate(text, start)
    rounded = decimals - power if power or decimals else (0 if approximate else None)
    kind = "shares" if unit == "shares" else "count"
    return Amount(start, end, text[start:end], scaled(value, power), rounded, unit, kind, approximate)  # type: ignore[arg-type]


def _number(text: str) -> tuple[Decimal, int]:
    if text[0].isdigit() or text[0] == ".":
        return digits(text)
    return Decimal(number_word(re.sub(r"\s", " ", text)) or 0), 0


def fractions(text: str) -> Iterator[Amount]:
    """Fractions in words ("two-thirds of the patients"), to two decimals, and multiples ("doubled")."""
    lowered = text.lower()
    for match in _FRACTION.finditer(text) if any(hint in lowered for hint in _FRACTION_HINTS) else ():
        share = Decimal(number_word(match["n"]) or 1) / _FRACTIONS[match["d"].lower()]
        value = share.quantize(Decimal("0.01"))
        yield Amount(match.start(), match.end(), match[0], value, 2, "pure", "fraction", True)
    for match in _MULTIPLE.finditer(text) if any(stem in lowered for stem in _MULTIPLES) else ():
        value = Decimal(_MULTIPLES[match["stem"].lower()])
        yield Amount(match.start(), match.end(), match[0], value, 0, "pure", "multiple", True)

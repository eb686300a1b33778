"""The grammar of one table cell: what figure, nil mark or wreck of a figure it holds, and how it may be read.

A cell never has one meaning by itself: ``3 207`` is one figure with a lost comma or two figures of merged rows;
``F 1C4`` hides digits behind letters. So a cell yields all its readings and the table decides.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct

ContentKind = Literal["figure", "nil", "bullet", "letters", "many", "text", "blank", "mark"]

_TAG = re.compile(r"<[^<>]{0,20}>")
#: Footnote marks behind a figure.
_NOTE = re.compile(r"<sup>[^<]{0,8}</sup>|(?<=[\d)])(?:[*†‡§]{1,3}|\([a-z1-9]\)|\[[a-z1-9]\])$")
_CURRENCY = re.compile(r"\\?[$€£¥¢₤]|\b(?:US|C|A|NZ|HK)\$|\b(?:USD|EUR|GBP|JPY|CAD)\b|\bRs\.?")
#: What is left of a currency sign: a letter of another alphabet before the figure.
_STRANGE_SIGN = re.compile(r"^[^\x00-\x7f–—]{1,2}\s*(?=[\d(.])")
_NIL = re.compile(r"[-–—_−](?:\s?[-–—_−]){0,5}|\([-–—_−]\)|nil", re.I)
#: What may be left of a nil mark; only the sums can tell.
_BULLET = re.compile(r"[•·]")
_MARK = re.compile(r"[^\w()%]{1,3}|\*+|\\|[^\x00-\x7f]|[()]")
_WELL = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,4})?|\.\d{1,4}")
_SEPARATED = re.compile(r"[1-9]\d{0,2}(?:\s?[,.'’;:]\s?\d{3}|\s\d{3})+")
_LOOSE = re.compile(r"[0-9A-Za-z|=_!?/\\'’.,:;\s-]{1,24}")
#: A letter where the opening bracket stood, with the closing one still there: ``C6,301)``.
_LOST_BRACKET = re.compile(r"^[CcGfltL<](?=\s?[\d.][\d,.]*\)$)")
_YEAR = re.compile(r"(?:19|20)\d\d")

#: What OCR engines print for a digit; the reverse is how a figure may have been misread.
CONFUSABLE = {
    "O": "0", "o": "0", "D": "0", "Q": "0", "U": "0",
    "l": "1", "I": "1", "i": "1", "|": "1", "!": "1", "/": "1", "\\": "1", "t": "1", "j": "1",
    "Z": "2", "z": "2",
    "A": "4", "h": "4", "y": "4",
    "S": "5", "s": "5", "F": "5", "E": "5", "J": "3",
    "G": "6", "b": "6", "C": "6", "c": "6",
    "T": "7", "?": "7", "Y": "7",
    "B": "8", "R": "8", "&": "8",
    "g": "9", "q": "9", "P": "9",
}  # fmt: skip


class Reading(Struct, frozen=True):
    """One way to read a cell: the signed value at the table's printed scale, its decimals, and the damage this way
    assumes (None: as printed)."""

    value: Decimal
    decimals: int
    damage: str | None = None
    percent: bool = False


class CellContent(Struct, frozen=True):
    """What a cell holds. ``readings`` are single figures, best first; ``parts`` are the figures of merged rows;
    ``pattern`` is a regular expression that the digits of a wrecked figure fit."""

    kind: ContentKind
    readings: tuple[Reading, ...] = ()
    parts: tuple[Reading, ...] = ()
    pattern: str = ""

    @property
    def is_percent(self) -> bool:
        return bool(self.readings) and self.readings[0].percent

    @property
    def is_well_formed(self) -> bool:
        """Whether the cell holds one figure that reads as printed, or a nil mark."""
        return self.kind == "nil" or (self.kind == "figure" and self.readings[0].damage is None)


BLANK = CellContent("blank")


@lru_cache(maxsize=65536)
def content(cell: str) -> CellContent:
    """What the text of one cell holds."""
    text = cleaned(cell)
    if not text:
        return BLANK if not cell.strip() or _TAG.sub("", cell).strip() == "" else CellContent("mark")
    if _NIL.fullmatch(text):
        return CellContent("nil", (Reading(Decimal(0), 0),))
    if _MARK.fullmatch(text):
        return CellContent("mark")
    if _BULLET.fullmatch(text):
        return CellContent("bullet")
    if not any(char.isdigit() for char in text):
        return CellContent("text")
    return _figure(text) or CellContent("text")


def cleaned(cell: str) -> str:
    """The cell without markup, currency signs and outer blanks."""
    text = _CURRENCY.sub(" ", _TAG.sub(" ", _NOTE.sub("", cell.strip("*")))).replace("−", "-").replace("\xa0", " ")
    return " ".join(_STRANGE_SIGN.sub("", text.strip()).split())


def is_year(cell: str) -> bool:
    """Whether the cell is a bare year."""
    return bool(_YEAR.fullmatch(cleaned(cell)))


def _figure(text: str) -> CellContent | None:
    """The figure, figures or wreck in ``text``, which holds a digit; None where it is words."""
    body, negative, sign_damage, percent = _signed(text)
    parts = _parts(text)
    if _WELL.fullmatch(body) and not re.match(r"0\d", body):
        reading = _reading(body, negative, sign_damage, percent)
        if parts:
            return CellContent("figure", (reading,), parts)
        return CellContent(
            "figure", (*_thousands(body, negative, reading), reading) if _is_misread(body) else (reading,)
        )
    if _SEPARATED.fullmatch(body):
        joined = re.sub(r"\D", "", body)
        return CellContent("figure", (_reading(joined, negative, "separator-misread", percent),), parts)
    if len(parts) > 1:
        return CellContent("many", (), parts)
    return _letters(body, negative)


def _signed(text: str) -> tuple[str, bool, str | None, bool]:
    """The digits of ``text`` without brackets, minus and percent sign; whether they are negative; a lost bracket."""
    percent = "%" in text
    body = _LOST_BRACKET.sub("(", text.replace("%", " ").strip())
    if body != text.strip() and not percent:
        return body.strip("()[]{} "), True, "sign-misread", False
    opened, closed = body.startswith(("(", "[", "{")), body.endswith((")", "]", "}"))
    minus = body.startswith(("-", "–")) or body.endswith("-")
    body = body.strip("()[]{} -–")
    return body, opened or closed or minus, "sign-misread" if opened != closed else None, percent


def _reading(body: str, negative: bool, damage: str | None, percent: bool) -> Reading:
    value = Decimal(body.replace(",", ""))
    decimals = len(body.partition(".")[2])
    return Reading(-value if negative else value, decimals, damage, percent)


def _is_misread(body: str) -> bool:
    """A point before exactly three digits is a comma misread, unless a zero leads."""
    return bool(re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})*\.\d{3}", body))


def _thousands(body: str, negative: bool, plain: Reading) -> tuple[Reading, ...]:
    joined = re.sub(r"\D", "", body)
    return (_reading(joined, negative, "separator-misread", plain.percent),)


def _parts(text: str) -> tuple[Reading, ...]:
    """The figures of several rows that stand in one cell; empty unless every token is well formed."""
    tokens = re.sub(r"\(\s+", "(", re.sub(r"\s+\)", ")", text)).split()
    readings = []
    for token in tokens:
        if _NIL.fullmatch(token):
            readings.append(Reading(Decimal(0), 0))
            continue
        body, negative, damage, percent = _signed(token)
        if damage or not _WELL.fullmatch(body) or (len(body) > 1 and body[0] == "0" and body[1] != "."):
            return ()
        readings.append(_reading(body, negative, None, percent))
    return tuple(readings) if len(readings) > 1 else ()


def _letters(body: str, negative: bool) -> CellContent | None:
    """A figure some of whose digits are read as letters: its best guess and the pattern that the true one fits."""
    solid = re.sub(r"[\s_,.;:'’]", "", body)
    digits = sum(char.isdigit() for char in solid)
    if not digits or len(solid) > 12 or not _LOOSE.fullmatch(body) or re.search(r"[a-z]{3}|[A-Z]{4}", body):
        return None
    if digits * 4 < len(solid):
        return None
    guess = "".join(CONFUSABLE.get(char, char) if not char.isdigit() else char for char in solid)
    pattern = "".join(char if char.isdigit() else r"\d" for char in solid)
    tail = re.search(r"[.,]\s*(\w{2})$", body)
    readings: tuple[Reading, ...] = ()
    if guess.isdigit():
        decimals = 2 if tail and not re.search(r"[.,]\s*\w{3}", body) else 0
        value = Decimal(guess).scaleb(-decimals)
        readings = (Reading(-value if negative else value, decimals, "digits-misread"),)
    return CellContent("letters", readings, (), pattern)

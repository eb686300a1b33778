"""Formats of a workpaper's cells: numbers shown as printed, text that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Any

from ticktie.model.facts import Fact
from ticktie.model.findings import State
from ticktie.render.html_words import words_of

_COLOURS: dict[str, str] = {"tied": "#1A6B38", "rounding": "#75580A", "broken": "#B3141C", "unverified": "#5B626B"}
#: What a spreadsheet, or one that a sheet is exported to, may take for the beginning of a formula.
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_GROUPED = "#,##0"

Style = dict[str, Any]


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **style: Any) -> Any:
        """The format with the properties ``style`` (names of XlsxWriter)."""
        key = tuple(sorted(style.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 9, "valign": "top"} | style)
        return self._made[key]


def text(sheet: Any, styles: Styles, row: int, column: int, words: str | None, **style: Any) -> None:
    """Write ``words`` as text; what might be taken for a formula is marked as quoted, so that editing keeps it text."""
    shown = words_of(words or "", 4000)
    quoted = {"quote_prefix": True} if shown.startswith(_STARTERS) else {}
    sheet.write_string(row, column, shown, styles.of(**style, **quoted))


def of_state(state: State) -> Style:
    """The colour of a figure in ``state``; a broken one is bold, for those who print in grey."""
    return {"font_color": _COLOURS[state]} | ({"bold": True} if state == "broken" else {})


def number_format(fact: Fact) -> str:
    """How a cell shows its full amount as the print does: thousands and millions scaled, negatives in brackets."""
    if fact.unit in (None, "pure", "xbrli:pure") and fact.decimals is not None and fact.decimals >= 2:
        return "0" + _point(fact.decimals - 2) + "%"
    shown = _shown(fact.decimals)
    return f'{shown}_);({shown});"\u2013"_)'


def _shown(decimals: int | None) -> str:
    if decimals is None:
        return _GROUPED
    if decimals > -3:
        return _GROUPED + _point(max(0, decimals))
    thousands = -(decimals // 3)
    return _GROUPED + _point(3 * thousands + decimals) + "," * thousands


def _point(digits: int) -> str:
    return "." + "0" * digits if digits else ""

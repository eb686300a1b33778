"""Evaluates the formulas of a workbook: references, SUM of a range, + - *, and ROUND, in exact decimals."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.utils.cell import range_boundaries

_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)|(?P<range>(?:'[^']+'!)?[A-Z]+\d+(?::[A-Z]+\d+)?)(?!\()|(?P<name>SUM|ROUND)|(?P<sign>[-+*(),])"
)


def footings(book: Any) -> list[tuple[str, str, str]]:
    """The sheet, the printed total's cell and the footing's cell of every difference."""
    found = []
    for page in book:
        for row in page.iter_rows():
            for one in row:
                match = re.fullmatch(r"=ROUND\(([A-Z]+\d+)-([A-Z]+\d+),\d+\)", str(one.value))
                if match:
                    found.append((page.title, match[1], match[2]))
    return found


class Evaluator:
    """The values of the formulas of ``book`` (openpyxl, loaded with formulas)."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def value(self, sheet: str, cell: str) -> Decimal:
        """What the cell holds or its formula gives; an empty cell and text count as nothing."""
        held = self.book[sheet][cell].value
        if isinstance(held, str) and held.startswith("="):
            return _Formula(self, sheet, held[1:]).value()
        return Decimal(0) if held is None or isinstance(held, str) else Decimal(repr(held))

    def cells(self, sheet: str, reference: str) -> list[Decimal]:
        if "!" in reference:
            name, reference = reference.rsplit("!", 1)
            sheet = name.strip("'")
        left, top, right, bottom = range_boundaries(reference)
        rows = self.book[sheet].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [self.value(sheet, cell.coordinate) for row in rows for cell in row]


class _Formula:
    def __init__(self, of: Evaluator, sheet: str, text: str) -> None:
        self.of, self.sheet = of, sheet
        self.tokens = [(match.lastgroup, match[0]) for match in _TOKEN.finditer(text)]
        assert "".join(token for _, token in self.tokens) == text, text

    def value(self) -> Decimal:
        total = self._sum()
        assert not self.tokens, self.tokens
        return total

    def _sum(self) -> Decimal:
        total = self._product()
        while self.tokens and self.tokens[0][1] in "+-":
            sign = self.tokens.pop(0)[1]
            total += self._product() if sign == "+" else -self._product()
        return total

    def _product(self) -> Decimal:
        result = self._atom()
        while self.tokens and self.tokens[0][1] == "*":
            self.tokens.pop(0)
            result *= self._atom()
        return result

    def _atom(self) -> Decimal:
        kind, token = self.tokens.pop(0)
        if token == "-":
            return -self._atom()
        if kind == "number":
            return Decimal(token)
        if kind == "range":
            return self.of.cells(self.sheet, token)[0]
        self._expect("(")
        if token == "SUM":
            result = sum(self.of.cells(self.sheet, self.tokens.pop(0)[1]), Decimal(0))
        else:
            number = self._sum()
            self._expect(",")
            result = number.quantize(Decimal(1).scaleb(-int(self._sum())), rounding=ROUND_HALF_UP)
        self._expect(")")
        return result

    def _expect(self, sign: str) -> None:
        assert self.tokens.pop(0)[1] == sign

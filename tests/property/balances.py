"""Balance sheets of the generator: condensed (5 to 9 rows) or classified (12 to 25), two dates, footing exactly."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.property.balance_words import BALANCE as W
from tests.property.fiscal import Calendar
from tests.property.ledger import Accountant, Book, Values, add, minus
from ticktie.model.facts import Period


def _put(book: Accountant, key: str, values: Values, total: bool = False) -> Values:
    return book.put(key, W[key], values, "total" if total else "item")


def _split(book: Accountant, total: float, parts: int) -> list[Values]:
    shares = [book.rng.uniform(0.15, 1) for _ in range(parts)]
    return [book.amounts(total * s / sum(shares)) for s in shares]


def condensed(book: Accountant, base: float) -> None:
    """Cash, a few other assets, total; liabilities, equity, total."""
    rng = book.rng
    heads = rng.random() < 0.85
    if heads:
        book.heading(rng.choice(("ASSETS", "Assets", "Assets:")))
    keys = (
        [rng.choice(("cash_investments", "cash"))]
        + [k for k in ("receivables", "inventory", "property") if rng.random() < 0.35]
        + ["other_assets"]
    )
    assets = [_put(book, key, values) for key, values in zip(keys, _split(book, base, len(keys)), strict=True)]
    total = _put(book, "assets", add(*assets), True)
    if heads:
        book.heading(
            rng.choice(
                (
                    "LIABILITIES AND STOCKHOLDERS' EQUITY",
                    "Liabilities and stockholders' equity",
                    "LIABILITIES AND SHAREHOLDERS' EQUITY",
                )
            )
        )
    keys = ["current_liabilities"] + [k for k in ("debt",) if rng.random() < 0.4] + ["other_liabilities"]
    owed = [
        _put(book, key, values)
        for key, values in zip(keys, _split(book, base * rng.uniform(0.2, 0.6), len(keys)), strict=True)
    ]
    if rng.random() < 0.3:
        _put(book, "liabilities", add(*owed), True)
    _put(book, "equity_line", add(total, minus(add(*owed))))
    _put(book, "liabilities_equity", total, True)


def _assets(book: Accountant, base: float) -> Values:
    rng = book.rng
    book.heading(rng.choice(("ASSETS", "Assets")))
    book.heading("Current assets:")
    keys = ["cash", *(k for k in ("investments",) if rng.random() < 0.5), "receivables"]
    keys += [k for k in ("inventory", "deferred_tax") if rng.random() < 0.5] + ["prepaid"]
    current = [_put(book, key, values) for key, values in zip(keys, _split(book, base * 0.6, len(keys)), strict=True)]
    current_total = _put(book, "current_assets", add(*current), True)
    book.section = ""
    keys = ["property", *(k for k in ("goodwill", "intangibles") if rng.random() < 0.55), "other_assets"]
    rest = [_put(book, key, values) for key, values in zip(keys, _split(book, base * 0.4, len(keys)), strict=True)]
    return _put(book, "assets", add(current_total, *rest), True)


def _debts(book: Accountant, base: float) -> Values:
    rng = book.rng
    book.heading("Current liabilities:")
    keys = ["payables", "accrued", *(k for k in ("deferred_revenue", "current_debt") if rng.random() < 0.5)]
    current = [_put(book, key, values) for key, values in zip(keys, _split(book, base * 0.25, len(keys)), strict=True)]
    label = book.case("Total current liabilities")
    total = book.put("current_liabilities", W["current_liabilities"], add(*current), "total", label=label)
    book.section = ""
    keys = [k for k in ("debt", "other_liabilities") if rng.random() < 0.7] or ["other_liabilities"]
    rest = [_put(book, key, values) for key, values in zip(keys, _split(book, base * 0.2, len(keys)), strict=True)]
    owed = add(total, *rest)
    if rng.random() < 0.6:
        _put(book, "liabilities", owed, True)
    return owed


def _equity(book: Accountant, equity: Values) -> None:
    """One line, or common stock, paid-in capital and the earnings or deficit that closes the sum."""
    rng = book.rng
    if rng.random() < 0.35:
        _put(book, "equity_line", equity)
        return
    book.heading(rng.choice(("Stockholders' equity:", "Shareholders' equity:")))
    stock: Values = [rng.randint(10, 900)] * 2 if rng.random() < 0.6 else [rng.randint(10, 900) for _ in equity]
    paid = [round(abs(e or 1) * rng.uniform(0.3, 1.6)) for e in equity]
    lines: list[tuple[str, Values]] = [("stock", stock), ("paid_in", list(paid))]
    if rng.random() < 0.4:
        lines.append(("comprehensive", [rng.randint(-800, 800) or 1 for _ in equity]))
    rest = add(equity, *(minus(v) for _, v in lines))
    for key, values in lines:
        _put(book, key, values)
    key = "deficit" if all((v or 0) < 0 for v in rest) else "retained"
    label = "Retained earnings (accumulated deficit)" if key == "retained" and any((v or 0) < 0 for v in rest) else ""
    book.put(key, W[key], rest, label=book.case(label) if label else "")
    _put(book, "equity", equity, True)


def classified(book: Accountant, base: float) -> None:
    """Current and other assets, current and other liabilities, components of equity."""
    total = _assets(book, base)
    book.heading(book.rng.choice(("LIABILITIES AND STOCKHOLDERS' EQUITY", "Liabilities and Shareholders' Equity")))
    owed = _debts(book, base)
    _equity(book, add(total, minus(owed)))
    book.section = ""
    _put(book, "liabilities_equity", total, True)


def balance_book(rng: random.Random, calendar: Calendar, income: Book, case: Callable[[str], str]) -> Book:
    """A balance sheet at the end of the quarter and at the last fiscal year end, in proportion to the revenues."""
    book = Accountant(rng, "", 2, 1, case)
    base = max((income.line("revenue").values[0] or 0) * rng.uniform(2, 10), 900.0)
    (condensed if rng.random() < 0.5 else classified)(book, base)
    for line in book.lines:
        line.section = line.section.strip(": ")
    return Book(
        "balance-sheet", [Period(calendar.end), Period(calendar.year_end)], book.lines, income.tick, income.share_tick
    )

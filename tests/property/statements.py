"""Statements of invented companies as exact numbers: totals foot to the last digit, per-share figures are rounded.

Amounts are integers in ticks, the last printed digit of the statement (``Book.tick`` dollars).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.property import vocabulary as words
from tests.property.fiscal import Calendar
from tests.property.ledger import Accountant, Book, Values, add, minus, signed_label
from tests.property.per_share import share_lines
from tests.property.vocabulary import Item
from ticktie.model.facts import Period


def pick(rng: random.Random, pool: tuple[Item, ...], low: int, high: int) -> list[Item]:
    """Some items of ``pool`` in its order; heavier ones more often."""
    ranked = sorted(range(len(pool)), key=lambda i: rng.random() / pool[i].weight)
    return [pool[i] for i in sorted(ranked[: rng.randint(low, min(high, len(pool)))])]


def revenues(book: Accountant, base: float) -> Values:
    rng, industry = book.rng, book.industry
    if rng.random() < (0.55 if industry in ("retail", "manufacturing", "services") else 0.2):
        return book.put("revenue", words.SINGLE_REVENUES[industry], book.amounts(base), "total")
    items = pick(rng, words.REVENUES[industry], 2, 4)
    if rng.random() < 0.8:
        book.heading(
            rng.choice(("Revenues:", "Revenue:")) if industry not in ("retail", "manufacturing") else "Net sales:"
        )
    shares = [rng.uniform(0.2, 1) for _ in items]
    parts = [
        book.put(f"revenue{i}", item, book.amounts(base * share / sum(shares), 0.12 if i else 0))
        for i, (item, share) in enumerate(zip(items, shares, strict=True))
    ]
    return book.put("revenue", words.REVENUE_TOTALS[industry], add(*parts), "total")


def share_of(book: Accountant, revenue: Values) -> Values:
    """A cost in proportion to the revenues of each period; a year to date holds its last quarter."""
    rng, ratio = book.rng, book.rng.uniform(0.25, 0.75)
    sizes = [r or 0 for r in revenue]
    flows = sizes[:2] + [whole - last for whole, last in zip(sizes[2:], sizes[:2], strict=False)]
    parts = [max(1, round(flow * ratio * rng.uniform(0.9, 1.15))) for flow in flows]
    return [*parts[:2], *(rest + last for rest, last in zip(parts[2:], parts[:2], strict=False))]


def costs(book: Accountant, base: float, revenue: Values) -> Values:
    """Expenses and the operating result, either over a gross profit or as one list of costs."""
    rng = book.rng
    gross = book.industry != "biotech" and rng.random() < 0.65
    if gross:
        cost = book.put("cost", words.COSTS[book.industry], share_of(book, revenue))
        revenue = book.put("gross", words.GROSS, add(revenue, minus(cost)), "total")
    listed = not gross and (book.industry != "biotech" or rng.random() < 0.3)
    head = "Operating expenses:" if gross else rng.choice(("Costs and expenses:", "Expenses:", "Operating expenses:"))
    if rng.random() < 0.9 or not gross:
        book.heading(head)
    items = pick(rng, words.EXPENSES[book.industry], 2, 5)
    weight = rng.uniform(0.7, 2.2) if book.industry == "biotech" else rng.uniform(0.3, 0.6) * (1 if gross else 0.7)
    parts = [book.put("cost", words.COSTS[book.industry], book.amounts(base * rng.uniform(0.2, 0.6)))] if listed else []
    for i, item in enumerate(items):
        rare = item in (words.RESTRUCTURING, words.AMORTIZATION)
        size = base * weight / len(items) * (0.2 if rare else 1)
        parts.append(book.put(f"expense{i}", item, book.amounts(size, 0.35 if rare else 0.02)))
    costed = "Costs" in head
    total = add(*parts)
    if len(parts) > 1:
        book.put("expenses", words.EXPENSE_TOTALS[costed], total, "total")
    return add(revenue, minus(total))


def result(book: Accountant, key: str, values: Values, names: tuple[str, str], concepts: str) -> Values:
    """A subtotal whose label follows its signs: income, loss or both; ``names`` = (income words, rest of the label)."""
    word, rest = names
    rng = book.rng
    gain, loss = (f"{word} {rest}".strip(),), (f"Loss {rest}".strip(),)
    mixed = (f"{word} (loss) {rest}".strip(), f"(Loss) {word.lower()} {rest}".strip())
    label = book.case(signed_label(rng, values, gain, loss, mixed))
    item = Item((label,), f"{word.lower()} {rest}", tuple(concepts.split()), negative=f"loss {rest}")
    return book.put(key, item, values, "total", label=label)


def others(book: Accountant, base: float) -> Values:
    """Other income and expense: one line, or a list with or without its total."""
    rng = book.rng
    if rng.random() < 0.55:
        values = [v if v is None else v * rng.choice((1, 1, 1, -1)) for v in book.amounts(base * 0.03)]
        gains = all((v or 0) > 0 for v in values)
        return book.put("other", words.OTHER_INCOME if gains else words.OTHER_NET, values)
    if rng.random() < 0.5:
        book.heading("Other income (expense):")
    parts = [book.put("interest_income", words.INTEREST_INCOME, book.amounts(base * 0.03))]
    parts.append(book.put("interest_expense", words.INTEREST_EXPENSE, minus(book.amounts(base * 0.02, 0.1)), flip=True))
    if rng.random() < 0.3:
        swings = [v if v is None else v * rng.choice((1, -1)) for v in book.amounts(base * 0.01)]
        parts.append(book.put("exchange", words.EXCHANGE, swings))
    total = add(*parts)
    if rng.random() < 0.5:
        book.put("other", words.OTHER_TOTAL, total, "total")
    return total


def taxes(book: Accountant, pretax: Values) -> Values:
    """Income taxes as printed; an expense is positive, a benefit negative."""
    rng = book.rng
    rate = rng.uniform(0.2, 0.4)
    values: Values = [round((p or 0) * rate * rng.uniform(0.9, 1.1)) for p in pretax]
    if all((p or 0) < 0 for p in pretax):
        values = [rng.randint(1, 40) for _ in pretax] if rng.random() < 0.6 else values
        if rng.random() < 0.25:
            values = [None if i % 2 == 0 else v for i, v in enumerate(values)]
    known = [v for v in values if v]
    label = signed_label(
        rng,
        known or [1],
        ("Provision for income taxes", "Income tax expense", "Income taxes", "Income tax provision"),
        ("Income tax benefit", "Benefit from income taxes"),
        (
            "Provision (benefit) for income taxes",
            "(Benefit) provision for income taxes",
            "Income tax expense (benefit)",
        ),
    )
    phrase = rng.choice(("income tax expense", "provision for income taxes"))
    book.section = ""
    concepts = ("IncomeTaxExpenseBenefit", "CurrentIncomeTaxExpenseBenefit")
    item = Item((book.case(label),), phrase, concepts, negative="income tax benefit")
    return book.put("tax", item, values, label=item.labels[0])


@dataclass(frozen=True, slots=True)
class Company:
    """What decides how a company's statements look; ``wide`` adds rarer lines (minority interest, one-off gains)."""

    industry: str
    calendar: Calendar
    four: bool
    tick: Decimal
    share_tick: Decimal
    case: Callable[[str], str]
    wide: bool

    @property
    def periods(self) -> list[Period]:
        """The columns of the income statement: the quarter and its year-ago, then the year to date and its year-ago."""
        quarters = (1, self.calendar.quarter) if self.four else (1,)
        return [self.calendar.flow(q, ago) for q in quarters for ago in (0, 1)]


def income_book(rng: random.Random, company: Company) -> Book:
    """An income statement of two or four columns."""
    periods, tick = company.periods, company.tick
    book = Accountant(rng, company.industry, len(periods), company.calendar.quarter, company.case)
    base = float(rng.choice((3e6, 8e6, 2e7, 5e7, 1.5e8, 6e8)) * rng.uniform(0.5, 2)) / float(tick)
    base = max(base, 600.0)
    operating = costs_of(book, base)
    other = others(book, base)
    if company.wide and rng.random() < 0.35:
        other = add(other, one_off(book, base))
    pretax = add(operating, other)
    book.section = ""
    net = pretax
    if company.industry != "biotech" or rng.random() < 0.6:
        result(book, "pretax", pretax, ("Income", rng.choice(("before income taxes", "before taxes"))), PRETAX)
        net = add(pretax, minus(taxes(book, pretax)))
    if company.wide and rng.random() < 0.15:
        net = add(net, minority(book, base))
    net_line(book, net)
    share_lines(book, net, tick, company.share_tick)
    return Book("income-statement", periods, book.lines, tick, company.share_tick)


def one_off(book: Accountant, base: float) -> Values:
    """A gain on a sale, under the other income lines."""
    book.section = ""
    return book.put("gain", words.GAIN, book.amounts(base * 0.05, 0.5))


def minority(book: Accountant, base: float) -> Values:
    """The minority owners' share of income, printed as a deduction."""
    return book.put("minority", words.MINORITY, minus(book.amounts(base * 0.01)), flip=True)


PRETAX = (
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest "
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments "
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxes IncomeLossIncludingPortionAttributableToNoncontrollingInterest"
)
NET = "NetIncomeLoss ProfitLoss NetIncomeLossAvailableToCommonStockholdersBasic"


def costs_of(book: Accountant, base: float) -> Values:
    """Revenues, costs and the operating result, which is returned."""
    revenue = revenues(book, base)
    operating = costs(book, base, revenue)
    book.section = ""
    if book.rng.random() < 0.4:
        _operating(book, operating)
    else:
        result(book, "operating", operating, ("Income", "from operations"), "OperatingIncomeLoss")
    return operating


def _operating(book: Accountant, values: Values) -> None:
    label = book.case(
        signed_label(book.rng, values, ("Operating income",), ("Operating loss",), ("Operating income (loss)",))
    )
    item = Item((label,), "operating income", ("OperatingIncomeLoss",), negative="operating loss")
    book.put("operating", item, values, "total", label=label)


def net_line(book: Accountant, values: Values) -> None:
    label = book.case(
        signed_label(
            book.rng, values, ("Net income", "Net earnings"), ("Net loss",), ("Net income (loss)", "Net (loss) income")
        )
    )
    phrase = "net earnings" if "earnings" in label.lower() else "net income"
    book.put("net", Item((label,), phrase, tuple(NET.split()), negative="net loss"), values, "total", label=label)

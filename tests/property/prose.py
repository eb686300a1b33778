"""Running text of the generator: sentences that repeat figures of the statements, rounded half up.

Every repeated amount is recorded as a Claim. Two sets of templates, ``a`` (close to the releases the project starts
from) and ``b`` (another writer).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tests.property.document import Claim, Habits
from tests.property.fiscal import NUMBERS, ORDINALS, Calendar, day
from tests.property.layout import figure_id
from tests.property.ledger import Book, Line

COMPARE = {
    "a": (
        "{M} for {p} {were} {x}, compared to {y} for {q}.",
        "{M} {were} {x} for {p}, as compared to {y} for {q}.",
        "{M} for {p} {were} {x}, compared with {y} in {q}.",
        "{M} in {p} {were} {x}, compared to {y} in {q}.",
    ),
    "b": (
        "{M} {rose} to {x} in {p} from {y} in {q}.",
        "In {p}, {m} {were} {x}, versus {y} in {q}.",
        "The company posted {m} of {x} for {p}; in {q}, {m2} {were} {y}.",
        "For {p}, {m} {rose} {z}% to {x}, from {y} in {q}.",
        "{M} {were} {x} for {p} and {y} for {q}.",
    ),
}
INSTANT = {
    "a": (
        "{C} had approximately {x} in {m} as of {p}, compared with {y} as of {q}.",
        "As of {p}, {C} had approximately {x} in {m}. This compares to {y} as of {q}.",
        "{M} {were} {x} as of {p}, compared to {y} as of {q}.",
        "{M} {were} {x} as of {p}, as compared to {y} as of {q}.",
    ),
    "b": (
        "{M} totaled {x} at {p} and {y} at {q}.",
        "At {p}, {m} stood at {x}, versus {y} at {q}.",
        "The company ended the quarter with {x} of {m} at {p}; the balance was {y} at {q}.",
    ),
}
PRIOR = {
    "a": (
        "the same period last year",
        "the same quarter last year",
        "the same period in the prior year",
        "the prior-year period",
    ),
    "b": ("the year-ago period", "the corresponding period a year earlier", "the comparable period of the prior year"),
}


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    return value.scaleb(decimals).quantize(Decimal(1), rounding=ROUND_HALF_UP).scaleb(-decimals)


def spoken(value: Decimal, habits: Habits, tick: Decimal, rng: random.Random) -> tuple[str, Decimal, int]:
    """An amount as a text says it, never finer than the table: (words, value, decimals)."""
    size, dollar = abs(value), habits.dollar
    finest = -tick.adjusted()
    if 500 <= size < 950_000 and finest >= -3 and rng.random() < 0.8:
        stated = round_half_up(size, -3)
        return f"{dollar}{stated:,.0f}", stated, -3
    unit, word = (9, "billion") if size >= Decimal("1.5e9") and rng.random() < 0.7 else (6, "million")
    wanted = rng.choice((1, 1, 1, 1, 2, 1)) - unit if unit == 6 else rng.choice((1, 2)) - unit
    if size >= Decimal(10) ** (unit + 2) and rng.random() < 0.1:
        wanted = -unit
    decimals = min(wanted, finest)
    stated = round_half_up(size, decimals)
    if stated == 0:
        stated, decimals = round_half_up(size, finest), finest
        return f"{dollar}{stated:,.0f}", stated, decimals
    return f"{dollar}{stated.scaleb(-unit):,.{max(0, decimals + unit)}f} {word}", stated, decimals


@dataclass(slots=True)
class Narrator:
    """Writes sentences about one release and keeps the claims they make."""

    rng: random.Random
    company: str
    calendar: Calendar
    habits: Habits
    claims: list[Claim] = field(default_factory=list)

    def amount(self, book: Book, line: Line, column: int) -> str:
        """The figure as the text says it, recorded as a claim."""
        value = Decimal(line.values[column] or 0)
        if line.kind == "eps":
            stated, decimals = abs(value).scaleb(-2), 2
            raw = f"{self.habits.dollar}{stated:.2f}"
        else:
            raw, stated, decimals = spoken(value * book.tick, self.habits, book.tick, self.rng)
        self.claims.append(Claim(book.statement, line.key, column, raw, self.named(line, column), stated, decimals))
        return raw

    def named(self, line: Line, column: int) -> str:
        negative = line.negative and (line.values[column] or 0) < 0
        return line.negative if negative else line.phrase

    def period(self, column: int) -> str:
        """The words for the current quarter (column 0) or the year to date (column 2)."""
        quarters = 1 if column < 2 else self.calendar.quarter
        number, end = NUMBERS[self.calendar.span(quarters)], day(self.calendar.end)
        unit = self.calendar.unit
        choices = [f"the {number}-{unit} period ended {end}", f"the {number} {unit}s ended {end}"]
        if quarters == 1:
            choices += [
                f"the quarter ended {end}",
                f"the {ORDINALS[self.calendar.quarter - 1]} quarter of fiscal {self.calendar.year}",
            ]
        elif quarters == 4:
            choices = [f"the year ended {end}", f"fiscal {self.calendar.year}", f"the fiscal year ended {end}"]
        elif unit == "month":
            choices.append(f"the first {number} months of fiscal {self.calendar.year}")
        return self.rng.choice(choices)

    def prior(self, column: int) -> str:
        year, quarters = self.calendar.year - 1, 1 if column < 2 else self.calendar.quarter
        choices = [p for p in PRIOR[self.habits.style] if quarters == 1 or "quarter" not in p]
        if quarters == 1:
            choices.append(f"the {ORDINALS[self.calendar.quarter - 1]} quarter of fiscal {year}")
        elif quarters == 4:
            choices = ["the prior year", f"fiscal {year}"]
        return self.rng.choice(choices)

    def compare(self, book: Book, line: Line, column: int = 0) -> str:
        """One sentence with the figure of this period and of the year before, or a shorter one where one is nil."""
        if not line.values[column] or not line.values[column + 1]:
            return self.single(book, line, column if line.values[column] else column + 1)
        template = self.rng.choice(COMPARE[self.habits.style])
        if "{rose}" in template and line.negative and (line.values[column] or 0) * (line.values[column + 1] or 0) < 0:
            template = COMPARE[self.habits.style][1]
        return self.fill(template, book, line, column, self.period(column), self.prior(column))

    def fill(self, template: str, book: Book, line: Line, column: int, period: str, prior: str) -> str:
        now, then = abs(line.values[column] or 0), abs(line.values[column + 1] or 0)
        name, other = self.named(line, column), self.named(line, column + 1)
        if name != other and "{y}" in template:
            template = template.replace("{y}", "{m2} of {y}", 1) if "{m2}" not in template else template
        change = Decimal(abs(now - then)) * 100 / (then or 1)
        x, y = self.amount(book, line, column), self.amount(book, line, column + 1)
        return template.format(
            M=name[0].upper() + name[1:], m=name, m2=other, p=period, q=prior, x=x, y=y, C=self.company,
            were="were" if line.plural else "was", rose="increased" if now >= then else "decreased",
            z=round_half_up(change, 0),
        )  # fmt: skip

    def single(self, book: Book, line: Line, column: int) -> str:
        """A sentence about one column alone; empty where the figure is nil."""
        if not line.values[column]:
            return ""
        period = self.period(column) if column % 2 == 0 else self.prior(column - 1)
        name, verb = self.named(line, column), "were" if line.plural else "was"
        return f"{name[0].upper()}{name[1:]} {verb} {self.amount(book, line, column)} for {period}."

    def balance(self, book: Book, line: Line) -> str:
        """One sentence with both dates of the balance sheet."""
        dates = [day(p.end) for p in book.periods]
        pool = INSTANT[self.habits.style]
        owned = line.key in ("cash", "cash_investments", "investments", "inventory", "receivables")
        template = self.rng.choice([t for t in pool if owned or not (" had " in t or "ended the quarter" in t)])
        return self.fill(template, book, line, 0, dates[0], dates[1])

    def earnings(self, book: Book, column: int = 0) -> str:
        """Net income or loss with its earnings per share, this period and a year before."""
        net = book.line("net")
        eps = book.line("eps") if book.has("eps") else book.line("eps_diluted")
        halves = []
        for c in (column, column + 1):
            name = self.named(net, c)
            article = "a " if name == "net loss" else ""
            amounts = self.amount(book, net, c), self.amount(book, eps, c)
            halves.append(f"{article}{name} of {amounts[0]}, or {amounts[1]} per {eps.phrase}")
        who = self.rng.choice((self.company, "the Company"))
        lead = self.period(column)
        joint = self.rng.choice(("compared to", "as compared to", "compared with"))
        if self.rng.random() < 0.5 or self.habits.style == "b":
            return (
                f"{who[0].upper()}{who[1:]} reported {halves[0]}, for "
                f"{lead}, {joint} {halves[1]}, for {self.prior(column)}."
            )
        return f"For {lead}, {who} reported {halves[0]}, {joint} {halves[1]}, for {self.prior(column)}."

    def respectively(self, book: Book, lines: list[Line], column: int = 0) -> str:
        """Two line items in one sentence, this period and a year before."""
        one, two = lines
        now = [self.amount(book, line, column) for line in lines]
        then = [self.amount(book, line, column + 1) for line in lines]
        name = f"{one.phrase} and {two.phrase}"
        return (
            f"{name[0].upper()}{name[1:]} were {now[0]} and {now[1]}, respectively, for {self.period(column)}, "
            f"compared to {then[0]} and {then[1]}, respectively, for {self.prior(column)}."
        )

    def including(self, book: Book, total: Line, parts: list[Line], column: int = 0) -> str:
        """Parts of a total: "revenues include $x of a and $y of b, compared to ..."."""
        now = " and ".join(f"{self.amount(book, p, column)} of {p.phrase}" for p in parts)
        then = " and ".join(self.amount(book, p, column + 1) for p in parts)
        tail = ", respectively," if len(parts) > 1 else ""
        name = total.phrase[0].upper() + total.phrase[1:]
        return f"{name} for {self.period(column)} include {now}, compared to {then}{tail} for {self.prior(column)}."

    def years(self, book: Book, line: Line) -> str:
        """Both years in one phrase: "for the three months ended March 31, 2004 and 2003 ... respectively"."""
        number, end = NUMBERS[self.calendar.span(1)], self.calendar.end
        x, y = self.amount(book, line, 0), self.amount(book, line, 1)
        verb = "were" if line.plural else "was"
        name = line.phrase[0].upper() + line.phrase[1:]
        return (
            f"{name} for the {number} {self.calendar.unit}s ended {day(end)} "
            f"and {end.year - 1} {verb} {x} and {y}, respectively."
        )


def recorded(claims: list[Claim], statement: str, row: str) -> list[Claim]:
    return [c for c in claims if c.statement == statement and c.row == row]


__all__ = ["Narrator", "figure_id", "recorded", "round_half_up", "spoken"]

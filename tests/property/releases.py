"""Clean earnings releases of invented companies with their truth: ``release(seed, style)`` is the whole interface.

A release is a current report's cover, running text that repeats some of the figures, and two statements. All figures
agree: statements foot to the last digit, per-share figures and claims are rounded half up. Style ``b`` is another
printer: other prose, other spacing, other cover, sometimes 13-week quarters.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tests.property import vocabulary as words
from tests.property.balances import balance_book
from tests.property.boilerplate import about, closing, cover, guidance, quote, untied
from tests.property.document import Grid, Habits, Release, Text
from tests.property.fiscal import NUMBERS, ORDINALS, Calendar, day, make_calendar
from tests.property.layout import Layout, balance_header, figures, flow_header, make_layout, table
from tests.property.ledger import Book, Line
from tests.property.prose import Narrator
from tests.property.statements import Company, income_book

INDUSTRIES = tuple(words.REVENUES)
TEXT_LEVELS = {
    "a": (("full", 0.75), ("sparse", 0.2), ("none", 0.05)),
    "b": (("full", 0.55), ("sparse", 0.35), ("none", 0.1)),
}


#: How often a full text speaks of a line of the balance sheet.
BALANCE_CHANCES = {
    "cash": 0.9,
    "cash_investments": 0.9,
    "assets": 0.35,
    "liabilities": 0.4,
    "equity": 0.3,
    "equity_line": 0.3,
    "inventory": 0.4,
    "receivables": 0.35,
    "debt": 0.4,
    "deferred_revenue": 0.3,
    "current_liabilities": 0.2,
    "other_liabilities": 0.15,
    "property": 0.15,
}


def _habits(rng: random.Random, style: str) -> Habits:
    scale, places = rng.choices(((3, 0), (6, 0), (6, 1), (0, 0)), (0.72, 0.06, 0.08, 0.14))[0]
    return Habits(
        style=style,
        dollar="\\$" if rng.random() < (0.85 if style == "a" else 0.3) else "$",
        nil=rng.choice(("-", "—", "–", "--")) if style == "a" else rng.choice(("-", "—", "- -", "–")),
        scale=scale,
        places=places,
        split_bracket=style == "b" and rng.random() < 0.2,
        bare_cents=style == "b" and rng.random() < 0.25,
        indent=rng.choice(("", "", "  ", "   ")) if style == "b" else "",
    )


def _case(rng: random.Random, style: str) -> Callable[[str], str]:
    """How this company capitalises labels: as sentences (mostly), as titles, or in capitals."""
    kind = rng.choices(("sentence", "title", "upper"), (0.8, 0.15, 0.05) if style == "a" else (0.6, 0.33, 0.07))[0]
    if kind == "upper":
        return str.upper
    return _title if kind == "title" else str


def _title(label: str) -> str:
    small = {"and", "of", "from", "before", "in", "to", "per", "net", "or", "less", "for"}
    parts = label.split(" ")
    return " ".join(w if i and w.strip(",") in small else w[:1].upper() + w[1:] for i, w in enumerate(parts))


def company_name(rng: random.Random, industry: str) -> str:
    stem = "".join(rng.choice(words.SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()
    return f"{stem} {rng.choice(words.ENDINGS[industry])}"


def _caption(rng: random.Random, book: Book, layout: Layout, calendar: Calendar, units: str, habits: Habits) -> str:
    """The lines above a statement: name, dates in the order of the columns (or not), unaudited, scale."""
    income = book.statement == "income-statement"
    nouns = (
        ("STATEMENTS OF OPERATIONS", "STATEMENTS OF INCOME")
        if income
        else ("BALANCE SHEETS", "BALANCE SHEETS", "BALANCE SHEET DATA")
    )
    title = rng.choice(("CONDENSED CONSOLIDATED ", "CONSOLIDATED ", "CONDENSED ")) + rng.choice(nouns)
    title = title if rng.random() < 0.75 else title.title().replace(" Of ", " of ")
    parts = [title]
    if habits.caption_dates and income:
        parts.append(_flow_dates(calendar, [book.periods[c].end for c in layout.order]))
    elif habits.caption_dates:
        parts.append("As of " + " and ".join(day(book.periods[c].end) for c in layout.order))
    tail = [t for t in ("(Unaudited)" if rng.random() < 0.8 else "", units) if t]
    return (" " if rng.random() < 0.6 else "\n").join(parts + tail)


def _flow_dates(calendar: Calendar, ends: list[date]) -> str:
    """The dates of a flow statement, years in the order of its columns."""
    one = NUMBERS[calendar.span(1)]
    both = f"{one} and {NUMBERS[calendar.span(calendar.quarter)]}" if len(ends) == 4 else one
    return f"For the {both} {calendar.unit}s ended {day(ends[0])} and {ends[1].year}"


def _units(rng: random.Random, habits: Habits) -> tuple[str, Decimal]:
    """The words for the scale, and the dollar value of one share tick."""
    name = {3: "thousands", 6: "millions", 0: ""}[habits.scale]
    if not name:
        return rng.choice(("", "(in dollars, except share data)", "(in U.S. dollars)")), Decimal(1)
    shares_whole = rng.random() < 0.2
    what = (
        rng.choice(("share and per share", "share and per-share"))
        if shares_whole
        else rng.choice(("per share", "per-share"))
    )
    noun = rng.choice(("amounts", "data"))
    start = rng.choice((f"in {name}", f"In {name}", f"amounts in {name}"))
    habits.share_places = 0 if shares_whole else habits.places
    return f"({start}, except {what} {noun})", Decimal(1) if shares_whole else Decimal(10) ** (
        habits.scale - habits.places
    )


def _full(line: Line, columns: int = 2) -> bool:
    return all(line.values[:columns])


def _income_text(say: Narrator, book: Book, level: str) -> list[str]:
    """Paragraphs about the income statement."""
    rng = say.rng
    four = len(book.periods) == 4
    first = [say.earnings(book)]
    if four and rng.random() < 0.6:
        first.append(say.earnings(book, 2))
    paragraphs = [" ".join(first)]
    revenue = [say.compare(book, book.line("revenue"))] if book.has("revenue") else []
    if level == "full":
        revenue += _parts_text(
            say, book, [x for x in book.lines if x.key.startswith("revenue") and x.key != "revenue"], "revenue", 0.75
        )
        if four and rng.random() < 0.4:
            revenue.append(say.compare(book, book.line("revenue"), 2))
    paragraphs.append(" ".join(revenue))
    if level != "full":
        return paragraphs
    spent = [x for x in book.lines if (x.key.startswith("expense") and x.key != "expenses") or x.key == "cost"]
    lead = [
        say.compare(book, book.line(k))
        for k, p in (("gross", 0.7), ("expenses", 0.85), ("operating", 0.4))
        if book.has(k) and rng.random() < p
    ]
    paragraphs.append(" ".join(lead + _parts_text(say, book, spent, "expenses", 0.7)))
    rest = [
        say.compare(book, book.line(k))
        for k, p in (("other", 0.6), ("interest_income", 0.5), ("tax", 0.35), ("pretax", 0.2))
        if book.has(k) and rng.random() < p
    ]
    return [*paragraphs, " ".join(rest)]


def _parts_text(say: Narrator, book: Book, lines: list[Line], total: str, chance: float) -> list[str]:
    """Sentences about the parts of a total, singly or two in one."""
    rng = say.rng
    chosen = [x for x in lines if rng.random() < chance]
    whole = [x for x in chosen if _full(x)]
    out = [say.compare(book, x) for x in chosen if not _full(x)]
    while whole:
        if len(whole) > 1 and rng.random() < 0.35:
            pair, whole = whole[:2], whole[2:]
            joint = total == "revenue" and book.has(total) and _full(book.line(total)) and rng.random() < 0.6
            out.append(say.including(book, book.line(total), pair) if joint else say.respectively(book, pair))
        elif rng.random() < 0.12 and say.habits.style == "a":
            out.append(say.years(book, whole.pop(0)))
        else:
            out.append(say.compare(book, whole.pop(0)))
    return [s for s in out if s]


def _balance_text(say: Narrator, book: Book, level: str) -> str:
    """A paragraph about the balance sheet; cash first."""
    factor = 1 if level == "full" else 0.5
    return " ".join(
        say.balance(book, line)
        for line in book.lines
        if _full(line) and say.rng.random() < factor * BALANCE_CHANCES.get(line.key, 0)
    )


def _intro(say: Narrator, four: bool) -> str:
    calendar, rng = say.calendar, say.rng
    number = NUMBERS[calendar.span(1)]
    town = rng.choice(words.TOWNS).upper()
    dash = rng.choice(("–", "—", "--"))
    spans = f"{number}-{calendar.unit} period" + (
        "" if not four else f" and {NUMBERS[calendar.span(calendar.quarter)]}-{calendar.unit} period"
    )
    which = f"the {ORDINALS[calendar.quarter - 1]} quarter of the Company's {calendar.year} fiscal year"
    if say.habits.style == "b":
        return (
            f"{town} {dash} {say.company} today released results for its "
            f"{ORDINALS[calendar.quarter - 1]} fiscal quarter, which ended "
            f"{day(calendar.end)}. The company's fiscal {calendar.year} "
            f"{'ended that day' if calendar.quarter == 4 else 'is under way'}."
        )
    return (
        f"{town}, {day(_later(calendar))} {dash} {say.company} today announced "
        f"financial results for the {spans} ended {day(calendar.end)} {dash} {which}."
    )


def _sentences(paragraph: str) -> list[str]:
    """The sentences of a generated paragraph."""
    return [s.rstrip(".") for s in paragraph.split(". ")]


def _later(calendar: Calendar) -> date:
    """The day of the release."""
    return calendar.end + timedelta(days=27)


def release(seed: int, style: str = "a") -> Release:
    """The clean document number ``seed``; the same seed and style give the same document."""
    rng = random.Random(f"{style}:{seed}")
    habits, industry = _habits(rng, style), rng.choice(INDUSTRIES)
    calendar = make_calendar(rng, style == "b")
    habits.quarter, habits.weeks, habits.caption_dates = calendar.quarter, calendar.weeks, rng.random() < 0.35
    case = _case(rng, style)
    units, share_tick = _units(rng, habits)
    tick = Decimal(10) ** (habits.scale - habits.places)
    four = calendar.quarter > 1 and rng.random() < 0.6
    income = income_book(rng, Company(industry, calendar, four, tick, share_tick, case, style == "b"))
    balance = balance_book(rng, calendar, income, case)
    company = company_name(rng, industry)
    say = Narrator(rng, company, calendar, habits)
    level = rng.choices([k for k, _ in TEXT_LEVELS[style]], [w for _, w in TEXT_LEVELS[style]])[0]
    habits.has_text = level != "none"
    blocks: list[Text | Grid] = [Text(t) for t in _front(say, income, balance, level)]
    blocks += _tables(rng, company, income, balance, calendar, habits, units)
    truth = {f.id: f for book in (income, balance) for f in figures(book)}
    doc = Release(seed, company, blocks, truth, say.claims, habits)
    _name(doc)
    return doc


def _front(say: Narrator, income: Book, balance: Book, level: str) -> list[str]:
    """Cover, headline and running text; text that mentions no figure of the statements where ``level`` is none."""
    rng = say.rng
    report = day(_later(say.calendar))
    out = cover(rng, say.company, report, day(say.calendar.end), say.habits.style)
    out += [
        f"{say.company} Reports {ORDINALS[say.calendar.quarter - 1].capitalize()} "
        f"Quarter Fiscal Year {say.calendar.year} Results"
    ]
    out += [_intro(say, len(income.periods) == 4)]
    out += quote(rng, say.company, 1)
    if level != "none":
        out += [rng.choice(("Financial Results", "Results of Operations", "Quarter in Review"))]
        paragraphs = [p for p in _income_text(say, income, level) if p]
        if say.habits.style == "b" and rng.random() < 0.4:
            paragraphs[1:] = ["\n".join("- " + s for s in _sentences(p)) for p in paragraphs[1:]]
        out += paragraphs
        out += [p for p in (_balance_text(say, balance, level),) if p]
        out += untied(rng, say.company, say.habits, say.calendar.year)
        out += guidance(rng, say.company, say.habits, say.calendar.year)
    return out + about(rng, say.company) + closing(rng, say.company)


def _tables(
    rng: random.Random, company: str, income: Book, balance: Book, calendar: Calendar, habits: Habits, units: str
) -> list[Text | Grid]:
    """Captions and grids of both statements; the scale once on top or under each caption."""
    once = rng.random() < 0.6
    out: list[Text | Grid] = []
    if once:
        joint = rng.choice((" ", "\n"))
        out.append(
            Text(
                joint.join(
                    t
                    for t in (
                        company.upper() + ", INC.",
                        rng.choice(("SELECTED FINANCIAL INFORMATION", "FINANCIAL STATEMENTS")),
                        units,
                    )
                    if t
                )
            )
        )
    books = [balance, income] if rng.random() < 0.65 else [income, balance]
    for book in books:
        layout = make_layout(rng, len(book.periods), habits)
        header = balance_header(book, layout, rng) if book is balance else flow_header(book, layout, calendar, rng)
        out.append(Text(_caption(rng, book, layout, calendar, "" if once else units, habits), book.statement))
        grid = table(book, layout, habits, header, rng)
        if book is balance and rng.random() < 0.2:
            _head_in_header(grid)
        out.append(grid)
    return out


def _head_in_header(grid: Grid) -> None:
    """ASSETS printed in the row of the dates instead of a row of its own."""
    headings = [i for i, row in enumerate(grid.rows) if row.role == "heading"]
    last = max(i for i, row in enumerate(grid.rows) if row.role == "header")
    if headings and headings[0] == last + 1:
        grid.rows[last].cells[0].text = grid.rows[last + 1].cells[0].text
        del grid.rows[last + 1]


def _name(doc: Release) -> None:
    """Give every figure the names that the text uses for its line."""
    for figure in doc.figures.values():
        phrases = {c.phrase for c in doc.claims if c.statement == figure.statement and c.row == figure.row}
        figure.names = tuple(sorted(phrases))

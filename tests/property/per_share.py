"""Per-share lines of the generator: earnings per share rounded half up, and share counts, together or apart."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tests.property import vocabulary as words
from tests.property.ledger import Accountant, Values, signed_label


def per_share(net: int, shares: int, tick: Decimal, share_tick: Decimal) -> int:
    """Earnings per share in cents, rounded half up (away from zero)."""
    cents = Decimal(net) * tick * 100 / (Decimal(shares) * share_tick)
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share_lines(book: Accountant, net: Values, tick: Decimal, share_tick: Decimal) -> None:
    """EPS and weighted share counts, basic and diluted together or apart."""
    rng, case = book.rng, book.case
    flows = [v or 1 for v in net]
    smallest = min(abs(v) for v in flows) * tick
    biggest = max(abs(v) for v in flows) * tick
    top = max(1, int(min(smallest / Decimal("0.012"), biggest / Decimal("0.05")) / share_tick))
    basic = max(1, round(top * 10 ** rng.uniform(-1.7, 0)))
    counts = [
        max(1, round(basic * (1 if i % 2 == 0 else rng.uniform(0.85, 1)) * rng.uniform(0.985, 1)))
        for i in range(book.columns)
    ]
    word = signed_label(rng, net, ("income",), ("loss",), ("income (loss)", "(loss) income"))
    together = all(v < 0 for v in flows) and rng.random() < 0.75
    if together:
        cents = [per_share(n, s, tick, share_tick) for n, s in zip(flows, counts, strict=True)]
        return _together(book, word, [cents], [counts])
    diluted = [c if n < 0 else round(c * rng.uniform(1.0, 1.06)) for c, n in zip(counts, flows, strict=True)]
    both = [[per_share(n, s, tick, share_tick) for n, s in zip(flows, row, strict=True)] for row in (counts, diluted)]
    stem = rng.choice(
        (
            f"Net {word} per share",
            f"Net {word} per common share",
            "Earnings per share" if "loss" not in word else f"Net {word} per share",
        )
    )
    tails = rng.choice(
        (
            "Weighted average shares outstanding",
            "Shares used in computing per share amounts",
            "Weighted average common shares outstanding",
        )
    )
    _apart(book, case(stem), case(tails), both, [counts, diluted])
    return None


def _together(book: Accountant, word: str, cents: list[list[int]], counts: list[list[int]]) -> None:
    rng, case = book.rng, book.case
    stem = rng.choice(
        (
            f"Net {word} per common share, basic and diluted",
            f"Basic and diluted net {word} per share",
            f"Net {word} per share - basic and diluted",
        )
    )
    tail = rng.choice(
        (
            "Weighted average shares outstanding, basic and diluted",
            "Basic and diluted weighted average shares outstanding",
            "Shares used in computing net loss per share",
        )
    )
    book.section = ""
    book.put(
        "eps",
        words.item(case(stem), "basic and diluted share", words.EPS_CONCEPTS["both"]),
        list(cents[0]),
        "eps",
        label=case(stem),
    )
    book.put(
        "shares", words.item(case(tail), "", words.SHARE_CONCEPTS["both"]), list(counts[0]), "shares", label=case(tail)
    )


def _apart(book: Accountant, stem: str, tail: str, cents: list[list[int]], counts: list[list[int]]) -> None:
    """Basic and diluted as two rows under a heading, or each with its full words."""
    headed = book.rng.random() < 0.6
    case = book.case
    for start, values, kind, concepts in (
        (stem, cents, "eps", words.EPS_CONCEPTS),
        (tail, counts, "shares", words.SHARE_CONCEPTS),
    ):
        book.section = ""
        if headed:
            book.heading(start + ":")
        for version, row in zip(("basic", "diluted"), values, strict=True):
            label = (
                case(version.capitalize())
                if headed
                else f"{start} - {version}"
                if book.rng.random() < 0.5
                else case(f"{version.capitalize()} {start[0].lower()}{start[1:]}")
            )
            phrase = f"{version} share" if kind == "eps" else ""
            book.put(f"{kind}_{version}", words.item(label, phrase, concepts[version]), list(row), kind, label=label)

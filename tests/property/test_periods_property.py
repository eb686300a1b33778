"""Laws of periods and amounts, on generated texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.document import Figure, Release
from tests.property.releases import release
from tests.unit.texts import document
from ticktie.extract.amounts import money, percentages
from ticktie.extract.narrative import claims
from ticktie.extract.periods import Calendar, calendar, dates, duration_period, durations, months_of
from ticktie.extract.printed import add_months
from ticktie.map.claims import map_claims
from ticktie.model.facts import Fact, Period
from ticktie.model.source import Document, Paragraph

DAYS = st.dates(date(1985, 1, 31), date(2060, 1, 1))
UNITS = {"USD": "iso4217:USD", "USD/shares": "iso4217:USD/xbrli:shares", "shares": "xbrli:shares"}


@given(DAYS)
def test_a_printed_date_is_read_back(day: date) -> None:
    for text in (f"on {day:%B} {day.day}, {day.year}, we", f"{day.day} {day:%B} {day.year}", day.isoformat()):
        assert [mention.date for mention in dates(text)] == [day]


@given(DAYS, st.sampled_from([3, 6, 9, 12]))
def test_a_period_of_months_to_a_month_end_starts_on_a_first(day: date, months: int) -> None:
    period = duration_period(add_months(date(day.year, 1, 31), day.month - 1), months)
    assert period.start is not None and period.start.day == 1
    assert months_of(period) == months


@given(st.integers(1, 12), st.integers(1, 4), st.integers(1990, 2050))
def test_the_quarters_of_a_year_follow_each_other(month: int, number: int, year: int) -> None:
    fiscal = Calendar(month)
    quarter = fiscal.quarter(number, year)
    assert fiscal.fiscal_year(quarter.end) == year and fiscal.quarter_number(quarter.end) == number
    assert fiscal.previous(fiscal.following(quarter)) == quarter
    assert fiscal.year_ago(quarter) == fiscal.quarter(number, year - 1)
    assert fiscal.ytd(3 * number, year).end == quarter.end


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for mention in (*dates(text), *durations(text)):
        assert 0 <= mention.start < mention.end <= len(text)
    for amount in (*money(text), *percentages(text)):
        assert text[amount.start : amount.end] == amount.raw


WORDS = (
    "$5 million", "in 2010", "compared to", "was", "and", "revenue", ",", "from", "12%", "per share", "(", ")", "of",
    ".", "June 30, 2010", "the same period last year", "respectively", "112 patients",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_order_of_words_is_read_without_error(words: list[str]) -> None:
    text = " ".join(words) or "x"
    doc = Document("t", text, "utf-8", "", (Paragraph(text, document(text).blocks[0].span),), (), (0,))
    found = claims(doc, Calendar(current=Period(date(2010, 6, 30), date(2010, 4, 1))))
    assert len({claim.id for claim in found}) == len(found)
    assert len(map_claims(found, (), doc).facts) == len(found)


@given(st.integers(1, 10**12), st.integers(0, 2), st.sampled_from(["", " million", " billion"]))
def test_a_printed_amount_is_read_back(units: int, places: int, scale: str) -> None:
    value = Decimal(units).scaleb(-places)
    power = {"": 0, " million": 6, " billion": 9}[scale]
    (amount,) = money(f"a sum of ${value:,}{scale} in all")
    assert amount.value == value.scaleb(power)


def _table(doc: Release) -> tuple[Fact, ...]:
    return tuple(_fact(figure) for figure in doc.figures.values())


def _fact(figure: Figure) -> Fact:
    concept = "us-gaap:" + min(figure.concepts) if figure.concepts else f"ext:{figure.row}"
    value = -figure.value if figure.flip else figure.value
    return Fact(
        figure.id, concept.replace("us-gaap:ext:", "ext:"), value, 0, UNITS[figure.unit], figure.period,
        kind="table", label=figure.label, section=figure.section,
    )  # fmt: skip


@pytest.mark.parametrize("style", ["a", "b"])
def test_claims_of_generated_releases_are_read_dated_and_never_linked_wrongly(style: str) -> None:
    wanted = read = linked = 0
    for seed in range(25):
        doc = release(seed, style)
        text = document(doc.render())
        found = claims(text, calendar(block.text for block in text.blocks if isinstance(block, Paragraph)))
        facts = list(map_claims(found, _table(doc), text).facts)
        by_aspects = {fact.aspects: fact for fact in _table(doc)}
        for fact in facts:
            row = by_aspects.get(fact.aspects)
            assert row is None or fact.number.interval.meets(row.number.interval), (seed, fact.printed, fact.label)
        for claim in doc.claims:
            figure = doc.figures[f"{claim.statement[0]}:{claim.row}:{claim.column}"]
            same = [f for f in facts if f.value is not None and abs(f.value) == abs(claim.value)]
            wanted += 1
            read += any(f.period == figure.period for f in same)
            linked += any(f.aspects == _fact(figure).aspects for f in same)
    assert read == wanted
    assert linked >= 0.8 * wanted

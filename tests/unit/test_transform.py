"""Transformations of inline XBRL: what is printed becomes the value it states, or a clear refusal."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticktie.xbrl import numerals
from ticktie.xbrl.names import IXT_SEC, TRR, TRR_2008
from ticktie.xbrl.transform import REGISTRIES, TransformError, formats, transform, transformation

NUMBERS = [
    (1, "numcommadot", "1,234,567.89", "1234567.89"),
    (1, "numdotcomma", "1.234.567,89", "1234567.89"),
    (1, "numspacedot", "1\u00a0234.5", "1234.5"),
    (1, "numspacecomma", "1 234,5", "1234.5"),
    (1, "numcomma", "1234,5", "1234.5"),
    (1, "numdash", "-", "0"),
    (2, "numdotdecimal", "1,234", "1234"),
    (2, "numcommadecimal", "1 234,5", "1234.5"),
    (2, "numunitdecimal", "7 pounds and 5 pence", "7.05"),
    (2, "zerodash", "—", "0"),
    (3, "numdotdecimalin", "12,34,567.8", "1234567.8"),
    (3, "numunitdecimalin", "12,34,567 rupees 50 paise", "1234567.50"),
    (4, "num-dot-decimal", " 12,345.6 ", "12345.6"),
    (4, "num-dot-decimal", ".5", "0.5"),
    (4, "num-comma-decimal", "12.345,6", "12345.6"),
    (4, "num-unit-decimal", "１２円３４銭", "12.34"),
    (4, "fixed-zero", "none at all", "0"),
    (5, "num-dot-decimal-apos", "1’234.5", "1234.5"),
    (5, "num-unit-decimal-apos", "1'234 Franken 5 Rappen", "1234.05"),
]
DATES = [
    (1, "dateslashus", "6/30/2031", "2031-06-30"),
    (1, "datedoteu", "30.06.31", "2031-06-30"),
    (2, "datemonthdayyearen", "June 30, 2031", "2031-06-30"),
    (2, "datemonthdayen", "June 30th", "--06-30"),
    (2, "datemonthyearen", "June 2031", "2031-06"),
    (2, "dateerayearmonthdayjp", "令和13年6月30日", "2031-06-30"),
    (2, "dateyearmonthdaycjk", "2031年6月30日", "2031-06-30"),
    (3, "datedaymonthyearin", "३० जून २०३१", "2031-06-30"),
    (3, "calindaymonthyear", "1 Chaitra 1953", "2031-03-22"),
    (4, "date-day-monthname-year-de", "30. März 2031", "2031-03-30"),
    (4, "date-day-monthname-year-cs", "30. července 2031", "2031-07-30"),
    (4, "date-day-monthname-year-pl", "30 grudnia 2031", "2031-12-30"),
    (4, "date-day-monthroman-year", "30.IX.2031", "2031-09-30"),
    (4, "date-year-monthname-day-hu", "2031. június 30.", "2031-06-30"),
    (4, "date-month-day", "2/29", "--02-29"),
    (5, "date-monthname-year-cy", "Rhagfyr 2031", "2031-12"),
]
SEC = [
    ("numwordsen", "two hundred and thirty-five thousand", "235000"),
    ("numwordsen", "None", "0"),
    ("numwordsen", "one", "1"),
    ("numwordsen", "1.5 million", "1500000"),
    ("numwordsen", "two billion six million five", "2006000005"),
    ("duryear", "2.5", "P2Y6M"),
    ("durmonth", "18", "P18M"),
    ("durday", "90", "P90D"),
    ("durweek", "2", "P14D"),
    ("durwordsen", "two years and six months", "P2Y6M"),
    ("durwordsen", "thirty days", "P30D"),
    ("datequarterend", "second quarter of 2031", "2031-06-30"),
    ("boolballotbox", "☒", "true"),
    ("exchnameen", " Invented Exchange ", "Invented Exchange"),
]


@pytest.mark.parametrize(("version", "name", "text", "value"), [*NUMBERS, *DATES])
def test_text_of_a_registry_becomes_its_value(version: int, name: str, text: str, value: str) -> None:
    assert transform(TRR[version], name, text) == value


@pytest.mark.parametrize(("name", "text", "value"), SEC)
def test_text_of_the_secs_registry_becomes_its_value(name: str, text: str, value: str) -> None:
    assert transform(IXT_SEC, name, text) == value


@pytest.mark.parametrize(
    ("version", "name", "text"),
    [
        (1, "numdotcomma", "1234567.891"),
        (1, "numcommadot", "12,34"),
        (2, "numdotdecimal", "1.234,5"),
        (2, "zerodash", "0"),
        (4, "num-dot-decimal", "1,234.5.6"),
        (4, "num-dot-decimal", ""),
        (4, "num-dot-decimal", "(12)"),
        (4, "num-dot-decimal", "١٢"),
        (2, "datemonthdayyearen", "June 31, 2031"),
        (2, "datemonthdayyearen", "Juno 30, 2031"),
        (4, "date-day-month-year", "29.2.2031"),
        (2, "dateerayearmonthdayjp", "未知3年6月30日"),
        (3, "calindaymonthyear", "32 Chaitra 1953"),
        (4, "no-such-format", "1"),
    ],
)
def test_text_of_another_format_is_refused(version: int, name: str, text: str) -> None:
    """A missing value beats a wrong one."""
    with pytest.raises(TransformError):
        transform(TRR[version], name, text)


@pytest.mark.parametrize("text", ["a dozen", "", "twenty apples", "-"])
def test_words_that_are_no_number_are_refused(text: str) -> None:
    with pytest.raises(TransformError):
        transform(IXT_SEC, "numwordsen", text)


def test_every_registry_is_known_and_every_format_of_it_can_be_made() -> None:
    """Registry 1 has 24 formats, 2 has 21, 3 has 31; 4 and 5 name months in many languages."""
    assert [len(formats(TRR[version])) for version in (1, 2, 3)] == [24, 21, 31]
    assert {"num-dot-decimal", "fixed-zero", "date-day-monthname-year-sv"} < formats(TRR[4]).keys()
    assert formats(TRR[4]).keys() < formats(TRR[5]).keys()
    assert formats(TRR_2008) == formats(TRR[1])
    for namespace in REGISTRIES:
        assert all(transformation(namespace, name) is not None for name in formats(namespace))
    assert transformation("http://example.com/own", "num-dot-decimal") is None


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_number_printed_with_any_marks_is_read_back(whole: int, hundredths: int) -> None:
    value = Decimal(f"{whole}.{hundredths:02}")
    english = f"{whole:,}.{hundredths:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert Decimal(transform(TRR[4], "num-dot-decimal", english)) == value
    assert Decimal(transform(TRR[4], "num-comma-decimal", german)) == value
    assert Decimal(transform(TRR[2], "numcommadecimal", german)) == value


@given(st.dates(min_value=date(2001, 1, 1)))
def test_day_printed_in_english_is_read_back(day: date) -> None:
    printed = f"{day:%B} {day.day}, {day.year}"
    assert transform(TRR[4], "date-monthname-day-year-en", printed) == day.isoformat()
    assert transform(TRR[4], "date-day-month-year", f"{day.day}/{day.month}/{day.year}") == day.isoformat()


@given(st.integers(0, 364 * 40))
def test_days_of_the_indian_calendar_follow_one_another(days: int) -> None:
    """Chaitra begins on 21 or 22 March; each next day is the next day."""
    first = transform(TRR[3], "calindaymonthyear", "1 Chaitra 1931")
    assert first == "2009-03-22"
    day = date(2009, 3, 22) + timedelta(days=days)
    assert day.isoformat() in _saka_days()


def _saka_days() -> set[str]:
    if not _SAKA:
        for year in range(1931, 1972):
            for month in ("Chaitra", "Vaisakha", "Jyaistha", "Asadha", "Sravana", "Bhadra", "Asvina", "Kartika",
                          "Agrahayana", "Pausha", "Magha", "Phalguna"):  # fmt: skip
                for number in range(1, 32):
                    try:
                        _SAKA.append(transform(TRR[3], "calindaymonthyear", f"{number} {month} {year}"))
                    except TransformError:
                        continue
        assert len(_SAKA) == len(set(_SAKA))
    return set(_SAKA)


_SAKA: list[str] = []


@given(st.sampled_from(sorted(REGISTRIES)), st.text(max_size=40), st.data())
def test_any_text_gives_a_value_or_a_refusal(namespace: str, text: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(formats(namespace))))
    with suppress(TransformError):
        assert isinstance(transform(namespace, name, text), str)


@pytest.mark.parametrize("text", ["¹", "²", "two ½", "٣"])
def test_digits_that_are_no_arabic_ones_are_no_words_of_a_number(text: str) -> None:
    """A superscript is a note mark."""
    with pytest.raises(TransformError):
        numerals.words(text)

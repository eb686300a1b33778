"""Dates, lengths of time and the fiscal calendar."""

from __future__ import annotations

from datetime import date

import pytest

from ticktie.extract.period_words import period_mentions, resolve
from ticktie.extract.periods import Calendar, calendar, dates, duration_period, durations
from ticktie.model.facts import Period

JUNE = Calendar(6, 31, Period(date(2008, 9, 30), date(2008, 7, 1)))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("at September 30, 2008", [(2008, 9, 30)]),
        ("June 30,", [(None, 6, 30)]),
        ("in 2008, of 2,014 units at $2010", [(2008, None, None)]),
        ("as of Dec. 31, 2010", [(2010, 12, 31)]),
        ("on 31 December 2010", [(2010, 12, 31)]),
        ("in December 2004", [(2004, 12, None)]),
        ("ended December 31, 2004 and 2003", [(2004, 12, 31), (2003, 12, 31)]),
        ("2008-09-30 or 8/29/08", [(2008, 9, 30), (2008, 8, 29)]),
        ("Septernber 30, 2008", [(2008, 9, 30)]),
        ("call 781-555-2010 about FY2011", [(2011, None, None)]),
        ("it may 30 times happen", []),
    ],
)
def test_a_date_is_read_as_far_as_it_is_printed(text: str, want: list[tuple[int | None, ...]]) -> None:
    assert [(m.year, m.month, m.day) for m in dates(text)] == want


def test_a_year_that_inherits_month_and_day_says_so() -> None:
    assert [m.inherited for m in dates("December 31, 2004 and 2003")] == [False, True]


def test_the_span_of_a_date_is_its_words() -> None:
    text = "on October 28,\n2023, we"
    (mention,) = dates(text)
    assert text[mention.start : mention.end] == "October 28,\n2023"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Three Months Ended", [(3, None, "months")]),
        ("three- and six-month periods ended", [(3, None, "months"), (6, None, "months")]),
        ("13 Weeks Ended", [(None, 13, "weeks")]),
        ("thirty-nine weeks ended", [(None, 39, "weeks")]),
        ("Second Quarter", [(3, None, "quarter")]),
        ("year ended", [(12, None, "year")]),
        ("first half", [(6, None, "half")]),
        ("Tbree Montbs Ended", [(3, None, "months")]),
        ("Thrce Monlhs Ended", [(3, None, "months")]),
        ("no length at all", []),
    ],
)
def test_a_length_of_time_is_read_through_light_damage(
    text: str, want: list[tuple[int | None, int | None, str]]
) -> None:
    assert [(m.months, m.weeks, m.kind) for m in durations(text)] == want


def test_the_span_of_a_damaged_length_is_the_printed_one() -> None:
    text = "For the Tbree Montbs Ended June"
    (mention,) = durations(text)
    assert text[mention.start : mention.end] == "Tbree Montbs Ended"


@pytest.mark.parametrize(
    ("end", "months", "weeks", "start"),
    [
        (date(2008, 9, 30), 3, None, date(2008, 7, 1)),
        (date(2012, 2, 29), 3, None, date(2011, 12, 1)),
        (date(2004, 12, 31), 6, None, date(2004, 7, 1)),
        (date(2004, 6, 26), None, 13, date(2004, 3, 28)),
        (date(2004, 6, 26), 9, None, date(2003, 9, 28)),
        (date(2014, 5, 31), 12, None, date(2013, 6, 1)),
    ],
)
def test_a_period_starts_the_day_after_the_one_before_ended(
    end: date, months: int | None, weeks: int | None, start: date
) -> None:
    assert duration_period(end, months, weeks) == Period(end, start)


@pytest.mark.parametrize(
    ("texts", "month"),
    [
        (["results for the three months ended September 30, 2008 - the first quarter of its 2009 fiscal year"], 6),
        (["our fiscal year ended March 31, 2008", "the quarter ended September 30, 2008"], 3),
        (["the fiscal third quarter ended October 31, 2012"], 1),
        (["for the nine months ended March 31, 2005"], 6),
        (["for the year ended May 31, 2014"], 5),
        (["Second quarter results of 2015"], 12),
        ([], 12),
    ],
)
def test_the_fiscal_year_ends_where_the_words_put_it(texts: list[str], month: int) -> None:
    assert calendar(texts).year_end_month == month


def test_the_reported_quarter_is_not_the_one_that_is_forecast() -> None:
    found = calendar(
        ["May 2, 2023: results for the quarter ended March 31, 2023", "outlook for the quarter ending June 30, 2023"]
    )
    assert found.current == Period(date(2023, 3, 31), date(2023, 1, 1))


def test_a_year_may_be_named_for_the_year_it_starts_in() -> None:
    found = calendar(
        ["third quarter of fiscal 2024, the 13 weeks ended November 2, 2024", "fiscal year ended February 3, 2024"]
    )
    assert found.quarter(3, 2024).end == date(2024, 11, 2)


def test_quarters_halves_and_years_follow_the_fiscal_year() -> None:
    assert JUNE.quarter(3, 2011) == Period(date(2011, 3, 31), date(2011, 1, 1))
    assert JUNE.half(1, 2005) == Period(date(2004, 12, 31), date(2004, 7, 1))
    assert JUNE.ytd(9, 2010) == Period(date(2010, 3, 31), date(2009, 7, 1))
    assert JUNE.year(2009) == Period(date(2009, 6, 30), date(2008, 7, 1))


def test_a_quarter_of_weeks_is_compared_with_the_printed_quarter_of_last_year() -> None:
    weekly = Calendar(9, 31, None, (date(2003, 6, 28), date(2004, 6, 26)), weeks=True)
    quarter = Period(date(2004, 6, 26), date(2004, 3, 28))
    assert weekly.year_ago(quarter) == Period(date(2003, 6, 28), date(2003, 3, 30))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("for the same period last year", "2007-07-01 to 2007-09-30"),
        ("in the preceding quarter", "2008-04-01 to 2008-06-30"),
        ("First quarter fiscal 2009 revenues", "2008-07-01 to 2008-09-30"),
        ("in the first nine months of the Company's 2011 fiscal year", "2010-07-01 to 2011-03-31"),
        ("in 2Q FY2011", "2010-10-01 to 2010-12-31"),
        ("as of June 30, 2008", "2008-06-30"),
        ("in the same period in fiscal 2007", "2006-07-01 to 2006-09-30"),
        ("for the prior year quarter ended September 29, 2007", "2007-07-01 to 2007-09-29"),
        ("the June 2005 quarter", "2005-04-01 to 2005-06-30"),
        ("on a trailing twelve-month basis: the trailing twelve months", "2007-10-01 to 2008-09-30"),
    ],
)
def test_period_words_mean_what_the_calendar_says(text: str, want: str) -> None:
    mention = period_mentions(text, JUNE)[0]
    assert str(resolve(mention.readings[0], JUNE.current, JUNE)) == want


def test_two_years_after_one_length_are_two_readings() -> None:
    (mention,) = period_mentions("for the first nine months of fiscal years 2011 and 2010", JUNE)
    assert [str(reading) for reading in mention.readings] == ["2010-07-01 to 2011-03-31", "2009-07-01 to 2010-03-31"]

"""Claims: what the words around a figure say of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.texts import document
from ticktie.extract.narrative import claims
from ticktie.extract.periods import Calendar
from ticktie.model.facts import Period
from ticktie.model.figures import Claim

CALENDAR = Calendar(12, 31, Period(date(2015, 6, 30), date(2015, 4, 1)))
QUARTER, YEAR_AGO = "2015-04-01 to 2015-06-30", "2014-04-01 to 2014-06-30"


def read(text: str) -> tuple[Claim, ...]:
    return claims(document(text), CALENDAR)


def short(claim: Claim) -> tuple[str, str, str]:
    return claim.raw, claim.metrics[0] if claim.metrics else "", str(claim.period)


def test_a_comparison_inherits_its_metric_and_has_its_own_period() -> None:
    found = read(
        "Revenue for the second quarter of 2015 was $45.6 million, compared with $40.7 million for the same "
        "period last year."
    )
    assert [short(c) for c in found] == [("$45.6 million", "Revenue", QUARTER), ("$40.7 million", "Revenue", YEAR_AGO)]


def test_a_change_from_one_figure_to_another_puts_the_later_period_last() -> None:
    found = read(
        "Revenue rose from $40.7 million in the second quarter of 2014 to $45.6 million in the second quarter of 2015."
    )
    assert [short(c) for c in found] == [("$40.7 million", "Revenue", YEAR_AGO), ("$45.6 million", "Revenue", QUARTER)]


def test_a_figure_per_share_is_named_for_the_figure_it_stands_beside() -> None:
    found = read(
        "We had a net loss of $9.4 million, or $0.19 per basic and diluted share, versus net income of $1.0 "
        "million, or $0.02 per diluted share, a year earlier."
    )
    assert [(c.metrics[0], c.unit, str(c.period)) for c in found] == [
        ("net loss", "USD", QUARTER),
        ("net loss per basic and diluted share", "USD/shares", QUARTER),
        ("net income", "USD", YEAR_AGO),
        ("net income per diluted share", "USD/shares", YEAR_AGO),
    ]


def test_respectively_pairs_figures_with_metrics_by_order() -> None:
    found = read(
        "Revenues in the quarter included $3.6 million of contract revenue and $1.0 million of license fees, "
        "compared to $2.2 million and $1.1 million, respectively, for the same quarter last year."
    )
    assert [short(c)[1:] for c in found] == [
        ("contract revenue", QUARTER), ("license fees", QUARTER), ("contract revenue", YEAR_AGO), ("license "
            "fees", YEAR_AGO),
    ]  # fmt: skip


def test_respectively_pairs_figures_with_periods_by_order() -> None:
    found = read(
        "Capital expenditures were $1.5 million and $1.1 million for the six months ended June 30, 2015 and "
        "2014, respectively."
    )
    assert [str(c.period) for c in found] == ["2015-01-01 to 2015-06-30", "2014-01-01 to 2014-06-30"]


def test_two_metrics_take_turns_in_two_periods() -> None:
    found = read(
        "For the six months ended June 30, 2015 and 2014, revenues were $9 million and $8 million, "
        "respectively, and net loss was $4 million and $6 million, respectively."
    )
    assert [(c.metrics[0], c.period.end.year if c.period else 0) for c in found] == [
        ("revenues", 2015), ("revenues", 2014), ("net loss", 2015), ("net loss", 2014),
    ]  # fmt: skip


def test_the_phrase_after_a_figure_wins_over_the_subject() -> None:
    (claim,) = read("Operating expenses include $3.0 million for the cost of materials.")
    assert claim.metrics == ("cost of materials", "Operating expenses") and claim.is_part


def test_what_is_included_in_something_is_a_part_of_it() -> None:
    first, second = read(
        "Included in other income for the three months ended June 30, 2015 and 2014 was interest income of "
        "$457,000 and $353,000, respectively."
    )
    assert first.metrics == second.metrics == ("interest income", "other income")
    assert first.is_part and (str(first.period), str(second.period)) == (QUARTER, YEAR_AGO)


def test_two_joined_figures_share_the_phrase_after_the_last() -> None:
    found = read(
        "We recognized as license fees $0.4 million and $0.5 million, respectively, of upfront fees deferred before."
    )
    assert [c.metrics[0] for c in found] == ["upfront fees deferred"] * 2


def test_balances_stand_at_their_day() -> None:
    found = read(
        "As of June 30, 2015, we had approximately $93.3 million in cash and securities. This compares to "
        "$94.6 million as of March 31, 2015."
    )
    assert [short(c)[1:] for c in found] == [
        ("cash and securities", "2015-06-30"),
        ("cash and securities", "2015-03-31"),
    ]
    assert found[0].approximate and not found[1].approximate


def test_one_figure_said_of_two_days_is_two_claims() -> None:
    found = read("Total assets were $1.45 billion at June 30, 2015 and March 31, 2015.")
    assert [(c.raw, str(c.period)) for c in found] == [("$1.45 billion", "2015-06-30"), ("$1.45 billion", "2015-03-31")]


def test_a_sentence_goes_on_over_a_page_break() -> None:
    found = read(
        "The operating expenses of the company in the second quarter of 2015 and for the whole of its business "
        "were\n\n-more-\n\n2\n\n$6.6 million, as compared with $5.2 million in the same period last year."
    )
    assert [str(c.period) for c in found] == [QUARTER, YEAR_AGO]


def test_a_range_that_is_expected_is_guidance_for_its_period() -> None:
    low, high = read("The company expects its net loss for fiscal 2015 to be between $37-40 million.")
    assert (low.kind, low.bound, high.bound, str(low.period)) == ("guidance", "low", "high", "2015-01-01 to 2015-12-31")
    assert low.metrics == ("net loss",)


def test_a_stated_difference_names_its_two_ends() -> None:
    found = read(
        "Cash provided by operations was $5.9 million, compared with $30.9 million of cash used in operations "
        "during the same period in 2014. This $36.8 million difference is due to timing."
    )
    assert found[2].difference_of == (found[0].id, found[1].id)


def test_a_decrease_to_a_level_is_the_difference_of_two_levels() -> None:
    found = read(
        "Research expenses decreased $3.2 million to $6.9 million in the second quarter of 2015 from $10.1 "
        "million in the second quarter of 2014."
    )
    assert found[0].kind == "change" and found[0].value < 0
    assert found[0].difference_of == (found[1].id, found[2].id)


def test_a_fall_in_percent_is_negative_and_speaks_of_the_later_period() -> None:
    found = read(
        "Revenue fell 12% to $45.6 million from $51.8 million in the year-ago quarter, and gross margin rose "
        "30 basis points from the prior quarter."
    )
    change, points = found[0], found[-1]
    assert (change.kind, str(change.value), str(change.period)) == ("percent-change", "-0.12", QUARTER)
    assert (points.kind, str(points.period)) == ("percent-change", QUARTER)


def test_a_single_payment_is_an_event() -> None:
    (claim,) = read("In July 2015, the company received a $10 million milestone payment from Norvex.")
    assert claim.kind == "event" and claim.metrics[0] == "milestone from Norvex"


def test_adjusted_figures_are_parts() -> None:
    adjusted, share = read("Excluding this charge, net income would have been $67 million, or $0.17 per diluted share.")
    assert adjusted.is_part and share.is_part and adjusted.metrics[0].startswith("adjusted")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Among the 64 patients confirmed to be positive, the response rate was 34.4%.", 64),
        ("We enrolled 112 patients, and 107 of these patients were evaluable. The response rate was 39.3%.", 107),
        ("Sixty of the evaluable patients were treated before (response of 38.3%; confirmed 21.7%).", 60),
        ("Of the 48 patients treated, 30 patients (62.5%) responded.", 48),
    ],
)
def test_a_percentage_is_a_share_of_the_population_last_named(text: str, whole: int) -> None:
    found = read(text)
    shares = [c for c in found if c.kind == "percentage"]
    assert shares and all(next(w.value for w in found if w.id == c.whole) == whole for c in shares)


def test_a_margin_is_not_a_share_of_people() -> None:
    found = read("We have 350 customers. Gross margin was 35.2%.")
    assert [c.whole for c in found if c.kind == "percentage"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "To hear the replay, dial (800) 555-0142 and give passcode 959916.",
        "Rule 425 under the Securities Act (17 CFR 230.425), Form 8-K, Phase I/II, 12 Oak Street, MA 02451.",
        "Net revenues    19,433,000    18,466,000",
    ],
)
def test_what_states_no_figure_makes_no_claim(text: str) -> None:
    assert read(text) == ()


def test_a_claim_stands_where_it_is_printed() -> None:
    text = "Our revenue was\n$45.6 million."
    (claim,) = read(text)
    assert text[claim.span.start : claim.span.end] == "$45.6 million"


def test_what_is_no_prose_is_bounded() -> None:
    assert len(read("$5 million and " * 3000)) < 100
    assert len(read("the revenue of the company and its parts " * 3000 + "was $5 million.")) == 1


def test_a_figure_with_a_name_of_its_own_after_a_comparison_speaks_of_this_period_again() -> None:
    """After "compared to # for the same quarter last year, and service fees of #" the new name starts a statement."""
    said = read(
        "For the quarter ended March 31, 2009, revenues include license fees of $9.3 million, compared to $8.3 million "
        "for the same quarter last year, and service fees of $2.9 million, compared to $2.4 million for the same "
        "quarter last year."
    )
    assert [(claim.metrics[0], str(claim.period)[:4]) for claim in said] == [
        ("license fees", "2009"),
        ("license fees", "2008"),
        ("service fees", "2009"),
        ("service fees", "2008"),
    ]

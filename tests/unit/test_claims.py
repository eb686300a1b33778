"""Claims as facts: which row the words name, with which sign, and what is only a part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.unit.texts import document
from ticktie.extract.narrative import claims
from ticktie.extract.periods import Calendar
from ticktie.map.claims import ClaimFacts, map_claims
from ticktie.model.facts import PART, RANGE_HIGH, SCENARIO, Fact, Period

NOW, THEN = Period(date(2015, 6, 30), date(2015, 4, 1)), Period(date(2014, 6, 30), date(2014, 4, 1))
DAY = Period(date(2015, 6, 30))
CALENDAR = Calendar(12, 31, NOW)
MONEY, EACH = "iso4217:USD", "iso4217:USD/xbrli:shares"
ROWS = (
    ("ext:ResearchSupport", "Research and development support", "Revenues", MONEY, NOW),
    ("ext:LicenseFees", "License fees and milestone payments", "Revenues", MONEY, NOW),
    ("ext:MaterialsReimbursement", "Materials reimbursement", "Revenues", MONEY, NOW),
    ("us-gaap:Revenues", "Total revenues", "Revenues", MONEY, NOW),
    ("ext:CostOfMaterials", "Cost of materials reimbursed", "Expenses", MONEY, NOW),
    ("us-gaap:ResearchAndDevelopmentExpense", "Research and development", "Expenses", MONEY, NOW),
    ("us-gaap:GeneralAndAdministrativeExpense", "General and administrative", "Expenses", MONEY, NOW),
    ("us-gaap:OperatingExpenses", "Total operating expenses", "Expenses", MONEY, NOW),
    ("us-gaap:OtherNonoperatingIncomeExpense", "Other income (expense), net", "", MONEY, NOW),
    ("us-gaap:NetIncomeLoss", "Net loss", "", MONEY, NOW),
    ("us-gaap:EarningsPerShareBasic", "Basic", "Earnings per share:", EACH, NOW),
    ("us-gaap:EarningsPerShareDiluted", "Diluted", "Earnings per share:", EACH, NOW),
    ("ext:CashAndSecurities", "Cash, cash equivalents and marketable securities", "Assets", MONEY, DAY),
    ("us-gaap:Assets", "Total assets", "Assets", MONEY, DAY),
)
EARLIER = {NOW: THEN, DAY: Period(date(2015, 3, 31))}


def _figure(number: int, earlier: bool) -> Fact:
    concept, label, section, unit, period = ROWS[number]
    period = EARLIER[period] if earlier else period
    name, value = f"t{number}{earlier}", Decimal(1000 * number)
    return Fact(name, concept, value, -3, unit, period, kind="table", label=label, section=section)


TABLE = tuple(_figure(number, earlier) for number in range(len(ROWS)) for earlier in (False, True))


def mapped(text: str) -> ClaimFacts:
    doc = document(text)
    return map_claims(claims(doc, CALENDAR), TABLE, doc)


def concepts(text: str) -> list[str]:
    return [fact.concept for fact in mapped(text).facts]


def test_a_claim_has_the_aspects_of_the_figure_it_repeats() -> None:
    now, then = mapped(
        "Total operating expenses were $15.5 million, compared to $13.3 million for the same period last year."
    ).facts
    by_aspects = {fact.aspects: fact.label for fact in TABLE}
    assert by_aspects[now.aspects] == by_aspects[then.aspects] == "Total operating expenses"
    assert (now.period, then.period) == (NOW, THEN)


def test_the_words_decide_among_rows_that_are_alike() -> None:
    text = (
        "Revenues include $3.2 million of research and development support fees. Expenses include research "
        "and development expenses of $11.9 million."
    )
    assert concepts(text) == ["ext:ResearchSupport", "us-gaap:ResearchAndDevelopmentExpense"]


def test_a_cost_is_not_the_revenue_of_like_name() -> None:
    text = (
        "Revenues included $3.6 million of materials reimbursement. Operating expenses include $3.0 million "
        "for the cost of materials reimbursed."
    )
    assert concepts(text) == ["ext:MaterialsReimbursement", "ext:CostOfMaterials"]


def test_other_words_for_a_row_find_it() -> None:
    assert concepts("Net sales were $9.0 million.") == ["us-gaap:Revenues"]
    assert concepts("We had $44.6 million in cash and marketable securities as of June 30, 2015.") == [
        "ext:CashAndSecurities"
    ]


def test_a_loss_is_negative_and_so_is_cash_used() -> None:
    loss, share, cash = mapped(
        "The net loss was $9.4 million, or $0.19 per diluted share. Cash used in operations was $2.6 million."
    ).facts
    assert loss.value == Decimal(-9400000) and loss.concept == "us-gaap:NetIncomeLoss"
    assert share.value == Decimal("-0.19") and share.concept == "us-gaap:EarningsPerShareDiluted"
    assert cash.value == Decimal(-2600000) and cash.concept == "us-gaap:NetCashProvidedByUsedInOperatingActivities"


def test_the_kind_of_share_decides_the_row() -> None:
    text = "Net income was $44.2 million, or $0.89 per share ($0.88 per share on a diluted basis)."
    assert concepts(text)[1:] == ["us-gaap:EarningsPerShareBasic", "us-gaap:EarningsPerShareDiluted"]


def test_the_row_decides_between_instant_and_duration() -> None:
    (fact,) = mapped("Total assets were $5.1 million in the second quarter of 2015.").facts
    assert fact.period == DAY


def test_a_part_that_no_row_prints_ties_to_nothing() -> None:
    (fact,) = mapped(
        "Included in other income for the three months ended June 30, 2015 was rental income of $457,000."
    ).facts
    assert fact.concept == "us-gaap:OtherNonoperatingIncomeExpense"
    assert dict(fact.dimensions)[PART] == "rental income"


def test_a_total_so_described_is_a_part() -> None:
    facts = mapped(
        "The period included $0.8 million in revenue from the supply of agents. Sales in Europe were $2 "
        "million. Adjusted net income was $3 million."
    ).facts
    assert all(fact.dimensions for fact in facts)


def test_guidance_is_no_actual_and_the_larger_loss_is_the_minimum() -> None:
    low, high = mapped("The company expects its net loss for fiscal 2015 to be between $37-40 million.").facts
    assert low.value == Decimal(-37000000) and SCENARIO in low.dimensions and RANGE_HIGH in low.dimensions
    assert high.concept == "us-gaap:NetIncomeLoss" and RANGE_HIGH not in high.dimensions


def test_a_stated_difference_is_a_sum_in_the_signs_of_the_facts() -> None:
    found = mapped(
        "Cash provided by operations was $5.9 million, compared with $30.9 million of cash used in operations "
        "in the same period last year. This $36.8 million difference is due to timing."
    )
    by_id = {fact.id: fact.value or Decimal(0) for fact in found.facts}
    (total,) = found.sums
    assert total.kind == "difference"
    assert sum(weight * by_id[name] for name, weight in total.items) == by_id[total.total] == Decimal(36800000)


def test_a_smaller_loss_is_an_increase() -> None:
    found = mapped(
        "Our net loss decreased $3.2 million to $6.9 million in the second quarter of 2015 from $10.1 million "
        "in the second quarter of 2014."
    )
    by_id = {fact.id: fact.value or Decimal(0) for fact in found.facts}
    (total,) = found.sums
    assert sum(weight * by_id[name] for name, weight in total.items) == by_id[total.total] == Decimal(3200000)


def test_a_repeated_event_is_one_fact_said_twice() -> None:
    first, second = mapped(
        "We earned a $4 million milestone from Norvex in May 2015.\n\nAs said, we earned a $4 million "
        "milestone payment from Norvex with the start of its trial in May 2015."
    ).facts
    assert first.aspects == second.aspects


def test_two_parts_of_one_name_do_not_contradict_each_other() -> None:
    facts = mapped(
        "We earned a $4 million milestone from Norvex in May 2015. We earned a $7 million milestone from "
        "Norvex in May 2015."
    ).facts
    assert len({fact.aspects for fact in facts}) == 2


def test_a_percentage_of_patients_names_its_whole() -> None:
    found = mapped("Among these 76 patients, the response rate was 43.4%.")
    (share,) = found.shares
    values = {fact.id: fact.value for fact in found.facts}
    assert (values[share.percentage], values[share.whole]) == (Decimal("0.434"), Decimal(76))


def test_a_fact_keeps_its_place_and_print() -> None:
    (fact,) = mapped("Results:\n\nTotal assets were\n$5.1 million at June 30, 2015.").facts
    assert fact.location is not None and (fact.location.line, fact.location.column) == (4, 1)
    assert (fact.printed, fact.kind, fact.label) == ("$5.1 million", "narrative", "Total assets")

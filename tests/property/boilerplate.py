"""Text around the figures: covers, quotes, guidance, sentences with amounts that no table holds. All invented."""

from __future__ import annotations

import random

from tests.property.document import Habits
from tests.property.vocabulary import PEOPLE, TOWNS

RULES = (
    "Written communications pursuant to Rule 425 under the Securities Act (17 CFR 230.425)",
    "Soliciting material pursuant to Rule 14a-12 under the Exchange Act (17 CFR 240.14a-12)",
    "Pre-commencement communications pursuant to Rule 14d-2(b) under the Exchange Act (17 CFR 240.14d-2(b))",
    "Pre-commencement communications pursuant to Rule 13e-4(c) under the Exchange Act (17 CFR 240.13e-4(c))",
)
QUOTES = (
    "We are pleased with the progress of the quarter and enter the next one with a strong order book,",
    "Our teams kept costs in check while we opened two new sites,",
    "Customers in 14 countries now rely on what we make,",
    "The quarter unfolded as we had planned, and 3 of our 5 programs moved ahead,",
    "Demand was uneven, but our second 12-month plan is on track,",
)


def _number(rng: random.Random) -> str:
    return f"({rng.randint(201, 989)}) {rng.randint(200, 999)}-{rng.randint(1000, 9999)}"


def cover(rng: random.Random, company: str, report: str, end: str, style: str) -> list[str]:
    """The cover of a current report and its exhibit; style ``b`` starts with the release itself half of the time."""
    if style == "b" and rng.random() < 0.5:
        return [
            company.upper(),
            rng.choice(("NEWS RELEASE", "For Immediate Release")),
            f"Contact: {rng.choice(PEOPLE)}, {_number(rng)}",
        ]
    out = ["UNITED STATES SECURITIES AND EXCHANGE COMMISSION", "Washington, D.C. 20549", "FORM 8-K", "CURRENT REPORT"]
    out += [
        "PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934",
        f"Date of Report (Date of earliest event reported): {report}",
    ]
    out += [
        f"{company}, Inc.",
        "(Exact name of registrant as specified in its charter)",
        _registrant(rng),
        f"{rng.randint(12, 980)} Mill Road, {rng.choice(TOWNS)} {rng.randint(10000, 99999)}",
    ]
    out += [f"Registrant's telephone number, including area code: {_number(rng)}"]
    out += ["\n".join(f"- {rng.choice(('o ', '', '☐ '))}{rule}" for rule in RULES)]
    out += ["ITEM 2.02 - RESULTS OF OPERATIONS AND FINANCIAL CONDITION"]
    out += [
        f"On {report}, {company}, Inc. issued a press release with its financial "
        f"results for the quarter ended {end}. A copy is furnished as Exhibit 99.1."
    ]
    out += [
        "ITEM 9.01. FINANCIAL STATEMENTS AND EXHIBITS",
        f"Exhibit No.\tExhibit\n99.1\tPress Release of {company}, Inc. dated {report}\n\t2",
    ]
    out += [
        "SIGNATURES",
        f"{company}, Inc.",
        f"Date: {report} /s/ {rng.choice(PEOPLE)}",
        f"TEL: {_number(rng)} FAX: {_number(rng)}",
    ]
    return [
        *out,
        rng.choice(("For Immediate Release", "FOR IMMEDIATE RELEASE")),
        f"Contacts:\n{rng.choice(PEOPLE)} (Investors)\n{_number(rng)}",
    ]


def _registrant(rng: random.Random) -> str:
    first, second = f"0-{rng.randint(10000, 39999)}", f"{rng.randint(10, 98):02d}-{rng.randint(1000000, 9999999)}"
    if rng.random() < 0.5:
        return (
            f"Delaware\t{first}\t{second}\n(State or other\t(Commission "
            f"File\t(IRS Employer\njurisdiction)\tNumber)\tIdentification No.)"
        )
    return (
        f"Delaware (State of incorporation) **{first}** (Commission "
        f"File Number)\n{second} (IRS Employer Identification No.)"
    )


def quote(rng: random.Random, company: str, count: int) -> list[str]:
    picked = rng.sample(QUOTES, count)
    return [f'"{text}" said {rng.choice(PEOPLE)}, chief executive officer of {company}.' for text in picked]


def untied(rng: random.Random, company: str, habits: Habits, year: int) -> list[str]:
    """Sentences whose amounts stand in no table."""
    d, n = habits.dollar, lambda: f"{rng.randint(1, 9)}.{rng.randint(0, 9)}"
    pool = [
        f"Capital expenditures were {d}{n()} million and {d}{n()} "
        f"million for fiscal years {year} and {year - 1}, respectively.",
        f"The quarter includes a charge of {d}0.{rng.randint(1, 9)} million for the move of a warehouse.",
        f"In the next quarter the Company will receive an upfront payment "
        f"of {d}{rng.randint(2, 9)} million under a new agreement.",
        f"Cash used in operations was {d}{n()} million, compared to {d}{n()} million a year earlier.",
        f"Headcount was {rng.randint(80, 990)} at the end of the quarter.",
        f"Approximately {rng.randint(20, 80)}% of orders came from outside North America.",
    ]
    return [" ".join(rng.sample(pool, rng.randint(1, 3)))] if rng.random() < 0.75 else []


def guidance(rng: random.Random, company: str, habits: Habits, year: int) -> list[str]:
    """Forecasts as ranges, or none."""
    low = rng.randint(12, 80)
    d = habits.dollar
    pool = [
        f"{company} expects revenues for fiscal {year + 1} of between {d}{low}-{low + 4} million.",
        f"For the next fiscal year, the Company anticipates a range of {d}{low}.0 million to "
        f"{d}{low + 3}.0 million in revenues and earnings of {d}0.{low} to {d}0.{low + 5} per share.",
        f"Management expects capital expenditures of approximately {d}{low} million in fiscal {year + 1}.",
    ]
    return [rng.choice(pool)] if rng.random() < 0.5 else []


def about(rng: random.Random, company: str) -> list[str]:
    kind = rng.choice(
        (
            "designs and sells its products through 120 dealers",
            "serves customers on 4 continents",
            "was founded in 1983 and holds more than 60 patents",
        )
    )
    return [f"About {company}", f"{company}, Inc. {kind}. More can be found at www.{company.split()[0].lower()}.com."]


def closing(rng: random.Random, company: str) -> list[str]:
    """The caution about forward-looking statements and the line before the tables."""
    caution = (
        "This press release includes forward-looking statements based on "
        "management's current expectations, within the meaning of the Private "
        f"Securities Litigation Reform Act of 1995. Actual results of {company} "
        f"may differ for reasons set out in its reports filed with the "
        "Securities and Exchange Commission; the company undertakes no obligation to update them."
    )
    last = rng.choice(("-Financials Follow-", "financials follow –", "-more-", "# # #"))
    return [caution, last] + ([str(rng.randint(3, 7))] if rng.random() < 0.6 else [])

"""Figures within labels: what each one is, and which column it belongs to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_placed import BALANCE, DATES, facts, page, table
from ticktie.extract.descriptions import described

ENDS = [date(2021, 6, 30), date(2020, 12, 31)]
Found = list[tuple[tuple[str, ...], str, int | None]]


def found(label: str) -> Found:
    return [(figure.measures, str(figure.value), figure.column) for figure in described(label, ENDS)]


BOTH = ("issued", "outstanding")


class TestDescriptions:
    @pytest.mark.parametrize(
        ("label", "wanted"),
        [
            (
                "Common stock, $0.01 par value; 900 shares authorized; 70 and 50 shares issued and outstanding",
                [(("par",), "0.01", None), (("authorized",), "900", None), (BOTH, "70", 0), (BOTH, "50", 1)],
            ),
            (
                "Common stock, par value $1; shares authorized: 900; shares issued: 70 and 50",
                [(("par",), "1", None), (("authorized",), "900", None), (("issued",), "70", 0), (("issued",), "50", 1)],
            ),
            (
                "Common stock; issued: 70 shares at June 30, 2021 and 50 shares at December 31, 2020",
                [(("issued",), "70", 0), (("issued",), "50", 1)],
            ),
            (
                "Common stock, 70 issued and outstanding (50 issued and outstanding as of December 31, 2020)",
                [(BOTH, "70", 0), (BOTH, "50", 1)],
            ),
            ("Preferred stock, no par value; none issued", [(("par",), "0", None), (("issued",), "0", None)]),
            ("Treasury stock, at cost, 7 and 5 shares", [(("held",), "7", 0), (("held",), "5", 1)]),
            ("Receivables, net of allowances of $16 and $13", [(("amount",), "16", 0), (("amount",), "13", 1)]),
        ],
    )
    def test_measures_stand_before_or_behind_their_figures(self, label: str, wanted: Found) -> None:
        assert found(label) == wanted

    @pytest.mark.parametrize(
        "label", ["Contingencies (Note 8)", "Notes due 2027", "Series 2 bonds", "Total assets", "Other (1)"]
    )
    def test_other_numbers_describe_nothing(self, label: str) -> None:
        assert found(label) == []

    @given(st.text(alphabet="0123456789,.$()-– ;:aeinosu", max_size=60))
    def test_any_label_is_read(self, label: str) -> None:
        for figure in described(f"{label} shares issued", ENDS):
            assert figure.start < figure.end

    def test_described_figures_are_facts_with_their_place(self) -> None:
        label = "Common stock, $0.01 par value; 900,000,000 shares authorized"
        stock = [r.replace("Common stock", label) for r in BALANCE]
        document = page("<p>Balance Sheets (in millions, except share data)</p>", table(DATES, *stock))
        found = [fact for fact in facts(document) if fact.concept == "us-gaap:CommonStockSharesAuthorized"]
        assert [fact.value for fact in found] == [Decimal("900000000")] * 2
        place = found[0].location
        assert place is not None and place.offset is not None and place.xpath is not None
        assert document.text[document.text_offset(place.offset[0]) :].startswith("900,000,000 shares")

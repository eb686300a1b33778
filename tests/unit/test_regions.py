"""Where statements stand: which captions open one, what goes on with it, what ends it, and which scale holds."""

from __future__ import annotations

import pytest

from tests.unit.tables import page, region_of
from ticktie.extract.regions import Region, kind_of_caption, kind_of_rows, regions, scale_of
from ticktie.model.source import Table


def kinds(text: str) -> list[str | None]:
    return [region.kind for region in regions(page(text))]


def labels(region: Region) -> list[str]:
    return [row.cells[0].text for row in region.rows]


class TestCaptions:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("CONDENSED CONSOLIDATED BALANCE SHEETS", "balance-sheet"),
            ("Statement of Financial Position", "balance-sheet"),
            ("Statements of Financial Condition (Unaudited)", "balance-sheet"),
            ("CONSOLIDATED STATEMENTS OF OPERATIONS", "income-statement"),
            ("Statements of Comprehensive Income", "income-statement"),
            ("Income Statement", "income-statement"),
            ("Condensed Statements of Consolidated Earnings (in millions)", "income-statement"),
            ("Results of Operations", "income-statement"),
            ("Profit and Loss", "income-statement"),
            ("CONDENSED STATEMENTS OF\n CASH  FLOWS", "cash-flow"),
            ("SELECTED BALANCE SHEET DATA", "balance-sheet"),
            ("About Tallow Creek", None),
        ],
    )
    def test_a_heading_announces_its_statement(self, text: str, kind: str | None) -> None:
        assert kind_of_caption(text) == kind

    @pytest.mark.parametrize(
        "text",
        [
            "The balance sheet is strong.",
            "ITEM 2.02. RESULTS OF OPERATIONS AND FINANCIAL CONDITION",
            "Larkspur Greenhouses Reports Improved Results of Operations",
            "See Exhibit 99.1 for the balance sheet",
            "Balance sheet " * 40,
        ],
    )
    def test_running_text_items_and_headlines_announce_none(self, text: str) -> None:
        """A statement must not be opened by the words of a paragraph: its table would get a false kind."""
        assert kind_of_caption(text) is None


class TestScales:
    @pytest.mark.parametrize(
        ("text", "power"),
        [
            ("(in thousands, except per share amounts)", 3),
            ("(Dollars in thousands)", 3),
            ("(In Thousands of Dollars)", 3),
            ("($000's omitted)", 3),
            ("(000 omitted)", 3),
            ("(in millions)", 6),
            ("(in $ millions)", 6),
            ("(Millions of dollars)", 6),
            ("in billions", 9),
            ("(in whole dollars)", 0),
            ("(in dollars)", 0),
            ("Total revenues", None),
            ("one of a million", None),
        ],
    )
    def test_the_scale_is_what_a_heading_says(self, text: str, power: int | None) -> None:
        assert scale_of(text) == power

    def test_a_scale_holds_for_the_statements_that_follow(self) -> None:
        """ "SELECTED FINANCIAL INFORMATION (in thousands)" stands once above several statements."""
        found = regions(
            page("""
            SELECTED FINANCIAL INFORMATION (in thousands)

            BALANCE SHEETS

            Cash | 12 | 14
            Total assets | 12 | 14

            STATEMENTS OF OPERATIONS

            Sales | 12 | 14
            """)
        )
        assert [(region.kind, region.scale) for region in found] == [("balance-sheet", 3), ("income-statement", 3)]

    def test_a_statement_of_its_own_scale_overrules_the_one_before(self) -> None:
        found = regions(
            page("""
            BALANCE SHEETS (in thousands)

            Cash | 12 | 14

            STATEMENTS OF OPERATIONS (in millions)

            Sales | 12 | 14
            """)
        )
        assert [region.scale for region in found] == [3, 6]

    def test_running_text_sets_no_scale(self) -> None:
        """A long sentence about thousands of customers must not multiply a table by a thousand."""
        text = "Our shops were visited by thousands of people who had never been there before. " * 6
        found = regions(page(f"{text}\n\nBALANCE SHEETS\n\nCash | 12 | 14\nTotal assets | 12 | 14"))
        assert [region.scale for region in found] == [None]

    def test_a_scale_may_stand_in_the_table_itself(self) -> None:
        region = region_of("""
            BALANCE SHEETS

            (in thousands) | 2031 | 2030
            Cash | 12 | 14
            """)
        assert region.scale == 3


class TestWhatBelongsTogether:
    def test_short_lines_between_caption_and_table_are_part_of_the_caption(self) -> None:
        region = region_of("""
            CONSOLIDATED BALANCE SHEETS

            (Unaudited)

            As of June 30, 2031 and December 31, 2030

            Cash | 12 | 14
            """)
        assert [paragraph.text for paragraph in region.caption] == [
            "CONSOLIDATED BALANCE SHEETS",
            "(Unaudited)",
            "As of June 30, 2031 and December 31, 2030",
        ]

    def test_a_statement_goes_on_in_the_next_table_after_a_page_number(self) -> None:
        region = region_of("""
            BALANCE SHEETS

            Cash | 12 | 14
            Total assets | 12 | 14

            7

            Loans | 5 | 6
            Total liabilities | 5 | 6
            """)
        assert labels(region) == ["Cash", "Total assets", "Loans", "Total liabilities"]
        assert region.breaks == (2, 4)

    @pytest.mark.parametrize("aside", ["(continued)", "Three Months Ended June 30,", "LIABILITIES", "- 12 -", "2031"])
    def test_asides_between_its_tables_do_not_end_a_statement(self, aside: str) -> None:
        region = region_of(f"BALANCE SHEETS\n\nCash | 12 | 14\n\n{aside}\n\nLoans | 5 | 6")
        assert [paragraph.text for paragraph in region.asides] == [aside]

    def test_a_sentence_ends_a_statement(self) -> None:
        assert kinds("""
            BALANCE SHEETS

            Cash | 12 | 14

            These figures are unaudited and may be changed when the auditors have finished their work on them.

            Shops | 12 | 14
            """) == ["balance-sheet", None]

    def test_the_next_caption_ends_a_statement(self) -> None:
        assert kinds("BALANCE SHEETS\n\nCash | 1 | 2\n\nINCOME STATEMENTS\n\nSales | 1 | 2") == [
            "balance-sheet",
            "income-statement",
        ]

    def test_a_caption_may_stand_in_a_table_row_of_its_own(self) -> None:
        """An OCR engine reads two statements that touch as one table."""
        found = regions(
            page("""
            CONDENSED BALANCE SHEETS | | 
            Cash | 12 | 14
            CONDENSED STATEMENTS OF OPERATIONS | | 
            Sales | 12 | 14
            """)
        )
        assert [(region.kind, labels(region)[1:]) for region in found] == [
            ("balance-sheet", ["Cash"]),
            ("income-statement", ["Sales"]),
        ]

    def test_the_sections_of_a_cash_flow_statement_are_no_statements_of_their_own(self) -> None:
        """Otherwise the header is lost for all but the first section, and the net change has no items."""
        assert kinds("""
            STATEMENTS OF CASH FLOWS

             | 2031 | 2030
            Cash flows from operating activities: | | 
            Net income | 12 | 14
            Cash flows from investing activities: | | 
            Purchases of equipment | (5) | (6)
            """) == ["cash-flow"]

    def test_tables_without_a_caption_are_regions_without_a_kind_unless_their_rows_tell(self) -> None:
        assert kinds("Exhibit | 99.1 | 99.2\nPages | 3 | 4") == [None]
        assert kinds("Total assets | 12 | 14\nTotal liabilities | 5 | 6") == ["balance-sheet"]

    def test_a_document_without_tables_has_no_regions(self) -> None:
        assert kinds("BALANCE SHEETS\n\nThere are none.") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Net cash provided by operating activities | 12 | 14", "cash-flow"),
        ("Net cash used in financing activities | (12) | (14)", "cash-flow"),
        ("Shareholders' equity | 12 | 14", "balance-sheet"),
        ("Net sales | 12 | 14\nNet income per share | 0.12 | 0.14", "income-statement"),
        ("Net sales | 12 | \n", None),
        ("Patients | 12 | 14", None),
    ],
)
def test_rows_without_a_caption_tell_the_kind_by_their_labels_where_there_are_figures(
    text: str, kind: str | None
) -> None:
    (table,) = page(text).blocks
    assert isinstance(table, Table)
    assert kind_of_rows(table.rows) == kind

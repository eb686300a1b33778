"""A lost label comes back from what its row does in the sums, or from claims whose values fit it and no other row."""

from __future__ import annotations

from inspect import cleandoc

import pytest

from tests.unit.tables import statement_in
from ticktie.restore.lines import Line

HEADER = " | Three Months Ended June 30, | \n | 2031 | 2030\n"
CHAIN = """
     | 2,940 | 3,615
     | 1,182 | 640
     | 4,122 | 4,255
     | 9,316 | 8,254
     | 2,871 | 2,390
     | 12,187 | 10,644
     | (8,065) | (6,389)
     | 228 | 415
     | (7,837) | (5,974)
     | 6 | 11
     | (7,843) | (5,985)
    """
ROLES = ["Total revenues", "Total operating expenses", "Loss from operations", "Other income, net",
         "Loss before income taxes", "Provision for income taxes", "Net loss"]  # fmt: skip
QUARTER = "We report results for the three months ended June 30, 2031.\n\n"


def read(rows: str, text: str = "", header: str = HEADER) -> tuple[Line, ...]:
    table = f"{header}{cleandoc(rows)}"
    return statement_in(f"{text}\n\nSTATEMENTS OF OPERATIONS (in thousands)\n\n{table}").lines


def labels(lines: tuple[Line, ...]) -> list[str]:
    return [line.label for line in lines]


def said(phrase: str, now: str, before: str) -> str:
    return (
        f"The {phrase} for the three months ended June 30, 2031 was \\${now} million, compared to \\${before} million "
        "for the same period last year.\n\n"
    )


class TestRoles:
    def test_the_chain_of_sums_names_totals_and_results(self) -> None:
        """T1 - T2 = X, X + a = Y, Y - b = Z is revenue, expense, operating, other, pre-tax, tax and net."""
        found = read(CHAIN)
        assert [label for label in labels(found) if label] == ROLES

    def test_each_restored_label_says_so_with_its_reason(self) -> None:
        found = read(CHAIN)
        named = [line for line in found if line.label]
        assert all(line.damage == ("label-lost",) for line in found)
        assert named[0].evidence == ("its place in the sums of the table makes it total revenues",)

    def test_items_that_nothing_names_stay_nameless_and_marked(self) -> None:
        """Without text that names them, leaves cannot be named: an invented name would be worse."""
        found = read(CHAIN)
        assert labels(found)[:2] == ["", ""]
        assert found[0].damage == ("label-lost",)
        assert found[0].evidence == ()

    def test_nameless_items_get_the_section_of_their_total(self) -> None:
        found = read(CHAIN)
        assert [line.section for line in found[:5]] == ["Revenues"] * 2 + [""] + ["Operating expenses"] * 2

    def test_a_profit_is_income_where_a_loss_is_a_loss(self) -> None:
        found = read("""
             | 8,412 | 7,906
             | 1,935 | 1,688
             | 10,347 | 9,594
             | 6,204 | 5,871
             | 2,118 | 2,036
             | 8,322 | 7,907
             | 2,025 | 1,687
             | 305 | 223
             | 1,720 | 1,464
            """)
        assert labels(found)[6:] == ["Income before income taxes", "Provision for income taxes", "Net income"]

    def test_labels_that_are_printed_are_never_replaced(self) -> None:
        found = read(CHAIN.replace(" | 12,187", "All that we spent | 12,187"))
        assert found[5].label == "All that we spent"
        assert found[5].damage == ()

    def test_a_table_that_lost_no_label_is_left_as_it_is(self) -> None:
        found = read("Fees | 10 | 11\nSales | 20 | 23\nTotal revenues | 30 | 34")
        assert labels(found) == ["Fees", "Sales", "Total revenues"]
        assert not any(line.damage or line.evidence for line in found)

    def test_share_rows_are_named_by_their_kind_and_order(self) -> None:
        found = read("""
            Sales | 8,412 | 7,906
            Wages | 5,304 | 4,871
            Net income | 3,108 | 3,035
             | 0.16 | 0.15
             | 0.15 | 0.14
            Average shares outstanding, basic | 19,425 | 20,233
            Average shares outstanding, diluted | 20,720 | 21,678
            """)
        assert labels(found)[3:5] == ["Net income per share, basic", "Net income per share, diluted"]

    def test_the_two_equal_totals_of_a_balance_sheet_are_assets_and_claims(self) -> None:
        found = statement_in("""
            BALANCE SHEETS (in thousands)

             | June 30, 2031 | December 31, 2030
             | 412 | 360
             | 578 | 541
             | 990 | 901
             | 300 | 290
             | 690 | 611
             | 990 | 901
            """).lines
        assert labels(found)[2] == "Total assets"
        assert labels(found)[4:] == ["Total stockholders' equity", "Total liabilities and stockholders' equity"]


class TestClaims:
    def test_claims_that_fit_every_column_name_a_row(self) -> None:
        found = read(CHAIN, said("royalty revenue", "2.9", "3.6"))
        assert found[0].label == "royalty revenue"
        assert found[0].evidence == ('claims of the text fit this row: "royalty revenue"',)
        assert len(found[0].restored_by) == 2

    def test_a_claim_that_fits_one_column_and_misses_another_names_nothing(self) -> None:
        """A wrong claim must stay free to be proven wrong by the figure that it really means."""
        found = read(CHAIN, said("royalty revenue", "2.9", "9.9"))
        assert found[0].label == ""

    def test_a_claim_that_fits_two_nameless_rows_names_neither(self) -> None:
        rows = CHAIN.replace("1,182 | 640", "2,910 | 3,590").replace("4,122 | 4,255", "5,850 | 7,205")
        rows = rows.replace("(8,065) | (6,389)", "(6,337) | (3,439)").replace("(7,837) | (5,974)", "(6,109) | (3,024)")
        rows = rows.replace("(7,843) | (5,985)", "(6,115) | (3,035)")
        assert labels(read(rows, said("royalty revenue", "2.9", "3.6")))[:2] == ["", ""]

    def test_a_phrase_of_expenses_names_no_revenue(self) -> None:
        """The value may fit by chance; the section must agree."""
        found = read(CHAIN, said("training expense", "2.9", "3.6"))
        assert found[0].label == ""

    def test_every_item_gets_the_phrase_of_its_own(self) -> None:
        text = (
            said("royalty revenue", "2.9", "3.6")
            + said("grant revenue", "1.2", "0.6")
            + said("cost of research and development", "9.3", "8.3")
            + said("general and administrative expense", "2.9", "2.4")
        )
        found = read(CHAIN, text)
        assert labels(found)[:2] == ["royalty revenue", "grant revenue"]
        assert labels(found)[3:5] == ["cost of research and development", "general and administrative expense"]

    @pytest.mark.parametrize("period", ["six months ended June 30, 2031", "three months ended June 30, 2029"])
    def test_claims_of_other_periods_name_nothing(self, period: str) -> None:
        text = QUARTER + f"The royalty revenue for the {period} was \\$2.9 million.\n\n"
        assert labels(read(CHAIN, text))[0] == ""

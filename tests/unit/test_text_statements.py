"""Statements of printed text: which tables they are, which columns count, what the pages cut."""

from __future__ import annotations

from ticktie.extract.split_tables import whole_tables
from ticktie.model.facts import Fact
from ticktie.model.source import Table
from ticktie.read.text import read
from ticktie.restore.document import restore

RELEASE = """                          Brook & Tarn Foods, Inc.
            Consolidated Statements of Income (Unaudited)
                          (In thousands)

                               Three Months Ended            Inc/(Dec)
                             -----------------------    --------------------
                             June 30,      June 30,
                               2031          2030        Amount     Percent
                             --------      --------     -------     -------
Net sales                    $ 10,400      $ 10,000     $   400          4%
Cost of sales                   6,300         6,000         300          5
                             --------      --------     -------
  Gross profit                  4,100         4,000         100          3
Selling expenses                1,100         1,250        (150)       (12)
General and
 administrative                   900           750         150         20
                             --------      --------     -------
  Operating income              2,100         2,000         100          5
Income taxes                      700           600         100         17
                             --------      --------     -------
  Net income                 $  1,400      $  1,400     $     0          0%
                             ========      ========     =======

<PAGE>

                          Brook & Tarn Foods, Inc.
       Reconciliation of Net Income to Adjusted Net Income (Non-GAAP)
                          (In thousands)

                               Three Months Ended
                             -----------------------
                             June 30,      June 30,
                               2031          2030
                             --------      --------
Net sales                    $ 10,900      $ 10,500
Operating income                2,600         2,500
Income taxes                      800           700
Interest                           10            20
Net income                   $  1,790      $  1,780
"""

RUN_TOGETHER = """Brook & Tarn Foods, Inc.
Condensed Consolidated Statement of Income
(in millions)
Quarters Ended June 30, 2031 2030 Inc/ (Dec)
Net sales $ 10,400 $ 10,000 $ 400 4 %
Cost of sales 6,300 6,000 300 5
Gross profit 4,100 4,000 100 3
Selling expenses 1,100 1,250 (150) (12)
General expenses 900 750 150 20
Operating income 2,100 2,000 100 5
Income taxes 700 600 100 n/m
Net income $ 1,400 $ 1,400 $ 0 0 %
"""

BALANCE = """Brook & Tarn Foods, Inc.
Condensed Consolidated Balance Sheets
(in millions)
June 30, 2031 December 31, 2030
Cash $ 1,200 $ 1,100
Receivables 3,800 3,400
Inventories 5,000 5,000
Total assets $ 10,000 $ 9,500
12


Accounts payable $ 2,000 $ 1,600
Debt 7,000 7,000
Total liabilities 9,000 8,600
Equity 1,000 900
Total liabilities and equity $ 10,000 $ 9,500
"""


def facts_of(text: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in restore(read(text.encode(), "release.txt")).facts if fact.kind == "table")


def values(text: str, label: str) -> list[tuple[str, str]]:
    """The figures of a row with the ends of their periods."""
    rows = [fact for fact in facts_of(text) if fact.label == label]
    return [(format(fact.value or 0, "f"), str(fact.period.end) if fact.period else "") for fact in rows]


class TestColumnsThatFollowFromOthers:
    def test_amounts_and_percentages_of_change_are_no_amounts_of_a_period(self) -> None:
        assert values(RELEASE, "Net sales") == [("10400000", "2031-06-30"), ("10000000", "2030-06-30")]

    def test_where_columns_have_run_together_the_figures_alone_prove_it(self) -> None:
        assert values(RUN_TOGETHER, "Cost of sales") == [("6300000000", "2031-06-30"), ("6000000000", "2030-06-30")]
        assert {fact.period for fact in facts_of(RUN_TOGETHER)} == {fact.period for fact in facts_of(RUN_TOGETHER)[:2]}

    def test_a_quarter_that_is_the_half_year_less_the_other_quarter_counts(self) -> None:
        text = """Brook & Tarn Foods, Inc.
Condensed Consolidated Statements of Income
(in millions)
Six Months Ended Three Months Ended Three Months Ended
June 30, 2031 March 31, 2031 June 30, 2031
Net sales 21,400 10,400 11,000
Cost of sales 12,800 6,300 6,500
Gross profit 8,600 4,100 4,500
Selling expenses 2,300 1,100 1,200
General expenses 1,800 900 900
Operating income 4,500 2,100 2,400
Income taxes 1,500 700 800
Net income 3,000 1,400 1,600
"""
        assert values(text, "Net income")[-1] == ("1600000000", "2031-06-30")

    def test_a_share_of_the_first_row_is_no_amount(self) -> None:
        text = """Brook & Tarn Foods, Inc.
Condensed Consolidated Statement of Income
(in millions)
Quarters Ended June 30,
2031 2030
Net sales $ 10,400 100.0 $ 10,000 100.0
Cost of sales 6,300 60.6 6,000 60.0
Gross profit 4,100 39.4 4,000 40.0
Selling expenses 1,100 10.6 1,250 12.5
General expenses 900 8.7 750 7.5
Operating income 2,100 20.2 2,000 20.0
Income taxes 700 6.7 600 6.0
Net income $ 1,400 13.5 $ 1,400 14.0
"""
        assert values(text, "Gross profit") == [("4100000000", "2031-06-30"), ("4000000000", "2030-06-30")]

    def test_two_periods_that_merely_resemble_each_other_both_count(self) -> None:
        text = RUN_TOGETHER.replace(" 400 4 %", "").replace("Inc/ (Dec)", "")
        amounts = ("Cost", "Gros", "Sell", "Gene", "Oper", "Inco")
        plain = text.replace(" $ 0 0 %", "").replace("$ 10,000 $", "$ 10,000").splitlines()
        lines = [line.rsplit(" ", 2)[0] if line.startswith(amounts) else line for line in plain]
        found = values("\n".join(lines), "Operating income")
        assert found == [("2100000000", "2031-06-30"), ("2000000000", "2030-06-30")]


class TestWhichTablesCount:
    def test_a_reconciliation_is_no_statement(self) -> None:
        assert "10900000" not in {format(fact.value or 0, "f") for fact in facts_of(RELEASE)}

    def test_no_row_of_typed_text_is_taken_for_a_misread_copy_of_its_neighbour(self) -> None:
        row = "Selling expenses                1,100         1,250        (150)       (12)"
        text = RELEASE.replace(row, f"{row}\n{row.replace('expenses       ', 'expenses, other')}")
        assert len(values(text, "Selling expenses, other")) == 2


class TestTablesThatPagesCut:
    def test_the_rest_of_a_table_on_the_next_page_has_the_periods_of_its_header(self) -> None:
        assert values(BALANCE, "Debt") == [("7000000000", "2031-06-30"), ("7000000000", "2030-12-31")]

    def test_a_table_with_a_header_of_its_own_is_another_table(self) -> None:
        text = BALANCE.replace("12\n\n\n", "12\n\n\nJune 30, 2029 December 31, 2028\n")
        parts = [[block for block in whole_tables(read(one.encode(), "x.txt").blocks) if isinstance(block, Table)]
                 for one in (BALANCE, text)]  # fmt: skip
        assert [len(tables) for tables in parts] == [1, 2]

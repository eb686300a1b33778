"""Printed text without tabs: columns in place, columns run together, labels over several lines."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ticktie.model.source import Document, Paragraph, Row, Table
from ticktie.read.bands import Band, covered
from ticktie.read.marks import marks_of
from ticktie.read.text import read

COLUMNS = """
                        Marlow Lantern Works, Inc.
                  Consolidated Statements of Operations
                      (In thousands, except per share data)

                                     Three Months Ended       Six Months Ended
                                   ---------------------    -------------------
                                   Jun 30,      Jun 30,     Jun 30,     Jun 30,
                                    2004         2003        2004        2003
                                   --------     --------    --------    -------
Net revenues ..................    $ 12,345     $ 11,000    $ 24,000    $22,500

Operating expenses:
  Selling, general and
   administrative                     1,200        1,100       2,400      2,150
  Research                               --           90          --        180
                                   --------     --------    --------    -------
    Total                             1,200        1,190       2,400      2,330
Net income (loss)                  $   (145)    $    210    $     90    $ 1,170
                                   ========     ========    ========    =======
"""

RUN_TOGETHER = """The quarter was the best that the company had since it began to print its reports in this form.
More was sold in every region, and the prices of raw materials fell a little compared with last year.
Marlow Lantern Works, Inc.
Condensed Consolidated Statements of Income
(in millions, except per share data)
13 Weeks Ended 26 Weeks Ended
May 6, 2023 May 7, 2022 May 6, 2023 May 7, 2022
REVENUE
Net sales $ 1,604 $ 1,512 $ 3,280 $ 3,066
Earnings before taxes and equity in income 271 227 524 424
(loss) of affiliates
Tax rate 26.1 % 15.6 % 24.8 % 20.5 %
Minority interest — (19) — (61)
Net income $ 302 $ 372 $ 732 $ 837
"""


def document(text: str) -> Document:
    return read(text.encode(), "release.txt")


def rows(text: str) -> list[Row]:
    return [row for block in document(text).blocks if isinstance(block, Table) for row in block.rows]


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows(text)]


class TestMarks:
    def test_figures_are_read_from_the_right_up_to_the_first_word(self) -> None:
        line = "Gain on sale of plant 4   1,234   (56)   --   n/m   7.5 %"
        assert [line[m.start : m.end] for m in marks_of(line)] == ["4", "1,234", "(56)", "--", "n/m", "7.5 %"]

    def test_a_currency_sign_stands_before_its_figure_and_is_no_part_of_it(self) -> None:
        line = "Net loss   $   (1,194)   $ 12"
        assert [line[m.start : m.end] for m in marks_of(line)] == ["(1,194)", "12"]

    def test_a_bracket_that_stands_apart_belongs_to_its_figure(self) -> None:
        line = "Interest ( 0.1) ( 12 ) 5"
        assert [line[m.start : m.end] for m in marks_of(line)] == ["( 0.1)", "( 12 )", "5"]

    def test_a_line_that_ends_in_words_has_no_marks(self) -> None:
        assert marks_of("sales rose by 1,234 to 5,678 in all") == ()

    @given(st.text(alphabet="ab 0123456789,.()$%-—n/m", max_size=60))
    def test_marks_lie_in_the_line_in_order(self, line: str) -> None:
        found = marks_of(line)
        assert all(0 <= a.start < a.end <= len(line) for a in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


class TestColumnsInPlace:
    def test_every_row_has_its_label_and_a_cell_for_every_column(self) -> None:
        found = cells(COLUMNS)
        assert ["Net revenues", "12,345", "11,000", "24,000", "$22,500"] in found
        assert ["Research", "--", "90", "--", "180"] in found
        assert ["Net income (loss)", "(145)", "210", "90", "1,170"] in found

    def test_a_heading_spans_the_columns_that_its_rule_covers(self) -> None:
        header = rows(COLUMNS)[0]
        assert [(cell.text, cell.column, cell.width) for cell in header.cells if cell.text] == [
            ("Three Months Ended", 1, 2),
            ("Six Months Ended", 3, 2),
        ]

    def test_without_a_rule_a_heading_reaches_as_far_as_its_middle_says(self) -> None:
        lines = [line for line in COLUMNS.splitlines() if not line.strip().startswith("---")]
        header = rows("\n".join(lines).replace("   Three Months", " Three Months"))[0]
        assert [(cell.column, cell.width) for cell in header.cells if cell.text] == [(1, 2), (3, 2)]

    def test_months_and_years_stand_over_their_columns(self) -> None:
        _, months, years = rows(COLUMNS)[:3]
        assert [(cell.text, cell.column) for cell in months.cells[1:]] == [("Jun 30,", k) for k in (1, 2, 3, 4)]
        assert [cell.text for cell in years.cells] == ["", "2004", "2003", "2004", "2003"]

    def test_a_label_over_two_lines_is_one_label(self) -> None:
        assert ["Selling, general and administrative", "1,200", "1,100", "2,400", "2,150"] in cells(COLUMNS)

    def test_a_heading_stays_a_row_of_its_own(self) -> None:
        assert ["Operating expenses:"] in cells(COLUMNS)

    def test_the_caption_is_no_row(self) -> None:
        words = [block.text for block in document(COLUMNS).blocks if isinstance(block, Paragraph)]
        assert len(words) == 1 and "Statements of Operations" in words[0] and "In thousands" in words[0]

    def test_a_figure_stands_where_it_is_printed(self) -> None:
        doc = document(COLUMNS)
        for row in rows(COLUMNS):
            for cell in row.cells[1:]:
                if cell.text and row.line > 10:
                    assert doc.text[cell.span.start : cell.span.end] == cell.text

    def test_a_blank_cell_stays_blank_and_keeps_the_others_in_place(self) -> None:
        text = COLUMNS.replace("1,200        1,190 ", "1,200              ")
        assert ["Total", "1,200", "", "2,400", "2,330"] in cells(text)

    def test_a_page_break_parts_two_tables_even_if_their_columns_agree(self) -> None:
        text = COLUMNS + "\n<PAGE>\n" + COLUMNS
        assert sum(isinstance(block, Table) for block in document(text).blocks) == 2

    def test_a_table_that_is_printed_with_blank_lines_between_is_one_table(self) -> None:
        text = COLUMNS.replace("\n", "\n\n\n")
        assert sum(isinstance(block, Table) for block in document(text).blocks) == 1
        assert ["Selling, general and administrative", "1,200", "1,100", "2,400", "2,150"] in cells(text)

    def test_numbers_in_a_label_that_runs_over_lines_are_no_figures_of_the_table(self) -> None:
        text = """
 Deposits                          $ 1,147,278    $ 1,096,754
 Other borrowed funds                  151,571        192,987
   Common stock,
    $1.00 par
    value;
    30,000,000
    shares
    outstanding                         11,960         11,917
 Total                             $ 1,310,809    $ 1,301,658
"""
        label = "Common stock, $1.00 par value; 30,000,000 shares outstanding"
        assert [label, "11,960", "11,917"] in cells(text)

    def test_a_hyphen_at_a_break_goes_where_the_text_knows_the_word(self) -> None:
        text = """
 The liabilities of the bank were lower than a year before.

 Deposits                          $ 1,147,278    $ 1,096,754
   Total
    liabili-
    ties                           $ 1,147,278    $ 1,096,754
   Interest-
    bearing                             11,960         11,917
"""
        labels = [row.cells[0].text for row in rows(text)]
        assert labels == ["Deposits", "Total liabilities", "Interest-bearing"]


class TestColumnsRunTogether:
    def test_the_figures_that_end_a_line_are_its_cells(self) -> None:
        found = cells(RUN_TOGETHER)
        assert ["Net sales", "1,604", "1,512", "3,280", "3,066"] in found
        assert ["Tax rate", "26.1 %", "15.6 %", "24.8 %", "20.5 %"] in found
        assert ["Minority interest", "—", "(19)", "—", "(61)"] in found

    def test_what_is_left_of_a_label_below_its_row_goes_with_it(self) -> None:
        label = "Earnings before taxes and equity in income (loss) of affiliates"
        assert label in [row[0] for row in cells(RUN_TOGETHER)]

    def test_header_lines_are_rows_of_one_cell_and_sentences_are_none(self) -> None:
        found = cells(RUN_TOGETHER)
        assert found[0] == ["13 Weeks Ended 26 Weeks Ended"]
        assert found[1] == ["May 6, 2023 May 7, 2022 May 6, 2023 May 7, 2022"]

    def test_columns_claim_no_geometry(self) -> None:
        assert {row.columns for row in rows(RUN_TOGETHER)} == {0}


class TestBands:
    def test_words_over_no_column_head_the_nearest(self) -> None:
        assert list(covered(0, 4, (Band(10, 20), Band(30, 40)))) == [0]
        assert list(covered(12, 35, (Band(10, 20), Band(30, 40)))) == [0, 1]


@given(st.lists(st.sampled_from([*COLUMNS.splitlines(), *RUN_TOGETHER.splitlines(), "", "<PAGE>"]), max_size=25))
def test_no_order_of_lines_makes_a_reader_stumble(lines: list[str]) -> None:
    text = "1 2\n" + "\n".join(lines)
    doc = document(text)
    assert all(0 <= block.span.start <= block.span.end <= len(doc.text) for block in doc.blocks)

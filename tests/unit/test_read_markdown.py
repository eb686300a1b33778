"""Markdown from OCR engines: pipe tables, table elements, headings, page marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticktie.model.source import Document, Paragraph, Table
from ticktie.read.document import read
from ticktie.read.errors import ReadError
from ticktie.read.markdown import is_markdown

PIPES = """### Page 1

# Harrow & Pell plc

**Consolidated income statement (Unaudited)**
_(in € millions)_

| Note | | Three months ended June 30, | | Six months ended June 30, | |
|------|--|-----------------------------|--|---------------------------|--|
|      |  | 2031 | 2030 | 2031 | 2030 |
|**Revenue**| 4 | 3,988 | 3,357 | 11,431 | 9,576 |
|Cost of revenue| | (2,748) | (2,472) | (8,075) | (7,159) |
|**Gross profit**| | 1,240 | 885 | 3,356 | 2,417 |

*End of Page 1*

---
"""

ELEMENTS = """### Page 2

Harrow & Pell plc
STATEMENT OF COMPREHENSIVE INCOME

<table>
  <tr>
    <th colspan="3">CURRENT YEAR</th>
    <th colspan="2">PRIOR YEAR</th>
  </tr>
  <tr>
    <th>Quarter ended June 30<br>$'000</th>
    <th>Year to date June 30</th>
    <th>Quarter ended June 30</th>
    <th>Year to date June 30</th>
  </tr>
  <tr>
    <th colspan="5">Operating income</th>
  </tr>
  <tr>
    <td>Interest income<br>23,069</td>
    <td>22,407</td>
    <td>67,582</td>
    <td>20,837</td>
  </tr>
  <tr>
    <td><b>Dividends &amp; fees</b><br>(885)</td>
    <td>-</td>
    <td>(16)</td>
    <td>(64)</td>
  </tr>
  <tr>
    <td>22,184</td>
    <td>22,407</td>
    <td>67,566</td>
    <td>20,773</td>
  </tr>
</table>

*End of Page 2*
"""


def document(text: str) -> Document:
    return read(text.encode(), "report.md")


def cells(text: str) -> list[list[tuple[str, int, int]]]:
    tables = [block for block in document(text).blocks if isinstance(block, Table)]
    return [[(c.text, c.column, c.width) for c in row.cells if c.text] for table in tables for row in table.rows]


class TestPipes:
    def test_a_heading_goes_on_over_the_blank_cells_behind_it(self) -> None:
        header = cells(PIPES)[0]
        assert header[1:] == [("Three months ended June 30,", 2, 2), ("Six months ended June 30,", 4, 2)]

    def test_a_heading_of_notes_that_slipped_over_the_labels_stands_over_the_notes_again(self) -> None:
        assert cells(PIPES)[0][0] == ("Note", 1, 1)

    def test_bold_labels_are_plain_and_rows_keep_their_columns(self) -> None:
        assert cells(PIPES)[2] == [
            ("Revenue", 0, 1), ("4", 1, 1), ("3,988", 2, 1), ("3,357", 3, 1), ("11,431", 4, 1), ("9,576", 5, 1),
        ]  # fmt: skip
        assert [column for _, column, _ in cells(PIPES)[3]] == [0, 2, 3, 4, 5]

    def test_the_rule_below_the_header_is_no_row(self) -> None:
        assert len(cells(PIPES)) == 5

    def test_a_row_that_lost_its_label_keeps_its_figures_in_place(self) -> None:
        text = PIPES.replace("|Cost of revenue| | (2,748)", "| (2,748)")
        assert [("(2,748)", 2, 1), ("(2,472)", 3, 1), ("(8,075)", 4, 1), ("(7,159)", 5, 1)] in cells(text)


class TestElements:
    def test_a_label_over_the_first_figure_is_parted_from_it(self) -> None:
        assert cells(ELEMENTS)[3] == [
            ("Interest income", 0, 1), ("23,069", 1, 1), ("22,407", 2, 1), ("67,582", 3, 1), ("20,837", 4, 1),
        ]  # fmt: skip

    def test_named_characters_are_read(self) -> None:
        assert cells(ELEMENTS)[4][0] == ("Dividends & fees", 0, 1)

    def test_a_header_without_a_cell_over_the_labels_stands_over_the_figures(self) -> None:
        current, prior = cells(ELEMENTS)[0]
        assert (current, prior) == (("CURRENT YEAR", 1, 2), ("PRIOR YEAR", 3, 2))
        assert [column for _, column, _ in cells(ELEMENTS)[1]] == [1, 2, 3, 4]

    def test_a_row_without_its_label_has_its_figures_in_their_columns(self) -> None:
        assert cells(ELEMENTS)[5] == [("22,184", 1, 1), ("22,407", 2, 1), ("67,566", 3, 1), ("20,773", 4, 1)]

    def test_every_figure_stands_where_it_is_written(self) -> None:
        doc = document(ELEMENTS)
        (table,) = (block for block in doc.blocks if isinstance(block, Table))
        for row in table.rows[3:]:
            for cell in row.cells[1:]:
                assert doc.text[cell.span.start : cell.span.end] == cell.text


class TestWords:
    def test_marks_of_pages_are_no_text_and_markup_leaves_blanks(self) -> None:
        doc = document(PIPES)
        words = [block for block in doc.blocks if isinstance(block, Paragraph)]
        assert [" ".join(block.text.split()) for block in words] == [
            "Harrow & Pell plc",
            "Consolidated income statement (Unaudited) (in € millions)",
        ]
        assert all(len(block.text) == block.span.end - block.span.start for block in words)

    @pytest.mark.parametrize("text", ["Sales rose.\nCosts fell.\n", "<html><body># A\n# B\n# C\n</body></html>"])
    def test_plain_text_and_pages_of_markup_are_no_markdown(self, text: str) -> None:
        assert not is_markdown(text.encode(), "report.txt")

    def test_an_empty_file_is_refused_with_a_remedy(self) -> None:
        with pytest.raises(ReadError, match=r"report\.md: the file is empty"):
            document(" \n")


@given(st.lists(st.sampled_from([*PIPES.splitlines(), *ELEMENTS.splitlines()]), max_size=40))
def test_lines_in_any_order_are_read_and_every_cell_lies_in_the_text(lines: list[str]) -> None:
    doc = document("# A\n" + "\n".join(lines))
    for block in doc.blocks:
        if isinstance(block, Table):
            places = [cell.span for row in block.rows for cell in row.cells]
            assert all(0 <= span.start <= span.end <= len(doc.text) for span in places)

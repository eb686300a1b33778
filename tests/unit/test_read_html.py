"""A page becomes the text that a reader sees, tables keep their geometry, and every figure its place in the source."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticktie.model.source import Document, Paragraph, Table
from ticktie.read import ReadError
from ticktie.read.document import read as read_any
from ticktie.read.html import is_html, read


def page(body: str) -> Document:
    return read(f"<html><body>{body}</body></html>".encode(), "page.htm")


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in table.rows]


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


class TestText:
    def test_blocks_are_paragraphs_and_inline_elements_are_not(self) -> None:
        found = page("<p>Net <b>sales</b> rose.</p><div>Costs<br>fell.</div><ul><li>One<li>Two</ul>")
        assert paragraphs(found) == ["Net sales rose.", "Costs\nfell.", "• One", "• Two"]

    def test_two_line_breaks_end_a_paragraph(self) -> None:
        assert paragraphs(page("First.<br><br>Second.")) == ["First.", "Second."]

    def test_scripts_styles_hidden_elements_and_site_navigation_show_nothing(self) -> None:
        hidden = (
            "<script>var a = '<p>9';</script><style>.x{display:none}</style><nav>Home</nav><!-- <p>7</p> -->"
            "<p style='DISPLAY: none'>8</p><p class='x'>5</p><p hidden>4</p><p>Seen</p>"
        )
        assert paragraphs(page(hidden)) == ["Seen"]

    def test_named_and_numbered_characters_are_decoded_and_invisible_ones_left_out(self) -> None:
        assert paragraphs(page("<p>A&amp;B&nbsp;&#8212;&#x20AC;5 co&shy;op\u200b &foo; & x</p>")) == [
            "A&B —€5 coop &foo; & x"
        ]

    def test_raised_footnote_marks_are_left_out_and_raised_letters_kept(self) -> None:
        body = "<p>Profit<sup>(1)</sup> on the 4<sup>th</sup> of<span style='vertical-align:super'>2</span> May</p>"
        assert paragraphs(page(body)) == ["Profit on the 4th of May"]

    def test_preformatted_text_is_read_as_text(self) -> None:
        found = page("<p>Before</p><pre>Assets\t1,000\t900\nCash &amp; more\t10\t20\n</pre>")
        assert grid(tables(found)[0]) == [
            [(0, "Assets"), (1, "1,000"), (2, "900")],
            [(0, "Cash & more"), (1, "10"), (2, "20")],
        ]

    def test_a_page_without_text_is_an_error(self) -> None:
        with pytest.raises(ReadError, match="shows no text"):
            page("<script>var text = 1;</script>")

    def test_the_header_of_a_submission_is_no_text_of_the_page(self) -> None:
        found = read(b"<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n<html><body><p>Sales</p></body></html>", "x.htm")
        assert paragraphs(found) == ["Sales"]

    def test_the_page_says_its_encoding(self) -> None:
        source = '<html><head><meta charset="windows-1251"></head><body><p>Доход</p></body></html>'
        assert paragraphs(read(source.encode("cp1251"), "x.htm")) == ["Доход"]


class TestTables:
    def test_signs_in_cells_of_their_own_go_back_to_their_figures(self) -> None:
        found = page(
            table(
                "<td>Sales</td><td>$</td><td>1,200</td><td></td><td>&nbsp;</td><td>$</td><td>(900</td><td>)</td>",
                "<td>Margin</td><td></td><td>12.5</td><td>%</td><td></td><td></td><td>10.0</td><td>%</td>",
            )
        )
        assert grid(tables(found)[0]) == [
            [(0, "Sales"), (1, "$ 1,200"), (2, "$ (900)")],
            [(0, "Margin"), (1, "12.5%"), (2, "10.0%")],
        ]

    def test_figures_keep_their_column_where_other_cells_are_blank(self) -> None:
        found = page(table("<td>A</td><td>1</td><td>2</td><td>3</td>", "<td>B</td><td></td><td></td><td>4</td>"))
        assert grid(tables(found)[0])[1] == [(0, "B"), (3, "4")]

    def test_a_header_covers_the_columns_below_it(self) -> None:
        found = page(
            table(
                "<td></td><td colspan=5>Three Months Ended</td>",
                "<td></td><td colspan=2>2021</td><td></td><td colspan=2>2020</td>",
                "<td>Sales</td><td>$</td><td>7</td><td></td><td>$</td><td>6</td>",
            )
        )
        header = tables(found)[0].rows[0].cells[1]
        assert (header.text, header.column, header.width) == ("Three Months Ended", 1, 2)
        assert [cell.column for cell in tables(found)[0].rows[1].cells] == [0, 1, 2]

    def test_a_row_span_keeps_its_column_taken(self) -> None:
        found = page(table("<td rowspan=2>A</td><td>1</td><td>2</td>", "<td>3</td><td>4</td>"))
        assert grid(tables(found)[0])[1] == [(0, ""), (1, "3"), (2, "4")]

    def test_lines_within_cells_are_rows_where_every_cell_has_as_many(self) -> None:
        found = page(table("<td>Cash<br>Stock</td><td>10<br>20</td><td>30<br>40</td>"))
        assert grid(tables(found)[0]) == [[(0, "Cash"), (1, "10"), (2, "30")], [(0, "Stock"), (1, "20"), (2, "40")]]

    @pytest.mark.parametrize(
        "style", ["padding-left:12pt", "margin-left:16px", "padding:1pt 2pt 1pt 12pt", "text-indent:1pc"]
    )
    def test_indentation_comes_from_any_style(self, style: str) -> None:
        found = page(
            table(f"<td style='{style}'>Cash</td><td>1</td>", f"<td><p style='{style}'>Stock</p></td><td>1</td>")
        )
        assert [row.cells[0].indent for row in tables(found)[0].rows] == [12, 12]

    def test_indentation_comes_from_non_breaking_spaces(self) -> None:
        found = page(table("<td>Current</td><td>1</td>", "<td>&nbsp;&nbsp;Cash</td><td>1</td>"))
        first, second = (row.cells[0].indent for row in tables(found)[0].rows)
        assert first < second

    def test_a_table_that_lays_out_text_is_text(self) -> None:
        assert paragraphs(page(table("<td>•</td><td>Sales rose 5 percent</td>", "<td>•</td><td>Costs fell</td>"))) == [
            "• Sales rose 5 percent",
            "• Costs fell",
        ]

    def test_a_table_within_a_layout_table_is_a_table_of_its_own(self) -> None:
        inner = table("<td>A</td><td>1</td>", "<td>B</td><td>2</td>")
        found = page(table(f"<td>Menu</td><td><p>Before</p>{inner}After</td>"))
        assert [type(block).__name__ for block in found.blocks] == ["Paragraph", "Paragraph", "Table", "Paragraph"]

    def test_cells_and_rows_that_are_not_closed_close_one_another(self) -> None:
        found = page("<table><tr><td>A<td>1<td>2<tr><td>B<td>3<td>4</table><p>After")
        assert grid(tables(found)[0]) == [[(0, "A"), (1, "1"), (2, "2")], [(0, "B"), (1, "3"), (2, "4")]]
        assert paragraphs(found) == ["After"]


class TestPlaces:
    def test_a_figure_has_line_column_offset_and_element_path_of_the_source(self) -> None:
        source = "<html>\n<body><table><tr><td>A</td>\n<td>$</td><td><b>1,2</b>00</td></tr></table></body></html>"
        found = read(source.encode(), "x.htm")
        place = found.location(tables(found)[0].rows[0].cells[1].span)
        assert (place.line, place.column, place.end_line) == (3, 5, 3)
        assert place.offset is not None and source[slice(*place.offset)] == "$</td><td><b>1,2</b>00"
        assert place.xpath == "/html[1]/body[1]/table[1]/tr[1]/td[3]"

    def test_a_decoded_character_covers_its_reference(self) -> None:
        source = "<html><body><p>Loss of &#8364;5&nbsp;million &mdash; more</p></body></html>"
        found = read(source.encode(), "x.htm")
        start = found.text.index("€5 million —")
        place = found.location(type(found.blocks[0].span)(start, start + len("€5 million —")))
        assert place.offset is not None and source[slice(*place.offset)] == "&#8364;5&nbsp;million &mdash;"

    def test_an_offset_of_the_file_leads_back_to_the_text(self) -> None:
        found = page("<p>One &amp; <i>two</i></p>")
        place = found.location(type(found.blocks[0].span)(6, 9))
        assert place.offset is not None and found.text_offset(place.offset[0]) == 6

    def test_a_read_page_pickles(self) -> None:
        found = page(table("<td>A</td><td>1</td>"))
        assert pickle.loads(pickle.dumps(found)) == found


class TestHostileMarkup:
    @pytest.mark.parametrize(
        "source",
        [
            "<html><body>" + "<div>" * 20000 + "1" + "</b>" * 20000,
            "<html><body>" + "<table><tr><td>" * 3000 + "1",
            "<html><body>" + "<a " * 100000 + ">",
            "<html><body>" + '<a "' * 50000 + ">x",
            "<html><body>" + "<" * 200000,
            "<html><body><table><tr><td colspan=999999999 rowspan=999999999>A<td>1</table>",
            "<html><body><p>" + "&" * 100000,
            "<html><body><!--" + "-" * 100000,
            "<html><body>" + "<pre>" * 5000 + "1\t2",
        ],
    )
    def test_no_markup_takes_long_or_fails(self, source: str) -> None:
        try:
            read(source.encode(), "x.htm")
        except ReadError as problem:
            assert "no text" in str(problem)

    @given(
        st.lists(
            st.sampled_from(
                [
                    "<table>",
                    "</table>",
                    "<tr>",
                    "<td>",
                    "</td>",
                    "</tr>",
                    "<p>",
                    "</p>",
                    "<b>",
                    "</b>",
                    "<pre>",
                    "</pre>",
                    "1,2",
                    "A",
                    "<br>",
                    "<sup>",
                    "(1)",
                    "</sup>",
                    "&nbsp;",
                    "&#8212;",
                    "<li>",
                    "<ul>",
                    "<td colspan=3>",
                    "<td rowspan='2'>",
                    "$",
                    "\n",
                ]
            ),
            max_size=40,
        )
    )
    def test_every_block_is_the_text_at_its_span_and_offsets_ascend(self, parts: list[str]) -> None:
        document = page("x" + "".join(parts))
        assert document.source is not None
        for block in document.blocks:
            if isinstance(block, Paragraph):
                assert document.text[block.span.start : block.span.end] == block.text
            else:
                for row in block.rows:
                    assert all(document.text[c.span.start : c.span.end] == c.text for c in row.cells)
        assert list(document.source.here) == sorted(document.source.here)
        assert list(document.source.blocks) == sorted(document.source.blocks)


class TestWhichReader:
    def test_pages_are_told_from_text_by_their_tags(self) -> None:
        assert is_html(b"\n\n<!DOCTYPE html>\n<html>")
        assert is_html(b"<div><p>Sales</p></div>")
        assert not is_html(b"Sales < costs\n<TABLE>\n<S> <C>\nSales   5\n</TABLE>")

    def test_a_page_goes_to_its_reader_whatever_its_name(self) -> None:
        assert read_any(b"<html><body><p>Sales</p></body></html>", "x.txt").source is not None
        assert read_any(b"Sales\t1\t2\n", "x.htm").source is None

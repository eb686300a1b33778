"""Bytes become decoded text with tables and paragraphs, and every piece knows where it stands."""

from __future__ import annotations

import codecs
import hashlib
import pickle

import pytest

from tests.unit.texts import document
from ticktie.model.source import Document, Paragraph, Row, Span, Table
from ticktie.read import ReadError
from ticktie.read.text import decode, line_starts, read, table_row


def kinds(doc: Document) -> list[str]:
    return [type(block).__name__ for block in doc.blocks]


def paragraphs(doc: Document) -> list[str]:
    return [block.text for block in doc.blocks if isinstance(block, Paragraph)]


def cells(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


class TestEncodings:
    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    def test_a_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(self, mark: bytes, encoding: str) -> None:
        """Offsets count code points of the text without the mark, so it must not shift them."""
        doc = read(mark + "Sales\t1,204\n".encode(encoding), "marked.txt")
        assert (doc.text, doc.encoding, doc.notes) == ("Sales\t1,204\n", encoding, ())

    def test_text_without_a_mark_is_utf8_and_nothing_is_said(self) -> None:
        assert decode("Umsatz: 12 €".encode(), "plain.txt") == ("Umsatz: 12 €", "utf-8", ())

    def test_other_bytes_are_read_as_windows_1252_and_the_assumption_is_said_with_its_byte(self) -> None:
        text, encoding, notes = decode("Stockholders’ equity".encode("cp1252"), "old.txt")
        assert (text, encoding) == ("Stockholders’ equity", "cp1252")
        assert notes == ("not valid UTF-8 (byte 12): read as Windows-1252",)

    def test_bytes_that_windows_1252_lacks_are_replaced_and_lose_no_place(self) -> None:
        assert decode(b"a\x81b", "odd.txt")[0] == "a\ufffdb"

    def test_half_a_character_at_the_end_of_marked_text_is_replaced(self) -> None:
        assert decode(codecs.BOM_UTF16_LE + b"A\x00B", "cut.txt")[0] == "A\ufffd"


class TestFilesThatGiveNoDocument:
    @pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\n"])
    def test_an_empty_file_says_so(self, data: bytes) -> None:
        with pytest.raises(ReadError, match="empty") as error:
            read(data, "nothing.txt")
        assert error.value.path == "nothing.txt" and error.value.remedy

    def test_a_binary_file_says_so_and_what_to_do(self) -> None:
        with pytest.raises(ReadError, match="binary") as error:
            read(bytes(range(32)) * 20, "image.txt")
        assert "convert" in error.value.remedy

    def test_a_few_control_characters_do_not_make_a_text_binary(self) -> None:
        """Page breaks and a stray byte of a converter are no reason to refuse a release."""
        assert read(b"Revenue was 12\x00 thousand dollars in the quarter\n" * 3, "stray.txt").blocks

    def test_the_message_names_file_problem_and_remedy(self) -> None:
        assert str(ReadError("a.txt", "it is torn", "glue it")) == "a.txt: it is torn; glue it"


class TestLines:
    def test_lines_end_at_newline_only(self) -> None:
        """Form feed, carriage return, NEL and line separator stay within their line (the contract of places)."""
        assert line_starts("a\fb\rc\x85d\u2028e\nf") == (0, 10)

    @pytest.mark.parametrize(("text", "starts"), [("", (0,)), ("a", (0,)), ("a\n", (0, 2)), ("\n\nb", (0, 1, 2))])
    def test_the_first_line_starts_at_0_and_each_newline_starts_another(
        self, text: str, starts: tuple[int, ...]
    ) -> None:
        assert line_starts(text) == starts

    def test_a_place_counts_lines_and_columns_from_1_and_ends_behind_its_last_character(self) -> None:
        doc = document("Über uns\nSales\t1,204\n")
        start = doc.text.index("1,204")
        place = doc.location(Span(start, start + 5))
        assert (place.line, place.column, place.end_line, place.end_column) == (2, 7, 2, 12)
        assert place.offset == (start, start + 5)

    def test_a_place_over_several_lines_ends_on_the_line_of_its_last_character(self) -> None:
        doc = document("one\ntwo\nthree\n")
        place = doc.location(Span(0, 7))
        assert (place.line, place.column, place.end_line, place.end_column) == (1, 1, 2, 4)

    def test_a_carriage_return_is_a_column_of_its_line_and_never_part_of_a_cell(self) -> None:
        doc = document("Sales\t12\r\nCosts\t34\r\n")
        (table,) = doc.blocks
        assert isinstance(table, Table)
        assert [cells(row) for row in table.rows] == [["Sales", "12"], ["Costs", "34"]]


class TestCells:
    def test_cells_stand_between_tabs_stripped_with_the_place_of_their_own_text(self) -> None:
        row = table_row("  Net sales \t $ 12 \t\t)", 100, 7)
        assert [(cell.text, cell.span, cell.column) for cell in row.cells] == [
            ("Net sales", Span(102, 111), 0),
            ("$ 12", Span(114, 118), 1),
            ("", Span(120, 120), 2),
            (")", Span(121, 122), 3),
        ]
        assert row.line == 7

    def test_a_blank_cell_spans_the_blank_between_its_tabs(self) -> None:
        """A lost figure is shown where it would stand."""
        row = table_row("a\t   \tb", 0, 1)
        assert row.cells[1].span == Span(2, 5)

    def test_a_line_without_tabs_would_be_one_cell(self) -> None:
        assert cells(table_row("alone", 0, 1)) == ["alone"]


class TestBlocks:
    def test_consecutive_lines_with_tabs_are_one_table(self) -> None:
        doc = document("Heading\nSales\t1\nCosts\t2\nafter\n")
        assert kinds(doc) == ["Paragraph", "Table", "Paragraph"]
        table = doc.blocks[1]
        assert isinstance(table, Table)
        assert [row.line for row in table.rows] == [2, 3]
        assert doc.text[table.span.start : table.span.end] == "Sales\t1\nCosts\t2"

    def test_a_blank_line_ends_a_table_and_a_paragraph(self) -> None:
        assert kinds(document("a\t1\n\nb\t2\n")) == ["Table", "Table"]
        assert paragraphs(document("one\ntwo\n\nthree\n")) == ["one\ntwo", "three"]

    def test_a_line_of_nothing_but_tabs_belongs_to_its_table(self) -> None:
        """OCR prints a rule under a column as an empty row: the statement goes on after it."""
        assert kinds(document("Sales\t1\n\t\nCosts\t2\n")) == ["Table"]

    def test_a_line_of_spaces_ends_a_paragraph(self) -> None:
        assert paragraphs(document("one\n   \ntwo")) == ["one", "two"]

    @pytest.mark.parametrize("mark", ["- ", "– ", "• ", "* ", "o ", "1. ", "(a) ", "iv) "])
    def test_a_list_item_is_a_paragraph_of_its_own(self, mark: str) -> None:
        """Two items must not become one sentence whose figures share a subject."""
        text = f"Highlights:\n{mark}first item\n{mark}second item\n  goes on"
        assert paragraphs(document(text)) == [
            "Highlights:",
            f"{mark}first item",
            f"{mark}second item\n  goes on",
        ]

    def test_words_in_the_middle_of_a_line_start_no_item(self) -> None:
        assert len(paragraphs(document("as of\nthe end - of June"))) == 1

    def test_a_paragraph_keeps_its_text_as_it_stands(self) -> None:
        assert paragraphs(document("  indented,\n\twith a tab\n  and more  \n")) == [
            "  indented,\n\twith a tab\n  and more  "
        ]

    def test_blocks_come_in_reading_order_up_to_the_last_line_without_newline(self) -> None:
        doc = document("first\n\nTotal\t9\nlast")
        assert [doc.text[block.span.start : block.span.end] for block in doc.blocks] == ["first", "Total\t9", "last"]


def test_a_document_pickles_and_knows_its_bytes() -> None:
    """It travels between processes, and its digest names the bytes that were read."""
    doc = document("Sales\t1\n")
    assert pickle.loads(pickle.dumps(doc)) == doc
    assert doc.sha256 == hashlib.sha256(b"Sales\t1\n").hexdigest()

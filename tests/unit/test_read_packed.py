"""Files that hold documents: submissions, Word drafts, PDF."""

from __future__ import annotations

import builtins
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ticktie.model.source import Document, Table
from ticktie.pipeline import extract_document
from ticktie.read import docx, pdf
from ticktie.read.document import read
from ticktie.read.errors import ReadError

RELEASE = """
 ALDER FERRY BANCORP
 CONSOLIDATED BALANCE SHEETS
 (in thousands)
                                   June 30,      December 31,
                                     2031            2030
                                 ------------    ------------
 Cash                            $      1,200    $      1,100
 Loans                                  8,800           8,400
                                 ------------    ------------
   Total assets                  $     10,000    $      9,500
                                 ============    ============
 Deposits                        $      9,000    $      8,600
 Stockholders' equity                   1,000             900
                                 ------------    ------------
   Total liabilities and
    stockholders' equity         $     10,000    $      9,500
"""

SUBMISSION = f"""<SEC-DOCUMENT>0000000000-31-000001.txt : 20310720
<SEC-HEADER>
COMPANY CONFORMED NAME: ALDER FERRY BANCORP
CENTRAL INDEX KEY: 0000123456
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>cover.txt
<TEXT>
On July 20, 2031 the registrant announced its results.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<FILENAME>release.txt
<TEXT>
{RELEASE}
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>GRAPHIC
<FILENAME>logo.jpg
<TEXT>
begin 644 logo.jpg
M_]C_X``02D9)1@`!
end
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.2
<FILENAME>slides.pdf
<TEXT>
<PDF>
begin 644 slides.pdf
M)5!$1BTQ
end
</PDF>
</TEXT>
</DOCUMENT>
"""

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def tables(doc: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in b.rows] for b in doc.blocks if isinstance(b, Table)]


class TestSubmissions:
    def test_the_release_of_an_announcement_is_read_at_its_place_in_the_file(self) -> None:
        doc = read(SUBMISSION.encode(), "full.txt")
        rows = [row for block in doc.blocks if isinstance(block, Table) for row in block.rows]
        assert rows[-1].cells[0].text == "Total liabilities and stockholders' equity"
        figure = rows[-1].cells[1]
        assert doc.text[figure.span.start : figure.span.end] == "10,000"
        assert SUBMISSION.split("\n")[rows[-1].line - 1].strip().startswith("stockholders' equity")

    def test_what_is_not_read_is_named(self) -> None:
        skipped = read(SUBMISSION.encode(), "full.txt").skipped
        assert skipped == (
            "8-K (cover.txt) is another document of the submission",
            "GRAPHIC (logo.jpg) is data",
            "EX-99.2 (slides.pdf) is uuencoded data",
        )

    def test_the_filer_is_the_entity_and_the_rest_a_note(self, tmp_path: Path) -> None:
        path = tmp_path / "full.nc"
        path.write_text(SUBMISSION)
        extraction = extract_document(path)
        tabled = [fact for fact in extraction.facts.facts if fact.kind == "table"]
        assert len(tabled) == 12 and {fact.entity for fact in tabled} == {"cik:0000123456"}
        assert sum(seen.kind == "part-not-read" for seen in extraction.facts.observations) == 3

    def test_of_a_report_the_main_document_is_read(self) -> None:
        text = SUBMISSION.replace("<TYPE>8-K", "<TYPE>10-Q").replace(
            "On July 20, 2031 the registrant announced its results.", RELEASE.replace("1,200 ", "1,234 ")
        )
        assert "1,234" in str(tables(read(text.encode(), "full.txt")))

    def test_html_inside_keeps_its_line_in_the_submission(self) -> None:
        page = "<html><body><p>Net sales</p><table>" + "".join(
            f"<tr><td>Row {k}</td><td>{k},000</td><td>{k},500</td></tr>\n" for k in range(1, 8)
        )
        doc = read(SUBMISSION.replace(RELEASE, page + "</table></body></html>").encode(), "full.txt")
        (table,) = (block for block in doc.blocks if isinstance(block, Table))
        place = doc.location(table.rows[2].cells[1].span)
        assert place.line == SUBMISSION.replace(RELEASE, page)[: SUBMISSION.find(RELEASE)].count("\n") + 3

    def test_a_submission_of_pictures_is_refused_with_a_remedy(self) -> None:
        text = SUBMISSION.replace(RELEASE, "<PDF>\n").replace("On July 20", "<PDF>\nOn July 20")
        with pytest.raises(ReadError, match="no document of the submission is text; name the document"):
            read(text.encode(), "full.txt")


def word(body: str, **others: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: list[list[str]]) -> str:
    cells = [[f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row] for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells) + "</w:tbl>"


BALANCE = [
    ["", "June 30, 2031", "December 31, 2030"],
    ["Cash", "1,200", "1,100"],
    ["Loans", "8,800", "8,400"],
    ["Total assets", "10,000", "9,500"],
]


class TestWord:
    def test_paragraphs_and_tables_come_in_order(self) -> None:
        doc = read(word(paragraph("CONSOLIDATED BALANCE SHEETS") + table(BALANCE)), "draft.docx")
        assert doc.blocks[0].span.start < doc.blocks[1].span.start
        assert tables(doc)[0][1:] == BALANCE[1:]

    def test_deleted_text_is_not_read_and_inserted_text_is(self) -> None:
        changed = (
            "<w:p><w:r><w:t>Net sales were </w:t></w:r><w:ins><w:r><w:t>$5.2</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>$4.9</w:delText></w:r></w:del><w:r><w:t> million.</w:t></w:r></w:p>"
        )
        assert "Net sales were $5.2 million." in read(word(changed), "draft.docx").text

    def test_footnotes_stand_at_the_end_and_their_separators_do_not(self) -> None:
        notes = (
            f'<w:footnotes {W}><w:footnote w:type="separator">{paragraph("----")}</w:footnote>'
            f"<w:footnote>{paragraph('Restated.')}</w:footnote></w:footnotes>"
        )
        draft = word(paragraph("Sales rose."), **{"word__footnotes.xml": notes})
        text = read(draft, "draft.docx").text
        assert text.split() == ["Sales", "rose.", "Restated."]

    def test_markup_in_the_text_stays_text(self) -> None:
        assert "<b>5</b>" in read(word(paragraph("&lt;b&gt;5&lt;/b&gt; stores")), "draft.docx").text

    @pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "word/../../x", "C:/x"])
    def test_a_part_that_leads_out_of_the_archive_is_refused(self, name: str) -> None:
        with pytest.raises(ReadError, match="leads out of the archive; do not open it"):
            read(word(paragraph("x"), **{name: "x"}), "draft.docx")

    def test_a_part_that_unpacks_to_far_too_much_is_refused(self) -> None:
        with pytest.raises(ReadError, match="unpacks to"):
            read(word(paragraph("0" * (8 << 20))), "draft.docx")

    def test_entities_are_refused(self) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        with pytest.raises(ReadError, match="declares entities"):
            read(held.getvalue(), "draft.docx")

    @pytest.mark.parametrize("cut", [40, 120, 200])
    def test_a_damaged_file_is_refused_with_a_remedy(self, cut: int) -> None:
        with pytest.raises(ReadError, match=r"draft\.docx: the Word file"):
            docx.read(word(paragraph("Sales rose."))[:cut], "draft.docx")


@pytest.fixture
def _no_pdfplumber(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pdfplumber":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    yield


class TestPdf:
    @pytest.mark.usefixtures("_no_pdfplumber")
    def test_without_the_extra_the_message_says_which(self) -> None:
        with pytest.raises(ReadError, match=r"needs the extra 'pdf'; pip install 'ticktie\[pdf\]'"):
            read(b"%PDF-1.7\n", "release.pdf")

    def test_a_damaged_file_is_refused_with_a_remedy(self) -> None:
        pytest.importorskip("pdfplumber")
        with pytest.raises(ReadError, match=r"release\.pdf: "):
            read(b"%PDF-1.7\nnothing", "release.pdf")

    def test_figures_keep_their_right_edges_and_words_their_left_ones(self) -> None:
        words = [
            pdf.Word("Cash", 50, 70, 100, 10), pdf.Word("and", 72, 88, 100, 10), pdf.Word("1,200", 300, 325, 100, 10),
            pdf.Word("Loans", 50, 75, 112, 10), pdf.Word("11,800", 295, 325, 112, 10),
        ]  # fmt: skip
        first, second = pdf._laid_out(words).split("\n")
        assert first.startswith("Cash and  ") and second.startswith("Loans  ")
        assert len(first) == len(second) and first.endswith("1,200") and second.endswith("11,800")

"""Printed text as companies lay it out: headers that name periods without dates, rows over two lines, notes, parts."""

from __future__ import annotations

from ticktie.model.facts import Fact
from ticktie.model.source import Document, Paragraph, Row, Table
from ticktie.read.document import read
from ticktie.restore.document import restore

ROWS = """Net sales 10,400 10,000
Cost of sales 6,300 6,000
Gross profit 4,100 4,000
Selling expenses 1,100 1,250
General expenses 900 750
Operating income 2,100 2,000
Income taxes 700 600
Net income 1,400 1,400
"""

BALANCE = """                    Quill & Anchor Corporation
                    Consolidated Balance Sheets
                         (In thousands)

                                   June 30,      December 31,
                                     2031            2030
                                 ------------    ------------
 Cash                            $      1,200    $      1,100
 Accounts receivable                    8,800
                                                        8,400
                                 ------------    ------------
   Total assets                  $     10,000    $      9,500
                                 ============    ============
 Deposits                        $      9,000    $      8,600
 Stockholders' equity                   1,000             900
                                 ------------    ------------
   Total liabilities and
    stockholders' equity         $     10,000    $      9,500
"""


def document(text: str, name: str = "release.txt") -> Document:
    return read(text.encode(), name)


def table_rows(doc: Document) -> list[Row]:
    return [row for block in doc.blocks if isinstance(block, Table) for row in block.rows]


def facts(text: str, label: str, name: str = "release.txt") -> list[Fact]:
    return [fact for fact in restore(document(text, name)).facts if fact.kind == "table" and fact.label == label]


def spans(text: str, label: str, name: str = "release.txt") -> list[tuple[str, str]]:
    periods = [fact.period for fact in facts(text, label, name)]
    return [(str(period.start), str(period.end)) if period else ("", "") for period in periods]


class TestHeadersWithoutDates:
    def test_a_quarter_and_its_years_name_periods_of_the_calendar(self) -> None:
        text = (
            "Sales for the first quarter ended March 31, 2031 rose by four percent.\n"
            "Quill & Anchor Corporation\nCondensed Consolidated Statement of Earnings\n"
            "(Unaudited; in millions) FIRST QUARTER\n2031 2030\n" + ROWS
        )
        assert spans(text, "Net income") == [("2031-01-01", "2031-03-31"), ("2030-01-01", "2030-03-31")]

    def test_the_current_and_the_prior_year_are_those_of_the_text(self) -> None:
        head = "<tr><th colspan='2'>CURRENT YEAR</th><th colspan='2'>PRIOR YEAR</th></tr>"
        days = "<tr><th>Quarter ended June 30</th><th>Year to date June 30</th>" * 1
        days += "<th>Quarter ended June 30</th><th>Year to date June 30</th></tr>"
        rows = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in (" ".join(words), *figures * 2)) + "</tr>"
            for *words, one, two in (line.split() for line in ROWS.splitlines())
            for figures in [(one, two)]
        )
        text = (
            "# Results\n\nFor the six months ended June 30, 2031\n\n# Quill & Anchor\n\n"
            f"# Consolidated income statement\n\n<table>{head}{days}{rows}</table>\n"
        )
        assert spans(text, "Net income", "report.md") == [
            ("2031-04-01", "2031-06-30"), ("2031-01-01", "2031-06-30"),
            ("2030-04-01", "2030-06-30"), ("2030-01-01", "2030-06-30"),
        ]  # fmt: skip


class TestRows:
    def test_a_row_that_is_printed_over_two_lines_is_one_row(self) -> None:
        found = [[cell.text for cell in row.cells] for row in table_rows(document(BALANCE))]
        assert ["Accounts receivable", "8,800", "8,400"] in found

    def test_a_small_loss_beside_a_nil_mark_is_a_figure_and_no_note(self) -> None:
        lines = ROWS.replace("General expenses 900 750", "Other, net - (3)")
        text = f"Quill & Anchor Corporation\nStatement of Income\nYears Ended June 30,\n2031 2030\n{lines}"
        assert [fact.value for fact in facts(text, "Other, net")] == [0, -3]

    def test_figures_amid_the_lines_of_their_label_have_all_of_it(self) -> None:
        text = BALANCE.replace(
            " Deposits                        $      9,000    $      8,600\n",
            " Deposits of customers and of the\n                                 $      9,000    $      8,600\n"
            "  public sector\n",
        )
        labels = [row.cells[0].text for row in table_rows(document(text))]
        assert "Deposits of customers and of the public sector" in labels

    def test_numbers_of_notes_are_no_amounts(self) -> None:
        lines = [f"| {' '.join(words)} | {k} | {one} |"
                 for k, (*words, one, _) in enumerate((line.split() for line in ROWS.splitlines()), 3)]  # fmt: skip
        text = "# Income statement\n\n| Note | 2031 | 2030 |\n|---|---|---|\n" + "\n".join(lines) + "\n"
        amounts = {format(fact.value or 0, "f") for fact in restore(document(text, "report.md")).facts}
        assert "10400" in amounts and not amounts & {"3", "4", "5", "6", "7", "8", "9", "10"}


class TestPlaces:
    def test_a_centred_heading_below_a_sentence_is_a_paragraph_of_its_own(self) -> None:
        text = "Note 3: the adjustment is\n        explained above.\n" + BALANCE
        words = [block.text.strip() for block in document(text).blocks if isinstance(block, Paragraph)]
        assert words[1].startswith("Quill & Anchor Corporation")

    def test_tags_of_an_ascii_filing_are_no_page_of_markup(self) -> None:
        tagged = BALANCE.replace(" Cash   ", "<S>  <C>  <C>\n Cash   ")
        doc = document(f"<PAGE>\n<TABLE>\n<CAPTION>\n{tagged}</TABLE>\n<TABLE>\n")
        assert doc.source is None and len(table_rows(doc)) > 5

    def test_parts_of_a_statement_on_two_pages_with_one_header_are_one_statement(self) -> None:
        head, _, rest = BALANCE.partition(" Cash ")
        first, _, second = rest.partition(" Deposits")
        text = f"{head} Cash {first}\n<PAGE>\n{head} Deposits{second}"
        assert [str(fact.statement) for fact in facts(text, "Deposits")] == ["balance-sheet"] * 2

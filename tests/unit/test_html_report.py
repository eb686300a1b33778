"""The page of a document: what it shows, what it holds for its script, and that no document can run in it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.reports import broken_finding, claim, document, document_report, figure, place, report
from ticktie.model.facts import Fact, Period
from ticktie.model.findings import Counts, DocumentReport, Finding, Severity, Tick, Tie
from ticktie.model.source import Cell, Document, Location, Row, Span, Table
from ticktie.pipeline import as_seen, check_document
from ticktie.read.html import read as read_html
from ticktie.read.text import read
from ticktie.render import Options, render, render_files
from ticktie.render.html_counts import bar
from ticktie.render.html_data import page_data, table
from ticktie.render.html_document import body
from ticktie.render.html_findings import worst_first
from ticktie.render.html_marks import Mark, marks

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>]]> {{ 7 * 7 }} {% raw %} </style> &lt; \u202e\x1b[2J'


def page(*documents: DocumentReport) -> str:
    return render("html", report(*documents)).decode()


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements with their attributes, and its text outside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not self.elements or self.elements[-1][0] not in {"script", "style"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def data_of(text: str) -> Any:
    found = re.search(r'id="data">([^<]*)</script>', text)
    assert found
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def rows(columns: Any) -> list[dict[str, Any]]:
    """A table of the page's data as its script reads it."""
    count = len(next(iter(columns.values()))["rows"]) if columns else 0
    return [{name: one["values"][one["rows"][at]] for name, one in columns.items()} for at in range(count)]


class TestMarks:
    def test_each_figure_of_the_text_is_marked_with_its_state(self) -> None:
        of = document_report()
        found = marks(of, of.facts)
        assert [(of.document.text[m.span.start : m.span.end], m.state) for m in found if of.document] == [
            ("$1.2 million", "broken"),
            ("1,051", "tied"),
        ]

    def test_a_restored_figure_is_marked_beside_its_state(self) -> None:
        of = document_report()
        assert [mark.restored for mark in marks(of, of.facts)] == [False, True]

    def test_figures_that_overlap_share_one_mark_with_the_state_that_needs_a_look(self) -> None:
        facts = (figure(), figure(id="t2", location=place("\t1,051\t")))
        of = document_report(facts=facts, states={"t1": "tied", "t2": "broken"})
        (mark,) = marks(of, facts)
        assert (mark.facts, mark.state) == ((1, 0), "broken")

    def test_a_figure_of_another_file_is_not_marked(self) -> None:
        elsewhere = replace(place("1,051"), document="other.txt")
        assert marks(document_report(), [figure(location=elsewhere)]) == []

    def test_a_place_outside_of_the_text_is_not_marked(self) -> None:
        beyond = replace(place("1,051"), offset=(10_000, 10_005))
        assert marks(document_report(), [figure(location=beyond)]) == []

    @given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), max_size=20))
    def test_marks_never_overlap_and_hold_every_figure(self, spans: list[tuple[int, int]]) -> None:
        base = place("1,051")
        facts = [
            figure(id=f"t{n}", location=replace(base, offset=(start, start + length)))
            for n, (start, length) in enumerate(spans)
        ]
        found = marks(document_report(), facts)
        assert all(one.span.end <= other.span.start for one, other in pairwise(found))
        assert sorted(n for mark in found for n in mark.facts) == list(range(len(facts)))


class TestPrintedDocument:
    def test_text_of_no_block_is_shown_line_by_line(self) -> None:
        text = Reader(body(document(), ()).html).text
        assert "Halden Instruments, Inc." in text and "Licence fccs" in text

    def test_paragraphs_and_tables_of_a_text_are_shown_in_order_and_nothing_is_lost(self) -> None:
        source = read((SAMPLES / "brightwater_sensors.txt").read_bytes(), "a.txt")
        shown = Reader(body(source, ()).html).text
        assert "".join(shown.split()) == "".join(source.text.replace("\\$", "$").split())

    @given(st.text(st.characters(codec="utf-8"), max_size=200))
    def test_no_character_of_a_document_becomes_markup(self, text: str) -> None:
        elements = Reader(body(read_or_plain(text), ()).html).elements
        assert {tag for tag, _ in elements} <= {"p", "div", "table", "tr", "th", "td"}

    @given(st.text(st.sampled_from("ab1,$ \t\n.|"), max_size=60), st.data())
    def test_every_mark_is_shown_once_with_its_own_words(self, text: str, data: st.DataObject) -> None:
        source = read_or_plain(text)
        at = [m.span() for m in re.finditer(r"\d", source.text)]
        chosen = [Mark(Span(*span), (n,), "tied") for n, span in enumerate(at)]
        shown = body(source, chosen)
        assert shown.facts == set(range(len(chosen)))
        assert re.findall(r"<a[^>]*>(.)</a>", shown.html) == [source.text[a:b] for a, b in at]

    def test_a_figure_that_follows_the_last_one_needs_no_number(self) -> None:
        spans = [Mark(Span(n, n + 1), (fact,), "tied") for n, fact in enumerate((0, 1, 5, 6))]
        assert body(document("1234"), spans).html.count("<a>") == 3
        assert "<a>2</a><a id=f5>3</a><a>4</a>" in body(document("1234"), spans).html

    def test_a_row_parted_by_tabs_is_a_row_of_a_table(self) -> None:
        html = body(read(b"Sales\t1,200\t1,100\nCosts\t900\t800\n", "a.txt"), ()).html
        assert html.count("<tr") == 2 and "<th>Sales<td>1,200<td>1,100" in html

    def test_rows_parted_by_blanks_keep_their_alignment(self) -> None:
        text = "Sales    1,200   1,100\nCosts      900     800\n"
        cells = [[(0, 5), (9, 14), (17, 22)], [(23, 28), (34, 37), (42, 45)]]
        printed = tuple(
            Row(tuple(Cell(text[a:b], Span(a, b), n) for n, (a, b) in enumerate(row)), line)
            for line, row in enumerate(cells, 1)
        )
        source = replace(document(text), blocks=(Table(printed, Span(0, 45)),))
        assert "<p>Costs      900     800</p>" in body(source, ()).html

    def test_figures_of_markup_stand_in_the_words_that_the_markup_says(self) -> None:
        source = markup_document()
        facts = [figure(location=source.location(Span(at, at + 5)), id=f"t{at}") for at in (at_of(source, "1,200"),)]
        of = document_report(facts=tuple(facts), document=source, states={})
        html = body(source, marks(of, facts)).html
        assert "<td><a class=unverified>1,200</a>" in html
        assert "<b>" not in html and "net of $7&#x27;s &amp; more" in html

    def test_a_grid_keeps_its_columns_and_its_indents(self) -> None:
        html = body(markup_document(), ()).html
        assert "<td><td>2031" in html.replace(" colspan=2", "") and "class=i1" in html

    def test_figures_that_the_text_does_not_show_stand_in_a_table_of_their_own(self) -> None:
        supplied = replace(figure(id="s1"), location=Location("facts.csv", pointer="/row/3"), kind=None)
        text = Reader(page(document_report(facts=(supplied,), findings=(), checks=()))).text
        assert "Figures without a place in this text" in text and "/row/3" in text and "1,051,000 USD" in text


def read_or_plain(text: str) -> Document:
    try:
        return read(text.encode(), "a.txt")
    except Exception:
        return document(text)


def markup_document() -> Document:
    """A table of HTML: an indented label, an empty cell before a year, figures, words with entities."""
    rows = (
        "<tr><td></td><td>2031</td><td>2030</td></tr>"
        "<tr><td>Sales</td><td>1,<b>200</b></td><td>1,100</td></tr>"
        "<tr><td style='padding-left:12pt'>of which services</td><td>90</td><td>80</td></tr>"
        "<tr><td>Total sales</td><td>1,290</td><td>1,180</td></tr>"
    )
    text = f"<html><body><table>{rows}</table><p>net of $7&#39;s &amp; more</p></body></html>"
    return read_html(text.encode(), "a.htm")


def at_of(source: Document, words: str) -> int:
    return source.text.index(words)


class TestFindings:
    def test_findings_stand_worst_first(self) -> None:
        note = replace(broken_finding("a note"), severity=Severity.NOTE, locations=(place("Halden"),))
        assert [f.severity for f in worst_first([note, broken_finding()])] == [Severity.ERROR, Severity.NOTE]
        text = page(document_report(findings=(note, broken_finding("the worst"))))
        assert text.index("the worst") < text.index("a note")

    def test_a_finding_has_an_anchor_that_outlives_a_new_run(self) -> None:
        assert 'id="finding-f1"' in page()

    def test_findings_of_one_fingerprint_have_anchors_of_their_own(self) -> None:
        text = page(document_report(findings=(broken_finding(), broken_finding("again"))))
        assert 'id="finding-f1"' in text and 'id="finding-f1-2"' in text

    def test_a_finding_links_to_each_figure_it_is_about(self) -> None:
        links = [link.get("href") for link in Reader(page()).of("a")]
        assert "#f1" in links and "#f2" in links

    def test_a_finding_says_expected_actual_residual_and_what_rounding_allows(self) -> None:
        text = Reader(page()).text
        for words in ("1,051,000 USD", "1,200,000 USD", "149,000 USD", "±50,500 USD", "write $1.1 million"):
            assert words in text

    def test_notes_of_damage_stand_together_below_the_others(self) -> None:
        text = page()
        assert text.index("Read through damage: 1 note") > text.index("finding-f1")

    def test_a_document_without_findings_says_so(self) -> None:
        assert "Nothing is broken" in page(document_report(findings=()))

    def test_an_unreadable_document_says_why(self) -> None:
        broken = DocumentReport("a.bin", "", error="it is binary; convert it")
        text = Reader(page(broken)).text
        assert "could not be read: it is binary; convert it" in text and "Nothing is broken" not in text


class TestCounts:
    def test_counts_stand_with_their_denominators(self) -> None:
        text = Reader(page()).text
        assert "Tick coverage 2/3" in re.sub(r"\s+", " ", text)

    @given(st.lists(st.integers(0, 5000), min_size=4, max_size=4))
    def test_the_stretches_of_a_bar_fill_it_without_overlap(self, counts: list[int]) -> None:
        one = bar("all", Counts(sum(counts), *counts))
        ends = [0, *(start + length for _, start, length in one.stretches)]
        assert [start for _, start, _ in one.stretches] == ends[:-1]
        assert ends[-1] == (1000 if sum(counts) else 0)


class TestData:
    def test_the_page_holds_every_check_with_its_operands(self) -> None:
        of = check_document(SAMPLES / "brightwater_sensors.txt")
        data = data_of(page(of))
        expected = json.loads(render("json", report(of)))["documents"][0]
        facts, ids = rows(data["facts"]), list(expected["facts"])
        assert [fact["printed"] for fact in facts] == [
            fact["ticktie:printed"].replace("\\$", "$") for fact in expected["facts"].values()
        ]
        assert [fact["value"] for fact in facts] == [fact["value"] for fact in expected["facts"].values()]
        assert [fact["state"] for fact in facts] == [fact["ticktie:state"] for fact in expected["facts"].values()]
        for held, stated in zip(rows(data["checks"]), expected["checks"], strict=True):
            assert [ids[item] for item in held["items"]] == [item["fact"] for item in stated["items"]]
            assert (held["weights"] or ["1"] * len(held["items"])) == [item["weight"] for item in stated["items"]]
            assert ids[held["total"]] == stated["total"]
            names = ("rule", "outcome", "expected", "actual", "residual", "allowed")
            assert {name: held[name] for name in names} == {name: stated[name] for name in names}
        assert len(rows(data["findings"])) == len(expected["findings"])

    def test_tick_marks_and_support_stand_with_their_figure(self) -> None:
        of = document_report(
            ticks=(Tick("t1", "B", "invoice 12", "KL"),), ties=(Tie("n1", "conflict", source="prior.txt"),)
        )
        marks_of = {fact["printed"]: fact["marks"] for fact in rows(data_of(page(of))["facts"])}
        assert marks_of["1,051"] == ["B: invoice 12, KL"]
        assert marks_of["$1.2 million"] == ["support conflict: prior.txt"]

    @given(st.lists(st.fixed_dictionaries({"a": st.integers() | st.none(), "b": st.text() | st.lists(st.booleans())})))
    def test_a_table_by_columns_gives_its_rows_back(self, given_rows: list[dict[str, Any]]) -> None:
        assert rows(table(given_rows)) == given_rows

    def test_an_empty_report_has_empty_tables(self) -> None:
        assert page_data(document_report(facts=()), (), (), ())["facts"] == {}


class TestNothingRuns:
    def hostile(self) -> DocumentReport:
        text = f"{HOSTILE} $5 million\n{HOSTILE}\t1,051\t900\n"
        stated: dict[str, Any] = {"label": HOSTILE, "section": HOSTILE, "printed": HOSTILE, "concept": f"ext:{HOSTILE}"}
        fact: Fact = claim(**stated, location=place("$5 million", text, HOSTILE), evidence=(HOSTILE,))
        finding: Finding = replace(
            broken_finding(HOSTILE), locations=(place("$5 million", text, HOSTILE),), name=HOSTILE, remedy=HOSTILE,
            fingerprint=HOSTILE,
        )  # fmt: skip
        source = replace(document(text, HOSTILE), notes=(HOSTILE,), blocks=read(text.encode(), "a").blocks)
        return document_report(path=HOSTILE, facts=(fact,), checks=(), findings=(finding,), document=source)

    def test_document_text_stays_text(self) -> None:
        found = Reader(page(self.hostile()))
        assert not found.of("img")
        assert len(found.of("script")) == 2 and len(found.of("style")) == 1
        assert "<script>alert(1)</script>" in found.text and "{{ 7 * 7 }}" in found.text

    def test_no_element_has_a_handler_or_a_style_of_its_own(self) -> None:
        for _, attributes in Reader(page(self.hostile())).elements:
            assert not any(name.startswith("on") or name == "style" for name in attributes)

    def test_no_control_character_of_the_document_is_left(self) -> None:
        assert not set(page(self.hostile())) & set("\x1b\u202e\r\x00")

    def test_the_policy_allows_this_script_and_this_style_and_nothing_else(self) -> None:
        text = page(self.hostile())
        policy = next(m["content"] for m in Reader(text).of("meta") if m.get("http-equiv") == "Content-Security-Policy")
        assert policy and policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in policy and "http" not in policy

    def test_a_page_asks_nothing_of_the_network(self) -> None:
        found = Reader(page())
        sources = [a.get("src") or a.get("href") for _, a in found.elements if a.get("src") or a.get("href")]
        assert all(one and one.startswith(("#", "data:")) for one in sources)
        assert not {"link", "iframe", "object", "embed", "base"} & {t for t, a in found.elements if t != "link"}

    @given(st.text(max_size=80))
    def test_no_label_breaks_the_page(self, label: str) -> None:
        facts = (claim(label=label, concept=f"ext:{label}"),)
        found = Reader(page(document_report(facts=facts, checks=(), findings=(broken_finding(label),))))
        assert len(found.of("main")) == 1 and len(found.of("script")) == 2


class TestSeveralDocuments:
    def two(self) -> tuple[DocumentReport, DocumentReport]:
        return document_report(), document_report(path="b/../odd name?.txt", document=document(path="b"))

    def test_each_document_has_a_page_beside_the_index(self) -> None:
        files = render_files("html", report(*self.two()), Options(), "report.html")
        assert list(files) == [
            "report.html",
            "report_files/001-release.txt.html",
            "report_files/002-odd-name-.txt.html",
        ]
        index = Reader(files["report.html"].decode())
        assert [link["href"] for link in index.of("a")] == list(files)[1:]

    def test_each_page_leads_back_to_the_index(self) -> None:
        files = render_files("html", report(*self.two()), Options(), "my report.html")
        links = Reader(files["my report_files/001-release.txt.html"].decode()).of("a")
        assert any(link.get("href") == "../my%20report.html" for link in links)

    def test_the_index_counts_findings_and_figures_of_each_document(self) -> None:
        text = re.sub(r"\s+", " ", Reader(page(*self.two())).text)
        assert "2 documents" in text and "Tick coverage 4/6" in text and "Write this report to a file" in text

    def test_one_document_is_one_file(self) -> None:
        assert list(render_files("html", report(), Options(), "a.html")) == ["a.html"]


class TestSize:
    @pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
    def test_a_page_is_its_source_and_little_more(self, sample: Path) -> None:
        text = page(check_document(sample))
        assert len(text.encode()) <= sample.stat().st_size + 100_000

    def test_the_same_report_gives_the_same_page(self) -> None:
        of = check_document(SAMPLES / "tallow_creek_bakeries.txt")
        assert page(of) == page(of)


def test_periods_and_values_of_supplied_facts_are_named() -> None:
    fact = replace(figure(period=Period(date(2031, 3, 31)), value=Decimal("-12.50")), location=None, kind=None)
    text = Reader(page(document_report(facts=(fact,), checks=(), findings=()))).text
    assert "2031-03-31" in text and "−12.5 USD" in text


def test_a_tagged_report_is_shown_as_its_reader_sees_it() -> None:
    cells = "".join(f"<tr><td>Row {n}</td><td><ix:nonFraction>{n},200</ix:nonFraction></td></tr>" for n in range(1, 5))
    source = document(f"<html><body><table>{cells}</table></body></html>")
    fact = figure(location=source.location(Span(source.text.index("3,200"), source.text.index("3,200") + 5)))
    seen = as_seen(document_report(facts=(fact,), document=source, checks=(), findings=(), states={"t1": "tied"}))
    assert "<th>Row 3<td><a>3,200</a>" in page(seen)
    assert "nonFraction" not in page(seen)


def test_a_text_is_shown_as_it_stands() -> None:
    assert as_seen(document_report()) == document_report()

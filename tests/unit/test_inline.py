"""Inline XBRL: every tag becomes the fact that it states, where it stands, or a finding with its line."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ticktie.cli import extract
from ticktie.model.facts import Fact, FactSet, Period
from ticktie.pipeline import check_facts_file
from ticktie.read import facts as facts_files
from ticktie.read import inline, scan
from ticktie.read.errors import ReadError
from ticktie.read.files import Folder

from .pages import CONTEXTS, UNITS, figure, page


def read(data: bytes, path: str = "report.htm") -> FactSet:
    return inline.read(data, path)[0].facts


def only(data: bytes) -> Fact:
    facts = read(data)
    assert [one.message for one in facts.observations] == []
    (fact,) = facts.facts
    return fact


def said(data: bytes) -> list[str]:
    return [f"{one.locations[0].line}: {one.message}" for one in read(data).observations]


def test_tag_states_concept_value_unit_period_entity_and_decimals() -> None:
    fact = only(page(f"<p>Revenue was {figure('g:Revenues', '1,234.5')} thousand.</p>"))
    assert (fact.concept, fact.value, fact.decimals, fact.unit) == ("us-gaap:Revenues", 1234500, -3, "iso4217:USD")
    assert fact.period == Period(date(2031, 12, 31), date(2031, 1, 1)) and fact.entity == "cik:0000000007"
    assert (fact.origin, fact.kind, fact.printed) == ("supplied", None, "1,234.5")


def test_place_of_a_fact_is_the_figure_that_a_reader_sees() -> None:
    tag = figure("g:Revenues", "1,234", more='id="f1"')
    data = page(f"<p>\nOf <!-- <ix:nonFraction> -->{tag}</p>")
    where = only(data).location
    assert where is not None and where.offset is not None and where.line is not None and where.column is not None
    text = data.decode()
    assert text[slice(*where.offset)] == "1,234" and where.xpath == '//*[@id="f1"]'
    assert text.split("\n")[where.line - 1][where.column - 1 :].startswith("1,234")


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (figure("g:A", "1", more='sign="-"'), "-1"),
        (figure("g:A", "0", more='sign="-"'), "0"),
        (figure("g:A", "12", more='scale="-2"', unit="pure"), "0.12"),
        (figure("g:A", "<b>1,0</b>00"), "1000000"),
        (figure("g:A", "1<ix:exclude>23</ix:exclude>4", more=""), "14"),
        (figure("g:A", "none", more="").replace("num-dot-decimal", "fixed-zero"), "0"),
        (figure("g:A", "twelve", more="").replace("ixt:num-dot-decimal", "sec:numwordsen"), "12"),
        ('<ix:nonFraction name="g:A" contextRef="y" unitRef="usd"> 1234.50 </ix:nonFraction>', "1234.5"),
        ('<ix:fraction name="g:A" contextRef="y" unitRef="pure"><ix:numerator>3</ix:numerator> in '
         "<ix:denominator>8</ix:denominator></ix:fraction>", "0.375"),
    ],
)  # fmt: skip
def test_value_follows_format_scale_sign_and_what_is_excluded(tag: str, value: str) -> None:
    assert only(page(f"<p>{tag}</p>")).value == Decimal(value)


def test_nil_fact_has_no_value_and_is_kept() -> None:
    fact = only(page(figure("g:A", "-", more='xsi:nil="true"')))
    assert fact.value is None and fact.decimals is None


def test_nested_tags_state_two_facts_of_one_figure() -> None:
    inner = figure("g:B", "500", context="e")
    facts = read(page(f"<p>{figure('g:A', inner)}</p>")).facts
    assert [(fact.concept, fact.value) for fact in facts] == [("us-gaap:A", 500000), ("us-gaap:B", 500000)]


def test_dimensions_and_midnight_are_read() -> None:
    """An instant at midnight ends the day before."""
    fact = only(page(figure("own:Lamps", "5", context="m")))
    assert fact.period == Period(date(2031, 12, 30)) and fact.concept == "own:Lamps"
    assert dict(fact.dimensions) == {"srt:ProductOrServiceAxis": "own:LampsMember", "own:SiteAxis": "North Hill"}


def test_units_are_those_of_the_open_information_model() -> None:
    facts = read(page("".join(figure("g:A", "1", unit=unit) for unit in ("usd", "pure", "eps")))).facts
    assert [fact.unit for fact in facts] == ["iso4217:USD", None, "iso4217:USD/xbrli:shares"]


def test_hidden_facts_stand_in_no_statement() -> None:
    tags = "".join(figure(f"g:{name}", "1", "e") for name in ("Assets", "LiabilitiesAndStockholdersEquity"))
    facts = read(page(f"<table><tr><td>{tags}</td></tr></table>", hidden=figure("g:Cash", "1", "e"))).facts
    assert [fact.statement for fact in facts] == [None, "balance-sheet", "balance-sheet"]


def test_face_statement_is_the_table_that_holds_its_totals() -> None:
    rows = "".join(figure(f"g:{name}", "1", context="e") for name in ("Assets", "LiabilitiesAndStockholdersEquity"))
    facts = read(
        page(f"<table><tr><td>{rows}</td></tr></table><table><tr><td>{figure('g:Assets', '1')}</td></tr></table>")
    )
    assert [fact.statement for fact in facts.facts] == ["balance-sheet", "balance-sheet", None]


def test_each_target_is_a_set_of_its_own() -> None:
    sets = inline.read(page(figure("g:A", "1") + figure("g:B", "2", more='target="parent"')), "r.htm")
    assert [(one.name, [fact.concept for fact in one.facts.facts]) for one in sets] == [
        (None, ["us-gaap:A"]), ("parent", ["us-gaap:B"]),
    ]  # fmt: skip


def test_facts_of_a_tuple_carry_it() -> None:
    tag = figure("g:A", "1", more='order="1"')
    inside = f'<ix:tuple name="own:T" tupleID="t1">{tag}</ix:tuple>'
    outside = figure("g:A", "2", more='tupleRef="t1"')
    assert {fact.dimensions for fact in read(page(inside + outside)).facts} == {(("ticktie:tuple", "t1"),)}


def test_facts_without_or_with_equal_ids_keep_ids_of_their_own() -> None:
    facts = read(page(figure("g:A", "1", more='id="x"') * 2 + figure("g:A", "1"))).facts
    assert len({fact.id for fact in facts}) == 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (figure("g:A", "1", context="none"), "context 'none' does not exist"),
        (figure("g:A", "1", unit="none"), "unit 'none' does not exist"),
        (figure("g:A", "1", more='decimals="1000000000"'), "decimals '1000000000' is no whole number"),
        (figure("g:A", "1", more='decimals="x"'), "decimals 'x'"),
        (figure("g:A", "1", more='scale="99999"'), "scale '99999'"),
        (figure("g:A", "1.2.3"), "no number with the decimal mark"),
        (figure("nope:A", "1"), "bound to no namespace"),
        (figure("g:A", "1").replace("ixt:num", "ixt:rum"), "in no registry"),
        ('<ix:nonFraction name="g:A" contextRef="y" unitRef="usd">1,2</ix:nonFraction>', "'1,2' is no number"),
        ('<ix:nonFraction name="g:A" contextRef="y" unitRef="usd">١</ix:nonFraction>', "is no number"),
        ('<ix:nonFraction name="g:A" unitRef="usd">1</ix:nonFraction>', "names no context"),
        ('<ix:nonFraction name="g:A" contextRef="y">1</ix:nonFraction>', "names no unit"),
        ('<ix:nonFraction contextRef="y" unitRef="usd">1</ix:nonFraction>', "names no concept"),
        ('<ix:fraction name="g:A" contextRef="y" unitRef="pure"><ix:numerator>1</ix:numerator>'
         "<ix:denominator>3</ix:denominator></ix:fraction>", "no decimal number that ends"),
        ('<ix:fraction name="g:A" contextRef="y" unitRef="pure"><ix:numerator>1</ix:numerator>'
         "<ix:denominator>0</ix:denominator></ix:fraction>", "no numerator and denominator"),
    ],
)  # fmt: skip
def test_tag_that_states_no_fact_is_a_finding_with_its_line(body: str, words: str) -> None:
    data = page(f"<p>{figure('g:Good', '1')}</p>\n<p>{body}</p>")
    line = data.decode().split("\n").index(f"<p>{body}</p>") + 1
    (message,) = said(data)
    assert words in message and message.startswith(f"{line}: ")
    assert [fact.concept for fact in read(data).facts] == ["us-gaap:Good"]


@pytest.mark.parametrize("day", ["0000-01-01", "99999-12-31", "2031-02-30", "soon", "2031-12-31T12:00:00", ""])
def test_context_with_an_impossible_date_is_a_finding_and_its_facts_are_left_out(day: str) -> None:
    data = page(
        figure("g:A", "1", context="e"),
        contexts=CONTEXTS.replace("<xbrli:instant>2031-12-31<", f"<xbrli:instant>{day}<"),
    )
    assert "context 'e'" in said(data)[0] and read(data).facts == ()


def test_malformed_page_is_mended_with_a_note() -> None:
    facts = read(page(f"<p>{figure('g:A', '1')}<br></p>"))
    assert [fact.value for fact in facts.facts] == [1000]
    assert [one.kind for one in facts.observations] == ["markup-mended"]


def test_page_that_declares_entities_is_refused_with_its_line() -> None:
    data = page("").replace(b"<html", b'<!DOCTYPE html [<!ENTITY a "b">]>\n<html', 1)
    with pytest.raises(ReadError, match="line 2"):
        read(data)


def test_page_in_a_submission_keeps_its_places() -> None:
    inner = page(figure("g:A", "1"))
    data = b"<DOCUMENT>\n<TYPE>10-Q\n<TEXT>\n<XBRL>\n" + inner + b"\n</XBRL>\n</TEXT>\n</DOCUMENT>\n"
    where = only(data).location
    assert where is not None and where.offset is not None and data.decode()[slice(*where.offset)] == "1"


def test_contexts_of_another_report_of_the_set_are_found_beside_it(tmp_path: Path) -> None:
    (tmp_path / "one.htm").write_bytes(page(figure("g:A", "1"), contexts="", units=""))
    (tmp_path / "two.htm").write_bytes(page(figure("g:B", "1")))
    data = (tmp_path / "one.htm").read_bytes()
    (found,) = inline.read(data, str(tmp_path / "one.htm"), Folder(tmp_path))
    assert [fact.concept for fact in found.facts.facts] == ["us-gaap:A"]


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{figure('g:Assets', '1,234', 'e')}</td></tr></table><p>{figure('g:Revenues', '5&#48;')}</p>",
        figure("own:Lamp", " 7 ", "m", more='id="x" xsi:nil="true"') + figure("own:Lamp", "\n8", "m", more='sign="-"'),
        "<table>" + "".join(figure(f"g:{name}", "1", "e") for name in ("Assets", "LiabilitiesAndStockholdersEquity"))
        + f"<table>{figure('g:Cash', '1', 'e')}</table></table>{figure('g:Other', '1', 'e')}",
    ],
)  # fmt: skip
def test_page_of_plain_tags_gives_the_same_facts_with_and_without_a_tree(body: str) -> None:
    """A comment with a tag in it makes the reader build the tree."""
    plain, tree = page(body + "<!-- no tag -->"), page(body + "<!-- ix:a  -->")
    assert scan.source(plain, "r.htm") is not None and scan.source(tree, "r.htm") is None
    assert read(plain) == read(tree) and read(plain).facts


@pytest.mark.parametrize(
    "body",
    [
        figure("g:A", figure("g:B", "1")),
        figure("g:A", "<b>1</b>"),
        figure("g:A", "1").replace('contextRef="y"', "contextRef='y'"),
        figure("g:A", "1<!-- -->"),
        f"<![CDATA[{figure('g:A', '1')}]]>",
        '<ix:tuple name="own:T" tupleID="t"/>',
        "<p>",
    ],
)
def test_page_whose_tags_are_not_plain_is_left_to_the_tree(body: str) -> None:
    assert scan.source(page(body), "r.htm") is None


def test_deeply_nested_tags_are_read() -> None:
    text = "7"
    for _ in range(200):
        text = figure("g:A", text, more="")
    assert {fact.value for fact in read(page(text)).facts} == {Decimal(7)}


def test_checking_a_page_goes_the_way_of_facts(tmp_path: Path) -> None:
    """An inline report is known by its tags, whatever its name ends in; a page without tags is a document."""
    path = tmp_path / "report.html"
    path.write_bytes(page(figure("g:Assets", "5", "e") + figure("g:LiabilitiesAndStockholdersEquity", "9", "e")))
    assert facts_files.is_facts_file(path)
    (report,) = check_facts_file(path)
    assert "BAL001" in [finding.rule for finding in report.findings]
    path.write_text("<html><body><p>Revenue was $5 million.</p></body></html>")
    assert not facts_files.is_facts_file(path) and not facts_files.is_facts_file(tmp_path / "none.htm")


def test_extract_writes_the_facts_of_the_tags(tmp_path: Path) -> None:
    tag = figure("g:Revenues", "5", more='id="f1"')
    (tmp_path / "r.htm").write_bytes(page(f"<p>Revenue {tag}</p>"))
    done = CliRunner().invoke(extract.command, [str(tmp_path / "r.htm"), "-o", str(tmp_path / "f.json")])
    assert done.exit_code == 0
    assert list(json.loads((tmp_path / "f.json").read_text())["facts"]) == ["f1"]


PAGE = page(
    f"<table><tr><td>{figure('g:Assets', '1,234', 'e')}</td></tr></table><p>{figure('g:Revenues', '5')}</p>",
    hidden=figure("own:Lamps", "7", "m"), schema="own.xsd",
)  # fmt: skip


@given(st.data())
def test_damaged_page_gives_facts_or_a_clear_refusal(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(PAGE)))
    length = data.draw(st.integers(0, 40))
    damaged = PAGE[:start] + data.draw(st.binary(max_size=20) | st.sampled_from(PIECES)) + PAGE[start + length :]
    try:
        for one in inline.read(damaged, "damaged.htm"):
            assert all(fact.location is not None for fact in one.facts.facts)
    except ReadError as problem:
        assert "damaged.htm" in str(problem)


PIECES = [
    b"<",
    b">",
    b"&",
    b"<!--",
    b"<![CDATA[",
    b"</ix:nonFraction>",
    b'"',
    CONTEXTS.encode(),
    UNITS.encode(),
    b"\xff",
]

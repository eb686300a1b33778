"""Emission: every format validates in the reference processor and gives the same facts back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.arelle import hear
from tests.unit.emitted import RELEASE, emission_of, read, rows, write
from ticktie.pipeline import check_facts

REPORTS = ("ixbrl", "xbrl", "xbrl-json", "xbrl-csv", "xbri", "xbr")


@pytest.fixture
def release(tmp_path: Path):
    return read(tmp_path, RELEASE)


@pytest.mark.parametrize("output_format", REPORTS)
def test_a_clean_release_validates_in_every_format_and_gives_its_facts_back(release, tmp_path, output_format):
    facts, document = release
    emission = emission_of(facts)
    heard = hear(write(tmp_path / "out", emission, document, output_format))
    assert heard.messages == ()
    assert heard.facts == rows(emission)
    assert len(heard.facts) > 25


def test_a_taxonomy_package_validates_by_its_entry_point(release, tmp_path):
    facts, document = release
    package = write(tmp_path / "out", emission_of(facts), document, "taxonomy")
    assert hear("https://ticktie.invalid/taxonomy/release/release.xsd", [package]).messages == ()


def test_every_broken_sum_of_ours_is_one_calculation_inconsistency_and_nothing_else_is(tmp_path):
    wrong = RELEASE.replace("Total operating expenses\t7,570", "Total operating expenses\t7,590")
    facts, document = read(tmp_path, wrong)
    heard = hear(write(tmp_path / "out", emission_of(facts), document, "xbrl"))
    broken = [check for check in check_facts(facts, "release").checks if check.outcome == "broken"]
    assert heard.problems == []
    assert heard.inconsistencies == len({check.total for check in broken if len(check.items) > 1}) > 0


def test_a_broken_claim_is_not_tagged_and_the_figure_that_disproves_it_says_so(tmp_path):
    facts, document = read(tmp_path, RELEASE.replace("revenues were \\$9.1", "revenues were \\$8.1"))
    emission = emission_of(facts)
    assert [one.why for one in emission.omitted] == ["the claim is broken"]
    page = write(tmp_path / "out", emission, document, "ixbrl")
    root = etree.parse(page).getroot()
    notes = root.findall(".//{http://www.xbrl.org/2013/inlineXBRL}footnote")
    assert len(notes) == 1 and "$8.1 million" in notes[0].text
    relation = root.find(".//{http://www.xbrl.org/2013/inlineXBRL}relationship")
    noted = root.find(f".//*[@id='{relation.get('fromRefs')}']")
    assert noted.text == "9,120"
    assert hear(page).messages == ()


def test_with_tag_broken_the_claim_is_tagged_and_the_processor_sees_the_contradiction(tmp_path):
    facts, document = read(tmp_path, RELEASE.replace("revenues were \\$9.1", "revenues were \\$8.1"))
    emission = emission_of(facts, tag_broken=True)
    assert emission.omitted == ()
    heard = hear(write(tmp_path / "out", emission, document, "xbrl"))
    assert any("nconsistent" in code + text for code, text in heard.messages)


def test_the_page_shows_every_character_of_the_text(release, tmp_path):
    facts, document = release
    root = etree.parse(write(tmp_path / "out", emission_of(facts), document, "ixbrl")).getroot()
    shown = "".join(root.find(".//{*}div[@class='page']").itertext())
    assert "".join(shown.split()) == "".join(RELEASE.split())


def test_a_claim_is_tagged_at_its_own_precision_where_it_stands(release, tmp_path):
    facts, document = release
    page = write(tmp_path / "out", emission_of(facts), document, "ixbrl").read_text(encoding="utf-8")
    tag = re.search(r"<ix:nonFraction ([^>]*)>9\.1</ix:nonFraction>", page)
    assert tag and 'decimals="-5"' in tag[1] and 'scale="6"' in tag[1] and 'name="gaap:Revenues"' in tag[1]


def test_the_ends_of_a_range_are_two_facts_on_the_range_axis(release):
    emission = emission_of(release[0])
    ends = [dict(fact.dimensions) for fact in emission.facts if fact.dimensions]
    assert [one["srt:RangeAxis"] for one in ends] == ["srt:MinimumMember", "srt:MaximumMember"]
    assert all(one["srt:StatementScenarioAxis"] == "srt:ScenarioForecastMember" for one in ends)


def test_the_same_document_gives_the_same_bytes(release, tmp_path):
    facts, document = release
    for output_format in (*REPORTS, "taxonomy"):
        first = write(tmp_path / "1", emission_of(facts), document, output_format)
        second = write(tmp_path / "2", emission_of(facts), document, output_format)
        assert first.read_bytes() == second.read_bytes()


def test_hostile_text_stays_text(tmp_path):
    hostile = RELEASE.replace(
        "Larchmont Instruments Inc. Reports", 'x</p><script>alert(1)</script> ]]> &amp; &#x0; "\x0b <!-- Reports'
    ).replace("Service fees", "<b>Service</b> & fees")
    facts, document = read(tmp_path, hostile)
    page = write(tmp_path / "out", emission_of(facts), document, "ixbrl")
    root = etree.parse(page).getroot()
    assert not root.findall(".//{*}script") and not root.findall(".//{*}b")
    assert "<script>alert(1)</script>" in "".join(root.itertext())
    assert hear(page).messages == ()

"""What is written is what is read back: generated facts, by our own readers, and under the official names."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.arelle import hear
from tests.unit.emitted import RELEASE, emission_of, read, rows, write
from ticktie.emit.names import profile
from ticktie.emit.package import taxonomy_package, zipped
from ticktie.emit.prepare import Judged, prepare
from ticktie.emit.prints import find
from ticktie.emit.schema import axis_schema, gaap_schema
from ticktie.map.taxonomy import concepts, load_taxonomy
from ticktie.model.facts import PART, RANGE_LOW, SCENARIO, Fact, FactSet, Period
from ticktie.model.number import plain
from ticktie.model.source import Document, Location, Paragraph, Span
from ticktie.read import facts as facts_files
from ticktie.read.text import line_starts

DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))
PERIODS = st.one_of(
    DAYS.map(Period), st.builds(lambda day, days: Period(day + timedelta(days), day), DAYS, st.integers(0, 400))
)
NAMES = ("us-gaap:Assets", "us-gaap:Revenues", "us-gaap:NetIncomeLoss", "ext:Orders", "ext:orders", "ext:Größe", "x:9y")
UNITS = (None, "iso4217:USD", "iso4217:EUR", "xbrli:shares", "iso4217:USD/xbrli:shares", "utr:sqft")
PART_NAMES = st.text(min_size=1, max_size=30).filter(str.strip)
DIMENSIONS = st.one_of(
    st.just(()), st.just((SCENARIO, RANGE_LOW)), PART_NAMES.map(lambda text: ((PART, text),)),
    st.just((("segments:RegionAxis", "segments:NorthMember"),)), st.just((("segments:StoreAxis", "No. 7 <&>"),)),
)  # fmt: skip


@st.composite
def printed_facts(draw) -> tuple[tuple[Fact, ...], str]:
    """Facts, and a text in which each is printed on a line of its own."""
    lines, found, at = [], [], 0
    for number in range(draw(st.integers(1, 8))):
        digits, decimals = draw(st.integers(-(10**9), 10**9)), draw(st.integers(-6, 4))
        text = draw(st.sampled_from([f"{abs(digits):,}", str(abs(digits)), "see above", "-"]))
        line = f"Line {number + 1}00 of it: {text}"
        where = Location("x", number + 1, offset=(at + line.index(text), at + len(line)))
        found.append(
            Fact(
                id=draw(st.sampled_from([f"t.{number}.0", f"c{number}", f"{number} é"])),
                concept=draw(st.sampled_from(NAMES)),
                value=Decimal(digits).scaleb(-decimals),
                decimals=draw(st.sampled_from([decimals, None])),
                unit=draw(st.sampled_from(UNITS)),
                period=draw(PERIODS),
                entity=draw(st.sampled_from([None, "cik:0000000017", "lei:529900T8BM49AURSDO55"])),
                dimensions=draw(DIMENSIONS),
                kind=draw(st.sampled_from(["table", "narrative"])),
                location=where,
                printed=text,
            )
        )
        lines.append(line)
        at += len(line) + 1
    return tuple(found), "\n".join(lines)


def prose(text: str) -> Document:
    """``text`` as one paragraph."""
    block = Paragraph(text, Span(0, len(text)))
    return Document("x", text, "utf-8", "", (block,), line_starts=line_starts(text))


def meaning(fact: Fact) -> tuple[object, ...]:
    """What a fact says, under the prefixes that all readers use."""
    concept = fact.concept.replace("gaap:", "us-gaap:").replace("us-us-", "us-")
    unit = None if fact.unit == "xbrli:pure" else fact.unit
    value = None if fact.value is None else plain(fact.value)
    return (concept, value, fact.decimals, unit, fact.period, fact.entity, tuple(sorted(fact.dimensions)))


@pytest.mark.parametrize("output_format", ["ixbrl", "xbrl", "xbrl-json"])
@settings(max_examples=15)
@given(printed_facts())
def test_generated_facts_come_back_as_they_were_written(output_format, given):
    facts, text = given
    if output_format == "xbrl-json":  # without unit and decimals, nothing in the file tells a number from a text
        facts = tuple(fact for fact in facts if fact.unit is not None or fact.decimals is not None)
    emission = prepare(FactSet(facts), Judged(), load_taxonomy(), "x")
    with TemporaryDirectory() as folder:
        path = write(Path(folder), emission, prose(text), output_format)
        back = facts_files.read(path.read_bytes(), str(path))
    got = sorted((meaning(fact) for one in back for fact in one.facts.facts), key=repr)
    assert got == sorted(map(meaning, emission.facts), key=repr)
    assert len(emission.facts) + len(emission.omitted) == len(facts)


@settings(max_examples=2)
@given(printed_facts())
def test_generated_facts_validate_in_the_reference_processor(given):
    facts, text = given
    emission = prepare(FactSet(facts), Judged(), load_taxonomy(), "x")
    with TemporaryDirectory() as folder:
        heard = hear(write(Path(folder), emission, prose(text), "ixbrl"))
    assert heard.problems == []
    assert heard.facts == rows(emission)


@given(st.integers(1, 10**12), st.integers(-6, 4), st.sampled_from([",", " ", "\u00a0", ""]))
def test_a_print_is_found_for_every_way_of_grouping(digits, decimals, mark):
    text = f"$ ({digits:,})".replace(",", mark)
    value = -Decimal(digits).scaleb(-decimals)
    found = find(text, value, decimals)
    assert found is not None and found.negative
    assert text[found.start : found.end] == f"{digits:,}".replace(",", mark)
    assert found.scale == -decimals


def test_two_figures_run_together_are_tagged_each_by_itself():
    assert find("2,190 858", Decimal(2190000), -3).start == 0
    assert find("2,190 858", Decimal(858000), -3).start == 6
    assert find("1.0 .", Decimal(7), 0) is None
    assert find("11.860", Decimal(11860000), -3).scale == 6


def test_one_label_that_means_an_amount_and_a_count_gives_two_items():
    day = Period(date(2024, 1, 31), date(2024, 1, 1))
    amount = Fact("a", "ext:Orders", Decimal(5), 0, "iso4217:USD", day)
    facts = (amount, replace(amount, id="b", unit=None), replace(amount, id="c", period=Period(day.end)))
    emission = prepare(FactSet(facts), Judged(), load_taxonomy(), "x")
    assert [fact.concept for fact in emission.facts] == ["ext:Orders", "ext:OrdersNumber", "ext:OrdersAmount"]


def official(year: int) -> bytes:
    """A package that stands for the official taxonomy of ``year``: its addresses, with our items."""
    named = profile(f"us-gaap/{year}")
    files = {}
    for place, space, own, prefix, content in (
        (named.schema, named.namespace, "urn:ticktie:gaap:1", "gaap", gaap_schema(concepts())),
        (named.axis_schema, named.axis_namespace, "urn:ticktie:srt:1", "srt", axis_schema()),
    ):
        text = content.decode().replace(own, space).replace(f'id="{prefix}_', f'id="{place.split("/")[3]}_')
        files[place.rpartition("/")[2]] = text.encode()
    package = taxonomy_package("stub", "Stub", files)
    catalog = package["stub/META-INF/catalog.xml"].decode()
    rewrites = "".join(
        f'<rewriteURI uriStartString="{place.rpartition("/")[0]}/" rewritePrefix="../taxonomy/"/>'
        for place in (named.schema, named.axis_schema)
    )
    package["stub/META-INF/catalog.xml"] = catalog.replace("</catalog>", f"{rewrites}</catalog>").encode()
    return zipped(package)


@pytest.mark.parametrize("year", [2019, 2025])
def test_with_a_taxonomy_the_official_names_are_used(tmp_path, year):
    facts, document = read(tmp_path, RELEASE)
    emission = emission_of(facts, taxonomy=f"us-gaap/{year}")
    (tmp_path / "stub.zip").write_bytes(official(year))
    heard = hear(write(tmp_path / "out", emission, document, "ixbrl"), [tmp_path / "stub.zip"])
    assert heard.messages == ()
    assert heard.facts == rows(emission)
    assert any(row[0] == "us-gaap:NetIncomeLoss" for row in heard.facts)


@pytest.mark.parametrize("wrong", ["us-gaap", "us-gaap/1999", "ifrs/2024", "us-gaap/../x"])
def test_an_unknown_taxonomy_is_refused_with_the_remedy(wrong):
    with pytest.raises(ValueError, match="use us-gaap/YYYY"):
        profile(wrong)

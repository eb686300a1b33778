"""Grounding: supplied facts held against what their document prints."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import PROJECT
from ticktie.cli.main import main
from ticktie.gate.ground import ground
from ticktie.model.facts import Fact, FactSet, Period
from ticktie.model.place import Location
from ticktie.pipeline import check_grounded, extract_document

SAMPLE = PROJECT / "samples/brightwater_sensors.txt"
YEAR = Period(date(2031, 12, 31), date(2031, 1, 1))
BEFORE = Period(date(2030, 12, 31), date(2030, 1, 1))
ROWS = {
    "Revenues": ("Total revenues", "91,640", "83,215"),
    "CostOfRevenue": ("Cost of revenues", "60,118", "57,902"),
    "GrossProfit": ("Gross profit", "31,522", "25,313"),
    "OperatingExpenses": ("Total operating expenses", "20,747", "19,684"),
    "NetIncomeLoss": ("Net income", "8,133", "4,276"),
}


def printed() -> FactSet:
    """An income statement of two years, in thousands."""
    facts = []
    for line, (concept, (label, *columns)) in enumerate(ROWS.items(), 10):
        for column, (text, period) in enumerate(zip(columns, (YEAR, BEFORE), strict=True), 1):
            place = Location("release.txt", line, 20 * column)
            value = Decimal(text.replace(",", "")).scaleb(3)
            facts.append(
                Fact(
                    f"is1.{line}.{column}", f"us-gaap:{concept}", value, -3, "iso4217:USD", period, kind="table",
                    label=label, printed=text, statement="income-statement", location=place, confidence=0.95,
                )
            )  # fmt: skip
    return FactSet(tuple(facts))


TEXT = "\n".join("\t".join(row) for row in ROWS.values())


def supplied() -> list[Fact]:
    """The same facts as a careful extraction gives them."""
    return [
        replace(fact, id=f"x{n}", origin="supplied", kind=None, label=None, printed=None, location=None, confidence=1.0)
        for n, fact in enumerate(printed().facts)
    ]


def seen(facts: list[Fact]) -> list[tuple[str, tuple[str, ...]]]:
    """What grounding says: the kind of each observation, and the facts it is about."""
    return [(one.kind, one.facts) for one in ground(FactSet(tuple(facts)), printed(), TEXT).observations]


def spoiled(index: int, **changes: object) -> list[Fact]:
    facts = supplied()
    facts[index] = replace(facts[index], **changes)
    return facts


def test_a_faithful_extraction_raises_nothing() -> None:
    assert seen(supplied()) == []


def test_a_wrong_digit_is_said_with_the_printed_figure_and_a_repair() -> None:
    (one,) = ground(FactSet(tuple(spoiled(0, value=Decimal(91_840_000)))), printed(), TEXT).observations
    assert (one.kind, one.expected, one.actual) == ("ground-value", Decimal(91_640_000), Decimal(91_840_000))
    assert one.edits == (("x0", "91,840", "91,640", "one digit was misread"),)


def test_a_figure_a_thousand_times_too_small_is_a_wrong_scale() -> None:
    assert seen(spoiled(2, value=Decimal(60_118), decimals=0)) == [("ground-scale", ("x2",))]


def test_the_opposite_sign_is_a_wrong_sign() -> None:
    assert seen(spoiled(8, value=Decimal(-8_133_000))) == [("ground-sign", ("x8",))]


def test_the_figure_of_the_year_before_under_this_year_is_a_wrong_period() -> None:
    facts = [one for one in spoiled(9, period=YEAR) if one.id != "x8"]
    assert ("ground-period", ("x9",)) in seen(facts)


def test_the_figure_of_another_row_is_a_wrong_concept() -> None:
    assert ("ground-concept", ("x4",)) in seen(spoiled(4, concept="us-gaap:NetIncomeLoss"))


def test_a_figure_that_is_printed_nowhere_is_invented() -> None:
    facts = [*supplied(), replace(supplied()[0], id="new", concept="us-gaap:Goodwill", value=Decimal(77_777_000))]
    assert seen(facts) == [("ground-invented", ("new",))]


def test_without_the_text_nothing_is_called_invented() -> None:
    new = replace(supplied()[0], id="new", concept="us-gaap:Goodwill", value=Decimal(77_777_000))
    assert ground(FactSet((*supplied(), new)), printed()).observations == ()


def test_a_figure_that_no_fact_covers_is_left_out() -> None:
    assert seen(supplied()[1:]) == [("ground-missing", ())]


def test_facts_that_cover_little_of_a_statement_leave_nothing_out() -> None:
    assert seen(supplied()[:2]) == []


def test_a_fact_in_millions_repeats_the_figure_in_thousands() -> None:
    assert seen(spoiled(0, value=Decimal(92_000_000), decimals=-6)) == []


def test_a_concept_of_ones_own_is_known_by_its_other_periods() -> None:
    facts = [replace(one, concept="own:Sales") if one.concept == "us-gaap:Revenues" else one for one in supplied()]
    facts[0] = replace(facts[0], value=Decimal(91_046_000))
    assert seen(facts) == [("ground-value", ("x0",))]


def test_decimals_that_a_fact_lacks_are_those_of_the_print() -> None:
    facts = spoiled(0, decimals=-1, decimals_assumed=True)
    fact = ground(FactSet(tuple(facts)), printed(), TEXT).facts[0]
    assert (fact.decimals, fact.decimals_assumed) == (-3, False)


def test_a_cited_line_that_does_not_show_the_figure_is_a_wrong_place() -> None:
    assert seen(spoiled(0, cited=Location("", 12))) == [("ground-place", ("x0",))]
    assert seen(spoiled(0, cited=Location("", 10))) == []


@given(st.integers(0, 9), st.integers(1, 10**9))
def test_whatever_else_a_fact_says_it_is_named_and_nothing_else_is(index: int, value: int) -> None:
    true = supplied()[index].number.value
    facts = spoiled(index, value=Decimal(value))
    about = {name for _, names in seen(facts) for name in names}
    assert about == (set() if Decimal(value) == true or _rounds(value, true) else {f"x{index}"})


def _rounds(value: int, true: Decimal) -> bool:
    return Decimal(value).scaleb(-3).quantize(Decimal(1)) == true.scaleb(-3)


@given(st.permutations(range(10)))
def test_the_order_of_the_facts_makes_no_difference(order: list[int]) -> None:
    facts = spoiled(3, value=Decimal(57_209_000))
    assert sorted(seen([facts[at] for at in order])) == sorted(seen(facts))


def test_what_ticktie_extracts_is_borne_out_by_its_document() -> None:
    extraction = extract_document(SAMPLE)
    given_back = tuple(replace(fact, origin="supplied") for fact in extraction.facts.facts)
    report = check_grounded(SAMPLE, FactSet(given_back))
    assert not [one for one in report.findings if one.rule.startswith("GROUND")]
    assert len(report.facts) == 2 * len(extraction.facts.facts)
    assert len({fact.id for fact in report.facts}) == len(report.facts)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    return result.exit_code, result.output


def test_a_wrong_fact_fails_the_run_and_names_both_places(release: Path) -> None:
    facts = release.with_name("facts.csv")
    facts.write_text("concept,value,unit,start,end,decimals\nus-gaap:Revenues,16594000,USD,2031-07-01,2031-09-30,-3\n")
    code, output = run(release, "--facts", facts, "--output-format", "json")
    (finding,) = [one for one in json.loads(output)["documents"][0]["findings"] if one["rule"] == "GROUND001"]
    assert code == 1
    assert {place["document"] for place in finding["locations"]} == {str(release), str(facts)}
    assert finding["repairs"][0]["cause"] == "two neighbouring digits are swapped"


def test_facts_find_their_document_by_stem_or_by_the_column_document(release: Path) -> None:
    other = release.with_name("other.txt")
    other.write_bytes((PROJECT / "samples/tallow_creek_bakeries.txt").read_bytes())
    given = release.with_name("given")
    given.mkdir()
    header = "concept,value,unit,start,end,decimals"
    row = "us-gaap:Revenues,16594000,USD,2031-07-01,2031-09-30,-3"
    (given / "release.facts.csv").write_text(f"{header}\n{row}\n")
    stray = "other.txt,us-gaap:Goodwill,77777123,USD,2031-07-01,2031-09-30,0"
    (given / "all.csv").write_text(f"document,{header}\n{stray}\n")
    _, output = run(release, other, "--facts", given, "--output-format", "concise")
    lines = [line for line in output.splitlines() if "GROUND" in line]
    assert [line.split(":")[0] for line in lines] == [str(release), str(given / "all.csv")]


def test_facts_without_a_document_are_a_usage_error(release: Path) -> None:
    other = release.with_name("other.txt")
    other.write_bytes(release.read_bytes())
    facts = release.with_name("stray.csv")
    facts.write_text("concept,value\nus-gaap:Revenues,5\n")
    code, output = run(release, other, "--facts", facts)
    assert code == 2
    assert "no document is called 'stray'" in output

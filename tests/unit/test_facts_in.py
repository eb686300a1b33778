"""Facts in: numbers, periods and units as people write them; CSV, JSON lines, lists and xBRL-JSON with their places."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.support import PROJECT
from ticktie.cli.main import main
from ticktie.model.facts import Fact, FactSet, Period
from ticktie.model.findings import Severity
from ticktie.model.place import Location
from ticktie.pipeline import check_facts_file, extract_document, supplied_facts
from ticktie.read import fields, jsontext
from ticktie.read.errors import ReadError
from ticktie.read.facts import read
from ticktie.read.fields import FieldError
from ticktie.read.supplied import Names
from ticktie.read.tabular import csv_lines
from ticktie.render.facts import facts_file
from ticktie.render.json import dump

SAMPLES = sorted((PROJECT / "samples").glob("*.txt"))
DAY = Period(date(2024, 12, 31))
YEAR = Period(date(2024, 12, 31), date(2024, 1, 1))


def facts(text: str, name: str = "facts.csv", names: Names | None = None) -> FactSet:
    """The facts of a file of this name that holds ``text``; it must be those of one document."""
    (found,) = read(text.encode(), name, names)
    return found.facts


def only(text: str, name: str = "facts.csv", names: Names | None = None) -> Fact:
    (fact,) = facts(text, name, names).facts
    return fact


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234", "1234"), ("1,234,567", "1234567"), ("-5", "-5"), ("\u22125", "-5"), ("(1,032)", "-1032"),
        ("$ 0.05", "0.05"), ("$(3.5)", "-3.5"), ("39.3%", "0.393"), ("1e6", "1000000"), (".5", "0.5"),
        (Decimal("0.10"), "0.10"), (12, "12"), (0.1, "0.1"), ("1 234", "1234"), ("-0", "0"), ("€5", "5"),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly_however_it_is_spelled(written: object, value: str) -> None:
    assert fields.amount(written).value == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "12x", "1,23", "1,2345", "--5", "1.2.3", "nan", "Infinity", "1e99999", "9" * 500, True, "(5", "e5"]
)
def test_what_is_no_number_says_so(written: object) -> None:
    with pytest.raises(FieldError, match=r"value .*(is no number|more than 400 digits)"):
        fields.amount(written)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2024-12-31", DAY), ("2025-01-01T00:00:00", DAY), ("2024-12-31 00:00:00", DAY),
        ({"instant": "2024-12-31"}, DAY),
        ("2024-01-01/2024-12-31", YEAR), ("2024-01-01T00:00:00/2025-01-01T00:00:00", YEAR), ("2024", YEAR),
        ({"start": "2024-01-01", "end": "2024-12-31"}, YEAR),
        ("2024-Q4", Period(date(2024, 12, 31), date(2024, 10, 1))),
        ("2024-H1", Period(date(2024, 6, 30), date(2024, 1, 1))),
        ("2024-02", Period(date(2024, 2, 29), date(2024, 2, 1))),
        (date(2024, 12, 31), DAY), ("", None), (None, None), ({}, None),
    ],
)  # fmt: skip
def test_a_period_is_a_day_a_span_or_a_part_of_the_calendar(written: object, period: Period | None) -> None:
    """Date-times are OIM's, where the end of a day is the next midnight."""
    assert fields.period(written) == period


@pytest.mark.parametrize(
    "written",
    ["soon", "2024-13-01", "2024-12-31/2024-01-01", "2024-01-01/", "2024-12-31T12:00:00", "2024-13", "9999-12-32",
     "0001-01-01T00:00:00"],
)  # fmt: skip
def test_what_is_no_period_says_so(written: str) -> None:
    with pytest.raises(FieldError, match="period"):
        fields.period(written)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("USD", "iso4217:USD"), ("eur", "iso4217:EUR"), ("iso4217:USD", "iso4217:USD"), ("shares", "xbrli:shares"),
        ("USD/shares", "iso4217:USD/xbrli:shares"), ("USDPerShare", "iso4217:USD/xbrli:shares"), ("pure", None),
        ("", None), (None, None), ("ext:patients", "ext:patients"), ("iso4217:USD/xbrli:shares",) * 2,
    ],
)  # fmt: skip
def test_units_are_those_of_the_information_model(written: object, unit: str | None) -> None:
    assert fields.unit(written) == unit


@pytest.mark.parametrize(("written", "decimals"), [("-3", -3), (2, 2), ("INF", None), ("0", 0), ("-6.0", -6)])
def test_decimals_are_whole_numbers_or_exact(written: object, decimals: int | None) -> None:
    assert fields.decimals(written) == decimals


@pytest.mark.parametrize("written", ["some", "1.5", "999999", "inf inity"])
def test_what_are_no_decimals_says_so(written: str) -> None:
    with pytest.raises(FieldError, match="decimals"):
        fields.decimals(written)


HEAD = "concept,value,unit,period,decimals\n"


def test_a_csv_row_is_a_fact_with_the_place_of_its_value() -> None:
    """Row 2 of the file, the cell of the value."""
    fact = only(HEAD + 'us-gaap:Assets,"1,234,000",USD,2024-12-31,-3\n')
    assert (fact.concept, fact.value, fact.unit, fact.period) == ("us-gaap:Assets", 1234000, "iso4217:USD", DAY)
    assert (fact.decimals, fact.decimals_assumed, fact.origin, fact.kind) == (-3, False, "supplied", None)
    assert fact.location is not None
    assert (fact.location.line, fact.location.column, fact.location.end_column) == (2, 17, 26)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_header(mark: str) -> None:
    """Columns in any order, line ends of any system, a byte-order mark, blank lines."""
    text = "\ufeff" + mark.join(["Value", "CONCEPT"]) + "\r\n" + mark.join(["5", "us-gaap:Assets"]) + "\r\n\r\n"
    assert only(text).value == 5


def test_facts_keep_the_order_they_came_in() -> None:
    """Additive structure is sought in it."""
    text = HEAD + "".join(f"ext:C{n},{n},USD,2024-12-31,0\n" for n in (9, 2, 7, 1))
    assert [fact.concept for fact in facts(text).facts] == ["ext:C9", "ext:C2", "ext:C7", "ext:C1"]


def test_columns_and_concepts_of_other_names_are_mapped() -> None:
    """``[tool.ticktie.columns]`` and ``[tool.ticktie.concepts]``."""
    names = Names({"value": "Amount (USD)", "concept": "tag"}, {"TotAst": "us-gaap:Assets"})
    fact = only("tag,Amount (USD),value\nTotAst,5,six\n", names=names)
    assert (fact.concept, fact.value) == ("us-gaap:Assets", 5)


def test_columns_named_after_an_axis_are_dimensions() -> None:
    """As in xBRL-CSV; empty cells are no dimension."""
    text = "concept,value,srt:ProductAxis,ext:Axis\nus-gaap:Revenues,5,us-gaap:ServiceMember,\n"
    assert only(text).dimensions == (("srt:ProductAxis", "us-gaap:ServiceMember"),)


def test_missing_decimals_are_those_of_the_column() -> None:
    """All amounts end in three zeros, so they are thousands; shares are another column."""
    text = "concept,value,unit\nA,1200000,USD\nB,34000,USD\nC,0,USD\nD,7,shares\nE,0.25,USD/shares\n"
    assert [fact.decimals for fact in facts(text).facts] == [-3, -3, -3, 0, 2]
    assert all(fact.decimals_assumed for fact in facts(text).facts)


def test_a_percent_sign_or_unit_makes_a_fraction() -> None:
    """39.3% is 0.393 to three decimals."""
    text = "concept,value,unit,decimals\next:A,39.3%,,3\next:B,39.3,%,1\n"
    assert [(fact.value, fact.decimals, fact.unit) for fact in facts(text).facts] == [(Decimal("0.393"), 3, None)] * 2


def test_wrong_rows_are_reported_by_number_and_the_others_are_kept() -> None:
    """Four things that can be wrong; texts and empty cells are no facts and no errors."""
    text = HEAD + (
        "us-gaap:Assets,12x,USD,2024-12-31,0\n"
        ",5,USD,2024-12-31,0\n"
        "us-gaap:Assets,5,USD,yesterday,0\n"
        "us-gaap:Assets,5,USD,2024-12-31,0,spilled\n"
        "dei:EntityName,Brightwater,,2024-12-31,\n"
        "us-gaap:Assets,,USD,2024-12-31,0\n"
        "us-gaap:Assets,5,USD,2024-12-31,0\n"
    )
    found = facts(text)
    assert [fact.id for fact in found.facts] == ["r7"]
    assert [seen.message.split(":")[0] for seen in found.observations] == [
        f"Row {n} was left out" for n in (1, 2, 3, 4)
    ]
    assert [seen.locations[0].line for seen in found.observations] == [2, 3, 4, 5]


def test_a_table_without_a_column_of_values_is_refused_with_the_remedy() -> None:
    with pytest.raises(ReadError, match=r"no column is called value.*'tag', 'amount'.*tool\.ticktie\.columns"):
        facts("tag,amount\nA,5\n")


def test_facts_of_several_documents_are_told_apart() -> None:
    """Their figures are never compared."""
    text = "document,concept,value\na.txt,A,1\nb.txt,A,2\na.txt,B,3\n"
    found = read(text.encode(), "facts.csv")
    assert [(one.name, len(one.facts.facts)) for one in found] == [("a.txt", 2), ("b.txt", 1)]


def test_a_json_line_is_a_fact_and_a_wrong_one_is_reported() -> None:
    """Numbers of JSON are exact; null is nil; ids stay unless they are taken."""
    lines = [
        {"id": "a", "concept": "us-gaap:Assets", "value": "5000", "unit": "USD", "decimals": "-3",
         "period": {"instant": "2024-12-31"},
         "dimensions": {"srt:Axis": "srt:Member"}, "statement": "balance-sheet", "in_table": True},
        {"id": "a", "concept": "us-gaap:Goodwill", "value": None, "unit": "USD", "decimals": None},
    ]  # fmt: skip
    text = "\n".join(map(json.dumps, lines)) + '\n{"concept": "ext:X", "value": 0.1, "decimals": "INF"}\n\n{]\n7\n'
    found = facts(text, "facts.jsonl")
    first, nil, exact = found.facts
    assert (first.id, first.statement, first.dimensions) == ("a", "balance-sheet", (("srt:Axis", "srt:Member"),))
    assert (nil.id, nil.value, nil.decimals_assumed) == ("a.r2", None, False)
    assert (exact.value, exact.decimals, exact.decimals_assumed) == (Decimal("0.1"), None, False)
    assert [seen.locations[0].line for seen in found.observations] == [5, 6]
    assert first.location is not None and first.location.pointer == "/0"
    assert text[slice(*(first.location.offset or ()))] == '"5000"'


def test_a_json_list_is_read_like_lines() -> None:
    """Places are pointers into the list."""
    text = json.dumps([{"label": "Total assets", "value": 5}, "six"], indent=1)
    found = facts(text, "facts.json")
    assert [fact.location.pointer for fact in found.facts if fact.location] == ["/0"]
    assert [seen.locations[0].pointer for seen in found.observations] == ["/1"]


def oim(facts: object, **info: Any) -> str:
    described = {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {}, **info}
    return json.dumps({"documentInfo": described, "facts": facts}, indent=1)


def test_plain_xbrl_json_is_read_whatever_its_prefixes() -> None:
    """Prefixes of the namespaces that rules know become the usual ones; texts are no facts."""
    namespaces = {
        "g": "http://fasb.org/us-gaap/2023",
        "own": "http://example.com/own",
        "i": "http://www.xbrl.org/2003/iso4217",
    }
    aspects = {
        "concept": "g:Assets",
        "entity": "own:E",
        "period": "2025-01-01T00:00:00",
        "unit": "i:USD",
        "own:Axis": "g:M",
    }
    text = oim(
        {
            "f1": {"value": "5000", "decimals": -3, "dimensions": aspects},
            "f2": {"value": "hello", "dimensions": {"concept": "own:Note", "language": "en"}},
            "f3": {"value": "7", "dimensions": {**aspects, "concept": "own:Exact"}},
        },
        namespaces=namespaces,
    )
    first, exact = facts(text, "facts.json").facts
    assert (first.id, first.concept, first.unit, first.period) == ("f1", "us-gaap:Assets", "iso4217:USD", DAY)
    assert (first.dimensions, first.entity, first.decimals) == ((("own:Axis", "us-gaap:M"),), "own:E", -3)
    assert (exact.decimals, exact.decimals_assumed) == (None, False)
    assert first.location is not None and first.location.pointer == "/facts/f1"
    assert text[slice(*(first.location.offset or ()))] == '"5000"'


def test_fact_objects_that_say_no_fact_are_reported_and_the_others_kept() -> None:
    """Among them an id that stands twice: JSON lets it pass, xBRL-JSON does not."""
    good = {"value": "5", "decimals": 0, "dimensions": {"concept": "us-gaap:Assets"}}
    objects = {"a": good, "b": 7, "c": {"value": "5", "dimensions": {}}, "d": {"dimensions": {"concept": "x:Y"}}}
    objects["e"] = {**good, "value": "five"}
    text = oim(objects).replace('"b"', '"a"')
    found = facts(text, "facts.json")
    assert [fact.id for fact in found.facts] == ["a"]
    assert [seen.message.split(" ")[1] for seen in found.observations] == ["a", "c", "d", "e"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "it is no JSON"), ("7", "it holds one value"), ('{"facts": {}}', "it is no xBRL-JSON"), ("  ", "empty"),
        ('{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv"}, "facts": {}}', "names no table"),
        ("[" * 100_000, "it is no JSON"), ("\x00\x01" * 9, "binary"),
    ],
)  # fmt: skip
def test_json_that_holds_no_facts_is_refused(text: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        facts(text, "facts.json")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_an_extracted_facts_file_reads_back_as_it_was(sample: Path, tmp_path: Path) -> None:
    """All but the place, which is now the facts file, and the origin, which is now supplied."""
    extraction = extract_document(sample)
    file = tmp_path / "facts.json"
    file.write_bytes(dump(facts_file(extraction.facts.facts, extraction.document)))
    (back,) = supplied_facts(file)
    written = {fact.id: fact for fact in extraction.facts.facts}
    assert set(back.facts.by_id) == set(written)
    for fact in back.facts.facts:
        before = written[fact.id]
        assert (fact.aspects, fact.value, fact.decimals) == (before.aspects, before.value, before.decimals)
        assert (fact.label, fact.section, fact.printed) == (before.label, before.section, before.printed)
        assert (fact.kind, fact.statement, fact.evidence) == (before.kind, before.statement, before.evidence)
        assert fact.origin == "supplied" and fact.location is not None and fact.location.document == str(file)


def test_labels_give_concepts_signs_and_units() -> None:
    """A flat file without concepts and units, as people export tables."""
    text = "label,value,period,decimals\nTotal assets,500,2024-12-31,0\nNet loss,7,2024,0\n"
    (found,) = supplied_of(text)
    assets, loss = found.facts
    assert (assets.concept, assets.unit) == ("us-gaap:Assets", "iso4217:USD")
    assert (loss.concept, loss.value) == ("us-gaap:NetIncomeLoss", -7)


def supplied_of(text: str) -> list[FactSet]:
    from ticktie.restore.supplied import complete

    return [complete(one.facts) for one in read(text.encode(), "facts.csv")]


BALANCE = "us-gaap:Assets,{},USD,2024-12-31,{d}\nus-gaap:LiabilitiesAndStockholdersEquity,500000,USD,2024-12-31,{d}\n"


@pytest.mark.parametrize(("decimals", "severity"), [("-3", Severity.ERROR), ("", Severity.WARNING)])
def test_without_decimals_findings_stop_at_a_warning(tmp_path: Path, decimals: str, severity: Severity) -> None:
    """What the zeros of the column say may be chance."""
    file = tmp_path / "facts.csv"
    file.write_text(HEAD + BALANCE.format(511000, d=decimals))
    (report,) = check_facts_file(file)
    assert [finding.severity for finding in report.findings] == [severity]


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(map(str, arguments)))
    return done.exit_code, done.output


def test_check_takes_a_facts_file_and_shows_the_cell(tmp_path: Path) -> None:
    """Exit code 1, the line of the file, and a count of what was supplied."""
    file = tmp_path / "facts.csv"
    file.write_text(HEAD + BALANCE.format(511000, d="-3"))
    code, text = run("check", file)
    assert code == 1
    assert f"{file}:2:16" in text and "us-gaap:Assets,511000,USD" in text and "facts   2 figures" in text
    file.write_text(HEAD + BALANCE.format(500000, d="-3"))
    code, text = run("check", file)
    assert (code, "tick coverage 2/2" in text) == (0, True)


def test_check_reports_each_document_of_a_facts_file_and_wrong_rows_as_warnings(tmp_path: Path) -> None:
    """``FILE#DOCUMENT`` in reports; --fail-on warning makes a wrong row fail the run."""
    file = tmp_path / "facts.csv"
    file.write_text("document,concept,value\na.txt,ext:A,1\nb.txt,ext:A,2\nb.txt,ext:B,2x7\n")
    code, text = run("check", file, "--output-format", "concise", "--fail-on", "warning")
    assert code == 1 and "READ021" in text
    code, text = run("check", file, "--output-format", "json")
    assert code == 0
    assert [one["path"] for one in json.loads(text)["documents"]] == [f"{file}#a.txt", f"{file}#b.txt"]


def test_check_maps_names_as_the_configuration_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ticktie.toml").write_text('[columns]\nvalue = "amount"\n[concepts]\nTA = "us-gaap:Assets"\n')
    Path("facts.csv").write_text("concept,amount\nTA,5\n")
    code, text = run("check", "facts.csv", "--output-format", "json")
    (fact,) = json.loads(text)["documents"][0]["facts"].values()
    assert (code, fact["dimensions"]["concept"], fact["value"]) == (0, "us-gaap:Assets", "5")
    Path("ticktie.toml").write_text('[columns]\ncolour = "red"\n')
    code, text = run("check", "facts.csv")
    assert code == 2 and "columns.colour" in text


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "concept,value\n", "no number was read"), ("a.json", "{}", "no xBRL-JSON"),
        ("a.csv", "x\n1\n", "no column"),
    ],
)  # fmt: skip
def test_a_named_file_without_facts_exits_with_3(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    code, said = run("check", tmp_path / name)
    assert (code, words in said) == (3, True)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_quoted_cells_of_any_text_are_read_back(lines: list[list[str]], mark: str) -> None:
    """Quotes doubled, line ends and delimiters inside; a header settles the delimiter."""

    def quoted(cells: list[str]) -> str:
        return mark.join('"' + cell.replace('"', '""') + '"' for cell in cells)

    text = "\n".join([mark.join("abcdefgh"), *map(quoted, lines)])
    found = [[field.text for field in line] for line in csv_lines(text)][1:]
    assert found == [line for line in lines if any(line)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), JSON, max_size=5), st.sampled_from([None, 1]))
def test_members_stand_where_they_are_said_to(data: dict[str, Any], indent: int | None) -> None:
    """The text between a member's offsets is its value."""
    text = " " + json.dumps(data, indent=indent)
    found = list(jsontext.members(text, 0))
    assert {member.key: json.loads(text[member.start : member.end]) for member in found} == data


@given(st.text(max_size=80), st.sampled_from(["a.csv", "a.json", "a.jsonl"]))
def test_any_text_gives_facts_or_a_read_error(text: str, name: str) -> None:
    """Never anything else, and every observation has its place."""
    try:
        found = read(text.encode(), name)
    except ReadError:
        return
    places: list[Location] = [seen.locations[0] for one in found for seen in one.facts.observations]
    assert all(place.line for place in places)

"""xBRL-CSV: tables of facts beside a JSON file that says what their columns mean."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ticktie.model.facts import FactSet, Period
from ticktie.read import facts as facts_files
from ticktie.read.errors import ReadError
from ticktie.read.fields import FieldError
from ticktie.read.oimcsv import period

NAMESPACES = {
    "g": "http://fasb.org/us-gaap/2031", "own": "http://lamps.example/2031", "c": "http://www.sec.gov/CIK",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
}  # fmt: skip


def metadata(columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Metadata of one table t.csv with these columns; ``more`` are further members."""
    held: dict[str, Any] = {
        "documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv", "namespaces": NAMESPACES},
        "tableTemplates": {"t": {"columns": columns}},
        "tables": {"t": {"url": "t.csv"}},
        "dimensions": {"entity": "c:0000000007", "unit": "iso4217:USD"},
        "decimals": -3,
    }
    return {**held, **more}


def read(folder: Path, held: dict[str, Any], **files: str) -> FactSet:
    (folder / "m.json").write_text(json.dumps(held))
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    (found,) = facts_files.read((folder / "m.json").read_bytes(), str(folder / "m.json"))
    return found.facts


def fact_columns(**dimensions: str) -> dict[str, Any]:
    return {"name": {}, "when": {}, "value": {"dimensions": {"concept": "$name", "period": "$when", **dimensions}}}


def test_cell_of_a_fact_column_is_a_fact_with_the_aspects_of_column_template_and_report(tmp_path: Path) -> None:
    held = metadata(fact_columns(**{"own:SiteAxis": "North"}))
    (fact,) = read(tmp_path, held, t="name,when,value\ng:Revenues,2031,1234000\n").facts
    assert (fact.concept, fact.value, fact.decimals, fact.unit) == ("us-gaap:Revenues", 1234000, -3, "iso4217:USD")
    assert (fact.entity, fact.period) == ("cik:0000000007", Period(date(2031, 12, 31), date(2031, 1, 1)))
    assert (fact.id, fact.dimensions) == ("t.r1.value", (("own:SiteAxis", "North"),))
    assert fact.location is not None and (fact.location.line, fact.location.column) == (2, 17)
    assert fact.location.document.endswith("t.csv")


def test_column_of_its_own_concept_parameters_and_row_ids(tmp_path: Path) -> None:
    columns = {"id": {}, "cash": {"dimensions": {"concept": "g:Cash"}, "decimals": "$precision"}}
    held = metadata(columns, parameters={"day": "2031-12-31"})
    held["tableTemplates"]["t"] |= {"rowIdColumn": "id", "dimensions": {"period": "$day@end"}}
    held["tables"]["t"]["parameters"] = {"precision": "2"}
    (fact,) = read(tmp_path, held, t="id,cash\nfirst,7.25\n").facts
    assert (fact.id, fact.decimals, fact.period) == ("t.first.cash", 2, Period(date(2031, 12, 31)))


def test_special_values_are_nil_nothing_and_themselves(tmp_path: Path) -> None:
    text = "name,when,value\ng:A,2031,#nil\ng:B,2031,#none\ng:C,2031,\ng:D,2031,5\n"
    facts = read(tmp_path, metadata(fact_columns()), t=text).facts
    assert [(fact.concept, fact.value) for fact in facts] == [("us-gaap:A", None), ("us-gaap:D", Decimal(5))]


def test_cell_that_cannot_be_read_is_a_finding_with_its_place(tmp_path: Path) -> None:
    text = "name,when,value\ng:A,2031-02-30,5\ng:B,2031,five\n,2031,6\ng:D,2031,7\n"
    facts = read(tmp_path, metadata(fact_columns()), t=text)
    assert [fact.concept for fact in facts.facts] == ["us-gaap:D"]
    assert [one.locations[0].line for one in facts.observations] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031Q2", "2031-04-01", "2031-06-30"),
        ("2031-H2", "2031-07-01", "2031-12-31"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2031-02-03", "2031-02-03", "2031-02-03"),
        ("2031-01-01..2031-06-30", "2031-01-01", "2031-06-30"),
        ("2031Q1..2031Q2", "2031-01-01", "2031-06-30"),
        ("2031@end", None, "2031-12-31"),
        ("2031@start", None, "2030-12-31"),
        ("2031-12-31@end", None, "2031-12-31"),
        ("2032-01-01T00:00:00", None, "2031-12-31"),
        ("2031-01-01T00:00:00/2032-01-01T00:00:00", "2031-01-01", "2031-12-31"),
    ],
)
def test_period_specifier(text: str, start: str | None, end: str) -> None:
    assert period(text) == Period(date.fromisoformat(end), date.fromisoformat(start) if start else None)


@pytest.mark.parametrize("text", ["2031Q5", "soon", "2031-13", "0000", "2031-06-30..2031-01-01x"])
def test_period_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(FieldError):
        period(text)


def test_metadata_extends_another_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.json").write_text(json.dumps(metadata(fact_columns())))
    info = {"documentType": "https://xbrl.org/2021/xbrl-csv", "namespaces": {}, "extends": ["base.json"]}
    (fact,) = read(tmp_path, {"documentInfo": info, "decimals": 0}, t="name,when,value\ng:A,2031,5\n").facts
    assert (fact.concept, fact.decimals) == ("us-gaap:A", 0)


@pytest.mark.parametrize("url", ["../t.csv", "http://lamps.example/t.csv", "none.csv", ""])
def test_table_elsewhere_is_an_error_unless_it_is_optional(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "t.csv").write_text("name,when,value\ng:A,2031,5\n")
    held = metadata(fact_columns(), tables={"t": {"url": url}})
    with pytest.raises(ReadError, match="not beside it"):
        read(folder, held)
    held["tables"]["t"]["optional"] = True
    assert read(folder, held).facts == ()


def test_table_without_template_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no template"):
        read(tmp_path, metadata(fact_columns(), tableTemplates={}), t="name,when,value\n")

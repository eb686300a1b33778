"""XBRL 2.1 instances and the taxonomy beside them: facts, tuples, sums, labels, and what is missing."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

import pytest

from ticktie.check.linkbase import calculations
from ticktie.model.facts import FactSet
from ticktie.pipeline import check_facts_file
from ticktie.read import instance as reader
from ticktie.read.errors import ReadError
from ticktie.read.files import Folder, resolved

from .pages import calculation, instance, schema


def item(name: str, value: str, more: str = 'decimals="0"', context: str = "e") -> str:
    return f'<own:{name} contextRef="{context}" unitRef="usd" {more}>{value}</own:{name}>'


def read(folder: Path, body: str, **files: bytes) -> FactSet:
    """The facts of an instance in ``folder`` beside ``files`` (two underscores stand for the dot)."""
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return reader.read(instance(body), str(folder / "i.xml"), Folder(folder)).facts


ABC = "".join((item("A", "30"), item("B", "20"), item("C", "10")))


def test_items_become_facts_with_their_places(tmp_path: Path) -> None:
    facts = read(tmp_path, item("A", "1234.5", 'decimals="1" id="a1"') + item("B", "", 'xsi:nil="true"'))
    first, second = facts.facts
    assert (first.concept, first.value, first.decimals, first.id) == ("own:A", Decimal("1234.5"), 1, "a1")
    assert second.value is None
    text = instance(item("A", "1234.5", 'decimals="1" id="a1"') + item("B", "", 'xsi:nil="true"')).decode()
    assert first.location is not None and first.location.offset is not None
    assert text[slice(*first.location.offset)] == "1234.5"


@pytest.mark.parametrize(
    ("value", "precision", "decimals"),
    [("1559", "2", -2), ("984.8", "3", 0), ("0.55", "1", 1), ("1559", "INF", None), ("0", "4", None), ("5", "0", -400)],
)
def test_precision_gives_the_decimals_of_its_last_sure_digit(
    tmp_path: Path, value: str, precision: str, decimals: int | None
) -> None:
    assert read(tmp_path, item("A", value, f'precision="{precision}"')).facts[0].decimals == decimals


def test_calculation_linkbase_beside_the_schema_says_which_items_make_a_total(tmp_path: Path) -> None:
    facts = read(tmp_path, ABC, own__xsd=schema("A", "B", "C"), own_cal__xml=calculation("A B 1", "A C -1.0"))
    (relation,) = facts.relations
    assert (relation.total, relation.items) == ("own:A", (("own:B", Decimal(1)), ("own:C", Decimal(-1))))


def test_arcrole_of_calculations_1_1_is_known_too(tmp_path: Path) -> None:
    cal = calculation("A B 1", kind="https://xbrl.org/2023/arcrole/summation-item")
    assert len(read(tmp_path, ABC, own__xsd=schema("A", "B"), own_cal__xml=cal).relations) == 1


@pytest.mark.parametrize(
    ("arcs", "items"),
    [
        (("A B 1", "A C 1", "A C 1 prohibited priority=1"), {"own:B"}),
        (("A B 1", "A C 1 priority=2", "A C 1 prohibited priority=1"), {"own:B", "own:C"}),
        (("A B 1", "A C 1", "A C 1 prohibited"), {"own:B"}),
        (("A B 1", "A C 1", "A C 2 prohibited priority=1"), {"own:B", "own:C"}),
    ],
)
def test_prohibition_removes_arcs_of_no_higher_priority(tmp_path: Path, arcs: tuple[str, ...], items: set[str]) -> None:
    """At equal priority prohibition wins; an arc of another weight is another arc."""
    facts = read(tmp_path, ABC, own__xsd=schema("A", "B", "C"), own_cal__xml=calculation(*arcs))
    assert {concept for concept, _ in facts.relations[0].items} == items


def test_standard_concept_is_known_by_its_id_without_its_taxonomy(tmp_path: Path) -> None:
    cal = calculation("A us-gaap_Revenues 1")
    facts = read(tmp_path, ABC, own__xsd=schema("A"), own_cal__xml=cal)
    assert facts.relations[0].items == (("us-gaap:Revenues", Decimal(1)),) and facts.observations == ()


def test_missing_schema_is_one_note(tmp_path: Path) -> None:
    facts = read(tmp_path, ABC)
    assert [one.kind for one in facts.observations] == ["schema-missing"] and len(facts.facts) == 3


def test_schema_of_the_same_namespace_stands_in_for_a_missing_one_and_so_do_its_linkbases(tmp_path: Path) -> None:
    """The linkbase points at the schema that is missing; one of another filer is left alone."""
    other = calculation("A B 1", file="stranger.xsd")
    facts = read(
        tmp_path, ABC, later__xsd=schema("A", "B", "C", linkbases=("gone_cal.xml",)),
        later_cal__xml=calculation("A B 1", "A C 1"), stranger_cal__xml=other,
    )  # fmt: skip
    assert [len(one.items) for one in facts.relations] == [2]
    assert "later.xsd declares its namespace" in facts.observations[0].message


@pytest.mark.parametrize(
    "name", ["../own.xsd", "http://lamps.example/own.xsd", "//x/y.xsd", "/etc/hostname", "http://["]
)
def test_nothing_outside_the_folder_is_read_or_fetched(tmp_path: Path, name: str) -> None:
    (tmp_path / "own.xsd").write_bytes(schema("A", "B", "C"))
    (tmp_path / "own_cal.xml").write_bytes(calculation("A B 1"))
    (tmp_path / "sub").mkdir()
    found = reader.read(instance(ABC, schema=name), "i.xml", Folder(tmp_path / "sub")).facts
    assert found.relations == () and len(found.facts) == 3


def test_names_resolve_against_the_file_that_holds_them() -> None:
    assert resolved("a/b.xsd", "../c.xsd#x") == ("c.xsd", "x")
    assert resolved("", "../c.xsd") == ("../c.xsd", "")
    assert resolved("a/b.xsd", "#x") == ("a/b.xsd", "x")
    assert resolved("http://x/y/z.xsd", "q.xsd") == ("http://x/y/q.xsd", "")


def test_total_binds_items_beside_it_and_in_tuples_beside_it_but_not_those_outside_its_own(tmp_path: Path) -> None:
    inner = item("B", "20") + item("C", "2")
    body = item("A", "3") + item("B", "2") + item("C", "1") + f"<own:T>{item('A', '22')}{inner}</own:T>"
    facts = read(tmp_path, body, own__xsd=schema("A", "B", "C"), own_cal__xml=calculation("A B 1", "A C 1"))
    top, within = calculations(facts)
    assert (top.computed.low, top.computed.high) == (Decimal("23"), Decimal("27"))
    assert len(within.terms) == 2 and "consistent" in within.said("1.1-round")


def test_broken_sum_is_an_error_only_where_every_item_stands(tmp_path: Path) -> None:
    (tmp_path / "own.xsd").write_bytes(schema("A", "B", "C"))
    (tmp_path / "own_cal.xml").write_bytes(calculation("A B 1", "A C 1"))
    path = tmp_path / "i.xml"
    for body, outcome, found in ((ABC, "tied", []), (ABC.replace(">10<", ">14<"), "broken", ["CALC001"]),
                                 (item("A", "30") + item("B", "20"), "incomplete", [])):  # fmt: skip
        path.write_bytes(instance(body))
        (report,) = check_facts_file(path)
        assert [check.outcome for check in report.checks if check.rule == "CALC001"] == [outcome]
        assert [finding.rule for finding in report.findings] == found


def test_one_sum_in_two_roles_is_one_check(tmp_path: Path) -> None:
    cal = calculation("A B 1", "A C 1").decode()
    start, end = cal.index("<link:calculationLink"), cal.index("</link:linkbase>")
    doubled = cal[:end] + cal[start:end].replace("role/income", "role/note") + cal[end:]
    (tmp_path / "own.xsd").write_bytes(schema("A", "B", "C"))
    (tmp_path / "own_cal.xml").write_bytes(doubled.encode())
    (tmp_path / "i.xml").write_bytes(instance(ABC))
    (report,) = check_facts_file(tmp_path / "i.xml")
    assert [check.rule for check in report.checks] == ["CALC001"]


def test_what_is_no_instance_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no XBRL instance"):
        reader.read(b"<a/>", "a.xml")
    with pytest.raises(ReadError, match="line 1"):
        reader.read(b"<a>", "a.xml")


CASES = ("320-CalculationBinding.xml", "322-XmlXbrlInteraction.xml", "397-Testcase-SummationItem.xml")


def test_every_variation_of_the_conformance_suite_has_its_verdict(shared: Path) -> None:
    """70 variations of calculation binding (320), defaulted precision (322) and summation (397)."""
    folder = shared / "conformance/xbrl-2.1/Common/300-instance"
    wrong, count = [], 0
    for name in CASES:
        for variation in ElementTree.fromstring((folder / name).read_bytes()).iter("variation"):
            file = folder / (variation.findtext("data/instance") or "").strip()
            facts = reader.read(file.read_bytes(), str(file), Folder(folder)).facts
            consistent = all("inconsistent" not in one.said("xbrl-2.1") for one in calculations(facts))
            result = variation.find("result")
            count += 1
            if result is None or (result.get("expected") == "valid") != consistent:
                wrong.append(file.name)
    assert (count, wrong) == (70, [])

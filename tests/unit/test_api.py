"""The Python API: ``ticktie.check`` on files, fact sets, rows of mappings and Arrow frames."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ticktie
from tests.support import PROJECT
from ticktie.check.rule import RuleError
from ticktie.model.facts import FactSet
from ticktie.model.findings import Severity

from .cases import fact_set

SAMPLE = PROJECT / "samples" / "brightwater_sensors.txt"
ROWS: list[dict[str, Any]] = [
    {"concept": "us-gaap:Assets", "value": "512000", "unit": "USD", "end": "2024-12-31", "decimals": -3},
    {
        "concept": "us-gaap:LiabilitiesAndStockholdersEquity", "value": 500000, "unit": "USD",
        "end": date(2024, 12, 31), "decimals": "-3",
    },
]  # fmt: skip


def test_rows_are_checked_and_findings_name_their_numbers() -> None:
    """The place of a row in memory is its number."""
    (found,) = ticktie.check(ROWS, name="export").findings
    assert found.severity == Severity.ERROR
    assert [(place.document, place.pointer) for place in found.locations] == [("export", "/0"), ("export", "/1")]


def test_fact_sets_and_facts_are_checked_as_they_are() -> None:
    facts = fact_set(["a Assets 2024-12-31 5000 -3", "l LiabilitiesAndStockholdersEquity 2024-12-31 9000 -3"])
    assert len(ticktie.check(facts).findings) == len(ticktie.check(list(facts.facts)).findings) == 1
    assert ticktie.check(FactSet(())).findings == ()


def test_files_are_checked_like_on_the_command_line(tmp_path: Path) -> None:
    """Documents and facts files by path or name."""
    assert ticktie.check(SAMPLE).findings == ticktie.check_document(SAMPLE).findings
    file = tmp_path / "facts.csv"
    file.write_text("tag,value,unit\nTA,5,USD\n")
    report = ticktie.check(
        str(file), columns={"concept": "tag"}, concepts={"TA": "us-gaap:Assets"}, entity="cik:0000000001"
    )
    (fact,) = report.facts
    assert (fact.concept, fact.value, fact.entity) == ("us-gaap:Assets", Decimal(5), "cik:0000000001")


def test_columns_and_concepts_map_rows_too() -> None:
    rows = [{"tag": "TA", "amount": 5}]
    report = ticktie.check(rows, columns={"concept": "tag", "value": "amount"}, concepts={"TA": "us-gaap:Assets"})
    assert report.facts[0].concept == "us-gaap:Assets"


def test_rules_of_a_folder_are_added(tmp_path: Path) -> None:
    """A folder of one's own; one that cannot be used says so."""
    (tmp_path / "OWN001.toml").write_text(
        'id = "OWN001"\nname = "own-rule"\nkind = "formula"\nseverity = "warning"\nsummary = "S."\nwhy = "W."\n'
        'remedy = "R."\nsource = "Us"\nadded = "0.1.0"\nholds = "Assets <= 1000"\n'
    )
    for rules in (tmp_path, str(tmp_path), [tmp_path]):
        assert "OWN001" in [check.rule for check in ticktie.check(ROWS, rules=rules).checks]
    with pytest.raises(RuleError, match="no such rule folder"):
        ticktie.check(ROWS, rules=[tmp_path / "none"])


def test_wrong_rows_are_findings_and_rows_without_any_fact_an_error() -> None:
    report = ticktie.check([*ROWS, {"value": 5}, "text"])
    assert [found.rule for found in report.findings].count("READ021") == 2
    with pytest.raises(ticktie.ReadError, match="it holds no fact"):
        ticktie.check([])


def test_facts_of_several_documents_are_refused() -> None:
    """They would be compared with each other."""
    rows = [{**row, "document": name} for row in ROWS for name in ("a", "b")]
    with pytest.raises(ValueError, match="2 documents"):
        ticktie.check(rows)


def test_arrow_tables_are_taken_as_they_are() -> None:
    """Decimals stay exact, dates are days, nulls are missing."""
    arrow = pytest.importorskip("pyarrow")
    frame = arrow.table(
        {
            "concept": [row["concept"] for row in ROWS],
            "value": arrow.array([Decimal("512000.10"), Decimal("500000.00")], arrow.decimal128(20, 2)),
            "unit": ["USD", "USD"],
            "end": [date(2024, 12, 31)] * 2,
            "decimals": arrow.array([-3, None], arrow.int32()),
        }
    )
    report = ticktie.check(frame)
    assert [(fact.value, fact.decimals) for fact in report.facts] == [(Decimal("512000.10"), -3), (Decimal(500000), -5)]
    assert report.facts[1].decimals_assumed


class Frame:
    """A frame of a library that nobody has heard of."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def test_any_frame_with_an_arrow_stream_is_taken() -> None:
    """Floats are read as they print, so that no digit is invented."""
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table(
        {"concept": ["ext:A", "ext:B"], "value": [0.1, 1e16], "start": ["2024-01-01"] * 2, "end": ["2024-12-31"] * 2}
    )
    facts = ticktie.check(Frame(table)).facts
    assert [fact.value for fact in facts] == [Decimal("0.1"), Decimal(10) ** 16]


def test_frames_without_pyarrow_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ticktie.ReadError, match="pip install pyarrow"):
        ticktie.check(Frame(None))


@pytest.mark.parametrize(
    "before", ["", "import ticktie.check.engine", "from ticktie.check.engine import check", "import ticktie.check"]
)
def test_check_is_a_function_and_a_room_whichever_is_imported_first(before: str) -> None:
    """The name stands for both, in any order of imports."""
    script = (
        f"{before}\nimport ticktie\n"
        "rows = [{'concept': 'us-gaap:Assets', 'value': 5}]\n"
        "print(len(ticktie.check(rows).facts), ticktie.check.engine.check.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "check"]

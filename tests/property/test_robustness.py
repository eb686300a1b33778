"""Whatever damage a release has, the pipeline answers: every fact has its place, and what it reads wrong it marks."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.damage import KINDS, damaged
from tests.property.document import Release
from tests.property.matching import Json
from tests.property.measure import measure, pipeline_reader
from tests.property.releases import release

SEEDS = st.integers(0, 10**6)
STYLES = st.sampled_from(("a", "b"))
TWO_KINDS = st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=2, unique=True).map(tuple)


def reports_of(doc: Release, times: int = 1) -> tuple[str, list[Json]]:
    """The text of a document and its entry in the report, read ``times`` times."""
    text = doc.render()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.txt"
        path.write_text(text, encoding="utf-8")
        return text, [pipeline_reader(path) for _ in range(times)]


def report_of(doc: Release) -> tuple[str, Json]:
    text, entries = reports_of(doc)
    return text, entries[0]


@settings(max_examples=60)
@given(SEEDS, TWO_KINDS, STYLES)
def test_every_location_points_at_the_print_of_its_fact(seed: int, kinds: tuple[str, ...], style: str) -> None:
    text, entry = report_of(damaged(seed, kinds, style))
    assert entry["error"] is None
    for fact in entry["facts"].values():
        place, printed = fact["ticktie:location"], fact["ticktie:printed"]
        if printed and place and place["offset"]:
            first, last = place["offset"]
            assert text[first:last].split() == printed.split()
            assert text[:first].count("\n") + 1 == place["line"]


@settings(max_examples=40)
@given(SEEDS, TWO_KINDS, STYLES)
def test_the_same_document_gives_the_same_report(seed: int, kinds: tuple[str, ...], style: str) -> None:
    _, (one, two) = reports_of(damaged(seed, kinds, style), times=2)
    assert one == two


@settings(max_examples=40)
@given(SEEDS, STYLES)
def test_a_clean_release_raises_no_error(seed: int, style: str) -> None:
    _, entry = report_of(release(seed, style))
    assert [f["message"] for f in entry["findings"] if f["severity"] == "error"] == []


@settings(max_examples=40)
@given(SEEDS, TWO_KINDS, STYLES)
def test_every_named_fact_of_checks_and_findings_exists(seed: int, kinds: tuple[str, ...], style: str) -> None:
    _, entry = report_of(damaged(seed, kinds, style))
    named = {x for f in entry["findings"] for x in f["facts"]}
    named |= {x for c in entry["checks"] for x in (c["total"], *(i["fact"] for i in c["items"]))}
    assert named <= set(entry["facts"])


@pytest.mark.parametrize("style", ["a", "b"])
def test_clean_releases_are_read_whole(style: str) -> None:
    total = measure(30, 7, ("undamaged",), style=style)["total"]
    assert total["right_ratio"] >= 0.99
    assert total["wrong_unmarked_ratio"] <= 0.002
    assert total["marked_ratio"] <= 0.05


@pytest.mark.parametrize("style", ["a", "b"])
def test_single_damage_is_read_through(style: str) -> None:
    result = measure(96, 7, KINDS, style=style)
    assert result["total"]["right_ratio"] >= 0.97
    assert result["total"]["wrong_unmarked_ratio"] <= 0.002
    assert result["total"]["marked_ratio"] <= 0.05

"""ticktie score: the same figures as the scorer beside the documents, on what was read and on damaged copies of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from ticktie.cli.main import main
from ticktie.gate.score import judged, kind_of, score
from ticktie.gate.truth import ScoreError, share
from ticktie.model.findings import Report
from ticktie.pipeline import check_document, extract_document
from ticktie.render import Options, render
from ticktie.render.facts import facts_file
from ticktie.render.json import dump

from .shared import shared_folder

Json = dict[str, Any]
SEEDS = ("000", "001", "002", "004")


def numbers(figures: Json) -> Json:
    """The figures and counts without the lists of what is missing or wrong."""
    found: Json = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            found[name] = numbers(value)
        elif not isinstance(value, list):
            found[name] = value
    return found


def theirs(what: str, out: Path, truth: Path, *options: str) -> Json:
    """What the scorer beside the documents says."""
    command = [sys.executable, str(shared_folder() / "score/score.py"), what, str(out), str(truth), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return numbers(json.loads(done.stdout))


def ours(what: str, out: Path, truth: Path, noise: Path | None = None, only: str | None = None) -> Json:
    return numbers(score(what, out, truth, noise, only))


def damaged(data: Json, seed: int) -> Json:
    """A copy of an output in which facts are lost and changed in every way that a scorer looks at."""
    random = Random(seed)
    copy: Json = json.loads(json.dumps(data))
    holders = copy.get("documents", [copy])
    for holder in holders:
        for name in list(holder["facts"]):
            if random.random() < 0.3:
                _damage(holder["facts"], name, random)
        for finding in holder.get("findings", []):
            if random.random() < 0.5:
                finding["severity"] = random.choice(["error", "warning", "note"])
    return copy


def _damage(facts: Json, name: str, random: Random) -> None:
    fact, dice = facts[name], random.randrange(8)
    if dice == 0:
        del facts[name]
    elif dice == 1:
        fact["value"] = str(fact["value"]).replace("1", "7")
    elif dice == 2:
        fact["dimensions"].pop("unit", None)
    elif dice == 3:
        fact["dimensions"]["period"] = "2003-01-01T00:00:00/2004-01-01T00:00:00"
    elif dice == 4:
        fact["ticktie:label"] = "Something else"
        fact["dimensions"]["concept"] = "ext:Else"
    elif dice == 5:
        fact["decimals"] = 1
        fact["ticktie:location"]["line"] = 7
    elif dice == 6:
        fact["ticktie:state"] = random.choice(["tied", "broken", "unverified"])
        fact["ticktie:ties_to"] = [random.choice(list(facts))]
    else:
        fact["dimensions"]["srt:RangeAxis"] = "srt:MinimumMember"
        facts[f"{name}-again"] = json.loads(json.dumps(fact))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts files, reports of each seed and of all, and two damaged copies of each."""
    folder = tmp_path_factory.mktemp("outputs")
    seeds = [next((shared_folder() / "seeds").glob(f"{seed}*.txt")) for seed in SEEDS]
    reports = [check_document(path) for path in seeds]
    for seed, path, report in zip(SEEDS, seeds, reports, strict=True):
        extraction = extract_document(path)
        (folder / f"{seed}.facts.json").write_bytes(dump(facts_file(extraction.facts.facts, extraction.document)))
        (folder / f"{seed}.report.json").write_bytes(render("json", Report((report,)), Options()))
    (folder / "all.report.json").write_bytes(render("json", Report(tuple(reports)), Options()))
    for file in list(folder.iterdir()):
        for seed in (1, 2):
            copy = damaged(json.loads(file.read_bytes()), seed)
            file.with_suffix(f".{seed}.json").write_text(json.dumps(copy))
    return folder


def copies(folder: Path, name: str) -> Iterator[Path]:
    found = sorted(folder.glob(f"{name}*.json"))
    assert len(found) == 3
    yield from found


@pytest.mark.parametrize("seed", ["000", "002", "004"])
def test_tables_score_as_beside_the_documents(outputs: Path, seed: str) -> None:
    """Seeds, with their noise, as read and damaged."""
    truth = shared_folder() / "truth/seeds"
    tables, noise = truth / "seed_truth_tables.jsonl", truth / "seed_truth_noise.jsonl"
    for out in copies(outputs, f"{seed}.facts"):
        expected = theirs("tables", out, tables, "--only", seed, "--noise", str(noise))
        assert ours("tables", out, tables, noise, seed) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_claims_score_as_beside_the_documents(outputs: Path, seed: str) -> None:
    """The report of one document, since ties and states are compared."""
    truth = shared_folder() / "truth/seeds/seed_truth_narrative.jsonl"
    for out in copies(outputs, f"{seed}.report"):
        assert ours("narrative", out, truth, only=seed) == theirs("narrative", out, truth, "--only", seed)


def test_findings_and_percentages_score_as_beside_the_documents(outputs: Path) -> None:
    """Findings over all four seeds; the percentages of counts in the one that has them."""
    folder = shared_folder() / "truth/seeds"
    for out in copies(outputs, "all.report"):
        truth = folder / "seed_truth_findings.jsonl"
        assert ours("findings", out, truth) == theirs("findings", out, truth)
    for out in copies(outputs, "001.report"):
        truth = folder / "seed_truth_grim.jsonl"
        assert ours("grim", out, truth) == theirs("grim", out, truth)


@pytest.mark.parametrize("kind", ["tables", "narrative"])
def test_releases_score_as_beside_the_documents(outputs: Path, tmp_path: Path, kind: str) -> None:
    """Every truth file of releases, with their percent columns, operands and ranges, against facts made from it."""
    for truth in sorted((shared_folder() / "truth/releases").glob(f"*.{kind}.jsonl")):
        rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
        made = {"facts": {f"f{n}": fact for n, row in enumerate(rows) if (fact := made_of(row, kind, n))}}
        for seed in (0, 1, 2):
            out = tmp_path / f"{seed}.json"
            out.write_text(json.dumps(damaged(made, seed) if seed else made))
            assert ours(kind, out, truth) == theirs(kind, out, truth), truth.name


def made_of(row: Json, kind: str, number: int) -> Json | None:
    """The fact that a perfect reader would state of ``row``."""
    if row.get("value") is None:
        return None
    statement = {"balance": "balance-sheet", "income": "income-statement"}.get(row.get("statement", ""), "cash-flow")
    aspects = {"concept": row.get("concept") or "ext:X", "unit": row.get("unit"), "period": oim(row.get("period"))}
    return {
        "value": row["value"],
        "decimals": row.get("decimals"),
        "dimensions": {name: value for name, value in aspects.items() if value not in (None, "pure")},
        "ticktie:kind": "table" if kind == "tables" else "narrative",
        "ticktie:label": row.get("label") or row.get("metric"),
        "ticktie:statement": statement if kind == "tables" else None,
        "ticktie:location": {"line": row.get("line")},
        "ticktie:printed": row.get("raw") or row.get("mention"),
        "ticktie:state": "tied" if row.get("ties") is True else "unverified",
        "ticktie:ties_to": [f"f{number + 1}", f"f{number - 1}"],
    }


def oim(period: Json | None) -> str | None:
    """Inclusive dates as they stand: both scorers read a date without a time as that day."""
    if not period:
        return None
    return period.get("instant") or f"{period['start']}/{period['end']}"


def test_filings_score_as_beside_the_documents(tmp_path: Path) -> None:
    """The facts of every tagged filing as its own output, whole and damaged."""
    for truth in sorted((shared_folder() / "corpus/ixbrl_truth").glob("*.jsonl")):
        rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
        facts = {f"f{n}": tagged(row) for n, row in enumerate(rows) if row["value"] is not None}
        for seed in (0, 1):
            out = tmp_path / f"{seed}.json"
            out.write_text(json.dumps(damaged({"facts": facts}, seed) if seed else {"facts": facts}))
            assert ours("filing", out, truth) == theirs("filing", out, truth), truth.name


def tagged(row: Json) -> Json:
    return {
        "value": row["value"],
        "dimensions": {
            "concept": row["concept"], "unit": row["unit"], "period": oim(row["period"]), **row["dimensions"]
        },
        "ticktie:kind": "table",
        "ticktie:statement": row["statement"],
        "ticktie:location": {"line": 1},
    }  # fmt: skip


def test_kind_of_every_truth_file_is_told_by_its_first_row() -> None:
    """No --kind is needed for files of the known kinds."""
    seeds = shared_folder() / "truth/seeds"
    names = ("tables", "narrative", "findings", "grim")
    assert [kind_of(seeds / f"seed_truth_{name}.jsonl") for name in names] == list(names)
    filing = next((shared_folder() / "corpus/ixbrl_truth").glob("*.jsonl"))
    assert kind_of(filing) == "filing"


TRUTH = {"line": 3, "label": "Net sales", "period": {"instant": "2024-12-31"}, "value": "5", "unit": "USD"}
FACT = {
    "value": "5",
    "dimensions": {"concept": "us-gaap:Revenues", "unit": "iso4217:USD", "period": "2025-01-01T00:00:00"},
    "ticktie:kind": "table",
    "ticktie:label": "Net sales",
    "ticktie:statement": "income-statement",
    "ticktie:location": {"line": 3},
}


def files(folder: Path, facts: Json) -> list[str]:
    """An output and a truth file with two rows, of which ``facts`` may state one."""
    (folder / "out.json").write_text(json.dumps({"facts": facts}))
    rows = (TRUTH, {**TRUTH, "label": "Cost", "value": "3", "line": 4})
    (folder / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return ["score", str(folder / "out.json"), str(folder / "truth.jsonl")]


def test_a_threshold_that_is_met_exits_with_0_and_one_that_is_missed_with_1(tmp_path: Path) -> None:
    """Half of the truth is read."""
    command = files(tmp_path, {"a": FACT})
    assert CliRunner().invoke(main, [*command, "--min-recall", "0.5", "--min-precision", "1"]).exit_code == 0
    missed = CliRunner().invoke(main, [*command, "--min-recall", "0.51"])
    assert missed.exit_code == 1
    assert "missed min-recall: wanted at least 0.51, got 1/2" in missed.output


def test_a_threshold_is_never_met_by_rounding() -> None:
    """0.97996 is 0.98 to four places for people, and less than it for a gate."""
    figures = {"recall": share(97_996, 100_000)}
    assert figures["recall"] == 0.98
    assert [one.met for one in judged("tables", figures, {"recall": "0.98", "precision": None})] == [False]


def test_check_itself_may_be_held_against_the_truth(tmp_path: Path) -> None:
    """``check --truth``: the facts that it reads, without a second command."""
    line = "Revenue,5,2031-12-31,income-statement,table"
    (tmp_path / "facts.csv").write_text(f"label,value,period,statement,kind\n{line}\n")
    rows = [{"label": "Revenue", "value": "5", "unit": "USD", "period": {"instant": "2031-12-31"}}]
    (tmp_path / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in [*rows, {**rows[0], "value": "6"}]))
    command = ["check", str(tmp_path / "facts.csv"), "--truth", str(tmp_path / "truth.jsonl")]
    assert CliRunner().invoke(main, [*command, "--min-recall", "1/2"]).exit_code == 0
    missed = CliRunner().invoke(main, [*command, "--min-recall", "51%"])
    assert missed.exit_code == 1 and "min-recall: wanted at least 51%, got 1/2" in missed.output
    assert CliRunner().invoke(main, [*command[:2], "--min-recall", "1"]).exit_code == 2


def test_the_text_names_figures_counts_and_what_is_missing(tmp_path: Path) -> None:
    """One line a figure, then the lists."""
    shown = CliRunner().invoke(main, files(tmp_path, {"a": FACT})).output
    assert "recall           0.5" in shown
    assert "truth 2, read 1" in shown
    assert "4 | Cost" in shown


def test_json_holds_the_same_figures(tmp_path: Path) -> None:
    """For programs."""
    shown = CliRunner().invoke(main, [*files(tmp_path, {"a": FACT}), "--output-format", "json"]).output
    assert json.loads(shown)["recall"] == 0.5


def test_nothing_read_has_no_precision_and_misses_its_threshold(tmp_path: Path) -> None:
    """A share of nothing is no number."""
    command = files(tmp_path, {})
    assert CliRunner().invoke(main, [*command, "--min-precision", "0"]).exit_code == 1


@pytest.mark.parametrize(
    ("out", "truth", "options", "words"),
    [
        ("{", "{}", [], "cannot be read as JSON"),
        ("[1]", "{}", [], "it holds no facts"),
        ('{"facts": {}}', "", [], "it holds no rows"),
        ('{"facts": {}}', "7", [], "a line is no JSON object"),
        ('{"facts": {}}', '{"percent": "1", "denominator": 1}', [], "not files of kind grim"),
        ('{"documents": []}', '{"value": "1"}', [], "it holds no facts"),
        ('{"facts": {}, "checks": []}', '{"denominator": 1, "percent": "1", "nearest_count": 1}',
         ["--min-precision", "1"], "kind grim gives no precision"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_compared_are_usage_errors(
    tmp_path: Path, out: str, truth: str, options: list[str], words: str
) -> None:
    """The message names the file and what to give."""
    (tmp_path / "out.json").write_text(out)
    (tmp_path / "truth.jsonl").write_text(truth)
    command = ["score", str(tmp_path / "out.json"), str(tmp_path / "truth.jsonl"), *options]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 2
    assert words in done.output


def test_a_report_of_two_documents_is_refused_where_one_is_wanted(tmp_path: Path) -> None:
    """Which one would be compared?"""
    out = tmp_path / "out.json"
    out.write_text(json.dumps({"documents": [{"facts": {}}, {"facts": {}}]}))
    truth = tmp_path / "truth.jsonl"
    truth.write_text(json.dumps(TRUTH))
    with pytest.raises(ScoreError, match="2 documents; give a report of one"):
        score("tables", out, truth)

"""Filings tagged by their filers: the face statements as supplied facts, and errors made on purpose in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from msgspec.structs import replace

from ticktie.gate.errors import Injection
from ticktie.model.facts import Fact, FactSet
from ticktie.read.facts import read

KINDS = ("substitute", "transpose", "sign", "scale", "drop", "swap")
Row = dict[str, Any]


@dataclass(frozen=True)
class Filing:
    """The face facts of one filing, as rows of the truth and as supplied facts; ``key`` tells its bytes."""

    name: str
    key: str
    rows: list[Row]
    facts: FactSet


def filings(shared: Path) -> Iterator[Filing]:
    """Every filing of the corpus whose facts are known from its tags."""
    for path in sorted((shared / "corpus/ixbrl_truth").glob("*.jsonl")):
        yield _filing(path)


def _filing(path: Path) -> Filing:
    """The undimensioned facts of the face statements in the order of the file, of duplicates the most precise."""
    data = path.read_bytes()
    rows = [json.loads(line) for line in data.decode().splitlines()]
    face = [row for row in rows if row["statement"] and not row["dimensions"] and row["value"] is not None]
    best: dict[str, Row] = {}
    for row in face:
        key = json.dumps([row["concept"], row["unit"], row["period"]])
        if key not in best or _precision(row) > _precision(best[key]):
            best[key] = row
    kept = [row for row in face if any(row is one for one in best.values())]
    written = "".join(json.dumps(row) + "\n" for row in kept).encode()
    return Filing(path.stem, sha256(data).hexdigest()[:8], kept, read(written, path.name)[0].facts)


def _precision(row: Row) -> float:
    return float("inf") if row["decimals"] in (None, "INF") else int(row["decimals"])


@cache
def _injector(shared: Path) -> ModuleType:
    spec = spec_from_file_location("shared_inject", shared / "score/inject.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def injected(shared: Path, filing: Filing, kinds: Iterable[str] = KINDS) -> list[Injection]:
    """Each kind of error once in every face fact that it applies to."""
    inject = _injector(shared)
    found: list[Injection] = []
    for at, kind, seed in inject.plan(filing.rows, tuple(kinds)):
        made = inject.inject_fact(filing.rows, at, kind, Random(seed))
        if made is not None:
            rows, record = made
            places = [at, *([record["partner"]] if kind == "swap" else [])]
            found.append(Injection(kind, tuple(_wrong(filing.facts.facts[n], rows[n]) for n in places)))
    return found


def _wrong(fact: Fact, row: Row) -> Fact:
    decimals = None if row["decimals"] in (None, "INF") else int(row["decimals"])
    return replace(fact, value=Decimal(row["value"]), decimals=decimals)

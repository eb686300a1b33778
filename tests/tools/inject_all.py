"""Every error of every kind in every face fact of the tagged filings, once: ``python -m tests.tools.inject_all OUT``.

Writes one line of JSON an error (filing, kind, facts, and what the checks said) and at the end the rates. It takes a
quarter of an hour; filings that OUT already holds are not tried again, so that it can be stopped and started. The exam
tries a sample of the same errors.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import asdict
from tests.exam.filings import Filing, filings, injected
from tests.support import shared_folder

from ticktie.gate.mutate import Outcome, Tally, mutate, tally
from ticktie.pipeline import rule_book

Line = dict[str, object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, metavar="OUT", help="file of JSON lines, continued where it exists")
    parser.add_argument("--every", type=int, default=1, help="only every so many (default: 1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    asked = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        parser.error("no folder of shared documents; set TICKTIE_SHARED to its path")
    done = {line["filing"] for line in _lines(asked.out)}
    for filing in filings(shared):
        if filing.key not in done:
            _append(asked.out, tried(shared, filing, asked.every, asked.jobs))
    for line in rates(asked.out):
        print(line)


def tried(shared: Path, filing: Filing, every: int, jobs: int) -> Iterator[Line]:
    """What the checks say of the errors in one filing."""
    wrong = injected(shared, filing)[::every]
    outcomes = mutate(filing.facts, rule_book(), wrong, jobs)
    for injection, outcome in zip(wrong, outcomes, strict=True):
        facts = [[one.id, one.concept, str(one.value)] for one in injection.wrong]
        yield {"filing": filing.key, "kind": injection.kind, "facts": facts, **asdict(outcome)}


def _append(out: Path, lines: Iterator[Line]) -> None:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    with out.open("a", encoding="utf-8") as file:
        file.write(text)


def _lines(out: Path) -> list[Line]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []


def rates(out: Path) -> Iterator[str]:
    """Found, found of those touched, pinned of those found, right of the unique repairs: of all errors, by kind and by
    filing."""
    lines = _lines(out)
    yield _rate("all", lines)
    for by in ("kind", "filing"):
        for name in dict.fromkeys(line[by] for line in lines):
            yield _rate(str(name), [line for line in lines if line[by] == name])


def _rate(name: str, lines: list[Line]) -> str:
    names = Outcome.__struct_fields__
    counts: Tally = tally(Outcome(**{name: bool(line[name]) for name in names}) for line in lines)
    pairs = ((counts.found, counts.injected), (counts.ticked_found, counts.ticked), (counts.pinned, counts.found),
             (counts.right, counts.repaired))  # fmt: skip
    found, touched, pinned, right = (f"{part}/{whole} {part / max(whole, 1):.4f}" for part, whole in pairs)
    return f"{name:<12} found {found}   of touched {touched}   pinned {pinned}   unique repairs right {right}"


if __name__ == "__main__":
    main()

"""Damage tagged reports, instances, linkbases and facts files in every way, and see that each gives facts or a clear
refusal: ``python -m tests.bench.fuzz [COUNT]``. Seeds are invented reports, and slices of filings where there are any.
"""

from __future__ import annotations

import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.support import shared_folder
from tests.unit.pages import calculation, figure, instance, page, schema
from ticktie.pipeline import check_facts
from ticktie.read import facts
from ticktie.read.errors import ReadError

COUNT = 50_000
_SLOW = 5.0
_CONTEXTS, _FIGURES = 12, 25
_TOKENS = (
    b"<", b">", b"/>", b'"', b"'", b"&", b"&#0;", b"&nbsp;", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?xml version='1.0'?>", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"99999-12-31", b"0000-00-00", b"1e999999999", b"NaN", b"INF", b"1000000000", b"-", b"\xe2\x80\x94",
    b"xsi:nil='true'", b"<ix:nonFraction>", b"</ix:nonFraction>", b"<div>" * 300, b"#", b"..", b"$",
    b"{", b"}", b"[", b"]", b":", b",", b"null", b"\\ud800", b"\r", b"\n",
)  # fmt: skip


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    rng, outcomes = random.Random(count), Counter[str]()
    seeds = list(_seeds())
    with TemporaryDirectory() as folder:
        (Path(folder) / "own.xsd").write_bytes(schema("A", "B", "C"))
        (Path(folder) / "t.csv").write_bytes(b"n,v\ng:A,5\n")
        for number in range(count):
            name, data = rng.choice(seeds)
            outcomes[_outcome(Path(folder), name, _damaged(data, rng), rng, number)] += 1
    print(f"{count:,} damaged files of {len(seeds)} seeds: {dict(outcomes)}")
    return 1 if outcomes["crash"] or outcomes["slow"] else 0


def _outcome(folder: Path, name: str, data: bytes, rng: random.Random, number: int) -> str:
    """Read (and sometimes check) one damaged file; a crash is printed with the number of the file."""
    path = folder / name
    if name.endswith("_cal.xml"):
        path.write_bytes(data)
        path, data = folder / "i.xml", instance(_ITEMS)
    start = perf_counter()
    try:
        for one in facts.read(data, str(path)):
            if rng.random() < 0.1:
                check_facts(one.facts, str(path))
        outcome = "read"
    except ReadError:
        outcome = "refused"
    except Exception:
        print(f"file {number} of {name}:\n{traceback.format_exc(limit=-3)}")
        outcome = "crash"
    return "slow" if perf_counter() - start > _SLOW else outcome


def _damaged(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, length = rng.randrange(len(data) + 1), rng.choice((0, 1, 3, 20, 200))
        piece = rng.choice((b"", rng.choice(_TOKENS), data[at : at + length] * 2, rng.randbytes(rng.randrange(4))))
        if rng.random() < 0.3:
            other = rng.randrange(len(data) + 1)
            piece = data[other : other + length]
        data = data[:at] + piece + data[at + length :]
    return data


_ITEMS = "".join(
    f'<own:{name} contextRef="e" unitRef="usd" decimals="0">{value}</own:{name}>'
    for name, value in (("A", 30), ("B", 20), ("C", 10))
)
_OIM = '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-%s", "namespaces": {"g": "urn:g"}}, %s}'
_CSV = _OIM % (
    "csv",
    '"tableTemplates": {"t": {"columns": {"n": {}, "v": {"dimensions": {"concept": "$n", "period": "2031Q1@end"}}}}}, '
    '"tables": {"t": {"url": "t.csv", "optional": true}}, "dimensions": {"unit": "iso4217:USD"}, "decimals": 0',
)
_JSON = _OIM % (
    "json",
    '"facts": {"a": {"value": "5", "decimals": -3, "dimensions": '
    '{"concept": "g:A", "unit": "iso4217:USD", "period": "2031-01-01T00:00:00"}}}',
)


def _seeds() -> Iterator[tuple[str, bytes]]:
    table = f"<table><tr><td>{figure('g:Assets', '1,234', 'e')}</td></tr></table>"
    yield "a.htm", page(table + figure("g:Revenues", figure("own:Lamps", "7")), hidden=figure("own:Lamps", "7", "m"))
    yield "b.htm", page(table, schema="own.xsd")
    yield "i.xml", instance(_ITEMS)
    yield "own_cal.xml", calculation("A B 1", "A C 1")
    yield "m.json", _CSV.encode()
    yield "f.json", _JSON.encode()
    yield "f.csv", b"concept,value,period,unit\nus-gaap:Assets,5,2031-12-31,USD\n"
    shared = shared_folder()
    for file in sorted((shared / "corpus").glob("ixbrl/*/*.htm")) if shared else ():
        yield "c.htm", _slice(file.read_bytes())
    for file in sorted((shared / "corpus/xbrl").glob("*/*_cal.xml")) if shared else ():
        yield "own_cal.xml", file.read_bytes()[:20_000]


def _slice(data: bytes) -> bytes:
    """A small page of a large one: its root, some contexts, units and figures."""
    root = re.search(rb"<html[^>]*>", data)
    contexts = re.findall(rb"<xbrli:context .*?</xbrli:context>", data, re.DOTALL)[:_CONTEXTS]
    units = re.findall(rb"<xbrli:unit .*?</xbrli:unit>", data, re.DOTALL)
    figures = re.findall(rb"<ix:nonFraction .*?</ix:nonFraction>", data, re.DOTALL)[:_FIGURES]
    held = b"".join((*contexts, *units))
    return (
        (root[0] if root else b"<html>") + b"<body><ix:header><ix:resources>" + held + b"</ix:resources></ix:header>"
        b"<table><tr><td>" + b"</td><td>".join(figures) + b"</td></tr></table></body></html>"
    )


if __name__ == "__main__":
    sys.exit(main())

"""Generated inline reports of an invented company: so many facts in so many sums, with their schema and linkbase."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

ITEMS = 4
#: Totals for each context; a report of 100,000 facts has 100 contexts.
TOTALS = 200
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:big="http://big.example/2031" xml:lang="en">
<head><title>Big</title></head><body><div style="display:none"><ix:header><ix:references>
<link:schemaRef xlink:type="simple" xlink:href="big.xsd"/></ix:references><ix:resources>
"""
_SCHEMA = """<?xml version="1.0" encoding="utf-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 targetNamespace="http://big.example/2031" elementFormDefault="qualified">
<xsd:annotation><xsd:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="big_cal.xml"
 xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
 xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xsd:appinfo></xsd:annotation>
<xsd:import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
"""


def write(folder: Path, facts: int) -> Path:
    """A report of ``facts`` tagged figures in ``folder``, a fifth of them totals; its page."""
    contexts = facts // (TOTALS * (ITEMS + 1))
    (folder / "big.xsd").write_text("".join(_schema()), encoding="utf-8")
    (folder / "big_cal.xml").write_text("".join(_linkbase()), encoding="utf-8")
    page = folder / "big.htm"
    page.write_text("".join(_page(contexts)), encoding="utf-8")
    return page


def _names() -> Iterator[tuple[str, list[str]]]:
    for total in range(TOTALS):
        yield f"Total{total}", [f"Item{total}x{item}" for item in range(ITEMS)]


def _schema() -> Iterator[str]:
    yield _SCHEMA
    for total, items in _names():
        for name in (total, *items):
            yield (
                f'<xsd:element id="big_{name}" name="{name}" type="xbrli:monetaryItemType" '
                'substitutionGroup="xbrli:item" xbrli:periodType="instant" nillable="true"/>\n'
            )
    yield "</xsd:schema>"


def _linkbase() -> Iterator[str]:
    yield (
        '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        '<link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">\n'
    )
    for total, items in _names():
        for name in (total, *items):
            yield f'<link:loc xlink:type="locator" xlink:href="big.xsd#big_{name}" xlink:label="{name}"/>\n'
        for order, name in enumerate(items, 1):
            yield (
                '<link:calculationArc xlink:type="arc" '
                'xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item" '
                f'xlink:from="{total}" xlink:to="{name}" order="{order}" weight="1"/>\n'
            )
    yield "</link:calculationLink></link:linkbase>"


def _page(contexts: int) -> Iterator[str]:
    rng = random.Random(contexts)
    yield _HEAD
    for number in range(contexts):
        yield (
            f'<xbrli:context id="c{number}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000007'
            f"</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>{1900 + number}-12-31</xbrli:instant>"
            "</xbrli:period></xbrli:context>\n"
        )
    yield '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
    yield "</ix:resources></ix:header></div>"
    for number in range(contexts):
        yield f"<h2>Year {1900 + number}</h2><table>\n"
        for total, items in _names():
            values = [rng.randrange(1, 10**6) for _ in items]
            for name, value in zip((*items, total), (*values, sum(values)), strict=True):
                yield f"<tr><td>{name}</td><td>{_tag(name, number, value)}</td></tr>\n"
        yield "</table>\n"
    yield "</body></html>"


def _tag(name: str, context: int, value: int) -> str:
    return (
        f'<ix:nonFraction name="big:{name}" contextRef="c{context}" unitRef="usd" decimals="-3" scale="3" '
        f'format="ixt:num-dot-decimal" id="f{context}-{name}">{value:,}</ix:nonFraction>'
    )

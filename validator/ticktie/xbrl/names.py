"""Namespaces of XBRL, and the prefixes by which rules and facts call those that matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

IX = "http://www.xbrl.org/2013/inlineXBRL"
#: Inline XBRL 1.0, read as 1.1 as far as the two agree.
IX_2008 = "http://www.xbrl.org/2008/inlineXBRL"
IXBRL = (IX, IX_2008)
XBRLI = "http://www.xbrl.org/2003/instance"
LINK = "http://www.xbrl.org/2003/linkbase"
XLINK = "http://www.w3.org/1999/xlink"
XBRLDI = "http://xbrl.org/2006/xbrldi"
XBRLDT = "http://xbrl.org/2005/xbrldt"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSD = "http://www.w3.org/2001/XMLSchema"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
ISO4217 = "http://www.xbrl.org/2003/iso4217"
UTR = "http://www.xbrl.org/2009/utr"

SUMMATION_ITEM = "http://www.xbrl.org/2003/arcrole/summation-item"
#: The arcrole of Calculations 1.1.
SUMMATION_ITEM_1_1 = "https://xbrl.org/2023/arcrole/summation-item"
SUMMATIONS = (SUMMATION_ITEM, SUMMATION_ITEM_1_1)
PARENT_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"
CONCEPT_LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
STANDARD_LABEL = "http://www.xbrl.org/2003/role/label"

#: Registries of transformations 1 to 5, and the SEC's.
TRR = {
    1: "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20",
    2: "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31",
    3: "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26",
    4: "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    5: "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
}
#: The namespace of registry 1 before it was recommended.
TRR_2008 = "http://www.xbrl.org/2008/inlineXBRL/transformation"
IXT_SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"

#: What an XML context says where the entity is unknown (OIM 1.0: an absent entity dimension): scheme, identifier.
NO_ENTITY = ("https://xbrl.org/entities", "NA")
#: Our own namespaces of standard items and axes, under which we write them so that no server is needed.
OWN_GAAP, OWN_AXES = "urn:ticktie:gaap:1", "urn:ticktie:srt:1"

#: Namespaces by the prefix that rules call them by, whatever the year.
_USUAL = (
    (
        "us-gaap",
        rf"https?://fasb\.org/us-gaap/\d{{4}}(-\d\d-\d\d)?|https?://xbrl\.us/us-gaap/\d{{4}}-\d\d-\d\d|{OWN_GAAP}",
    ),
    ("srt", rf"https?://fasb\.org/srt/\d{{4}}(-\d\d-\d\d)?|{OWN_AXES}"),
    ("dei", r"https?://xbrl\.sec\.gov/dei/\d{4}(-\d\d-\d\d)?|https?://xbrl\.us/dei/\d{4}-\d\d-\d\d"),
    ("iso4217", re.escape(ISO4217)),
    ("xbrli", re.escape(XBRLI)),
    ("utr", re.escape(UTR)),
    ("cik", r"http://www\.sec\.gov/CIK"),
    ("lei", r"http://standards\.iso\.org/iso/17442"),
    ("ticktie", r"urn:ticktie:facts:1"),
)


@lru_cache(maxsize=1 << 10)
def usual_prefix(namespace: str) -> str | None:
    """The prefix by which rules call ``namespace``; None for all others."""
    return next((prefix for prefix, pattern in _USUAL if re.fullmatch(pattern, namespace)), None)


def prefixes(bound: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A prefix of its own for each namespace that ``bound`` gives as (prefix, namespace): the usual one, else the
    first that the source binds to it, numbered where another namespace has that one already."""
    chosen: dict[str, str] = {}
    taken = {prefix for prefix, _ in _USUAL}
    for prefix, namespace in bound:
        if namespace not in chosen:
            chosen[namespace] = usual_prefix(namespace) or free(prefix or "ns", taken)
            taken.add(chosen[namespace])
    return chosen


def free(prefix: str, taken: Iterable[str]) -> str:
    """``prefix``, with a number behind it where it is taken."""
    known, number, name = set(taken), 2, prefix
    while name in known:
        name, number = f"{prefix}{number}", number + 1
    return name


def split(name: str) -> tuple[str, str]:
    """Namespace and local name of ``{namespace}local``; the namespace is empty where there is none."""
    namespace, _, local = name.rpartition("}")
    return namespace[1:], local


def qname(text: str, bound: Mapping[str | None, str]) -> tuple[str, str]:
    """Namespace and local name of a QName in content; ValueError where its prefix is bound to nothing."""
    prefix, colon, local = text.strip().rpartition(":")
    namespace = bound.get(prefix if colon else None, "" if not colon else None)
    if namespace is None or not local:
        raise ValueError(f"the prefix of {text.strip()[:60]!r} is bound to no namespace")
    return namespace, local

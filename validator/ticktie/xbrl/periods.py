"""Periods, contexts and units of XBRL 2.1 as the aspects of a fact.

Source: XBRL 2.1 (errata of 20 February 2013), sections 4.7 and 4.8; XBRL Dimensions 1.0, section 2.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ticktie.model.facts import Period
from ticktie.xbrl.names import NO_ENTITY, XBRLDI, XBRLI, qname, split, usual_prefix
from ticktie.xbrl.xml import Element

_DATE = re.compile(r"(-?\d{4,9})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_DAY = timedelta(days=1)
#: Times of day that mean the end of the day they stand in.
_ENDS = ((24, 0, 0), (23, 59, 59))
#: Dimension that holds what a segment or scenario says without dimensions.
SEGMENT = "ticktie:segment"


class Context(Struct, frozen=True):
    """Who, when and which part a fact is about; ``problem`` says why it cannot be used."""

    entity: str | None = None
    period: Period | None = None
    dimensions: tuple[tuple[str, str], ...] = ()
    problem: str = ""


class Names(Struct, frozen=True):
    """The prefix of each namespace, and the schemes of entities as prefixes."""

    prefixes: Mapping[str, str]
    schemes: dict[str, str]

    def name(self, namespace: str, local: str) -> str:
        """``prefix:local`` as facts are called."""
        if not namespace:
            return local
        return f"{self.prefixes.get(namespace) or namespace}:{local}"

    def content(self, text: str, element: Element) -> str:
        """The QName that stands in the content of ``element``; ValueError where its prefix is not bound."""
        return self.name(*qname(text, element.nsmap))


@lru_cache(maxsize=1 << 12)
def _moment(raw: str) -> tuple[date, tuple[int, int, int] | None]:
    match = _DATE.fullmatch(raw.strip())
    if match is None:
        raise ValueError(f"{raw.strip()[:40]!r} is no date; write 2031-12-31")
    year, month, day = (int(part) for part in match.groups()[:3])
    if not 1 <= year < 9999:
        raise ValueError(f"the year of {raw.strip()[:40]!r} is beyond the calendar")
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(f"{raw.strip()[:40]!r} is no day of the calendar") from None
    return found, None if match[4] is None else (int(match[4]), int(match[5]), int(match[6]))


def last_day(raw: str) -> date:
    """The inclusive last day that an instant or an end date means: a date ends with its day, midnight before it."""
    day, time = _moment(raw)
    if time is None or time in _ENDS:
        return day
    if time != (0, 0, 0):
        raise ValueError(f"{raw.strip()[:40]!r} ends within a day; only whole days are read")
    return day - _DAY


def first_day(raw: str) -> date:
    """The first day that a start date means."""
    day, time = _moment(raw)
    if time not in (None, (0, 0, 0)):
        raise ValueError(f"{raw.strip()[:40]!r} begins within a day; only whole days are read")
    return day


def period(element: Element | None) -> Period | None:
    """The period that an element ``xbrli:period`` states, None for ever; ValueError where it states none."""
    said = {} if element is None else {split(child.tag)[1]: child.text or "" for child in element}
    if "instant" in said:
        return Period(last_day(said["instant"]))
    if "forever" in said:
        return None
    if not {"startDate", "endDate"} <= said.keys():
        raise ValueError("its period states no instant, and no start and end")
    start, end = first_day(said["startDate"]), last_day(said["endDate"])
    if start > end:
        raise ValueError(f"its period ends on {end}, before it starts")
    return Period(end, start)


def context(element: Element, names: Names) -> Context:
    """The aspects that an element ``xbrli:context`` states; what is wrong with it is its ``problem``."""
    try:
        identifier = element.find(f"{{{XBRLI}}}entity/{{{XBRLI}}}identifier")
        when = period(element.find(f"{{{XBRLI}}}period"))
        return Context(entity(identifier, names), when, tuple(sorted(_dimensions(element, names))))
    except (ValueError, OverflowError) as problem:
        return Context(problem=str(problem))


def entity(element: Element | None, names: Names) -> str | None:
    """The entity as ``prefix:identifier`` with the prefix of its scheme (``cik``, ``lei``, else ``entity``); None where
    it is absent (OIM 1.0: XML has an identifier that says so)."""
    text = "" if element is None else (element.text or "").strip()
    if element is None or not text:
        return None
    scheme = (element.get("scheme") or "").strip()
    if (scheme, text) == NO_ENTITY:
        return None
    known = usual_prefix(scheme) or names.schemes.get(scheme)
    if known is None:
        number = len(names.schemes)
        known = names.schemes[scheme] = f"entity{number + 1}" if number else "entity"
    return f"{known}:{text}"


def _dimensions(element: Element, names: Names) -> Iterable[tuple[str, str]]:
    for holder in element.iter(f"{{{XBRLI}}}segment", f"{{{XBRLI}}}scenario"):
        for child in holder:
            if not isinstance(child.tag, str):
                continue
            namespace, local = split(child.tag)
            if namespace == XBRLDI and local == "explicitMember":
                yield names.content(child.get("dimension") or "", child), names.content(child.text or "", child)
            elif namespace == XBRLDI and local == "typedMember":
                yield names.content(child.get("dimension") or "", child), _typed(child)
            else:
                yield SEGMENT, _canonical(child)


def _typed(element: Element) -> str:
    """The value of a typed member: the text of its domain element, blanks collapsed."""
    return " ".join("".join(element.itertext()).split())


def _canonical(element: Element) -> str:
    """The canonical form of an element; ``ValueError`` where it holds what no XML can."""
    from lxml.etree import C14NError, tostring

    try:
        return str(tostring(element, method="c14n", with_tail=False).decode("utf-8"))
    except C14NError:
        raise ValueError("a segment or scenario holds characters that XML does not allow") from None


def unit(element: Element, names: Names) -> str | None:
    """An OIM unit (``iso4217:USD``, ``iso4217:USD/xbrli:shares``), None for pure; raises ValueError without measure."""
    divide = element.find(f"{{{XBRLI}}}divide")
    if divide is None:
        measured = _measures(element, names)
        return None if measured == ["xbrli:pure"] else "*".join(measured)
    above, below = (divide.find(f"{{{XBRLI}}}{part}") for part in ("unitNumerator", "unitDenominator"))
    return "/".join(_bracketed(_measures(part, names)) for part in (above, below))


def _bracketed(measures: list[str]) -> str:
    return f"({'*'.join(measures)})" if len(measures) > 1 else measures[0]


def _measures(element: Any, names: Names) -> list[str]:
    found = () if element is None else element.findall(f"{{{XBRLI}}}measure")
    measures = sorted(names.content(one.text or "", one) for one in found)
    if not measures:
        raise ValueError("it states no measure")
    return measures

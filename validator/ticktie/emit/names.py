"""Namespaces of what is emitted, and the two ways to name standard concepts: in our own taxonomy, or officially.

Self-contained files use ``gaap:`` with the local names of US GAAP, so that they validate without anybody's server.
"""

from __future__ import annotations

import re

from msgspec import Struct

from ticktie.xbrl.names import ISO4217, IX, LINK, OWN_AXES, OWN_GAAP, TRR, UTR, XBRLDI, XBRLDT, XBRLI, XLINK, XSD, XSI

NAMESPACES = {
    "cik": "http://www.sec.gov/CIK",
    "dtr-types": "http://www.xbrl.org/dtr/type/2022-03-31",
    "iso4217": ISO4217,
    "ix": IX,
    "ixt": TRR[4],
    "lei": "http://standards.iso.org/iso/17442",
    "link": LINK,
    "ticktie": "urn:ticktie:facts:1",
    "utr": UTR,
    "xbrldi": XBRLDI,
    "xbrldt": XBRLDT,
    "xbrli": XBRLI,
    "xlink": XLINK,
    "xs": XSD,
    "xsi": XSI,
}
EXTENSION = "urn:ticktie:extension"

_TAXONOMY = re.compile(r"us-gaap/(\d{4})")
_FIRST_SRT, _FIRST_SHORT, _LAST = 2018, 2022, 2026
_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


class Profile(Struct, frozen=True):
    """Where standard concepts and axes live: prefix, namespace and schema of each."""

    prefix: str
    namespace: str
    schema: str
    axis_prefix: str
    axis_namespace: str
    axis_schema: str

    @property
    def is_own(self) -> bool:
        return self.namespace == OWN_GAAP


#: Its schema stands beside the facts, under their name.
OWN = Profile("gaap", OWN_GAAP, "", "srt", OWN_AXES, "")


def profile(taxonomy: str | None) -> Profile:
    """Our own taxonomy, or that of ``us-gaap/YYYY``; raises ValueError with the remedy for any other."""
    if taxonomy is None:
        return OWN
    found = _TAXONOMY.fullmatch(taxonomy)
    year = int(found.group(1)) if found else 0
    if not _FIRST_SRT <= year <= _LAST:
        raise ValueError(
            f"{taxonomy!r} names no taxonomy that facts can be written in: "
            f"use us-gaap/YYYY with a year from {_FIRST_SRT} to {_LAST}"
        )
    return Profile("us-gaap", *_official("us-gaap", year), "srt", *_official("srt", year))


def _official(family: str, year: int) -> tuple[str, str]:
    """Namespace and schema address of one year; until 2021 both carried a date in January."""
    version = str(year) if year >= _FIRST_SHORT else f"{year}-01-31"
    scheme = "https" if year >= _FIRST_SHORT else "http"
    return (
        f"http://fasb.org/{family}/{version}",
        f"{scheme}://xbrl.fasb.org/{family}/{year}/elts/{family}-{version}.xsd",
    )


def extension_namespace(entity: str | None) -> str:
    """The namespace of an entity's own line items."""
    return f"{EXTENSION}:{entity}" if entity else EXTENSION


def safe_name(text: str, otherwise: str) -> str:
    """``text`` as a name that is valid in XML and as a file name: letters, digits, ``_``, ``-`` and single dots."""
    name = re.sub(r"\.{2,}", ".", _NOT_NAME.sub("-", text)).strip("-.")[:80].strip("-.")
    if not name:
        return otherwise
    return name if name[0].isalpha() else f"{otherwise}-{name}"

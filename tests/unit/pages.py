"""Inline reports and instances of an invented company, in a few lines each."""

from __future__ import annotations

CONTEXTS = """
<xbrli:context id="y"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000007</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:startDate>2031-01-01</xbrli:startDate><xbrli:endDate>2031-12-31</xbrli:endDate>
</xbrli:period></xbrli:context>
<xbrli:context id="e"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000007</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:instant>2031-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="m"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000007</xbrli:identifier>
<xbrli:segment><xbrldi:explicitMember dimension="srt:ProductOrServiceAxis">own:LampsMember</xbrldi:explicitMember>
<xbrldi:typedMember dimension="own:SiteAxis"><own:site> North  Hill </own:site></xbrldi:typedMember></xbrli:segment>
</xbrli:entity><xbrli:period><xbrli:instant>2031-12-31T00:00:00</xbrli:instant></xbrli:period></xbrli:context>"""
UNITS = """
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>"""
NAMESPACES = """xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:g="http://fasb.org/us-gaap/2031" xmlns:srt="http://fasb.org/srt/2031" xmlns:own="http://lamps.example/2031" """
IXT4 = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
THOUSANDS = 'decimals="-3" scale="3"'
SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"


def page(body: str, *, hidden: str = "", contexts: str = CONTEXTS, units: str = UNITS, schema: str = "") -> bytes:
    """An inline report with ``body``; ``schema`` is the file it refers to."""
    reference = f'<link:schemaRef xlink:type="simple" xlink:href="{schema}"/>' if schema else ""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="{IXT4}" xmlns:sec="{SEC}" {NAMESPACES}>
<body><div style="display:none"><ix:header><ix:hidden>{hidden}</ix:hidden>
<ix:references>{reference}</ix:references><ix:resources>{contexts}{units}</ix:resources></ix:header></div>
{body}
</body></html>""".encode()


def figure(
    concept: str, text: str, context: str = "y", more: str = 'decimals="-3" scale="3"', unit: str = "usd"
) -> str:
    """One tagged figure, printed with thousands commas."""
    return (
        f'<ix:nonFraction name="{concept}" contextRef="{context}" unitRef="{unit}" format="ixt:num-dot-decimal" {more}>'
        f"{text}</ix:nonFraction>"
    )


def instance(body: str, *, schema: str = "own.xsd", contexts: str = CONTEXTS, units: str = UNITS) -> bytes:
    """An XBRL 2.1 instance with the facts ``body``."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<xbrli:xbrl {NAMESPACES}>
<link:schemaRef xlink:type="simple" xlink:href="{schema}"/>{contexts}{units}
{body}
</xbrli:xbrl>""".encode()


def schema(*names: str, linkbases: tuple[str, ...] = ("own_cal.xml",)) -> bytes:
    """The filer's schema with elements ``own_NAME``."""
    references = "".join(f'<link:linkbaseRef xlink:type="simple" xlink:href="{name}"/>' for name in linkbases)
    elements = "".join(f'<xsd:element id="own_{name}" name="{name}"/>' for name in names)
    return f"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="http://lamps.example/2031">
<xsd:annotation><xsd:appinfo>{references}</xsd:appinfo></xsd:annotation>{elements}</xsd:schema>""".encode()


def calculation(
    *arcs: str, kind: str = "http://www.xbrl.org/2003/arcrole/summation-item", file: str = "own.xsd"
) -> bytes:
    """A calculation linkbase; an arc is ``Total Item weight`` and any of ``prohibited``, ``priority=2``."""
    names = dict.fromkeys(name for arc in arcs for name in arc.split()[:2])
    locators = "".join(
        f'<link:loc xlink:type="locator" xlink:href="{_at(name, file)}" xlink:label="{name}"/>' for name in names
    )
    return f"""<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<link:calculationLink xlink:type="extended" xlink:role="http://lamps.example/role/income">{locators}
{"".join(_arc(arc, kind) for arc in arcs)}</link:calculationLink></link:linkbase>""".encode()


def _locator(name: str, file: str) -> str:
    return f'<link:loc xlink:type="locator" xlink:href="{_at(name, file)}" xlink:label="{name}"/>'


def _at(name: str, file: str) -> str:
    return f"{file}#own_{name}" if "_" not in name else f"http://xbrl.example/us-gaap-2031.xsd#{name}"


def _arc(arc: str, kind: str) -> str:
    total, item, weight, *words = arc.split()
    said = dict(word.partition("=")[::2] for word in words)
    use = 'use="prohibited"' if "prohibited" in said else ""
    return (
        f'<link:calculationArc xlink:type="arc" xlink:arcrole="{kind}" xlink:from="{total}" xlink:to="{item}" '
        f'weight="{weight}" order="1" priority="{said.get("priority", "0")}" {use}/>'
    )

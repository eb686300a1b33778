"""The output formats: for each the files that it writes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ticktie.emit.inline import Page, inline, title
from ticktie.emit.instance import instance
from ticktie.emit.linkbases import linkbases
from ticktie.emit.oim import xbrl_csv, xbrl_json
from ticktie.emit.package import address, report_package, taxonomy_package, zipped
from ticktie.emit.report import Emission
from ticktie.emit.schema import LINKBASES, companions, extension_schema
from ticktie.model.concepts import Concept

Concepts = Mapping[str, Concept]
Files = dict[str, bytes]
Writer = Callable[[Emission, Page, Concepts], Files]


def taxonomy_files(emission: Emission, concepts: Concepts) -> Files:
    """Schemas and linkbases of a document: the entry point is ``name.xsd``."""
    links = linkbases(emission)
    files = {f"{emission.name}_{LINKBASES[kind]}.xml": content for kind, content in links.items()}
    return {f"{emission.name}.xsd": extension_schema(emission, links)} | files | companions(emission, concepts)


def _ixbrl(emission: Emission, page: Page, concepts: Concepts) -> Files:
    made = inline(emission, page, f"{emission.name}.xsd")
    return {f"{emission.name}.xhtml": made.content} | taxonomy_files(emission, concepts)


def _xbrl(emission: Emission, page: Page, concepts: Concepts) -> Files:
    return {f"{emission.name}.xbrl": instance(emission, f"{emission.name}.xsd")} | taxonomy_files(emission, concepts)


def _json(emission: Emission, page: Page, concepts: Concepts) -> Files:
    return {f"{emission.name}.json": xbrl_json(emission, f"{emission.name}.xsd")} | taxonomy_files(emission, concepts)


def _csv(emission: Emission, page: Page, concepts: Concepts) -> Files:
    return xbrl_csv(emission, f"{emission.name}.xsd") | taxonomy_files(emission, concepts)


def _taxonomy(emission: Emission, page: Page, concepts: Concepts) -> Files:
    files = taxonomy_package(emission.name, title(page.document), taxonomy_files(emission, concepts))
    return {f"{emission.name}.zip": zipped(files)}


def _xbri(emission: Emission, page: Page, concepts: Concepts) -> Files:
    made = inline(emission, page, f"{address(emission.name)}{emission.name}.xsd")
    return _package(emission, page, concepts, "xbri", {f"{emission.name}.xhtml": made.content})


def _xbr(emission: Emission, page: Page, concepts: Concepts) -> Files:
    report = instance(emission, f"{address(emission.name)}{emission.name}.xsd")
    return _package(emission, page, concepts, "xbr", {f"{emission.name}.xbrl": report})


def _package(emission: Emission, page: Page, concepts: Concepts, kind: str, reports: Files) -> Files:
    taxonomy = taxonomy_package(emission.name, title(page.document), taxonomy_files(emission, concepts))
    return {f"{emission.name}.{kind}": zipped(report_package(emission.name, kind, reports) | taxonomy)}


#: Output format -> what writes it. The first file of each is the one to open.
WRITERS: dict[str, Writer] = {
    "ixbrl": _ixbrl,
    "xbrl": _xbrl,
    "xbrl-json": _json,
    "xbrl-csv": _csv,
    "taxonomy": _taxonomy,
    "xbri": _xbri,
    "xbr": _xbr,
}

"""Taxonomy packages and report packages, the same bytes for the same content.

Source: Taxonomy Packages 1.0; Report Packages 1.0 (``.xbri``: one inline report, ``.xbr``: one of another kind).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from ticktie.emit.markup import block, document, element, escaped

_NAMESPACE = "http://xbrl.org/2016/taxonomy-package"
_CATALOG = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def address(name: str) -> str:
    """The web address that a package's taxonomy stands for; ``.invalid`` is nobody's (RFC 2606)."""
    return f"https://ticktie.invalid/taxonomy/{name}/"


def taxonomy_package(name: str, title: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a taxonomy package below the folder ``name``; its entry point is ``name.xsd``."""
    return {
        f"{name}/META-INF/taxonomyPackage.xml": _manifest(name, title),
        f"{name}/META-INF/catalog.xml": _catalog(name),
        **{f"{name}/taxonomy/{file}": content for file, content in files.items()},
    }


def report_package(name: str, kind: str, reports: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a report package of ``kind`` (``xbri``, ``xbr``) below the folder ``name``, but its taxonomy."""
    info = f'{{"documentInfo": {{"documentType": "https://xbrl.org/report-package/2023/{kind}"}}}}\n'
    return {
        f"{name}/META-INF/reportPackage.json": info.encode("ascii"),
        **{f"{name}/reports/{file}": content for file, content in reports.items()},
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file of ``files`` in the order of their names, without times or owners."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            package.writestr(entry, content)
    return out.getvalue()


def _manifest(name: str, title: str) -> bytes:
    entry = block(
        "tp:entryPoint",
        None,
        [
            element("tp:name", {"xml:lang": "en"}, escaped(title)),
            element("tp:entryPointDocument", {"href": f"{address(name)}{name}.xsd"}),
        ],
    )
    body = [
        element("tp:identifier", None, address(name)),
        element("tp:name", {"xml:lang": "en"}, escaped(title)),
        element("tp:description", {"xml:lang": "en"}, "Line items of one document and the sums that it prints."),
        element("tp:version", None, "1"),
        block("tp:entryPoints", None, [entry]),
    ]
    return document(block("tp:taxonomyPackage", {"xmlns:tp": _NAMESPACE, "xml:lang": "en"}, body))


def _catalog(name: str) -> bytes:
    rewrite = element("rewriteURI", {"uriStartString": address(name), "rewritePrefix": "../taxonomy/"})
    return document(block("catalog", {"xmlns": _CATALOG}, [rewrite]))

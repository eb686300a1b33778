"""The json report as JSON lines: one document a line, for programs that read many."""

from __future__ import annotations

from ticktie.model.findings import Report
from ticktie.render import Options
from ticktie.render.json import document_object, dump_line
from ticktie.version import VERSION


def render(report: Report, options: Options) -> bytes:
    """Each document of ``report`` as in the json report, on a line of its own."""
    return b"".join(dump_line({"ticktie": VERSION, **document_object(document)}) for document in report.documents)

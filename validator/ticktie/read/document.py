"""The reader of a document, by what the file holds."""

from __future__ import annotations

import re

from ticktie.model.source import Document
from ticktie.read import text

_LOOKED_AT = 65536


def read(data: bytes, path: str) -> Document:
    """The document that ``data`` holds; raises ReadError (file, place, remedy) where it is none."""
    return _packed(data, path) or _marked(data, path) or text.read(data, path)


def _packed(data: bytes, path: str) -> Document | None:
    """A PDF or a Word file."""
    if data.startswith(b"PK"):
        from ticktie.read import docx

        return docx.read(data, path) if docx.is_docx(data) else None
    if b"%PDF-" in data[:1024]:
        from ticktie.read import pdf

        return pdf.read(data, path)
    return None


def _marked(data: bytes, path: str) -> Document | None:
    """A submission, markdown or HTML."""
    has_tags = b"<" in data[:_LOOKED_AT]
    if has_tags:
        from ticktie.read import submission

        if submission.is_submission(data):
            return submission.read(data, path, read)
    if has_tags or b"|" in data or path.lower().endswith((".md", ".markdown")):
        from ticktie.read import markdown

        if markdown.is_markdown(data, path):
            return markdown.read(data, path)
    if has_tags and not _is_ascii_filing(data):
        from ticktie.read import html

        if html.is_html(data):
            return html.read(data, path)
    return None


def _is_ascii_filing(data: bytes) -> bool:
    """Whether tags only mark the tables and pages of a printed text: ``<S>`` and ``<C>`` over columns, no cells."""
    marks = re.search(rb"(?m)^\s*<(?:PAGE|S|C|CAPTION)>", data) is not None
    return marks and re.search(rb"(?i)<t[rdh][\s>]|<html[\s>]|<body[\s>]", data) is None

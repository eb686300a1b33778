"""The reader of a document, by what the file holds."""

from __future__ import annotations

from ticktie.model.source import Document
from ticktie.read import text


def read(data: bytes, path: str) -> Document:
    """The document that ``data`` holds; raises ReadError (file, place, remedy) where it is none."""
    if b"<" in data[:65536] or b"|" in data or path.lower().endswith((".md", ".markdown")):
        from ticktie.read import markdown

        if markdown.is_markdown(data, path):
            return markdown.read(data, path)
    if b"<" in data[:65536]:
        from ticktie.read import html

        if html.is_html(data):
            return html.read(data, path)
    return text.read(data, path)

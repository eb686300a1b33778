"""Reads PDF with pdfplumber (the ``pdf`` extra): words are laid out by their positions as a page of printed text.

Numbers keep their right edges and words their left ones, so columns stay columns; then it is read as any such text.
Lines and columns are those of the text that is laid out.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from msgspec import Struct

from ticktie.model.source import Document
from ticktie.read import printed
from ticktie.read.errors import ReadError
from ticktie.read.text import line_starts

_MOST_PAGES = 1000
#: Words closer than this share of their height are one run of words.
_BETWEEN_WORDS = 0.45
#: Words whose baselines differ by less than this share of their height stand on one line.
_ONE_LINE = 0.4
#: A character of the laid-out page is this share of the usual height of words wide.
_CHARACTER = 0.42


class Word(Struct, frozen=True):
    """Words of one line without a wide gap between them, with their edges in points."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def read(data: bytes, path: str) -> Document:
    """The document that a PDF shows; raises ReadError where the extra is missing, or where no page holds text."""
    pages = _pages(data, path)
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        remedy = "recognise its text first (OCR), or give the HTML or text of the release"
        raise ReadError(path, "no page of the PDF holds text, only pictures", remedy)
    starts = line_starts(text)
    return Document(
        path=path,
        text=text,
        encoding="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(printed.blocks(text, starts)),
        line_starts=starts,
        is_typed=True,
    )


def _pages(data: bytes, path: str) -> list[str]:
    try:
        import pdfplumber
    except ImportError:
        raise ReadError(path, "reading PDF needs the extra 'pdf'", "pip install 'ticktie[pdf]'") from None
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return [_laid_out(_words(page)) for page in document.pages[:_MOST_PAGES]]
    except ReadError:
        raise
    except Exception as problem:  # the library raises whatever a damaged file makes it stumble over
        why = " ".join(f"{type(problem).__name__} {problem}".split())[:120]
        raise ReadError(path, f"the PDF cannot be read: {why}", "print it to PDF again, or decrypt it") from None


def _words(page: Any) -> list[Word]:
    found = page.dedupe_chars().extract_words(x_tolerance=1.5, y_tolerance=2, keep_blank_chars=False)
    return [Word(w["text"], w["x0"], w["x1"], w["bottom"], w["bottom"] - w["top"]) for w in found]


def _laid_out(words: Sequence[Word]) -> str:
    """A page as lines of characters."""
    if not words:
        return ""
    height = median(word.height for word in words)
    lines = _lines(words, height)
    left = min(word.left for word in words)
    out: list[str] = []
    above: float | None = None
    for line in lines:
        bottom = line[0].bottom
        if above is not None and bottom - above > 1.9 * height:
            out.append("")
        out.append(_line(_runs(line), left, height * _CHARACTER))
        above = bottom
    return "\n".join(out)


def _lines(words: Iterable[Word], height: float) -> list[list[Word]]:
    """Words by their baselines, from the top down, each line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        if lines and abs(word.bottom - lines[-1][0].bottom) <= _ONE_LINE * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _runs(line: Sequence[Word]) -> list[Word]:
    """The words of a line, joined where no more than a blank lies between them."""
    runs: list[Word] = []
    for word in line:
        last = runs[-1] if runs else None
        if last is not None and word.left - last.right <= _BETWEEN_WORDS * max(last.height, word.height):
            between = "" if word.left - last.right < 0.08 * word.height or _closes(word.text) else " "
            runs[-1] = Word(last.text + between + word.text, last.left, word.right, last.bottom, last.height)
        else:
            runs.append(word)
    return runs


def _closes(text: str) -> bool:
    return bool(re.fullmatch(r"[)\]%]{1,3}", text))


def _line(runs: Sequence[Word], left: float, character: float) -> str:
    """One line: figures end where they end on the page, other words begin where they begin."""
    out = ""
    for run in runs:
        if re.search(r"\d\)?%?$|^[-–—]$", run.text) and len(run.text) < 24:
            at = round((run.right - left) / character) - len(run.text)
        else:
            at = round((run.left - left) / character)
        out += " " * max(2 if out else 0, at - len(out)) + run.text
    return out

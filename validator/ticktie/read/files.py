"""The files beside a document: a folder's or a package's, never any other."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from msgspec import Struct

#: Larger files are no schema and no linkbase.
LARGEST = 256 * 1024 * 1024
_MOST_FILES = 2000


class Files(Protocol):
    """What lies beside a document, by names relative to its own folder."""

    def names(self) -> list[str]:
        """Every file beside the document (not below), sorted."""

    def content(self, name: str) -> bytes | None:
        """The bytes of one; None where there is none, or it lies elsewhere."""


class Folder(Struct, frozen=True):
    """The files in and below one folder; names that lead out of it name nothing."""

    path: Path

    def names(self) -> list[str]:
        try:
            return sorted(one.name for one in self.path.iterdir() if one.is_file())[:_MOST_FILES]
        except OSError:
            return []

    def content(self, name: str) -> bytes | None:
        try:
            inside = self.path.resolve()
            file = (inside / name).resolve()
            if not file.is_relative_to(inside) or not file.is_file() or file.stat().st_size > LARGEST:
                return None
            return file.read_bytes()
        except (OSError, ValueError):
            return None


class Nothing(Struct, frozen=True):
    """No file: of a document that came without a folder."""

    def names(self) -> list[str]:
        return []

    def content(self, name: str) -> bytes | None:
        return None


def is_remote(href: str) -> bool:
    """Whether ``href`` names something elsewhere: it is never fetched."""
    return bool(urlsplit(href).scheme or href.startswith("//")) if _is_split(href) else True


def _is_split(href: str) -> bool:
    try:
        urlsplit(href)
    except ValueError:
        return False
    return True


def resolved(base: str, href: str) -> tuple[str, str]:
    """File and fragment that ``href`` names in the file ``base``, relative to the document's folder; a remote one
    keeps its address."""
    address, _, fragment = href.strip().partition("#")
    if not address:
        return base, fragment
    if is_remote(address):
        return address, fragment
    if is_remote(base):
        return base.rpartition("/")[0] + "/" + address, fragment
    joined: list[str] = []
    for part in (*PurePosixPath(base).parent.parts, *PurePosixPath(unquote(address).replace("\\", "/")).parts):
        if part == ".." and joined and joined[-1] != "..":
            joined.pop()
        elif part != ".":
            joined.append(part)
    return "/".join(joined), unquote(fragment)

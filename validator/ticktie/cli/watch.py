"""``--watch``: check again whenever one of the files changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from ticktie.cli.inputs import find_inputs

PAUSE = 0.5
#: File -> size and time of its last change, in nanoseconds.
Stamps = dict[Path, tuple[int, int]]


def watch(paths: tuple[Path, ...], outputs: Iterable[Path | None], again: Callable[[], int]) -> int:
    """Call ``again`` now and after every change below ``paths`` (changes of ``outputs`` count for nothing) until
    interrupted; the exit code of the last call."""
    written = {output.resolve() for output in outputs if output is not None}
    seen: Stamps | None = None
    code = 0
    try:
        while True:
            now = stamps(paths, written)
            if now != seen:
                seen, code = now, again()
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        return code


def stamps(paths: tuple[Path, ...], without: set[Path]) -> Stamps:
    """Size and time of every file below ``paths`` that exists, but for those ``without``."""
    found: Stamps = {}
    for file in find_inputs(paths).files:
        try:
            status = file.stat()
        except OSError:
            continue
        if file.resolve() not in without:
            found[file] = (status.st_size, status.st_mtime_ns)
    return found

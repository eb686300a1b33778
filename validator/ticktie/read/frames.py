"""Facts in memory: lists of mappings, and frames of any library that speaks the Arrow PyCapsule interface.

Source: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from ticktie.model.place import Location
from ticktie.read.errors import ReadError
from ticktie.read.supplied import Entry, Names, Row, Supplied, fact_sets

#: What a frame offers (pandas 2.2, polars 1.3, pyarrow 14, duckdb, ...).
STREAM = "__arrow_c_stream__"


def is_frame(given: object) -> bool:
    """Whether ``given`` is a frame that pyarrow can take over."""
    return hasattr(given, STREAM)


def read_frame(frame: object, name: str, names: Names) -> list[Supplied]:
    """The facts of a frame, one a row; raises ReadError where pyarrow is not installed."""
    try:
        arrow: Any = import_module("pyarrow")
    except ImportError:
        raise ReadError(name, "frames need pyarrow", "pip install pyarrow, or give a list of mappings") from None
    return read_rows(arrow.table(frame).to_pylist(), name, names)


def read_rows(rows: Iterable[Mapping[str, Any]], name: str, names: Names) -> list[Supplied]:
    """The facts of ``rows``, one each; a row's place is its number, from 0, in what is called ``name``."""
    entries = (_entry(row, Location(name, pointer=f"/{at}")) for at, row in enumerate(rows))
    found = fact_sets(entries, names)
    if not any(one.facts.facts or one.facts.observations for one in found):
        raise ReadError(name, "it holds no fact", "give rows with a value and a concept or label")
    return found


def _entry(row: Row, place: Location) -> Entry:
    if not isinstance(row, Mapping):
        return Entry({}, place, f"it is a {type(row).__name__}, no mapping of columns to values")
    return Entry({str(key): value for key, value in row.items()}, place)

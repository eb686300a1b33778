"""Transformations of inline XBRL: from what is printed to the value it states, driven by data.

``schemas/xbrl/transformations.toml`` says what each format of the registries 1 to 5 and of the SEC means. Formats that
turn names (of countries, exchanges, states) into codes give the name as it stands.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, cast

from ticktie.resources import data_folder
from ticktie.xbrl import dates, numerals
from ticktie.xbrl.names import IXT_SEC, TRR, TRR_2008
from ticktie.xbrl.numerals import Transformation, TransformError

__all__ = ["REGISTRIES", "TransformError", "Transformation", "formats", "transform", "transformation"]

#: Names of the registries' tables by namespace.
REGISTRIES = {namespace: str(number) for number, namespace in TRR.items()} | {TRR_2008: "1", IXT_SEC: "sec"}
_BALLOTS = {"☐": "false", "□": "false", "☑": "true", "☒": "true", "✓": "true", "✔": "true", "x": "true"}


@cache
def _data() -> dict[str, Any]:
    path = data_folder("schemas") / "xbrl" / "transformations.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def formats(namespace: str) -> dict[str, list[str]]:
    """What every format of the registry of ``namespace`` means; empty for an unknown one."""
    name = REGISTRIES.get(namespace)
    return {} if name is None else _registry(name)


def _registry(name: str) -> dict[str, list[str]]:
    own = dict(_data()["registry"][name])
    extended = own.pop("extends", None)
    found = {} if extended is None else _registry(str(extended))
    for key, meaning in own.items():
        languages = _data()["months"] if "LANGUAGE" in key else ("",)
        for language in (one for one in languages if one != "roman"):
            found[key.replace("LANGUAGE", language)] = [part.replace("LANGUAGE", language) for part in meaning]
    return found


@cache
def transformation(namespace: str, name: str) -> Transformation | None:
    """What makes a value of the text that the format ``name`` of ``namespace`` prints; None where nobody knows it.

    What it returns raises TransformError for a text of another format."""
    meaning = formats(namespace).get(name)
    return None if meaning is None else _made(meaning[0], meaning[1:])


def transform(namespace: str, name: str, text: str) -> str:
    """The value that ``text`` states in a format; raises TransformError for a text of another, or an unknown format."""
    found = transformation(namespace, name)
    if found is None:
        raise TransformError(f"format {name!r} is in no registry that is known")
    return found(text)


def _made(kind: str, given: list[str]) -> Transformation:
    if kind in ("threes", "grouped", "free", "indian"):
        return numerals.numeral(kind, *given)
    if kind == "unit":
        return numerals.unit_numeral(*given)
    if kind == "fixed":
        return numerals.fixed(given[0])
    if kind == "date":
        return dates.printed_date(given, _months(given))
    if kind == "duration":
        return dates.duration(given[0])
    if kind in ("era", "saka"):
        return dates.era_date(given, _data()["eras"]) if kind == "era" else dates.saka_date(_data()["saka"]["months"])
    return _PLAIN[kind]


def _months(parts: list[str]) -> list[str] | None:
    names = _data()["months"]
    return next((cast(list[str], names[part]) for part in parts if part in names), None)


def _ballot_box(text: str) -> str:
    found = _BALLOTS.get(text.strip().lower())
    if found is None:
        raise TransformError(f"{text.strip()[:40]!r} is no ballot box")
    return found


_PLAIN: dict[str, Transformation] = {
    "dash": numerals.dash,
    "words": numerals.words,
    "duration-words": dates.duration_words,
    "quarter-end": dates.quarter_end,
    "ballot-box": _ballot_box,
    "text": str.strip,
}

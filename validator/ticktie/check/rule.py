"""Rule files: one TOML file, one rule. Loading checks every key and compiles ``holds``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ticktie.check.book import Rule, RuleBook
from ticktie.check.calculation import MODES
from ticktie.check.formula import Formula, FormulaError, compile_formula
from ticktie.check.kinds import KINDS
from ticktie.check.network import weights_of
from ticktie.model.findings import Severity
from ticktie.resources import data_folder

__all__ = ["Rule", "RuleBook", "RuleError", "load", "parse_rule", "read_folder"]

_REQUIRED = ("id", "name", "kind", "severity", "summary", "why", "remedy", "source", "added")
_OPTIONAL = ("confidence",)
_ID = re.compile(r"[A-Z]{2,8}\d{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class RuleError(ValueError):
    """A rule file that cannot be used; the message names file, key and column."""


def load(folders: Sequence[Path] = ()) -> RuleBook:
    """The rules that ship with ticktie and those in ``folders``; raises RuleError where a file cannot be used."""
    every = dict.fromkeys(folder.resolve() for folder in (data_folder("rules"), *folders))
    return RuleBook(tuple(_distinct(rule for folder in every for rule in read_folder(folder))))


def read_folder(folder: Path) -> list[Rule]:
    """The rules in ``folder`` and below it, in the order of their file names."""
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such rule folder")
    return [_read(path) for path in sorted(folder.rglob("*.toml"))]


def _distinct(rules: Iterable[Rule]) -> Iterable[Rule]:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"{rule.path}: id: {rule.id} is already the id of {seen[rule.id].path}")
        seen[rule.id] = rule
        yield rule


def _read(path: Path) -> Rule:
    try:
        return parse_rule(path.read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read: {error}") from None


def parse_rule(text: str, path: Path) -> Rule:
    """The rule that ``text`` says; raises RuleError naming ``path``, the key and, in an expression, the column."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: not TOML: {error}") from None
    _check_keys(data, path)
    parameters = {key: data[key] for key in KINDS[data["kind"]].parameters if key in data and key != "holds"}
    words = {key: data[key] for key in _REQUIRED if key not in ("severity",)}
    holds = _compiled(data["holds"], path) if "holds" in data else None
    confidence = float(data.get("confidence", 1.0))
    severity = _severity(data, path)
    rule = Rule(**words, severity=severity, confidence=confidence, holds=holds, parameters=parameters, path=path)
    _check_items(rule, path)
    return rule


def _check_items(rule: Rule, path: Path) -> None:
    if rule.kind == "calculation":
        try:
            weights_of(rule)
        except ValueError as error:
            raise RuleError(f"{path}: {error}") from None
        if rule.word("mode") not in ("", *MODES):
            raise RuleError(f"{path}: mode: must be one of {', '.join(MODES)}")


def _check_keys(data: dict[str, Any], path: Path) -> None:
    for key in _REQUIRED:
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise RuleError(f"{path}: {key}: must be a text that is not empty")
    if data["kind"] not in KINDS:
        raise RuleError(f"{path}: kind: unknown kind {data['kind']!r}: use {', '.join(sorted(KINDS))}")
    known = KINDS[data["kind"]].parameters
    for key in data:
        if key not in (*_REQUIRED, *_OPTIONAL, *known):
            raise RuleError(f"{path}: {key}: unknown key for kind {data['kind']}")
    _check_parameters(data, path)


def _check_parameters(data: dict[str, Any], path: Path) -> None:
    for key, (kind, needed) in KINDS[data["kind"]].parameters.items():
        if needed and key not in data:
            raise RuleError(f"{path}: {key}: kind {data['kind']} needs it")
        if key in data and not isinstance(data[key], kind):
            raise RuleError(f"{path}: {key}: must be a {kind.__name__}")
    if not _ID.fullmatch(data["id"]):
        raise RuleError(f"{path}: id: must be the family in capitals and three digits, as in TIE001")
    if not _NAME.fullmatch(data["name"]):
        raise RuleError(f"{path}: name: must be kebab-case")
    if not isinstance(data.get("confidence", 1.0), (int, float)) or not 0 <= data.get("confidence", 1.0) <= 1:
        raise RuleError(f"{path}: confidence: must be between 0 and 1")


def _severity(data: dict[str, Any], path: Path) -> Severity:
    try:
        return Severity.parse(data["severity"])
    except ValueError as error:
        raise RuleError(f"{path}: severity: {error}") from None


def _compiled(text: str, path: Path) -> Formula:
    try:
        return compile_formula(text)
    except FormulaError as error:
        raise RuleError(f"{path}: holds: column {error.column}: {error}") from None

"""Configuration: ``ticktie.toml``, or ``[tool.ticktie]`` in ``pyproject.toml``, of the nearest folder that has one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

ENTITY = re.compile(r"cik:\d{10}|lei:[A-Z0-9]{18}\d{2}")
ENTITY_HINT = "write cik: and ten digits (cik:0000123456), or lei: and the twenty characters of an LEI"

#: What a row of a flat facts file may say, by our names; ``value`` and a name are required.
COLUMN = Literal[
    "document", "concept", "label", "value", "unit", "period", "start", "end", "decimals", "line",
    "instant", "entity", "dimensions", "statement", "section", "printed", "kind", "id",
]  # fmt: skip
COLUMNS: tuple[str, ...] = get_args(COLUMN)
#: The output formats of a report.
FORMAT = Literal[
    "text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown", "html", "xlsx",
]  # fmt: skip
LEVEL = Literal["error", "warning", "note"]
#: A share as people write it: a decimal, a percentage or a fraction, as text; or a number of TOML.
Share = str | Decimal | int

#: Beside ``release.txt``, the file of suppressions that belong to it is ``release.txt.ticktie.toml``.
BESIDE = ".ticktie.toml"
_STRICT = {"extra": "forbid"}
_RATIO = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(%?)|(\d{1,18})/(\d{1,18})")


class ConfigError(Exception):
    """A configuration that cannot be used; its message names the file, the key and the remedy."""


@dataclass(frozen=True)
class Suppression:
    """Findings that somebody looked at and lets stand: why, and until when (the last day).

    ``rule`` is an id, name or family; ``path`` a pattern of documents; ``label`` the label or concept and ``period``
    the period of a figure that the finding is about; ``fingerprint`` names one finding alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    reason: str
    expires: date
    rule: str = ""
    path: str = ""
    label: str = ""
    period: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class Override:
    """What differs for the documents whose path fits one of ``paths``; later overrides win."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    paths: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, LEVEL] = field(default_factory=dict)
    entity: str | None = None
    columns: dict[COLUMN, str] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What a project may set once instead of with every command; a command's own options win.

    ``select`` and ``ignore`` name rules by family, id, name or severity, ``severity`` gives rules another one;
    ``rules`` are folders of own rules, ``baseline`` the file of known findings (both relative to the configuration).
    ``columns`` says what a flat facts file calls our columns (``value = "amount"``), ``concepts`` which concept a name
    or label of theirs means (``"Total revenues" = "us-gaap:Revenues"``)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    fail_on: LEVEL = "error"
    output_format: FORMAT = "text"
    entity: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, LEVEL] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    baseline: str | None = None
    max_errors: int | None = None
    min_coverage: Share | None = None
    min_facts: int | None = None
    columns: dict[COLUMN, str] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)
    suppress: tuple[Suppression, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True)
class Configuration:
    """Settings with the file that they come from (None: none was found) and the keys that it sets."""

    settings: Settings
    file: Path | None = None
    given: frozenset[str] = frozenset()

    @property
    def root(self) -> Path:
        """The folder that paths in the configuration start from."""
        return Path.cwd() if self.file is None else self.file.resolve().parent

    def of(self, path: Path) -> Settings:
        """The settings for the document at ``path``: the project's with every override that fits, in their order."""
        found = self.settings
        for override in found.overrides:
            if matches(path, override.paths, self.root):
                found = _overridden(found, override)
        return found


def load(folder: Path, file: Path | None = None) -> Settings:
    """The settings of ``file``, or of the nearest configuration at or above ``folder``; the defaults where none is.

    Raises ConfigError naming file and key where the configuration is broken.
    """
    return configuration(folder, file).settings


def configuration(folder: Path, file: Path | None = None) -> Configuration:
    """As ``load``, with the file and the keys that it sets."""
    found = file or _nearest(folder)
    if found is None:
        return Configuration(Settings())
    table = _table(found)
    settings = _settings(table, found) if table else Settings()
    return Configuration(settings, found, frozenset(_ours(key) for key in table))


def suppressions_beside(document: Path) -> tuple[Suppression, ...]:
    """The suppressions of the file beside ``document`` (``[[suppress]]``), for that document alone."""
    file = Path(f"{document}{BESIDE}")
    if not os.path.isfile(file):  # noqa: PTH113 - a path may be longer than one can be
        return ()
    table = _table(file)
    if set(table) - {"suppress"}:
        raise ConfigError(f"{file}: unknown key {next(iter(set(table) - {'suppress'}))!r}; use [[suppress]] alone")
    return tuple(replace(one, path="") for one in _settings(table, file).suppress)


def check_entity(entity: str | None) -> str | None:
    """``entity`` itself; raises ValueError with the remedy where it is no identifier that reports can carry."""
    if entity is not None and not ENTITY.fullmatch(entity):
        raise ValueError(f"{entity!r} identifies no entity: {ENTITY_HINT}")
    return entity


def share(text: Share) -> tuple[int, int]:
    """``text`` (``0.95``, ``95%``, ``19/20``) as numerator and denominator; raises ValueError beyond 0 to 1."""
    match = _RATIO.fullmatch(str(text))
    if match is None:
        raise ValueError(f"{str(text)!r} is no share; write it as 0.95, 95% or 19/20")
    whole, places, percent, over, under = match.groups(default="")
    part, total = (int(over), int(under)) if under else (int(whole + places), 10 ** (len(places) + 2 * bool(percent)))
    if not total or part > total:
        raise ValueError(f"{str(text)!r} is no share; it must lie between 0 and 1")
    return part, total


def matches(path: Path, patterns: Iterable[str], root: Path) -> bool:
    """Whether ``path`` fits one of ``patterns``: ``*`` within a name, ``**`` across folders; one without a slash fits
    the name alone, others count from ``root``."""
    place = path.resolve()
    parts = place.relative_to(root).parts if place.is_relative_to(root) else place.parts
    return any(_fits(parts if "/" in pattern else parts[-1:], pattern.strip("/").split("/")) for pattern in patterns)


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    from fnmatch import fnmatchcase

    if not pattern:
        return not parts
    if pattern[0] == "**":
        if pattern[1:2] == ["**"]:
            return _fits(parts, pattern[1:])
        return any(_fits(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _overridden(settings: Settings, by: Override) -> Settings:
    return replace(
        settings,
        select=by.select or settings.select,
        ignore=(*settings.ignore, *by.ignore),
        severity=settings.severity | by.severity,
        entity=by.entity or settings.entity,
        columns=settings.columns | by.columns,
        concepts=settings.concepts | by.concepts,
    )


def _nearest(folder: Path) -> Path | None:
    """The first configuration file from ``folder`` upwards; a pyproject.toml counts where it has our table."""
    for place in (folder, *folder.parents):
        own, shared = place / "ticktie.toml", place / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and b"tool.ticktie" in shared.read_bytes():
            return shared
    return None


def _table(file: Path) -> dict[str, Any]:
    """Our keys in ``file`` (all of it, or ``[tool.ticktie]`` of a pyproject.toml); raises ConfigError."""
    import tomllib

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"{file}: not readable as TOML: {problem}; mend it, or name another by --config") from None
    table = data.get("tool", {}).get("ticktie", {}) if file.name == "pyproject.toml" else data
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.ticktie is no table; write [tool.ticktie] and keys below it")
    return table


def _settings(table: dict[str, Any], file: Path) -> Settings:
    """``table`` as settings; raises ConfigError naming the first key that is unknown or has a wrong value."""
    known = {field.name.replace("_", "-"): field.name for field in fields(Settings)}
    unknown = [key for key in table if key not in known]
    if unknown:
        raise ConfigError(f"{file}: unknown key {unknown[0]!r}; use {', '.join(known)}")
    settings = _validated({known[key]: value for key, value in table.items()}, file)
    for key, problem in _problems(settings):
        raise ConfigError(f"{file}: {key}: {problem}")
    return settings


def _problems(settings: Settings) -> Iterable[tuple[str, str]]:
    """What the types do not say: keys with what is wrong there."""
    checked: list[tuple[str, Any, Callable[[Any], object]]] = [
        ("entity", settings.entity, check_entity),
        *((f"overrides.{n}.entity", one.entity, check_entity) for n, one in enumerate(settings.overrides)),
        ("min-coverage", settings.min_coverage, share),
    ]
    for key, value, check in checked:
        try:
            _ = value is None or check(value)
        except ValueError as problem:
            yield key, str(problem)
    for key in ("max_errors", "min_facts"):
        if (getattr(settings, key) or 0) < 0:
            yield key.replace("_", "-"), "it is a count; write 0 or more"
    for number, one in enumerate(settings.suppress):
        if not one.reason.strip():
            yield f"suppress.{number}.reason", "it is empty; say why the finding may stand"
        if not (one.rule or one.fingerprint):
            yield f"suppress.{number}", "it names no finding; give a rule or a fingerprint"


def _validated(values: dict[str, Any], file: Path) -> Settings:
    """``values`` checked against the types of Settings; raises ConfigError."""
    from pydantic import TypeAdapter, ValidationError  # costs 70 ms, so only where there is something to validate

    try:
        return TypeAdapter(Settings).validate_python(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        key = ".".join(str(part) for part in first["loc"]).replace("_", "-")
        words = first["msg"].replace("a valid tuple", "a list")
        raise ConfigError(f"{file}: {key}: {words}, not {first['input']!r}") from None


def _ours(key: str) -> str:
    return key.replace("-", "_")

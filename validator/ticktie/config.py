"""Configuration: ``ticktie.toml``, or ``[tool.ticktie]`` in ``pyproject.toml``, of the nearest folder that has one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
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


class ConfigError(Exception):
    """A configuration that cannot be used; its message names the file, the key and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project may set once instead of with every command; a command's own options win.

    ``columns`` says what a flat facts file calls our columns (``value = "amount"``), ``concepts`` which concept a name
    or label of theirs means (``"Total revenues" = "us-gaap:Revenues"``)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    fail_on: Literal["error", "warning", "note"] = "error"
    output_format: FORMAT = "text"
    entity: str | None = None
    columns: dict[COLUMN, str] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)


def load(folder: Path, file: Path | None = None) -> Settings:
    """The settings of ``file``, or of the nearest configuration at or above ``folder``; the defaults where none is.

    Raises ConfigError naming file and key where the configuration is broken.
    """
    found = file or _nearest(folder)
    if found is None:
        return Settings()
    table = _table(found)
    return _settings(table, found) if table else Settings()


def check_entity(entity: str | None) -> str | None:
    """``entity`` itself; raises ValueError with the remedy where it is no identifier that reports can carry."""
    if entity is not None and not ENTITY.fullmatch(entity):
        raise ValueError(f"{entity!r} identifies no entity: {ENTITY_HINT}")
    return entity


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
        data = tomllib.loads(file.read_text(encoding="utf-8"))
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
    try:
        check_entity(settings.entity)
    except ValueError as problem:
        raise ConfigError(f"{file}: entity: {problem}") from None
    return settings


def _validated(values: dict[str, Any], file: Path) -> Settings:
    """``values`` checked against the types of Settings; raises ConfigError."""
    from pydantic import TypeAdapter, ValidationError  # costs 70 ms, so only where there is something to validate

    try:
        return TypeAdapter(Settings).validate_python(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        key = ".".join(str(part) for part in first["loc"]).replace("_", "-")
        raise ConfigError(f"{file}: {key}: {first['msg']}, not {first['input']!r}") from None

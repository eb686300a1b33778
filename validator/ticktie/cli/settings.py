"""Options that commands share: the configuration file and the entity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ticktie.config import ConfigError, Configuration, Settings, check_entity, configuration

if TYPE_CHECKING:
    from ticktie.read.supplied import Names


def settings(config: Path | None) -> Settings:
    """The settings of ``config`` or of the nearest configuration; a broken one is a usage error."""
    return configured(config).settings


def configured(config: Path | None) -> Configuration:
    """As ``settings``, with the file that they come from and the overrides for single documents."""
    try:
        return configuration(Path.cwd(), config)
    except ConfigError as problem:
        raise click.UsageError(str(problem)) from None


def entity_of(option: str | None, configured: Settings) -> str | None:
    """The entity that ``--entity`` or the configuration gives; a usage error where it is none."""
    try:
        return check_entity(option) or configured.entity
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--entity") from None


def names_of(configured: Settings) -> Names:
    """What the configuration says other people call our columns and concepts."""
    from ticktie.read.supplied import Names

    return Names({str(ours): theirs for ours, theirs in configured.columns.items()}, configured.concepts)


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Configuration file, instead of the nearest ticktie.toml or pyproject.toml.",
)
entity_option = click.option(
    "--entity", metavar="ID", help="Whose figures they are: cik:0000123456 or lei:..., where the document says nothing."
)

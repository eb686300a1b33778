"""The reference processor as an oracle: what Arelle says of a file, offline, and the facts that it reads in it.

Arelle ships the schemas of XBRL itself (its ``resources/cache``), so nothing is fetched; taxonomies of others are given
as packages.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from ticktie.model.number import plain

FactRow = tuple[Any, ...]
_NO_ENTITY = "NA"


@dataclass(frozen=True)
class Heard:
    """Errors and warnings as (code, text), and the facts: (concept, entity, period, unit, dimensions, value,
    decimals), sorted."""

    messages: tuple[tuple[str, str], ...]
    facts: tuple[FactRow, ...]

    @property
    def inconsistencies(self) -> int:
        """Calculation inconsistencies."""
        return sum(code.startswith("calc11e:inconsistent") for code, _ in self.messages)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Everything else that is an error or a warning."""
        return [message for message in self.messages if not message[0].startswith("calc11e:inconsistent")]


def hear(file: Path | str, packages: Sequence[Path] = ()) -> Heard:
    """What Arelle says of ``file``, validated as strictly as it can."""
    from arelle.api.Session import Session
    from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler
    from arelle.RuntimeOptions import RuntimeOptions

    with tempfile.TemporaryDirectory() as folder, Session() as session:
        options = RuntimeOptions(
            entrypointFile=str(file),
            packages=[str(package) for package in packages],
            internetConnectivity="offline",
            cacheDirectory=folder,
            disablePersistentConfig=True,
            keepOpen=True,
            validate=True,
            calcs="c11r",
            utrValidate=True,
            validateXmlOim=True,
            validateDuplicateFacts="inconsistent",
        )
        handler = StructuredMessageLogHandler()
        session.run(options, logHandler=handler)
        facts = [_row(fact) for model in session.get_models() for fact in model.factsInInstance if fact.isNumeric]
        said = [one for one in session.get_log_messages() if one["levelname"].lower() not in ("info", "debug")]
    messages = tuple((str(one["messageCode"]), str(one["msg"])) for one in said)
    return Heard(messages, tuple(sorted(facts, key=repr)))


def _row(fact: Any) -> FactRow:
    context = fact.context
    identifier = context.entityIdentifier[1]
    decimals = None if fact.isNil or fact.decimals == "INF" else int(fact.decimals)
    return (
        str(fact.qname),
        None if identifier == _NO_ENTITY else identifier,
        _period(context),
        _unit(fact.unit),
        tuple(sorted((str(axis), _member(value)) for axis, value in context.qnameDims.items())),
        None if fact.isNil else plain(fact.xValue),
        decimals,
    )


def _period(context: Any) -> str | None:
    if context.isForeverPeriod:
        return None
    end = (context.endDatetime - timedelta(days=1)).date()
    return str(end) if context.isInstantPeriod else f"{context.startDatetime.date()} to {end}"


def _unit(unit: Any) -> str | None:
    above, below = (sorted(map(str, side)) for side in unit.measures)
    words = "*".join(above) + (f"/{'*'.join(below)}" if below else "")
    return None if words == "xbrli:pure" else words


def _member(value: Any) -> str:
    return str(value.memberQname) if value.isExplicit else str(value.typedMember.stringValue)

"""What a run must meet beside having no findings: counts, and shares compared exactly and told as n/N."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from ticktie.config import Share, share
from ticktie.model.findings import Report, Severity, Threshold


class Limits(Struct, frozen=True):
    """What is asked for; None where nothing is. ``max_errors`` counts open findings at or above ``--fail-on``."""

    max_errors: int | None = None
    min_coverage: Share | None = None
    min_facts: int | None = None


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """What the last accepted run reached, as exact counts."""

    figures: int
    ticked: int
    errors: int
    warnings: int


class RatchetError(Exception):
    """A file of the last accepted run that cannot be used; the message names file and remedy."""


def thresholds(report: Report, limits: Limits, fail_on: Severity) -> Iterator[Threshold]:
    """Each limit with what ``report`` reached."""
    if limits.max_errors is not None:
        count = failing(report, fail_on)
        yield Threshold("max-errors", f"at most {limits.max_errors}", str(count), count <= limits.max_errors)
    if limits.min_coverage is not None:
        yield at_least("min-coverage", report.every.ticked, report.every.figures, limits.min_coverage)
    if limits.min_facts is not None:
        count = sum(len(document.facts) for document in report.documents)
        yield Threshold("min-facts", f"at least {limits.min_facts}", str(count), count >= limits.min_facts)


def failing(report: Report, fail_on: Severity) -> int:
    """The number of open findings at or above ``fail_on``."""
    found = (finding for document in report.documents for finding in document.findings if not finding.accepted)
    return sum(finding.severity >= fail_on for finding in found)


def at_least(name: str, part: int, whole: int, wanted: Share) -> Threshold:
    """The share ``part/whole`` against ``wanted``, by whole numbers: no rounding meets it. Nothing of nothing meets
    only a share of zero."""
    over, under = share(wanted)
    met = part * under >= over * whole if whole else over == 0
    return Threshold(name, f"at least {wanted}", f"{part}/{whole}", met)


def reached(report: Report) -> Accepted:
    """What ``report`` reached, for the next run to be held against."""
    severities = [f.severity for document in report.documents for f in document.findings if not f.accepted]
    every = report.every
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    return Accepted(every.figures, every.ticked, errors, warnings)


def ratchet(report: Report, last: Accepted) -> tuple[Threshold, ...]:
    """``report`` against the last accepted run: no lower coverage, no more errors, no more warnings."""
    now = reached(report)
    covered = now.ticked * last.figures >= last.ticked * now.figures if now.figures else not last.ticked
    return (
        Threshold("ratchet coverage", f"at least {last.ticked}/{last.figures}", f"{now.ticked}/{now.figures}", covered),
        Threshold("ratchet errors", f"at most {last.errors}", str(now.errors), now.errors <= last.errors),
        Threshold("ratchet warnings", f"at most {last.warnings}", str(now.warnings), now.warnings <= last.warnings),
    )


def read_accepted(file: Path) -> Accepted | None:
    """The last accepted run; None where there is no file yet. Raises RatchetError."""
    if not file.exists():
        return None
    try:
        return msgspec.json.decode(file.read_bytes(), type=Accepted)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise RatchetError(f"{file}: no ratchet file: {problem}; remove it, and the next run writes it anew") from None


def dump_accepted(now: Accepted) -> bytes:
    """A ratchet file: JSON."""
    return msgspec.json.format(msgspec.json.encode(asdict(now)), indent=1) + b"\n"

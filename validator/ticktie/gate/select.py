"""Which rules are applied, and how bad a break of each is: by family, id, name or severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from msgspec.structs import replace

from ticktie.check.book import Rule, RuleBook
from ticktie.model.findings import Severity


class SelectError(ValueError):
    """A name that no rule has; the message names some like it."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}? " if near else ""
        super().__init__(f"no rule, family or severity is named {name!r}: {hint}'ticktie rule' lists all rules")
        self.name = name


def selected(
    book: RuleBook, select: Iterable[str] = (), ignore: Iterable[str] = (), severity: Mapping[str, str] | None = None
) -> RuleBook:
    """The rules of ``book`` that ``select`` names (all where it names none) without those of ``ignore``, with the
    severities that ``severity`` gives them; a rule's own id wins over its family. Raises SelectError."""
    select, ignore, severity = tuple(select), tuple(ignore), severity or {}
    _check(book, (*select, *ignore, *severity))
    kept = (rule for rule in book.rules if not select or _is_any(rule, select))
    kept = (rule for rule in kept if not _is_any(rule, ignore))
    return RuleBook(tuple(_judged(rule, severity) for rule in kept), book.options)


def _judged(rule: Rule, severity: Mapping[str, str]) -> Rule:
    for name in (rule.id, rule.name, rule.family, str(rule.severity)):
        if name in severity:
            return replace(rule, severity=Severity.parse(severity[name]))
    return rule


def _is_any(rule: Rule, names: Iterable[str]) -> bool:
    return any(is_named(rule, name) for name in names)


def is_named(rule: Rule, name: str) -> bool:
    """Whether ``name`` is the id, name, family or severity of ``rule``."""
    return name in (rule.id, rule.name, rule.family, str(rule.severity))


def _check(book: RuleBook, names: Iterable[str]) -> None:
    known = {name for rule in book.rules for name in (rule.id, rule.name, rule.family, str(rule.severity))}
    known |= {str(severity) for severity in Severity}
    for name in names:
        if name not in known:
            raise SelectError(name, known)

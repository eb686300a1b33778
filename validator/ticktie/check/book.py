"""The rule book: rules as they are after loading, ready to be applied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import force_setattr

from ticktie.check.formula import Formula
from ticktie.model.findings import Severity


class Rule(Struct, frozen=True):
    """One rule of a rule file. ``parameters`` are the keys that its kind asks for, ``holds`` the compiled expression
    of a rule of kind ``formula``; ``remedy`` is the sentence that says what to do about a finding."""

    id: str
    name: str
    kind: str
    severity: Severity
    summary: str
    why: str
    remedy: str = ""
    source: str = ""
    added: str = ""
    confidence: float = 1.0
    holds: Formula | None = None
    parameters: dict[str, object] = field(default_factory=dict)
    path: Path | None = None

    @property
    def family(self) -> str:
        """The letters of the id in lower case: ``tie`` of TIE001."""
        return self.id.rstrip("0123456789").lower()

    def flag(self, name: str) -> bool:
        """The boolean parameter ``name``; False where the rule does not say."""
        return bool(self.parameters.get(name, False))

    def word(self, name: str) -> str:
        """The string parameter ``name``; empty where the rule does not say."""
        return str(self.parameters.get(name, ""))

    def words(self, name: str) -> tuple[str, ...]:
        """The list parameter ``name``; empty where the rule does not say."""
        value = self.parameters.get(name, ())
        return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()


class RuleBook(Struct, frozen=True):
    """Rules by id, in the order of their ids; ``options`` names what is only done where it is asked for
    (``feasibility``)."""

    rules: tuple[Rule, ...]
    options: frozenset[str] = frozenset()
    by_id: dict[str, Rule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        force_setattr(self, "rules", tuple(sorted(self.rules, key=lambda rule: rule.id)))
        force_setattr(self, "by_id", {rule.id: rule for rule in self.rules})

    def of_kind(self, *kinds: str) -> tuple[Rule, ...]:
        """The rules of these kinds."""
        return tuple(rule for rule in self.rules if rule.kind in kinds)

    def where(self, keep: Callable[[Rule], bool]) -> RuleBook:
        """The book of those rules that ``keep`` says yes to."""
        return RuleBook(tuple(rule for rule in self.rules if keep(rule)), self.options)

    def asking(self, *options: str) -> RuleBook:
        """The same rules, with these options too."""
        return RuleBook(self.rules, self.options.union(options))

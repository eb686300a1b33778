"""Findings: diagnoses and observations in words, with places, repairs and a fingerprint that outlives line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256

from ticktie.check.bench import Bench, Candidate, Judged
from ticktie.check.book import Rule, RuleBook
from ticktie.check.diagnose import Diagnosis
from ticktie.check.index import local, place
from ticktie.check.message import message
from ticktie.check.printing import UNEXPLAINED, printed, reprinted
from ticktie.model.facts import Fact, FactSet, Observation
from ticktie.model.findings import Edit, Finding, Repair
from ticktie.model.number import EXACT, ZERO, plain
from ticktie.model.place import Location

_LINES = re.compile(r"\blines? \d+(?:(?:, | and | to |-)\d+)*")


def finding(diagnosis: Diagnosis, bench: Bench) -> Finding:
    """The finding that says ``diagnosis``; the rule is that of its worst check."""
    leading = leading_check(diagnosis, bench)
    rule, check = bench.rule(leading), leading.check
    facts = _facts(diagnosis, leading)
    stated = [bench.index.fact(fact) for fact in facts]
    return Finding(
        rule=rule.id, name=rule.name, severity=rule.severity,
        confidence=round(rule.confidence * min(fact.confidence for fact in stated), 4),
        message=message(diagnosis, leading, bench), locations=_locations(stated),
        checks=tuple(one.check.id for one in diagnosis.broken), facts=facts,
        expected=check.expected, actual=check.actual, residual=check.residual, allowed=check.allowed,
        culprit=None if diagnosis.culprit is None else diagnosis.culprit.fact,
        candidates=tuple(one.fact for one in diagnosis.candidates), repairs=_repairs(diagnosis, bench),
        fingerprint=_fingerprint(rule, stated, diagnosis), remedy=rule.remedy, why=rule.why,
    )  # fmt: skip


def leading_check(diagnosis: Diagnosis, bench: Bench) -> Judged:
    """The check that names the finding: of the worst ones, one that the culprit stands in as its total (a claim)."""
    worst = bench.rule(diagnosis.broken[0]).severity
    same = [one for one in diagnosis.broken if bench.rule(one).severity == worst]
    culprit = None if diagnosis.culprit is None else diagnosis.culprit.fact
    if culprit is not None and bench.index.fact(culprit).kind == "narrative":
        return next((one for one in same if one.trial.total == culprit), same[0])
    return same[0]


def _facts(diagnosis: Diagnosis, leading: Judged) -> tuple[str, ...]:
    """The culprit or the candidates first, then the figures of the checks."""
    suspects = [diagnosis.culprit] if diagnosis.culprit else list(diagnosis.candidates) if diagnosis.together else []
    members = (fact for one in (leading, *diagnosis.broken) for fact in one.trial.members)
    return tuple(dict.fromkeys((*(one.fact for one in suspects), *members)))


def _locations(facts: Iterable[Fact]) -> tuple[Location, ...]:
    """Where the facts stand; a fact that came without a place is found by its id."""
    places = (fact.location or Location(document="", pointer=f"/facts/{fact.id}") for fact in facts)
    return tuple(dict.fromkeys(places))


def _repairs(diagnosis: Diagnosis, bench: Bench) -> tuple[Repair, ...]:
    """The edits that make every check of the finding hold, likeliest first; a single one only where it is sure."""
    if diagnosis.together:
        edits = tuple(_edit(one, bench) for one in diagnosis.candidates)
        return (Repair(edits, "; ".join(dict.fromkeys(one.cause.words for one in diagnosis.candidates)), 1),)
    known = [diagnosis.culprit] if diagnosis.culprit else list(diagnosis.candidates)
    valued = [one for one in known if one is not None and one.value is not None]
    if diagnosis.culprit is None:
        likely = [one for one in valued if one.cause.rank < UNEXPLAINED]
        valued = likely if len(likely) > 1 else []
    return tuple(Repair((_edit(one, bench),), one.cause.words, rank) for rank, one in enumerate(valued, 1))


def _edit(candidate: Candidate, bench: Bench) -> Edit:
    fact = bench.index.fact(candidate.fact)
    after = printed(fact) if candidate.value is None else reprinted(fact, candidate.value)
    return Edit(fact.id, printed(fact), after)


def _fingerprint(rule: Rule, facts: list[Fact], diagnosis: Diagnosis) -> str:
    """A hash of rule, concept, period and evidence: never of a place, so that it stays when lines move."""
    evidence = sorted("|".join((local(one.concept), str(one.period), plain(one.number.value))) for one in facts)
    rules = sorted({one.trial.rule for one in diagnosis.broken})
    return sha256("\n".join((rule.id, *rules, *evidence)).encode()).hexdigest()[:32]


def observed(facts: FactSet, book: RuleBook) -> Iterator[Finding]:
    """A finding for each thing seen while reading that a rule of kind ``observation`` names."""
    rules = {rule.word("of"): rule for rule in book.of_kind("observation")}
    seen: dict[str, int] = {}
    for observation in facts.observations:
        rule = rules.get(observation.kind)
        if rule is not None and observation.locations:
            words = _LINES.sub("line", observation.message)
            key = "\n".join((rule.id, words, *_evidence(observation, facts)))
            seen[key] = seen.get(key, 0) + 1
            yield _observed(observation, rule, sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:32])


def _observed(observation: Observation, rule: Rule, fingerprint: str) -> Finding:
    return Finding(
        rule=rule.id, name=rule.name, severity=rule.severity, confidence=rule.confidence, message=observation.message,
        locations=observation.locations, facts=observation.facts, fingerprint=fingerprint,
        remedy=rule.remedy, why=rule.why,
        expected=observation.expected, actual=observation.actual, residual=_residual(observation),
        culprit=observation.facts[0] if observation.edits else None,
        repairs=tuple(Repair((Edit(*edit[:3]),), edit[3], rank) for rank, edit in enumerate(observation.edits, 1)),
    )  # fmt: skip


def _residual(observation: Observation) -> Decimal | None:
    known = observation.expected is not None and observation.actual is not None
    return EXACT.subtract(observation.actual or ZERO, observation.expected or ZERO) if known else None


def _evidence(observation: Observation, facts: FactSet) -> list[str]:
    known = [facts.by_id[fact] for fact in observation.facts if fact in facts.by_id]
    return [f"{local(fact.concept)}|{fact.period}|{fact.value}" for fact in sorted(known, key=place)]

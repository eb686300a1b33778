"""What a finding says: who disagrees with whom, by how much, what proves it, what it should read."""

from __future__ import annotations

from decimal import Decimal

from ticktie.check.bench import Bench, Candidate, Judged
from ticktie.check.diagnose import Diagnosis
from ticktie.check.index import local
from ticktie.check.printing import UNEXPLAINED, printed, reprinted, show
from ticktie.model.facts import Fact
from ticktie.model.number import HALF, plain, round_to, scaled

_SHOWN = 4


def message(diagnosis: Diagnosis, leading: Judged, bench: Bench) -> str:
    """The sentences of a finding."""
    said = [_disagreement(leading, bench), _proof(diagnosis, leading, bench), _conclusion(diagnosis, bench)]
    return " ".join(sentence for sentence in said if sentence)


def _disagreement(judged: Judged, bench: Bench) -> str:
    kind = bench.rule(judged).kind
    if kind in ("tie", "duplicate", "repeated-claim"):
        return _tie(judged, bench)
    if kind in ("percentage-of-count", "count-rounded-down"):
        return _share(judged, bench, edge=kind == "count-rounded-down")
    if kind in ("growth", "share-of-base", "presence", "joint"):
        return _plain(judged, bench)
    if judged.trial.relation != "==" or not judged.trial.form.is_linear:
        return _formula(judged, bench)
    return _sum(judged, bench)


def name(fact: Fact) -> str:
    """What a reader calls the fact: its label, else its concept, and its period."""
    words = fact.label or local(fact.concept)
    return words if fact.period is None else f"{words}, {fact.period}"


def _tie(judged: Judged, bench: Bench) -> str:
    total = bench.index.fact(judged.trial.total)
    item = bench.index.fact(judged.trial.items[0][0])
    who = "the text" if total.kind == "narrative" else "one place"
    against = "another place" if item.kind == total.kind else "the table"
    same = "" if item.value is None or total.decimals is None else _rounded(total, item)
    return f"{name(item)}: {who} says {printed(total)}, {against} {printed(item)}{_unit(item)}{same}."


def _unit(fact: Fact) -> str:
    value = fact.value or Decimal(0)
    return "" if show(value, fact).strip("()") == show_full(value).strip("()") else f" ({show_full(value)})"


def show_full(value: Decimal) -> str:
    """``value`` in full units with thousands commas."""
    text = plain(value.copy_abs())
    whole, _, fraction = text.partition(".")
    full = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    return f"({full})" if value < 0 else full


def _rounded(claim: Fact, fact: Fact) -> str:
    if claim.decimals is None or fact.value is None or (fact.decimals is not None and fact.decimals <= claim.decimals):
        return ""
    return f", which rounds to {reprinted(claim, round_to(fact.value, claim.decimals))}"


def _sum(judged: Judged, bench: Bench) -> str:
    trial = judged.trial
    total = bench.index.fact(trial.total)
    expected, residual, allowed = (value or Decimal(0) for value in (trial.expected, trial.residual, trial.allowed))
    off = f"off by {show(residual.copy_abs(), total)}"
    rounding = f", rounding permits {_permitted(allowed, total)}" if allowed else ""
    makes = f"{added(judged, bench)} makes {show(expected, total)}"
    return f"{name(total)} is {printed(total)}, but {makes}: {off}{rounding}."


def _permitted(allowed: Decimal, total: Fact) -> str:
    scale = Decimal(1) if total.decimals is None else scaled(HALF, -total.decimals)
    return show_full(allowed) if total.decimals is None else f"{plain(allowed / scale / 2)} in the last place"


def added(judged: Judged, bench: Bench) -> str:
    """The items of a sum as printed, with their signs: ``3,886 + 1,051 - 227``."""
    pieces: list[str] = []
    for fact, weight in judged.trial.items:
        stated = bench.index.fact(fact)
        value = (stated.value or Decimal(0)) * weight
        sign = "- " if value < 0 else "+ "
        pieces.append(sign + show(value.copy_abs(), stated))
    return " ".join(pieces).removeprefix("+ ")


def _share(judged: Judged, bench: Bench, *, edge: bool) -> str:
    trial = judged.trial
    share, whole = bench.index.fact(trial.total), bench.index.fact(trial.items[0][0])
    count, stated = trial.expected or Decimal(0), whole.value or Decimal(1)
    exact = plain(round_to(count * 100 / stated, 4))
    said = f"{printed(share)} of {printed(whole)}: the nearest count is {plain(count)}, which is {exact}%"
    if edge:
        return f"{said}; only rounding a half down, or cutting digits off, prints the stated percentage."
    return f"{said}; no whole count prints the stated percentage."


def _formula(judged: Judged, bench: Bench) -> str:
    trial = judged.trial
    names = "; ".join(f"{name(bench.index.fact(fact))} {printed(bench.index.fact(fact))}" for fact in trial.members)
    expected, actual = trial.expected or Decimal(0), trial.actual or Decimal(0)
    rule = bench.rule(judged)
    return f"{rule.summary} Here: {names} ({show_full(actual)} against {show_full(expected)})."


def _plain(judged: Judged, bench: Bench) -> str:
    """What the rule says, and the figures that it is about."""
    facts = [bench.index.fact(fact) for fact in judged.trial.members]
    return f"{bench.rule(judged).summary} Here: {'; '.join(f'{name(fact)} {printed(fact)}' for fact in facts)}."


def _proof(diagnosis: Diagnosis, leading: Judged, bench: Bench) -> str:
    """The sum that proves the other figure of a tie whose claim is the culprit."""
    if diagnosis.culprit is None or diagnosis.culprit.fact != leading.trial.total:
        return ""
    for fact, _ in leading.trial.items:
        sums = [one for one in bench.by_fact[fact] if one.trial.outcome == "tied" and one.trial.source]
        sums = [one for one in sums if one.trial.source not in bench.index.fact(fact).restored_by]
        if sums:
            total = bench.index.fact(sums[0].trial.total)
            return f"The footing {added(sums[0], bench)} = {show(total.value or Decimal(0), total)} proves the table."
    return ""


def _conclusion(diagnosis: Diagnosis, bench: Bench) -> str:
    if diagnosis.together:
        both = " and ".join(_reading(one, bench) for one in diagnosis.candidates)
        return f"Both are wrong: {both}."
    if diagnosis.culprit is not None:
        return f"{_reading(diagnosis.culprit, bench)}.".replace("..", ".")
    if len(diagnosis.candidates) > 1:
        shown = ", ".join(_brief(one, bench) for one in diagnosis.candidates[:_SHOWN])
        more = len(diagnosis.candidates) - _SHOWN
        return f"One of these figures is wrong: {shown}{f' and {more} more' if more > 0 else ''}."
    return ""


def _reading(candidate: Candidate, bench: Bench) -> str:
    fact = bench.index.fact(candidate.fact)
    if candidate.value is None:
        return f"The figure to look at is {printed(fact)} ({name(fact)})"
    why = f" ({candidate.cause.words})" if candidate.cause.rank < UNEXPLAINED else ""
    return f"{printed(fact)} should read {reprinted(fact, candidate.value)}{why}"


def _brief(candidate: Candidate, bench: Bench) -> str:
    fact = bench.index.fact(candidate.fact)
    likely = candidate.value is not None and candidate.cause.rank < UNEXPLAINED
    better = f" -> {reprinted(fact, candidate.value)}" if likely and candidate.value is not None else ""
    return f"{printed(fact)}{better} ({name(fact)})"

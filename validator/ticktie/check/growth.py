"""Percentages of amounts: changes against an earlier period, and shares of a base such as revenue.

Judged as products of intervals, never as quotients: a base that may be zero restricts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Context, Decimal

from ticktie.check.bind import slack
from ticktie.check.book import Rule, RuleBook
from ticktie.check.form import ONE, Form
from ticktie.check.formula import At
from ticktie.check.index import Index, Setting, local
from ticktie.check.printing import UNEXPLAINED, cause
from ticktie.check.trial import Trial
from ticktie.model.facts import PART, Fact
from ticktie.model.findings import Outcome
from ticktie.model.number import EXACT, ZERO, round_to

_DIVISION = Context(prec=60)
#: What a change may be measured against; the first that agrees counts, a break is told against the first that stands.
_EARLIER: tuple[At, ...] = ("year_ago", "prior", "opening")
#: So many shares of one column must hold before another one of it can be wrong.
_PROOFS = 2


def growth(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every percent change that the text states of a line item against the figures of both periods.

    Neither a change with another direction nor one against the period before is a break: the words may say so. Of
    several changes of one line item in one period, those that break are of parts of it."""
    for concept, settings in index.claims.items():
        tried: defaultdict[Setting, list[Trial]] = defaultdict(list)
        for setting, claims in settings.items():
            for claim in claims:
                if _is_change(claim):
                    tried[setting._replace(dimensions=())] += _grown(rule, claim, concept, setting, index)
        for trials in tried.values():
            several = len({trial.actual for trial in trials}) > 1
            yield from (trial for trial in trials if trial.passed or not several)


def _is_change(claim: Fact) -> bool:
    """Whether a claim says by what part of itself a figure changed; not by how many points a percentage did."""
    return _part(claim).startswith("percent-change") and not claim.approximate and "point" not in (claim.printed or "")


def _part(fact: Fact) -> str:
    return dict(fact.dimensions).get(PART, "")


def _grown(rule: Rule, claim: Fact, concept: str, setting: Setting, index: Index) -> Iterator[Trial]:
    trials: list[Trial] = []
    for where in _money(concept, setting, index):
        for at in _EARLIER:
            before = index.moved(concept, where, at)
            if before is not None:
                trials += _changes(rule, claim, index.stated(concept, where)[0], index.stated(concept, before), index)
    agreeing = next((trial for trial in trials if trial.passed), None)
    if agreeing is not None:
        yield agreeing
    elif trials and (claim.value or ZERO) > -1:
        yield trials[0]


def _money(concept: str, setting: Setting, index: Index) -> list[Setting]:
    """The settings of the period of a percentage in which the line item itself stands."""
    same = (setting.entity, setting.period, ())
    return [where for where in index.tables.get(concept) if where[:3] == same and where.currency]


def _changes(rule: Rule, claim: Fact, later: Fact, earlier: list[Fact], index: Index) -> Iterator[Trial]:
    """The trial in the direction that the claim says, else in the other one where that holds."""
    if not earlier or earlier[0].id == later.id or not _same_sign(later, earlier[0]):
        return
    for sign in (ONE, -ONE):
        base = Form.fact(earlier[0].id)
        equation = Form.fact(later.id) - base - base * Form.fact(claim.id) * Form.constant(sign)
        trial = _trial(rule, claim, (later, earlier[0]), equation, _change(later, earlier[0], claim), index)
        if sign == 1 or trial.passed:
            yield trial


def _same_sign(one: Fact, other: Fact) -> bool:
    return (one.value or ZERO) * (other.value or ZERO) > 0


def _change(later: Fact, earlier: Fact, claim: Fact) -> Decimal:
    quotient = _DIVISION.divide(later.number.value, earlier.number.value) - 1
    return quotient if claim.decimals is None else round_to(quotient, claim.decimals)


def _trial(rule: Rule, share: Fact, of: tuple[Fact, Fact], equation: Form, known: Decimal, index: Index) -> Trial:
    residual = equation.value(index.numbers)
    allowed = slack(equation, residual, index)
    stated = share.number.value
    outcome: Outcome = "tied" if known == stated else "rounding" if residual.copy_abs() <= allowed else "broken"
    items = tuple((fact.id, ONE) for fact in of)
    return Trial(
        rule.id, outcome, share.id, items, known, stated, EXACT.subtract(stated, known), None,
        equation=equation, ticks="total", proves=False, known=known,
    )  # fmt: skip


def shares_of_base(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every percentage that a table prints of a line item whose amount it prints too, as a share of the first line
    item of ``of`` that stands; a break counts where most shares of its column hold, and at least two."""
    columns: defaultdict[Setting, list[Trial]] = defaultdict(list)
    for share, setting in _percentages(index):
        amounts = [found[0] for where in _money(local(share.concept), setting, index)
                   if (found := index.stated(local(share.concept), where))]  # fmt: skip
        bases = [found[0] for concept in rule.words("of") for where in _money(concept, setting, index)
                 if (found := index.stated(concept, where))]  # fmt: skip
        if amounts and bases and bases[0].value:
            columns[setting._replace(dimensions=())].append(_share(rule, share, amounts[0], bases[0], index))
    for trials in columns.values():
        held = sum(trial.passed for trial in trials)
        counts = held >= max(_PROOFS, len(trials) - held)
        yield from (trial for trial in trials if trial.passed or (counts and _is_misread(trial, index)))


def _is_misread(trial: Trial, index: Index) -> bool:
    """Whether a common error turned the share that follows into the stated one; else it is a share of another base."""
    return trial.known is not None and cause(index.fact(trial.total), trial.known).rank < UNEXPLAINED


def stated_quotients(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Every percentage that the text states of one table figure in another ("# or 12% of total assets")."""
    for quotient in index.facts.quotients:
        share, part, whole = (index.facts.by_id.get(one) for one in (quotient.share, quotient.part, quotient.whole))
        stated = share is not None and share.value is not None and not share.approximate
        if stated and share and part and whole and part.value and whole.value:
            yield _share(rule, share, part, whole, index)


def _percentages(index: Index) -> Iterator[tuple[Fact, Setting]]:
    """The pure numbers of tables with their settings."""
    for fact in index.facts.facts:
        if fact.unit in (None, "xbrli:pure") and fact.value is not None and fact.kind != "narrative":
            yield fact, Setting(fact.entity, fact.period, fact.dimensions, "")


def _share(rule: Rule, share: Fact, amount: Fact, base: Fact, index: Index) -> Trial:
    equation = Form.fact(amount.id) - Form.fact(base.id) * Form.fact(share.id)
    quotient = _DIVISION.divide(amount.number.value, base.number.value)
    known = quotient if share.decimals is None else round_to(quotient, share.decimals)
    if known == share.number.value.copy_negate():
        return _trial(rule, share, (amount, base), -equation, share.number.value, index)
    return _trial(rule, share, (amount, base), equation, known, index)

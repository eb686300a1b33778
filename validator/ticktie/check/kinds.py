"""The kinds of rules: each a small pure generator of trials over the facts of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Context, Decimal
from functools import partial
from itertools import islice, product

from msgspec import Struct, field

from ticktie.check.across import row_scales, row_signs
from ticktie.check.bind import Lookup, bind, judge, lookup
from ticktie.check.book import Rule, RuleBook
from ticktie.check.formula import Formula, Reference
from ticktie.check.grim import count_rounded_down, percentage_of_count
from ticktie.check.growth import growth, shares_of_base, stated_quotients
from ticktie.check.index import Index, Setting, setting_of
from ticktie.check.likely import exchanged, has_common_cause, is_of_other_column
from ticktie.check.linkbase import linkbase_sums
from ticktie.check.network import calculations
from ticktie.check.periods import period_sums
from ticktie.check.presence import presence
from ticktie.check.sums import column_sums, foot_exact, printed_sums
from ticktie.check.tie import derived_claims, duplicates, repeated_claims, tied_claims
from ticktie.check.trial import Trial
from ticktie.model.number import EXACT, ZERO, scaled

Generator = Callable[[Rule, RuleBook, Index], Iterator[Trial]]

#: Where several figures are stated for one concept in one setting, so many combinations are looked at, no more.
COMBINATIONS = 16
#: Parts are only compared with limits of two digits.
_ROUGHLY = Context(prec=20)


class Kind(Struct, frozen=True):
    """A generator and the parameters that a rule of its kind must (True) or may (False) give, with their types."""

    trials: Generator
    parameters: dict[str, tuple[type, bool]] = field(default_factory=dict)


def formulas(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """``holds`` in every setting where enough of its concepts stand in tables.

    Of a ``corroborated`` rule a break counts only where the identity holds in at least as many other settings as it
    breaks (where it breaks everywhere, the document means something else by its concepts), and where the gap is not
    what another figure states (that one is an item the rule does not know). Up to the part ``beyond`` of the actual
    value a break does not count; of a ``slipped`` rule only breaks by thousands count. With ``near`` an identity that
    is off by up to this part holds well enough to corroborate; a break must then be far beyond those gaps. Two breaks
    that both hold with the figures of a row exchanged always count: no other meaning of the concepts does that. A break
    of a corroborated rule does not count where the formula holds without a figure that another may stand for (``first``
    names several). A rule about the ``whole`` does not look at parts: a change or an elimination has any sign."""
    if rule.holds is None:
        return
    tried = list(_everywhere(rule, rule.holds, index))
    near = Decimal(rule.word("near") or 0)
    gaps = [_gap(trial) for trial in tried]
    held = [gap for gap in gaps if gap <= near]
    least = Decimal(rule.word("beyond") or 0) + 4 * max(held, default=ZERO)
    counts = not rule.flag("corroborated") or 2 * len(held) >= len(tried)
    swapped = exchanged(tried, index) if rule.flag("corroborated") else frozenset()
    for number, (trial, gap) in enumerate(zip(tried, gaps, strict=True)):
        counted = number in swapped or (counts and gap > near and _counts(rule, trial, least, index))
        if trial.passed or (counted and not _holds_without(rule, rule.holds, trial, index)):
            yield trial


def _holds_without(rule: Rule, formula: Formula, trial: Trial, index: Index) -> bool:
    """Whether a broken trial of a corroborated rule holds, or nearly does as the rule says, with another alternative in
    place of one figure."""
    if not rule.flag("corroborated"):
        return False
    find, near = lookup(index, setting_of(index.fact(trial.total))), Decimal(rule.word("near") or 0)
    for hidden in trial.members:
        sides = bind(formula, index, partial(_finding, find, hidden))
        if sides is not None and (sides[0] - sides[1]).facts:
            other = judge(rule.id, formula, sides, index)
            if hidden not in other.members and len(other.members) == len(trial.members) and _gap(other) <= near:
                return True
    return False


def _finding(find: Lookup, hidden: str, reference: Reference, claims: bool) -> str | None:
    """What ``find`` gives, but for the ``hidden`` fact."""
    found = find(reference, claims)
    return None if found == hidden else found


def _gap(trial: Trial) -> Decimal:
    """How far a trial is off beyond what rounding permits, as a part of its actual value."""
    if trial.passed:
        return ZERO
    actual = (trial.actual or ZERO).copy_abs()
    excess = EXACT.subtract((trial.residual or ZERO).copy_abs(), trial.allowed or ZERO)
    return _ROUGHLY.divide(excess, actual) if actual else Decimal(1)


def _counts(rule: Rule, trial: Trial, least: Decimal, index: Index) -> bool:
    """Whether a break is one that the rule is about, and of more than the part ``least`` of the actual value."""
    if not _is_beyond(trial, least):
        return False
    if rule.flag("slipped") and not _is_slipped(trial):
        return False
    return not (rule.flag("corroborated") and (_lacks_item(trial, index) or not _is_explained(trial, index)))


def _is_explained(trial: Trial, index: Index) -> bool:
    """Whether one figure misread, or that of another period in its place, explains why a sum breaks."""
    linear = trial.equation is not None and trial.equation.is_linear
    return not linear or has_common_cause(trial, index, loose=True) or is_of_other_column(trial, index)


def _lacks_item(trial: Trial, index: Index) -> bool:
    """Whether a sum misses exactly what another figure of its setting states: an item that the rule does not know."""
    linear = trial.equation is not None and trial.equation.is_linear
    return linear and bool(trial.residual) and index.states_elsewhere(trial.residual or ZERO, trial.members)


def _is_beyond(trial: Trial, least: Decimal) -> bool:
    actual, residual = trial.actual or ZERO, trial.residual or ZERO
    return residual.copy_abs() > EXACT.multiply(least, actual.copy_abs())


def _is_slipped(trial: Trial) -> bool:
    """Whether the two sides are near each other once one is moved by thousands."""
    actual, expected = trial.actual or ZERO, trial.expected or ZERO
    near = EXACT.multiply(expected.copy_abs(), Decimal("0.1"))
    moved = (EXACT.subtract(scaled(actual, power), expected) for power in (3, -3, 6, -6))
    return bool(expected) and any(distance.copy_abs() <= near for distance in moved)


def _everywhere(rule: Rule, formula: Formula, index: Index) -> Iterator[Trial]:
    without, whole = rule.words("unless"), rule.flag("whole")
    for setting in _settings(formula, index):
        if not (whole and setting.dimensions) and not any(index.stated(concept, setting) for concept in without):
            trial = _formula(rule, formula, setting, index)
            if trial is not None:
                yield trial


def _settings(formula: Formula, index: Index) -> list[Setting]:
    """The settings in which everything that ``formula`` needs there stands."""
    if not all(any(index.tables.get(reference.concept) for reference in need) for need in formula.needs):
        return []
    concepts = [reference.concept for reference in formula.references if not reference.at]
    here = [[one.concept for one in need] for need in formula.needs if not any(one.at for one in need)]
    return [
        setting
        for setting in index.settings(concepts)
        if all(any(index.stated(concept, setting) for concept in need) for need in here)
    ]


def _formula(rule: Rule, formula: Formula, setting: Setting, index: Index) -> Trial | None:
    """The first combination of duplicates that holds; of several that all break, none is judged: which one is meant
    is then a question of the duplicates."""
    first: Trial | None = None
    for number, chosen in enumerate(_choices(formula, setting, index)):
        trial = _tried(rule, formula, setting, index, chosen)
        if trial is not None and trial.passed:
            return trial
        first = trial if not number else None
    return first


def _tried(rule: Rule, formula: Formula, setting: Setting, index: Index, chosen: dict[Reference, str]) -> Trial | None:
    sides = bind(formula, index, lookup(index, setting, chosen))
    if sides is None or len(facts := (sides[0] - sides[1]).facts) < (2 if formula.relation == "==" else 1):
        return None
    enough = formula.relation != "==" or (sides[0].facts and (sides[1].facts or len(facts) > 1))
    return judge(rule.id, formula, sides, index) if enough else None


def _choices(formula: Formula, setting: Setting, index: Index) -> Iterator[dict[Reference, str]]:
    """Every way to choose one of several differing figures for the concepts that have them."""
    doubtful: dict[Reference, list[str]] = {}
    for reference in formula.references:
        if reference.concept not in index.doubtful:
            continue
        where = index.moved(reference.concept, setting, reference.at)
        group = index.stated(reference.concept, where) if where else []
        if len(group) > 1 and len({fact.value for fact in group}) > 1:
            doubtful[reference] = [fact.id for fact in group]
    for combination in islice(product(*doubtful.values()), COMBINATIONS):
        yield dict(zip(doubtful, combination, strict=True))


def nothing(rule: Rule, book: RuleBook, index: Index) -> Iterator[Trial]:
    """Rules about what was seen while reading yield no trials: their findings come from the observations. Those about
    all checks together are tried by the engine, after all others."""
    return iter(())


#: Every kind of rule, by the name that rule files give.
KINDS: dict[str, Kind] = {
    "formula": Kind(
        formulas,
        {
            "holds": (str, True),
            "unless": (list, False),
            "corroborated": (bool, False),
            "beyond": (str, False),
            "near": (str, False),
            "slipped": (bool, False),
            "whole": (bool, False),
        },
    ),
    "printed-sum": Kind(printed_sums, {"of": (list, True)}),
    "foot-exact": Kind(foot_exact, {"of": (list, True)}),
    "implied-sum": Kind(column_sums),
    "row-sign": Kind(row_signs),
    "row-scale": Kind(row_scales),
    "calculation": Kind(calculations, {"total": (str, True), "items": (list, True), "mode": (str, False)}),
    "tie": Kind(tied_claims, {"approximate": (bool, False), "sign": (bool, False)}),
    "repeated-claim": Kind(repeated_claims, {"parts": (bool, False)}),
    "derived-claim": Kind(derived_claims, {"approximate": (bool, False)}),
    "duplicate": Kind(duplicates, {"origin": (str, True)}),
    "percentage-of-count": Kind(percentage_of_count),
    "count-rounded-down": Kind(count_rounded_down),
    "growth": Kind(growth),
    "share-of-base": Kind(shares_of_base, {"of": (list, True)}),
    "stated-quotient": Kind(stated_quotients),
    "period-sum": Kind(period_sums),
    "presence": Kind(presence, {"given": (str, True), "needs": (list, True)}),
    "calculation-link": Kind(linkbase_sums, {"mode": (str, False)}),
    "joint": Kind(nothing),
    "observation": Kind(nothing, {"of": (str, True)}),
}

"""Claims that are computed from other claims: stated differences, and percentages of a stated count."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from ticktie.extract.amounts import Amount
from ticktie.extract.counts import PEOPLE
from ticktie.extract.reading import Context, Reading
from ticktie.model.figures import Claim

_DIFFERENCE = re.compile(r"(?i)^\s(?:\w+\s)?(?:difference|increase|decrease|improvement|decline|reduction|change)\b")
_POINTING = re.compile(r"(?i)\b(?:this|these|the)\s$")
_SHARE_WORDS = re.compile(
    r"(?i)margin|revenue|sales|income|rate\sof\stax|tax\srate|expense|interest|growth|market\sshare|confidence|yield|dividend"
)
_DIRECTLY = re.compile(r"^[\s\w,-]{0,60}\(\s?$")


def related(found: list[Claim], reading: Reading, context: Context) -> list[Claim]:
    """Claims with the others they are computed from: differences, and percentages of a count."""
    found = [_difference(claim, found, reading, context) for claim in found]
    population = context.population
    result: list[Claim] = []
    for claim, amount in zip(found, reading.amounts, strict=True):
        if claim.kind == "count" and claim.unit in PEOPLE and not claim.approximate:
            population = claim
        elif population is not None and claim.kind == "percentage" and not _is_money_ratio(claim, reading):
            claim = replace(claim, whole=_whole_of(claim, amount, population, result, reading, context).id)
        result.append(claim)
    return result


def _is_money_ratio(claim: Claim, reading: Reading) -> bool:
    return any(_SHARE_WORDS.search(metric) for metric in claim.metrics[:2]) or claim.bound is not None


def _whole_of(
    claim: Claim, amount: Amount, population: Claim, before: list[Claim], reading: Reading, context: Context
) -> Claim:
    """The count that a percentage is a share of: the population last named; after "32 patients (", the one before."""
    here = [c for c in before if c.kind == "count" and c.unit in PEOPLE]
    if here and here[-1] is population:
        end = next(a.end for a, c in zip(reading.amounts, before, strict=False) if c is population)
        if _DIRECTLY.match(reading.text[end : amount.start]) and not re.search(
            r"[§#]", reading.text[end : amount.start]
        ):
            larger = [c for c in (*here[:-1], context.population) if c is not None and c.value > population.value]
            return larger[-1] if larger else population
    return population


def _difference(claim: Claim, found: list[Claim], reading: Reading, context: Context) -> Claim:
    """A change whose two ends are stated, in this sentence or (for "this difference") in the one before."""
    amount = reading.amounts[found.index(claim)]
    if claim.kind not in ("change", "amount", "event") or "/" in claim.unit or claim.unit in ("pure", "shares"):
        return claim
    if _is_difference(reading, amount) and len(_ends(context.last, claim.unit)) == 2:
        pair = _ends(context.last, claim.unit)
        return replace(claim, kind="change", period=pair[0].period, difference_of=(pair[0].id, pair[1].id))
    pair = _ends(tuple(found), claim.unit)
    if claim.kind == "change" and len(pair) == 2 and reading.groups[-1].comparison:
        return replace(claim, difference_of=(pair[0].id, pair[1].id))
    return claim


def _is_difference(reading: Reading, amount: Amount) -> bool:
    pointing = _POINTING.search(reading.text, max(0, amount.start - 8), amount.start)
    return pointing is not None and _DIFFERENCE.match(reading.text[amount.end : amount.end + 40]) is not None


def _ends(claims_: tuple[Claim, ...], unit: str) -> list[Claim]:
    levels = [c for c in claims_ if c.unit == unit and c.kind == "amount" and c.bound is None and c.period]
    return sorted(levels, key=lambda claim: claim.period.end if claim.period else date.min, reverse=True)

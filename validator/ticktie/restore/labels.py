"""Lost labels come back from the tree of sums (what a row does in it) and from the claims whose values fit the row.

A claim names a row only where its value fits in every column that it speaks of and no other nameless row fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ticktie.extract.footing import Identity
from ticktie.model.facts import Period, Statement
from ticktie.model.figures import Claim
from ticktie.model.number import Number, scaled
from ticktie.restore.columns import Column
from ticktie.restore.lines import Figure, Line

_Name = tuple[str, frozenset[str]]
_REVENUE = re.compile(r"\brevenues?\b|\bsales\b|\bfees\b")
_EXPENSE = re.compile(r"\bexpenses?\b|\bcosts?\b|\bspending\b")
_LONGEST_PHRASE = 8


class _Table(Struct, frozen=True):
    """A statement whose labels are being restored."""

    lines: tuple[Line, ...]
    identities: tuple[Identity, ...]
    columns: tuple[Column, ...]
    claims: Sequence[Claim]
    scale: int
    kind: Statement | None

    @property
    def nameless(self) -> list[Line]:
        return [line for line in self.lines if not line.label and not line.is_heading]

    def line(self, key: int) -> Line:
        return next(line for line in self.lines if line.key == key)


def restored_labels(
    lines: Sequence[Line],
    identities: Sequence[Identity],
    columns: Sequence[Column],
    claims: Sequence[Claim],
    scale: int,
    kind: Statement | None,
) -> tuple[Line, ...]:
    """The lines with every label that the structure or a claim gives back."""
    table = _Table(tuple(lines), tuple(identities), tuple(columns), claims, scale, kind)
    if not table.nameless:
        return table.lines
    roles = _balance_roles(table) if kind == "balance-sheet" else _flow_roles(table)
    sections = _sections(table, roles)
    named = _named_by_claims(table, set(roles), sections)
    return tuple(_renamed(line, roles, named, sections) for line in table.lines)


def _renamed(line: Line, roles: Mapping[int, str], named: Mapping[int, _Name], sections: Mapping[int, str]) -> Line:
    """A nameless line with the name of its role, else of the claims that fit it; its loss is marked either way."""
    if line.label or line.is_heading:
        return line
    section = line.section or sections.get(line.key, "")
    lost = replace(line, section=section, damage=(*line.damage, "label-lost"))
    if line.key in roles:
        why = f"its place in the sums of the table makes it {roles[line.key].lower()}"
        return replace(lost, label=roles[line.key], evidence=(*line.evidence, why))
    if line.key in named:
        phrase, ids = named[line.key]
        why = f'claims of the text fit this row: "{phrase}"'
        return replace(lost, label=phrase, evidence=(*line.evidence, why), restored_by=line.restored_by | ids)
    return lost


def _sections(table: _Table, roles: Mapping[int, str]) -> dict[int, str]:
    """``Revenues`` or ``Operating expenses`` for the rows that add up to the totals of these roles."""
    names = {"Total revenues": "Revenues", "Total operating expenses": "Operating expenses"}
    wanted = {key: names[name] for key, name in roles.items() if name in names}
    return {key: wanted[one.total] for one in table.identities if one.total in wanted for key, _ in one.items}


# --- roles in the tree of sums -----------------------------------------------------------------------------------


def _flow_roles(table: _Table) -> dict[int, str]:
    """Names by role: revenues less expenses is the operating result, then other items, pre-tax, tax, net."""
    roles: dict[int, str] = {}
    chain = _chain(table.identities)
    if chain is None:
        return _per_share_roles(table, None)
    revenue, expense, operating, steps = chain
    roles |= _gross_roles(table, revenue) | {expense: "Total operating expenses"}
    roles[operating] = f"{_result(table, operating)} from operations"
    if steps:
        last = steps[-1]
        has_tax = last.items[-1][1] < 0 or len(steps) > 1
        if has_tax:
            roles[last.items[0][0]] = f"{_result(table, last.items[0][0])} before income taxes"
            roles[last.items[-1][0]] = "Provision for income taxes"
            roles[last.total] = f"Net {_result(table, last.total).lower()}"
            steps = steps[:-1]
        for step in steps:
            others = [key for key, _ in step.items[1:]]
            if len(others) == 1:
                roles.setdefault(others[0], "Other income, net")
    net = max((key for key, name in roles.items() if name.startswith("Net ")), default=None)
    nameless = {line.key for line in table.nameless}
    return {key: name for key, name in (roles | _per_share_roles(table, net)).items() if key in nameless}


def _gross_roles(table: _Table, first: int) -> dict[int, str]:
    """Names of what the expenses are taken from: revenues, or a gross profit and its two parts."""
    own = next((identity for identity in table.identities if identity.total == first), None)
    if own is None or len(own.items) != 2 or own.items[1][1] > 0:
        return {first: "Total revenues"}
    return {first: "Gross profit", own.items[0][0]: "Total revenues", own.items[1][0]: "Cost of revenues"}


def _chain(identities: Sequence[Identity]) -> tuple[int, int, int, list[Identity]] | None:
    """Revenue, expense, operating result, and the identities that lead on from it to the net result."""
    for identity in identities:
        if len(identity.items) == 2 and identity.items[0][1] > 0 > identity.items[1][1]:
            revenue, expense = identity.items[0][0], identity.items[1][0]
            totals = {other.total for other in identities}
            if expense in totals or identity.total in totals - {identity.total}:
                return revenue, expense, identity.total, _onward(identity.total, identities)
    return None


def _onward(start: int, identities: Sequence[Identity]) -> list[Identity]:
    """The identities that start from ``start``, then from the total of the last, and so on."""
    steps: list[Identity] = []
    for identity in identities:
        if identity.items[0][0] == start and identity.total > start:
            steps.append(identity)
            start = identity.total
    return steps


def _result(table: _Table, key: int) -> str:
    """``Loss`` where the latest figure of a result is negative, else ``Income``."""
    figure = next((figure for figure in table.line(key).figures if figure), None)
    return "Loss" if figure is not None and figure.value < 0 else "Income"


def _per_share_roles(table: _Table, net: int | None) -> dict[int, str]:
    """Names of nameless per-share and share rows: basic before diluted, both in one where there is one."""
    result = "loss" if net is not None and _result(table, net) == "Loss" else "income"
    roles: dict[int, str] = {}
    for unit, name in (("per-share", f"Net {result} per share"), ("shares", "Weighted average shares outstanding")):
        rows = [line for line in table.lines if line.unit == unit]
        suffixes = ("basic", "diluted") if len(rows) == 2 else ("basic and diluted",) * len(rows)
        roles |= {line.key: f"{name}, {suffix}" for line, suffix in zip(rows, suffixes, strict=True) if not line.label}
    return roles


def _balance_roles(table: _Table) -> dict[int, str]:
    """Names of the two equal totals of a balance sheet and of the equity that ends the second."""
    totals = table.identities
    pairs = [
        (a, b) for a in totals for b in totals if a.total < b.total and _equal(table.line(a.total), table.line(b.total))
    ]
    if not pairs:
        return {}
    assets, claims = pairs[-1]
    roles = {assets.total: "Total assets", claims.total: "Total liabilities and stockholders' equity"}
    roles[claims.items[-1][0]] = "Total stockholders' equity"
    nameless = {line.key for line in table.nameless}
    return {key: name for key, name in roles.items() if key in nameless}


def _equal(a: Line, b: Line) -> bool:
    return all(x and y and x.value == y.value for x, y in zip(a.figures, b.figures, strict=False))


# --- names from claims -------------------------------------------------------------------------------------------


def _named_by_claims(table: _Table, done: set[int], sections: Mapping[int, str]) -> dict[int, _Name]:
    """For each nameless row the phrase whose claims fit it, and it alone; the phrase with most claims first."""
    rows = [line for line in table.nameless if line.key not in done]
    fits = {
        (line.key, phrase): ids
        for line in rows
        for phrase, claims in _phrases(table.claims).items()
        if (ids := _fit(line, claims, table.columns, table.scale))
        and _section_agrees(claims, sections.get(line.key, line.section), len(ids))
    }
    named: dict[int, _Name] = {}
    for (key, phrase), ids in sorted(fits.items(), key=lambda item: (-len(item[1]), item[0])):
        open_rivals = [
            k for (k, p), other in fits.items() if p == phrase and k not in {key, *named} and len(other) >= len(ids)
        ]
        if key not in named and phrase not in {name for name, _ in named.values()} and not open_rivals:
            named[key] = (phrase, ids)
    return named


def _section_agrees(claims: Sequence[Claim], section: str, fits: int) -> bool:
    """Whether the words of a phrase's claims place it in the row's section; a single fit needs them to say so."""
    words = " ".join(metric for claim in claims for metric in claim.metrics).lower()
    revenue, expense = _REVENUE.search(words), _EXPENSE.search(words)
    if _REVENUE.search(section.lower()):
        return bool(revenue) or (not expense and fits > 1)
    if _EXPENSE.search(section.lower()):
        return bool(expense) or (not revenue and fits > 1)
    return fits > 1


def _phrases(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The claims by the phrase that names them."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if (
            claim.metrics
            and claim.kind == "amount"
            and not claim.bound
            and len(claim.metrics[0].split()) <= _LONGEST_PHRASE
        ):
            found.setdefault(claim.metrics[0], []).append(claim)
    return found


def _fit(line: Line, claims: Sequence[Claim], columns: Sequence[Column], scale: int) -> frozenset[str]:
    """The claims of a phrase that fit a row; none where one of them speaks of a column and does not fit it."""
    by_period: dict[Period, Figure | None] = {
        column.period: figure for column, figure in zip(columns, line.figures, strict=True) if column.period
    }
    fitting = set()
    for claim in claims:
        if claim.period not in by_period or ("shares" in claim.unit) != (line.unit != "monetary"):
            continue
        figure = by_period[claim.period]
        if figure is None or not _ties(claim, figure, scale if line.unit != "per-share" else 0):
            return frozenset()
        fitting.add(claim.id)
    return frozenset(fitting)


def _ties(claim: Claim, figure: Figure, scale: int) -> bool:
    finer = Number(scaled(abs(figure.value), scale), figure.decimals - scale)
    return finer.rounds_to(Number(abs(claim.value), claim.decimals))

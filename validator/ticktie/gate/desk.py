"""What grounding works on: printed figures, what was learned of their rows and columns, and which are accounted for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from msgspec.structs import replace

from ticktie.gate.shelf import Item, Shelf, items, same_period, same_unit, same_value
from ticktie.model.facts import Fact, FactSet
from ticktie.model.number import EXACT, plain

#: Below this confidence the concept of a figure says too little about which line item it is.
SURE = 0.8
#: Figures of a column that facts must bear out before it is trusted to be read rightly.
_TRUSTED = 2
#: Significant digits that make a figure one of its own.
_TELLING_DIGITS = 3
_FIGURE = re.compile(r"\d[\d,. \u00a0\u202f]*\d|\d")


def row_of(figure: Fact) -> str:
    """The printed row of a table figure: its id without the column."""
    return figure.id.rpartition(".")[0] or figure.id


def table_of(figure: Fact) -> str:
    """The printed table of a table figure."""
    return figure.id.partition(".")[0]


def column_of(figure: Fact) -> str:
    """The printed column of a table figure: its id without the row."""
    return f"{table_of(figure)}.{figure.id.rpartition('.')[2]}"


def is_telling(fact: Fact) -> bool:
    """Whether a figure has digits enough, down to its last stated one, to know it again."""
    value = fact.number.value
    if fact.decimals is None:
        return len(_significant(plain(value))) >= _TELLING_DIGITS
    return value.adjusted() + fact.decimals + 1 >= _TELLING_DIGITS and bool(value)


def _is_same_print(fact: Fact, figure: Fact) -> bool:
    """Whether figures that agree do so by more than chance: a rounded one needs digits enough."""
    return fact.value == figure.value or fact.decimals == figure.decimals or (is_telling(fact) and is_telling(figure))


def _significant(text: str) -> str:
    return re.sub(r"\D", "", text).strip("0")


class Desk:
    """The printed figures; ``straight`` and ``flipped`` hold, by fact, those of its period that say the same, and the
    same with the other sign; ``taken`` those that a fact covers or a finding names."""

    def __init__(self, read: FactSet, text: str) -> None:
        self.tables = [fact for fact in read.facts if fact.kind == "table" and fact.value is not None]
        self._shelf = Shelf(read.facts)
        self._by_row: defaultdict[str, list[Fact]] = defaultdict(list)
        for figure in self.tables:
            self._by_row[row_of(figure)].append(figure)
        self.digits = frozenset(_significant(found) for found in _FIGURE.findall(text)) if text else frozenset()
        self.taken: set[str] = set()
        self.straight: dict[str, list[Fact]] = {}
        self.flipped: dict[str, list[Fact]] = {}
        self._votes: defaultdict[Item, Counter[str]] = defaultdict(Counter)
        self._flips: defaultdict[Item, Counter[str]] = defaultdict(Counter)
        self._owners: defaultdict[str, dict[Item, set[object]]] = defaultdict(dict)
        self._voters: defaultdict[tuple[Item, str], list[str]] = defaultdict(list)
        self._borne: Counter[str] = Counter()

    def link(self, facts: Iterable[Fact]) -> None:
        """Find for every fact the figures that say the same, and learn rows and columns from them."""
        facts = list(facts)
        for fact in facts:
            self.straight[fact.id] = self._same(fact)
            self.flipped[fact.id] = self._same(replace(fact, value=EXACT.minus(fact.number.value)))
        for fact in facts:
            if is_telling(fact):
                self._learn(fact)

    def _same(self, fact: Fact) -> list[Fact]:
        named = {one.id for one in self.named(fact)}
        near = self.of_size(fact.number.value, fact.decimals)
        near = [one for one in near if one.id in named or _is_same_print(fact, one)]
        return [one for one in near if same_value(fact, one) and same_period(fact, one) and same_unit(fact, one)]

    def _learn(self, fact: Fact) -> None:
        item = items(fact)[0]
        self._votes[item].update({row_of(one) for one in self.straight[fact.id]})
        self._flips[item].update({row_of(one) for one in self.flipped[fact.id]})
        self._borne.update({column_of(one) for one in (*self.straight[fact.id], *self.flipped[fact.id])})
        for row in {row_of(one) for one in self.straight[fact.id]}:
            self._owners[row].setdefault(item, set()).add(fact.period)
            self._voters[item, row].append(fact.id)

    def of_size(self, value: Decimal, decimals: int | None) -> list[Fact]:
        """The table figures whose magnitude agrees with that of ``value``."""
        return [one for one in self._shelf.of_size(value.copy_abs(), decimals) if one.kind == "table"]

    def free(self, facts: Iterable[Fact]) -> list[Fact]:
        """Those that are not accounted for."""
        return [fact for fact in facts if fact.id not in self.taken]

    def take(self, facts: Iterable[Fact]) -> None:
        """Account for ``facts``."""
        self.taken.update(fact.id for fact in facts)

    def named(self, fact: Fact) -> list[Fact]:
        """The figures that the document gives the name of ``fact``, in any period."""
        return self._shelf.of_item(fact)

    def rows_of(self, fact: Fact) -> set[str]:
        """The rows that bear out other facts of its line item, straight or with the other sign."""
        votes = self._others(self._votes, fact, self.straight) or self._others(self._flips, fact, self.flipped)
        named = {row_of(one) for one in self.named(fact) if one.kind == "table"}
        most = max(votes.values(), default=0)
        return {row for row in votes if row in named} or {row for row, count in votes.items() if count == most}

    def _others(self, votes: dict[Item, Counter[str]], fact: Fact, same: dict[str, list[Fact]]) -> dict[str, int]:
        """How many other facts of the line item of ``fact`` each row bears out."""
        own = {row_of(one) for one in same[fact.id]} if is_telling(fact) else set()
        counts = {row: count - (row in own) for row, count in votes[items(fact)[0]].items()}
        return {row: count for row, count in counts.items() if count > 0}

    def is_own(self, fact: Fact, figure: Fact) -> bool:
        """Whether ``figure`` is of the line item of ``fact``, by its row or by its name."""
        if row_of(figure) in self.rows_of(fact):
            return True
        return any(one.id == figure.id for one in self.named(fact))

    def is_turned(self, fact: Fact, figure: Fact) -> bool:
        """Whether ``fact`` has the sign of ``figure`` where the other facts of its line item have the other one, and
        no name says which is right."""
        straight, flipped = self._signs(fact, figure)
        return flipped > max(straight, 2) and not self.is_named(fact, figure)

    def is_convention(self, fact: Fact, figure: Fact) -> bool:
        """Whether signs may be counted otherwise in the row of ``figure``, which has the other sign than ``fact``:
        unless the name decides, or most of the other facts of the line item."""
        straight, flipped = self._signs(fact, figure)
        return straight <= flipped and not (self.is_named(fact, figure) and straight == flipped)

    def partners(self, fact: Fact, figure: Fact) -> list[str]:
        """The other facts of the line item that have the sign of the row of ``figure``."""
        voters = self._voters[items(fact)[0], row_of(figure)]
        return [one for one in voters if one != fact.id]

    def _signs(self, fact: Fact, figure: Fact) -> tuple[int, int]:
        """How many other facts of the line item have the sign of the row, and how many the other one."""
        row = row_of(figure)
        straight = self._others(self._votes, fact, self.straight).get(row, 0)
        return straight, self._others(self._flips, fact, self.flipped).get(row, 0)

    def is_named(self, fact: Fact, figure: Fact) -> bool:
        """Whether the document surely gives ``figure`` the name of ``fact``."""
        return figure.confidence >= SURE and any(one.id == figure.id for one in self.named(fact))

    def stands_elsewhere(self, fact: Fact, figure: Fact) -> bool:
        """Whether the line item of ``fact`` has other rows, one of which prints another figure for this period, or the
        row of ``figure`` is that of another line item, which has no other figure for this period."""
        rows, item = self.rows_of(fact), items(fact)[0]
        if row_of(figure) in rows or row_of(figure) in self._others(self._votes, fact, self.straight):
            return False
        rivals = (one for row in rows for one in self._by_row[row])
        if any(same_period(fact, one) and same_unit(fact, one) and one.value for one in rivals):
            return True
        owners = {other: periods for other, periods in self._owners.get(row_of(figure), {}).items() if other != item}
        return any(periods and fact.period not in periods for periods in owners.values())

    def is_trusted(self, figure: Fact) -> bool:
        """Whether facts bear out other figures of its column."""
        return figure.kind == "table" and self._borne[column_of(figure)] >= _TRUSTED

    def places(self, fact: Fact) -> list[Fact]:
        """The figures that stand where ``fact`` should: in its rows, else under its name; free ones if there are."""
        rows = self.rows_of(fact)
        found = [one for row in sorted(rows) for one in self._by_row[row]]
        found = found or [one for one in self.named(fact) if one.kind == "table" and one.confidence >= SURE]
        found = [one for one in found if one.period is not None and same_period(fact, one) and same_unit(fact, one)]
        found = [one for one in found if self.is_trusted(one)]
        return self.free(found) or found

    def stands(self, value: Decimal) -> bool:
        """Whether the digits of ``value`` are printed anywhere, at any scale; short ones always count as printed."""
        digits = _significant(plain(value.copy_abs()))
        return len(digits) < _TELLING_DIGITS or digits in self.digits

"""The exam itself: floors rise, never fall, and fail what is below them."""

from __future__ import annotations

from tests.exam.board import Figure, fallen, raised, row
from tests.exam.readme import table

RECALL = Figure("seeds", "tables 000 recall", 0.9, ">=", 1)
ALARMS = Figure("seeds", "narrative 000 alarms", 2, "<=", 0)
SECONDS = Figure("speed", "check", 0.5, "<=", 0.6, "s", steady=False)


def test_a_figure_below_its_floor_fails_the_exam_and_one_short_of_its_target_does_not() -> None:
    assert fallen([RECALL, ALARMS], {"seeds": {"tables 000 recall": 0.95}}) == [RECALL]
    assert fallen([RECALL, ALARMS], {"seeds": {"tables 000 recall": 0.9, "narrative 000 alarms": 2}}) == []


def test_a_figure_with_a_floor_that_was_not_measured_fails() -> None:
    lost = Figure("seeds", "tables 000 recall", None, ">=", 1)
    assert fallen([lost], {"seeds": {lost.name: 0.1}}) == [lost]
    assert "not measured" in row(lost, {})


def test_floors_rise_to_what_was_measured_and_never_fall() -> None:
    floors = {"seeds": {"tables 000 recall": 0.95, "narrative 000 alarms": 3.0}}
    assert raised([RECALL, ALARMS], floors)["seeds"] == {"tables 000 recall": 0.95, "narrative 000 alarms": 2}


def test_floors_do_not_rise_beyond_the_target() -> None:
    better = Figure("damage", "pairs right", 0.97, ">=", 0.9)
    assert raised([better], {}) == {"damage": {"pairs right": 0.9}}


def test_a_floor_is_rounded_so_that_what_was_measured_stands_on_it() -> None:
    share = Figure("damage", "wrong", 0.00434, "<=", 0.002)
    floors = raised([share], {})
    assert floors == {"damage": {"wrong": 0.0044}} and fallen([share], floors) == []


def test_times_set_no_floors_by_themselves() -> None:
    assert raised([SECONDS], {}) == {}


def test_the_readme_shows_the_worst_of_figures_of_one_kind() -> None:
    perfect = Figure("seeds", "tables 002 recall", 1, ">=", 1)
    (line,) = [line for line in table([perfect, RECALL, ALARMS]).splitlines() if "Table figures read" in line]
    assert line.endswith("| 0.9 | >= 1 |")

"""Damage that was read through is told, each kind once, with every place a person would look at."""

from __future__ import annotations

from inspect import cleandoc

import pytest

from tests.unit.tables import facts_in, page
from tests.unit.texts import document
from ticktie.model.facts import FactSet, Observation
from ticktie.read.text import read
from ticktie.restore.document import currency_of, restore

TABLE = """
    STATEMENTS OF OPERATIONS (in thousands)

     | Three Months Ended June 30, | | |
     | 2031 | | 2030 |
    Room sales | $ | 6,127 | $ | 5,684
    Restaurant sales | | 2,085 | | 1,930
    Total revenues | | 8,212 | | 7,614
    Wages | | 2,377 | | 2,229
    Food and drink | | 1,620 | | 1,502
    Total expenses | | 3,997 | | 3,731
    Operating income | $ | 4,215 | $ | 3,883
    """


def damaged(old: str = "", new: str = "") -> FactSet:
    """The facts of the table with one part of its print exchanged."""
    text = cleandoc(TABLE)
    assert old in text
    return facts_in(text.replace(old, new) if old else text)


def only(facts: FactSet) -> Observation:
    (seen,) = facts.observations
    return seen


def lines(seen: Observation) -> list[int | None]:
    return [place.line for place in seen.locations]


def test_a_clean_table_gives_nothing_to_observe() -> None:
    assert damaged().observations == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "at", "words"),
    [
        ("Total revenues | | 8,212 | | 7,614", "Tatal revonues | | 8.212 | | 7,6l4\nTotal revenues | | 8,212 | | 7,614",
         "shadow-row", [7], "repeats line 8"),
        ("2,377 | | 2,229", "2.377 | | 2 229", "separator-misread", [8, 8], "2.377, 2 229"),
        ("1,620", "1,62O", "digits-misread", [9], "1,62O"),
        ("Food and drink | | 1,620", "Food and drink | | ", "value-lost", [9], "3997 = 2377 + ?"),
        ("Wages | | 2,377", " | | 2,377", "label-lost", [8, 8], "nothing names it"),
        ("3,997 | | 3,731", "3,997 | 3,731 | ", "cells-shifted", [10], "line 10 to line 10"),
        ("2,377 | | 2,229\nFood and drink | | 1,620 | | 1,502", "2,377 1,620 | | 2,229 1,502", "rows-merged",
         [8, 8], "2,377 1,620"),
        ("| Three Months Ended June 30, | | |\n | 2031 | | 2030 |\n", "| | | |\n", "header-lost", [3], "value column"),
        ("Wages", "\n\n(continued)\n\nWages", "table-split", [12], "second table"),
    ],
)  # fmt: skip
def test_each_damage_is_told_once_with_its_places(
    old: str, new: str, kind: str, at: list[int | None], words: str
) -> None:
    text = cleandoc(TABLE)
    assert old in text
    seen = [one for one in facts_in(text.replace(old, new)).observations if one.kind == kind]
    assert len(seen) == 1
    assert lines(seen[0]) == at
    assert words in seen[0].message


def test_a_collapsed_column_is_told_at_its_row() -> None:
    facts = facts_in(cleandoc(TABLE) + "\n | $ 6,127 2,085 8,212 2,377 1,620 | | 3 | ")
    assert only(facts).kind == "rows-collapsed"
    assert lines(only(facts)) == [12]


def test_most_labels_lost_are_one_observation_and_not_one_for_each() -> None:
    """A column of labels is lost at once: twenty notes would say it no better than one."""
    text = "\n".join(
        (" |" + line.partition("|")[2]) if line.strip() and line[0].isalpha() and "|" in line else line
        for line in cleandoc(TABLE).split("\n")
    )
    kinds = [seen.kind for seen in facts_in(text).observations]
    assert kinds == ["labels-lost"]


def test_a_header_printed_elsewhere_is_told_where_it_stands() -> None:
    text = cleandoc(TABLE).replace("| Three Months Ended June 30, | | |\n ", "")
    facts = facts_in(text + "\n\nThree Months Ended\nJune 30,")
    seen = only(facts)
    assert (seen.kind, lines(seen)) == ("header-displaced", [12])


def test_an_observation_names_the_facts_that_it_touches() -> None:
    facts = damaged("1,620", "1,62O")
    (touched,) = only(facts).facts
    assert facts.by_id[touched].printed == "1,62O"


def test_an_assumed_encoding_is_told_at_the_top_of_the_document() -> None:
    facts = restore(read("Stockholders’ equity was unchanged".encode("cp1252"), "old.txt"))
    assert (only(facts).kind, lines(only(facts))) == ("encoding-assumed", [1])
    assert restore(document("Stockholders’ equity was unchanged")).observations == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("$5 and $6, £1", "USD"), ("€5 million", "EUR"), ("£1 and £2 and $3", "GBP"), ("¥100", "JPY"), ("5", "USD")],
)
def test_the_currency_is_the_sign_that_stands_most_often(text: str, code: str) -> None:
    assert currency_of(text) == code


def test_facts_are_in_the_currency_of_their_document_and_of_the_given_entity() -> None:
    doc = page(cleandoc(TABLE).replace("$", "€"))
    facts = restore(doc, "lei:529900T8BM49AURSDO55").facts
    assert {fact.unit for fact in facts} == {"iso4217:EUR"}
    assert {fact.entity for fact in facts} == {"lei:529900T8BM49AURSDO55"}

"""Loading rule files: every mistake is named with file, key and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from ticktie.check import rule

GOOD = """id = "BAL901"
name = "own-rule"
kind = "formula"
severity = "error"
summary = "Assets equal something."
why = "They must."
remedy = "Look."
source = "Own."
added = "0.1.0"
holds = "Assets == Something + 1"
"""


def test_rules_that_ship_load_in_the_order_of_their_ids() -> None:
    """The book is sorted and complete."""
    ids = [one.id for one in rule.load().rules]
    assert ids == sorted(ids) and {"FOOT001", "TIE001", "PCT001", "READ001"} <= set(ids)


def test_rules_of_a_folder_of_ones_own_join_those_that_ship(tmp_path: Path) -> None:
    """One file more is one rule more."""
    (tmp_path / "BAL901.toml").write_text(GOOD, encoding="utf-8")
    assert rule.load([tmp_path]).by_id["BAL901"].family == "bal"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "formula"', 'kind = "magic"', "kind: unknown kind 'magic': use"),
        ('severity = "error"', 'severity = "fatal"', "severity: unknown severity 'fatal'"),
        ("Something + 1", "Something / 2", "holds: column 11: only + - *"),
        ("Something + 1", "eval(Something)", "holds: column 11: unknown function 'eval'"),
        ("added", "addded", "added: must be a text"),
        ('id = "BAL901"', 'id = "bal-1"', "id: must be the family in capitals"),
        ('name = "own-rule"', 'name = "Own rule"', "name: must be kebab-case"),
        ("holds =", "hold =", "hold: unknown key for kind formula"),
        ('why = "They must."', 'why = ""', "why: must be a text"),
        ('holds = "Assets', "holds = Assets", "not TOML"),
        ("added", 'unless = "A"\nadded', "unless: must be a list"),
        ("added", "confidence = 2\nadded", "confidence: must be between 0 and 1"),
    ],
)
def test_mistake_is_named_with_file_key_and_column(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The message leads to the place."""
    path = tmp_path / "BAL901.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(rule.RuleError) as raised:
        rule.load([tmp_path])
    assert str(raised.value).startswith(f"{path}: {said}")


def test_formula_rule_without_holds_is_refused(tmp_path: Path) -> None:
    """The kind says what it needs."""
    (tmp_path / "BAL901.toml").write_text(GOOD.replace('holds = "Assets == Something + 1"\n', ""), encoding="utf-8")
    with pytest.raises(rule.RuleError, match="holds: kind formula needs it"):
        rule.load([tmp_path])


def test_id_that_is_taken_is_refused_with_both_files(tmp_path: Path) -> None:
    """No rule replaces another silently."""
    (tmp_path / "BAL001.toml").write_text(GOOD.replace("BAL901", "BAL001"), encoding="utf-8")
    with pytest.raises(rule.RuleError, match=r"id: BAL001 is already the id of .*BAL001\.toml"):
        rule.load([tmp_path])


def test_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A typing mistake in a folder name must not check less in silence."""
    with pytest.raises(rule.RuleError, match="no such rule folder"):
        rule.load([tmp_path / "absent"])


def test_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are named, not raised."""
    (tmp_path / "BAL901.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(rule.RuleError, match="cannot be read"):
        rule.load([tmp_path])

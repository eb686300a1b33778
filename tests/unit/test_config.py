"""Configuration: found upwards, checked strictly, and wrong only with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from ticktie.config import ConfigError, Settings, load


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(fail_on="error", output_format="text", entity=None)


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    (tmp_path / "ticktie.toml").write_text('fail-on = "note"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load(below).fail_on == "note"
    (below / "pyproject.toml").write_text('[tool.ticktie]\nfail-on = "warning"\n')
    assert load(below).fail_on == "warning"


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "ticktie.toml").write_text('entity = "cik:0000123456"\n')
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert load(tmp_path / "a").entity == "cik:0000123456"


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "ticktie.toml").touch()
    assert load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fail-on = ", "not readable as TOML"),
        ('fail-on = "always"', "fail-on: .*'error', 'warning' or 'note'"),
        ("entity = 7", "entity: .*string"),
        ('entity = "cik:7"', "write cik: and ten digits"),
        ('colour = "red"', "unknown key 'colour'; use fail-on, output-format, entity"),
        ("\udcff", "not readable as TOML"),
    ],
)
def test_a_wrong_value_names_file_key_and_remedy(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "ticktie.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=words) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(str(file))

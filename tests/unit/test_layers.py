"""The house rules that a program can check: floors, sizes, and folders that hold data only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import PROJECT

SHORT, LONGEST, SHARE_SHORT, FILE = 12, 50, 0.90, 400
SOURCES = sorted((PROJECT / "validator" / "ticktie").rglob("*.py"))


@dataclass(frozen=True)
class Function:
    """A function with its lines: all of them, and those of code (without its docstring)."""

    name: str
    lines: int
    code: int


def functions(file: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            name = f"{file.relative_to(PROJECT)}:{node.lineno} {node.name}"
            yield Function(name, lines, lines - _docstring_lines(node))


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


ALL = [function for file in SOURCES for function in functions(file)]


def test_no_function_is_longer_than_fifty_lines() -> None:
    assert [f"{f.name}: {f.lines} lines" for f in ALL if f.lines > LONGEST] == []


def test_nine_functions_in_ten_have_at_most_twelve_lines_of_code() -> None:
    long = sorted((f for f in ALL if f.code > SHORT), key=lambda f: -f.code)
    share = 1 - len(long) / len(ALL)
    assert share >= SHARE_SHORT, f"{share:.1%} of {len(ALL)}: shorten " + ", ".join(
        f"{f.name} ({f.code})" for f in long[:40]
    )


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {str(file.relative_to(PROJECT)): file.read_text(encoding="utf-8").count("\n") for file in SOURCES}
    assert {name: length for name, length in lengths.items() if length > FILE} == {}


def test_rules_schemas_and_reports_hold_no_python() -> None:
    found = [file for folder in ("rules", "schemas", "reports") for file in (PROJECT / folder).rglob("*.py*")]
    assert found == []


def test_only_resources_knows_where_our_data_lies() -> None:
    knowing = [
        str(file.relative_to(PROJECT))
        for file in SOURCES
        if "__file__" in file.read_text(encoding="utf-8") and file.name != "resources.py"
    ]
    assert knowing == []


def test_every_module_says_what_it_is_for() -> None:
    texts = {str(file.relative_to(PROJECT)): file.read_text(encoding="utf-8") for file in SOURCES}
    assert [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []

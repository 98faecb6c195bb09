"""Each guarantee of docs/security.md names a test that is there, and each attack is named."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT
from tests.docs.documents import document

SECURITY = document("security.md")
_ROW = re.compile(r"^\| (?P<guarantee>[^|]+) \| (?P<tests>[^|]*`tests/[^|]*) \|$", re.MULTILINE)
_NAMED = re.compile(r"`(?P<file>tests/[\w/]+\.py)(?:::(?P<test>\w+))?`")
ROWS = [(row["guarantee"], row["tests"]) for row in _ROW.finditer(SECURITY.text)]


def names_of_tests(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = {node.name for node in ast.walk(tree) if isinstance(node, functions)}
    return {name for name in found if name.startswith("test_")}


@pytest.mark.parametrize(("guarantee", "tests"), ROWS, ids=[guarantee for guarantee, _ in ROWS])
def test_a_guarantee_names_tests_that_are_there(guarantee: str, tests: str) -> None:
    named = list(_NAMED.finditer(tests))
    assert named, guarantee
    for name in named:
        there = names_of_tests(name["file"])
        assert there, f"{name['file']} holds no test"
        assert name["test"] is None or name["test"] in there, name[0]


def test_every_row_of_the_table_was_read() -> None:
    _, _, table = SECURITY.text.partition("\n## What proves it\n")
    table = table.partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) - 1 == len(ROWS) > 30  # the heading is no guarantee


def test_every_attack_stands_behind_a_guarantee() -> None:
    named = {name["file"] for _, tests in ROWS for name in _NAMED.finditer(tests)}
    attacks = (ROOT / "tests" / "attacks").glob("test_*.py")
    assert {str(path.relative_to(ROOT)) for path in attacks} - named == set()

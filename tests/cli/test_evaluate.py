"""The matching keeps its floors (floors.toml) on the development questions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.cli.evaluate import Report, evaluate, read_items
from bot.core.catalog import Catalog, Notice
from bot.core.understanding.matching import Matcher
from bot.errors import UsageError
from tests.conftest import ROOT

DEV = ROOT / "tests" / "data" / "questions-dev.jsonl"
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(catalog: Catalog, notice: Notice, matcher: Matcher) -> Report:
    return evaluate(read_items([DEV]), catalog, notice, matcher)


@pytest.mark.parametrize("language", FLOORS["language"])
def test_a_language_keeps_its_floor(report: Report, language: str) -> None:
    assert report.share("right", language=language) >= FLOORS["language"][language]


@pytest.mark.parametrize("kind", FLOORS["kind"])
def test_a_kind_keeps_its_floor(report: Report, kind: str) -> None:
    assert report.share("right", kind=kind) >= FLOORS["kind"][kind]


def test_every_item_is_counted_once(report: Report) -> None:
    assert report.total() == len(list(read_items([DEV])))
    shares = [report.share(score) for score in ("right", "clarified", "silent", "wrong")]
    assert sum(shares) == pytest.approx(100)


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "1"}', "null"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2: not a labelled question"):
        list(read_items([path]))

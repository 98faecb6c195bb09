"""The matching keeps its floors (floors.toml) on the development questions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.cli.evaluate import SCORES, Report, evaluate, read_items
from bot.core.catalog import Catalog, Notice
from bot.core.understanding.matching import Matcher
from bot.errors import UsageError
from tests.conftest import ROOT

DEV = ROOT / "tests" / "data" / "questions-dev.jsonl"
SITUATIONS = ROOT / "tests" / "data" / "situations-dev.jsonl"
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


@pytest.fixture(scope="module")
def situations(catalog: Catalog, notice: Notice, matcher: Matcher) -> Report:
    return evaluate(read_items([SITUATIONS]), catalog, notice, matcher)


@pytest.mark.parametrize("language", FLOORS["situations"])
def test_what_people_write_keeps_its_floors(situations: Report, language: str) -> None:
    assert situations.share("right", language) >= FLOORS["situations"][language]
    tapped = (situations.share(score, language) for score in ("right", "beside", "clarified"))
    assert sum(tapped) >= FLOORS["one_tap"][language]


def test_few_answers_are_wrong_and_offer_nothing_better(situations: Report) -> None:
    assert situations.share("wrong") <= FLOORS["wrong"]["all"]


def test_every_item_is_counted_once(report: Report) -> None:
    assert report.total() == len(list(read_items([DEV])))
    shares = [report.share(score) for score in SCORES]
    assert sum(shares) == pytest.approx(100)


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "1"}', "null"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2: not a labelled question"):
        list(read_items([path]))

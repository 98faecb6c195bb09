"""The matching keeps its floors (floors.toml) on the development questions."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli.evaluate import SCORES, Report, Scored, evaluate, read_items
from bot.cli.evaluation_page import page, reliability
from bot.cli.intervals import interval
from bot.cli.learning_curve import Point
from bot.core.catalog import Catalog, Language, Notice
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.errors import UsageError
from tests.conftest import ROOT

DEV = ROOT / "tests" / "data" / "questions-dev.jsonl"
SITUATIONS = ROOT / "tests" / "data" / "situations-dev.jsonl"
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))


def below(floors: Mapping[str, float], share: Callable[[str], float]) -> Mapping[str, float]:
    """Return the shares that are below their floors."""
    return {name: share(name) for name, floor in floors.items() if share(name) < floor}


# One test for all that is asked of a set: it is read once, whichever process the test falls to.


def test_questions_keep_their_floors_and_each_is_counted_once(
    catalog: Catalog, notice: Notice, matcher: CompoundMatcher
) -> None:
    report = evaluate(read_items([DEV]), catalog, notice, matcher)
    assert below(FLOORS["language"], lambda language: report.share("right", language)) == {}
    assert below(FLOORS["kind"], lambda kind: report.share("right", kind=kind)) == {}
    assert report.total() == len(list(read_items([DEV])))
    assert sum(report.share(score) for score in SCORES) == pytest.approx(100)


@pytest.mark.long
def test_what_people_write_keeps_its_floors_and_little_of_it_is_answered_wrongly(
    catalog: Catalog, notice: Notice, matcher: CompoundMatcher
) -> None:
    report = evaluate(read_items([SITUATIONS]), catalog, notice, matcher)

    def one_tap(language: str) -> float:
        return sum(report.share(score, language) for score in ("right", "beside", "clarified"))

    assert below(FLOORS["situations"], lambda language: report.share("right", language)) == {}
    assert below(FLOORS["one_tap"], one_tap) == {}
    assert report.share("wrong") <= FLOORS["wrong"]["all"]


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "1"}', "null"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2: not a labelled question"):
        list(read_items([path]))


def scored(confidence: float, score: str = "right", **given: Any) -> Scored:
    about = {"lang": "fi", "kind": "question", "expected": "a <b>", "given": "question.x"}
    return Scored(**{**about, **given}, confidence=confidence, score=score, seconds=0.001)


def test_an_interval_is_wilsons() -> None:
    """Figures of the paper's formula, reckoned apart: 81 of 100, and the ends."""
    found = interval(81, 100)
    assert (found.low, found.share, found.high) == pytest.approx((72.22, 81.0, 87.49), abs=0.01)
    assert interval(0, 10).low == 0.0
    assert interval(0, 10).high == pytest.approx(27.75, abs=0.01)
    assert interval(10, 10).high == pytest.approx(100)
    assert (interval(0, 0).low, interval(0, 0).high) == (0, 100)


def test_reliability_compares_what_was_said_with_what_was_so() -> None:
    report = Report([scored(0.95), scored(0.97), scored(0.99, "wrong"), scored(0.2, "clarified")])
    (only,) = reliability(report)
    assert only.items == 3
    assert only.right.share == pytest.approx(100 * 2 / 3)
    assert only.confidence == pytest.approx(0.97)


def test_the_page_is_whole_and_escapes_what_it_shows() -> None:
    report = Report([scored(0.9), scored(1.0, "wrong", lang="sv")])
    html = page(report, Report([scored(0.5)]), names=["<dev>.jsonl"], day=date(2026, 11, 6))
    assert html.startswith("<!doctype html>")
    assert html.rstrip().endswith("</html>")
    assert "&lt;dev&gt;.jsonl" in html
    assert "a &lt;b&gt;" in html
    assert html.count("<circle") == 1
    assert html.count("<polyline") == 2


def test_the_page_draws_a_learning_curve_where_one_is_asked_for() -> None:
    report, day = Report([scored(0.9)]), date(2026, 11, 6)
    points = [
        Point(phrases=n, right=interval(n, 40), languages=[(Language.FI, interval(n, 40))])
        for n in (10, 20, 40)
    ]
    without = page(report, None, names=[], day=day)
    drawn = page(report, None, names=[], day=day, curve=points)
    assert "Learning curve" not in without
    assert drawn.count("<circle") == without.count("<circle") + 3
    assert "50.0 (35.2-64.8)" in drawn

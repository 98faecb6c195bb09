"""The reading of replies keeps its floors (floors.toml) on the development replies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.evaluate_stages import (
    FALSE_YES,
    MISSED_YES,
    STORED,
    LabelledReply,
    StageReport,
    evaluate,
    read_replies,
)
from bot.content.loaded import Understanding
from bot.core.catalog import Language
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.errors import UsageError
from tests.conftest import ROOT

DEV = ROOT / "tests" / "data" / "replies-dev.jsonl"
NAMED: Mapping[str, str] = {"false_yes": FALSE_YES, "missed_yes": MISSED_YES, "stored": STORED}
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))
M, S = Meaning, Stage


class Always:
    """A reader that reads everything as the same."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def read(self, _asked: Asked, _text: str, _language: Language, /) -> Reading:
        return self._reading


def reply(stage: Stage, means: Meaning, field: str = "") -> LabelledReply:
    asked = Asked(stage=stage)
    return LabelledReply(
        asked=asked, language=Language.EN, text="so", means=means, field=field, value=""
    )


def beyond(ceilings: Mapping[str, float], report: StageReport) -> Mapping[str, float]:
    """Return the shares of costly errors that are above their ceilings."""
    shares = {name: 100 * report.costs[cost] / report.chances[cost] for name, cost in NAMED.items()}
    return {name: share for name, share in shares.items() if share > ceilings[name]}


def score(stage: Stage, means: Meaning, reading: Reading, field: str = "") -> StageReport:
    return evaluate([reply(stage, means, field)], Always(reading))


def test_replies_keep_their_floors_and_each_is_counted_once(known: Understanding) -> None:
    """One test for all: they are read once, whichever process it falls to."""
    report = evaluate(read_replies([DEV]), known.reader)
    share, floors = report.share_right, FLOORS["replies"]
    assert {name: share(name) for name in floors if share(name) < floors[name]} == {}
    assert beyond(FLOORS["costs"], report) == {}
    assert report.total() == len(list(read_replies([DEV])))


@pytest.mark.long
@pytest.mark.parametrize("name", ["unheard", "hard"])
def test_replies_by_people_who_had_seen_nothing_of_it_keep_their_floors(
    known: Understanding, name: str
) -> None:
    """They are never learnt from."""
    path = ROOT / "tests" / "data" / f"replies-{name}.jsonl"
    measured = evaluate(read_replies([path]), known.reader)
    assert measured.share_right("") >= FLOORS[name]["right"]
    assert beyond(FLOORS[name], measured) == {}


@pytest.mark.parametrize(
    ("stage", "means", "read"),
    [
        (S.CODE, M.CODE_EXPIRED, M.NEW_CODE),
        (S.OFFER, M.STOP, M.REFUSE),
        (S.OFFER, M.STOP, M.POSTPONE),
        (S.DETAILS, M.LIMIT, M.VALUE),
        (S.CODE, M.CHASE, M.CODE_MISSING),
        (S.OPEN, M.WITHDRAW, M.STOP),
        (S.IDLE, M.OTHER_RIGHT, M.NEW_RIGHT),
        (S.EMAIL, M.NO_EMAIL, M.SKIP),
    ],
)
def test_what_leads_to_the_same_is_right(stage: Stage, means: Meaning, read: Meaning) -> None:
    assert score(stage, means, Reading(means=read)).share_right() == 100


def test_a_change_of_the_right_is_another_right() -> None:
    reading = Reading(means=M.OTHER_RIGHT, field=Topic.RIGHT)
    assert score(S.SUMMARY, M.CHANGE, reading, "right").share_right() == 100
    assert score(S.SUMMARY, M.CHANGE, Reading(means=M.OTHER_RIGHT), "name").share_right() == 0


def test_what_leads_elsewhere_is_wrong() -> None:
    report = score(S.DETAILS, M.STOP, Reading(means=M.REFUSE))
    assert report.share_right() == 0
    assert report.confused[S.DETAILS, M.STOP, M.REFUSE] == 1


def test_costly_errors_are_counted() -> None:
    assert score(S.OFFER, M.LIMIT, Reading(means=M.AGREE)).costs == {FALSE_YES: 1}
    assert score(S.OFFER, M.AGREE, Reading(means=M.UNCLEAR)).costs == {MISSED_YES: 1}
    kept = Reading(means=M.VALUE, value="What Next")
    assert score(S.NAME, M.QUESTION, kept).costs == {STORED: 1}
    assert score(S.NAME, M.VALUE, kept).costs == {}


def test_of_nothing_nothing_is_right() -> None:
    assert StageReport().share_right() == 0


def test_a_line_that_is_no_labelled_reply_is_named(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text('\n{"text": "no"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"replies\.jsonl, line 2: not a labelled reply"):
        list(read_replies([path]))
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_replies([tmp_path / "none.jsonl"]))

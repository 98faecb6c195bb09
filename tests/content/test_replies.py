"""The replies are read strictly, learnt, kept in the cache, and apart from what measures them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content.files import Reading
from bot.content.load import Content
from bot.content.replies import read_replies
from bot.content.reply_training import train_replies
from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, ReplyPhrase, Stage
from tests.conftest import ROOT

FI, EN, SV = Language
OFFER = Asked(stage=Stage.OFFER, right=Right.ERASURE)
EMAIL = Asked(stage=Stage.EMAIL)
SAID = {
    "go ahead": (OFFER, Meaning.AGREE),
    "leave me alone": (OFFER, Meaning.REFUSE),
    "another day perhaps": (OFFER, Meaning.POSTPONE),
    "my lips are sealed": (EMAIL, Meaning.DECLINE_VALUE),
    "it is for my mother": (OFFER, Meaning.ON_BEHALF),
    "my mother is Maija": (Asked(stage=Stage.NAME), Meaning.ON_BEHALF),
}
PHRASES = tuple(
    ReplyPhrase(asked=asked, language=EN, text=text + end, means=means)
    for text, (asked, means) in SAID.items()
    for end in ("", " now")
)


def content_of(folder: Path, *lines: str) -> Reading:
    (folder / "intents" / "replies").mkdir(parents=True)
    for language in Language:
        path = folder / "intents" / "replies" / f"{language}.jsonl"
        path.write_text("\n".join(lines) if language is EN else "", encoding="utf-8")
    return Reading(folder)


def test_a_line_is_a_reply_at_each_stage_that_it_names(tmp_path: Path) -> None:
    line = {"stage": "offer summary", "right": "erasure", "text": "no", "means": "refuse"}
    reading = content_of(tmp_path, json.dumps(line))
    found = read_replies(reading)
    assert [phrase.asked.stage for phrase in found] == [Stage.OFFER, Stage.SUMMARY]
    assert {(p.language, p.asked.right, p.text, p.means) for p in found} == {
        (EN, Right.ERASURE, "no", Meaning.REFUSE)
    }
    assert reading.faults == []


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"stage": "offer", "text": "no"}',
        '{"stage": "nowhere", "text": "no", "means": "refuse"}',
        '{"stage": "offer", "text": "no", "means": "nothing"}',
    ],
)
def test_a_line_that_is_no_reply_is_a_fault_with_its_number(tmp_path: Path, line: str) -> None:
    reading = content_of(tmp_path, line)
    assert read_replies(reading) == ()
    assert "en.jsonl: line 1: not a reply" in reading.faults[0]


def test_content_without_replies_of_its_own_uses_what_ships(tmp_path: Path) -> None:
    assert read_replies(Reading(tmp_path)) == read_replies(Reading(ROOT))


def test_replies_are_learnt() -> None:
    model = train_replies(PHRASES)
    for text, (asked, means) in SAID.items():
        scores = model.log_probabilities(text, asked, EN)
        best = max(scores, key=scores.__getitem__)
        learnt_as = {
            Meaning.POSTPONE: Meaning.STOP,
            Meaning.DECLINE_VALUE: Meaning.NO_EMAIL,
        }
        if asked.stage is Stage.NAME and means is Meaning.ON_BEHALF:
            means = Meaning.VALUE
        assert best is learnt_as.get(means, means), text


@pytest.mark.parametrize("name", ["replies-dev", "replies-unheard"])
def test_no_reply_that_measures_is_learnt(content: Content, name: str) -> None:
    measured = (ROOT / f"tests/data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    said = {" ".join(json.loads(line)["text"].casefold().split()) for line in measured}
    long = {text for text in said if len(text.split()) > 4}
    learnt = {" ".join(phrase.text.casefold().split()) for phrase in content.replies}
    assert long & learnt == set()

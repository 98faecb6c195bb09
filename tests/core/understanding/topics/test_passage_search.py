"""Before it is said that a notice does not answer, all of it is searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Intent, Kind, Language, Passage
from bot.core.understanding.topics.chances import Chances
from bot.core.understanding.topics.passage_ranks import PassageRanks
from bot.core.understanding.topics.passage_search import PassageSearch
from tests.core.factories import INTENTS, NOTICE, catalog_of
from tests.core.understanding.factories import Encodes, knowing, model

EN = Language.EN
RETENTION = next(intent for intent in INTENTS if intent.id == "not_in_notice.retention")
ELSE = Intent(id="not_in_notice.else", kind=Kind.NOT_IN_NOTICE)


def search(*texts: str, meant: dict[str, str] | None = None) -> PassageSearch:
    passages = {text: Passage(id=text, section="rights", text=text) for text in texts}
    chances = Chances(catalog_of(), model(), knowing(meant) if meant else None)
    return PassageSearch(
        PassageRanks(replace(NOTICE, passages=passages), model()), chances, model()
    )


def test_a_passage_that_is_about_the_topic_is_found_whatever_the_question_says() -> None:
    found = search("You can copy it.", "The säilytysaika is long.").found(
        "how long?", EN, RETENTION
    )
    assert found == ("The säilytysaika is long.",)


def test_the_encoder_says_what_a_passage_is_about_where_words_do_not() -> None:
    text = "It is gone after a year."
    meant = {text: RETENTION.id}
    assert search(text, meant=meant).found("how long?", EN, RETENTION) == (text,)
    assert search(text, meant={"else": RETENTION.id}).found("how long?", EN, RETENTION) == ()


def test_a_passage_that_is_near_to_the_question_is_found_too() -> None:
    passage = "We have the weather."
    assert search(passage).found("weather", EN, ELSE) == (passage,)
    assert search(passage).found("complain", EN, ELSE) == ()


@pytest.mark.parametrize(
    "topic",
    [
        replace(RETENTION, passages=("The säilytysaika is long.",)),  # known to be only near
        replace(RETENTION, text="law.retention"),
    ],
)
def test_what_the_map_or_the_law_says_stands(topic: Intent) -> None:
    assert search("The säilytysaika is long.").found("how long?", EN, topic) == ()


def test_once_warm_nothing_but_the_question_is_read() -> None:
    scores = knowing({"nothing": ELSE.id})
    texts = ("You can copy it.", "The säilytysaika is long.")
    passages = {text: Passage(id=text, section="rights", text=text) for text in texts}
    ranks = PassageRanks(replace(NOTICE, passages=passages), model(), scores.encoder)
    warm = PassageSearch(ranks, Chances(catalog_of(), model(), scores), model())
    for _ in warm.warm_up():
        pass
    assert isinstance(scores.encoder, Encodes)
    scores.encoder.asked.clear()
    for language in Language:
        warm.found("how much copper?", language, ELSE)
    assert set(scores.encoder.asked) == {"how much copper?"}


def test_where_there_is_nothing_nothing_is_found() -> None:
    assert search().found("säilytysaika", EN, RETENTION) == ()

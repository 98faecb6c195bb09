"""What a message wants, read in its language and after what was answered last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language
from bot.core.conversation import wants
from bot.core.conversation.dialogue import LastTopic
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.topics.match import Outcome
from tests.core.conversation.worlds import KNOWLEDGE, WORDS, a_dialogue, a_world


def test_a_message_is_matched_in_the_language_that_it_is_in() -> None:
    dialogue, match = wants.matched(a_dialogue(), "evästeet?", a_world())
    assert (dialogue.language, match.outcome) == (Language.FI, Outcome.ANSWER)


def test_what_stands_above_a_quotation_is_matched_and_not_the_quotation() -> None:
    text = "evästeet?\n\n> poistakaa tietoni"
    assert wants.matched(a_dialogue(), text, a_world())[1].intent == "question.cookies"


@pytest.mark.parametrize(("confidence", "worded"), [(1.0, True), (0.5, False)])
def test_a_phrase_word_for_word_is_meant(confidence: float, *, worded: bool) -> None:
    matcher = replace(WORDS, confidence=confidence)
    world = a_world(knowledge=replace(KNOWLEDGE, matcher=matcher))
    assert wants.is_worded("evästeet?", a_dialogue(), world) is worded


def test_only_what_follows_an_answer_asks_on_about_it() -> None:
    assert not wants.asks_on(a_dialogue(), "entä kuka?", a_world())
    long_ago = replace(a_dialogue(), topic=LastTopic(intent="question.cookies", ago=1))
    assert not wants.asks_on(long_ago, "entä kuka?", a_world())
    by_itself = replace(a_dialogue(), topic=LastTopic(intent="question.cookies"))
    assert not wants.asks_on(by_itself, "evästeet?", a_world())


@pytest.mark.parametrize(
    ("text", "confidence", "means", "seems"),
    [
        ("peruuta pyyntö", 0.5, Meaning.UNCLEAR, True),
        ("peruuta pyyntö", 1.0, Meaning.UNCLEAR, False),  # said word for word
        ("hei", 0.2, Meaning.CHASE, True),
        ("hei", 0.2, Meaning.GREETING, False),  # it reads as a greeting too
        ("hei", 0.9, Meaning.CHASE, False),
        ("evästeet?", 0.2, Meaning.UNCLEAR, False),
    ],
)
def test_what_only_looks_like_an_end_or_small_talk_is_neither(
    text: str, confidence: float, means: Meaning, *, seems: bool
) -> None:
    matcher = replace(WORDS, confidence=confidence)
    world = a_world(knowledge=replace(KNOWLEDGE, matcher=matcher))
    assert wants.only_seems(a_dialogue(), Reading(means=means), text, world) is seems

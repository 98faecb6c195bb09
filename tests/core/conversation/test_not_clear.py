"""What is not clear is asked again; what tells staff something is kept with the request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language
from bot.core.conversation import not_clear
from bot.core.conversation.dialogue import Filling, Offered, Summary
from bot.core.conversation.request_fields import Field
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import WORDS, a_dialogue, a_request, a_world, filled, keys

EN, SV = Language.EN, Language.SV
NAMING = Filling(a_request(), Field("name"))


def test_what_was_given_for_a_field_is_said_to_be_unclear() -> None:
    reply = not_clear.asked_again(NAMING, "som excel helst", SV, a_world())
    assert keys(reply) == ["field.name.invalid", "field.name.ask"]
    asks = not_clear.asked_again(NAMING, "what?", EN, a_world())
    assert keys(asks) == ["field.name.ask"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the ladder order", True),
        ("no thanks, that's all", False),
        ("I didn't get any code", False),
        ("sure, whatever you say, robot", False),
    ],
)
def test_words_at_the_summary_are_kept_unless_they_say_that_it_is_enough(
    text: str, *, kept: bool
) -> None:
    reply = not_clear.asked_again(Summary(filled()), text, EN, a_world())
    assert isinstance(reply.state, Summary)
    assert reply.state.request.opening.endswith(text) is kept


@pytest.mark.parametrize(("means", "about"), [(Meaning.UNCLEAR, True), (Meaning.QUESTION, False)])
def test_what_nobody_understands_is_about_the_offer(means: Meaning, *, about: bool) -> None:
    dialogue = a_dialogue(Offered(a_request()))
    reading = Reading(means=means)
    assert not_clear.is_about_what_is_open(dialogue, reading, "hmm", a_world()) is about


@pytest.mark.parametrize(("text", "about"), [("good", True), ("thanks", False)])
def test_good_thanks_for_nothing_in_a_form(text: str, *, about: bool) -> None:
    thanks = Reading(means=Meaning.THANKS)
    dialogue = a_dialogue(NAMING)
    assert not_clear.is_about_what_is_open(dialogue, thanks, text, a_world()) is about


def test_what_nobody_understands_is_not_about_an_offer_that_is_not_put_again() -> None:
    dialogue = a_dialogue(Offered(a_request()).quiet())
    unclear = Reading(means=Meaning.UNCLEAR)
    assert not not_clear.is_about_what_is_open(dialogue, unclear, "hmm", a_world())


@pytest.mark.parametrize(
    "text",
    [
        "sure, you always say that",
        "yes, but only if it's free",
        "I can't remember which address",
    ],
)
def test_mockery_a_bargain_and_what_somebody_lacks_are_about_the_offer(text: str) -> None:
    words = replace(WORDS, intents={text: "question.cookies"})
    world = a_world()
    world = replace(world, knowledge=replace(world.knowledge, matcher=words))
    dialogue = a_dialogue(Offered(a_request()))
    unclear = Reading(means=Meaning.UNCLEAR)
    assert not_clear.is_about_what_is_open(dialogue, unclear, text, world)
    question = Reading(means=Meaning.QUESTION)
    assert not not_clear.is_about_what_is_open(dialogue, question, text, world)

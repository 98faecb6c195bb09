"""What is kept of a conversation to learn from: plain questions, masked, and few of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation import learning
from bot.core.conversation.dialogue import Dialogue, Offered
from bot.core.conversation.world import World
from bot.core.events import Said
from bot.core.masking import Masked
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.core.tickets.ticket import State, Ticket
from bot.core.unanswered import MOST_OF_ONE
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    MATTI,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
)

ANSWERED = AskedTopic(topic="topic.cookies", result=QuestionResult.ANSWERED)
ASKED = (ANSWERED, AskedTopic(topic="topic.officer", result=QuestionResult.NOT_IN_NOTICE))
TEXT = "kuka vastaa teillä matti"
WORDS = frozenset("kuka vastaa teillä matti".split())


def learning_world(*tickets: Ticket, name: str = "") -> World:
    world = a_world(*tickets, person=replace(MATTI, name=name))
    return replace(world, knowledge=replace(KNOWLEDGE, words=WORDS))


def learnt(
    world: World,
    event: Said | None = None,
    before: Dialogue | None = None,
    after: Dialogue | None = None,
) -> str:
    before, event = before or a_dialogue(), event or Said(text=TEXT)
    found = learning.of_message(before, event, after or before, ASKED, world)
    return found.text if found else ""


def test_a_question_is_kept_in_its_language() -> None:
    found = learning.of_message(
        a_dialogue(), Said(text=TEXT), a_dialogue(language=Language.SV), ASKED, learning_world()
    )
    assert found is not None
    assert (found.text, found.language, found.topic) == (TEXT, Language.SV, "topic.officer")


def test_an_organisation_that_has_not_said_so_keeps_nothing() -> None:
    assert learnt(a_world()) == ""


def test_names_of_the_person_are_gaps() -> None:
    assert learnt(learning_world(name="Matti")) == "kuka vastaa teillä …"
    ended = replace(a_ticket(), state=State.WITHDRAWN)
    ended = replace(ended, person=replace(ended.person, name="Matti V"))
    assert learnt(learning_world(ended)) == "kuka vastaa teillä …"


def test_nothing_is_kept_while_a_request_is_open() -> None:
    assert learnt(learning_world(a_ticket())) == ""


def test_nothing_is_kept_while_one_is_under_way() -> None:
    offered = Offered(a_request(Right.ACCESS))
    plain, under_way, waits = a_dialogue(), a_dialogue(offered), a_dialogue(form=offered)
    world = learning_world()
    assert learnt(world, before=under_way, after=plain) == ""
    assert learnt(world, before=plain, after=under_way) == ""
    assert learnt(world, before=waits, after=plain) == ""
    assert learnt(world, before=a_dialogue(left=offered), after=plain) == ""


@pytest.mark.parametrize(
    "event",
    [Said(text=TEXT, cut=True), Said(text=TEXT, masked=frozenset({Masked.IDENTITY_CODE}))],
    ids=["cut", "masked"],
)
def test_nothing_is_kept_of_a_long_letter_or_one_with_a_code(event: Said) -> None:
    assert learnt(learning_world(), event) == ""


def test_one_conversation_leaves_no_more_than_a_few() -> None:
    assert learnt(learning_world(), before=a_dialogue(kept=MOST_OF_ONE - 1)) == TEXT
    assert learnt(learning_world(), before=a_dialogue(kept=MOST_OF_ONE)) == ""

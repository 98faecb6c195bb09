"""States that mean nothing cannot be made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Right
from bot.core.conversation.dialogue import REMEMBERED, Filling, LastTopic, Summary
from bot.core.conversation.request_fields import Field
from tests.core.conversation.worlds import a_dialogue, a_request, filled


def test_a_request_knows_the_next_field_that_is_missing() -> None:
    assert a_request().missing == Field("name")
    assert a_request(fields={"name": "Matti"}).missing == Field("email", optional=True)
    assert filled().missing is None


def test_a_request_knows_all_rights_of_its_message() -> None:
    assert a_request(later=(Right.ERASURE,)).rights == (Right.ACCESS, Right.ERASURE)


def test_the_next_right_of_a_message_needs_no_second_name() -> None:
    fields = {"name": "Matti", "details": "All of it"}
    following = a_request(later=(Right.ERASURE, Right.OBJECTION), fields=fields).following()
    assert following == a_request(
        right=Right.ERASURE, later=(Right.OBJECTION,), fields={"name": "Matti"}
    )


def test_the_topic_of_an_answer_is_forgotten_after_a_few_messages() -> None:
    dialogue = a_dialogue(topic=LastTopic(intent="question.cookies"))
    remembered = 0
    while dialogue.topic:
        dialogue = replace(dialogue, topic=dialogue.later_topic())
        remembered += 1
    assert remembered == REMEMBERED + 1
    assert dialogue.later_topic() is None


def test_only_what_is_missing_next_can_be_asked_for() -> None:
    assert Filling(a_request(), Field("name"))
    for request in (filled(), a_request(fields={"name": "Matti"})):
        with pytest.raises(ValueError, match="another field"):
            Filling(request, Field("name"))


def test_a_field_that_could_not_be_left_out_in_an_older_version_opens() -> None:
    request = a_request(right=Right.MARKETING_OBJECTION)
    assert Filling(request, Field("email", optional=False)).asking.name == "email"


def test_only_what_is_filled_in_can_be_summed_up() -> None:
    assert Summary(filled())
    with pytest.raises(ValueError, match="left to be filled in"):
        Summary(a_request())

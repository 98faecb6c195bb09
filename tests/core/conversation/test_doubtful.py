"""A name like a no is asked back about, and so is a choice between two: nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import No, Yes
from bot.core.conversation import decisions, doubtful
from bot.core.conversation.dialogue import Filling
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import Field
from bot.core.effects import Text
from tests.core.conversation.worlds import a_dialogue, a_request, a_world, keys, pressable

NAMING = Filling(a_request(), Field("name"))
ADDRESSING = Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True))
WORLD = a_world()


def asked(text: str, filling: Filling = NAMING, before: str = "") -> Reply | None:
    dialogue = replace(a_dialogue(filling), unanswered=before)
    return doubtful.asked_back(dialogue, filling, text, WORLD)


def test_a_name_like_a_no_is_asked_back_about() -> None:
    reply = asked("Ei Tanaka")
    assert reply is not None
    assert keys(reply) == ["field.name.sure"]
    assert pressable(reply) == [Yes(), No()]
    assert (reply.state, reply.unanswered) == (None, "Ei Tanaka")


def test_a_yes_takes_it_and_only_then() -> None:
    reply = asked("kyllä", before="Ei Tanaka")
    assert reply is not None
    assert isinstance(reply.state, Filling)
    assert reply.state.request.fields["name"] == "Ei Tanaka"
    assert asked("kyllä") is None
    assert asked("kyllä", before="Laura Niemi") is None
    assert asked("kyllä", ADDRESSING, before="Ei Tanaka") is None
    assert doubtful.take(replace(a_dialogue(), unanswered="Ei Tanaka"), ADDRESSING, WORLD) is None


def test_so_does_its_button() -> None:
    dialogue = replace(a_dialogue(NAMING), unanswered="Ei Tanaka")
    reply = decisions.take(dialogue, Yes(), WORLD)
    assert isinstance(reply.state, Filling)
    assert reply.state.request.fields["name"] == "Ei Tanaka"
    assert keys(decisions.take(a_dialogue(NAMING), Yes(), WORLD)) == ["stale_button"]


@pytest.mark.parametrize(
    ("text", "filling"),
    [("Ann Lee or Ann Ray", NAMING), ("a@example.com tai b@example.com", ADDRESSING)],
)
def test_of_two_values_neither_is_guessed(text: str, filling: Filling) -> None:
    reply = asked(text, filling)
    assert reply is not None
    assert (keys(reply), reply.state) == (["field.which"], None)


@pytest.mark.parametrize(
    ("text", "filling"),
    [
        ("Laura Niemi", NAMING),
        ("ei", NAMING),
        ("laura@example.com", ADDRESSING),
        (
            "a@example.com or b@example.com",
            Filling(
                a_request(fields={"name": "Matti", "email": ""}), Field("details", optional=True)
            ),
        ),
    ],
)
def test_what_is_plain_is_left_to_others(text: str, filling: Filling) -> None:
    assert asked(text, filling) is None


@pytest.mark.parametrize(
    "text", ["Karin och Lars Holm", "Karin and Lars Holm", "Karin ja Lars Holm"]
)
def test_of_two_people_it_is_asked_whose_request_it_is(text: str) -> None:
    reply = asked(text)
    assert reply is not None
    [part] = reply.parts
    assert isinstance(part, Text)
    assert part.key == "field.name.joint"
    assert part.values == {"first": "Karin Holm", "second": "Lars Holm"}
    assert (pressable(reply), reply.state) == ([No()], None)
    assert asked(text, ADDRESSING) is None

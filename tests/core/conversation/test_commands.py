"""Commands work everywhere, with a slash or where a platform takes it away, without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language
from bot.core.conversation import commands
from bot.core.conversation.dialogue import Filling, Idle, Withdrawing
from bot.core.conversation.request_fields import Field
from bot.core.effects import Text
from bot.core.tickets.rules import Rules
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    keys,
)

FILLING = a_dialogue(Filling(a_request(), Field("name")))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/status", "/status"),
        ("/what ever", "/what ever"),
        ("Status", "/Status"),
        ("privacy", "/privacy"),
        ("start", ""),
        ("status please", ""),
        ("hei", ""),
    ],
)
def test_a_command_is_known_with_or_without_its_slash(text: str, command: str) -> None:
    assert commands.command_in(text) == command


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/start", "smalltalk.hello"),
        ("/START@seloste_bot", "smalltalk.hello"),
        ("/help", "smalltalk.help"),
        ("/human", "human.reply"),
        ("/status", "status.none"),
        ("/cancel", "cancel.nothing"),
        ("/privacy", "privacy"),
        ("/Status", "status.none"),
    ],
)
def test_a_command_does_what_it_says(command: str, said: str) -> None:
    assert keys(commands.take(a_dialogue(), command, a_world())) == [said]


def test_a_language_is_chosen_by_its_command() -> None:
    reply = commands.take(a_dialogue(), "/sv", a_world())
    assert (reply.language, keys(reply)) == (Language.SV, ["smalltalk.language"])


def test_a_language_that_is_not_spoken_here_is_no_command() -> None:
    finnish = replace(KNOWLEDGE, rules=Rules(languages=(Language.FI,)))
    reply = commands.take(a_dialogue(), "/sv", a_world(knowledge=finnish))
    assert reply.parts == (Text(key="unknown_command", values={"command": "/sv"}),)


def test_of_an_unknown_command_only_the_beginning_is_shown() -> None:
    reply = commands.take(a_dialogue(), "/" + "x" * 99, a_world())
    assert reply.parts == (Text(key="unknown_command", values={"command": "/" + "x" * 31}),)


def test_after_a_command_the_open_question_is_asked_again() -> None:
    assert keys(commands.take(FILLING, "/privacy", a_world())) == ["privacy", "field.name.ask"]


def test_a_cancel_leaves_nothing_open() -> None:
    reply = commands.take(FILLING, "/cancel", a_world(a_ticket()))
    assert (keys(reply), reply.state) == (["stopped"], Idle())


def test_a_cancel_of_a_ticket_asks_once() -> None:
    reply = commands.take(a_dialogue(), "/cancel", a_world(a_ticket()))
    assert (keys(reply), reply.state) == (["withdraw.sure"], Withdrawing("id-1"))

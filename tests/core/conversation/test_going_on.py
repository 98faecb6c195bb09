"""A request that was stopped just now goes on where it was, and later it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.conversation import going_on
from bot.core.conversation.dialogue import Dialogue, Filling, Form, Idle, Offered, Summary
from bot.core.conversation.request_fields import Field
from bot.core.conversation.step import step
from bot.core.events import Said
from tests.core.conversation.worlds import a_dialogue, a_request, a_world, filled, keys

NAMING = Filling(a_request(), Field("name"))


def after(dialogue: Dialogue, text: str) -> Dialogue:
    return step(dialogue, Said(text=text), a_world()).dialogue


@pytest.mark.parametrize("form", [NAMING, Summary(filled())])
def test_it_is_kept_until_the_next_message(form: Form) -> None:
    stopped = after(a_dialogue(form), "lopeta")
    assert (stopped.state, stopped.left) == (Idle(), form)
    assert after(stopped, "kiitos").left is None


def test_who_regrets_it_goes_on() -> None:
    resumed = after(after(a_dialogue(NAMING), "lopeta"), "hups")
    assert (resumed.state, resumed.left) == (NAMING, None)
    assert after(after(a_dialogue(NAMING), "lopeta"), "kyllä").state == Idle()


def test_the_question_is_asked_again() -> None:
    reply = going_on.resume(replace(a_dialogue(), left=NAMING), a_world())
    assert keys(reply) == ["resumed", "field.name.ask"]
    assert keys(going_on.resume(a_dialogue(), a_world())) == ["stale_button"]


def test_who_declines_an_offer_is_not_asked_once_more() -> None:
    assert after(a_dialogue(Offered(a_request())), "ei kiitos").left is None

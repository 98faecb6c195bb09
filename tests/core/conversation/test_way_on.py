"""Whoever is asked for the same field again and again is shown how to go on without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import No, Skip
from bot.core.catalog import Right
from bot.core.conversation import decisions
from bot.core.conversation.dialogue import Dialogue, Filling
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import Field
from bot.core.events import Said
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    Reads,
    a_dialogue,
    a_request,
    a_world,
    keys,
    pressable,
)

NAMING = a_dialogue(Filling(a_request(), Field("name")))
ADDRESSING = a_dialogue(Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True)))
DETAILING = a_dialogue(
    Filling(
        a_request(right=Right.RECTIFICATION, fields={"name": "Matti", "email": ""}),
        Field("details"),
    )
)


def said(dialogue: Dialogue, *texts: str, means: Meaning = Meaning.UNCLEAR) -> tuple[Reply, ...]:
    world = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(Reading(means=means))))
    replies: tuple[Reply, ...] = ()
    for text in texts:
        reply = on_text(dialogue, Said(text=text), world)
        dialogue = replace(dialogue, state=reply.state or dialogue.state)
        replies = (*replies, reply)
    return replies


def test_who_gives_no_address_twice_reads_that_none_is_needed() -> None:
    first, second, third = said(ADDRESSING, "bra", "ok", "fine")
    assert keys(first) == ["field.email.invalid", "field.email.ask"]
    for reply in (second, third):
        assert keys(reply) == ["field.email.invalid", "field.email.way_on"]
        assert pressable(reply) == [Skip(), No()]


def test_who_gives_no_name_twice_can_go_on_without_one() -> None:
    first, second = said(NAMING, "hmm mm", "joku vaan")
    assert Skip() not in pressable(first)
    assert keys(second) == ["field.name.invalid", "field.name.way_on"]
    assert pressable(second) == [Skip(), No()]
    stuck = a_dialogue(second.state)
    for gone_on in (
        decisions.take(stuck, Skip(), a_world()),
        *said(stuck, "-x-", means=Meaning.SKIP),
    ):
        assert isinstance(gone_on.state, Filling)
        assert (gone_on.state.request.fields, gone_on.state.misses) == ({"name": ""}, 0)


def test_who_has_not_been_stuck_cannot_leave_out_a_name() -> None:
    assert keys(decisions.take(NAMING, Skip(), a_world())) == ["stale_button"]


@pytest.mark.parametrize("text", ["miksi?", "mihin sitä tarvitaan?"])
def test_a_question_is_no_miss(text: str) -> None:
    *_, last = said(NAMING, text, text, means=Meaning.QUESTION)
    assert "field.name.way_on" not in keys(last)


def test_nothing_is_counted_where_details_are_asked_for() -> None:
    *_, last = said(DETAILING, "hmm?", "hmm?", "hmm?")
    assert pressable(last) == [No()]


def test_who_goes_on_later_has_missed_nothing() -> None:
    (reply,) = said(NAMING, "myöhemmin", means=Meaning.POSTPONE)
    assert (keys(reply), reply.state) == (["postponed"], None)


def test_another_field_begins_anew() -> None:
    (first,) = said(NAMING, "hmm mm")
    assert isinstance(first.state, Filling)
    assert first.state.misses == 1
    given = on_text(a_dialogue(first.state), Said(text="Matti Virtanen"), a_world())
    assert isinstance(given.state, Filling)
    assert (given.state.asking.name, given.state.misses) == ("email", 0)

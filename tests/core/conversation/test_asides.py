"""A question beside a value is answered first; what may tell of an incident can be reported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import ChooseIntent
from bot.core.conversation import asides
from bot.core.conversation.dialogue import Filling, Form, Offered, Summary
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.request_fields import Field
from bot.core.events import Said
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    WORDS,
    Reads,
    a_dialogue,
    a_request,
    a_world,
    filled,
    keys,
    pressable,
)

NAMING = a_dialogue(Filling(a_request(), Field("name")))
NEXT = say("field.email.ask")
BOTH = Reading(means=Meaning.VALUE, value="Laura Niemi", second=Meaning.QUESTION)


def told(text: str, intent: str = "", reading: Reading = BOTH) -> list[str]:
    words = replace(WORDS, intents={text: intent} if intent else {})
    world = a_world(knowledge=replace(KNOWLEDGE, matcher=words))
    reply = asides.answered(NEXT, reading, text, NAMING, world)
    assert reply.unanswered == ""
    return keys(reply)


def test_what_the_notice_or_the_law_answers_is_said_first() -> None:
    assert told("Laura Niemi, evästeet?", "question.cookies") == ["answer.intro", "field.email.ask"]
    by_law = told("Laura Niemi, maksaako tämä?", "not_in_notice.fee")
    assert "law.fee" in by_law
    assert by_law[-1] == "field.email.ask"


def test_what_nothing_answers_holds_nobody_up() -> None:
    assert told("Laura Niemi, miksi?") == ["field.email.ask"]
    assert told("Laura Niemi, kuka vastaa?", "not_in_notice.officer") == ["field.email.ask"]


def test_without_a_question_there_is_no_answer() -> None:
    assert told("Laura Niemi", reading=replace(BOTH, second=None)) == ["field.email.ask"]


def test_a_name_given_beside_a_report_is_kept() -> None:
    text = "Laura Niemi, teiltä vuosi"
    both = Reading(means=Meaning.VALUE, value="Laura Niemi")
    world = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(both)))
    reply = asides.reported(NAMING, text, world)
    assert reply is not None
    assert keys(reply) == ["incident.received", "field.email.ask"]
    assert reply.inquiry is not None


def test_a_report_alone_gives_no_field() -> None:
    only = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(Reading(means=Meaning.BREACH))))
    assert asides.reported(NAMING, "teiltä vuosi", only) is None
    assert asides.reported(a_dialogue(), "teiltä vuosi", only) is None


# A limit that may tell of an incident

WITH_NOTE = "joo mutta liittäkää lappu tilistä mukaan"


def kept(state: Form, confidence: float) -> Reply:
    words = replace(WORDS, intents={WITH_NOTE: "incident"}, confidence=confidence)
    limit = Reads(Reading(means=Meaning.LIMIT, value=WITH_NOTE))
    world = a_world(knowledge=replace(KNOWLEDGE, matcher=words, reader=limit))
    return on_text(a_dialogue(state), Said(text=WITH_NOTE), world)


@pytest.mark.parametrize("state", [Offered(a_request()), Summary(filled())])
def test_a_limit_that_may_tell_of_an_incident_is_kept_and_can_be_reported(state: Form) -> None:
    reply = kept(state, 0.2)
    assert reply.inquiry is None
    assert "incident.offer" not in keys(reply)
    assert isinstance(reply.state, Filling | Summary)
    assert WITH_NOTE in reply.state.request.fields["details"]
    assert ChooseIntent("incident") in pressable(reply)
    assert reply.unanswered == WITH_NOTE


@pytest.mark.parametrize("state", [Offered(a_request()), Summary(filled())])
def test_a_sure_report_is_one_there_too(state: Form) -> None:
    assert kept(state, 0.9).inquiry is not None


def test_a_limit_that_tells_of_none_offers_no_report() -> None:
    limit = Reads(Reading(means=Meaning.LIMIT, value="vain tilaukset"))
    world = a_world(knowledge=replace(KNOWLEDGE, reader=limit))
    reply = on_text(a_dialogue(Summary(filled())), Said(text="vain tilaukset"), world)
    assert ChooseIntent("incident") not in pressable(reply)


def test_where_nothing_is_offered_or_shown_no_limit_is_set() -> None:
    limit = Reads(Reading(means=Meaning.LIMIT, value=WITH_NOTE))
    world = a_world(knowledge=replace(KNOWLEDGE, reader=limit))
    assert not asides.sets_limit(a_dialogue(), WITH_NOTE, world)
    assert asides.sets_limit(a_dialogue(Summary(filled())), WITH_NOTE, world)

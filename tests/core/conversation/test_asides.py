"""A question beside a value is answered before the next one is asked."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation import asides
from bot.core.conversation.dialogue import Filling
from bot.core.conversation.reply import say
from bot.core.conversation.request_fields import Field
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    WORDS,
    Reads,
    a_dialogue,
    a_request,
    a_world,
    keys,
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

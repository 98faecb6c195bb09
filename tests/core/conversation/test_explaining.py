"""The open question is explained to whoever asks about it, and asked again."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Filling,
    Idle,
    Offered,
    State,
    Summary,
)
from bot.core.conversation.explaining import at_once, explained
from bot.core.conversation.request_fields import Field
from bot.core.tickets.representation import Relation
from tests.core.conversation.worlds import (
    EMAIL,
    NOTICE,
    a_request,
    a_ticket,
    a_world,
    coded,
    filled,
    keys,
)

FI = Language.FI
WHO = {"name": "Matti", "email": EMAIL}
NAMING = Filling(a_request(), Field("name"))
ADDRESSING = Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True))
CONCERNED = Filling(a_request(fields={"relation": Relation.OTHER}), Field("concerned"))


def detailing(right: Right) -> Filling:
    return Filling(a_request(right, fields=WHO), Field("details"))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Offered(a_request()), ["offer.meant", "offer.again"]),
        (NAMING, ["field.name.meant", "field.name.ask"]),
        (CONCERNED, ["field.concerned.meant", "field.concerned.ask"]),
        (ADDRESSING, ["field.email.meant", "field.email.ask"]),
        (detailing(Right.ERASURE), ["field.details.meant", "field.details.erasure"]),
        (
            detailing(Right.RECTIFICATION),
            ["field.details.meant_correction", "field.details.rectification"],
        ),
        (
            detailing(Right.MARKETING_OBJECTION),
            ["field.details.meant_contacts", "field.details.marketing_objection"],
        ),
        (Summary(filled()), ["summary.meant", "summary.text"]),
        (Correcting("id-1"), ["field.email.meant", "correct.prompt"]),
    ],
)
def test_what_it_means_is_said(state: State, said: list[str]) -> None:
    reply = explained(state, "mitä tarkoitat?", FI, a_world(a_ticket()))
    assert reply is not None
    assert keys(reply) == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (NAMING, ["field.name.why", "field.name.ask"]),
        (ADDRESSING, ["field.email.why", "field.email.ask"]),
        (detailing(Right.ERASURE), ["field.details.why", "field.details.erasure"]),
        (Correcting("id-1"), ["field.email.why", "correct.prompt"]),
    ],
)
def test_why_it_is_asked_is_said(state: State, said: list[str]) -> None:
    reply = explained(state, "miksi kysytte?", FI, a_world(a_ticket()))
    assert reply is not None
    assert keys(reply) == said


@pytest.mark.parametrize("text", ["mitä tarkoitat?", "miksi kysytte?"])
def test_with_no_question_open_there_is_nothing_to_explain(text: str) -> None:
    assert explained(Idle(), text, FI, a_world()) is None
    assert explained(Answering("id-1"), text, FI, a_world()) is None


@pytest.mark.parametrize("text", ["joo", "kyllä kiitos", "ok"])
def test_a_yes_to_what_asks_for_words_is_told_which(text: str) -> None:
    reply = explained(detailing(Right.MARKETING_OBJECTION), text, FI, a_world())
    assert reply is not None
    assert keys(reply)[0] == "field.details.meant_contacts"
    assert explained(detailing(Right.ERASURE), text, FI, a_world()) is None
    assert explained(NAMING, text, FI, a_world()) is None


def test_anything_else_is_left_to_others() -> None:
    assert explained(NAMING, "Matti Meikäläinen", FI, a_world()) is None


def test_no_copy_of_a_passport_is_taken_and_the_question_stays() -> None:
    told = at_once(NAMING, "tässä passini", a_world())
    assert told is not None
    assert keys(told) == ["law.id_documents", "field.name.ask"]
    assert at_once(NAMING, "Matti", a_world()) is None


def test_what_is_kept_of_the_conversation_is_told_whatever_is_open() -> None:
    told = at_once(Offered(a_request()), "delete this chat", a_world())
    assert told is not None
    assert keys(told) == ["privacy", "offer.again"]


def test_with_nothing_open_the_question_of_staff_is_brought_up_again() -> None:
    asked = at_once(Idle(), "tässä passini", a_world(a_ticket(question="Mikä tilaus?")))
    assert asked is not None
    assert keys(asked) == ["law.id_documents", "status.question"]
    alone = at_once(Answering("of-nobody"), "tässä passini", a_world())
    assert alone is not None
    assert keys(alone) == ["law.id_documents"]


@pytest.mark.parametrize(
    ("state", "asked"),
    [(ADDRESSING, "field.email.ask"), (Summary(filled()), "summary.text")],
)
def test_who_misses_a_code_before_sending_hears_when_it_is_sent(state: State, asked: str) -> None:
    reply = explained(state, "en saanut mitään koodia", FI, a_world())
    assert reply is not None
    assert keys(reply) == ["code.not_yet", asked]
    assert explained(state, "en saanut mitään koodia", FI, a_world(coded(a_ticket()))) is None
    assert explained(Idle(), "en saanut mitään koodia", FI, a_world()) is None


def test_the_official_language_of_the_notice_is_told() -> None:
    reply = at_once(NAMING, "is the English version binding?", a_world())
    assert reply is not None
    assert keys(reply) == [f"translation.{NOTICE.language}", "field.name.ask"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Offered(a_request()), ["offer.meant", "offer.again"]),
        (NAMING, ["offer.meant", "field.name.ask"]),
        (Summary(filled()), ["summary.meant", "summary.text"]),
    ],
)
def test_what_happens_next_is_said(state: State, said: list[str]) -> None:
    reply = explained(state, "mitä nyt tapahtuu?", FI, a_world())
    assert reply is not None
    assert keys(reply) == said
    assert explained(Idle(), "mitä nyt tapahtuu?", FI, a_world()) is None

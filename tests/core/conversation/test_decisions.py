"""A yes or a no answers the question that is open, and nothing else."""

from __future__ import annotations

import pytest

from bot.core.buttons import Change, No, PassToStaff, Skip, UseVouchedAddress, Yes
from bot.core.catalog import Right
from bot.core.conversation import decisions
from bot.core.conversation.decisions import Decision
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Filling,
    Idle,
    Offered,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.request_fields import Field
from bot.core.tickets.ticket import Action
from tests.core.conversation.worlds import (
    EMAIL,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    filled,
    keys,
)

NAMING = Filling(a_request(), Field("name"))
ADDRESSING = Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True))
SENDING = Sending("id-1", Action.ADD, "Myös laskut.")
STATES = (
    Idle(),
    Offered(a_request()),
    NAMING,
    ADDRESSING,
    Summary(filled(Right.ERASURE)),
    Answering("id-1"),
    Withdrawing("id-1"),
    Correcting("id-1"),
    SENDING,
)
# What each decision answers, and what is said then.
ANSWERS: list[tuple[State, Decision, str]] = [
    (Offered(a_request()), Yes(), "field.name.ask"),
    (Summary(filled(Right.ERASURE)), Yes(), "ticket.opened"),
    (Withdrawing("id-1"), Yes(), "withdraw.done"),
    (SENDING, Yes(), "to_staff.sent"),
    (Summary(filled(Right.ERASURE)), Change(), "field.name.ask"),
    (ADDRESSING, Skip(), "field.details.access"),
    (ADDRESSING, UseVouchedAddress(), "field.details.access"),
    *((state, No(), "stopped") for state in STATES if state != Idle()),
    *((state, PassToStaff(), "inquiry.passed") for state in STATES),
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: type(state).__name__)
@pytest.mark.parametrize(
    "decision",
    [Yes(), No(), Skip(), Change(), UseVouchedAddress(), PassToStaff()],
    ids=lambda decision: type(decision).__name__,
)
def test_a_decision_answers_what_is_open_or_is_stale(state: State, decision: Decision) -> None:
    dialogue = a_dialogue(state, unanswered="Kuka vastaa?")
    reply = decisions.take(dialogue, decision, a_world(a_ticket(), vouched=EMAIL))
    answers = [said for at, on, said in ANSWERS if (at, on) == (state, decision)]
    assert keys(reply)[0] == (answers or ["stale_button"])[0]


def test_a_change_begins_the_form_again() -> None:
    reply = decisions.take(a_dialogue(Summary(filled())), Change(), a_world())
    assert reply.state == NAMING


def test_without_a_vouched_address_none_can_be_taken() -> None:
    reply = decisions.take(a_dialogue(ADDRESSING), UseVouchedAddress(), a_world())
    assert keys(reply) == ["stale_button"]


def test_a_ticket_of_nobody_is_not_withdrawn() -> None:
    reply = decisions.take(a_dialogue(Withdrawing("of-nobody")), Yes(), a_world(a_ticket()))
    assert (keys(reply), reply.tickets) == (["stale_button"], ())


@pytest.mark.parametrize("kind", [Offered, Summary])
def test_a_no_to_one_right_leads_to_the_next_of_the_message(kind: type[Offered | Summary]) -> None:
    dialogue = a_dialogue(kind(filled(later=(Right.ERASURE,))))
    reply = decisions.take(dialogue, No(), a_world())
    assert keys(reply) == ["stopped", "offer.erasure", "offer.question"]
    assert isinstance(reply.state, Offered)

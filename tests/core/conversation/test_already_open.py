"""Of a right that is open already there is no second ticket, and what was told for it is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import AddTo, Another, Withdraw
from bot.core.conversation import already_open
from bot.core.conversation.request_fields import DETAILS
from bot.core.tickets.ticket import Action
from tests.core.conversation.worlds import a_request, a_ticket, a_world, keys, pressable

OPEN = a_ticket()


def test_the_words_can_be_added_or_be_about_other_contacts() -> None:
    reply = already_open.told(OPEN, "Poistakaa myös kuvat")
    assert pressable(reply) == [AddTo("id-1"), Another("id-1"), Withdraw("id-1")]
    assert reply.unanswered == "Poistakaa myös kuvat"
    assert pressable(already_open.told(OPEN, "")) == [Another("id-1"), Withdraw("id-1")]


def test_details_that_were_agreed_to_go_to_staff_with_the_open_ticket() -> None:
    request = replace(a_request(), fields={DETAILS: "vain kuvat"})
    reply = already_open.agreed(OPEN, request, a_world(OPEN))
    assert keys(reply) == ["ticket.already", "to_staff.sent"]
    note = reply.tickets[-1].notes[-1]
    assert (note.action, note.text) == (Action.ADD, "vain kuvat")


def test_what_the_ticket_has_is_not_sent_again() -> None:
    request = replace(a_request(), fields={DETAILS: "vain kuvat"})
    same = replace(OPEN, details="vain kuvat")
    assert already_open.more(same, request, a_world(same)).tickets == ()
    assert already_open.more(OPEN, a_request(), a_world(OPEN)).tickets == ()

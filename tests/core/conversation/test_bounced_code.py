"""Whose code bounced is told so once, with what helps: the right address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import CorrectAddress
from bot.core.conversation import my_tickets, verification
from bot.core.conversation.bounced_code import bounced
from bot.core.effects import Text
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Ticket
from tests.core.conversation.worlds import (
    EMAIL,
    a_ticket,
    a_world,
    coded,
    keys,
    proved,
    withdrawn,
)

OTHER = "other@example.com"


def noted(ticket: Ticket) -> Ticket:
    made = bounced(ticket, EMAIL)
    assert made is not None
    return made[0]


def test_the_address_is_named_and_can_be_corrected() -> None:
    made = bounced(coded(a_ticket()), EMAIL)
    assert made is not None
    assert made[1] is not None
    values = {"email": EMAIL, "number": "T-2026-0001"}
    assert made[1].parts == (Text(key="code.bounced", values=values),)
    assert [choice.button for choice in made[1].choices] == [CorrectAddress("id-1")]


def test_who_has_no_conversation_is_told_nothing_and_above_all_not_by_that_address() -> None:
    on_paper = replace(coded(a_ticket()), source=Source.LETTER)
    assert bounced(on_paper, EMAIL) == (replace(on_paper, bounced=EMAIL), None)


@pytest.mark.parametrize("ticket", [proved(a_ticket()), withdrawn(a_ticket())])
def test_nothing_is_told_when_no_code_is_awaited(ticket: Ticket) -> None:
    assert bounced(ticket, EMAIL) is None


def test_nothing_is_told_of_an_address_that_was_corrected_meanwhile() -> None:
    assert bounced(coded(a_ticket()), OTHER) is None


def test_the_status_tells_it_until_another_letter_has_left() -> None:
    ticket = noted(coded(a_ticket()))
    assert keys(my_tickets.status(a_world(ticket))) == ["status.code_bounced"]
    again = verification.resend(ticket, a_world(ticket)).tickets[-1]
    assert verification.phase(again) == verification.AWAITING_CODE


def test_a_corrected_address_awaits_its_code() -> None:
    ticket = noted(coded(a_ticket()))
    assert verification.may_correct(ticket, OTHER)
    corrected = verification.take_address(ticket, OTHER, a_world(ticket)).tickets[-1]
    assert verification.phase(corrected) == verification.AWAITING_CODE

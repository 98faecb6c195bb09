"""A slip in an address that staff wrote down: a letter with a new code goes to the right one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.effects import Say, SendCode, ShowTicket
from bot.core.events import StaffActed
from bot.core.tickets import staff_correction, transitions
from bot.core.tickets.code_budget import SentCodes
from bot.core.tickets.command import Command
from bot.core.tickets.staff_opening import Drawn, Opening
from bot.core.tickets.ticket import Action, Actor, Denial, State, Ticket
from tests.core.tickets.test_staff_opening import New, opened
from tests.factories import MIKA, NOW, RULES, SARI


class Codes:
    def sent_to(self, email: str) -> SentCodes:
        assert email == "lisa@example.com"
        return SentCodes()

    def knows(self, word: str) -> bool:
        raise AssertionError(word)


DRAWN = Drawn(new=New(code="87654321"), codes=Codes(), code_key=b"key")
TICKET = opened().ticket


def event(actor: Actor = SARI, *, email: str = "", phone: str = "") -> StaffActed:
    command = Command(action=Action.CORRECT_CONTACTS, email=email, phone=phone)
    return StaffActed(ticket=TICKET.id, actor=actor, command=command)


def corrected(
    ticket: Ticket = TICKET, actor: Actor = SARI, *, email: str = "", phone: str = ""
) -> Opening | Denial:
    came = event(actor, email=email, phone=phone)
    return staff_correction.corrected(ticket, came, DRAWN, NOW, RULES)


def test_a_letter_with_a_new_code_goes_to_the_corrected_address() -> None:
    made = corrected(email=" Lisa@Example.com ")
    assert isinstance(made, Opening)
    shown, mail = made.effects
    assert shown == ShowTicket(ticket=TICKET.id, number=TICKET.number)
    assert isinstance(mail, SendCode)
    assert (mail.email, mail.code) == ("lisa@example.com", "87654321")
    assert made.ticket.challenge != TICKET.challenge
    assert made.record.action == Action.CORRECT_CONTACTS
    assert "example" not in str(made.record)


def test_a_corrected_number_sends_nothing() -> None:
    made = corrected(phone="040 999 9999")
    assert isinstance(made, Opening)
    assert made.ticket.phones == ("+358409999999",)
    assert [type(one) for one in made.effects] == [ShowTicket]
    assert made.ticket.challenge == TICKET.challenge


def test_the_preview_is_the_letter_without_its_code() -> None:
    said = staff_correction.letter(TICKET, event(email="lisa@example.com"), NOW, RULES)
    assert isinstance(said, Say)
    assert said.to.email == "lisa@example.com"
    [text] = said.parts
    assert text.values["number"] == TICKET.number  # type: ignore[union-attr]
    assert staff_correction.letter(TICKET, event(phone="0409999999"), NOW, RULES) is None
    denied = staff_correction.letter(TICKET, event(email="lisa"), NOW, RULES)
    assert denied is Denial.EMAIL_INVALID


@pytest.mark.parametrize(
    ("given", "denial"),
    [
        ({}, Denial.NOTHING_CHANGED),
        ({"email": "liisa@example.com"}, Denial.NOTHING_CHANGED),
        ({"phone": "+358 40 123 4567"}, Denial.NOTHING_CHANGED),
        ({"email": "lisa"}, Denial.EMAIL_INVALID),
        ({"phone": "1"}, Denial.PHONE_INVALID),
    ],
)
def test_something_sound_has_to_change(given: dict[str, str], denial: Denial) -> None:
    made = staff_correction.corrected(TICKET, event(SARI, **given), DRAWN, NOW, RULES)
    assert made is denial


def test_only_agents_correct_and_only_what_staff_wrote_down_and_nobody_proved() -> None:
    assert corrected(actor=MIKA, email="lisa@example.com") is Denial.NOT_YOUR_ROLE
    own = replace(TICKET, source=None)
    assert corrected(own, email="lisa@example.com") is Denial.NOT_IN_THIS_STATE
    for ticket in (own, replace(TICKET, state=State.WITHDRAWN)):
        possible = transitions.possible(ticket, SARI, NOW, RULES)
        assert Action.CORRECT_CONTACTS not in possible
    assert Action.CORRECT_CONTACTS in transitions.possible(TICKET, SARI, NOW, RULES)

"""The code of a letter that a person tells staff: a right one is evidence of the address alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import contacts
from bot.core.contacts import OnFile
from bot.core.events import StaffActed
from bot.core.tickets import identity, told_code, transitions
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Action, Actor, Denial, State, Ticket
from bot.core.tickets.told_code import Tried
from bot.core.tickets.transitions import Change
from tests.core.register import on_file
from tests.factories import AINO, LIISA, MIKA, NOW, RULES, SARI, a_ticket

KEY, RIGHT = b"key", "1234 5678"
KNOWN = on_file((LIISA.email,))


def waiting() -> Ticket:
    ticket = replace(a_ticket(), source=Source.PHONE)
    return replace(ticket, challenge=identity.challenge("12345678", ticket.id, KEY, NOW))


def told(
    code: str = RIGHT,
    ticket: Ticket | None = None,
    actor: Actor = SARI,
    now: datetime = NOW,
    register: OnFile = KNOWN,
    **more: object,
) -> Tried:
    ticket = ticket or waiting()
    command = Command(action=Action.TELL_CODE, code=code, **more)  # type: ignore[arg-type]
    event = StaffActed(ticket=ticket.id, actor=actor, command=command)
    return told_code.taken(ticket, event, KEY, register, now, RULES)


def applied(tried: Tried, actor: Actor = SARI) -> Ticket:
    assert isinstance(tried.event, StaffActed)
    change = transitions.apply(tried.ticket, tried.event.command, actor, NOW, RULES)
    assert isinstance(change, Change), change
    return change.ticket


def test_a_right_code_proves_the_address_and_verifies_whom_the_register_knows() -> None:
    ticket = applied(told())
    assert ticket.state is State.AWAITING_CONFIRMATION
    assert ticket.address_is_proved
    assert not ticket.is_attested
    [piece] = ticket.evidence
    assert (piece.method, piece.by) == (Method.EMAIL_CODE, "sari")
    assert (piece.contact, piece.on_file) == (contacts.email(LIISA.email), True)


def test_an_address_that_is_not_on_file_proves_nothing_alone() -> None:
    ticket = applied(told(register=OnFile()))
    assert ticket.address_is_proved
    assert ticket.state is State.AWAITING_IDENTITY


def test_it_lives_for_days_since_the_letter_is_read_when_it_is() -> None:
    lifetime = RULES.codes.told_lifetime
    assert isinstance(told(now=NOW + lifetime).event, StaffActed)
    assert told(now=NOW + lifetime + timedelta(seconds=1)).event is Denial.CODE_EXPIRED


def test_each_wrong_code_takes_one_of_a_few_tries() -> None:
    ticket = waiting()
    for number in range(1, RULES.codes.tries):
        tried = told("99999999", ticket)
        assert tried.event is Denial.CODE_WRONG
        ticket = tried.ticket
        assert ticket.challenge is not None
        assert ticket.challenge.tries == number
    exhausted = told("99999999", ticket)
    assert exhausted.event is Denial.CODE_EXPIRED
    assert told(RIGHT, exhausted.ticket).event is Denial.CODE_EXPIRED


def test_evidence_that_comes_with_a_code_is_not_looked_at() -> None:
    forged = identity.attestation(Method.IN_PERSON, "sari", NOW)
    assert told("99999999", evidence=forged).event is Denial.CODE_WRONG
    assert applied(told(evidence=forged)).evidence[0].method is Method.EMAIL_CODE


def test_who_may_not_is_told_so_and_no_try_is_taken() -> None:
    ticket = waiting()
    for tried, denial in (
        (told(ticket=ticket, actor=MIKA), Denial.NOT_YOUR_ROLE),
        (told(ticket=ticket, version=7), Denial.STALE),
    ):
        assert (tried.event, tried.ticket) == (denial, ticket)


@pytest.mark.parametrize("without", [{"source": None}, {"challenge": None}])
def test_only_a_ticket_that_staff_opened_with_a_letter_takes_one(without: dict[str, None]) -> None:
    ticket = replace(waiting(), **without)  # type: ignore[arg-type]
    assert told(ticket=ticket).event is Denial.NOT_IN_THIS_STATE


def test_the_table_takes_no_other_evidence_for_a_code() -> None:
    ticket = waiting()
    of_code = told().event
    assert isinstance(of_code, StaffActed)
    evidence = of_code.command.evidence
    assert evidence is not None
    for forged, denial in (
        (None, Denial.CODE_WRONG),
        (identity.attestation(Method.IN_PERSON, "aino", NOW), Denial.NOT_CLAIMED),
        (evidence, Denial.NOT_CLAIMED),  # somebody else's
        (replace(evidence, by="aino", contact=contacts.email("x@example.com")), Denial.NOT_CLAIMED),
    ):
        command = Command(action=Action.TELL_CODE, code=RIGHT, evidence=forged)
        assert transitions.apply(ticket, command, AINO, NOW, RULES) is denial

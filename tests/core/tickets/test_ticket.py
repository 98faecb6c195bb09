"""A ticket in a state that needs identity cannot exist without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.contacts import email
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.ticket import (
    APPROVER,
    CUSTOMER,
    ENDED,
    NEEDS_IDENTITY,
    OPEN,
    STAFF,
    SYSTEM,
    Role,
    State,
)
from tests.core.tickets.factories import ADDRESS, NOW, NUMBER, opened, shown

PROOF = Evidence(method=Method.CALL_BACK, at=NOW, by="staff:sari")


@pytest.mark.parametrize(
    "state", [State.AWAITING_CONFIRMATION, State.CONFIRMED, State.FULFILLED], ids=str
)
def test_a_ticket_that_needs_identity_cannot_be_made_without_it(state: State) -> None:
    with pytest.raises(ValueError, match=f"cannot be {state} without verified identity"):
        replace(opened(), state=state)
    made = replace(opened(), state=state, evidence=(PROOF,), verified=PROOF)
    assert made.state is state


@pytest.mark.parametrize("state", sorted(set(State) - NEEDS_IDENTITY))
def test_other_states_need_none(state: State) -> None:
    assert replace(opened(), state=state).verified is None


def test_what_verifies_a_ticket_is_among_its_evidence() -> None:
    with pytest.raises(ValueError, match="not among the ticket's evidence"):
        replace(opened(), verified=PROOF)


def test_what_verifies_a_ticket_is_of_a_contact_that_it_names() -> None:
    of_another = shown(email("another@example.com")).evidence
    assert of_another
    with pytest.raises(ValueError, match="of a contact that the ticket does not name"):
        replace(opened(), evidence=(of_another,), verified=of_another)


def test_a_ticket_names_the_address_and_the_numbers_of_its_person() -> None:
    ticket = replace(opened(), phones=(NUMBER.value,))
    assert ticket.contacts == (ADDRESS, NUMBER)
    nowhere = replace(ticket, person=replace(ticket.person, email=""))
    assert nowhere.contacts == (NUMBER,)
    assert not nowhere.address_is_proved


def test_each_contact_is_proved_by_its_own_evidence() -> None:
    by_phone = shown(NUMBER).evidence
    assert by_phone
    ticket = replace(opened(), phones=(NUMBER.value,), evidence=(by_phone,))
    assert ticket.is_proved(NUMBER)
    assert not ticket.address_is_proved
    assert not ticket.is_attested
    assert replace(ticket, evidence=(PROOF,)).is_attested


def test_a_state_is_either_open_or_ended() -> None:
    assert set(State) == OPEN | ENDED
    assert {State.FULFILLED, State.REFUSED, State.WITHDRAWN, State.LAPSED} == ENDED


def test_no_role_is_in_two_parties() -> None:
    assert {Role.AGENT, Role.APPROVER} == STAFF
    assert APPROVER < STAFF
    assert sorted([*CUSTOMER, *STAFF, *SYSTEM]) == sorted(Role)

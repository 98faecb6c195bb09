"""Contacts that change: what was shown of others, or vouched for with them, counts no more."""

from __future__ import annotations

from dataclasses import replace

from bot.core import contacts
from bot.core.tickets import identity, person_changes
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Action, Actor, State, Ticket
from tests.core.tickets.factories import ADDRESS, AGENT, NOW, NUMBER, attested, done, opened

CODE = Evidence(method=Method.EMAIL_CODE, at=NOW, by=AGENT.key, contact=ADDRESS)
PHONE = Evidence(method=Method.PHONE, at=NOW, by="customer", contact=NUMBER)


def written_down() -> Ticket:
    """Return a request of which staff wrote down both contacts, with a code on its way."""
    sent = identity.challenge("12345678", "id-1", b"k", NOW)
    return replace(opened(), source=Source.LETTER, phones=(NUMBER.value,), challenge=sent)


def corrected(ticket: Ticket, **given: str) -> Ticket:
    command = Command(action=Action.CORRECT_CONTACTS, **given)  # type: ignore[arg-type]
    return person_changes.with_contact(ticket, command, State.AWAITING_IDENTITY)


def test_a_corrected_address_takes_the_place_of_the_other_and_its_code_is_good_no_more() -> None:
    after = corrected(written_down(), email="right@example.com")
    assert after.person.email == "right@example.com"
    assert (after.phones, after.challenge) == ((NUMBER.value,), None)


def test_a_corrected_number_leaves_the_code_of_the_letter_good() -> None:
    after = corrected(written_down(), phone="+358409999999")
    assert after.person.email == written_down().person.email
    assert after.phones == ("+358409999999",)
    assert after.challenge == written_down().challenge


def test_who_vouched_did_so_with_the_contacts_before() -> None:
    vouched = done(written_down(), attested(AGENT), AGENT)
    assert vouched.state is State.AWAITING_CONFIRMATION
    after = corrected(vouched, email="right@example.com")
    assert (after.state, after.verified, after.evidence) == (State.AWAITING_IDENTITY, None, ())


def test_what_was_shown_of_a_contact_that_stays_stays() -> None:
    shown = replace(written_down(), evidence=(CODE, PHONE))
    assert corrected(shown, email="right@example.com").evidence == (PHONE,)
    assert corrected(shown, phone="+358409999999").evidence == (CODE,)
    assert contacts.email("right@example.com") not in [
        piece.contact for piece in corrected(shown, email="right@example.com").evidence
    ]


def test_staff_note_for_whom_it_is() -> None:
    actor: Actor = AGENT
    command = Command(action=Action.AUTHORISE)
    assert person_changes.for_somebody(opened(), command, actor, NOW) == opened()

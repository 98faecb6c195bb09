"""Every text that people or staff write is cleaned and masked before it is kept."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.catalog import Language, Right
from bot.core.events import (
    AskedInPublic,
    Chose,
    CustomerEvent,
    Event,
    FromCustomer,
    Requested,
    Said,
    Shared,
    StaffActed,
    StaffAnswered,
    StaffOpened,
    Task,
    TaskDue,
)
from bot.core.masking import Masked
from bot.core.sanitise import sanitise
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.source import Source
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.ticket import Action, Actor, Person, Role
from bot.core.understanding.words.text import KEPT

TODAY = date(2026, 11, 6)
CODE, HIDDEN = "131052-308T", "******-****"
DIRTY = f"hetu\u200b {CODE}\x00\u202e!"
CLEAN = f"hetu {HIDDEN}!"
PERSON = Person(channel="test", account="matti")
STAFF = Actor(key="staff:sari", roles=frozenset({Role.AGENT}))


def of_customer(event: CustomerEvent) -> CustomerEvent:
    came = FromCustomer(person=PERSON, event=event, language=Language.SV, vouched="a@example.com")
    kept = sanitise(came, TODAY)
    assert (kept.person, kept.language, kept.vouched) == (PERSON, Language.SV, "a@example.com")
    return kept.event


def test_what_a_customer_says_is_kept_clean_with_what_was_masked() -> None:
    said = of_customer(Said(text=DIRTY, attached=True, edited=True))
    masked = frozenset({Masked.IDENTITY_CODE})
    assert said == Said(text=CLEAN, attached=True, edited=True, masked=masked)


def test_a_form_is_kept_clean_in_every_field() -> None:
    form = Requested(
        right=Right.ACCESS,
        name=DIRTY,
        email="matti\u200b@example.com",
        details=DIRTY,
        language=Language.FI,
    )
    kept = of_customer(form)
    assert isinstance(kept, Requested)
    assert (kept.name, kept.email, kept.details) == (CLEAN, "matti@example.com", CLEAN)
    assert (kept.right, kept.language) == (Right.ACCESS, Language.FI)


def test_an_address_in_a_form_keeps_no_identity_code() -> None:
    address = f"{CODE}@example.com"
    form = Requested(
        right=Right.ACCESS, name="Matti", email=address, details="", language=Language.FI
    )
    kept = of_customer(form)
    assert isinstance(kept, Requested)
    assert kept.email == f"{HIDDEN}@example.com"


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        (Chose(token="y\u200bes"), Chose(token="yes")),
        (Chose(token="x" * 65), Chose(token="x" * 64)),
        (Shared(phone="+358\u200b401234567"), Shared(phone="+358401234567")),
        (Shared(phone="1" * 65), Shared(phone="1" * 64)),
    ],
)
def test_what_a_client_sends_beside_words_is_short_and_visible(
    came: CustomerEvent, kept: CustomerEvent
) -> None:
    assert of_customer(came) == kept


def test_what_is_asked_in_public_is_kept_clean() -> None:
    came = AskedInPublic(place=PERSON, text=DIRTY, language=Language.EN)
    assert sanitise(came, TODAY) == AskedInPublic(place=PERSON, text=CLEAN, language=Language.EN)


def test_what_staff_write_on_a_ticket_is_kept_clean_and_nothing_else_of_it_changes() -> None:
    def acted(text: str) -> StaffActed:
        command = Command(action=Action.ASK, version=3, text=text, ground=Ground.CLARIFICATION)
        return StaffActed(ticket="id-1", actor=STAFF, command=command)

    assert sanitise(acted(DIRTY), TODAY) == acted(CLEAN)


def test_what_staff_answer_is_kept_clean() -> None:
    came = StaffAnswered(inquiry="i-1", actor=STAFF, text=DIRTY, version=2)
    assert sanitise(came, TODAY) == StaffAnswered(inquiry="i-1", actor=STAFF, text=CLEAN, version=2)


def test_an_event_without_texts_stays_as_it_is() -> None:
    came: Event = TaskDue(task=Task.REMIND, day=TODAY, ticket="id-1")
    assert sanitise(came, TODAY) is came


@pytest.mark.parametrize(("length", "cut"), [(KEPT, False), (KEPT + 1, True)])
def test_it_is_known_that_a_text_was_cut(length: int, cut: bool) -> None:
    kept = of_customer(Said(text="a" * length))
    assert isinstance(kept, Said)
    assert (len(kept.text), kept.cut) == (KEPT, cut)


def test_what_staff_write_down_of_a_request_is_kept_clean_in_every_field() -> None:
    request = StaffRequest(
        right=Right.ACCESS,
        source=Source.PHONE,
        received=TODAY,
        language=Language.FI,
        name=DIRTY,
        email="matti\u200b@example.com",
        phone="040\u200b 1234567",
        words=DIRTY,
    )
    kept = sanitise(StaffOpened(actor=STAFF, request=request), TODAY).request
    assert (kept.name, kept.words) == (CLEAN, CLEAN)
    assert (kept.email, kept.phone) == ("matti@example.com", "040 1234567")

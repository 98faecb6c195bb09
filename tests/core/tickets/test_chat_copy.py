"""The copy in the conversation: only where its person showed who they are, and once they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import contacts
from bot.core.catalog import Right
from bot.core.tickets import chat_copy, collecting, copies
from bot.core.tickets.chat_copy import Standing
from bot.core.tickets.collecting import Problem
from bot.core.tickets.copies import Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Denial, Person, State, Ticket
from tests.core.tickets.test_copy_changes import a_file, confirmed, done, tried
from tests.factories import MIKA, NOW, SARI

RULES = Rules(copies_in_chat=True)


def on_telegram(ticket: Ticket) -> Ticket:
    return replace(ticket, person=replace(ticket.person, channel="telegram"))


def attached(right: Right = Right.ACCESS, *names: str) -> Ticket:
    ticket = on_telegram(confirmed(right))
    for name in names or ("copy.json",):
        ticket = done(ticket, Action.ATTACH, SARI, file=a_file(name))
    return ticket


def delivered(*names: str) -> Ticket:
    return done(attached(Right.ACCESS, *names), Action.DELIVER, MIKA, way=Way.CHAT, rules=RULES)


def shown(method: Method, *, by: str = THE_CUSTOMER.key) -> Evidence:
    return Evidence(method=method, at=NOW, by=by, contact=contacts.email("a@example.com"))


# Where


def test_a_code_typed_in_the_conversation_proves_the_account() -> None:
    assert chat_copy.account_is_proved(attached())


@pytest.mark.parametrize("channel", ["mail", "http", "test", "offline"])
def test_no_other_channel_takes_files(channel: str) -> None:
    ticket = attached()
    elsewhere = replace(ticket, person=replace(ticket.person, channel=channel))
    assert not chat_copy.account_is_proved(elsewhere)


def test_what_staff_vouched_for_says_nothing_of_the_account() -> None:
    ticket = attached()
    assert ticket.verified is not None
    attested = replace(ticket, evidence=(ticket.verified,))
    assert not chat_copy.account_is_proved(attested)
    assert tried(attested, Action.DELIVER, way=Way.CHAT, rules=RULES) is Denial.ACCOUNT_NOT_PROVED
    told = replace(shown(Method.EMAIL_CODE), by="sari", contact=ticket.contacts[0])
    assert not chat_copy.account_is_proved(replace(attested, evidence=(*attested.evidence, told)))


def test_a_number_counts_only_where_it_verified_the_person() -> None:
    ticket, number = attached(), contacts.phone("+358401234567")
    phone = replace(shown(Method.PHONE), contact=number)
    of_phone = replace(
        ticket,
        person=Person(channel="telegram", account="7", name="Liisa"),
        phones=(number.value,),
        evidence=(*ticket.evidence[:1], phone),
    )
    assert not chat_copy.account_is_proved(of_phone)
    assert chat_copy.account_is_proved(replace(of_phone, verified=phone))


def test_a_contact_that_the_request_does_not_name_any_more_proves_nothing() -> None:
    ticket = attached()
    other = replace(ticket.evidence[-1], contact=contacts.email("other@example.com"))
    assert not chat_copy.account_is_proved(replace(ticket, evidence=(ticket.evidence[0], other)))


def test_a_request_that_staff_opened_has_no_conversation() -> None:
    assert not chat_copy.account_is_proved(replace(attached(), source=Source.LETTER))


# When


def test_it_is_offered_where_the_organisation_says_so() -> None:
    ticket = attached()
    assert tried(ticket, Action.DELIVER, way=Way.CHAT, rules=Rules()) is Denial.NO_CHAT
    assert not chat_copy.is_offered(ticket, Rules())
    assert chat_copy.is_offered(ticket, RULES)
    assert tried(on_telegram(confirmed()), Action.DELIVER, way=Way.CHAT, rules=RULES) is (
        Denial.NO_FILE
    )
    pdf = attached(Right.PORTABILITY, "data.pdf")
    assert tried(pdf, Action.DELIVER, way=Way.CHAT, rules=RULES) is Denial.NOT_MACHINE_READABLE


def test_nothing_is_sent_before_the_person_asks_and_nothing_twice() -> None:
    ticket = delivered("a.json", "b.json")
    assert chat_copy.missing(ticket) == ticket.files
    asked, standing = chat_copy.asked(ticket, NOW, RULES)
    assert standing is Standing.SENT
    assert chat_copy.asked(asked, NOW, RULES) == (asked, Standing.ON_ITS_WAY)
    one = chat_copy.arrived(asked, "a.json")
    later = NOW + copies.ON_THEIR_WAY
    again, standing = chat_copy.asked(one, later, RULES)
    assert standing is Standing.SENT
    assert [file.id for file in chat_copy.missing(again)] == ["b.json"]


@pytest.mark.parametrize(
    "ticket",
    [
        attached(),
        replace(delivered(), files=()),
        done(attached(), Action.DELIVER, MIKA, way=Way.POST, text="Sent."),
    ],
    ids=["not delivered", "destroyed", "by post"],
)
def test_where_there_is_nothing_nothing_is_sent(ticket: Ticket) -> None:
    assert chat_copy.asked(ticket, NOW, RULES) == (ticket, Standing.GONE)


def test_after_its_time_or_where_it_is_offered_no_more_nothing_is_sent() -> None:
    ticket = delivered()
    late = NOW + copies.LIFETIME + timedelta(seconds=1)
    assert chat_copy.asked(ticket, late, RULES)[1] is Standing.GONE
    assert chat_copy.asked(ticket, NOW, Rules())[1] is Standing.GONE


def test_what_is_in_the_conversation_is_destroyed_here_and_has_been_received() -> None:
    ticket = delivered("a.json", "b.json")
    one = chat_copy.arrived(ticket, "a.json")
    assert not chat_copy.is_there(one)
    assert chat_copy.arrived(one, "a.json") == one
    assert chat_copy.arrived(one, "unknown") == one
    both = chat_copy.arrived(one, "b.json")
    assert chat_copy.is_there(both)
    had = done(both, Action.COLLECT, THE_CUSTOMER, rules=RULES)
    assert had.files == ()
    assert had.delivery is not None
    assert had.delivery.opened == (NOW,)
    assert chat_copy.arrived(confirmed(), "a.json") == confirmed()
    assert done(had, Action.FULFIL, MIKA, rules=RULES).state is State.FULFILLED


def test_a_delivery_without_a_page_is_opened_by_no_link() -> None:
    ticket = delivered()
    assert collecting.delivery_of(ticket, "", NOW) is None
    assert collecting.with_code(ticket, "", "12345678", b"key", NOW, RULES) is Problem.GONE

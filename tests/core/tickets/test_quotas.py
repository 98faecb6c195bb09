"""How much one person may ask of staff at once, and in a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.core.catalog import Right
from bot.core.tickets.quotas import Quotas, may_open, may_write, open_ticket_of
from bot.core.tickets.ticket import Action, Note, State, Ticket
from tests.core.tickets.factories import NOW, in_state, opened

DAY = timedelta(days=1)
QUOTAS = Quotas(requests=3, withdrawals=2)


def withdrawn(ago: timedelta) -> Ticket:
    at = NOW - ago
    return replace(opened(), state=State.WITHDRAWN, received_at=NOW - 9 * DAY, closed_at=at)


def may(tickets: Iterable[Ticket]) -> bool:
    return may_open(tickets, QUOTAS, NOW)


def test_the_open_ticket_of_a_right_is_found() -> None:
    erasure = opened(Right.ERASURE)
    assert open_ticket_of(Right.ERASURE, [opened(Right.ACCESS), erasure]) is erasure
    assert open_ticket_of(Right.OBJECTION, [erasure]) is None


def test_with_another_address_it_is_another_matter() -> None:
    ticket = opened(Right.ERASURE)
    assert open_ticket_of(Right.ERASURE, [ticket], "matti@example.com") is ticket
    assert open_ticket_of(Right.ERASURE, [ticket], "other@example.com") is None
    nameless = replace(ticket, person=replace(ticket.person, email=""))
    assert open_ticket_of(Right.ERASURE, [nameless], "other@example.com") is nameless


def test_a_ticket_that_has_ended_is_not_in_the_way_of_another() -> None:
    assert open_ticket_of(Right.ACCESS, [in_state(State.REFUSED)]) is None


def test_so_many_requests_are_made_in_a_day_and_no_more() -> None:
    assert may([])
    assert may([opened()] * 2)
    assert not may([opened()] * 3)


def test_requests_of_the_day_before_do_not_count() -> None:
    assert may([replace(opened(), received_at=NOW - DAY)] * 3)


def test_who_has_withdrawn_so_many_in_a_day_opens_no_new_one() -> None:
    assert may([withdrawn(DAY / 2)])
    assert not may([withdrawn(DAY / 2)] * 2)


def test_what_was_withdrawn_the_day_before_does_not_count() -> None:
    assert may([withdrawn(DAY)] * 2)


def test_what_staff_ended_is_not_counted_as_withdrawn() -> None:
    refused = replace(in_state(State.REFUSED), received_at=NOW - 9 * DAY, closed_at=NOW)
    assert may([refused] * 2)


def with_notes(number: int, action: Action = Action.ADD, ago: timedelta = timedelta()) -> Ticket:
    note = Note(at=NOW - ago, by="customer", action=action, text="The invoices stay.")
    return replace(opened(), notes=(note,) * number)


def test_so_many_messages_to_staff_are_taken_in_a_day_on_all_tickets_together() -> None:
    quotas = Quotas(ticket_messages=3)
    assert may_write([with_notes(1), with_notes(1)], quotas, NOW)
    assert not may_write([with_notes(1), with_notes(2)], quotas, NOW)
    assert may_write([with_notes(3, ago=DAY)], quotas, NOW)


def test_answers_to_staff_and_their_words_are_not_counted() -> None:
    quotas = Quotas(ticket_messages=1)
    for action in (Action.ANSWER, Action.ASK, Action.REFUSE):
        assert may_write([with_notes(2, action)], quotas, NOW)

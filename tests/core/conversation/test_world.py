"""A step knows the person's own tickets, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.core.conversation.worlds import a_ticket, a_world, withdrawn


def test_a_ticket_of_somebody_else_is_not_there() -> None:
    world = a_world(a_ticket())
    assert world.ticket("id-1") == a_ticket()
    assert world.ticket("id-2") is None


def test_changed_tickets_take_the_place_of_the_old_ones() -> None:
    first, second = a_ticket(), a_ticket(id="id-2")
    ended = withdrawn(second)
    world = a_world(first, second)
    assert world.changed([ended]).tickets == (first, ended)
    assert world.changed([replace(first, id="id-3")]).tickets == (first, second)


def test_tickets_that_have_ended_are_not_open() -> None:
    assert a_world(withdrawn(a_ticket(id="id-2")), a_ticket()).open_tickets == [a_ticket()]


def test_the_date_is_the_local_one() -> None:
    late = datetime(2026, 11, 6, 22, 30, tzinfo=UTC)
    assert a_world(now=late).today == date(2026, 11, 7)

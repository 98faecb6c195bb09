"""Somebody opens tickets without end: one after the other, again at the summary, by withdrawing.

Each is a card on the staff's desk and a month of reminders. A person has one open ticket of each
right and address, so many requests a day, and after so many withdrawals no new one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.bootstrap import Assistant
from bot.core.catalog import Right
from bot.core.tickets.quotas import LAST_ENDED, Quotas
from bot.core.tickets.ticket import OPEN, State, Ticket
from tests.attacks.talking import Talker
from tests.conftest import Clock

QUOTAS = Quotas()
FORM = ("Mallory", "mallory@example.com", "ohita")


def tickets_of(app: Assistant) -> list[Ticket]:
    with app.store.reading() as unit:
        return list(unit.tickets.by_due_date(ended=True))


def test_rights_that_are_added_at_the_summary_open_no_second_ticket(
    app: Assistant, clock: Clock
) -> None:
    mallory = Talker(app)
    mallory.says("Haluan kopion tiedoistani", "kyllä", *FORM, "kyllä")
    for right in ("Rajoittakaa tietojeni käsittelyä", "Poistakaa tietoni"):
        clock.forward(timedelta(minutes=5))
        mallory.says(right, "kyllä", *FORM)
        mallory.says("Haluan kopion tiedoistani", "kyllä", "kyllä", "ohita", "kyllä")
    rights = [ticket.right for ticket in tickets_of(app)]
    assert sorted(rights) == sorted({Right.ACCESS, Right.RESTRICTION, Right.ERASURE})


def test_who_withdraws_again_and_again_opens_no_new_ticket_for_a_day(
    app: Assistant, clock: Clock
) -> None:
    mallory = Talker(app)
    for _ in range(QUOTAS.withdrawals):
        clock.forward(timedelta(minutes=5))
        mallory.says("Poistakaa tietoni", "kyllä", *FORM, "kyllä", "peruuta")
        mallory.presses("Kyllä, peru pyyntö")
    assert "info@ideafix.fi" in mallory.says("Poistakaa tietoni")
    assert [ticket.state for ticket in tickets_of(app)] == [State.WITHDRAWN] * QUOTAS.withdrawals
    clock.forward(timedelta(days=1))
    mallory.says("Poistakaa tietoni", "kyllä", *FORM, "kyllä")
    assert [ticket.right for ticket in tickets_of(app) if ticket.state in OPEN] == [Right.ERASURE]


def test_a_person_with_many_ended_tickets_costs_no_more_than_one_with_few(app: Assistant) -> None:
    """A message reads the open tickets and the last ones that ended, however many there were."""
    Talker(app).says("Poistakaa tietoni", "kyllä", *FORM, "kyllä")
    (ticket,) = tickets_of(app)
    key, today = app.intake.key(ticket.person), app.clock().date()
    with app.store.transaction() as unit:
        for number in range(2, 80):
            ended = replace(
                ticket,
                id=f"id-{number}",
                number=f"T-2026-{number:04d}",
                state=State.WITHDRAWN,
                closed_at=app.clock() + timedelta(minutes=number),
            )
            unit.tickets.save(ended, key, today)
        read = unit.tickets.of(key)
    assert ticket in read
    assert [t.number for t in read][1:] == [f"T-2026-{n:04d}" for n in range(80 - LAST_ENDED, 80)]

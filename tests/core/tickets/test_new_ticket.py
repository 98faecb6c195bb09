"""A new ticket holds what was asked for, and its clock runs from the local day of the asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core.catalog import Right
from bot.core.tickets import new_ticket
from bot.core.tickets.public_holidays import Place
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, THE_SYSTEM, Actor, State
from bot.core.tickets.transitions import Change
from tests.core.tickets.factories import RULES, opened


def asked_for(
    rules: Rules = RULES, received_at: datetime | None = None, actor: Actor = THE_CUSTOMER
) -> Change:
    """Return a new ticket of a request for access that was made on 9 November."""
    return new_ticket.open_ticket(
        id="id-2",
        number="T-2026-0002",
        right=Right.ACCESS,
        language=opened().language,
        person=opened().person,
        details="",
        now=datetime(2026, 11, 9, 8, tzinfo=UTC),
        rules=rules,
        actor=actor,
        received_at=received_at,
    )


def test_a_request_counts_from_the_local_day_on_which_it_was_made() -> None:
    def received(received_at: datetime | None) -> date:
        made = asked_for(received_at=received_at)
        return made.ticket.clock.received

    assert received(None) == date(2026, 11, 9)
    # Half past midnight in Helsinki.
    assert received(datetime(2026, 11, 6, 22, 30, tzinfo=UTC)) == date(2026, 11, 7)


def test_a_ticket_that_the_clock_opens_is_of_a_request_left_half_way() -> None:
    assert not opened().unfinished
    made = asked_for(actor=THE_SYSTEM)
    assert made.ticket.unfinished
    assert made.record.actor == THE_SYSTEM.key


def test_a_new_ticket_awaits_the_proof_of_who_asks() -> None:
    ticket = opened()
    assert (ticket.state, ticket.verified, ticket.evidence) == (State.AWAITING_IDENTITY, None, ())


def test_a_ticket_keeps_the_notice_and_the_holidays_under_which_it_was_asked_for() -> None:
    made = asked_for(rules=replace(RULES, notice="2 (2026-11-22)", country="DE", subdivision="BE"))
    assert made.ticket.notice == "2 (2026-11-22)"
    assert made.ticket.clock.place == Place(country="DE", subdivision="BE")

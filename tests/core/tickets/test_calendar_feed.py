"""The calendar feed of due dates: what a program that reads it relies on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.core.tickets.calendar_feed import calendar
from bot.core.tickets.ticket import State, Ticket
from tests.factories import LIISA, RULES, a_ticket, in_state, suspended

LATER = datetime(2026, 11, 20, 12, tzinfo=UTC)


def made(tickets: Iterable[Ticket], title: str = "Poisto") -> str:
    return calendar("Määräpäivät", tickets, lambda one: f"{one.number} {title}", LATER, RULES)


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def test_a_ticket_is_an_event_that_lasts_its_due_day() -> None:
    lines = unfolded(made([a_ticket()]))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT") + 1]
    # Received on 6 November; 6 December is a Sunday and a holiday, so the 7th is the last day.
    assert "DTSTART;VALUE=DATE:20261207" in event
    assert "DTEND;VALUE=DATE:20261208" in event
    assert "UID:T-2026-0001@seloste" in event
    assert "DTSTAMP:20261120T120000Z" in event
    assert "SUMMARY:T-2026-0001 Poisto" in event


def test_nothing_of_the_person_is_in_it() -> None:
    text = made([a_ticket()])
    for personal in (*LIISA.name.split(), LIISA.email, LIISA.account, "Tilaukset"):
        assert personal not in text


@pytest.mark.parametrize("ticket", [in_state(State.REFUSED), suspended()], ids=["ended", "still"])
def test_what_has_no_due_day_is_not_in_it(ticket: Ticket) -> None:
    assert "BEGIN:VEVENT" not in unfolded(made([ticket]))


@pytest.mark.parametrize(
    ("ticket", "status"),
    [(a_ticket(), "TENTATIVE"), (in_state(State.AWAITING_CONFIRMATION), "CONFIRMED")],
    ids=["unproved", "proved"],
)
def test_what_nothing_is_proved_of_is_tentative(ticket: Ticket, status: str) -> None:
    assert f"STATUS:{status}" in unfolded(made([ticket]))


def test_text_can_end_no_line_and_no_value() -> None:
    text = made([a_ticket()], title="a;b,c\\d\r\nEND:VEVENT")
    assert "SUMMARY:T-2026-0001 a\\;b\\,c\\\\d\\nEND:VEVENT" in unfolded(text)
    assert unfolded(text).count("END:VEVENT") == 1


def test_a_line_has_at_most_75_octets_and_no_letter_is_torn() -> None:
    text = made([a_ticket()], title="ä" * 90)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:T-2026-0001 {'ä' * 90}" in unfolded(text)

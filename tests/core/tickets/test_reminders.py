"""Staff are reminded once a day of all that is due: the urgent first, a flood of strangers last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.catalog import Language
from bot.core.effects import Digest, RemindOfInquiry
from bot.core.tickets import reminders
from bot.core.tickets.command import Command
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.reminders import MOST_LINES
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Person, State, Ticket
from tests.core.tickets.factories import (
    AGENT,
    APPROVER,
    BOTH,
    NOW,
    act,
    done,
    in_state,
    opened,
    with_task,
)
from tests.core.tickets.factories import DUE as TASK_DUE

TODAY = NOW.date()
RULES = Rules()
DUE = in_state(State.CONFIRMED).clock.end(TODAY).due


def days_reminded(ticket: Ticket, days: Iterable[int]) -> list[int]:
    """Return on which days from the due day on staff are reminded."""
    return [n for n in days if reminders.of_ticket(ticket, DUE + timedelta(days=n))]


def numbered(ticket: Ticket, number: int, received: date | None = None) -> Ticket:
    clock = replace(ticket.clock, received=received or ticket.clock.received)
    return replace(ticket, id=f"id-{number}", number=f"T-2026-{number:04d}", clock=clock)


def asked(days_ago: int) -> Inquiry:
    return Inquiry(
        id="q",
        number="Q-2026-0001",
        language=Language.FI,
        person=Person(channel="test", account="matti"),
        question="?",
        asked_at=NOW - timedelta(days=days_ago),
    )


def test_of_a_proved_ticket_staff_are_reminded_daily_when_it_is_overdue() -> None:
    ticket = in_state(State.CONFIRMED)
    assert days_reminded(ticket, range(-30, 4)) == [-14, -7, -3, -1, 1, 2, 3]


def test_of_one_whose_person_is_not_known_once_a_week_when_it_is_overdue() -> None:
    assert days_reminded(opened(), range(-30, 30)) == [-14, -7, -3, -1, 1, 8, 15, 22, 29]


@pytest.mark.parametrize("state", [State.FULFILLED, State.REFUSED])
def test_of_one_that_has_ended_nobody_is_reminded(state: State) -> None:
    assert days_reminded(in_state(state), range(-30, 30)) == []


def test_a_reminder_says_whose_the_ticket_is() -> None:
    owned = replace(in_state(State.CONFIRMED), owner="staff:mika")
    reminder = reminders.of_ticket(owned, DUE - timedelta(days=1))
    assert reminder is not None
    assert reminder.owner == "staff:mika"


def test_of_one_whose_clock_stands_still_nobody_is_reminded() -> None:
    ticket = in_state(State.CONFIRMED)
    still = replace(ticket, clock=replace(ticket.clock, suspended_on=TODAY))
    assert days_reminded(still, range(-30, 30)) == []


def test_of_a_question_that_waits_each_week() -> None:
    days = [n for n in range(30) if reminders.of_inquiry(asked(n), TODAY, RULES)]
    assert days == [7, 14, 21, 28]


def test_of_a_report_every_day_and_before_all_else() -> None:
    def reported(days_ago: int) -> Inquiry:
        return replace(asked(days_ago), kind=InquiryKind.INCIDENT, number="Q-2026-0009")

    days = [n for n in range(5) if reminders.of_inquiry(reported(n), TODAY, RULES)]
    assert days == [1, 2, 3, 4]
    overdue = numbered(in_state(State.CONFIRMED), 1, TODAY - timedelta(days=60))
    made = reminders.digest([overdue], [asked(7), reported(1)], TODAY, RULES)
    assert made is not None
    numbers = [one.number for one in made.reminders]
    assert numbers == ["Q-2026-0009", "T-2026-0001", "Q-2026-0001"]
    assert made.reminders[0] == RemindOfInquiry(
        inquiry="q", number="Q-2026-0009", days=1, until=NOW + timedelta(days=2)
    )


def test_of_an_answered_question_nobody_is_reminded() -> None:
    answered = replace(asked(7), closed_at=datetime(2026, 11, 6, tzinfo=UTC))
    assert reminders.of_inquiry(answered, TODAY, RULES) is None


def test_a_day_without_reminders_has_no_digest() -> None:
    assert reminders.digest([opened()], [asked(1)], TODAY, RULES) is None


def test_the_most_urgent_stands_first_and_what_nobody_proved_last() -> None:
    late, later = (DUE + timedelta(days=n) for n in (1, 8))
    proved = [numbered(in_state(State.CONFIRMED), n, TODAY - timedelta(days=n)) for n in (1, 2)]
    unproved = [numbered(opened(), 3, TODAY - timedelta(days=7)), numbered(opened(), 4)]
    today = later
    made = reminders.digest([*unproved, *proved], [asked((NOW.date() - today).days)], today, RULES)
    assert late < later
    assert isinstance(made, Digest)
    numbers = [one.number for one in made.reminders]
    assert numbers[:2] == ["T-2026-0002", "T-2026-0001"]
    assert numbers[-1] in ("T-2026-0003", "T-2026-0004")


def test_a_long_day_says_how_much_it_leaves_out() -> None:
    many = [numbered(in_state(State.CONFIRMED), n) for n in range(MOST_LINES + 5)]
    made = reminders.digest(many, [], DUE + timedelta(days=1), RULES)
    assert isinstance(made, Digest)
    assert (len(made.reminders), made.more) == (MOST_LINES, 5)


def test_a_ticket_of_somebody_who_is_away_is_reminded_as_nobodys() -> None:
    ticket = replace(in_state(State.CONFIRMED), owner="mika")
    for away, owner in ((frozenset({"mika"}), ""), (frozenset({"sari"}), "mika")):
        found = reminders.digest([ticket], [], DUE + timedelta(days=1), RULES, away)
        assert found is not None
        assert [getattr(one, "owner", None) for one in found.reminders] == [owner]


def test_of_a_task_its_owner_is_reminded_from_its_day_on_until_it_is_ticked_off() -> None:
    ticket = with_task(in_state(State.CONFIRMED))
    days = [n for n in range(-3, 4) if reminders.of_tasks(ticket, TASK_DUE + timedelta(days=n))]
    assert days == [0, 1, 2, 3]
    [late] = reminders.of_tasks(ticket, TASK_DUE + timedelta(days=2))
    assert (late.number, late.task, late.days, late.owner) == (ticket.number, 1, -2, BOTH.key)
    [open_to_all] = reminders.of_tasks(ticket, TASK_DUE, frozenset({BOTH.key}))
    assert open_to_all.owner == ""
    done_with = done(ticket, Command(action=Action.END_TASK, task=1), AGENT)
    assert not reminders.of_tasks(done_with, TASK_DUE)
    ended = done(ticket, act(Action.REFUSE), APPROVER)
    assert not reminders.of_tasks(ended, TASK_DUE)


def test_a_task_is_in_the_digest_of_a_day_on_which_its_ticket_is_not() -> None:
    ticket = with_task(in_state(State.CONFIRMED))
    assert reminders.of_ticket(ticket, TASK_DUE) is None
    made = reminders.digest([ticket], (), TASK_DUE, RULES)
    assert made is not None
    assert [one.number for one in made.reminders] == [ticket.number]
    assert "palkan" not in repr(made)

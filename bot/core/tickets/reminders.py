"""The daily reminders to staff, all in one message, however many tickets there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.core.effects import Digest, Remind, RemindOfInquiry
from bot.core.tickets import deadlines, staff_tasks
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OPEN, State, Ticket

MOST_LINES = 30
_WEEK = 7


def digest(
    tickets: Iterable[Ticket],
    inquiries: Iterable[Inquiry],
    today: date,
    rules: Rules,
    away: frozenset[str] = frozenset(),
) -> Digest | None:
    """Return the reminders of a day; None when there is nothing to be reminded of.

    First reports of incidents, then what is most urgent of those whose identity is proved, then
    tasks, then questions, then those who have proved nothing that suffices, the newest first: a
    flood of these hides no other. What somebody owns who is `away` (an actor's key) is everybody's
    meanwhile.
    """
    tickets = tuple(tickets)
    found = [(t, reminder) for t in tickets if (reminder := of_ticket(t, today, away))]
    urgent = [one for ticket, one in found if ticket.state is not State.AWAITING_IDENTITY]
    set_by_staff = [one for t in tickets for one in of_tasks(t, today, away)]
    unproved = [one for ticket, one in found if ticket.state is State.AWAITING_IDENTITY]
    waiting = [one for i in inquiries if (one := of_inquiry(i, today, rules))]
    reported = [one for one in waiting if one.until]
    asked = [one for one in waiting if not one.until]
    reminders: tuple[Remind | RemindOfInquiry, ...] = (
        *sorted(reported, key=lambda one: -one.days),
        *sorted(urgent, key=lambda one: one.days),
        *sorted(set_by_staff, key=lambda one: one.days),
        *sorted(asked, key=lambda one: -one.days),
        *sorted(unproved, key=lambda one: -one.days),
    )
    if not reminders:
        return None
    more = max(0, len(reminders) - MOST_LINES)
    return Digest(day=today, reminders=reminders[:MOST_LINES], more=more)


def of_ticket(ticket: Ticket, today: date, away: frozenset[str] = frozenset()) -> Remind | None:
    """Return the reminder of a ticket on a day, if staff are reminded of it then."""
    if ticket.state not in OPEN or ticket.clock.suspended_on:
        return None
    due = ticket.clock.end(today).due
    late = (today - due).days
    # Its time is over and its person unknown still: that staff can see once a week.
    seldom = ticket.state is State.AWAITING_IDENTITY and late > 0 and (late - 1) % _WEEK
    if seldom or not deadlines.reminder_due(due, today):
        return None
    owner = "" if ticket.owner in away else ticket.owner
    return Remind(ticket=ticket.id, number=ticket.number, days=-late, owner=owner)


def of_tasks(ticket: Ticket, today: date, away: frozenset[str] = frozenset()) -> tuple[Remind, ...]:
    """Return the reminders of the tasks on a ticket that are due on a day, or were before."""
    if ticket.state not in OPEN:
        return ()
    return tuple(
        Remind(
            ticket=ticket.id,
            number=ticket.number,
            days=(task.due - today).days,
            owner="" if task.owner in away else task.owner,
            task=task.number,
        )
        for task in staff_tasks.left(ticket.tasks)
        if task.due <= today
    )


def of_inquiry(inquiry: Inquiry, today: date, rules: Rules) -> RemindOfInquiry | None:
    """Return the reminder of a question or a report on a day, for as long as it waits.

    Of a question each week; of a report every day, since its time is counted in hours.
    """
    waited, until = (today - rules.today(inquiry.asked_at)).days, inquiry.notify_until
    if inquiry.closed_at or not waited or (waited % _WEEK and not until):
        return None
    return RemindOfInquiry(inquiry=inquiry.id, number=inquiry.number, days=waited, until=until)

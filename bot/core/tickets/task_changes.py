"""Setting a task on a ticket, and ticking it off; neither changes anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core.tickets.command import Command
from bot.core.tickets.staff_request import day_of
from bot.core.tickets.staff_tasks import StaffTask
from bot.core.tickets.ticket import Action, Actor, Denial, Ticket

ACTIONS = (Action.ADD_TASK, Action.END_TASK)
LONGEST = timedelta(days=366)


def after(ticket: Ticket, command: Command, actor: Actor, now: datetime) -> Ticket:
    """Return the ticket with one more task, or with one ticked off."""
    if command.action is Action.ADD_TASK and command.due:
        task = StaffTask(
            number=len(ticket.tasks) + 1,
            text=command.text.strip(),
            owner=command.to,
            due=command.due,
            at=now,
            by=actor.key,
        )
        return replace(ticket, tasks=(*ticket.tasks, task))
    ticked = (
        replace(one, done_at=now, done_by=actor.key) if one.number == command.task else one
        for one in ticket.tasks
    )
    return replace(ticket, tasks=tuple(ticked))


def due_denied(due: date | None, today: date) -> Denial | None:
    """Return what is wrong with a due day, if there is one."""
    return None if due is None or today <= due <= today + LONGEST else Denial.DUE_PAST


def due_in_words_denied(text: str, today: date) -> Denial | None:
    """Return what is wrong with a due day as it was written."""
    due = day_of(text, today)
    return due_denied(due, today) if due else Denial.DAY_UNCLEAR


def facts(command: Command, before: Ticket) -> dict[str, str]:
    """Return what the audit keeps of a task: whose, by when; none of its words."""
    if command.action is Action.ADD_TASK and command.due:
        number = str(len(before.tasks) + 1)
        return {"task": number, "task_due": command.due.isoformat(), "task_owner": command.to}
    return {"task": str(command.task)} if command.action is Action.END_TASK else {}

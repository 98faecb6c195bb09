"""Card rows on the tasks that staff set each other: who is to do what by when, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.desk.wording import Wording
from bot.core.tickets import staff_tasks
from bot.core.tickets.staff_tasks import StaffTask
from bot.core.tickets.ticket import Ticket

_DONE, _LEFT = "☑", "☐"


def found(ticket: Ticket, wording: Wording, shown: Callable[[str], str]) -> Mapping[str, str]:
    """Return the tasks by their label, those that are left first; `shown` is how words read."""
    done = [one for one in ticket.tasks if one.done_at]
    tasks = [*staff_tasks.left(ticket.tasks), *done]
    return {"tasks": "\n".join(line(one, wording, shown) for one in tasks)}


def line(task: StaffTask, wording: Wording, shown: Callable[[str], str]) -> str:
    """Return a task with its number, its owner, and its due day or who ticked it off."""
    words = " ".join(shown(task.text).split())
    if task.done_at:
        by, at = wording.name(task.done_by), wording.moment(task.done_at)
        end = wording.label("task_done", name=by, at=at)
        return f"{_DONE} {task.number}. {words} ({end})"
    owner = wording.owner(task.owner)
    end = wording.label("task_due", name=owner, due=task.due.isoformat())
    return f"{_LEFT} {task.number}. {words} ({end})"

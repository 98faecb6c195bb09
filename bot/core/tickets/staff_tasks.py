"""Tasks that staff set each other on a ticket: each has an owner and a due day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

MOST = 20  # on one ticket, those that are done among them


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTask:
    """What somebody on the staff is to do by a day. Sealed at rest, as all of its ticket.

    `number` counts the tasks of a ticket from 1. `owner` is who is to do it, `by` who said so,
    `done_by` who ticked it off (actors' keys).
    """

    number: int
    text: str
    owner: str
    due: date
    at: datetime
    by: str
    done_at: datetime | None = None
    done_by: str = ""


def left(tasks: Iterable[StaffTask]) -> tuple[StaffTask, ...]:
    """Return the tasks that are not done yet, by due day."""
    return tuple(sorted((one for one in tasks if not one.done_at), key=lambda one: one.due))


def numbers(tasks: Iterable[StaffTask]) -> tuple[int, ...]:
    """Return the numbers of the tasks that are not done yet, the next due first."""
    return tuple(one.number for one in left(tasks))

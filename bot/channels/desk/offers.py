"""Which actions a card offers, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.channels.desk.form import DETAILS, NewRequest, Subject
from bot.core.tickets import inquiries, transitions
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import STAFF, Action, Actor, Ticket

# What moves a ticket forward comes first.
_ORDER = [
    Action.TELL_CODE,
    Action.VERIFY,
    Action.AUTHORISE,
    Action.CONFIRM,
    Action.NOTIFY,
    Action.DELIVER,
    Action.FULFIL,
    Action.REOPEN,
    *(Action.ASK, Action.RESUME, Action.EXTEND, Action.SUSPEND),
    Action.ATTACH,
    Action.DETACH,
    Action.CORRECT_CONTACTS,
    Action.REPRESENT,
    Action.REFUSE,
    *(Action.TAKE, Action.HAND_OVER, Action.NOTE, Action.ADD_TASK, Action.END_TASK),
    ANSWER,
]
_ANYBODY = Actor(key="", roles=STAFF)


def possible(subject: Subject, actor: Actor, now: datetime, rules: Rules) -> Sequence[str]:
    """Return the actions that somebody may begin now, in the order of the table."""
    if isinstance(subject, Ticket):
        return transitions.possible(subject, actor, now, rules)
    if isinstance(subject, NewRequest):
        return []
    return [ANSWER] if inquiries.check(subject, actor) is None else []


def offered(subject: Subject, now: datetime, rules: Rules) -> Sequence[str]:
    """Return what a card offers: all that some member of staff may begin now, and the details."""
    if isinstance(subject, Inquiry) and subject.closed_at:
        return []
    can = [one for one in possible(subject, _ANYBODY, now, rules) if one in _ORDER]
    return [*sorted(can, key=_ORDER.index), DETAILS]

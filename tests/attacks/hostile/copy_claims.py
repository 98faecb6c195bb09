"""What must hold of copies: they reach their person alone, and no file outlives its use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.core.catalog import Right
from bot.core.contacts import email
from bot.core.tickets.ticket import Action, State, Ticket
from tests.attacks.hostile.cast import reads
from tests.attacks.hostile.truth import CopyOpened, Happened, Truth

_TRIES, _OPENINGS, _DAYS = 5, 3, timedelta(days=7)
_WITH_FILES = (State.CONFIRMED, State.FULFILLED)
_GIVE_A_COPY = (Right.ACCESS, Right.PORTABILITY)


def copies_reach_their_person(truth: Truth, happened: Happened) -> Iterator[str]:
    """A copy is opened by its link and the code from a mailbox that was proved, and in time."""
    for before, after in happened.changes:
        was = before.delivery.opened if before and before.delivery else ()
        now = after.delivery.opened if after.delivery else ()
        if len(now) <= len(was):
            continue
        event = happened.event
        if not isinstance(event, CopyOpened) or not _was_opened(truth, happened, event, after):
            yield f"the copy of {after.number} was opened by {happened.by}"
        if len(now) > _OPENINGS:
            yield f"the copy of {after.number} was opened {len(now)} times"


def _was_opened(truth: Truth, happened: Happened, event: CopyOpened, ticket: Ticket) -> bool:
    letter, delivery = truth.latest_for_copy(ticket.number), ticket.delivery
    return (
        letter is not None
        and delivery is not None
        and happened.customer is not None
        and reads(happened.customer, letter.email)
        and email(letter.email) in truth.shown[ticket.id]
        and event.token == truth.links.get(ticket.id)
        and event.code == letter.code
        and letter.lives(happened.now)
        and letter.tries < _TRIES
        and happened.now - delivery.at <= _DAYS
    )


def no_right_to_a_copy_without_one(_truth: Truth, happened: Happened) -> Iterator[str]:
    """What gives a copy is not carried out before it was delivered by an approver."""
    for before, after in happened.changes:
        ends = after.state is State.FULFILLED and before and before.state is State.CONFIRMED
        if ends and after.right in _GIVE_A_COPY and after.delivery is None:
            yield f"{after.number} was carried out without a copy"
        new = after.delivery and not (before and before.delivery)
        if new and Action.DELIVER not in {record.action for record in happened.records}:
            yield f"{after.number} was delivered by nobody"


def no_file_outlives_its_use(_truth: Truth, happened: Happened) -> Iterator[str]:
    """Files are there while a copy is made, or can be opened."""
    for _, after in happened.changes:
        if after.files and after.state not in _WITH_FILES:
            yield f"{after.number} is {after.state} and has files"
        if after.files and after.delivery and not after.delivery.token:
            yield f"{after.number} was delivered another way and has files"

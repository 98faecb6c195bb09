"""Whoever vouched takes a request, hands it over, opens it again: they still do not confirm it.

Nor does anybody confirm what was vouched for before its contacts were put right.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.core.catalog import Right
from bot.core.tickets.command import Command
from bot.core.tickets.identity import ATTESTED
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Action, Denial, State, Ticket
from bot.core.tickets.transitions import Change, apply
from tests.core.tickets.factories import (
    APPROVER,
    BOTH,
    NOW,
    RULES,
    act,
    attested,
    authorised,
    denied,
    done,
    for_somebody,
    opened,
)

_CONFIRM = Command(action=Action.CONFIRM)
_BETWEEN = [
    act(Action.TAKE),
    Command(action=Action.HAND_OVER, to=APPROVER.key),
    Command(action=Action.HAND_OVER, to=BOTH.key),
    act(Action.NOTE),
    act(Action.ADD_TASK),
    act(Action.END_TASK),
    act(Action.REFUSE),
    act(Action.REOPEN),
]


def by_phone(ticket: Ticket) -> Ticket:
    return replace(ticket, source=Source.PHONE)


@pytest.mark.parametrize("made", [opened(Right.ERASURE), for_somebody(Right.ERASURE)])
def test_who_vouched_does_not_confirm_whatever_was_done_between(made: Ticket) -> None:
    vouched = done(by_phone(made), attested(BOTH), BOTH)
    if made.on_behalf:
        vouched = done(vouched, authorised(), BOTH)
    reached = 0
    for commands in product(product(_BETWEEN, (APPROVER, BOTH)), repeat=2):
        ticket = vouched
        for command, actor in commands:
            change = apply(ticket, command, actor, NOW, RULES)
            ticket = change.ticket if isinstance(change, Change) else ticket
        if ticket.state is State.AWAITING_CONFIRMATION:
            reached += 1
            assert denied(ticket, _CONFIRM, BOTH) is Denial.FOUR_EYES
            assert done(ticket, _CONFIRM, APPROVER).state is State.CONFIRMED
    assert reached > 100


@pytest.mark.parametrize("email", ["mallory@example.com", ""])
def test_nothing_that_was_vouched_for_outlives_a_correction(email: str) -> None:
    ticket = done(by_phone(for_somebody(Right.ERASURE)), attested(BOTH), BOTH)
    ticket = done(ticket, authorised(), BOTH)
    right = Command(action=Action.CORRECT_CONTACTS, email=email, phone="+358409999999")
    corrected = done(ticket, right, BOTH)
    assert corrected.state is State.AWAITING_IDENTITY
    assert corrected.authority == ()
    assert not any(piece.method in ATTESTED for piece in corrected.evidence)
    assert denied(corrected, _CONFIRM, APPROVER) is Denial.NOT_IN_THIS_STATE

"""Notes and tasks of staff: whatever is done to a request, its person reads none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation import my_tickets
from bot.core.effects import Say
from bot.core.events import StaffActed
from bot.core.tickets import calendar_feed, register, staff_decision, transitions
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Way
from bot.core.tickets.templates import Template
from bot.core.tickets.ticket import Action, Extent, State, Ticket
from tests.core.conversation.worlds import a_world
from tests.core.tickets.factories import (
    ACTORS,
    AGENT,
    APPROVER,
    NOW,
    RULES,
    act,
    attested,
    authorised,
    coded,
    done,
    in_state,
)

SECRET = "Xylofoni"


def noted(state: State, right: Right) -> Ticket:
    """Return a request on which staff have written all that they write for each other."""
    ticket = in_state(state, right)
    ticket = done(ticket, act(Action.NOTE, SECRET), AGENT)
    if transitions.check(ticket, Action.ADD_TASK, AGENT, NOW, RULES) is None:
        ticket = done(ticket, act(Action.ADD_TASK, SECRET), AGENT)
    if ticket.state is State.REFUSED:
        again = done(ticket, act(Action.REOPEN, SECRET), APPROVER)
        ticket = done(again, act(Action.REFUSE), APPROVER)
    return ticket


def commands() -> Iterator[Command]:
    """Yield every action, with words where it takes some and without where it need not."""
    yield from map(act, Action)
    yield from (coded(), attested(AGENT), authorised())
    yield from (Command(action=Action.DELIVER, way=way, text="sent") for way in Way)
    yield Command(action=Action.FULFIL)
    yield Command(action=Action.FULFIL, extent=Extent.PARTLY, text="but the invoices")
    yield Command(action=Action.REFUSE, template=Template.EXCESSIVE)


@pytest.mark.parametrize("state", [s for s in State if s is not State.LAPSED])
def test_no_action_tells_the_person_of_them(state: State) -> None:
    known, told = a_world().knowledge, 0
    for right in (Right.ACCESS, Right.ERASURE, Right.MARKETING_OBJECTION):
        ticket = noted(state, right)
        assert SECRET in repr(ticket)
        for command in commands():
            for actor in ACTORS:
                event = StaffActed(ticket=ticket.id, actor=actor, command=command)
                made = staff_decision.decide(ticket, event, NOW, replace(known, rules=RULES))
                if isinstance(made, staff_decision.Decision):
                    said = [effect for effect in made.effects if isinstance(effect, Say)]
                    told += len(said)
                    assert SECRET not in repr(said)
                    assert SECRET not in repr(made.record)
    assert told


@pytest.mark.parametrize("state", [s for s in State if s is not State.LAPSED])
def test_neither_status_reasons_register_nor_calendar_holds_them(state: State) -> None:
    ticket = noted(state, Right.ERASURE)
    shown = [
        my_tickets.status(a_world(ticket)),
        staff_decision.reasons(ticket, a_world().knowledge),
        register.entry(ticket, NOW, RULES),
        register.person_of(ticket),
        calendar_feed.calendar(Language.EN, [ticket], lambda one: one.number, NOW, RULES),
    ]
    assert all(SECRET not in repr(one) for one in shown)

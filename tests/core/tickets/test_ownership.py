"""A ticket has an owner on the staff: taken, or handed over to somebody who is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.tickets import transitions
from bot.core.tickets.command import Command
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import STAFF, Action, Actor, Denial, State
from tests.core.tickets.factories import (
    AGENT,
    APPROVER,
    BOTH,
    NOW,
    RULES,
    act,
    changed,
    denied,
    done,
    in_state,
    opened,
)

TAKE = Command(action=Action.TAKE)


def to(actor: Actor) -> Command:
    return Command(action=Action.HAND_OVER, to=actor.key)


def test_whoever_takes_a_ticket_owns_it_and_the_next_one_takes_it_over() -> None:
    taken = done(opened(), TAKE, AGENT)
    assert taken.owner == AGENT.key
    assert done(taken, TAKE, APPROVER).owner == APPROVER.key


def test_nobody_takes_what_is_theirs_already() -> None:
    assert denied(done(opened(), TAKE, AGENT), TAKE, AGENT) is Denial.ALREADY_OWNER


def test_a_ticket_is_handed_over_to_somebody_on_the_staff_alone() -> None:
    assert done(opened(), to(APPROVER), AGENT).owner == APPROVER.key
    stranger = Actor(key="staff:somebody", roles=STAFF)
    assert denied(opened(), to(stranger), AGENT) is Denial.NOT_ON_STAFF
    assert denied(opened(), Command(action=Action.HAND_OVER), AGENT) is Denial.NOT_ON_STAFF


def test_who_owns_a_ticket_is_not_given_it_again() -> None:
    taken = done(opened(), TAKE, AGENT)
    assert denied(taken, to(AGENT), APPROVER) is Denial.ALREADY_OWNER


def test_where_one_person_is_the_staff_nothing_is_offered_to_be_handed_over() -> None:
    alone = replace(RULES, staff=(AGENT.key,))
    taken = done(opened(), TAKE, AGENT)
    assert denied(taken, to(APPROVER), AGENT, rules=alone) is Denial.NOBODY_ELSE
    assert Action.HAND_OVER not in transitions.possible(taken, AGENT, NOW, alone)
    assert Action.HAND_OVER not in transitions.possible(opened(), AGENT, NOW, Rules())


def test_the_owner_outlives_the_end_and_a_reopening() -> None:
    ended = done(done(in_state(State.CONFIRMED), TAKE, APPROVER), act(Action.REFUSE), APPROVER)
    assert ended.owner == APPROVER.key
    assert denied(ended, TAKE, AGENT) is Denial.NOT_IN_THIS_STATE
    assert done(ended, act(Action.REOPEN), APPROVER).owner == APPROVER.key


def test_who_owns_a_ticket_hinders_nobody_and_lifts_no_four_eyes() -> None:
    owned = done(in_state(State.AWAITING_CONFIRMATION), TAKE, AGENT)
    assert done(owned, act(Action.CONFIRM), BOTH).state is State.CONFIRMED
    assert denied(owned, act(Action.CONFIRM), AGENT) is Denial.NOT_YOUR_ROLE


def test_the_audit_keeps_who_got_it() -> None:
    assert changed(opened(), to(BOTH), AGENT).record.facts["owner"] == BOTH.key
    assert "owner" not in changed(opened(), act(Action.ASK), AGENT).record.facts


@pytest.mark.parametrize("state", list(State))
def test_a_note_is_kept_with_the_ticket_and_changes_nothing_else(state: State) -> None:
    before = in_state(state)
    after = done(before, Command(action=Action.NOTE, text="Called, no answer."), AGENT)
    [*_, note] = after.notes
    assert (note.by, note.action, note.text) == (AGENT.key, Action.NOTE, "Called, no answer.")
    assert replace(after, notes=before.notes, version=before.version) == before
    assert denied(before, Command(action=Action.NOTE), AGENT) is Denial.REASON_MISSING


def test_no_words_of_a_note_are_in_the_audit() -> None:
    change = changed(opened(), Command(action=Action.NOTE, text="Called, no answer."), AGENT)
    assert "Called" not in repr(change.record)

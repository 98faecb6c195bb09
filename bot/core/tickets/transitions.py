"""The one transition table: who may do what to a ticket when; and the one function that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.tickets import (
    conditions,
    copy_changes,
    identity,
    ownership,
    person_changes,
    recipients,
    suppression,
    task_changes,
)
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command, unfit
from bot.core.tickets.identity import Evidence
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import (
    AGENT,
    APPROVER,
    CUSTOMER,
    ENDED,
    MESSAGES,
    STAFF,
    SYSTEM,
    Action,
    Actor,
    Denial,
    Extent,
    Note,
    Role,
    State,
    Ticket,
)

# What is written on a ticket, and changes nothing else.
_WRITTEN = MESSAGES | {Action.NOTE}


@dataclass(frozen=True, slots=True)
class Rule:
    """Where an action leads, and the roles that may take it."""

    target: State
    roles: frozenset[Role]


def _while_open(state: State) -> dict[tuple[State, Action], Rule]:
    return {
        (state, Action.ASK): Rule(state, STAFF),
        (state, Action.ANSWER): Rule(state, CUSTOMER),
        (state, Action.EXTEND): Rule(state, APPROVER),
        (state, Action.SUSPEND): Rule(state, APPROVER),
        (state, Action.RESUME): Rule(state, STAFF),
        (state, Action.TAKE): Rule(state, STAFF),
        (state, Action.HAND_OVER): Rule(state, STAFF),
        (state, Action.NOTE): Rule(state, STAFF),
        **{(state, action): Rule(state, STAFF) for action in task_changes.ACTIONS},
        (state, Action.REFUSE): Rule(State.REFUSED, APPROVER),
        (state, Action.WITHDRAW): Rule(State.WITHDRAWN, CUSTOMER),
        **{(state, action): Rule(state, CUSTOMER) for action in MESSAGES},
    }


TRANSITIONS: Mapping[tuple[State, Action], Rule] = {
    **_while_open(State.AWAITING_IDENTITY),
    (State.AWAITING_IDENTITY, Action.CORRECT): Rule(State.AWAITING_IDENTITY, CUSTOMER),
    (State.AWAITING_IDENTITY, Action.CORRECT_CONTACTS): Rule(State.AWAITING_IDENTITY, AGENT),
    (State.AWAITING_IDENTITY, Action.ADD_PHONE): Rule(State.AWAITING_IDENTITY, CUSTOMER),
    (State.AWAITING_IDENTITY, Action.VERIFY): Rule(State.AWAITING_CONFIRMATION, CUSTOMER | AGENT),
    (State.AWAITING_IDENTITY, Action.TELL_CODE): Rule(State.AWAITING_CONFIRMATION, AGENT),
    (State.AWAITING_IDENTITY, Action.REPRESENT): Rule(State.AWAITING_IDENTITY, AGENT),
    (State.AWAITING_IDENTITY, Action.AUTHORISE): Rule(State.AWAITING_IDENTITY, AGENT),
    (State.AWAITING_IDENTITY, Action.LAPSE): Rule(State.LAPSED, SYSTEM),
    **_while_open(State.AWAITING_CONFIRMATION),
    # As before it: what is on file must not be told by what can be done.
    (State.AWAITING_CONFIRMATION, Action.CORRECT): Rule(State.AWAITING_IDENTITY, CUSTOMER),
    (State.AWAITING_CONFIRMATION, Action.CORRECT_CONTACTS): Rule(State.AWAITING_IDENTITY, AGENT),
    (State.AWAITING_CONFIRMATION, Action.ADD_PHONE): Rule(State.AWAITING_IDENTITY, CUSTOMER),
    (State.AWAITING_CONFIRMATION, Action.VERIFY): Rule(State.AWAITING_CONFIRMATION, CUSTOMER),
    (State.AWAITING_CONFIRMATION, Action.REPRESENT): Rule(State.AWAITING_CONFIRMATION, AGENT),
    (State.AWAITING_CONFIRMATION, Action.AUTHORISE): Rule(State.AWAITING_CONFIRMATION, AGENT),
    (State.AWAITING_CONFIRMATION, Action.UNVERIFY): Rule(State.AWAITING_IDENTITY, SYSTEM),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM): Rule(State.CONFIRMED, APPROVER),
    **_while_open(State.CONFIRMED),
    (State.CONFIRMED, Action.UNVERIFY): Rule(State.AWAITING_IDENTITY, SYSTEM),
    (State.CONFIRMED, Action.NOTIFY): Rule(State.CONFIRMED, STAFF),
    (State.CONFIRMED, Action.ATTACH): Rule(State.CONFIRMED, STAFF),
    (State.CONFIRMED, Action.DETACH): Rule(State.CONFIRMED, STAFF),
    (State.CONFIRMED, Action.DELIVER): Rule(State.CONFIRMED, APPROVER),
    **{
        (state, action): Rule(state, roles)
        for state in (State.CONFIRMED, State.FULFILLED)
        for action, roles in ((Action.COLLECT, CUSTOMER), (Action.EXPIRE, SYSTEM))
    },
    (State.CONFIRMED, Action.FULFIL): Rule(State.FULFILLED, APPROVER),
    # Back to awaiting_identity when the identity had never been verified: see _reopen.
    **{(state, Action.REOPEN): Rule(State.AWAITING_CONFIRMATION, APPROVER) for state in ENDED},
    # Staff read it; whether the ticket is opened again is for an approver to say.
    **{(state, Action.DISPUTE): Rule(state, CUSTOMER) for state in ENDED},
    **{(state, Action.NOTE): Rule(state, STAFF) for state in ENDED},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A ticket after an action, with its audit record."""

    ticket: Ticket
    record: Record


def apply(
    ticket: Ticket, command: Command, actor: Actor, now: datetime, rules: Rules
) -> Change | Denial:
    """Carry out one action by the transition table, or say why not. Nothing else changes a state.

    The version in the command must be the ticket's: of two clicks at once the second is stale.
    """
    denial = check(ticket, command.action, actor, now, rules, command.version)
    denial = denial or unfit(ticket, command, actor, rules)
    denial = denial or conditions.not_offered(command.way, rules)
    denial = denial or task_changes.due_denied(command.due, rules.today(now))
    if denial:
        return denial
    target = TRANSITIONS[ticket.state, command.action].target
    if command.action in _WRITTEN:
        changed = ticket
    elif command.action is Action.NOTIFY:
        whom = recipients.chosen(ticket, command.recipient, rules.recipients)
        changed = recipients.ticked(ticket, whom, command.text.strip(), actor.key, now)
    elif command.action in ownership.ACTIONS:
        changed = ownership.after(ticket, command.to, actor)
    elif command.action in task_changes.ACTIONS:
        changed = task_changes.after(ticket, command, actor, now)
    elif command.action in copy_changes.ACTIONS:
        changed = copy_changes.after(ticket, command, actor, now)
    else:
        changed = _carry_out(ticket, command, target, actor, now, rules)
    changed = _noted(replace(changed, version=ticket.version + 1), command, actor, now)
    return Change(ticket=changed, record=_record(ticket, changed, command, actor, now, rules))


def check(
    ticket: Ticket,
    action: Action,
    actor: Actor,
    now: datetime,
    rules: Rules,
    version: int | None = None,
) -> Denial | None:
    """Return why somebody may not begin an action; None when they may.

    `version` is the one that they saw. What the action still has to carry is not looked at:
    see `command.unfit`.
    """
    if version is not None and version != ticket.version:
        return Denial.STALE
    rule = TRANSITIONS.get((ticket.state, action))
    if rule is None:
        return Denial.NOT_IN_THIS_STATE
    if not rule.roles & actor.roles:
        return Denial.NOT_YOUR_ROLE
    return conditions.prevented(ticket, action, actor, now, rules)


def possible(ticket: Ticket, actor: Actor, now: datetime, rules: Rules) -> tuple[Action, ...]:
    """Return the actions that this actor may begin now, in the order of the table."""
    actions = [action for state, action in TRANSITIONS if state is ticket.state]
    return tuple(a for a in actions if check(ticket, a, actor, now, rules) is None)


def _carry_out(
    ticket: Ticket, command: Command, target: State, actor: Actor, now: datetime, rules: Rules
) -> Ticket:
    today = rules.today(now)
    clock = ticket.clock
    match command.action:
        case Action.VERIFY | Action.TELL_CODE if command.evidence:
            return _verify(ticket, command.evidence, target, today, rules)
        case Action.CORRECT | Action.CORRECT_CONTACTS | Action.ADD_PHONE:
            return person_changes.with_contact(ticket, command, target)
        case Action.REPRESENT | Action.AUTHORISE:
            return person_changes.for_somebody(ticket, command, actor, now)
        case Action.UNVERIFY:
            return replace(ticket, state=target, verified=None)
        case Action.ASK:
            return replace(ticket, question=command.text)
        case Action.ANSWER:
            return replace(_resumed(ticket, clock.ground, today), question="")
        case Action.EXTEND | Action.SUSPEND | Action.RESUME:
            return _set_clock(ticket, command, today)
        case Action.REOPEN:
            return _reopen(ticket, target, now)
        case Action.CONFIRM:
            return replace(_resumed(ticket, clock.ground, today), state=target, challenge=None)
    # Whatever is left ends the ticket: fulfil, refuse, withdraw, lapse.
    extent = command.extent or Extent.FULLY
    # What was delivered can be opened for some days; else its files have served their purpose.
    files = ticket.files if target is State.FULFILLED and ticket.delivery else ()
    ended = replace(_resumed(ticket, clock.ground, today), state=target, closed_at=now)
    return replace(
        ended,
        challenge=None,
        question="",
        files=files,
        template=command.template,
        extent=extent if target is State.FULFILLED else None,
    )


def _set_clock(ticket: Ticket, command: Command, today: date) -> Ticket:
    clock = ticket.clock
    match command.action:
        case Action.EXTEND:
            return replace(ticket, clock=replace(clock, extended=True))
        case Action.SUSPEND:
            stopped = replace(clock, suspended_on=today, ground=command.ground)
            return replace(ticket, clock=stopped, question=command.text)
    return _resumed(ticket, clock.ground, today)


def _verify(ticket: Ticket, evidence: Evidence, target: State, today: date, rules: Rules) -> Ticket:
    """Add evidence; the one place that marks an identity as verified, when the policy is met."""
    seen = replace(ticket, evidence=(*ticket.evidence, evidence))
    if seen.address_is_proved or seen.is_attested:
        seen = replace(seen, challenge=None)
    if seen.clock.ground is Ground.IDENTITY_DOUBT:
        # The doubt has been answered; whether the answer suffices is the controller's own time.
        seen = replace(_resumed(seen, Ground.IDENTITY_DOUBT, today), question="")
    if seen.verified and seen.verified.is_bound:
        return seen
    proof = identity.suffices(seen.evidence, seen.contacts, seen.right, rules.policy)
    return seen if proof is None else replace(seen, state=target, verified=proof)


def _reopen(ticket: Ticket, target: State, now: datetime) -> Ticket:
    """Open an ended ticket again; one that the person withdrew needs their consent again."""
    if ticket.state is State.WITHDRAWN:
        ticket = replace(ticket, verified=None, evidence=(), authority=())
    verified = ticket.verified if ticket.verified and ticket.verified.is_bound else None
    state = target if verified else State.AWAITING_IDENTITY
    opened = replace(ticket, state=state, verified=verified, closed_at=None, extent=None)
    return replace(opened, template=None, reopened_at=now, files=(), delivery=None, ticks=())


def _resumed(ticket: Ticket, ground: Ground | None, today: date) -> Ticket:
    """Start the clock again if it stands still on this ground."""
    clock = ticket.clock
    if clock.suspended_on is None or clock.ground is not ground:
        return ticket
    still = clock.stood_still(today)
    return replace(ticket, clock=replace(clock, still_days=still, suspended_on=None, ground=None))


def _noted(ticket: Ticket, command: Command, actor: Actor, now: datetime) -> Ticket:
    if not command.text.strip() or command.action is Action.ADD_TASK:
        return ticket
    note = Note(at=now, by=actor.key, action=command.action, text=command.text.strip())
    return replace(ticket, notes=(*ticket.notes, note))


def _record(
    before: Ticket, after: Ticket, command: Command, actor: Actor, now: datetime, rules: Rules
) -> Record:
    facts: dict[str, str] = {"due": str(after.clock.end(rules.today(now)).due)}
    if ground := command.ground or command.template:
        facts["ground"] = ground
    if after.extent:
        facts["extent"] = after.extent
    if command.relation:
        facts["on_behalf"] = command.relation
    if command.authority:
        facts["authority"] = command.authority
    if command.way:
        facts["way"] = command.way
    if command.outcome:
        facts["outcome"] = command.outcome
        facts["recipients"] = str(len({*after.ticks} - {*before.ticks}))
    if command.evidence:
        facts |= command.evidence.facts
    if after.owner != before.owner:
        facts["owner"] = after.owner
    facts |= {**task_changes.facts(command, before), **suppression.facts(before, after)}
    return Record(
        ticket=after.id,
        number=after.number,
        at=now,
        action=command.action,
        actor=actor.key,
        before=before.state,
        after=after.state,
        facts=facts,
    )

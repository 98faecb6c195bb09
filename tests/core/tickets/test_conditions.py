"""Whether an action may be begun, and whether a command is complete: two questions, asked apart."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from bot.core.contacts import email
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import TAKES, Command, unfit
from bot.core.tickets.identity import Evidence, Method, attestation
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.ticket import (
    THE_CUSTOMER,
    THE_SYSTEM,
    Action,
    Actor,
    Denial,
    Extent,
    State,
    Ticket,
)
from bot.core.tickets.transitions import Change, apply, check, possible
from tests.factories import (
    AINO,
    LATE,
    LIISA,
    MIKA,
    NOW,
    RULES,
    SARI,
    a_ticket,
    for_somebody,
    in_state,
    suspended,
)

ACTORS = [SARI, MIKA, AINO, THE_CUSTOMER, THE_SYSTEM]
FOR_SOMEBODY = [
    for_somebody(in_state(state))
    for state in (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION)
]
TICKETS = [
    in_state(state)
    for state in (
        State.AWAITING_IDENTITY,
        State.AWAITING_CONFIRMATION,
        State.CONFIRMED,
        State.FULFILLED,
        State.REFUSED,
    )
] + [suspended(), *FOR_SOMEBODY]
DUE = LATE.date()
MOMENTS = [NOW, NOW + timedelta(days=20), LATE]


def commands(action: Action, actor: Actor) -> list[Command]:
    """Return a bare command, and one that carries all that an action could need."""
    if actor is THE_CUSTOMER:
        evidence = Evidence(
            method=Method.EMAIL_CODE,
            at=NOW,
            by=actor.key,
            on_file=True,
            contact=email(LIISA.email),
        )
    else:
        evidence = attestation(Method.CALL_BACK, actor.key, NOW)
    full = Command(
        action=action,
        text="because",
        ground=Ground.CLARIFICATION,
        evidence=evidence,
        email="right@example.com",
        phone="+358401234567",
        extent=Extent.PARTLY,
        authority=AuthorityProof.POWER_OF_ATTORNEY,
        relation=Relation.SPOUSE,
        to=AINO.key,
        due=DUE,
        task=1,
    )
    taken = {name: getattr(full, name) for name in TAKES.get(action, ())}
    return [Command(action=action), Command(action=action, **taken), full]


@pytest.mark.parametrize("action", Action)
def test_what_passes_both_is_carried_out_and_nothing_else(action: Action) -> None:
    for actor, ticket, now in product(ACTORS, TICKETS, MOMENTS):
        for command in commands(action, actor):
            denial = check(ticket, action, actor, now, RULES) or unfit(
                ticket, command, actor, RULES
            )
            outcome = apply(ticket, command, actor, now, RULES)
            assert isinstance(outcome, Change) if denial is None else outcome is denial, actor


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.key)
def test_possible_is_what_may_be_begun(actor: Actor) -> None:
    for ticket in TICKETS:
        for now in MOMENTS:
            begun = {a for a in Action if check(ticket, a, actor, now, RULES) is None}
            assert set(possible(ticket, actor, now, RULES)) == begun


INCOMPLETE: list[tuple[Ticket, Command, Actor, Denial]] = [
    (a_ticket(), Command(action=Action.ASK), SARI, Denial.REASON_MISSING),
    (a_ticket(), Command(action=Action.REFUSE, text=" \n"), MIKA, Denial.REASON_MISSING),
    (a_ticket(), Command(action=Action.EXTEND), MIKA, Denial.REASON_MISSING),
    (a_ticket(), Command(action=Action.SUSPEND, text="x"), MIKA, Denial.GROUND_MISSING),
    (
        a_ticket(),
        Command(action=Action.SUSPEND, ground=Ground.CLARIFICATION),
        MIKA,
        Denial.REASON_MISSING,
    ),
    (
        in_state(State.AWAITING_CONFIRMATION),
        Command(action=Action.SUSPEND, text="x", ground=Ground.IDENTITY_DOUBT),
        MIKA,
        Denial.GROUND_MISSING,
    ),
    (
        for_somebody(a_ticket()),
        Command(action=Action.AUTHORISE),
        SARI,
        Denial.AUTHORITY_MISSING,
    ),
    (a_ticket(), Command(action=Action.REPRESENT), SARI, Denial.RELATION_MISSING),
    (a_ticket(), Command(action=Action.VERIFY), SARI, Denial.METHOD_MISSING),
    (
        a_ticket(),
        Command(action=Action.VERIFY, evidence=attestation(Method.CALL_BACK, AINO.key, NOW)),
        SARI,
        Denial.NOT_YOUR_ROLE,
    ),
    (
        a_ticket(),
        Command(action=Action.VERIFY, evidence=attestation(Method.EMAIL_CODE, SARI.key, NOW)),
        SARI,
        Denial.NOT_YOUR_ROLE,
    ),
    (
        a_ticket(),
        Command(
            action=Action.VERIFY,
            evidence=Evidence(
                method=Method.EMAIL_CODE,
                at=NOW,
                by=THE_CUSTOMER.key,
                on_file=True,
                contact=email("another@example.com"),
            ),
        ),
        THE_CUSTOMER,
        Denial.NOT_CLAIMED,
    ),
    (a_ticket(), Command(action=Action.ADD_PHONE), THE_CUSTOMER, Denial.NOT_IN_THIS_STATE),
    (in_state(State.REFUSED), Command(action=Action.REOPEN), MIKA, Denial.REASON_MISSING),
    (
        in_state(State.CONFIRMED),
        Command(action=Action.FULFIL, extent=Extent.PARTLY),
        MIKA,
        Denial.REASON_MISSING,
    ),
    (a_ticket(), Command(action=Action.CORRECT), THE_CUSTOMER, Denial.NOT_IN_THIS_STATE),
]


@pytest.mark.parametrize(("ticket", "command", "actor", "denial"), INCOMPLETE)
def test_what_a_command_still_lacks_does_not_keep_anybody_from_beginning(
    ticket: Ticket, command: Command, actor: Actor, denial: Denial
) -> None:
    assert check(ticket, command.action, actor, NOW, RULES) is None
    assert unfit(ticket, command, actor, RULES) is denial
    assert apply(ticket, command, actor, NOW, RULES) is denial


def test_a_version_that_somebody_else_has_changed_is_stale_before_all_else() -> None:
    ticket = a_ticket()
    for action in Action:
        for actor in ACTORS:
            seen = ticket.version - 1
            assert check(ticket, action, actor, NOW, RULES, seen) is Denial.STALE

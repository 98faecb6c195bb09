"""Tickets, questions and staff: valid by default, and brought where a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.core.catalog import Language, Right
from bot.core.tickets import identity, new_ticket, transitions
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.representation import OnBehalf, Relation
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Actor, Person, Role, State, Ticket
from bot.core.tickets.transitions import Change

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
LATE = NOW + timedelta(days=70)
SARI = Actor(key="sari", roles=frozenset({Role.AGENT}))
MIKA = Actor(key="mika", roles=frozenset({Role.APPROVER}))
AINO = Actor(key="aino", roles=frozenset({Role.AGENT, Role.APPROVER}))
RULES = Rules(staff=("sari", "mika", "aino"))
NAMES = {"sari": "Sari", "mika": "Mika", "aino": "Aino"}
LIISA = Person(
    channel="test", account="liisa", name="Liisa Maria Lehto", email="liisa.lehto@example.com"
)


def a_ticket(right: Right = Right.ERASURE) -> Ticket:
    made = new_ticket.open_ticket(
        id=str(UUID(int=1)),
        number="T-2026-0001",
        right=right,
        language=Language.FI,
        person=LIISA,
        details="Tilaukset vuodelta 2019",
        now=NOW,
        rules=RULES,
    )
    return replace(made.ticket, staff_told=True)


def for_somebody(ticket: Ticket) -> Ticket:
    """Return a ticket that its person makes for a client."""
    concerned = OnBehalf(name="Pekka Korhonen", relation=Relation.LAWYER)
    return replace(ticket, on_behalf=concerned)


def a_question(text: str = "Kuka on tietosuojavastaavanne?") -> Inquiry:
    return Inquiry(
        id=str(UUID(int=2)),
        number="Q-2026-0001",
        language=Language.FI,
        person=LIISA,
        question=text,
        asked_at=NOW,
    )


def after(ticket: Ticket, action: Action, actor: Actor, **more: object) -> Ticket:
    """Return a ticket on which somebody has acted."""
    command = Command(action=action, **more)  # type: ignore[arg-type]
    change = transitions.apply(ticket, command, actor, NOW, RULES)
    assert isinstance(change, Change), change
    return change.ticket


def attested(ticket: Ticket, actor: Actor) -> Ticket:
    evidence = identity.attestation(Method.IN_PERSON, actor.key, NOW)
    return after(ticket, Action.VERIFY, actor, evidence=evidence)


def in_state(state: State) -> Ticket:
    """Return a ticket for whose identity Sari has vouched, where its state needs that."""
    ticket = a_ticket()
    if state is State.AWAITING_IDENTITY:
        return ticket
    verified = attested(ticket, SARI)
    confirmed = after(verified, Action.CONFIRM, MIKA)
    made: Mapping[State, Ticket] = {
        State.AWAITING_CONFIRMATION: verified,
        State.CONFIRMED: confirmed,
        State.FULFILLED: after(confirmed, Action.FULFIL, MIKA),
        State.REFUSED: after(verified, Action.REFUSE, MIKA, text="Laki velvoittaa."),
    }
    return made[state]


def suspended() -> Ticket:
    more = {"ground": Ground.CLARIFICATION, "text": "Mitä tarkoitat?"}
    return after(a_ticket(), Action.SUSPEND, MIKA, **more)

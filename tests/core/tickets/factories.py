"""Tickets and those who act on them, valid by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.catalog import Language, Right
from bot.core.contacts import Contact, ContactKind, email, phone
from bot.core.tickets import identity, new_ticket, transitions
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import TAKES, Command
from bot.core.tickets.copies import GIVE_A_COPY, Delivery, Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.representation import AuthorityProof, OnBehalf, Relation
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import (
    THE_CUSTOMER,
    THE_SYSTEM,
    Action,
    Actor,
    Denial,
    Person,
    Role,
    State,
    Ticket,
)
from bot.core.tickets.transitions import Change

ADDRESS = email("matti@example.com")
NUMBER = phone("+358401234567")
NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)  # a Friday; the first month ends on Monday 7 December
AGENT = Actor(key="staff:sari", roles=frozenset({Role.AGENT}))
APPROVER = Actor(key="staff:mika", roles=frozenset({Role.APPROVER}))
BOTH = Actor(key="staff:aino", roles=frozenset({Role.AGENT, Role.APPROVER}))
DUE = date(2026, 11, 20)
HANDED_OVER = Delivery(way=Way.HANDED_OVER, at=NOW, by="staff:mika")
# The table is tried without waiting.
RULES = Rules(lapse_after=timedelta(), staff=(AGENT.key, APPROVER.key, BOTH.key))
ACTORS = [AGENT, APPROVER, BOTH, THE_CUSTOMER, THE_SYSTEM]


def opened(right: Right = Right.ACCESS) -> Ticket:
    """Return a ticket that staff have been told of, with nothing proved yet."""
    made = new_ticket.open_ticket(
        id="id-1",
        number="T-2026-0001",
        right=right,
        language=Language.FI,
        person=Person(channel="test", account="matti", name="Matti", email="matti@example.com"),
        details="",
        now=NOW,
        rules=RULES,
    )
    return replace(made.ticket, staff_told=True)


def for_somebody(right: Right = Right.ACCESS) -> Ticket:
    """Return a ticket that Matti makes for his client, with nothing shown yet."""
    concerned = OnBehalf(name="Pekka Korhonen", relation=Relation.LAWYER)
    return replace(opened(right), on_behalf=concerned)


def in_state(state: State, right: Right = Right.ACCESS) -> Ticket:
    """Return a ticket that came to a state by the table, its identity proved by a mailed code."""
    ticket = opened(right)
    if state is State.AWAITING_IDENTITY:
        return ticket
    if state is State.LAPSED:
        return done(ticket, act(Action.LAPSE), THE_SYSTEM)
    verified = done(ticket, coded(), THE_CUSTOMER)
    if state is State.AWAITING_CONFIRMATION:
        return verified
    if state is State.REFUSED:
        return done(verified, act(Action.REFUSE), APPROVER)
    if state is State.WITHDRAWN:
        return done(verified, act(Action.WITHDRAW), THE_CUSTOMER)
    confirmed = done(verified, act(Action.CONFIRM), APPROVER)
    if right in GIVE_A_COPY:  # without it, staff could not carry it out
        confirmed = replace(confirmed, delivery=HANDED_OVER)
    return confirmed if state is State.CONFIRMED else done(confirmed, act(Action.FULFIL), APPROVER)


def act(action: Action, text: str = "because") -> Command:
    """Return a command with what its action takes of words and ground."""
    taken = TAKES.get(action, ())
    return Command(
        action=action,
        text=text if "text" in taken else "",
        ground=Ground.CLARIFICATION if "ground" in taken else None,
        authority=AuthorityProof.POWER_OF_ATTORNEY if "authority" in taken else None,
        relation=Relation.LAWYER if "relation" in taken else None,
        to=BOTH.key if "to" in taken else "",
        due=DUE if "due" in taken else None,
        task=1 if "task" in taken else 0,
    )


def with_task(ticket: Ticket) -> Ticket:
    """Return a ticket with a task for Aino on it, that Sari has set her."""
    return done(ticket, act(Action.ADD_TASK, "Kysy palkanlaskennasta"), AGENT)


def coded(*, on_file: bool = True, at: datetime = NOW) -> Command:
    """Return a verification by the code that was mailed to the customer."""
    return shown(ADDRESS, on_file=on_file, at=at)


def shown(
    contact: Contact,
    *,
    on_file: bool = True,
    same_person: tuple[Contact, ...] = (),
    at: datetime = NOW,
) -> Command:
    """Return a verification by the customer, who has shown that a contact is theirs."""
    evidence = Evidence(
        method=Method.PHONE if contact.kind is ContactKind.PHONE else Method.EMAIL_CODE,
        at=at,
        by=THE_CUSTOMER.key,
        on_file=on_file,
        contact=contact,
        same_person=same_person,
    )
    return Command(action=Action.VERIFY, evidence=evidence)


def attested(actor: Actor, method: Method = Method.CALL_BACK) -> Command:
    """Return a verification by a member of staff who vouches for the person."""
    return Command(action=Action.VERIFY, evidence=identity.attestation(method, actor.key, NOW))


def authorised(proof: AuthorityProof = AuthorityProof.POWER_OF_ATTORNEY) -> Command:
    """Return a command that says what showed that the writer may ask for somebody else."""
    return Command(action=Action.AUTHORISE, authority=proof, text="Valtakirja, allekirjoitettu")


def doubted() -> Command:
    """Return a suspension because it is not clear who asks."""
    return Command(action=Action.SUSPEND, text="who?", ground=Ground.IDENTITY_DOUBT)


def changed(ticket: Ticket, command: Command, actor: Actor, now: datetime = NOW) -> Change:
    """Carry out what must be allowed."""
    change = transitions.apply(ticket, command, actor, now, RULES)
    assert isinstance(change, Change), change
    return change


def done(ticket: Ticket, command: Command, actor: Actor, now: datetime = NOW) -> Ticket:
    """Carry out what must be allowed, and return the ticket."""
    return changed(ticket, command, actor, now).ticket


def denied(
    ticket: Ticket, command: Command, actor: Actor, now: datetime = NOW, rules: Rules = RULES
) -> Denial:
    """Try what must not be allowed."""
    denial = transitions.apply(ticket, command, actor, now, rules)
    assert isinstance(denial, Denial), denial
    return denial

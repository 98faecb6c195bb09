"""Whatever customers, staff and the clock do to a request: only what it names proves who asks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.catalog import Right
from bot.core.contacts import Contact, email, phone
from bot.core.tickets.command import Command
from bot.core.tickets.identity import ATTESTED, Evidence
from bot.core.tickets.ticket import NEEDS_IDENTITY, THE_CUSTOMER, Action, Actor, State, Ticket
from bot.core.tickets.transitions import apply
from tests.core.tickets.factories import (
    ACTORS,
    ADDRESS,
    AGENT,
    APPROVER,
    NOW,
    NUMBER,
    RULES,
    act,
    attested,
    opened,
    shown,
)

ANOTHER, FOREIGN = email("another@example.com"), phone("+358409999999")
CONTACTS = [ADDRESS, ANOTHER, NUMBER, FOREIGN]
contacts = st.sampled_from(CONTACTS)
Act = tuple[Actor, Command]


def of(actor: Actor) -> st.SearchStrategy[Actor]:
    return st.just(actor)


shows = st.builds(
    lambda contact, on_file, same: shown(contact, on_file=on_file, same_person=same),
    contacts,
    st.booleans(),
    st.lists(contacts, max_size=2).map(tuple),
)
corrects = contacts.map(lambda c: Command(action=Action.CORRECT, email=c.value))
adds = contacts.map(lambda c: Command(action=Action.ADD_PHONE, phone=c.value))
decides = st.sampled_from([Action.CONFIRM, Action.REFUSE, Action.REOPEN]).map(act)
acts: st.SearchStrategy[Act] = st.one_of(
    st.tuples(of(THE_CUSTOMER), shows),
    st.tuples(of(THE_CUSTOMER), corrects | adds),
    st.tuples(of(AGENT), st.just(attested(AGENT))),
    st.tuples(
        of(APPROVER), st.sampled_from([Action.CONFIRM, Action.REFUSE, Action.REOPEN]).map(act)
    ),
    st.tuples(st.sampled_from(ACTORS), st.sampled_from(list(Action)).map(act)),
)


def settled(ticket: Ticket) -> set[Contact]:
    """Return what is shown, or on file as the same person's as something that is."""
    proved = {piece.contact for piece in ticket.evidence if piece.contact}
    return proved.union(*(piece.same_person for piece in ticket.evidence))


@settings(max_examples=150)
@given(st.sampled_from(list(Right)), st.lists(acts, min_size=1, max_size=14))
def test_no_request_is_verified_by_a_contact_that_it_does_not_name(
    right: Right, history: list[Act]
) -> None:
    ticket = opened(right)
    for actor, command in history:
        change = apply(ticket, command, actor, NOW, RULES)
        before, ticket = ticket, getattr(change, "ticket", ticket)
        taken = set(ticket.evidence) - set(before.evidence)
        assert all(names(before, piece) for piece in taken)
        if ticket.state not in NEEDS_IDENTITY:
            continue
        verified = ticket.verified
        assert verified
        assert names(ticket, verified)
        if before.state is State.AWAITING_IDENTITY and verified.method not in ATTESTED:
            assert settled(ticket).issuperset(ticket.contacts)


def names(ticket: Ticket, piece: Evidence) -> bool:
    return piece.method in ATTESTED or piece.contact in ticket.contacts

"""A request for somebody else needs authority that staff attested; the writer proves who writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Right
from bot.core.tickets.command import Command
from bot.core.tickets.representation import (
    DEFAULT_AUTHORITY,
    DEFAULT_RULES,
    AuthorityProof,
    OnBehalf,
    Relation,
    RepresentationRules,
)
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Denial, State, Ticket
from tests.core.tickets.factories import (
    AGENT,
    APPROVER,
    BOTH,
    NOW,
    NUMBER,
    RULES,
    act,
    attested,
    authorised,
    changed,
    coded,
    denied,
    done,
    for_somebody,
    opened,
    shown,
)


def proved(right: Right = Right.ACCESS) -> Ticket:
    """Return a ticket for somebody else whose writer has proved an address that is on file."""
    return done(for_somebody(right), coded(), THE_CUSTOMER)


def test_the_code_of_who_writes_does_not_open_the_data_of_whom_it_concerns() -> None:
    assert proved().state is State.AWAITING_CONFIRMATION
    assert denied(proved(), act(Action.CONFIRM), APPROVER) is Denial.AUTHORITY_MISSING
    vouched = done(for_somebody(), attested(AGENT), AGENT)
    assert denied(vouched, act(Action.CONFIRM), APPROVER) is Denial.AUTHORITY_MISSING


def test_with_authority_it_is_confirmed_like_any_other() -> None:
    change = changed(proved(), authorised(), AGENT)
    assert change.ticket.authority[0].proof is AuthorityProof.POWER_OF_ATTORNEY
    assert (change.ticket.authority[0].by, change.ticket.authority[0].at) == (AGENT.key, NOW)
    assert change.record.facts["authority"] == "power_of_attorney"
    assert change.ticket.notes[-1].text == "Valtakirja, allekirjoitettu"
    assert done(change.ticket, act(Action.CONFIRM), APPROVER).state is State.CONFIRMED


def test_authority_alone_does_not_say_who_writes() -> None:
    first = done(for_somebody(), authorised(), AGENT)
    assert first.state is State.AWAITING_IDENTITY
    assert done(first, coded(), THE_CUSTOMER).state is State.AWAITING_CONFIRMATION


def test_nobody_confirms_what_they_attested_where_four_eyes_are_wanted() -> None:
    ticket = done(proved(Right.ERASURE), authorised(), BOTH)
    assert denied(ticket, act(Action.CONFIRM), BOTH) is Denial.FOUR_EYES
    again = done(ticket, authorised(AuthorityProof.OTHER), AGENT)
    assert denied(again, act(Action.CONFIRM), BOTH) is Denial.FOUR_EYES, "attested again"


def noted(name: str = "Anna  Berg", relation: Relation | None = Relation.SPOUSE) -> Command:
    return Command(action=Action.REPRESENT, relation=relation, text=name)


def test_staff_can_note_for_whom_a_ticket_is_and_need_the_authority_then() -> None:
    mine = done(opened(), coded(), THE_CUSTOMER)
    change = changed(mine, noted(), AGENT)
    assert change.ticket.on_behalf == OnBehalf(name="Anna Berg", relation=Relation.SPOUSE)
    assert change.record.facts["on_behalf"] == "spouse"
    assert denied(change.ticket, act(Action.CONFIRM), APPROVER) is Denial.AUTHORITY_MISSING
    assert denied(mine, noted(), APPROVER) is Denial.NOT_YOUR_ROLE
    assert denied(mine, noted(relation=None), AGENT) is Denial.RELATION_MISSING
    assert denied(mine, noted(" "), AGENT) is Denial.REASON_MISSING


def test_for_another_person_the_authority_is_needed_anew() -> None:
    vouched = done(proved(), authorised(), AGENT)
    other = done(vouched, noted(), AGENT)
    assert (other.on_behalf, other.authority) == (
        OnBehalf(name="Anna Berg", relation=Relation.SPOUSE),
        (),
    )


def test_there_is_no_authority_where_nobody_else_is_concerned() -> None:
    assert denied(opened(), authorised(), AGENT) is Denial.NOT_ON_BEHALF


def test_a_member_of_staff_says_what_was_shown_and_in_words() -> None:
    bare = Command(action=Action.AUTHORISE, text="Valtakirja")
    assert denied(for_somebody(), bare, AGENT) is Denial.AUTHORITY_MISSING
    wordless = replace(authorised(), text=" ")
    assert denied(for_somebody(), wordless, AGENT) is Denial.REASON_MISSING
    assert denied(for_somebody(), authorised(), THE_CUSTOMER) is Denial.NOT_YOUR_ROLE


def test_the_word_of_the_writer_does_where_the_organisation_says_so() -> None:
    word = authorised(AuthorityProof.WRITER_SAYS)
    assert denied(for_somebody(), word, AGENT) is Denial.AUTHORITY_NOT_ENOUGH
    assert done(for_somebody(Right.MARKETING_OBJECTION), word, AGENT).authority


def test_another_contact_needs_the_authority_anew() -> None:
    vouched = done(for_somebody(), authorised(), AGENT)
    correct = Command(action=Action.CORRECT, email="right@example.com")
    assert done(vouched, correct, THE_CUSTOMER).authority == ()
    own_phone = Command(action=Action.ADD_PHONE, phone=NUMBER.value)
    shared = done(vouched, own_phone, THE_CUSTOMER)
    linked = done(shared, shown(NUMBER, same_person=shared.contacts), THE_CUSTOMER)
    assert linked.state is State.AWAITING_CONFIRMATION
    assert denied(linked, act(Action.CONFIRM), APPROVER) is Denial.AUTHORITY_MISSING


def test_what_was_withdrawn_and_is_reopened_needs_all_anew() -> None:
    withdrawn = done(done(proved(), authorised(), AGENT), act(Action.WITHDRAW), THE_CUSTOMER)
    opened_again = done(withdrawn, act(Action.REOPEN), APPROVER)
    assert (opened_again.authority, opened_again.verified) == ((), None)
    assert opened_again.on_behalf == withdrawn.on_behalf


def test_a_confirmed_ticket_for_somebody_else_cannot_exist_without_authority() -> None:
    confirmed = done(done(proved(), authorised(), AGENT), act(Action.CONFIRM), APPROVER)
    for state in (State.CONFIRMED, State.FULFILLED):
        with pytest.raises(ValueError, match="without authority"):
            replace(confirmed, state=state, authority=())
    with pytest.raises(ValueError, match="nobody to ask for"):
        replace(confirmed, on_behalf=None)


def test_the_organisation_says_which_rights_are_asked_for_somebody_else() -> None:
    assert all(DEFAULT_RULES.takes(right) for right in Right)
    none = RepresentationRules(authority={**DEFAULT_AUTHORITY, Right.ACCESS: frozenset()})
    assert not none.takes(Right.ACCESS)
    rules = Rules(on_behalf=none)
    assert denied(for_somebody(), authorised(), AGENT, rules=rules) is Denial.AUTHORITY_NOT_ENOUGH
    assert Right.ERASURE in RULES.on_behalf.tell_person

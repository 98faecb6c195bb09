"""An objection to marketing holds as soon as a contact was shown to be the person's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Right
from bot.core.effects import Suppress
from bot.core.tickets import suppression
from bot.core.tickets.command import Command
from bot.core.tickets.representation import (
    Authority,
    AuthorityProof,
    OnBehalf,
    Relation,
)
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Actor, State, Ticket
from tests.core.tickets.factories import (
    ADDRESS,
    AGENT,
    APPROVER,
    NOW,
    NUMBER,
    act,
    attested,
    changed,
    coded,
    done,
    in_state,
    opened,
    shown,
)

MARKETING = Right.MARKETING_OBJECTION
OTHERS = sorted(set(Right) - {MARKETING})


def with_number(ticket: Ticket) -> Ticket:
    return replace(ticket, phones=(NUMBER.value,))


def test_nothing_is_suppressed_before_anything_is_shown() -> None:
    assert suppression.in_force(opened(MARKETING)) == ()


@pytest.mark.parametrize("on_file", [True, False])
def test_a_right_code_suppresses_its_address_at_once_whatever_is_on_file(on_file: bool) -> None:
    before = opened(MARKETING)
    after = done(before, coded(on_file=on_file), THE_CUSTOMER)
    assert suppression.begun(before, after) == (ADDRESS,)


def test_only_what_was_shown_is_suppressed_and_what_the_register_says_tells_nothing() -> None:
    before = with_number(opened(MARKETING))
    after = done(before, shown(NUMBER, same_person=(ADDRESS,)), THE_CUSTOMER)
    assert after.state is State.AWAITING_CONFIRMATION
    assert suppression.in_force(after) == (NUMBER,)


def test_who_staff_vouch_for_is_suppressed_with_all_contacts() -> None:
    after = done(with_number(opened(MARKETING)), attested(AGENT), AGENT)
    assert suppression.in_force(after) == (ADDRESS, NUMBER)


def test_what_staff_confirm_covers_all_contacts() -> None:
    seen = done(with_number(opened(MARKETING)), shown(NUMBER, same_person=(ADDRESS,)), THE_CUSTOMER)
    confirmed = done(seen, act(Action.CONFIRM), APPROVER)
    assert suppression.begun(seen, confirmed) == (ADDRESS,)


@pytest.mark.parametrize("right", OTHERS)
def test_no_other_right_suppresses_anything(right: Right) -> None:
    assert suppression.in_force(in_state(State.FULFILLED, right)) == ()


def test_who_asks_for_somebody_else_does_not_suppress_their_own_address() -> None:
    client = OnBehalf(name="Pekka", relation=Relation.LAWYER)
    ticket = replace(opened(MARKETING), on_behalf=client)
    assert suppression.in_force(done(ticket, coded(), THE_CUSTOMER)) == ()


@pytest.mark.parametrize(
    ("command", "actor"),
    [(act(Action.WITHDRAW), THE_CUSTOMER), (act(Action.REFUSE), APPROVER)],
)
def test_an_objection_that_is_taken_back_or_refused_holds_no_longer(
    command: Command, actor: Actor
) -> None:
    held = in_state(State.AWAITING_CONFIRMATION, MARKETING)
    ended = done(held, command, actor)
    assert suppression.begun(ended, held) == (ADDRESS,)
    assert suppression.in_force(ended) == ()


def test_a_refusal_that_is_reopened_holds_again() -> None:
    refused = in_state(State.REFUSED, MARKETING)
    assert suppression.begun(refused, done(refused, act(Action.REOPEN), APPROVER)) == (ADDRESS,)


def test_a_fulfilled_objection_holds_for_good() -> None:
    assert suppression.in_force(in_state(State.FULFILLED, MARKETING)) == (ADDRESS,)


def test_the_audit_says_when_it_began_and_ended_and_names_no_contact() -> None:
    began = changed(opened(MARKETING), coded(), THE_CUSTOMER)
    assert began.record.facts["suppressed"] == "email"
    ended = changed(began.ticket, act(Action.WITHDRAW), THE_CUSTOMER)
    assert ended.record.facts["unsuppressed"] == "email"
    assert "suppressed" not in changed(opened(Right.ACCESS), coded(), THE_CUSTOMER).record.facts


def test_whose_data_were_erased_is_kept_readable_no_longer() -> None:
    assert suppression.erased(in_state(State.FULFILLED, Right.ERASURE)) == (ADDRESS,)
    assert suppression.erased(in_state(State.CONFIRMED, Right.ERASURE)) == ()
    assert suppression.erased(in_state(State.FULFILLED, MARKETING)) == ()


def test_an_erasure_for_somebody_else_touches_nothing_of_who_asks() -> None:
    client = OnBehalf(name="Pekka", relation=Relation.LAWYER)
    shown_too = (Authority(proof=AuthorityProof.POWER_OF_ATTORNEY, at=NOW, by=AGENT.key),)
    erased = replace(
        in_state(State.FULFILLED, Right.ERASURE), on_behalf=client, authority=shown_too
    )
    assert suppression.erased(erased) == ()


def test_the_mailing_system_is_told_what_began_and_what_ended() -> None:
    began, ended = suppression.told("T-2026-0001", NOW, [ADDRESS], [NUMBER])
    assert began == Suppress(contact=ADDRESS, at=NOW, number="T-2026-0001")
    assert ended == Suppress(contact=NUMBER, at=NOW, number="T-2026-0001", ended=True)

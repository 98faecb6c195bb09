"""What a command has to carry, and what it must not: what nobody reads is not accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.core.catalog import Right
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import TAKES, Command, needs_words, unfit
from bot.core.tickets.copies import File, Way
from bot.core.tickets.identity import Evidence, Method, attestation
from bot.core.tickets.recipients import Outcome, Recipient
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.templates import Template
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Denial, Extent, State
from tests.core.tickets.factories import (
    ADDRESS,
    AGENT,
    APPROVER,
    DUE,
    NOW,
    RULES,
    act,
    attested,
    changed,
    coded,
    denied,
    done,
    in_state,
    opened,
    with_task,
)

GIVEN: Mapping[str, object] = {
    "text": "The copy is in your mailbox.",
    "ground": Ground.CLARIFICATION,
    "evidence": attestation(Method.CALL_BACK, AGENT.key, NOW),
    "email": "right@example.com",
    "phone": "+358401234567",
    "extent": Extent.FULLY,
    "code": "12345678",
    "authority": AuthorityProof.POWER_OF_ATTORNEY,
    "file": File(id="f", name="copy.json", size=3, sha256="00", at=NOW, by=AGENT.key),
    "way": Way.POST,
    "token": "secret",
    "relation": Relation.SPOUSE,
    "recipient": "accounting",
    "outcome": Outcome.EXCUSED,
    "to": APPROVER.key,
    "template": Template.RECIPIENTS_TOLD,
    "due": DUE,
    "task": 1,
}
TICKET = with_task(opened(Right.RECTIFICATION))
FITS: Mapping[Action, Mapping[str, object]] = {
    Action.TELL_CODE: {
        "evidence": Evidence(method=Method.EMAIL_CODE, at=NOW, by=AGENT.key, contact=ADDRESS)
    },
    Action.REFUSE: {"template": Template.EXCESSIVE},
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("name", GIVEN)
def test_what_an_action_does_not_take_is_refused_and_not_dropped(action: Action, name: str) -> None:
    taken = TAKES.get(action, frozenset())
    given = {**GIVEN, **FITS.get(action, {})}
    fields = {one: given[one] for one in {*taken, name}}
    command = Command(action=action, **fields)  # type: ignore[arg-type]
    rules = replace(RULES, recipients=(Recipient(name="Accounting"),))
    assert unfit(TICKET, command, AGENT, rules) is (None if name in taken else Denial.NOT_TAKEN)


def test_words_of_nothing_but_blanks_are_none() -> None:
    command = Command(action=Action.CONFIRM, text=" \n")
    assert unfit(in_state(State.AWAITING_CONFIRMATION), command, APPROVER, RULES) is None


def test_words_to_a_confirmation_do_not_confirm() -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION)
    command = Command(action=Action.CONFIRM, text="We begin on Monday.")
    assert denied(ticket, command, APPROVER) is Denial.NOT_TAKEN


def test_a_request_that_was_carried_out_fully_needs_no_words_and_one_in_part_its_reasons() -> None:
    assert not needs_words(Action.FULFIL)
    assert not needs_words(Action.FULFIL, Extent.FULLY)
    assert needs_words(Action.FULFIL, Extent.PARTLY)
    assert needs_words(Action.REFUSE)
    assert needs_words(Action.DELIVER, way=Way.HANDED_OVER)
    assert not needs_words(Action.DELIVER, way=Way.PAGE)
    assert not needs_words(Action.CONFIRM)
    partly = Command(action=Action.FULFIL, extent=Extent.PARTLY)
    assert denied(in_state(State.CONFIRMED), partly, APPROVER) is Denial.REASON_MISSING


@pytest.mark.parametrize("extent", [None, *Extent])
def test_the_ticket_and_its_audit_row_say_how_far_a_request_was_carried_out(
    extent: Extent | None,
) -> None:
    command = Command(action=Action.FULFIL, text="Two invoices are kept.", extent=extent)
    change = changed(in_state(State.CONFIRMED), command, APPROVER)
    ticket = change.ticket
    assert change.record.facts["extent"] == (extent or Extent.FULLY)
    assert (ticket.state, ticket.extent) == (State.FULFILLED, extent or Extent.FULLY)
    again = done(ticket, act(Action.REOPEN), APPROVER)
    assert again.extent is None
    refused = done(again, act(Action.REFUSE), APPROVER)
    assert refused.extent is None


def test_evidence_is_looked_at_before_what_is_too_much() -> None:
    ticket = opened()
    assert unfit(ticket, attested(APPROVER), AGENT, RULES) is Denial.NOT_YOUR_ROLE
    assert unfit(ticket, coded(), THE_CUSTOMER, RULES) is None

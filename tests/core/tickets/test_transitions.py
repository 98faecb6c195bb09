"""The one transition table, and no way to confirmed but through verified identity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest

from bot.core.catalog import Right
from bot.core.tickets import identity, transitions
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import (
    ENDED,
    MESSAGES,
    NEEDS_AUTHORITY,
    NEEDS_IDENTITY,
    OPEN,
    THE_CUSTOMER,
    THE_SYSTEM,
    Action,
    Actor,
    Denial,
    Role,
    State,
    Ticket,
)
from bot.core.tickets.transitions import TRANSITIONS, Change, apply
from tests.core.tickets.factories import (
    ACTORS,
    ADDRESS,
    AGENT,
    APPROVER,
    BOTH,
    NOW,
    NUMBER,
    RULES,
    act,
    attested,
    changed,
    coded,
    denied,
    done,
    doubted,
    for_somebody,
    in_state,
    opened,
    shown,
)

# state, action, who may, where it leads
TABLE = """
awaiting_identity      ask       agent,approver  awaiting_identity
awaiting_identity      answer    customer        awaiting_identity
awaiting_identity      correct   customer        awaiting_identity
awaiting_identity      verify    customer,agent  awaiting_confirmation
awaiting_identity      extend    approver        awaiting_identity
awaiting_identity      suspend   approver        awaiting_identity
awaiting_identity      resume    agent,approver  awaiting_identity
awaiting_identity      refuse    approver        refused
awaiting_identity      correct_contacts agent    awaiting_identity
awaiting_identity      add_phone customer        awaiting_identity
awaiting_confirmation  add_phone customer        awaiting_identity
awaiting_identity      withdraw  customer        withdrawn
awaiting_identity      add       customer        awaiting_identity
awaiting_identity      amend     customer        awaiting_identity
awaiting_identity      limit     customer        awaiting_identity
awaiting_identity      chase     customer        awaiting_identity
awaiting_identity      dispute   customer        awaiting_identity
awaiting_identity      take      agent,approver  awaiting_identity
awaiting_identity      hand_over agent,approver  awaiting_identity
awaiting_identity      note      agent,approver  awaiting_identity
awaiting_identity      add_task  agent,approver  awaiting_identity
awaiting_identity      end_task  agent,approver  awaiting_identity
awaiting_confirmation  take      agent,approver  awaiting_confirmation
awaiting_confirmation  hand_over agent,approver  awaiting_confirmation
awaiting_confirmation  note      agent,approver  awaiting_confirmation
awaiting_confirmation  add_task  agent,approver  awaiting_confirmation
awaiting_confirmation  end_task  agent,approver  awaiting_confirmation
confirmed              take      agent,approver  confirmed
confirmed              hand_over agent,approver  confirmed
confirmed              note      agent,approver  confirmed
confirmed              add_task  agent,approver  confirmed
confirmed              end_task  agent,approver  confirmed
fulfilled              note      agent,approver  fulfilled
refused                note      agent,approver  refused
withdrawn              note      agent,approver  withdrawn
lapsed                 note      agent,approver  lapsed
awaiting_identity      tell_code agent           awaiting_confirmation
awaiting_identity      lapse     system          lapsed
awaiting_confirmation  ask       agent,approver  awaiting_confirmation
awaiting_confirmation  answer    customer        awaiting_confirmation
awaiting_confirmation  extend    approver        awaiting_confirmation
awaiting_confirmation  suspend   approver        awaiting_confirmation
awaiting_confirmation  resume    agent,approver  awaiting_confirmation
awaiting_confirmation  confirm   approver        confirmed
awaiting_confirmation  correct_contacts agent    awaiting_identity
awaiting_confirmation  correct   customer        awaiting_identity
awaiting_confirmation  verify    customer        awaiting_confirmation
awaiting_confirmation  unverify  system          awaiting_identity
awaiting_identity      represent agent           awaiting_identity
awaiting_confirmation  represent agent           awaiting_confirmation
awaiting_identity      authorise agent           awaiting_identity
awaiting_confirmation  authorise agent           awaiting_confirmation
confirmed              unverify  system          awaiting_identity
awaiting_confirmation  refuse    approver        refused
awaiting_confirmation  withdraw  customer        withdrawn
awaiting_confirmation  add       customer        awaiting_confirmation
awaiting_confirmation  amend     customer        awaiting_confirmation
awaiting_confirmation  limit     customer        awaiting_confirmation
awaiting_confirmation  chase     customer        awaiting_confirmation
awaiting_confirmation  dispute   customer        awaiting_confirmation
confirmed              ask       agent,approver  confirmed
confirmed              answer    customer        confirmed
confirmed              extend    approver        confirmed
confirmed              suspend   approver        confirmed
confirmed              resume    agent,approver  confirmed
confirmed              notify    agent,approver  confirmed
confirmed              attach    agent,approver  confirmed
confirmed              detach    agent,approver  confirmed
confirmed              deliver   approver        confirmed
confirmed              collect   customer        confirmed
confirmed              expire    system          confirmed
fulfilled              collect   customer        fulfilled
fulfilled              expire    system          fulfilled
confirmed              fulfil    approver        fulfilled
confirmed              refuse    approver        refused
confirmed              withdraw  customer        withdrawn
confirmed              add       customer        confirmed
confirmed              amend     customer        confirmed
confirmed              limit     customer        confirmed
confirmed              chase     customer        confirmed
confirmed              dispute   customer        confirmed
fulfilled              reopen    approver        awaiting_confirmation
fulfilled              dispute   customer        fulfilled
refused                reopen    approver        awaiting_confirmation
refused                dispute   customer        refused
withdrawn              reopen    approver        awaiting_confirmation
withdrawn              dispute   customer        withdrawn
lapsed                 reopen    approver        awaiting_confirmation
lapsed                 dispute   customer        lapsed
"""
FIRST_END = datetime(2026, 12, 7, 21, 59, tzinfo=UTC)  # one minute before midnight in Helsinki
AFTER_FIRST_END = FIRST_END + timedelta(minutes=1)


def test_the_table_says_who_may_do_what_and_where_it_leads() -> None:
    written = {
        (state, action): (target, set(roles.split(",")))
        for state, action, roles, target in map(str.split, TABLE.strip().splitlines())
    }
    table = {key: (rule.target, set(rule.roles)) for key, rule in TRANSITIONS.items()}
    assert table == written


@pytest.mark.parametrize("state", State)
def test_only_what_the_table_lists_can_be_done(state: State) -> None:
    ticket = in_state(state)
    for action, actor in product(Action, ACTORS):
        command = coded() if action is Action.VERIFY else act(action)
        outcome = apply(ticket, command, actor, NOW, RULES)
        rule = TRANSITIONS.get((state, action))
        if rule is None:
            assert outcome is Denial.NOT_IN_THIS_STATE
        elif not rule.roles & actor.roles:
            assert outcome is Denial.NOT_YOUR_ROLE
        elif isinstance(outcome, Change):
            assert outcome.ticket.version == ticket.version + 1
            assert outcome.record.before == state
            assert outcome.record.after == outcome.ticket.state


BESIDE = MESSAGES | {Action.ASK, Action.ANSWER, Action.SUSPEND, Action.RESUME}


class Step(NamedTuple):
    """One change that the transition table allows."""

    before: Ticket
    command: Command
    actor: Actor
    after: Ticket


def commands() -> Iterator[Command]:
    yield from (act(action) for action in Action if action not in (Action.VERIFY, Action.EXTEND))
    yield doubted()
    yield ADD
    yield CORRECT
    for same_person in ((), LINKED):
        yield shown(NUMBER, same_person=same_person)
    for on_file in (False, True):
        yield coded(on_file=on_file)
    for by in (AGENT, BOTH, APPROVER, THE_CUSTOMER):
        yield attested(by)


def likeness(ticket: Ticket) -> tuple[object, ...]:
    """What decides what can still happen: tickets alike in this are tried once."""
    evidence = frozenset((e.method, e.by, e.on_file, e.same_person) for e in ticket.evidence)
    authority = frozenset((a.proof, a.by) for a in ticket.authority)
    open_question = bool(ticket.question), ticket.clock.ground
    proved = ticket.verified is None, ticket.contacts, evidence, authority
    return ticket.state, *proved, *open_question


@cache
def all_steps(right: Right, *, on_behalf: bool = False) -> list[Step]:
    """Walk every path that there is, for tickets of a right."""
    first = for_somebody(right) if on_behalf else opened(right)
    waiting, seen, steps = [first], {likeness(first)}, []
    # What only speaks, or moves the clock, is walked where nobody else is concerned.
    beside = BESIDE if on_behalf else frozenset[Action]()
    some = [one for one in commands() if one.action not in beside | {Action.REPRESENT}]
    tries = [(command, actor) for command in some for actor in ACTORS]
    while waiting:
        before = waiting.pop()
        for command, actor in tries:
            change = apply(before, command, actor, NOW, RULES)
            if isinstance(change, Denial):
                continue
            steps.append(Step(before, command, actor, change.ticket))
            if likeness(change.ticket) not in seen:
                seen.add(likeness(change.ticket))
                waiting.append(change.ticket)
    assert {step.after.state for step in steps} == set(State), "a state that no path reaches"
    return steps


every_right_policy = pytest.mark.parametrize("right", [Right.ERASURE, Right.MARKETING_OBJECTION])


@every_right_policy
def test_no_path_reaches_a_state_that_needs_identity_without_enough_proof(right: Right) -> None:
    for step in all_steps(right):
        if step.after.state in NEEDS_IDENTITY:
            assert step.after.verified in step.after.evidence
            assert right is Right.MARKETING_OBJECTION or any(
                piece.on_file or piece.method is Method.CALL_BACK for piece in step.after.evidence
            ), step


@every_right_policy
def test_every_path_to_confirmed_ends_with_an_approver_who_confirms_it(right: Right) -> None:
    entered = [
        step
        for step in all_steps(right)
        if step.after.state is State.CONFIRMED and step.before.state is not State.CONFIRMED
    ]
    assert entered
    for step in entered:
        assert step.command.action is Action.CONFIRM
        assert step.before.state is State.AWAITING_CONFIRMATION
        assert Role.APPROVER in step.actor.roles


def test_on_no_path_does_the_one_who_vouched_confirm_an_erasure() -> None:
    confirmed = [s for s in all_steps(Right.ERASURE) if s.command.action is Action.CONFIRM]
    assert {step.actor.key for step in confirmed} == {APPROVER.key, BOTH.key}
    for step in confirmed:
        vouched = {e.by for e in step.before.evidence if e.method is Method.CALL_BACK}
        assert step.actor.key not in vouched


@every_right_policy
def test_no_path_confirms_a_request_for_somebody_else_without_authority_that_staff_attested(
    right: Right,
) -> None:
    steps = all_steps(right, on_behalf=True)
    for step in steps:
        if step.after.state in NEEDS_AUTHORITY:
            assert step.after.verified in step.after.evidence, "the writer is known, too"
            assert {shown.by for shown in step.after.authority} <= {AGENT.key, BOTH.key}
            assert step.after.authority, step
        assert not (
            step.after.authority
            and step.actor.roles & {Role.CUSTOMER}
            and (step.command.action in (Action.CORRECT, Action.ADD_PHONE))
        ), "what was shown was shown with other contacts"
    assert any(step.after.state is State.FULFILLED for step in steps)


def test_on_no_path_does_the_one_who_attested_the_authority_confirm_an_erasure() -> None:
    steps = all_steps(Right.ERASURE, on_behalf=True)
    confirmed = [step for step in steps if step.command.action is Action.CONFIRM]
    assert {step.actor.key for step in confirmed} == {APPROVER.key, BOTH.key}
    for step in confirmed:
        assert step.actor.key not in {shown.by for shown in step.before.authority}


def test_no_single_step_leads_from_awaiting_identity_to_confirmed_or_fulfilled() -> None:
    for step in all_steps(Right.MARKETING_OBJECTION):
        if step.before.state is State.AWAITING_IDENTITY:
            assert step.after.state not in (State.CONFIRMED, State.FULFILLED), step


def test_an_address_that_is_not_on_file_proves_nothing_alone() -> None:
    ticket = done(opened(), coded(on_file=False), THE_CUSTOMER)
    assert (ticket.state, ticket.verified) == (State.AWAITING_IDENTITY, None)
    vouched = done(ticket, attested(AGENT), AGENT)
    assert vouched.state is State.AWAITING_CONFIRMATION
    assert vouched.verified == attested(AGENT).evidence


def test_control_of_the_address_is_enough_to_end_marketing() -> None:
    ticket = done(opened(Right.MARKETING_OBJECTION), coded(on_file=False), THE_CUSTOMER)
    assert ticket.state is State.AWAITING_CONFIRMATION


def test_a_verification_needs_evidence() -> None:
    verify = Command(action=Action.VERIFY)
    assert denied(opened(), verify, AGENT) is Denial.METHOD_MISSING


def test_nobody_vouches_in_anothers_name() -> None:
    assert denied(opened(), attested(AGENT), BOTH) is Denial.NOT_YOUR_ROLE


def test_a_customer_cannot_vouch_and_staff_cannot_give_the_customers_code() -> None:
    assert denied(opened(), attested(THE_CUSTOMER), THE_CUSTOMER) is Denial.NOT_YOUR_ROLE
    code = Evidence(method=Method.EMAIL_CODE, at=NOW, by=AGENT.key, on_file=True, contact=ADDRESS)
    command = Command(action=Action.VERIFY, evidence=code)
    assert denied(opened(), command, AGENT) is Denial.NOT_YOUR_ROLE


def test_a_code_that_was_sent_ends_with_the_proof_that_came() -> None:
    sent = replace(opened(), challenge=identity.challenge("12345678", "id-1", b"k", NOW))
    assert done(sent, coded(), THE_CUSTOMER).challenge is None


def test_an_address_can_be_corrected_until_something_was_shown_of_it() -> None:
    correct = Command(action=Action.CORRECT, email="right@example.com")
    sent = identity.challenge("12345678", "t", b"k", NOW)
    ticket = replace(opened(), challenge=sent)
    corrected = done(ticket, correct, THE_CUSTOMER)
    assert corrected.person.email == "right@example.com"
    assert corrected.challenge is None, "a code that went to another address proves nothing"
    shown = done(opened(), coded(on_file=False), THE_CUSTOMER)
    assert denied(shown, correct, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE


LINKED = (ADDRESS,)
OLDER = Evidence(method=Method.PHONE, at=NOW, by=THE_CUSTOMER.key, on_file=True)
ADD = Command(action=Action.ADD_PHONE, phone=NUMBER.value)
CORRECT = Command(action=Action.CORRECT, email="right@example.com")
UNVERIFY = Command(action=Action.UNVERIFY)


def with_number(ticket: Ticket) -> Ticket:
    return done(ticket, ADD, THE_CUSTOMER)


def verified_by_nothing_known(state: State) -> Ticket:
    """Return a ticket that an older version took for verified: nobody knows by which number."""
    return replace(opened(), state=state, evidence=(OLDER,), verified=OLDER)


def test_a_number_is_added_once() -> None:
    assert with_number(opened()).contacts == (ADDRESS, NUMBER)
    assert denied(with_number(opened()), ADD, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE


@pytest.mark.parametrize("right", [Right.ACCESS, Right.MARKETING_OBJECTION])
def test_evidence_of_a_contact_that_the_ticket_does_not_name_is_not_taken(right: Right) -> None:
    assert denied(opened(right), shown(NUMBER), THE_CUSTOMER) is Denial.NOT_CLAIMED


@pytest.mark.parametrize("right", [Right.ACCESS, Right.MARKETING_OBJECTION])
def test_a_number_leaves_the_address_in_doubt_unless_the_register_links_them(right: Right) -> None:
    ticket = with_number(opened(right))
    alone = done(ticket, shown(NUMBER), THE_CUSTOMER)
    assert alone.state is State.AWAITING_IDENTITY
    assert done(alone, coded(on_file=False), THE_CUSTOMER).state is State.AWAITING_CONFIRMATION
    linked = done(ticket, shown(NUMBER, same_person=LINKED), THE_CUSTOMER)
    assert linked.state is State.AWAITING_CONFIRMATION


def test_a_code_that_was_sent_stays_until_its_address_is_proved() -> None:
    sent = replace(opened(), challenge=identity.challenge("12345678", "id-1", b"k", NOW))
    by_phone = done(with_number(sent), shown(NUMBER, same_person=LINKED), THE_CUSTOMER)
    assert by_phone.challenge is not None
    assert done(by_phone, coded(), THE_CUSTOMER).challenge is None
    assert done(sent, attested(AGENT), AGENT).challenge is None
    assert done(by_phone, act(Action.CONFIRM), APPROVER).challenge is None


def test_another_address_in_a_verified_request_has_to_be_proved_itself() -> None:
    linked = done(with_number(opened()), shown(NUMBER, same_person=LINKED), THE_CUSTOMER)
    corrected = done(linked, CORRECT, THE_CUSTOMER)
    assert (corrected.state, corrected.verified) == (State.AWAITING_IDENTITY, None)
    again = done(corrected, shown(NUMBER, same_person=LINKED), THE_CUSTOMER)
    assert again.state is State.AWAITING_IDENTITY, "the link was with the former address"
    vouched = done(opened(), attested(AGENT), AGENT)
    assert denied(vouched, CORRECT, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE


def test_more_proof_changes_nothing_of_what_verified() -> None:
    linked = done(with_number(opened()), shown(NUMBER, same_person=LINKED), THE_CUSTOMER)
    more = done(linked, coded(), THE_CUSTOMER)
    assert (more.state, more.verified) == (State.AWAITING_CONFIRMATION, linked.verified)
    assert more.address_is_proved


@pytest.mark.parametrize("state", [State.AWAITING_CONFIRMATION, State.CONFIRMED])
def test_what_an_unknown_number_verified_goes_back_and_stays_open(state: State) -> None:
    ticket = verified_by_nothing_known(state)
    change = changed(ticket, UNVERIFY, THE_SYSTEM)
    back = change.ticket
    assert (back.state, back.verified) == (State.AWAITING_IDENTITY, None)
    assert back.evidence == (OLDER,)
    assert (change.record.action, change.record.before) == ("unverify", state)
    late = NOW + timedelta(days=400)
    assert denied(back, act(Action.LAPSE), THE_SYSTEM, late) is Denial.TOO_EARLY
    assert done(back, coded(), THE_CUSTOMER).state is State.AWAITING_CONFIRMATION


@pytest.mark.parametrize("state", [State.AWAITING_CONFIRMATION, State.CONFIRMED])
def test_what_says_whom_it_proves_does_not_go_back(state: State) -> None:
    assert denied(in_state(state), UNVERIFY, THE_SYSTEM) is Denial.NOT_IN_THIS_STATE
    vouched = done(opened(), attested(AGENT), AGENT)
    assert denied(vouched, UNVERIFY, THE_SYSTEM) is Denial.NOT_IN_THIS_STATE


def test_what_an_unknown_number_verified_is_neither_confirmed_nor_carried_out() -> None:
    waiting = verified_by_nothing_known(State.AWAITING_CONFIRMATION)
    assert denied(waiting, act(Action.CONFIRM), APPROVER) is Denial.IDENTITY_OPEN
    confirmed = verified_by_nothing_known(State.CONFIRMED)
    assert denied(confirmed, act(Action.FULFIL), APPROVER) is Denial.IDENTITY_OPEN
    shown_since = done(waiting, coded(), THE_CUSTOMER)
    assert done(shown_since, act(Action.CONFIRM), APPROVER).state is State.CONFIRMED


def test_what_an_unknown_number_verified_is_reopened_without_it() -> None:
    ended = verified_by_nothing_known(State.FULFILLED)
    reopened = done(ended, act(Action.REOPEN), APPROVER)
    assert (reopened.state, reopened.verified) == (State.AWAITING_IDENTITY, None)


def test_an_address_is_corrected_to_another_one_or_not_at_all() -> None:
    nothing = Command(action=Action.CORRECT)
    assert denied(opened(), nothing, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE


def test_four_eyes_the_one_who_vouched_does_not_confirm_an_erasure() -> None:
    ticket = done(opened(Right.ERASURE), attested(BOTH), BOTH)
    assert denied(ticket, act(Action.CONFIRM), BOTH) is Denial.FOUR_EYES
    assert done(ticket, act(Action.CONFIRM), APPROVER).state is State.CONFIRMED


def test_four_eyes_hold_for_the_rights_that_the_organisation_names() -> None:
    ticket = done(opened(Right.ACCESS), attested(BOTH), BOTH)
    assert done(ticket, act(Action.CONFIRM), BOTH).state is State.CONFIRMED
    strict = Rules(four_eyes=frozenset({Right.ACCESS}))
    assert denied(ticket, act(Action.CONFIRM), BOTH, rules=strict) is Denial.FOUR_EYES


@pytest.mark.parametrize("action", [Action.CONFIRM, Action.REFUSE, Action.ASK, Action.SUSPEND])
def test_of_two_clicks_at_once_the_second_is_stale(action: Action) -> None:
    seen = in_state(State.AWAITING_CONFIRMATION)
    command = replace(act(action), version=seen.version)
    first = done(seen, command, APPROVER)
    assert first.version == seen.version + 1
    assert denied(first, command, BOTH) is Denial.STALE


@pytest.mark.parametrize("seen", [-1, 1])
def test_a_click_on_any_other_version_is_stale(seen: int) -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION)
    command = replace(act(Action.CONFIRM), version=ticket.version + seen)
    assert denied(ticket, command, APPROVER) is Denial.STALE


@pytest.mark.parametrize("action", [Action.ASK, Action.REFUSE, Action.EXTEND, Action.SUSPEND])
def test_no_reason_no_action(action: Action) -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION)
    assert denied(ticket, act(action, " \n"), BOTH) is Denial.REASON_MISSING


def test_neither_an_answer_nor_a_reopening_goes_without_words() -> None:
    asked = done(opened(), act(Action.ASK), AGENT)
    assert denied(asked, act(Action.ANSWER, " "), THE_CUSTOMER) is Denial.REASON_MISSING
    ended = in_state(State.REFUSED)
    assert denied(ended, act(Action.REOPEN, ""), APPROVER) is Denial.REASON_MISSING


def test_a_question_stands_until_it_is_answered_and_keeps_the_state() -> None:
    asked = done(opened(), act(Action.ASK, "Which year?"), AGENT)
    assert (asked.state, asked.question) == (State.AWAITING_IDENTITY, "Which year?")
    answered = done(asked, act(Action.ANSWER, "2024"), THE_CUSTOMER)
    assert (answered.state, answered.question) == (State.AWAITING_IDENTITY, "")
    assert denied(answered, act(Action.ANSWER), THE_CUSTOMER) is Denial.NOTHING_ASKED


def test_what_was_written_is_noted_with_who_wrote_it() -> None:
    asked = done(opened(), act(Action.ASK, "  Which year?\n"), AGENT)
    [note] = asked.notes
    assert (note.by, note.action, note.text, note.at) == (AGENT.key, "ask", "Which year?", NOW)
    assert done(asked, act(Action.WITHDRAW, ""), THE_CUSTOMER).notes == asked.notes


@pytest.mark.parametrize("action", sorted(MESSAGES))
def test_what_the_customer_adds_stands_on_the_ticket_and_changes_nothing_else(
    action: Action,
) -> None:
    still = done(in_state(State.AWAITING_CONFIRMATION), act(Action.SUSPEND), APPROVER)
    told = done(still, act(action, "The invoices stay."), THE_CUSTOMER, NOW + timedelta(days=3))
    assert told == replace(still, version=still.version + 1, notes=told.notes)
    assert (told.notes[-1].action, told.notes[-1].text) == (action, "The invoices stay.")
    assert denied(still, act(action, " "), THE_CUSTOMER) is Denial.REASON_MISSING


@pytest.mark.parametrize("state", sorted(ENDED))
def test_after_the_end_a_decision_can_be_disputed_and_stands_until_staff_reopen(
    state: State,
) -> None:
    ended = in_state(state)
    disputed = done(ended, act(Action.DISPUTE, "Half is missing."), THE_CUSTOMER)
    assert (disputed.state, disputed.closed_at) == (ended.state, ended.closed_at)
    assert disputed.notes[-1].text == "Half is missing."


def test_the_time_is_extended_once_to_three_months_from_receipt() -> None:
    extended = done(opened(), act(Action.EXTEND), APPROVER)
    assert extended.clock.end(date(2026, 11, 6)).due == date(2027, 2, 8)
    assert denied(extended, act(Action.EXTEND), APPROVER) is Denial.ALREADY_EXTENDED


def test_the_time_is_extended_only_inside_the_first_month() -> None:
    assert done(opened(), act(Action.EXTEND), APPROVER, FIRST_END).clock.extended
    assert denied(opened(), act(Action.EXTEND), APPROVER, AFTER_FIRST_END) is Denial.TOO_LATE


def test_an_extension_does_not_outlast_its_limit_by_a_suspension_that_goes_on() -> None:
    """The first month moves along with the days on which the clock stands still, no further."""
    still = done(opened(), act(Action.SUSPEND), APPROVER)
    later = AFTER_FIRST_END + timedelta(days=10)
    resumed = done(still, act(Action.RESUME), APPROVER, NOW + timedelta(days=3))
    assert done(still, act(Action.EXTEND), APPROVER, later).clock.extended
    assert denied(resumed, act(Action.EXTEND), APPROVER, later) is Denial.TOO_LATE


@pytest.mark.parametrize("state", [State.AWAITING_CONFIRMATION, State.CONFIRMED])
def test_the_clock_stops_on_no_ground_but_those_of_the_law(state: State) -> None:
    groundless = Command(action=Action.SUSPEND, text="busy")
    assert denied(in_state(state), groundless, APPROVER) is Denial.GROUND_MISSING


def test_there_is_no_doubt_on_identity_once_it_is_verified() -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION)
    assert denied(ticket, doubted(), APPROVER) is Denial.GROUND_MISSING
    assert done(opened(), doubted(), APPROVER).clock.ground is Ground.IDENTITY_DOUBT


def test_the_clock_stops_only_while_it_runs_and_time_is_left() -> None:
    still = done(opened(), act(Action.SUSPEND, "Which year?"), APPROVER)
    assert still.clock.suspended_on == date(2026, 11, 6)
    assert still.question == "Which year?"
    assert denied(still, act(Action.SUSPEND), APPROVER) is Denial.ALREADY_SUSPENDED
    assert done(opened(), act(Action.SUSPEND), APPROVER, FIRST_END).clock.suspended_on
    assert denied(opened(), act(Action.SUSPEND), APPROVER, AFTER_FIRST_END) is Denial.TOO_LATE


def test_only_a_clock_that_stands_still_is_resumed() -> None:
    assert denied(opened(), act(Action.RESUME), AGENT) is Denial.NOT_SUSPENDED


def test_the_clock_stands_still_until_the_answer_and_no_longer() -> None:
    ticket = done(in_state(State.AWAITING_CONFIRMATION), act(Action.SUSPEND), APPROVER)
    answered = done(ticket, act(Action.ANSWER, "2024"), THE_CUSTOMER, NOW + timedelta(days=4))
    assert answered.clock.still_days == 4
    assert answered.clock.suspended_on is None
    assert answered.clock.end(date(2026, 11, 30)).due == date(2026, 12, 10)


def test_days_of_two_suspensions_add_up() -> None:
    ticket = opened()
    for start, days in ((0, 2), (7, 3)):
        at = NOW + timedelta(days=start)
        ticket = done(ticket, act(Action.SUSPEND), APPROVER, at)
        ticket = done(ticket, act(Action.RESUME), AGENT, at + timedelta(days=days))
    assert ticket.clock.still_days == 5


def test_an_answer_to_a_doubt_on_identity_starts_the_clock_again() -> None:
    ticket = done(opened(), doubted(), APPROVER)
    answers = (
        done(ticket, act(Action.ANSWER, "me"), THE_CUSTOMER),
        done(ticket, coded(on_file=False), THE_CUSTOMER),
        done(ticket, attested(AGENT), AGENT),
    )
    for answered in answers:
        assert answered.clock.suspended_on is None
        assert answered.question == ""


def test_proof_of_identity_answers_no_other_question() -> None:
    still = done(opened(), act(Action.SUSPEND, "Which year?"), APPROVER)
    verified = done(still, coded(), THE_CUSTOMER)
    assert verified.clock.suspended_on is not None
    assert verified.question == "Which year?"


def test_confirming_starts_a_clock_that_stands_still() -> None:
    ticket = done(in_state(State.AWAITING_CONFIRMATION), act(Action.SUSPEND), APPROVER)
    assert done(ticket, act(Action.CONFIRM), APPROVER).clock.suspended_on is None


def test_an_ended_ticket_has_no_open_question_no_code_and_a_clock_that_is_not_stopped() -> None:
    still = done(opened(), act(Action.SUSPEND), APPROVER)
    still = replace(still, challenge=identity.challenge("12345678", "id-1", b"k", NOW))
    later = NOW + timedelta(days=2)
    for action, actor in ((Action.REFUSE, APPROVER), (Action.WITHDRAW, THE_CUSTOMER)):
        ended = done(still, act(action), actor, later)
        assert (ended.question, ended.challenge, ended.closed_at) == ("", None, later)
        assert (ended.clock.suspended_on, ended.clock.still_days) == (None, 2)


def test_a_ticket_lapses_only_after_staff_were_told() -> None:
    untold = replace(opened(), staff_told=False)
    assert denied(untold, act(Action.LAPSE), THE_SYSTEM) is Denial.STAFF_NOT_TOLD


def test_what_staff_opened_never_lapses_by_itself() -> None:
    ticket = replace(opened(), source=Source.LETTER)
    assert (
        denied(ticket, act(Action.LAPSE), THE_SYSTEM, NOW + timedelta(days=99)) is Denial.TOO_EARLY
    )


def test_a_ticket_lapses_only_when_the_person_has_proved_nothing_for_long() -> None:
    rules = Rules(lapse_after=timedelta(days=60))
    lapse = act(Action.LAPSE)
    late = NOW + timedelta(days=60)
    early = late - timedelta(seconds=1)
    assert denied(opened(), lapse, THE_SYSTEM, early, rules) is Denial.TOO_EARLY
    proved = done(opened(), coded(on_file=False), THE_CUSTOMER)
    assert denied(proved, lapse, THE_SYSTEM, late, rules) is Denial.TOO_EARLY
    assert isinstance(apply(opened(), lapse, THE_SYSTEM, late, rules), Change)


def test_a_reopened_ticket_lapses_no_sooner_than_a_new_one() -> None:
    rules = Rules(lapse_after=timedelta(days=60))
    later = NOW + timedelta(days=61)
    again = done(in_state(State.LAPSED), act(Action.REOPEN), APPROVER, later)
    soon = later + timedelta(days=59)
    assert denied(again, act(Action.LAPSE), THE_SYSTEM, soon, rules) is Denial.TOO_EARLY


@pytest.mark.parametrize("ended", sorted(ENDED))
def test_reopening_leads_back_to_identity_unless_it_was_verified(ended: State) -> None:
    later = NOW + timedelta(days=1)
    ticket = done(in_state(ended), act(Action.REOPEN), APPROVER, later)
    verified = ended in (State.FULFILLED, State.REFUSED)
    expected = State.AWAITING_CONFIRMATION if verified else State.AWAITING_IDENTITY
    assert ticket.state is expected
    assert (ticket.closed_at, ticket.reopened_at) == (None, later)


def test_what_was_refused_before_identity_was_proved_is_reopened_to_prove_it() -> None:
    refused = done(opened(), act(Action.REFUSE), APPROVER)
    assert done(refused, act(Action.REOPEN), APPROVER).state is State.AWAITING_IDENTITY


def test_what_the_person_withdrew_needs_proof_by_the_person_again() -> None:
    again = done(in_state(State.WITHDRAWN), act(Action.REOPEN), APPROVER)
    assert (again.state, again.verified, again.evidence) == (State.AWAITING_IDENTITY, None, ())


def test_the_record_of_a_change_says_who_did_what_and_when_it_is_due() -> None:
    record = changed(opened(), doubted(), APPROVER).record
    assert (record.ticket, record.number, record.at) == ("id-1", "T-2026-0001", NOW)
    assert (record.actor, record.action) == (APPROVER.key, "suspend")
    assert (record.before, record.after) == ("awaiting_identity", "awaiting_identity")
    assert record.facts == {"due": "2026-12-07", "ground": "identity_doubt"}
    verified = changed(opened(), attested(AGENT), AGENT).record
    assert verified.facts == {"due": "2026-12-07", "method": "call_back"}


def test_no_record_holds_a_name_an_address_or_words() -> None:
    spoken = [
        changed(opened(), act(Action.ASK, "Matti, which year?"), AGENT),
        changed(opened(), Command(action=Action.CORRECT, email="matti@example.org"), THE_CUSTOMER),
        changed(opened(), coded(), THE_CUSTOMER),
    ]
    for change in spoken:
        assert "matti" not in repr(change.record).lower()


@pytest.mark.parametrize(
    ("state", "actor", "offered"),
    [
        (State.AWAITING_IDENTITY, AGENT, {Action.ASK, Action.REPRESENT, Action.VERIFY}),
        (State.AWAITING_CONFIRMATION, AGENT, {Action.ASK, Action.REPRESENT}),
        (
            State.AWAITING_CONFIRMATION,
            APPROVER,
            {Action.ASK, Action.EXTEND, Action.SUSPEND, Action.REFUSE, Action.CONFIRM},
        ),
        (
            State.CONFIRMED,
            APPROVER,
            {Action.ASK, Action.EXTEND, Action.SUSPEND, Action.REFUSE, Action.FULFIL},
        ),
        (State.FULFILLED, AGENT, set()),
        (State.FULFILLED, APPROVER, {Action.REOPEN}),
    ],
)
def test_staff_are_offered_what_they_can_do(
    state: State, actor: Actor, offered: set[Action]
) -> None:
    together = {Action.NOTE} | (
        {Action.TAKE, Action.HAND_OVER, Action.ADD_TASK} if state in OPEN else set()
    )
    assert set(transitions.possible(in_state(state), actor, NOW, RULES)) == offered | together


def test_staff_are_offered_neither_a_second_extension_nor_a_second_suspension() -> None:
    ticket = done(opened(), act(Action.EXTEND), APPROVER)
    ticket = done(ticket, act(Action.SUSPEND), APPROVER)
    offered = set(transitions.possible(ticket, APPROVER, NOW, RULES))
    assert offered >= {Action.ASK, Action.RESUME, Action.REFUSE}
    assert not offered & {Action.EXTEND, Action.SUSPEND}

"""The one transition table, and no way to confirmed but through verified identity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.catalog import Language, Right
from bot.core.tickets import identity, transitions
from bot.core.tickets.clock import Ground
from bot.core.tickets.identity import ATTESTED, Evidence, Method, suffices
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import (
    NEEDS_IDENTITY,
    OPEN,
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
from bot.core.tickets.transitions import TRANSITIONS, Change, Command, apply

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
RULES = Rules(lapse_after=timedelta())  # the table is tried without waiting
AGENT = Actor(key="staff:sari", roles=frozenset({Role.AGENT}))
APPROVER = Actor(key="staff:mika", roles=frozenset({Role.APPROVER}))
BOTH = Actor(key="staff:aino", roles=frozenset({Role.AGENT, Role.APPROVER}))
ACTORS = [AGENT, APPROVER, BOTH, THE_CUSTOMER, THE_SYSTEM]


def opened(right: Right = Right.ACCESS) -> Ticket:
    made = transitions.open_ticket(
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


def coded(*, on_file: bool = True) -> Command:
    evidence = Evidence(method=Method.EMAIL_CODE, at=NOW, by=THE_CUSTOMER.key, on_file=on_file)
    return Command(action=Action.VERIFY, evidence=evidence)


def attested(actor: Actor) -> Command:
    evidence = transitions.attestation(Method.CALL_BACK, actor, NOW)
    return Command(action=Action.VERIFY, evidence=evidence)


def done(ticket: Ticket, command: Command, actor: Actor, now: datetime = NOW) -> Ticket:
    change = apply(ticket, command, actor, now, RULES)
    assert isinstance(change, Change), change
    return change.ticket


def denied(ticket: Ticket, command: Command, actor: Actor, now: datetime = NOW) -> Denial:
    denial = apply(ticket, command, actor, now, RULES)
    assert isinstance(denial, Denial), denial
    return denial


def act(action: Action, text: str = "because") -> Command:
    return Command(action=action, text=text, ground=Ground.CLARIFICATION)


def in_state(state: State) -> Ticket:
    verified = done(opened(), coded(), THE_CUSTOMER)
    confirmed = done(verified, act(Action.CONFIRM), APPROVER)
    return {
        State.AWAITING_IDENTITY: lambda: opened(),
        State.AWAITING_CONFIRMATION: lambda: verified,
        State.CONFIRMED: lambda: confirmed,
        State.FULFILLED: lambda: done(confirmed, act(Action.FULFIL), APPROVER),
        State.REFUSED: lambda: done(verified, act(Action.REFUSE), APPROVER),
        State.WITHDRAWN: lambda: done(verified, act(Action.WITHDRAW), THE_CUSTOMER),
        State.LAPSED: lambda: done(opened(), act(Action.LAPSE), THE_SYSTEM),
    }[state]()


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_only_what_the_table_lists_can_be_done(state: State, action: Action) -> None:
    ticket = in_state(state)
    command = replace(act(action), evidence=coded().evidence)
    for actor in ACTORS:
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


def test_an_address_can_be_corrected_until_something_was_shown_of_it() -> None:
    correct = Command(action=Action.CORRECT, email="right@example.com")
    sent = identity.challenge("12345678", "t", b"k", NOW)
    ticket = replace(opened(), challenge=sent)
    corrected = done(ticket, correct, THE_CUSTOMER)
    assert corrected.person.email == "right@example.com"
    assert corrected.challenge is None, "a code that went to another address proves nothing"
    shown = done(opened(), coded(on_file=False), THE_CUSTOMER)
    assert shown.state is State.AWAITING_IDENTITY
    assert denied(shown, correct, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE


def test_there_is_no_way_to_confirm_what_awaits_identity() -> None:
    assert (State.AWAITING_IDENTITY, Action.CONFIRM) not in TRANSITIONS
    leads_to_confirmed = [
        state
        for (state, _), rule in TRANSITIONS.items()
        if rule.target is State.CONFIRMED and state is not State.CONFIRMED
    ]
    assert leads_to_confirmed == [State.AWAITING_CONFIRMATION]


commands = st.builds(
    Command,
    action=st.sampled_from(Action),
    text=st.sampled_from(["", "because"]),
    ground=st.sampled_from([None, *Ground]),
    evidence=st.one_of(
        st.none(),
        st.builds(
            Evidence,
            method=st.sampled_from(Method),
            at=st.just(NOW),
            by=st.sampled_from([actor.key for actor in ACTORS]),
            on_file=st.booleans(),
        ),
    ),
)


@settings(max_examples=400)
@given(
    st.sampled_from(Right),
    st.lists(st.tuples(commands, st.sampled_from(ACTORS)), max_size=14),
)
def test_no_path_reaches_confirmed_without_verified_identity(
    right: Right, path: list[tuple[Command, Actor]]
) -> None:
    ticket, now = opened(right), NOW
    for command, actor in path:
        now += timedelta(hours=7)
        change = apply(ticket, command, actor, now, RULES)
        if isinstance(change, Denial):
            continue
        ticket = change.ticket
        if ticket.state in NEEDS_IDENTITY:
            assert ticket.verified is not None
            assert suffices(ticket.evidence, right, RULES.policy) is not None
        if change.record.after == State.CONFIRMED and right in RULES.four_eyes:
            confirmed_here = change.record.action == Action.CONFIRM
            vouched = {e.by for e in ticket.evidence if e.method in ATTESTED}
            assert not (confirmed_here and actor.key in vouched)


def test_a_ticket_that_needs_identity_cannot_even_be_made_without_it() -> None:
    with pytest.raises(ValueError, match="without verified identity"):
        replace(opened(), state=State.CONFIRMED)


def test_an_address_that_is_not_on_file_proves_nothing_alone() -> None:
    ticket = done(opened(), coded(on_file=False), THE_CUSTOMER)
    assert ticket.state is State.AWAITING_IDENTITY
    assert done(ticket, attested(AGENT), AGENT).state is State.AWAITING_CONFIRMATION


def test_control_of_the_address_is_enough_to_end_marketing() -> None:
    ticket = done(opened(Right.MARKETING_OBJECTION), coded(on_file=False), THE_CUSTOMER)
    assert ticket.state is State.AWAITING_CONFIRMATION


def test_nobody_vouches_in_anothers_name() -> None:
    assert denied(opened(), attested(AGENT), BOTH) is Denial.NOT_YOUR_ROLE


def test_a_customer_cannot_vouch_and_staff_cannot_give_the_customers_code() -> None:
    forged = Evidence(method=Method.CALL_BACK, at=NOW, by=THE_CUSTOMER.key)
    command = Command(action=Action.VERIFY, evidence=forged)
    assert denied(opened(), command, THE_CUSTOMER) is Denial.NOT_YOUR_ROLE
    code = Evidence(method=Method.EMAIL_CODE, at=NOW, by=AGENT.key, on_file=True)
    command = Command(action=Action.VERIFY, evidence=code)
    assert denied(opened(), command, AGENT) is Denial.NOT_YOUR_ROLE


def test_four_eyes_the_one_who_vouched_does_not_confirm_an_erasure() -> None:
    ticket = done(opened(Right.ERASURE), attested(BOTH), BOTH)
    assert denied(ticket, act(Action.CONFIRM), BOTH) is Denial.FOUR_EYES
    assert done(ticket, act(Action.CONFIRM), APPROVER).state is State.CONFIRMED


def test_of_two_clicks_at_once_the_second_is_stale() -> None:
    seen = in_state(State.AWAITING_CONFIRMATION)
    command = replace(act(Action.CONFIRM), version=seen.version)
    first = done(seen, command, APPROVER)
    assert denied(first, command, BOTH) is Denial.STALE


@pytest.mark.parametrize("action", [Action.ASK, Action.REFUSE, Action.EXTEND, Action.SUSPEND])
def test_no_reason_no_action(action: Action) -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION)
    assert denied(ticket, act(action, "  "), BOTH) is Denial.REASON_MISSING


def test_the_time_is_extended_once_and_only_inside_the_first_month() -> None:
    ticket = opened()
    extended = done(ticket, act(Action.EXTEND), APPROVER)
    assert extended.clock.end(date(2026, 11, 6)).due == date(2027, 2, 8)
    assert denied(extended, act(Action.EXTEND), APPROVER) is Denial.ALREADY_EXTENDED
    late = datetime(2026, 12, 8, 8, tzinfo=UTC)
    assert denied(ticket, act(Action.EXTEND), APPROVER, late) is Denial.TOO_LATE


def test_the_clock_stands_still_until_the_answer_and_no_longer() -> None:
    ticket = done(in_state(State.AWAITING_CONFIRMATION), act(Action.SUSPEND), APPROVER)
    answer = Command(action=Action.ANSWER, text="2024")
    answered = done(ticket, answer, THE_CUSTOMER, NOW + timedelta(days=4))
    assert answered.clock.still_days == 4
    assert answered.clock.suspended_on is None
    assert answered.clock.end(date(2026, 11, 30)).due == date(2026, 12, 10)


def test_an_answer_to_a_doubt_on_identity_starts_the_clock_again() -> None:
    doubt = Command(action=Action.SUSPEND, text="who?", ground=Ground.IDENTITY_DOUBT)
    ticket = done(opened(), doubt, APPROVER)
    answers = (
        done(ticket, Command(action=Action.ANSWER, text="me"), THE_CUSTOMER),
        done(ticket, coded(on_file=False), THE_CUSTOMER),
        done(ticket, attested(AGENT), AGENT),
    )
    for answered in answers:
        assert answered.clock.suspended_on is None
        assert answered.question == ""


def test_confirming_starts_a_clock_that_stands_still() -> None:
    still = Command(action=Action.SUSPEND, text="what?", ground=Ground.CLARIFICATION)
    ticket = done(in_state(State.AWAITING_CONFIRMATION), still, APPROVER)
    assert done(ticket, act(Action.CONFIRM), APPROVER).clock.suspended_on is None


def test_what_the_person_withdrew_needs_the_person_anew() -> None:
    verified = done(opened(), coded(), THE_CUSTOMER)
    withdrawn = done(verified, act(Action.WITHDRAW), THE_CUSTOMER)
    again = done(withdrawn, act(Action.REOPEN), APPROVER)
    assert again.state is State.AWAITING_IDENTITY
    assert again.verified is None
    assert again.evidence == ()


def test_a_reopened_ticket_lapses_no_sooner_than_a_new_one() -> None:
    rules = Rules(lapse_after=timedelta(days=60))
    later = NOW + timedelta(days=61)
    lapsed = transitions.apply(opened(), act(Action.LAPSE), THE_SYSTEM, later, rules)
    assert isinstance(lapsed, Change)
    again = transitions.apply(lapsed.ticket, act(Action.REOPEN), APPROVER, later, rules)
    assert isinstance(again, Change)
    soon = later + timedelta(days=1)
    outcome = transitions.apply(again.ticket, act(Action.LAPSE), THE_SYSTEM, soon, rules)
    assert outcome is Denial.TOO_EARLY


def test_there_is_no_doubt_on_identity_once_it_is_verified() -> None:
    doubt = Command(action=Action.SUSPEND, text="who?", ground=Ground.IDENTITY_DOUBT)
    ticket = in_state(State.AWAITING_CONFIRMATION)
    assert denied(ticket, doubt, APPROVER) is Denial.GROUND_MISSING


def test_a_ticket_lapses_only_after_staff_were_told() -> None:
    untold = replace(opened(), staff_told=False)
    assert denied(untold, act(Action.LAPSE), THE_SYSTEM) is Denial.STAFF_NOT_TOLD


def test_a_ticket_lapses_only_when_the_person_has_proved_nothing_for_long() -> None:
    rules = Rules(lapse_after=timedelta(days=60))
    lapse = act(Action.LAPSE)
    early, late = NOW + timedelta(days=59), NOW + timedelta(days=60)
    assert transitions.apply(opened(), lapse, THE_SYSTEM, early, rules) is Denial.TOO_EARLY
    proved = done(opened(), coded(on_file=False), THE_CUSTOMER)
    assert transitions.apply(proved, lapse, THE_SYSTEM, late, rules) is Denial.TOO_EARLY
    assert isinstance(transitions.apply(opened(), lapse, THE_SYSTEM, late, rules), Change)


@pytest.mark.parametrize("ended", sorted(set(State) - OPEN))
def test_reopening_leads_back_to_identity_unless_it_was_verified(ended: State) -> None:
    ticket = done(in_state(ended), act(Action.REOPEN), APPROVER)
    verified = ticket.verified is not None and ended is not State.WITHDRAWN
    expected = State.AWAITING_CONFIRMATION if verified else State.AWAITING_IDENTITY
    assert ticket.state is expected
    assert ticket.closed_at is None


def test_the_audit_record_holds_no_personal_data() -> None:
    change = apply(opened(), act(Action.ASK, "Matti, which year?"), AGENT, NOW, RULES)
    assert isinstance(change, Change)
    assert "Matti" not in repr(change.record)
    assert "matti" not in repr(change.record)


def test_what_is_offered_is_what_can_be_done() -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION)
    assert Action.CONFIRM in transitions.possible(ticket, APPROVER, NOW, RULES)
    assert Action.CONFIRM not in transitions.possible(ticket, AGENT, NOW, RULES)
    assert Action.RESUME not in transitions.possible(ticket, APPROVER, NOW, RULES)
    assert transitions.possible(in_state(State.FULFILLED), AGENT, NOW, RULES) == ()

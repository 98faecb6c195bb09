"""Identity is proved by codes, by a phone number, by the workspace, or else by staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import CorrectAddress, No, ProveByPhone, Resend, SharePhone
from bot.core.catalog import Right
from bot.core.contacts import OnFile, phone
from bot.core.conversation import verification
from bot.core.conversation.dialogue import Correcting
from bot.core.conversation.reply import Reply
from bot.core.effects import SendCode
from bot.core.tickets import identity
from bot.core.tickets.clock import Ground
from bot.core.tickets.identity import HOUR, Method, Proof
from bot.core.tickets.ticket import State, Ticket
from tests.core.conversation.worlds import (
    CODE,
    EMAIL,
    NOW,
    a_ticket,
    a_world,
    coded,
    keys,
    pressable,
    proved,
    withdrawn,
)
from tests.core.register import on_file

NOBODY = replace(a_ticket(), person=replace(a_ticket().person, email=""))
OTHER = "other@example.com"
NUMBER = "+358401234567"


def mailed(reply: Reply) -> list[str]:
    return [effect.email for effect in reply.effects if isinstance(effect, SendCode)]


def last(reply: Reply) -> Ticket:
    return reply.tickets[-1]


# How it begins


def test_a_code_is_mailed_and_only_its_digest_kept() -> None:
    reply = verification.begin(a_ticket(), a_world(a_ticket()))
    assert mailed(reply) == [EMAIL]
    assert keys(reply) == ["code.sent"]
    assert last(reply).codes_sent == (NOW,)
    assert CODE not in repr(reply.tickets)


def test_an_address_that_the_workspace_vouches_for_needs_no_code() -> None:
    reply = verification.begin(a_ticket(), a_world(a_ticket(), vouched=EMAIL))
    assert not mailed(reply)
    assert [piece.method for piece in last(reply).evidence] == [Method.WORKSPACE]


def test_the_workspace_vouches_for_no_other_address() -> None:
    reply = verification.begin(a_ticket(), a_world(a_ticket(), vouched=OTHER))
    assert mailed(reply) == [EMAIL]
    assert last(reply).evidence == ()


def test_without_an_address_staff_verify_the_person() -> None:
    reply = verification.begin(NOBODY, a_world(NOBODY))
    assert keys(reply) == ["code.by_staff"]
    assert pressable(reply) == []


@pytest.mark.parametrize("ticket", [a_ticket(), NOBODY])
def test_where_a_number_can_be_shared_that_is_offered_too(ticket: Ticket) -> None:
    reply = verification.begin(ticket, a_world(ticket, shares_phone=True))
    assert ProveByPhone("id-1") in pressable(reply)


# How often codes are mailed


@pytest.mark.parametrize(("minutes", "sent"), [(59, False), (60, True)])
def test_an_address_gets_three_codes_an_hour_whoever_asks(minutes: int, sent: bool) -> None:
    times = (NOW - timedelta(minutes=minutes), NOW, NOW)
    reply = verification.resend(a_ticket(), a_world(a_ticket(), codes_sent={EMAIL: times}))
    assert bool(mailed(reply)) is sent
    assert ("code.too_many" in keys(reply)) is not sent


def test_a_person_gets_three_codes_an_hour_wherever_to() -> None:
    elsewhere = a_ticket(id="id-2", codes_sent=(NOW, NOW, NOW))
    assert not mailed(verification.resend(a_ticket(), a_world(a_ticket(), elsewhere)))


def test_three_an_hour_also_by_correcting() -> None:
    ticket = a_ticket(codes_sent=(NOW, NOW, NOW))
    reply = verification.take_address(ticket, OTHER, a_world(ticket, codes_sent={OTHER: ()}))
    assert last(reply).person.email == OTHER
    assert not mailed(reply)


def test_three_an_hour_also_to_the_corrected_address() -> None:
    world = a_world(a_ticket(), codes_sent={EMAIL: (), OTHER: (NOW, NOW, NOW)})
    assert not mailed(verification.take_address(a_ticket(), OTHER, world))


def test_to_an_address_that_was_not_looked_up_no_code_is_sent() -> None:
    with pytest.raises(KeyError):
        verification.resend(a_ticket(), a_world(a_ticket(), codes_sent={}))


@pytest.mark.parametrize("ticket", [NOBODY, proved(a_ticket()), withdrawn(a_ticket())])
def test_no_code_is_sent_again_where_none_is_awaited(ticket: Ticket) -> None:
    assert keys(verification.resend(ticket, a_world(ticket))) == ["stale_button"]


# Taking a code


def test_a_right_code_proves_control_of_its_address() -> None:
    ticket = coded(a_ticket())
    reply = verification.take_code(CODE, a_world(ticket))
    assert keys(reply) == ["code.right"]
    assert [piece.proofs for piece in last(reply).evidence] == [{Proof.CONTROL}]
    assert last(reply).state is State.AWAITING_IDENTITY


def test_on_file_the_same_words_are_said_and_the_identity_is_verified() -> None:
    ticket = coded(a_ticket())
    unknown = verification.take_code(CODE, a_world(ticket))
    known = verification.take_code(CODE, a_world(ticket, on_file=on_file((EMAIL,))))
    assert (known.parts, known.choices) == (unknown.parts, unknown.choices)
    assert last(known).state is State.AWAITING_CONFIRMATION


def test_one_code_proves_every_ticket_of_its_address_and_no_other() -> None:
    first, second = coded(a_ticket()), a_ticket(Right.ERASURE, id="id-2")
    third = replace(a_ticket(id="id-3"), person=replace(second.person, email=OTHER))
    reply = verification.take_code(CODE, a_world(first, second, third))
    assert {ticket.id for ticket in reply.tickets if ticket.evidence} == {"id-1", "id-2"}


def test_of_two_codes_for_one_address_either_counts() -> None:
    first, second = coded(a_ticket()), coded(a_ticket(id="id-2"), code="11111111")
    reply = verification.take_code("11111111", a_world(first, second))
    now = {ticket.id: ticket for ticket in reply.tickets}
    assert all(len(ticket.evidence) == 1 for ticket in now.values())
    assert all(ticket.challenge is None for ticket in now.values())


def test_a_wrong_code_is_counted_and_the_tries_left_are_told() -> None:
    reply = verification.take_code("00000000", a_world(coded(a_ticket())))
    assert keys(reply) == ["code.wrong"]
    assert reply.parts[0].values == {"left": 4}  # type: ignore[union-attr]
    assert pressable(reply) == [Resend("id-1"), CorrectAddress("id-1")]
    assert not last(reply).evidence


def test_after_five_wrong_tries_the_right_code_is_right_no_more() -> None:
    ticket = coded(a_ticket())
    for _ in range(5):
        ticket = last(verification.take_code("00000000", a_world(ticket)))
    assert keys(verification.take_code(CODE, a_world(ticket))) == ["code.exhausted"]


def test_a_code_lives_for_fifteen_minutes() -> None:
    late = coded(a_ticket(), sent_at=NOW - timedelta(minutes=15, seconds=1))
    assert keys(verification.take_code(CODE, a_world(late))) == ["code.expired"]


@pytest.mark.parametrize("ticket", [a_ticket(), withdrawn(coded(a_ticket()))])
def test_a_code_that_nobody_awaits_proves_nothing(ticket: Ticket) -> None:
    assert keys(verification.take_code(CODE, a_world(ticket))) == ["code.none"]


# A mistyped address


def test_the_right_address_is_asked_for() -> None:
    reply = verification.correct(a_ticket(), a_world(a_ticket()))
    assert reply.state == Correcting("id-1")
    assert keys(reply) == ["correct.prompt"]
    assert pressable(reply) == [No()]


def test_what_was_proved_of_an_address_cannot_be_moved_to_another() -> None:
    ticket = proved(a_ticket())
    world = a_world(ticket, codes_sent={OTHER: ()})
    assert keys(verification.correct(ticket, world)) == ["stale_button"]
    assert verification.take_address(ticket, OTHER, world) == Reply()
    assert not verification.may_correct(ticket, OTHER)


def test_another_address_gets_a_code_and_the_old_code_is_void() -> None:
    ticket = coded(a_ticket(), code="11111111", sent_at=NOW - HOUR)
    world = a_world(ticket, codes_sent={OTHER: ()})
    reply = verification.take_address(ticket, f"se on {OTHER}", world)
    assert mailed(reply) == [OTHER]
    assert last(reply).person.email == OTHER
    old = verification.take_code("11111111", a_world(last(reply)))
    assert keys(old) == ["code.wrong"]


@pytest.mark.parametrize(("address", "may"), [(OTHER, True), (EMAIL, False), ("matti", False)])
def test_only_another_address_may_take_the_place(address: str, may: bool) -> None:
    assert verification.may_correct(a_ticket(), address) is may


# A phone number


def test_the_number_is_asked_for_by_the_platform_s_own_button() -> None:
    reply = verification.ask_for_phone(a_ticket(), a_world(shares_phone=True))
    assert pressable(reply) == [SharePhone()]


@pytest.mark.parametrize(("ticket", "shares"), [(a_ticket(), False), (withdrawn(a_ticket()), True)])
def test_the_number_is_not_asked_for_in_vain(ticket: Ticket, shares: bool) -> None:
    reply = verification.ask_for_phone(ticket, a_world(ticket, shares_phone=shares))
    assert keys(reply) == ["stale_button"]


def test_a_number_is_proved_for_every_ticket_that_waits_in_the_same_words() -> None:
    world = a_world(a_ticket(), a_ticket(id="id-2"), withdrawn(a_ticket(id="id-3")))
    unknown = verification.take_phone(NUMBER, world)
    linked = on_file((EMAIL, NUMBER))
    known = verification.take_phone(NUMBER, replace(world, on_file=linked))
    assert (known.parts, known.choices) == (unknown.parts, unknown.choices)
    now = {ticket.id: ticket for ticket in known.tickets}
    assert {ticket.state for ticket in now.values()} == {State.AWAITING_CONFIRMATION}
    assert now.keys() == {"id-1", "id-2"}
    assert all(ticket.phones == (NUMBER,) for ticket in now.values())
    assert {t.state for t in unknown.tickets} == {State.AWAITING_IDENTITY}


def test_a_number_on_file_proves_nothing_of_an_address_that_nobody_links_with_it() -> None:
    world = a_world(a_ticket(), on_file=on_file((NUMBER,), (EMAIL,)))
    reply = verification.take_phone(NUMBER, world)
    assert last(reply).state is State.AWAITING_IDENTITY
    assert last(reply).is_proved(phone(NUMBER))
    assert not last(reply).address_is_proved


def test_a_number_alone_proves_a_request_that_names_no_address() -> None:
    reply = verification.take_phone(NUMBER, a_world(NOBODY, on_file=on_file((NUMBER,))))
    assert keys(reply) == ["phone.taken"]
    assert last(reply).state is State.AWAITING_CONFIRMATION


def test_a_number_that_was_added_to_what_is_verified_already_changes_nothing() -> None:
    ticket = last(
        verification.take_code(CODE, a_world(coded(a_ticket()), on_file=on_file((EMAIL,))))
    )
    reply = verification.take_phone(NUMBER, a_world(ticket, on_file=on_file((NUMBER,))))
    assert (keys(reply), reply.tickets) == (["phone.taken"], ())


def test_the_code_is_still_wanted_after_the_number_and_still_counts() -> None:
    world = a_world(coded(a_ticket()), on_file=on_file((EMAIL, NUMBER)))
    shared = verification.take_phone(NUMBER, world)
    assert keys(shared) == ["phone.taken", "phone.code_too"]
    assert pressable(shared) == [], "Telegram takes its own button away with a message without any"
    assert last(shared).state is State.AWAITING_CONFIRMATION
    after = world.changed(shared.tickets)
    assert keys(verification.resend(last(shared), after)) == ["code.sent"]
    proved_too = last(verification.take_code(CODE, after))
    assert proved_too.address_is_proved
    assert proved_too.verified == last(shared).verified


def test_a_second_proof_is_answered_the_same_whether_the_first_contact_was_on_file() -> None:
    """Otherwise the answer would tell what the register holds."""

    def answered(known: OnFile) -> list[list[str]]:
        world = a_world(a_ticket(), shares_phone=True, on_file=known)
        first = verification.take_phone(NUMBER, world)
        after = world.changed(first.tickets)
        again = verification.take_phone(NUMBER, after)
        return [keys(again), keys(verification.ask_for_phone(last(first), after))]

    assert (
        answered(on_file((NUMBER,)))
        == answered(OnFile())
        == [["phone.taken", "phone.code_too"], ["phone.prompt"]]
    )


def test_the_number_of_somebody_else_proves_nothing() -> None:
    reply = verification.take_phone("", a_world(a_ticket()))
    assert (keys(reply), reply.tickets) == (["phone.foreign"], ())


def test_a_number_that_nobody_asked_for_proves_nothing() -> None:
    assert keys(verification.take_phone(NUMBER, a_world())) == ["phone.none"]


# What a customer is told of a state


@pytest.mark.parametrize("state", [State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION])
def test_whoever_has_not_proved_the_address_is_waited_for_whatever_is_on_file(
    state: State,
) -> None:
    register = on_file((EMAIL, NUMBER)) if state is State.AWAITING_CONFIRMATION else OnFile()
    reply = verification.take_phone(NUMBER, a_world(a_ticket(), on_file=register))
    assert last(reply).state is state
    assert verification.phase(last(reply)) == verification.AWAITING_CODE
    assert verification.may_correct(last(reply), OTHER)


def test_whom_staff_vouch_for_need_not_prove_the_address() -> None:
    vouched = identity.attestation(Method.IN_PERSON, "staff:sari", NOW)
    ticket = replace(a_ticket(), evidence=(vouched,), verified=vouched)
    assert verification.phase(ticket) == verification.WITH_STAFF


def test_a_right_code_reads_the_same_on_file_or_not() -> None:
    assert verification.phase(proved(a_ticket())) == "with_staff"
    assert verification.phase(NOBODY) == "with_staff"


def test_a_clock_that_stands_still_is_told() -> None:
    clock = replace(a_ticket().clock, suspended_on=NOW.date(), ground=Ground.CLARIFICATION)
    assert verification.phase(a_ticket(clock=clock)) == "suspended"


def test_any_other_state_is_told_as_it_is() -> None:
    assert verification.phase(a_ticket()) == verification.AWAITING_CODE
    assert verification.phase(withdrawn(a_ticket())) == State.WITHDRAWN

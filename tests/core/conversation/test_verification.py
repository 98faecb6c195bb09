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
from bot.core.effects import SendCode, Text
from bot.core.tickets import identity
from bot.core.tickets.clock import Ground
from bot.core.tickets.code_budget import HOUR, CodeEvent, Limit, SentCodes, disowning_word
from bot.core.tickets.identity import Method, Proof
from bot.core.tickets.ticket import Extent, State, Ticket
from tests.core.conversation.worlds import (
    CODE,
    EMAIL,
    KEY,
    NOW,
    Codes,
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


def test_a_person_gets_three_codes_an_hour_wherever_to() -> None:
    elsewhere = a_ticket(id="id-2", codes_sent=(NOW, NOW, NOW))
    assert not mailed(verification.resend(a_ticket(), a_world(a_ticket(), elsewhere)))


def test_three_an_hour_also_by_correcting() -> None:
    ticket = a_ticket(codes_sent=(NOW, NOW, NOW))
    reply = verification.take_address(ticket, OTHER, a_world(ticket))
    assert last(reply).person.email == OTHER
    assert not mailed(reply)


def test_a_code_that_may_not_be_sent_yet_is_told_with_the_time_from_which_on_it_may() -> None:
    codes = Codes(named={EMAIL: SentCodes(to_pair=[NOW - timedelta(seconds=1)] * 3)})
    reply = verification.resend(a_ticket(), a_world(a_ticket(), codes=codes))
    assert not mailed(reply)
    (told,) = reply.parts
    # In local time, and rounded up: at that minute it is sent.
    assert told == Text(key="code.too_many", values={"at": "2026-11-06T11:00"})
    (note,) = reply.codes
    assert (note.event, note.limit) == (CodeEvent.LIMITED, Limit.PAUSE)


def test_the_limit_of_the_address_that_is_written_to_counts() -> None:
    codes = Codes(named={OTHER: SentCodes(to_address=[NOW] * 6)})
    reply = verification.take_address(a_ticket(), OTHER, a_world(a_ticket(), codes=codes))
    assert not mailed(reply)
    assert reply.codes[0].limit is Limit.ADDRESS


def test_who_proved_the_address_before_is_no_stranger_to_it() -> None:
    earlier = proved(a_ticket(Right.ERASURE, id="id-0"))
    codes = Codes(sent=SentCodes(to_address=[NOW] * 6, disowned=True))
    reply = verification.begin(a_ticket(), a_world(earlier, a_ticket(), codes=codes))
    assert mailed(reply) == [EMAIL]
    assert not reply.codes[0].stranger
    assert [e.word for e in reply.effects if isinstance(e, SendCode)] == [""]


def test_proof_of_another_address_does_not_count() -> None:
    elsewhere = a_ticket(Right.ERASURE, id="id-0")
    elsewhere = proved(replace(elsewhere, person=replace(elsewhere.person, email=OTHER)))
    codes = Codes(sent=SentCodes(to_address=[NOW] * 6))
    assert not mailed(verification.begin(a_ticket(), a_world(elsewhere, a_ticket(), codes=codes)))


def test_proof_of_a_number_is_none_of_the_address() -> None:
    by_phone = last(verification.take_phone(NUMBER, a_world(a_ticket())))
    assert by_phone.evidence
    codes = Codes(sent=SentCodes(to_address=[NOW] * 6))
    assert not mailed(verification.resend(by_phone, a_world(by_phone, codes=codes)))


# "This was not me"


def test_a_letter_to_a_stranger_s_address_holds_the_word_that_disowns_it() -> None:
    reply = verification.begin(a_ticket(), a_world(a_ticket()))
    (letter,) = (effect for effect in reply.effects if isinstance(effect, SendCode))
    assert letter.word == disowning_word(EMAIL, KEY)
    assert reply.codes[0].word == letter.word


def test_who_sends_the_word_is_thanked_and_it_is_noted() -> None:
    reply = verification.disown("BCDF-GHKL", a_world(codes=Codes(words=frozenset({"BCDF-GHKL"}))))
    assert keys(reply) == ["code.disowned"]
    assert (reply.codes[0].event, reply.codes[0].word) == (CodeEvent.DISOWNED, "BCDF-GHKL")


def test_the_code_of_an_earlier_letter_is_no_guess() -> None:
    earlier = coded(a_ticket()).challenge
    newer = identity.challenge("11111111", "id-1", KEY, NOW, earlier)
    reply = verification.take_code(CODE, a_world(replace(a_ticket(), challenge=newer)))
    assert keys(reply) == ["code.superseded"]
    assert pressable(reply) == [Resend("id-1"), CorrectAddress("id-1")]
    assert reply.codes == ()


def test_a_word_that_nobody_knows_counts_as_a_wrong_code() -> None:
    reply = verification.disown("BCDF-GHKL", a_world())
    assert keys(reply) == ["code.word_unknown"]
    assert reply.codes[0].event is CodeEvent.WRONG


def test_who_reads_the_mailbox_gets_a_code_in_spite_of_what_strangers_used_up() -> None:
    codes = Codes(sent=SentCodes(to_address=[NOW] * 6, disowned=True))
    world = a_world(a_ticket(), codes=codes)
    reply = verification.disown(disowning_word(EMAIL, KEY), world)
    assert keys(reply)[:2] == ["code.disowned", "code.reader"]
    assert mailed(reply) == [EMAIL]
    assert [(note.event, note.stranger) for note in reply.codes] == [
        (CodeEvent.DISOWNED, True),
        (CodeEvent.SENT, False),
    ]
    reader = last(reply)
    assert mailed(verification.resend(reader, a_world(reader, codes=codes))) == [EMAIL]


def test_the_word_of_another_mailbox_changes_no_limit() -> None:
    codes = Codes(sent=SentCodes(disowned=True), words=frozenset({"BCDF-GHKL"}))
    reply = verification.disown("BCDF-GHKL", a_world(a_ticket(), codes=codes))
    assert keys(reply) == ["code.disowned"]
    assert not reply.tickets


def test_the_word_counts_for_the_address_that_it_is_of() -> None:
    codes = Codes(sent=SentCodes(disowned=True))
    word = disowning_word(EMAIL, KEY)
    reader = last(verification.disown(word, a_world(a_ticket(), codes=codes)))
    corrected = verification.take_address(reader, OTHER, a_world(reader, codes=codes))
    assert not mailed(corrected)


def test_even_who_reads_the_mailbox_has_few_codes_mailed() -> None:
    often = SentCodes(to_pair=[NOW] * 3, to_address=[NOW] * 6)
    word = disowning_word(EMAIL, KEY)
    reply = verification.disown(word, a_world(a_ticket(), codes=Codes(sent=often)))
    assert not mailed(reply)
    assert reply.codes[-1].limit is Limit.PAUSE


def test_to_a_disowned_address_no_stranger_has_a_code_sent() -> None:
    codes = Codes(sent=SentCodes(disowned=True))
    reply = verification.begin(a_ticket(), a_world(a_ticket(), codes=codes))
    assert not mailed(reply)
    assert keys(reply) == ["code.never"]


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
    world = a_world(ticket)
    assert keys(verification.correct(ticket, world)) == ["stale_button"]
    assert verification.take_address(ticket, OTHER, world) == Reply()
    assert not verification.may_correct(ticket, OTHER)


def test_another_address_gets_a_code_and_the_old_code_is_void() -> None:
    ticket = coded(a_ticket(), code="11111111", sent_at=NOW - HOUR)
    world = a_world(ticket)
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


@pytest.mark.parametrize("known", [(NUMBER,), ()])
def test_a_number_counts_beside_an_address_that_has_verified_already(known: tuple[str]) -> None:
    ticket = last(
        verification.take_code(CODE, a_world(coded(a_ticket()), on_file=on_file((EMAIL,))))
    )
    reply = verification.take_phone(NUMBER, a_world(ticket, on_file=on_file((EMAIL,), known)))
    assert keys(reply) == ["phone.taken"]
    assert last(reply).is_proved(phone(NUMBER))
    assert (last(reply).state, last(reply).verified) == (ticket.state, ticket.verified)


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
    partly = replace(withdrawn(a_ticket()), extent=Extent.PARTLY)
    assert verification.phase(partly) == "fulfilled_partly"

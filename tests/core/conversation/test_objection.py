"""Who proves a contact of an objection to marketing is told at once that it holds."""

from __future__ import annotations

from dataclasses import replace

from bot.core.catalog import Right
from bot.core.conversation import objection, verification
from bot.core.conversation.reply import Reply
from bot.core.effects import Text
from bot.core.tickets.ticket import Ticket
from tests.core.conversation.worlds import CODE, EMAIL, a_ticket, a_world, coded, keys
from tests.core.register import on_file

NUMBER = "+358401234567"
TOLD = "objection.in_force"


def marketing() -> Ticket:
    return replace(a_ticket(), right=Right.MARKETING_OBJECTION)


def named(reply: Reply) -> list[object]:
    parts = [part for part in reply.parts if isinstance(part, Text) and part.key == TOLD]
    return [part.values["contacts"] for part in parts]


def test_a_right_code_is_answered_with_what_holds_from_now_on() -> None:
    ticket = coded(marketing())
    reply = verification.take_code(CODE, a_world(ticket))
    assert keys(reply) == ["code.right", TOLD]
    assert named(reply) == [EMAIL]


def test_the_same_is_told_whether_the_address_is_on_file_or_not() -> None:
    ticket = coded(marketing())
    known = verification.take_code(CODE, a_world(ticket, on_file=on_file((EMAIL,))))
    unknown = verification.take_code(CODE, a_world(ticket))
    assert known.parts == unknown.parts


def test_an_address_that_the_workspace_vouches_for_is_on_the_list_at_once() -> None:
    reply = verification.begin(marketing(), a_world(vouched=EMAIL))
    assert keys(reply) == ["vouched.taken", TOLD]


def test_a_shared_number_is_on_the_list_and_the_address_not_yet() -> None:
    reply = verification.take_phone(NUMBER, a_world(coded(marketing()), shares_phone=True))
    assert named(reply) == [NUMBER]


def test_a_second_proof_tells_of_what_is_new_alone() -> None:
    first = verification.take_phone(NUMBER, a_world(coded(marketing()), shares_phone=True))
    reply = verification.take_code(CODE, a_world(first.tickets[-1]))
    assert named(reply) == [EMAIL]


def test_nothing_is_said_of_other_rights() -> None:
    assert TOLD not in keys(verification.take_code(CODE, a_world(coded(a_ticket()))))


def test_a_wrong_code_stops_nothing() -> None:
    assert TOLD not in keys(verification.take_code("11112222", a_world(coded(marketing()))))


def test_several_contacts_are_named_in_one_sentence() -> None:
    both = verification.take_phone(NUMBER, a_world(coded(marketing()), shares_phone=True))
    proved = verification.take_code(CODE, a_world(both.tickets[-1])).tickets[-1]
    [told] = objection.told(None, proved)
    assert told.values["contacts"] == f"{EMAIL}, {NUMBER}"

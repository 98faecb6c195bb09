"""A press for the copy: its files follow, once."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import SendCopy
from bot.core.conversation.on_button import on_button
from bot.core.conversation.reply import Reply
from bot.core.effects import SendFile
from bot.core.tickets.ticket import Ticket
from tests.core.conversation.worlds import NOW, a_dialogue, a_world, keys
from tests.core.tickets.test_chat_copy import RULES, delivered


def pressed(ticket: Ticket) -> Reply:
    world = a_world(ticket)
    known = replace(world.knowledge, rules=RULES)
    here = replace(world, knowledge=known, now=NOW)
    return on_button(a_dialogue(), SendCopy(ticket.id), here)


def test_each_file_is_sent_to_the_conversation_itself() -> None:
    ticket = delivered("a.json", "b.json")
    in_a_thread = replace(ticket, person=replace(ticket.person, thread="9"))
    reply = pressed(in_a_thread)
    assert keys(reply) == ["copy.sent"]
    assert reply.effects == tuple(
        SendFile(to=ticket.person, ticket=ticket.id, number=ticket.number, file=name, name=name)
        for name in ("a.json", "b.json")
    )
    [kept] = reply.tickets
    again = pressed(kept)
    assert (keys(again), again.effects, again.tickets) == (["copy.on_its_way"], (), ())


def test_of_a_copy_that_is_gone_nothing_is_sent() -> None:
    reply = pressed(replace(delivered(), files=()))
    assert (keys(reply), reply.effects, reply.tickets) == (["copy.gone"], (), ())

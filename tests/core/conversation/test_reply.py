"""Replies are values: joined one after the other, the later one counts."""

from __future__ import annotations

from bot.core.buttons import No, Yes
from bot.core.catalog import Language
from bot.core.conversation.answers import DECLINE, MAKE
from bot.core.conversation.dialogue import Idle, Withdrawing
from bot.core.conversation.reply import NOTHING, Reply, act, joined, say, stale, stopped
from bot.core.effects import ShowTicket
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action
from tests.core.conversation.worlds import a_ticket, a_world, keys, pressable, withdrawn


def test_what_is_said_comes_in_its_order() -> None:
    reply = say("one").offering(MAKE) + say("two", number=2).offering(DECLINE)
    assert keys(reply) == ["one", "two"]
    assert pressable(reply) == [Yes(), No()]


def test_of_two_replies_the_later_state_counts() -> None:
    first = Reply(state=Idle(), language=Language.EN, unanswered="Who?")
    later = Reply(state=Withdrawing("id-1"), language=Language.SV, unanswered="Where?")
    both = first + later
    assert (both.state, both.language, both.unanswered) == (
        Withdrawing("id-1"),
        Language.SV,
        "Where?",
    )


def test_what_a_later_reply_leaves_open_stays() -> None:
    first = say("one").then(Idle()) + Reply(language=Language.EN, unanswered="Who?")
    assert first + NOTHING == first
    assert NOTHING + first == first


def test_many_replies_are_joined_and_none_says_nothing() -> None:
    assert keys(joined(map(say, "abc"))) == ["a", "b", "c"]
    assert joined([]) == NOTHING


def test_what_is_stopped_is_left() -> None:
    assert stopped().state == Idle()
    assert stale().state is None


def test_a_changed_ticket_is_recorded_and_shown_to_the_desk() -> None:
    world = a_world(a_ticket())
    reply = act(world.tickets[0], Command(action=Action.WITHDRAW), world)
    assert reply is not None
    assert reply.tickets == (withdrawn(a_ticket()),)
    assert [record.action for record in reply.records] == ["withdraw"]
    assert reply.effects == (ShowTicket(ticket="id-1", number="T-2026-0001"),)


def test_what_the_table_does_not_allow_is_not_done() -> None:
    ended = withdrawn(a_ticket())
    assert act(ended, Command(action=Action.WITHDRAW), a_world(ended)) is None

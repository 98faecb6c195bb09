"""Where the right address of a ticket is asked for, one is taken, and nothing else."""

from __future__ import annotations

import pytest

from bot.core.conversation.dialogue import Idle
from bot.core.conversation.on_correction import take
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import a_ticket, a_world, keys

OTHER = "other@example.com"
TICKET = a_ticket()
WORLD = a_world(TICKET)


@pytest.mark.parametrize("means", [Meaning.VALUE, Meaning.CHANGE])
def test_an_address_is_taken(means: Meaning) -> None:
    reply = take(TICKET, Reading(means=means, value=OTHER), OTHER, WORLD)
    assert reply is not None
    assert reply.tickets[-1].person.email == OTHER
    assert reply.state == Idle()


@pytest.mark.parametrize("means", [Meaning.STOP, Meaning.REFUSE, Meaning.POSTPONE])
def test_an_end_leaves_it_as_it_was(means: Meaning) -> None:
    reply = take(TICKET, Reading(means=means), "lopeta", WORLD)
    assert reply is not None
    assert (keys(reply), reply.tickets) == (["stopped"], ())


def test_a_plain_no_does_so_too_and_a_longer_one_is_asked_again() -> None:
    plain = take(TICKET, Reading(means=Meaning.NO_EMAIL), "ei", WORLD)
    longer = take(TICKET, Reading(means=Meaning.NO_EMAIL), "ei minulla ole", WORLD)
    assert plain is not None
    assert longer is not None
    assert keys(plain) == ["stopped"]
    assert keys(longer) == ["field.email.invalid", "correct.prompt"]


def test_something_else_is_left_to_others() -> None:
    assert take(TICKET, Reading(means=Meaning.QUESTION), "evästeet?", WORLD) is None

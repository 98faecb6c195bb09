"""The buttons of cards: what they carry, and what is none of ours."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.desk.form import DETAILS, Form
from bot.channels.desk.offers import offered
from bot.channels.desk.press import press, pressed
from bot.core.tickets.inquiries import ANSWER
from bot.core.tickets.ticket import Action, State
from tests.factories import (
    LATE,
    NOW,
    RULES,
    a_question,
    a_ticket,
    in_state,
    suspended,
)

KEY = b"a key of thirty-two bytes, or so"
LONGEST_DATA = 64  # bytes of a button in Telegram


@given(st.sampled_from([*Action, ANSWER, DETAILS]), st.uuids(), st.integers(1, 99_999))
def test_a_press_says_what_was_offered(action: str, id: UUID, version: int) -> None:
    ticket = replace(a_ticket(), id=str(id), version=version)
    data = press(KEY, action, ticket)
    assert pressed(KEY, data) == Form(action=action, subject=str(id), version=version)
    assert len(data.encode()) <= LONGEST_DATA
    assert ticket.person.name not in data


def forged() -> Iterator[str]:
    """Yield data that was never put on a button for this state of the ticket."""
    ticket = in_state(State.AWAITING_CONFIRMATION)
    good = press(KEY, "confirm", ticket)
    said, _, tag = good.rpartition(":")
    action, packed, version = said.split(":")
    other = base64.urlsafe_b64encode(UUID(int=5).bytes).decode().rstrip("=")
    yield from (f"{said}:", said, good[:-1], good[1:], f"{good}=", f"{good}A", good.upper())
    yield f"{good}:x"
    yield f"fulfil:{packed}:{version}:{tag}"
    yield f"refuse:{packed}:{version}:{tag}"
    yield f"{action}:{other}:{version}:{tag}"
    yield f"{action}:{packed}:{int(version) + 1}:{tag}"
    yield f"{said}:{tag[::-1]}"
    yield press(b"another key that is just as long", "confirm", ticket)
    yield from ("", ":", ":::", "::::", "\x00", "ä" * 32, "ä" * 2000, "\ud800", "confirm")
    yield "confirm:AAAAAAAAAAAAAAAAAAAAAA:1:AAAAAAAAAAAA"


@pytest.mark.parametrize("data", list(forged()), ids=itertools.count())
def test_what_was_altered_forged_or_cut_is_no_press(data: str) -> None:
    assert pressed(KEY, data) is None


def test_a_card_offers_what_can_be_begun_what_brings_it_on_first() -> None:
    new = offered(a_ticket(), NOW, RULES)
    together = ["take", "hand_over", "note", "add_task"]
    others = ["verify", "ask", "extend", "suspend", "represent", "refuse"]
    assert list(new) == [*others, *together, DETAILS]
    confirmed = offered(in_state(State.CONFIRMED), NOW, RULES)
    assert list(confirmed) == [
        *("fulfil", "ask", "extend", "suspend", "refuse"),
        *together,
        DETAILS,
    ]
    assert list(offered(suspended(), NOW, RULES))[:2] == ["verify", "ask"]
    assert {"resume", "suspend"} & set(offered(suspended(), NOW, RULES)) == {"resume"}
    assert list(offered(in_state(State.FULFILLED), NOW, RULES)) == ["reopen", "note", DETAILS]
    assert list(offered(a_question(), NOW, RULES)) == [ANSWER, DETAILS]
    assert not offered(replace(a_question(), closed_at=NOW), NOW, RULES)


def test_a_card_that_is_drawn_late_offers_no_extension() -> None:
    assert not {"extend", "suspend"} & set(offered(a_ticket(), LATE, RULES))

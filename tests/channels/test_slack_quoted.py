"""A reply in a thread is one to the message of ours that the thread stands below."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.slack.incoming import Json
from bot.channels.slack.quoted import quoted
from bot.errors import TryLater

REPLY = {"channel": "D1", "ts": "2.0", "thread_ts": "1.0", "text": "se toinen"}
QUESTION = {"ts": "1.0", "user": "UBOT", "text": "T-2026-0001: mikä &lt;tilaus&gt;?"}


def read(event: Json, root: Json | Exception = QUESTION) -> str:
    asked: list[tuple[str, str]] = []

    async def fetch(channel: str, ts: str) -> Json:
        asked.append((channel, ts))
        if isinstance(root, Exception):
            raise root
        return root

    words = asyncio.run(quoted(event, "UBOT", fetch))
    assert asked in ([], [("D1", "1.0")])
    return words


def test_the_words_of_the_message_are_those_that_were_read() -> None:
    assert read(REPLY) == "T-2026-0001: mikä <tilaus>?"
    assert read({**REPLY, "parent_user_id": "UBOT"}) == "T-2026-0001: mikä <tilaus>?"


@pytest.mark.parametrize(
    "event",
    [
        {"channel": "D1", "ts": "2.0"},
        {"channel": "D1", "ts": "1.0", "thread_ts": "1.0"},
        {**REPLY, "parent_user_id": "U1"},
    ],
)
def test_who_replies_to_nothing_of_ours_costs_no_call(event: Json) -> None:
    assert read(event, AssertionError("asked")) == ""


@pytest.mark.parametrize("root", [{}, {"ts": "1.0", "user": "U1", "text": "T-2026-0001"}])
def test_a_message_that_is_gone_or_of_somebody_else_is_no_question_of_ours(root: Json) -> None:
    assert read(REPLY, root) == ""


@pytest.mark.parametrize("fault", [TryLater("429"), TimeoutError()])
def test_where_slack_does_not_tell_the_words_are_taken_all_the_same(fault: Exception) -> None:
    assert read(REPLY, fault) == ""


def test_nobody_waits_long_for_it() -> None:
    async def never(_channel: str, _ts: str) -> Json:
        await asyncio.Event().wait()
        return {}

    assert asyncio.run(quoted(REPLY, "UBOT", never, wait=0.01)) == ""

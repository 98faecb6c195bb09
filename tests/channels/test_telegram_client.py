"""What the client relies on in python-telegram-bot, and how its errors become ours."""

from __future__ import annotations

import asyncio
import inspect
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.client import Moved, translate_errors, wait_out_rate_limit
from bot.errors import Gone, Refused, ShutOut, TryLater

SECRET = "Kanarialintu"


def test_the_private_method_that_fetches_raw_updates_is_as_it_was() -> None:
    """`UpdatesBot` calls it; when this fails, look at it again before the pin is moved."""
    parameters = inspect.signature(Bot._post).parameters
    assert list(parameters) == [
        "self",
        "endpoint",
        "data",
        "read_timeout",
        "write_timeout",
        "connect_timeout",
        "pool_timeout",
        "api_kwargs",
    ]
    assert parameters["read_timeout"].kind is inspect.Parameter.KEYWORD_ONLY
    assert inspect.iscoroutinefunction(Bot._post)


@pytest.mark.parametrize(
    ("raised", "ours"),
    [
        (ChatMigrated(-100), Moved),
        (Forbidden(SECRET), Gone),
        (InvalidToken(SECRET), ShutOut),
        (Conflict(SECRET), TryLater),
        (BadRequest(f"Chat not found {SECRET}"), Gone),
        (BadRequest(f"TOPIC_CLOSED {SECRET}"), Gone),
        (BadRequest(SECRET), Refused),
        (NetworkError(SECRET), TryLater),
        (TimedOut(SECRET), TryLater),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, TelegramError) else "",
)
def test_an_error_becomes_ours_without_what_telegram_quotes(
    raised: TelegramError, ours: type[Exception]
) -> None:
    with pytest.raises(ours) as caught, translate_errors():
        raise raised
    assert type(caught.value) is ours
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("after", [7, timedelta(seconds=7)])
def test_a_rate_limit_says_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch, after: int | timedelta
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # as `bot_of` does
    with pytest.raises(TryLater) as caught, translate_errors():
        raise RetryAfter(after)
    assert caught.value.after == 7


@pytest.mark.parametrize(("until", "calls"), [(0.0, 1), (float("inf"), 3)])
def test_a_rate_limit_is_waited_out_up_to_the_deadline(until: float, calls: int) -> None:
    made: list[int] = []

    async def call() -> str:
        made.append(len(made))
        if len(made) < 3:
            raise TryLater("429", after=0)
        return "sent"

    if calls == 3:
        assert asyncio.run(wait_out_rate_limit(call, until)) == "sent"
    else:
        with pytest.raises(TryLater):
            asyncio.run(wait_out_rate_limit(call, until))
    assert len(made) == calls

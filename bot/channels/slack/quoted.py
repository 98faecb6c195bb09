"""The message that a thread reply answers; Slack events name it but do not include it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.slack.incoming import Json, as_typed
from bot.errors import DeliveryError

_WAIT = 0.4  # seconds: an event should be acknowledged within one, and the profile takes its part

Fetch = Callable[[str, str], Awaitable[Json]]


async def quoted(event: Json, bot: str, fetch: Fetch, wait: float = _WAIT) -> str:
    """Return the words of the bot's message that a message replies to, else nothing.

    Nothing either where Slack does not say so in time: then the words are taken as written
    outside the thread, and what may be an answer is offered as one before it goes anywhere.
    """
    root = str(event.get("thread_ts") or "")
    if not root or root == event.get("ts") or event.get("parent_user_id", bot) != bot:
        return ""
    try:
        async with asyncio.timeout(wait):
            before = await fetch(str(event["channel"]), root)
    except (DeliveryError, TimeoutError):
        return ""
    return as_typed(str(before.get("text") or "")) if before.get("user") == bot else ""

"""Mails codes and letters, and probes the mail server daily."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.channels.mail.letter import Letter, Texts, code_letter, ticket_letter
from bot.core.effects import Effect, Probe, Say, SendCode, SendLetter
from bot.core.envelopes import ClaimedEffect
from bot.core.messages import Message


class Post(Protocol):
    """Where letters are handed over. Both methods raise only DeliveryError."""

    async def send(self, letter: Letter, *, key: str = "") -> None:
        """Hand over one letter; see `email_message` for the key."""

    async def probe(self) -> None:
        """Check everything that sending a letter needs, without sending one."""


class MailSender:
    """The sender of the mail channel. A code that nobody can use any more is not sent."""

    def __init__(
        self,
        post: Post,
        texts: Texts,
        worded: Callable[[Say], Message],
        *,
        code_lifetime: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._post = post
        self._texts = texts
        self._worded = worded
        self._lifetime = code_lifetime
        self._clock = clock

    async def __call__(self, claimed: ClaimedEffect, effect: Effect) -> None:
        """Mail a code or a letter, or probe the mail server. Raises DeliveryError."""
        match effect:
            case SendCode():
                if self._clock() - claimed.created_at <= self._lifetime:
                    minutes = int(self._lifetime.total_seconds() // 60)
                    letter = code_letter(effect, minutes, self._texts)
                    await self._post.send(letter, key=claimed.token)
            case SendLetter(say=say):
                letter = ticket_letter(say, self._worded(say), self._texts)
                await self._post.send(letter, key=claimed.token)
            case Probe():
                await self._post.probe()

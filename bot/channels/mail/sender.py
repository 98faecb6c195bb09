"""Mails codes and letters, and probes the mail server daily."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.channels.mail.letter import Letter, Texts, code_letter, opened_letter, ticket_letter
from bot.core.effects import Effect, Probe, Say, SendCode, SendLetter
from bot.core.envelopes import ClaimedEffect
from bot.core.messages import Message
from bot.core.tickets.identity import CodeRules


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
        codes: CodeRules,
        clock: Callable[[], datetime],
    ) -> None:
        self._post = post
        self._texts = texts
        self._worded = worded
        self._codes = codes
        self._clock = clock

    async def __call__(self, claimed: ClaimedEffect, effect: Effect) -> None:
        """Mail a code or a letter, or probe the mail server. Raises DeliveryError."""
        match effect:
            case SendCode(received=received):
                told = received is not None
                lifetime = self._codes.told_lifetime if told else self._codes.lifetime
                if self._clock() - claimed.created_at <= lifetime:
                    await self._post.send(self._code_letter(effect), key=claimed.token)
            case SendLetter(say=say):
                letter = ticket_letter(say, self._worded(say), self._texts)
                await self._post.send(letter, key=claimed.token)
            case Probe():
                await self._post.probe()

    def _code_letter(self, effect: SendCode) -> Letter:
        if effect.received is not None:
            return opened_letter(effect, self._codes.told_lifetime.days, self._texts)
        minutes = int(self._codes.lifetime.total_seconds() // 60)
        return code_letter(effect, minutes, self._texts)

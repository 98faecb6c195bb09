"""Run every step in this thread: for the terminal and for tests, which wait for the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import anyio

from bot.bootstrap.parts import Assistant
from bot.content.wording import worded
from bot.core.effects import Effect, Say, ToStaff
from bot.core.envelopes import ClaimedEffect, InboundEvent
from bot.core.messages import Message
from bot.delivery.courier import Sender, carry_all
from bot.service.routing import MAIL

Hear = Callable[[Say, Message], None]
TellDesk = Callable[[ToStaff], None]


def take(assistant: Assistant, event: InboundEvent) -> None:
    """Keep one event and handle all that waits."""
    assistant.intake.receive([event])
    while assistant.handler.handle_next():
        pass


def letters(assistant: Assistant) -> Sequence[Path]:
    """Return the letters in the folder that stands in for a mail server, oldest first."""
    return sorted(assistant.settings.service.letters_folder.glob("*.eml"))


def deliver(assistant: Assistant, channel: str, hear: Hear, tell: TellDesk) -> int:
    """Carry out what stands in the outbox; return how many effects.

    `hear` is what people of the channel read, `tell` what its desk is told.
    """

    async def send(_claimed: ClaimedEffect, effect: Effect) -> None:
        if isinstance(effect, Say):
            hear(effect, worded(effect, assistant.content))
        elif isinstance(effect, ToStaff):
            tell(effect)

    senders: Mapping[str, Sender] = {channel: send, MAIL: assistant.mail}
    return anyio.run(carry_all, assistant.router, senders, assistant.clock)

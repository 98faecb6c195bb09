"""Telegram on loopback: a server that speaks the Bot API, and people who use it.

Where the real API passes over what it does not know, this one refuses: unknown parameters and
fields, unescaped ampersands, empty labels, more than one reply keyboard in a markup.
"""

from __future__ import annotations

from tests.fakes.telegram.markup import Button, Markup
from tests.fakes.telegram.model import ANONYMOUS, Call, Group, Message, Query, Said, User, plain
from tests.fakes.telegram.server import FakeTelegram, Fault

__all__ = [
    "ANONYMOUS",
    "Button",
    "Call",
    "FakeTelegram",
    "Fault",
    "Group",
    "Markup",
    "Message",
    "Query",
    "Said",
    "User",
    "plain",
]

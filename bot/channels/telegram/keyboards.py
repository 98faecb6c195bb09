"""Keyboards below messages: buttons that send a token, open a link, or share a phone number."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.core.messages import Button

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
_LABEL = 100


def inline(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(_label(b.label), callback_data=b.token) for b in row]
            for row in rows
        ]
    )


def link(label: str, url: str) -> InlineKeyboardMarkup:
    """Return a button that opens an address."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(_label(label), url=url)]])


def share_phone(label: str) -> ReplyKeyboardMarkup:
    """Return the button by which Telegram shares the person's own number."""
    return ReplyKeyboardMarkup(
        [[KeyboardButton(_label(label), request_contact=True)]],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def _label(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"

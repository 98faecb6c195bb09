"""Calls to Telegram, with its faults told in the house's own exceptions."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.core.messages import Button
from bot.errors import Refused, TryLater

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
Result = TypeVar("Result")
POLL_SECONDS = 25
_LABEL = 60
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^>]+>")
# The token is part of every URL, and httpx would log those.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


def bot_of(token: str, api_url: str, connections: int = 16) -> Bot:
    """Return the client; asking for updates has a connection of its own that may wait for long."""
    base = api_url.rstrip("/")
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=connections, read_timeout=15, connect_timeout=10, pool_timeout=10
        ),
        get_updates_request=HTTPXRequest(
            connection_pool_size=2, read_timeout=POLL_SECONDS + 10, connect_timeout=10
        ),
    )


class Moved(TryLater):
    """The group has become a supergroup with another id."""

    def __init__(self, chat: int) -> None:
        super().__init__("the group has a new id", after=0)
        self.chat = chat


@contextmanager
def told() -> Iterator[None]:
    """Tell what Telegram says; what it quotes of a message stays out."""
    try:
        yield
    except RetryAfter as error:
        raise TryLater("429", after=_seconds(error.retry_after)) from None
    except ChatMigrated as error:
        raise Moved(error.new_chat_id) from None
    except Forbidden:
        raise Refused("Forbidden: the person blocked the bot, or the group removed it") from None
    except InvalidToken:
        raise TryLater("Telegram does not know the token") from None
    except BadRequest as error:
        lost = "chat not found" in _said(error)
        raise Refused("chat not found" if lost else "BadRequest") from None
    except NetworkError as error:
        raise TryLater(type(error).__name__) from None
    except TelegramError as error:
        raise TryLater(type(error).__name__) from None


def _said(error: TelegramError) -> str:
    return error.message.casefold()


def _seconds(after: int | timedelta) -> float:
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


class Client:
    """The bot's calls that this house makes."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def send(
        self,
        chat: int | str,
        html: str,
        keyboard: Keyboard | None = None,
        reply_to: int | None = None,
        *,
        protected: bool = False,
    ) -> int:
        """Send a text; return the message's id. Raises DeliveryError."""
        reply = None
        if reply_to is not None:
            reply = ReplyParameters(reply_to, allow_sending_without_reply=True)

        def sending(text: str, mode: str | None) -> Awaitable[int]:
            return _id(
                self.bot.send_message(
                    chat,
                    text,
                    parse_mode=mode,
                    reply_markup=keyboard,
                    reply_parameters=reply,
                    link_preview_options=_NO_PREVIEW,
                    protect_content=protected,
                )
            )

        with told():
            return await _parsed(sending, html)

    async def edit(
        self, chat: int | str, message: int, html: str, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Put a new text in place of a message; False when it is no longer there to be changed."""

        def editing(text: str, mode: str | None) -> Awaitable[int]:
            return _id(
                self.bot.edit_message_text(
                    text,
                    chat,
                    message,
                    parse_mode=mode,
                    reply_markup=keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
            )

        with told():
            try:
                await _parsed(editing, html)
            except BadRequest as error:
                if "not modified" in _said(error):
                    return True
                if "not found" in _said(error) or "can't be edited" in _said(error):
                    return False
                raise
        return True

    async def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a press, so that the button stops turning; one that is too old is let go."""
        with told():
            try:
                await self.bot.answer_callback_query(query, text[:200] or None, show_alert=alert)
            except BadRequest:
                return


async def _id(call: Awaitable[object]) -> int:
    return int(getattr(await call, "message_id", 0))


async def _parsed(call: Callable[[str, str | None], Awaitable[int]], html: str) -> int:
    """Call with HTML; if Telegram cannot parse it after all, with the plain text."""
    try:
        return await call(html, ParseMode.HTML)
    except BadRequest as error:
        if "can't parse entities" not in _said(error):
            raise
    plain = _TAG.sub("", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return await call(plain, None)


def inline(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Return buttons below a message."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(_label(b.label), callback_data=b.token) for b in row]
            for row in rows
        ]
    )


def link(label: str, url: str) -> InlineKeyboardMarkup:
    """Return a button that leads elsewhere."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(_label(label), url=url)]])


def share_phone(label: str) -> ReplyKeyboardMarkup:
    """Return the button by which Telegram gives the person's own number."""
    return ReplyKeyboardMarkup(
        [[KeyboardButton(_label(label), request_contact=True)]],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def _label(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"

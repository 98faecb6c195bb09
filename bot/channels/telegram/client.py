"""Calls of Telegram's Bot API; its errors become our own exceptions."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from typing import Any, TypeVar

from telegram import (
    Bot,
    Document,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import FileSizeLimit, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.telegram.keyboards import Keyboard
from bot.errors import Gone, Refused, ShutOut, TryLater

Result = TypeVar("Result")
RawUpdate = dict[str, Any]  # as Telegram sent it
POLL_SECONDS = 25
_ANSWER_SECONDS = 10  # how long an answer may take, besides what a poll waits for
_PAUSE = 1.0
_FILE_SECONDS = 60
# Bots are handed no larger files.
MOST_DOWNLOADED = int(FileSizeLimit.FILESIZE_DOWNLOAD)
_LONGEST_ANSWER = 200
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^<>]+>")
# What Telegram says of a chat in which the bot may not write, and of a message that is not there.
_CLOSED = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
)
_MISSING = ("message to edit not found", "can't be edited", "message_id_invalid")


def bot_of(token: str, api_url: str, connections: int = 16) -> UpdatesBot:
    """Return the client; polling has its own connection, which stays open for long."""
    silence_library_logs()
    # Without this, python-telegram-bot warns each time that `retry_after` is read.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    base = api_url.rstrip("/")
    # http:// is allowed on this machine only, and needs no certificates loaded.
    tls: dict[str, Any] = {"verify": False} if base.startswith("http://") else {}
    return UpdatesBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=connections,
            read_timeout=15,
            connect_timeout=10,
            pool_timeout=10,
            httpx_kwargs=tls,
        ),
        get_updates_request=HTTPXRequest(
            connection_pool_size=2, connect_timeout=10, httpx_kwargs=tls
        ),
    )


def silence_library_logs() -> None:
    """Keep the token, which is part of every URL, and messages out of all logs."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)


class UpdatesBot(Bot):
    """A Bot that also returns updates as raw JSON: one that cannot be parsed must not stop others.

    The public `do_api_request` warns for every method that the library knows. The dependency is
    pinned below 23 for the private call, and a test compares its signature.
    """

    async def raw_updates(self, offset: int, wait: int, allowed: Sequence[str]) -> list[RawUpdate]:
        """Return the updates from an offset on, and confirm those before it."""
        asked = {"offset": offset, "timeout": wait, "allowed_updates": list(allowed)}
        found = await self._post("getUpdates", asked, read_timeout=wait + _ANSWER_SECONDS)
        return found if isinstance(found, list) else []


class Moved(TryLater):
    """The group has become a supergroup with another id."""

    def __init__(self, chat: int) -> None:
        super().__init__("the group has a new id", after=0)
        self.chat = chat


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise TryLater, Refused or Gone without what Telegram quotes of a message or the token."""
    try:
        yield
    except RetryAfter as error:
        raise TryLater("429", after=_seconds(error.retry_after)) from None
    except ChatMigrated as error:
        raise Moved(error.new_chat_id) from None
    except Forbidden:
        raise Gone("Forbidden: the person blocked the bot, or the group removed it") from None
    except InvalidToken:
        raise ShutOut("Telegram does not know the token") from None
    except Conflict:
        raise TryLater("409: somebody else polls with this token, or a webhook is set") from None
    except BadRequest as error:
        if _says(error, _CLOSED):
            raise Gone("the chat is not found, or the bot may not write in it") from None
        raise Refused("BadRequest") from None
    except TelegramError as error:
        raise TryLater(type(error).__name__) from None


def _says(error: TelegramError, words: Sequence[str]) -> bool:
    said = error.message.casefold()
    return any(word in said for word in words)


def _seconds(after: int | timedelta) -> float:
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


class Client:
    """The calls we make. They raise DeliveryError."""

    def __init__(self, bot: UpdatesBot) -> None:
        self.bot = bot

    async def updates(self, offset: int, wait: float, allowed: Sequence[str]) -> list[RawUpdate]:
        """Return the raw updates from an offset on, and confirm those before it."""
        with translate_errors():
            return await self.bot.raw_updates(offset, int(wait), allowed)

    async def send(
        self,
        chat: int,
        html: str,
        keyboard: Keyboard | None = None,
        reply_to: int | None = None,
        *,
        topic: int | None = None,
        protected: bool = False,
    ) -> int:
        """Send a text; return the message's id.

        In a group whose general topic is closed, even a reply needs its own `topic`.
        """
        reply = None
        if reply_to is not None:
            reply = ReplyParameters(reply_to, allow_sending_without_reply=True)

        async def sending(text: str, mode: str | None) -> int:
            sent = await self.bot.send_message(
                chat,
                text,
                parse_mode=mode,
                reply_markup=keyboard,
                reply_parameters=reply,
                message_thread_id=topic,
                link_preview_options=_NO_PREVIEW,
                protect_content=protected,
            )
            return sent.message_id

        with translate_errors():
            return await _parsed(sending, html)

    async def edit(
        self, chat: int, message: int, html: str, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Replace a message's text; False when it cannot be changed any more."""

        async def editing(text: str, mode: str | None) -> bool:
            try:
                await self.bot.edit_message_text(
                    text,
                    chat,
                    message,
                    parse_mode=mode,
                    reply_markup=keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
            except BadRequest as error:
                if _says(error, _MISSING):
                    return False
                if not _says(error, ["not modified"]):
                    raise
            return True

        with translate_errors():
            return await _parsed(editing, html)

    async def download(self, document: Document) -> bytes:
        """Return what is in a document; it may have `MOST_DOWNLOADED` bytes."""
        with translate_errors():
            file = await self.bot.get_file(document.file_id)
            return bytes(await file.download_as_bytearray(read_timeout=_FILE_SECONDS))

    async def send_document(self, chat: int, name: str, content: bytes) -> None:
        """Send a file, as what it is named."""
        with translate_errors():
            await self.bot.send_document(
                chat,
                InputFile(content, filename=name),
                disable_content_type_detection=True,
                read_timeout=_FILE_SECONDS,
                write_timeout=_FILE_SECONDS,
            )

    async def delete(self, chat: int, message: int) -> bool:
        """Delete a message; False where the bot may not."""
        with translate_errors():
            try:
                return await self.bot.delete_message(chat, message)
            except BadRequest:
                return False

    async def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a callback query; one that is too old is ignored."""
        shown = text[:_LONGEST_ANSWER] or None
        with translate_errors():
            try:
                await self.bot.answer_callback_query(query, shown, show_alert=alert)
            except BadRequest:
                return


async def wait_out_rate_limit(call: Callable[[], Awaitable[Result]], until: float) -> Result:
    """Call, and retry after the pause that Telegram asks for, up to a `time.monotonic` deadline.

    Raises DeliveryError.
    """
    while True:
        try:
            return await call()
        except TryLater as later:
            pause = _PAUSE if later.after is None else later.after
            if time.monotonic() + pause > until:
                raise
            await asyncio.sleep(pause)


async def _parsed(call: Callable[[str, str | None], Awaitable[Result]], html: str) -> Result:
    """Call with HTML; if Telegram cannot parse it, with plain text."""
    try:
        return await call(html, ParseMode.HTML)
    except BadRequest as error:
        if not _says(error, ["can't parse entities"]):
            raise
    return await call(unescape(_TAG.sub("", html)), None)

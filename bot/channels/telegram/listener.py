"""Receives Telegram updates: stores or handles them before they are confirmed to Telegram."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import structlog
from telegram import Message, Update

from bot.channels.assistant import Assistant, Keep
from bot.channels.telegram import incoming
from bot.channels.telegram.client import Client
from bot.channels.telegram.desk_input import DeskInput
from bot.core.envelopes import InboundEvent
from bot.errors import DeliveryError, StorageError

_LOG = structlog.get_logger()
_OFFSET = "telegram_offset"
_DESK_SECONDS = 5.0
_REMEMBERED = 1000

KeepAll = Callable[[Sequence[InboundEvent], tuple[str, str]], Awaitable[None]]


class Listener:
    """Takes updates, one or many at a time; a duplicate does nothing.

    Events are deduplicated by the inbox, what was done at the desk is remembered here.
    """

    def __init__(
        self,
        client: Client,
        assistant: Assistant,
        me: incoming.BotIdentity,
        desk: DeskInput | None,
        keep: Keep,
        keep_all: KeepAll,
    ) -> None:
        self._client = client
        self._assistant = assistant
        self._me = me
        self._desk = desk
        self._keep = keep
        self._keep_all = keep_all
        self._offset: int | None = None
        self._handled: deque[int] = deque(maxlen=_REMEMBERED)
        self._words: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def fetch(self, wait: float) -> int:
        """Fetch updates once and return how many; the next fetch confirms what is on disk.

        Customers' updates are kept first, so that nothing at the desk holds them up.
        """
        if self._offset is None:
            self._offset = int(await asyncio.to_thread(self._assistant.note, _OFFSET) or 0)
        found = await self._client.updates(self._offset, wait, incoming.ALLOWED)
        if not found:
            return 0
        after = found[-1]["update_id"] + 1
        others, at_desk = await self._sorted([u for raw in found if (u := self._read(raw))])
        events = [inbound for update in others if (inbound := self._inbound(update))]
        until = at_desk[0].update_id if at_desk else after
        if events:
            await self._keep_all(events, (_OFFSET, str(until)))
        for update in others:
            self._remember(update)
            self._answer(update)
        if at_desk:
            await self._at_desk(at_desk)
        # The next call confirms all to Telegram. After a crash before it, what was done at the desk
        # comes again: it is shown a second time, and sent only once.
        self._offset = after
        return len(found)

    async def take(self, payload: Mapping[str, object]) -> None:
        """Take one update of the webhook. Raises StorageError when Telegram is to send it again."""
        update = self._read(payload)
        if update is None:
            return
        if self._desk is not None and await self._desk.is_at(update.effective_chat):
            await self._at_desk([update])
            return
        inbound = self._inbound(update)
        if inbound is not None:
            await self._keep(inbound)
        self._remember(update)
        self._answer(update)

    def _read(self, raw: Mapping[str, Any]) -> Update | None:
        """Parse an update; one that the library cannot parse must not stop the others."""
        try:
            return Update.de_json(dict(raw), self._client.bot)
        except Exception as error:  # its text may quote the message
            self._log_unread(raw["update_id"], error)
            return None

    async def _sorted(self, found: Sequence[Update]) -> tuple[list[Update], list[Update]]:
        """Return the updates that are not for the desk, and those that are."""
        others: list[Update] = []
        at_desk: list[Update] = []
        for update in found:
            here = self._desk is not None and await self._desk.is_at(update.effective_chat)
            (at_desk if here else others).append(update)
        return others, at_desk

    def _inbound(self, update: Update) -> InboundEvent | None:
        """Return the event of an update; None when it says nothing to the bot."""
        try:
            event = incoming.event(update, self._me) if self._is_news(update) else None
        except Exception as error:  # as above
            self._log_unread(update.update_id, error)
            return None
        return self._assistant.inbound(incoming.id_of(update), event) if event else None

    def _is_news(self, update: Update) -> bool:
        """Tell whether an update has new words: a reaction, too, comes as an edit."""
        message = update.edited_message
        return message is None or self._words.get(_where(message)) != _words(message)

    def _remember(self, update: Update) -> None:
        """Remember the hash of a message's words. Not before it is kept: a retry is still news."""
        message = update.message or update.edited_message
        if message is None:
            return
        self._words.pop(_where(message), None)
        self._words[_where(message)] = _words(message)
        while len(self._words) > _REMEMBERED:
            self._words.popitem(last=False)

    @staticmethod
    def _log_unread(id: int, error: Exception) -> None:
        _LOG.error("telegram: an update cannot be read", update=id, fault=type(error).__name__)

    def _answer(self, update: Update) -> None:
        """Answer a customer's callback query, which ends the button's spinner; best effort."""
        query = update.callback_query

        async def answer(id: str) -> None:
            try:
                await self._client.answer(id)
            except DeliveryError as error:
                _LOG.info("telegram: a press was not answered", error=str(error))

        if query is not None:
            self._start(answer(query.id))

    # The desk

    async def _at_desk(self, found: Sequence[Update]) -> None:
        """Handle updates at the desk; what takes long goes on in the background."""
        task = self._start(self._desk_takes(found))
        await asyncio.wait({task}, timeout=_DESK_SECONDS)
        if task.done():
            task.result()

    async def _desk_takes(self, found: Sequence[Update]) -> None:
        for update in found:
            if self._desk is None or update.update_id in self._handled:
                continue
            if not self._is_news(update):
                continue
            try:
                await self._desk.take(update)
            except StorageError:
                raise
            except DeliveryError as error:
                _LOG.warning("telegram: the desk was not answered", error=str(error))
            except Exception as error:  # one press must not stop all others
                _LOG.error("telegram: the desk failed", fault=type(error).__name__)
            self._handled.append(update.update_id)
            self._remember(update)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _LOG.warning("telegram: a background task failed", error=type(error).__name__)


def _where(message: Message) -> tuple[int, int]:
    return message.chat.id, message.message_id


def _words(message: Message) -> int:
    return hash(message.text or message.caption)

"""The channel: updates in by polling or webhook, what is said out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import Conflict

from bot.channels import deskhouse
from bot.channels.telegram import CHANNEL, markup, updates
from bot.channels.telegram.client import (
    POLL_SECONDS,
    Client,
    Keyboard,
    Moved,
    inline,
    link,
    share_phone,
    told,
)
from bot.channels.telegram.desk import Desk
from bot.core.catalog import Language
from bot.core.dialogue import SHARE_PHONE
from bot.core.messages import Message, Say, ToStaff
from bot.core.public import PRIVATE
from bot.errors import DeliveryError, StorageError, TryLater

_LOG = structlog.get_logger()
_OFFSET, _POLLER = "telegram_offset", "telegram_poller"
_LEASE = timedelta(seconds=POLL_SECONDS * 3)
_PAUSE = 3.0
_SILENT = 180.0  # seconds without a poll that came back
_COMMANDS = ("help", "status", "cancel", "human", "privacy")
_NO_KEYS = ReplyKeyboardRemove()


class House(deskhouse.DeskHouse, Protocol):
    """What the channel needs of the running assistant."""

    def worded(self, say: Say) -> Message:
        """Return what is to be said in words."""

    def marked(self, name: str) -> str:
        """Return a note of a channel."""

    def lead(self, name: str, owner: str, lease: timedelta) -> bool:
        """Take or hold the lead in what one replica alone may do."""


class Telegram:
    """The bot on Telegram.

    `keep` keeps one event, `keep_all` several together with how far the source has been read; both
    return once that is on disk, and raise StorageError when it cannot be.
    """

    def __init__(
        self,
        client: Client,
        house: House,
        *,
        staff_chat: int | None,
        keep: Callable[[Any], Awaitable[None]],
        keep_all: Callable[[Sequence[Any], tuple[str, str]], Awaitable[None]],
    ) -> None:
        self._client = client
        self._house = house
        self._staff_chat = staff_chat
        self._keep = keep
        self._keep_all = keep_all
        self._me: updates.Me | None = None
        self._desk: Desk | None = None
        self._polled = time.monotonic()
        self._answers: set[asyncio.Task[None]] = set()

    async def open(self) -> updates.Me:
        """Connect, once, and learn who the bot is. Raises DeliveryError."""
        if self._me is None:
            with told():
                await self._client.bot.initialize()
                user = await self._client.bot.get_me()
            self._me = updates.Me(id=user.id, username=user.username or "")
            if self._staff_chat is not None:
                self._desk = Desk(self._client, self._house, self._staff_chat, self._keep, self._me)
        return self._me

    async def close(self) -> None:
        """Let go of the connections."""
        with told():
            await self._client.bot.shutdown()

    # In

    async def poll(self) -> None:
        """Fetch updates until cancelled; one replica at a time, the others stand by."""
        owner = uuid4().hex
        while True:
            try:
                if await asyncio.to_thread(self._house.lead, _POLLER, owner, _LEASE):
                    await self.fetch(POLL_SECONDS)
                else:
                    await asyncio.sleep(_PAUSE)
                self._polled = time.monotonic()
            except Exception as error:  # whatever it is, the next poll may succeed
                _LOG.warning("telegram: a poll failed", error=_name(error))
                await asyncio.sleep(_PAUSE)

    async def fetch(self, wait: float = 0) -> int:
        """Fetch updates once; they are confirmed to Telegram only after they are on disk."""
        me = await self.open()
        offset = int(await asyncio.to_thread(self._house.marked, _OFFSET) or 0)
        found = await self._client.bot.get_updates(
            offset=offset, timeout=int(wait), allowed_updates=updates.ALLOWED
        )
        if found:
            arrivals = [a for update in found if (a := await self._arrival(update, me))]
            await self._keep_all(arrivals, (_OFFSET, str(found[-1].update_id + 1)))
            for update in found:
                self._answer(update)
        return len(found)

    async def taken(self, payload: Mapping[str, Any]) -> None:
        """Take one update of the webhook. Raises StorageError when it is to come again."""
        me = await self.open()
        update = Update.de_json(dict(payload), self._client.bot)
        arrival = await self._arrival(update, me)
        if arrival is not None:
            await self._keep(arrival)
        self._answer(update)

    async def _arrival(self, update: Update, me: updates.Me) -> Any:
        """Return an update as it is kept; what happens at the desk is done at once."""
        chat = update.effective_chat
        if self._desk is not None and chat is not None and chat.id == self._desk.chat:
            await self._at_desk(self._desk, update)
            return None
        event = updates.event(update, me)
        return self._house.arrival(str(update.update_id), event) if event else None

    async def _at_desk(self, desk: Desk, update: Update) -> None:
        try:
            await desk.take(update)
        except StorageError:
            raise
        except DeliveryError as error:
            _LOG.warning("telegram: the desk was not answered", error=str(error))

    def _answer(self, update: Update) -> None:
        """Stop a customer's button from turning; whether that succeeds changes nothing."""
        query = update.callback_query
        chat = update.effective_chat
        if query is None or (self._desk and chat and chat.id == self._desk.chat):
            return

        async def answer(id: str) -> None:
            try:
                await self._client.answer(id)
            except DeliveryError as error:
                _LOG.info("telegram: a press was not answered", error=str(error))

        task = asyncio.create_task(answer(query.id))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def silent(self) -> str | None:
        """Return what is wrong with polling, if no poll has come back for long."""
        quiet = time.monotonic() - self._polled > _SILENT
        return "telegram: no poll has come back for three minutes" if quiet else None

    # Out

    async def say(self, say: Say) -> None:
        """Say something in a chat. Raises DeliveryError."""
        me = await self.open()
        message = self._house.worded(say)
        texts = markup.message(message)
        keyboard = self._keyboard(message, me, private=say.to.channel == CHANNEL)
        thread = int(say.to.thread) if say.to.thread else None
        chat = int(say.to.account)
        for number, html in enumerate(texts, 1):
            last = keyboard if number == len(texts) else None
            try:
                await self._client.send(chat, html, last, thread)
            except Moved as moved:
                chat = moved.chat
                await self._client.send(chat, html, last)

    def _keyboard(self, message: Message, me: updates.Me, *, private: bool) -> Keyboard | None:
        tokens = {button.token: button for button in message.buttons}
        if PRIVATE.token in tokens:
            url = f"https://t.me/{me.username}?start=private"
            return link(tokens[PRIVATE.token].label, url)
        if SHARE_PHONE.token in tokens:
            return share_phone(tokens[SHARE_PHONE.token].label)
        # Without buttons of its own, a message takes that one away again.
        return inline([[button] for button in message.buttons]) or (_NO_KEYS if private else None)

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        await self.open()
        if self._desk is None:
            raise TryLater("[telegram] staff_chat_id is not set")
        await self._desk.tell(told)

    # Setting up

    async def prepare(self, webhook_url: str = "", secret: str = "") -> None:
        """Set webhook, menus and descriptions, each only when it is another one."""
        await self.open()
        bot = self._client.bot
        with told():
            now = await bot.get_webhook_info()
            if webhook_url:
                await bot.set_webhook(
                    webhook_url, secret_token=secret, allowed_updates=updates.ALLOWED
                )
            elif now.url:
                await bot.delete_webhook(drop_pending_updates=False)
            for language in Language:
                code = None if language is self._house.language else str(language)
                await self._describe(language, code)
            if self._desk is not None:
                await self._menu_of_staff(self._desk.chat)

    async def _describe(self, language: Language, code: str | None) -> None:
        """Set what Telegram shows in a language; without a code, in all that have none."""
        bot, scope = self._client.bot, BotCommandScopeAllPrivateChats()
        texts = self._house.text
        menu = [BotCommand(name, texts(f"command.{name}", language)) for name in _COMMANDS]
        menu += [BotCommand(str(one), texts("command.language", one)) for one in Language]
        if list(await bot.get_my_commands(scope, code)) != menu:
            await bot.set_my_commands(menu, scope, code)
        long, short = texts("about.long", language), texts("about.short", language)
        if (await bot.get_my_description(code)).description != long:
            await bot.set_my_description(long, code)
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)

    async def _menu_of_staff(self, chat: int) -> None:
        bot, scope = self._client.bot, BotCommandScopeChat(chat)
        name = self._house.text("command.tickets", self._house.language)
        menu = [BotCommand("tickets", name)]
        if list(await bot.get_my_commands(scope)) != menu:
            await bot.set_my_commands(menu, scope)


def _name(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "409: somebody else polls with this token, or a webhook is set"
    if isinstance(error, DeliveryError | StorageError):
        return str(error)
    return type(error).__name__

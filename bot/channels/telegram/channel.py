"""The Telegram channel: connects, polls or takes the webhook, and sends messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import structlog
from telegram import ReplyKeyboardRemove

from bot.channels.assistant import Keep
from bot.channels.desk.port import Desk
from bot.channels.telegram import CHANNEL, incoming, markup, menus
from bot.channels.telegram.client import (
    POLL_SECONDS,
    Client,
    Moved,
    translate_errors,
    wait_out_rate_limit,
)
from bot.channels.telegram.desk_cards import Board
from bot.channels.telegram.desk_input import DeskInput
from bot.channels.telegram.desk_views import Forms
from bot.channels.telegram.keyboards import Keyboard, inline, link, share_phone
from bot.channels.telegram.listener import KeepAll, Listener
from bot.channels.telegram.members import Members, StaffGroup
from bot.channels.telegram.private_documents import PrivateDocuments
from bot.channels.telegram.register import Register
from bot.core.buttons import OpenPrivateChat, SharePhone, decode
from bot.core.effects import Say, SendFile, ToStaff
from bot.core.messages import Message
from bot.errors import TryLater, loggable

_LOG = structlog.get_logger()
_POLLER = "telegram_poller"
# So long customers wait at most when the one who polls was killed; renewed so rarely that an idle
# replica writes nothing for ten seconds at a time.
LEASE = timedelta(seconds=20)
_RENEWAL = 0.6  # the share of a lease after which it is renewed
_PAUSE = 3.0
_LEAST_PAUSE = 0.1
_SILENT = 180.0  # seconds without a poll that came back
_PATIENCE = 30.0  # seconds for the parts of a text; less than the courier gives for all of it
_NO_KEYS = ReplyKeyboardRemove()


@dataclass(frozen=True, slots=True)
class _Connected:
    me: incoming.BotIdentity
    listener: Listener
    board: Board | None


class Telegram:
    """The bot on Telegram.

    `keep` keeps one event, `keep_all` several together with how far the source has been read; both
    return once that is on disk, and raise StorageError when it cannot be. That somebody is a member
    of the staff's group is known for `members_known_for` seconds; who polls holds a `lease` on it.
    """

    def __init__(
        self,
        client: Client,
        desk: Desk,
        *,
        staff_chat: int | None,
        keep: Keep,
        keep_all: KeepAll,
        members_known_for: float = 60.0,
        lease: timedelta = LEASE,
    ) -> None:
        self._client = client
        self._desk = desk
        self._group = StaffGroup(client, desk, staff_chat) if staff_chat is not None else None
        self._keep = keep
        self._keep_all = keep_all
        self._known_for = members_known_for
        self._lease = lease
        self._owner = uuid4().hex
        self._opening = asyncio.Lock()
        self._connected: _Connected | None = None
        self._polled = time.monotonic()
        self._renew_at = 0.0
        self._polling: asyncio.Task[None] | None = None

    async def _open(self) -> _Connected:
        """Connect, once, and learn who the bot is. Raises DeliveryError."""
        async with self._opening:
            if self._connected is None:
                with translate_errors():
                    await self._client.bot.initialize()
                if self._group is not None:
                    await self._group.find()
                self._connected = self._wired()
            return self._connected

    def _wired(self) -> _Connected:
        user, client, group = self._client.bot.bot, self._client, self._group
        me = incoming.BotIdentity(id=user.id, username=user.username or "")
        at_desk = board = None
        if group is not None:
            members = Members(client, self._desk, group, self._known_for)
            forms = Forms(self._desk, group, self._keep)
            register = Register(self._desk, group)
            own = PrivateDocuments(client, self._desk)
            at_desk = DeskInput(client, self._desk, group, members, forms, register, own, me)
            board = Board(self._desk, group)
        hears = Listener(client, self._desk, me, at_desk, self._keep, self._keep_all)
        return _Connected(me, hears, board)

    async def close(self) -> None:
        """Stop polling, close the connections, and give up the lease. Raises DeliveryError.

        A poll that is just opening its connection would survive the shutdown of the client, and
        take updates while another replica holds the lease.
        """
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.wait({self._polling})
        with translate_errors():
            await self._client.bot.shutdown()
        await self._acquire_lease(timedelta())

    # In

    async def poll(self) -> None:
        """Fetch updates until closed; one replica at a time, the others stand by."""
        self._polling = asyncio.current_task()
        while True:
            pause = 0.0
            try:
                if await self._is_leader():
                    await self._fetch_as_leader()
                else:
                    pause = _PAUSE
                self._polled = time.monotonic()
            except Exception as error:  # whatever it is, the next poll may succeed
                _LOG.warning("telegram: a poll failed", error=loggable(error))
                pause = getattr(error, "after", None) or _PAUSE
            await asyncio.sleep(pause)

    async def _is_leader(self) -> bool:
        """Acquire or renew the lease on polling; not again when it was renewed a moment ago."""
        if time.monotonic() < self._renew_at:
            return True
        is_leader = await self._acquire_lease(self._lease)
        if is_leader:
            self._renew_at = time.monotonic() + self._lease.total_seconds() * _RENEWAL
        return is_leader

    async def _acquire_lease(self, lease: timedelta) -> bool:
        return await asyncio.to_thread(self._desk.acquire_lease, _POLLER, self._owner, lease)

    async def _fetch_as_leader(self) -> None:
        """Fetch updates, and renew the lease meanwhile: a poll takes longer than it lasts."""
        renewing = asyncio.create_task(self._keep_renewing())
        try:
            await self.fetch(POLL_SECONDS)
        finally:
            renewing.cancel()

    async def _keep_renewing(self) -> None:
        while True:
            await asyncio.sleep(max(self._renew_at - time.monotonic(), _LEAST_PAUSE))
            try:
                await self._is_leader()
            except Exception as error:  # whatever it is, there is time for a second try
                _LOG.warning("telegram: the lease was not renewed", error=loggable(error))

    async def fetch(self, wait: float = 0) -> int:
        """Fetch updates once; return how many. Raises DeliveryError and StorageError."""
        return await (await self._open()).listener.fetch(wait)

    async def taken(self, payload: object) -> None:
        """Take one update of the webhook.

        Raises StorageError when it is to come again, ValueError when it is no update.
        """
        if not isinstance(payload, Mapping) or not isinstance(payload.get("update_id"), int):
            raise ValueError("not an update")
        await (await self._open()).listener.take(payload)

    def health_problem(self) -> str | None:
        """Return what is wrong with polling, if no poll has come back for long."""
        quiet = time.monotonic() - self._polled > _SILENT
        return "telegram: no poll has come back for three minutes" if quiet else None

    # Out

    async def say(self, say: Say) -> None:
        """Say something in a chat. Raises DeliveryError."""
        me = (await self._open()).me
        message = self._desk.worded(say)
        *before, last = markup.message(message)
        keyboard = self._keyboard(message, me, private=say.to.channel == CHANNEL)
        saying = _Saying(self._client, int(say.to.account), say.to.thread)
        for html in before:
            await saying.part(html)
        await saying.part(last, keyboard)

    def _keyboard(
        self, message: Message, me: incoming.BotIdentity, *, private: bool
    ) -> Keyboard | None:
        for button in message.buttons:
            match decode(button.token):
                case OpenPrivateChat():
                    return link(button.label, f"https://t.me/{me.username}?start=private")
                case SharePhone():
                    return share_phone(button.label)
        # A message without a keyboard removes the one that is shown.
        return inline([[button] for button in message.buttons]) or (_NO_KEYS if private else None)

    async def send_file(self, sent: SendFile, content: bytes) -> None:
        """Send a file into a chat; its person may keep it. Raises DeliveryError."""
        await self._open()
        await self._client.send_document(int(sent.to.account), sent.name, content)

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        board = (await self._open()).board
        if board is None:
            raise TryLater("[telegram] staff_chat_id is not set")
        await board.tell(told)

    # Setting up

    async def prepare(self, webhook_url: str = "", secret: str = "") -> None:
        """Set webhook, menus and descriptions. Raises DeliveryError."""
        await self._open()
        bot = self._client.bot
        with translate_errors():
            if webhook_url:
                # Telegram does not tell whether the webhook has the same secret.
                await bot.set_webhook(
                    webhook_url, secret_token=secret, allowed_updates=incoming.ALLOWED
                )
            elif (await bot.get_webhook_info()).url:
                await bot.delete_webhook(drop_pending_updates=False)
            await menus.describe(bot, self._desk)
        if self._group is not None:
            await self._describe_to_staff(self._group)

    async def _describe_to_staff(self, group: StaffGroup) -> None:
        try:
            with translate_errors():
                await menus.describe_to_staff(self._client.bot, self._desk.wording, group.chat)
        except Moved as moved:
            await group.move(moved.chat)
            raise


class _Saying:
    """A text being sent in parts. Once begun it is not started again: what must wait, waits.

    In a group it answers a message, whose id and topic, if it stands in one, the `thread` names.
    """

    def __init__(self, client: Client, chat: int, thread: str) -> None:
        self._client = client
        self._chat = chat
        message, _, topic = thread.partition(":")
        self._message = int(message) if message else None
        self._topic = int(topic) if topic else None
        self._until = 0.0

    async def part(self, html: str, keyboard: Keyboard | None = None) -> None:
        """Say the next part. Raises DeliveryError."""
        await wait_out_rate_limit(lambda: self._sent(html, keyboard), self._until)
        self._until = self._until or time.monotonic() + _PATIENCE

    async def _sent(self, html: str, keyboard: Keyboard | None) -> None:
        try:
            await self._client.send(self._chat, html, keyboard, self._message, topic=self._topic)
        except Moved as moved:
            self._chat, self._message, self._topic = moved.chat, None, None
            await self._client.send(self._chat, html, keyboard)

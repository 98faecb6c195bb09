"""The staff's group, and who may act in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from telegram import Chat, ChatMember, InlineKeyboardMarkup, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.assistant import Assistant
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.port import Desk
from bot.channels.telegram.client import Client, Moved, translate_errors, wait_out_rate_limit
from bot.channels.telegram.keyboards import Keyboard
from bot.core.tickets.ticket import Actor
from bot.errors import DeliveryError, Refused

_LOG = structlog.get_logger()
_NOTE = "telegram_staff_chat"
_PATIENCE = 60.0  # a group takes twenty messages a minute
_ANONYMOUS = 1087968824  # GroupAnonymousBot: an administrator who does not show who they are
_MEMBERS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}


class StaffGroup:
    """The staff's group. When Telegram makes a supergroup of it, it goes on under the new id."""

    def __init__(self, client: Client, notes: Assistant, configured: int) -> None:
        self._client = client
        self._notes = notes
        self._configured = self.chat = configured

    async def find(self) -> None:
        """Learn where the group is now: it may have moved while another replica listened."""
        noted = await asyncio.to_thread(self._notes.note, _NOTE)
        before, _, now = noted.partition(" ")
        if before == str(self._configured):
            self.chat = int(now)

    async def is_at(self, chat: Chat | None) -> bool:
        """Tell whether a chat is the group."""
        if chat is not None and chat.type == ChatType.SUPERGROUP and chat.id != self.chat:
            await self.find()
        return chat is not None and chat.id == self.chat

    async def move(self, chat: int) -> None:
        """Go on under another id, also after a restart. Raises StorageError."""
        _LOG.info("telegram: the staff's group has become a supergroup")
        self.chat = chat
        await asyncio.to_thread(self._notes.keep_note, _NOTE, f"{self._configured} {chat}")

    async def send(
        self, html: str, keyboard: Keyboard | None = None, reply_to: int | None = None
    ) -> int:
        """Send a text; return the message's id. Raises DeliveryError."""
        try:
            return await self._client.send(self.chat, html, keyboard, reply_to)
        except Moved as moved:
            await self.move(moved.chat)
            return await self._client.send(self.chat, html, keyboard)

    async def say(
        self, html: str, keyboard: Keyboard | None = None, reply_to: int | None = None
    ) -> int:
        """Send a text to somebody who waits for it here, a little later if Telegram says so.

        Raises DeliveryError.
        """
        until = time.monotonic() + _PATIENCE
        return await wait_out_rate_limit(lambda: self.send(html, keyboard, reply_to), until)

    async def remove(self, message: int) -> bool:
        """Remove a message of anybody's; False where the bot may not, or cannot now."""
        try:
            return await self._client.delete(self.chat, message)
        except DeliveryError as error:
            _LOG.warning("telegram: a message was not removed", error=str(error))
            return False

    async def edit(self, message: int, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Put a new text in place of a message; False when it is not there. Raises DeliveryError.

        Messages from before a move cannot be reached under the new id.
        """
        try:
            return await self._client.edit(self.chat, message, html, keyboard)
        except Moved as moved:
            await self.move(moved.chat)
            return False

    def place(self, message: int) -> str:
        """Return the name of a message: its number alone would be another one's after a move."""
        return f"{self.chat}:{message}"

    def at(self, place: str) -> int | None:
        """Return the message of that name, if it stands where the group is now."""
        chat, _, message = place.rpartition(":")
        return int(message) if chat == str(self.chat) else None


class Members:
    """Who may act at the desk: listed in the configuration, and a member of the group.

    Membership is cached for so many seconds, so that not every press asks Telegram.
    """

    def __init__(
        self,
        client: Client,
        desk: Desk,
        group: StaffGroup,
        known_for: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._desk = desk
        self._group = group
        self._known_for = known_for
        self._clock = clock
        self._seen: dict[int, float] = {}

    async def actor(self, user: User, *, anew: bool = False) -> Actor | Obstacle:
        """Return who acts, or why they may not; with `anew`, Telegram is asked in any case."""
        if user.id == _ANONYMOUS:
            return Obstacle.ANONYMOUS
        actor = self._desk.staff("telegram").get(str(user.id))
        if actor is None:
            return Obstacle.NOT_STAFF
        if anew:
            self.forget(user.id)
        try:
            return await self._obstacle(user.id) or actor
        except Refused:
            return Obstacle.HIDDEN
        except DeliveryError:
            return Obstacle.LATER

    def forget(self, user: int) -> None:
        """Ask again about somebody next time."""
        self._seen.pop(user, None)

    async def _obstacle(self, user: int) -> Obstacle | None:
        """Return why somebody may not act here; None when they may."""
        seen = self._seen.get(user)
        if seen is not None and self._clock() - seen < self._known_for:
            return None
        self.forget(user)
        with translate_errors():
            member = await self._client.bot.get_chat_member(self._group.chat, user)
        if not is_member(member):
            return Obstacle.NOT_MEMBER
        if getattr(member, "is_anonymous", False) is True:
            # What they write comes without a name, what they press comes with it.
            return Obstacle.ANONYMOUS
        self._seen[user] = self._clock()
        return None


def is_member(member: ChatMember) -> bool:
    """Tell whether somebody is in a group; whom an administrator has restricted may be or not."""
    return member.status in _MEMBERS or getattr(member, "is_member", False) is True

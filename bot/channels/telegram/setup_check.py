"""Checks the bot's setup on Telegram: finds what is wrong and says how to fix it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from telegram import ChatFullInfo, ChatMember
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.channels.finding import Finding
from bot.channels.telegram.client import Client, Moved, translate_errors
from bot.channels.telegram.members import is_member
from bot.errors import DeliveryError, Refused


async def check_setup(
    client: Client, *, webhook_url: str, staff_chat: int | None, staff: Mapping[int, str]
) -> AsyncIterator[Finding]:
    """Yield the findings. `staff` maps user ids to names."""
    try:
        with translate_errors():
            await client.bot.initialize()
    except DeliveryError as error:
        # `shutdown` of a bot that was never initialised leaves its connections open.
        await client.bot.request.shutdown()
        yield Finding("Telegram: token", f"{error}; ask @BotFather for the token")
        return
    try:
        me = client.bot.bot
        yield Finding(f"Telegram: token of @{me.username}")
        private = not me.can_read_all_group_messages
        yield Finding(
            "Telegram: privacy mode is on",
            "" if private else "the bot reads all talk in groups; @BotFather, /setprivacy, Enable",
        )
        yield await _webhook(client, webhook_url)
        if staff_chat is None:
            yield Finding("Telegram: staff's group", "[telegram] staff_chat_id is not set")
            return
        async for finding in _group(client, staff_chat, staff):
            yield finding
    finally:
        await client.bot.shutdown()


async def _webhook(client: Client, wanted: str) -> Finding:
    point = "Telegram: webhook" if wanted else "Telegram: polling"
    try:
        now = await client.bot.get_webhook_info()
    except TelegramError as error:
        return Finding(point, type(error).__name__)
    # Telegram keeps the last error on record after it is over; then nothing is pending.
    if wanted and now.url and now.last_error_message and now.pending_update_count:
        waiting = (
            f"{now.pending_update_count} pending, last error at {now.last_error_date:%H:%M} UTC"
        )
        return Finding(point, f"Telegram cannot deliver: {now.last_error_message} ({waiting})")
    if wanted and now.url not in ("", wanted):
        return Finding(point, "another address is set; `seloste run` will set its own")
    if not wanted and now.url:
        return Finding(point, "a webhook is set; `seloste run` will remove it")
    return Finding(point)


async def _group(client: Client, id: int, staff: Mapping[int, str]) -> AsyncIterator[Finding]:
    point = "Telegram: the bot is in the staff's group"
    try:
        with translate_errors():
            chat = await client.bot.get_chat(id)
            me = await client.bot.get_chat_member(id, client.bot.id)
    except Moved as moved:
        yield Finding(point, f"the group has a new id: staff_chat_id = {moved.chat}")
        return
    except DeliveryError:
        yield Finding(point, f"add the bot to the group {id}, or correct staff_chat_id")
        return
    if not is_member(me):
        yield Finding(point, f"add the bot to the group {id}, or correct staff_chat_id")
        return
    yield Finding(point)
    yield Finding("Telegram: the group is for staff alone", _not_for_staff(chat))
    mute = not _may_write(me, chat)
    fault = "allow the bot to write there, or make it administrator" if mute else ""
    yield Finding("Telegram: the bot may write in the group", fault)
    if not staff:
        yield Finding("Telegram: staff", "no [[staff]] has a telegram id: nobody could decide")
    for user, name in staff.items():
        problem = await _member_problem(client, id, user)
        yield Finding(f"Telegram: {name} is in the group", problem)


def _not_for_staff(chat: ChatFullInfo) -> str:
    if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return f"staff_chat_id is a {chat.type}: make a group for staff"
    return f"anybody can join @{chat.username}: make the group private" if chat.username else ""


def _may_write(me: ChatMember, chat: ChatFullInfo) -> bool:
    if me.status == ChatMemberStatus.RESTRICTED:
        return getattr(me, "can_send_messages", False) is True
    muted = chat.permissions is not None and chat.permissions.can_send_messages is False
    return me.status == ChatMemberStatus.ADMINISTRATOR or not muted


async def _member_problem(client: Client, chat: int, user: int) -> str:
    try:
        with translate_errors():
            member = await client.bot.get_chat_member(chat, user)
    except Refused:
        return "cannot be asked: make the bot an administrator of the group, or check the id"
    except DeliveryError as error:
        return str(error)
    if not is_member(member):
        return "is not a member"
    anonymous = getattr(member, "is_anonymous", False) is True
    return "is an anonymous administrator: turn anonymity off" if anonymous else ""

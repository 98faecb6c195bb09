"""A look at the bot's set-up on Telegram: names what is wrong and what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from telegram import ChatMember
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.channels.finding import Finding
from bot.channels.telegram.client import Client, told
from bot.errors import DeliveryError

_AWAY = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


async def look(
    client: Client, *, webhook_url: str, staff_chat: int | None, staff: Mapping[int, str]
) -> AsyncIterator[Finding]:
    """Yield what is found; `staff` are names by user id."""
    try:
        with told():
            await client.bot.initialize()
    except DeliveryError as error:
        # A bot that never came up does not close its connections by itself.
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
    if wanted and now.url and now.last_error_message:
        return Finding(point, f"Telegram cannot deliver: {now.last_error_message}")
    if wanted and now.url not in ("", wanted):
        return Finding(point, "another address is set; `seloste run` will set its own")
    if not wanted and now.url:
        return Finding(point, "a webhook is set; `seloste run` will remove it")
    return Finding(point)


async def _group(client: Client, chat: int, staff: Mapping[int, str]) -> AsyncIterator[Finding]:
    point = "Telegram: the bot is in the staff's group"
    me = await _member(client, chat, client.bot.id)
    if me is None or me.status in _AWAY:
        yield Finding(point, f"add the bot to the group {chat}, or correct staff_chat_id")
        return
    yield Finding(point)
    if not staff:
        yield Finding("Telegram: staff", "no [[staff]] has a telegram id: nobody could decide")
    for user, name in staff.items():
        member = await _member(client, chat, user)
        there = member is not None and member.status not in _AWAY
        yield Finding(f"Telegram: {name} is in the group", "" if there else "is not a member")


async def _member(client: Client, chat: int, user: int) -> ChatMember | None:
    try:
        return await client.bot.get_chat_member(chat, user)
    except TelegramError:
        return None

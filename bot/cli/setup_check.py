"""`seloste check --online`: asks each configured platform whether it is set up correctly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.bootstrap import post_of
from bot.channels.finding import Finding
from bot.config import Settings
from bot.errors import DeliveryError


def findings(settings: Settings) -> list[Finding]:
    """Return what the platforms say, in order; nothing is sent to any person."""
    return asyncio.run(_gathered(settings))


async def _gathered(settings: Settings) -> list[Finding]:
    found = [finding async for finding in _telegram(settings)]
    found += [finding async for finding in _slack(settings)]
    return [*found, await _mail(settings)]


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    section = settings.telegram
    if section.token is None:
        return
    from bot.channels.telegram.client import Client, bot_of
    from bot.channels.telegram.setup_check import check_setup

    client = Client(bot_of(section.token.get_secret_value(), section.api_url))
    url = section.webhook_url if section.mode == "webhook" else ""
    staff = {member.telegram: member.name for member in settings.staff if member.telegram}
    async for finding in check_setup(
        client, webhook_url=url, staff_chat=section.staff_chat_id, staff=staff
    ):
        yield finding


async def _slack(settings: Settings) -> AsyncIterator[Finding]:
    section = settings.slack
    if section.bot_token is None:
        return
    from bot.channels.slack.client import Client
    from bot.channels.slack.setup_check import check_setup

    client = Client(section.bot_token.get_secret_value(), section.api_url)
    socket = section.app_token if section.mode == "socket" else None
    async for finding in check_setup(
        client,
        app_token=socket.get_secret_value() if socket else "",
        staff_channel=section.staff_channel,
        own_teams=frozenset(section.own_teams),
        staff={member.slack: member.name for member in settings.staff if member.slack},
    ):
        yield finding


async def _mail(settings: Settings) -> Finding:
    if settings.mail.smtp_url is None:
        folder = settings.service.letters_folder
        hint = f"[mail] smtp_url is not set: letters and codes stay as files in {folder}"
        return Finding("Mail: server", hint)
    try:
        await post_of(settings).probe()
    except DeliveryError as error:
        return Finding("Mail: server", str(error))
    return Finding("Mail: server")

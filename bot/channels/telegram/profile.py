"""What Telegram shows of the bot: menus and descriptions, set only where they are others."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.channels.card import Wording
from bot.channels.telegram import COMMANDS
from bot.core.catalog import Language


async def describe(bot: Bot, wording: Wording) -> None:
    """Set menu and descriptions in each language; the desk's own serves who speaks none of them."""
    for language in Language:
        code = None if language is wording.language else str(language)
        await _describe_in(bot, wording, language, code)


async def _describe_in(bot: Bot, wording: Wording, language: Language, code: str | None) -> None:
    scope, text = BotCommandScopeAllPrivateChats(), wording.text
    menu = [BotCommand(name, text(f"command.{name}", language)) for name in COMMANDS]
    menu += [BotCommand(str(one), text("command.language", one)) for one in Language]
    if list(await bot.get_my_commands(scope, code)) != menu:
        await bot.set_my_commands(menu, scope, code)
    long, short = text("about.long", language), text("about.short", language)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)


async def describe_to_staff(bot: Bot, wording: Wording, chat: int) -> None:
    """Set the menu of the staff's group."""
    scope = BotCommandScopeChat(chat)
    menu = [BotCommand("tickets", wording.text("command.tickets", wording.language))]
    if list(await bot.get_my_commands(scope)) != menu:
        await bot.set_my_commands(menu, scope)

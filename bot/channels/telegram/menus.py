"""The bot's menus and descriptions, set only where they differ."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.channels.assistant import Assistant
from bot.channels.desk.wording import Wording
from bot.channels.telegram import COMMANDS, STAFF_COMMANDS
from bot.core.catalog import Language


async def describe(bot: Bot, texts: Assistant) -> None:
    """Set menu and descriptions in each language; the first is the default for all others."""
    first, *others = texts.rules.languages
    await _describe_in(bot, texts, first, None)
    for language in Language:
        if language in others:
            await _describe_in(bot, texts, language, str(language))
        else:
            await _remove_in(bot, texts, first, str(language))


async def _describe_in(bot: Bot, texts: Assistant, language: Language, code: str | None) -> None:
    scope, text = BotCommandScopeAllPrivateChats(), texts.text
    menu = [BotCommand(name, text(f"command.{name}", language)) for name in COMMANDS]
    menu += [BotCommand(str(one), text("command.language", one)) for one in texts.rules.languages]
    if list(await bot.get_my_commands(scope, code)) != menu:
        await bot.set_my_commands(menu, scope, code)
    long, short = text("about.long", language), text("about.short", language)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)


async def _remove_in(bot: Bot, texts: Assistant, first: Language, code: str) -> None:
    """Remove what was set for a language, so that the default is shown."""
    scope = BotCommandScopeAllPrivateChats()
    if await bot.get_my_commands(scope, code):
        await bot.delete_my_commands(scope, code)
    unset = ("", texts.text("about.long", first), texts.text("about.short", first))
    if (await bot.get_my_description(code)).description not in unset:
        await bot.set_my_description("", code)
    if (await bot.get_my_short_description(code)).short_description not in unset:
        await bot.set_my_short_description("", code)


async def describe_to_staff(bot: Bot, wording: Wording, chat: int) -> None:
    scope = BotCommandScopeChat(chat)
    menu = [BotCommand(one, wording.text(f"command.{one}")) for one in STAFF_COMMANDS]
    if list(await bot.get_my_commands(scope)) != menu:
        await bot.set_my_commands(menu, scope)

"""What the bot says of itself: its commands, its name and its descriptions."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.telegram.given import Given, bad, only
from tests.fakes.telegram.marked import units
from tests.fakes.telegram.serving import Table
from tests.fakes.telegram.world import World

_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}

method = Table()


@method("commands scope language_code")
def set_my_commands(world: World, given: Given) -> Any:
    key = _scope(world, given)
    commands = [
        only(command, ("command", "description"), "BotCommand")
        for command in given.array("commands") or []
    ]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[key] = commands
    return True


@method("scope language_code")
def get_my_commands(world: World, given: Given) -> Any:
    return world.commands.get(_scope(world, given), [])


@method("scope language_code")
def delete_my_commands(world: World, given: Given) -> Any:
    world.commands.pop(_scope(world, given), None)
    return True


@method("name language_code")
def set_my_name(world: World, given: Given) -> Any:
    return _set_profile(world, given, "name")


@method("language_code")
def get_my_name(world: World, given: Given) -> Any:
    return {"name": _profile(world, given, "name") or world.bot.name}


@method("description language_code")
def set_my_description(world: World, given: Given) -> Any:
    return _set_profile(world, given, "description")


@method("language_code")
def get_my_description(world: World, given: Given) -> Any:
    return {"description": _profile(world, given, "description")}


@method("short_description language_code")
def set_my_short_description(world: World, given: Given) -> Any:
    return _set_profile(world, given, "short_description")


@method("language_code")
def get_my_short_description(world: World, given: Given) -> Any:
    return {"short_description": _profile(world, given, "short_description")}


def _scope(world: World, given: Given) -> tuple[str, str]:
    """Return the key under which commands are kept, such as `chat:-100…` and `fi`."""
    scope = given.nested("scope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    needed = _SCOPES[kind]
    only(scope, ("type", *needed), "BotCommandScope")
    if needed:
        world.check_access(int(scope.get("chat_id") or 0))
    return ":".join([kind, *(str(scope.get(name, "")) for name in needed)]), _language(given)


def _language(given: Given) -> str:
    language = given.text("language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", language):
        raise bad("invalid language code specified")
    return language


def _set_profile(world: World, given: Given, what: str) -> bool:
    text = given.text(what)
    if units(text) > _LONGEST[what]:
        raise bad(f"{what} is too long")
    world.profile[what, _language(given)] = text
    return True


def _profile(world: World, given: Given, what: str) -> str:
    own = world.profile.get((what, _language(given)), "")
    return own or world.profile.get((what, ""), "")

"""What the workspace says of people: their language, and the address that it vouches for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.catalog import Language
from bot.errors import DeliveryError

_KEPT_SECONDS = 60.0
_WAIT = 0.6  # of the second in which an event is to be acknowledged
_WAIT_PRESSED = 1.5  # of three
_LANGUAGES: Mapping[str, Language] = {language.value: language for language in Language}
# Whoever bears one of these is no full member.
_MARKS = (
    "deleted",
    "is_bot",
    "is_stranger",
    "is_restricted",
    "is_ultra_restricted",
    "is_invited_user",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the workspace says of a person; what it does not say is empty."""

    language: Language | None = None
    email: str = ""
    team: str = ""


def profile(user: Mapping[str, Any], own_teams: frozenset[str]) -> Profile:
    """Return a person's profile; only full members of the own workspaces are vouched for."""
    team = str(user.get("team_id") or "")
    member = team in own_teams and not any(user.get(mark) for mark in _MARKS)
    confirmed = user.get("is_email_confirmed", True)
    email = str((user.get("profile") or {}).get("email") or "")
    return Profile(
        language=_LANGUAGES.get(str(user.get("locale") or "").partition("-")[0]),
        email=email if member and confirmed else "",
        team=team,
    )


class Profiles:
    """Asks for profiles, and keeps each for a minute: addresses are not to stay in memory."""

    def __init__(
        self,
        ask: Callable[[str], Awaitable[Mapping[str, Any]]],
        own_teams: frozenset[str],
        wait: float = _WAIT,
    ) -> None:
        self._ask = ask
        self._own_teams = own_teams
        self._wait = wait
        self._wait_pressed = max(wait, _WAIT_PRESSED)
        self._kept: dict[str, tuple[float, Profile]] = {}
        self._asking: dict[str, asyncio.Task[Profile]] = {}

    async def of(self, user: str, *, pressed: bool = False) -> Profile:
        """Return a person's profile; an empty one rather than late.

        Who pressed something can wait a little longer.

        What comes late is there for the next message.
        """
        self._forget()
        if user in self._kept:
            return self._kept[user][1]
        if user not in self._asking:
            self._asking[user] = asyncio.create_task(self._found(user))
        asking = self._asking[user]
        await asyncio.wait({asking}, timeout=self._wait_pressed if pressed else self._wait)
        return asking.result() if asking.done() else Profile()

    async def _found(self, user: str) -> Profile:
        try:
            found = profile(await self._ask(user), self._own_teams)
        except DeliveryError:
            return Profile()
        finally:
            del self._asking[user]
        self._kept[user] = (time.monotonic() + _KEPT_SECONDS, found)
        return found

    def _forget(self) -> None:
        now = time.monotonic()
        for user in [user for user, (until, _) in self._kept.items() if until < now]:
            del self._kept[user]

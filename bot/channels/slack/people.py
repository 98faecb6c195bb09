"""Customers' profiles in the workspace: language, and the address that it vouches for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.catalog import Language
from bot.errors import DeliveryError

_KEPT_SECONDS = 60.0
_WAIT = 0.6  # seconds, of the one in which an event should be acknowledged
_WAIT_PRESSED = 1.5  # of three
_LANGUAGES: Mapping[str, Language] = {language.value: language for language in Language}
# Somebody with one of these flags is no full member of the workspace.
_NOT_A_MEMBER = (
    "deleted",
    "is_bot",
    "is_stranger",
    "is_restricted",
    "is_ultra_restricted",
    "is_invited_user",
)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the workspace says of a person; what it does not say is empty."""

    language: Language | None = None
    email: str = ""
    team: str = ""


def profile(user: Json, own_teams: frozenset[str]) -> Profile:
    """Return a person's profile; only full members of the own workspaces are vouched for."""
    team = str(user.get("team_id") or "")
    member = team in own_teams and not any(user.get(flag) for flag in _NOT_A_MEMBER)
    confirmed = user.get("is_email_confirmed") is True
    email = str((user.get("profile") or {}).get("email") or "")
    return Profile(
        language=_LANGUAGES.get(str(user.get("locale") or "").partition("-")[0]),
        email=email if member and confirmed else "",
        team=team,
    )


class ProfileCache:
    """Keeps each profile for a minute only: addresses should not stay in memory."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Json]],
        own_teams: frozenset[str],
        wait: float = _WAIT,
    ) -> None:
        self._fetch = fetch
        self._own_teams = own_teams
        self._wait = wait
        self._wait_pressed = max(wait, _WAIT_PRESSED)
        self._cached: dict[str, tuple[float, Profile]] = {}
        self._fetching: dict[str, asyncio.Task[Profile]] = {}

    async def get(self, user: str, *, pressed: bool = False) -> Profile:
        """Return a person's profile, or an empty one when it would delay the acknowledgement.

        An interaction (`pressed`) may take longer than an event. A profile that comes late is
        there for the next message.
        """
        self._drop_expired()
        if user in self._cached:
            return self._cached[user][1]
        if user not in self._fetching:
            self._fetching[user] = asyncio.create_task(self._fetched(user))
        fetching = self._fetching[user]
        await asyncio.wait({fetching}, timeout=self._wait_pressed if pressed else self._wait)
        return fetching.result() if fetching.done() else Profile()

    async def _fetched(self, user: str) -> Profile:
        try:
            found = profile(await self._fetch(user), self._own_teams)
        except DeliveryError:
            return Profile()
        finally:
            del self._fetching[user]
        self._cached[user] = (time.monotonic() + _KEPT_SECONDS, found)
        return found

    def _drop_expired(self) -> None:
        now = time.monotonic()
        for user in [user for user, (until, _) in self._cached.items() if until < now]:
            del self._cached[user]

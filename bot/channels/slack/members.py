"""Who may act at the desk, and whether outsiders can read its channel."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import structlog

from bot.channels.desk.flow import Obstacle
from bot.channels.slack.client import Client
from bot.core.tickets.ticket import Actor

_LOG = structlog.get_logger()
_KNOWN_SECONDS = 60.0


class Access:
    """The members of the staff's `channel`, of the workspaces `teams`, on the list of `staff`."""

    def __init__(
        self,
        client: Client,
        channel: str,
        teams: frozenset[str],
        staff: Callable[[], Mapping[str, Actor]],
    ) -> None:
        self._client = client
        self.channel = channel
        self._teams = teams
        self._staff = staff
        self._known: tuple[float, set[str], bool] = (0.0, set(), False)
        self._term = 0

    def listed(self, user: str, team: str) -> Actor | None:
        """Return who somebody is by the list alone, which takes no time."""
        return self._staff().get(user) if team in self._teams else None

    async def actor(self, user: str, team: str, *, anew: bool = False) -> Actor | Obstacle:
        """Return who acts, or why they may not: listed here, member there, own.

        With `anew`, Slack is asked even if it was a moment ago. Raises DeliveryError.
        """
        actor = self.listed(user, team)
        if actor is None:
            return Obstacle.NOT_STAFF
        if anew:
            self.forget()
        members, closed = await self._members()
        if not closed:
            return Obstacle.SHARED
        return actor if user in members else Obstacle.NOT_MEMBER

    async def closed(self) -> bool:
        """Tell whether nobody from outside can read the channel. Raises DeliveryError."""
        return (await self._members())[1]

    def forget(self) -> None:
        """Ask again next time: the channel was shared, or its members have changed."""
        self._term += 1
        self._known = (0.0, set(), False)

    async def _members(self) -> tuple[set[str], bool]:
        until, members, closed = self._known
        term = self._term
        if time.monotonic() > until:
            info = await self._client.info(self.channel)
            closed = not (info.get("is_ext_shared") or info.get("is_pending_ext_shared"))
            if not closed:
                _LOG.error("slack: the staff channel is shared with another organisation")
            members = await self._client.members(self.channel)
            if term == self._term:  # else it has changed while Slack was asked
                self._known = (time.monotonic() + _KNOWN_SECONDS, members, closed)
        return members, closed

"""LISTEN on PostgreSQL: wakes the workers here when another replica has committed."""

from __future__ import annotations

from asyncio import sleep
from typing import TYPE_CHECKING, LiteralString

import structlog

from bot.storage.store import Store
from bot.storage.wakeups import CHANNELS

if TYPE_CHECKING:
    from psycopg import AsyncConnection

_LOG = structlog.get_logger()
_PAUSE = 5.0
_TOPICS = {channel: topic for topic, channel in CHANNELS.items()}
_LISTEN: LiteralString = "LISTEN seloste_inbox; LISTEN seloste_outbox"


class Notifications:
    """One connection that listens. While it is down, the workers' slow polls find what is new."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                await self._listen()
            except Exception as error:  # whatever it is, the next connection may work
                _LOG.warning("not notified by other replicas", error=type(error).__name__)
            await sleep(_PAUSE)

    async def _listen(self) -> None:
        wakeups = self._store.wakeups
        async with await self._connected() as connection:
            await connection.execute(_LISTEN)
            wakeups.wake(CHANNELS)  # for what came before
            async for notice in connection.notifies():
                if notice.payload != wakeups.owner:
                    wakeups.wake([_TOPICS[notice.channel]])

    async def _connected(self) -> AsyncConnection[tuple[object, ...]]:
        from psycopg import AsyncConnection

        return await AsyncConnection.connect(**self._store.connect_arguments(), autocommit=True)

"""Delivery to a webhook: in order within a line, several lines at once, until it is taken."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram.methods import LOOPBACK
from tests.fakes.telegram.model import Hook
from tests.fakes.telegram.updates import Update
from tests.fakes.telegram.world import World

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Delivery:
    """Posts what is pending to the webhook, if it is on this machine. Lives in the server's loop.

    After a failure it tries again in `retry` seconds, then in twice as many, up to `longest`.
    """

    def __init__(self, world: World) -> None:
        self.retry = 0.2
        self.longest = 2.0
        self.timeout = 10.0
        self._world = world
        self._hook: Hook | None = None
        self._room = asyncio.Semaphore()
        self._lines: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def kick(self) -> None:
        """Look what there is to do."""
        with self._world.lock:
            hook = self._world.hook
            waiting = {update.line for update in self._world.updates.pending}
        if hook is not self._hook:
            self._cancel()
            self._hook = hook
            self._room = asyncio.Semaphore(hook.connections if hook else 1)
        if hook is None or urlsplit(hook.url).hostname not in LOOPBACK:
            return
        for line in waiting - self._lines.keys():
            self._lines[line] = asyncio.create_task(self._deliver(hook, line))

    async def close(self) -> None:
        tasks = self._cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _cancel(self) -> list[asyncio.Task[None]]:
        tasks = list(self._lines.values())
        self._lines.clear()
        for task in tasks:
            task.cancel()
        return tasks

    async def _deliver(self, hook: Hook, line: str) -> None:
        pause = self.retry
        while (update := self._first(line)) is not None:
            async with self._room:
                error = await self._post(hook, update)
            if not error:
                self._taken(update)
                pause = self.retry
                continue
            with self._world.lock:
                self._world.hook_error = (error, int(time.time()))
            self._world.changed()
            await asyncio.sleep(pause)
            pause = min(2 * pause, self.longest)

    def _first(self, line: str) -> Update | None:
        with self._world.lock:
            for update in self._world.updates.pending:
                if update.line == line:
                    return update
        # Nothing is awaited between here and the end of the task: no update can slip through.
        self._lines.pop(line, None)
        return None

    def _taken(self, update: Update) -> None:
        with self._world.lock:
            self._world.updates.drop([update])
            self._world.delivered += 1
        self._world.changed()

    async def _post(self, hook: Hook, update: Update) -> str:
        """Post one update; return what went wrong."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(
                hook.url,
                json=update.json,
                headers={HEADER: hook.secret} if hook.secret else {},
                timeout=aiohttp.ClientTimeout(self.timeout),
                allow_redirects=False,
                ssl=False,
            ) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Webhook connection closed"

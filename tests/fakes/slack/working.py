"""The assistant with Slack as its only channel: in this process, or in one of its own."""

from __future__ import annotations

import json
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from bot.bootstrap import assistant, store_of, utc_now
from bot.bootstrap.process import replica
from bot.channels.slack.channel import Slack
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.service.routing import Routes
from bot.storage.wakeups import CHANNELS
from tests.fakes.replica import Replica, free_port
from tests.fakes.tables import put_tables

Described = dict[str, dict[str, Any] | list[dict[str, Any]]]


class Inside:
    """All of `seloste run` but its signals and paces; stopped when its context ends.

    The clock runs, and can be moved on with `later`.
    """

    def __init__(self, described: Described, folder: Path, known: Understanding) -> None:
        self.port = free_port()
        self._ahead = timedelta()
        described["service"] = {"data_dir": folder / "data"}
        described["web"] = {
            **described.get("web", {}),  # type: ignore[dict-item]
            "listen": f"127.0.0.1:{self.port}",
            "health_listen": "127.0.0.1:0",
        }
        settings = Settings.model_validate(described)
        put_tables(settings.service.data_dir)
        self.app = assistant(settings, known, clock=self.clock, routes=Routes(desks=("slack",)))
        self.store = self.app.store
        self.replica = replica(self.app)
        self.house = self.app.queries

    @property
    def slack(self) -> Slack:
        assert self.replica.slack is not None
        return self.replica.slack

    def clock(self) -> datetime:
        return utc_now() + self._ahead

    def later(self, by: timedelta) -> None:
        self._ahead += by
        self.store.wakeups.wake(CHANNELS)

    def __enter__(self) -> Self:
        self.replica.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.replica.stop()
        self.store.close()


class Process:
    """`seloste run`, with a look into its database; it can be killed and started again."""

    def __init__(self, described: Described, folder: Path, known: Understanding) -> None:
        described["delivery"] = {"lease_seconds": 5}  # of what a killed one was about to say
        self.replica = Replica(folder, None, **_environment(described))
        self.port = self.replica.port
        self._folder = folder
        self._known = known

    def __enter__(self) -> Self:
        self.replica.__enter__()
        settings = Settings.model_validate({"service": {"data_dir": self._folder / "data"}})
        self.store = store_of(settings)
        staffed = settings.model_copy(update={"staff": []})
        self.app = assistant(staffed, self._known, self.store, utc_now)
        self.house = self.app.queries
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()
        self.replica.__exit__()

    def kill(self) -> None:
        self.replica.stop(signal.SIGKILL)

    def start(self) -> None:
        self.replica.start()

    def log(self) -> str:
        """Return all that the process has written."""
        return self.replica.log.read_text()


def _environment(described: Described) -> dict[str, str]:
    """Return a configuration as variables of the environment."""
    found: dict[str, str] = {}
    for section, values in described.items():
        if isinstance(values, list):
            found[f"SELOSTE_{section.upper()}"] = json.dumps(values)
            continue
        for name, value in values.items():
            written = value if isinstance(value, str) else json.dumps(value)
            found[f"SELOSTE_{section.upper()}__{name.upper()}"] = written
    return found

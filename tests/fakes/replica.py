"""`seloste run` as a real process, with a customer's and a platform's way to reach it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from typing import Any, Self

import httpx

from bot.bootstrap import utc_now
from bot.channels.http import signature
from tests.fakes.loopback import Loopback

SECRET = "a secret of both sides, long enough"
STAFF_SECRET = "another one, for what staff do there"
TOKENS = {name: f"the token of {name} and of nobody else" for name in ("Aino", "Mika", "Sari")}


def free_port() -> int:
    """Return a port that nobody has, below those that outgoing connections are given.

    Else one of those could have it while a replica is down.
    """
    for port in SystemRandom().sample(range(10_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def _client() -> httpx.Client:
    return httpx.Client(verify=False, timeout=10)


def until(true: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


class Replica:
    """One `seloste run` process; after a kill it can be started again."""

    def __init__(self, folder: Path, loopback: Loopback | None, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.health_port = free_port()
        self.health = f"http://127.0.0.1:{self.health_port}"
        staff = [
            {"name": "Aino", "roles": ["agent", "approver"], "telegram": 11, "slack": "UAINO"},
            {"name": "Mika", "roles": ["approver"], "telegram": 12, "slack": "UMIKA"},
        ]
        for member in staff:
            member["http_token"] = TOKENS[str(member["name"])]
        http_channel = {
            "SELOSTE_HTTP__SECRET": SECRET,
            "SELOSTE_HTTP__STAFF_SECRET": STAFF_SECRET,
            "SELOSTE_HTTP__DELIVER_URL": loopback.url if loopback else "",
        }
        self._environment = {
            **os.environ,
            "SELOSTE_SERVICE__DATA_DIR": str(folder / "data"),
            "SELOSTE_WEB__LISTEN": f"127.0.0.1:{self.port}",
            "SELOSTE_WEB__HEALTH_LISTEN": f"127.0.0.1:{self.health_port}",
            "SELOSTE_STAFF": json.dumps(staff),
            "SELOSTE_ALLOW_ROOT": "1",  # as which tests often run
            **({} if "SELOSTE_MAIL__SMTP_URL" in settings else {"SELOSTE_MAIL__TO_FILES": "true"}),
            **(http_channel if loopback else {}),
            **settings,
        }
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled starts sooner
        self._folder = folder
        self._client = _client()
        self.log = folder / f"log-{self.port}"
        self.log.touch()
        self.stderr = self.log

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGKILL)
        self._client.close()

    def launch(self) -> None:
        """Start the process and go on at once."""
        with self.stderr.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self._folder,
                env=self._environment,
                stdout=stderr,
                stderr=stderr,
            )

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        self.launch()
        try:
            until(self.ready, 60)  # it loads the content; the machine may be busy
        except BaseException:
            self.stop(signal.SIGKILL)
            raise

    def ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.get("readyz").status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Stop the process; return how many seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(20)
        return time.monotonic() - begun

    def connect_anew(self) -> None:
        """Come as somebody who has no connection yet."""
        self._client.close()
        self._client = _client()

    def get(self, page: str) -> httpx.Response:
        return self._client.get(f"{self.url}/{page}")

    def put(self, path: str, content: bytes) -> httpx.Response:
        """Put a file where an announcement of it was answered to."""
        return self._client.put(f"{self.url}{path}", content=content)

    def post(self, event: dict[str, Any], **headers: str) -> httpx.Response:
        """Post an event, signed; that of a known member of staff with their token too."""
        staff = event.get("staff") if isinstance(event, dict) else None
        if staff in TOKENS:
            event = {"token": TOKENS[staff], **event}
        return self.post_signed(STAFF_SECRET if staff else SECRET, event, **headers)

    def post_signed(self, secret: str, event: Any, **headers: str) -> httpx.Response:
        """Post something just as it is, signed with a secret."""
        body = json.dumps(event).encode()
        return self._client.post(
            f"{self.url}/http/events",
            content=body,
            headers=signature.signed(secret, "1", body, utc_now()) | headers,
        )

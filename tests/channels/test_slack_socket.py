"""The socket to Slack: it recovers by itself, and what was not kept is not acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from types import SimpleNamespace
from typing import Any, Self

import pytest
from anyio.from_thread import start_blocking_portal
from structlog.testing import capture_logs

from bot.channels.slack.channel import Slack
from bot.channels.slack.client import Client
from bot.channels.slack.socket import Timeouts
from bot.core.events import FromCustomer, Said
from bot.errors import StorageError
from tests.fakes.slack import FakeSlack, Fault, User

QUICK = Timeouts(check=0.05, ping=0.2, lost=0.6, keepalive=0.3, teardown=0.3, alarm=1.0)


class App:
    """The channel alone, over a socket; what it hears is kept in a list, unless `away`."""

    def __init__(self, slack: FakeSlack, timeouts: Timeouts = QUICK) -> None:
        self.heard: list[tuple[str, str]] = []
        self.shut_out: list[str] = []
        self.away = False
        self._stack = ExitStack()
        house: Any = SimpleNamespace(
            inbound=lambda event_id, event, _desk="": (event_id, event),
            staff=lambda _platform: {},
        )
        self.channel = Slack(
            Client(slack.bot_token, slack.api_url),
            house,
            staff_channel="",
            own_teams=frozenset({slack.team}),
            app_token=slack.app_token,
            signing_secret="",
            keep=self._keep,
            shut_out=partial(self.shut_out.append, "slack"),
            timeouts=timeouts,
        )

    async def _keep(self, inbound: Any) -> None:
        if self.away:
            raise StorageError("away")
        event_id, came = inbound
        assert isinstance(came, FromCustomer)
        assert isinstance(came.event, Said)
        self.heard.append((event_id, came.event.text))

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.heard]

    def __enter__(self) -> Self:
        self._portal = self._stack.enter_context(start_blocking_portal())
        self._portal.call(self._listen)
        return self

    def __exit__(self, *_: object) -> None:
        self._portal.call(self._hang_up)
        self._stack.close()

    async def _listen(self) -> None:
        self._listening = asyncio.create_task(self.channel.listen())

    async def _hang_up(self) -> None:
        self._listening.cancel()
        await asyncio.wait({self._listening})


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as server:
        server.ack_seconds = 0.3
        server.retry_pauses = [0.0, 0.05, 0.1, 0.2, 0.4, 0.8]
        server.ping_seconds = 0.2
        yield server


@pytest.fixture
def matti(slack: FakeSlack) -> User:
    return slack.user("U1", "Matti", "matti@example.com")


@pytest.fixture
def app(slack: FakeSlack) -> Iterator[App]:
    with App(slack) as running:
        slack.wait(lambda: slack.connections)
        yield running


def socket(slack: FakeSlack) -> str:
    """Return which socket is open."""
    return slack.wait(lambda: [link.name for link in slack.carrier.links if not link.silent])[-1]


def test_what_was_written_before_anybody_listened_is_heard(slack: FakeSlack, matti: User) -> None:
    slack.write(matti, "before")
    with App(slack) as app:
        slack.wait(lambda: app.texts == ["before"])
        slack.wait(lambda: not slack.pending)
    slack.wait(lambda: not slack.connections)


def test_what_was_not_kept_is_not_acknowledged_and_comes_again(
    slack: FakeSlack, matti: User, app: App
) -> None:
    app.away = True
    with capture_logs() as log:
        slack.write(matti, "Kanarialintu")
        delivery = slack.deliveries[-1]
        slack.wait(lambda: delivery.tries)
        assert delivery.tries[0].trouble == "timeout"
        app.away = False
        assert delivery.wait()
    slack.wait(lambda: app.texts == ["Kanarialintu"])
    assert {
        "event": "slack: an event was not taken",
        "error": "away",
        "log_level": "warning",
    } in log
    assert "Kanarialintu" not in str(log)


@pytest.mark.parametrize("how", ["disconnect", "cut", "go_silent"])
def test_a_socket_that_breaks_is_replaced(
    slack: FakeSlack, matti: User, app: App, how: str
) -> None:
    before = socket(slack)
    getattr(slack, how)()
    slack.write(matti, "between")
    slack.wait(lambda: "between" in app.texts)  # twice where the first ack came late
    assert socket(slack) != before
    slack.write(matti, "after")
    slack.wait(lambda: "after" in app.texts)
    slack.wait(lambda: not slack.pending)
    assert app.channel.health_problem() is None


def test_a_socket_that_only_seems_alive_is_replaced(
    slack: FakeSlack, matti: User, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the SDK itself does not notice: it has been seen to say that all is well."""

    async def connected(_: object) -> bool:
        return True

    async def nothing(*_: object, **__: object) -> None:
        pass

    client = "slack_sdk.socket_mode.aiohttp.SocketModeClient"
    before = socket(slack)
    with monkeypatch.context() as patched:
        patched.setattr(f"{client}.is_connected", connected)
        patched.setattr(f"{client}.monitor_current_session", nothing)
        patched.setattr(f"{client}.connect_to_new_endpoint", nothing)
        slack.go_silent()
        slack.write(matti, "between")
        slack.wait(lambda: "between" in app.texts)
    assert socket(slack) != before


def test_a_socket_that_never_answers_is_replaced(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first pong is waited for no longer than a later one."""

    async def nothing(*_: object, **__: object) -> None:
        pass

    async def connected(_: object) -> bool:
        return True

    client = "slack_sdk.socket_mode.aiohttp.SocketModeClient"
    monkeypatch.setattr("aiohttp.ClientWebSocketResponse.ping", nothing)
    monkeypatch.setattr(f"{client}.is_connected", connected)
    monkeypatch.setattr(f"{client}.monitor_current_session", nothing)
    with App(slack):
        first = socket(slack)
        slack.wait(lambda: socket(slack) != first)


def test_a_used_up_socket_address_is_not_tried_for_ever(
    slack: FakeSlack, matti: User, app: App
) -> None:
    slack.faults.append(Fault(method="link", code=500, effect=True))
    slack.cut()
    slack.write(matti, "between")
    slack.wait(lambda: "between" in app.texts)
    slack.wait(lambda: not slack.pending)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="apps.connections.open", code=500, lasting=True),
        Fault(method="apps.connections.open", error="invalid_auth", lasting=True),
        Fault(method="apps.connections.open", drop=True, lasting=True),
        Fault(method="link", code=500, lasting=True),
        Fault(method="link", drop=True, lasting=True),
        Fault(method="auth.test", code=500, lasting=True),
        Fault(method="auth.test", error="token_revoked", lasting=True),
        Fault(method="bots.info", error="missing_scope", lasting=True),
    ],
    ids=lambda fault: f"{fault.method} {fault.code} {fault.error} {fault.drop}",
)
def test_what_fails_at_the_start_is_retried_until_it_works(
    slack: FakeSlack, matti: User, fault: Fault
) -> None:
    slack.faults.append(fault)
    slack.write(matti, "before")
    with capture_logs() as log, App(slack) as app:
        slack.wait(lambda: [line for line in log if line["event"] == "slack: no connection"])
        assert slack.connections == 0
        slack.faults.remove(fault)
        slack.wait(lambda: app.texts == ["before"], 5)
    for secret in (slack.bot_token, slack.app_token, "ticket=", "before", "Matti"):
        assert secret not in str(log)


def test_a_socket_that_is_dead_for_long_is_reported(slack: FakeSlack) -> None:
    slack.faults.append(Fault(method="link", code=500, lasting=True))
    with App(slack) as app:
        assert app.channel.health_problem() is None
        told = slack.wait(app.channel.health_problem)
        assert told == "slack: no connection for 1 seconds"
        slack.faults.clear()
        slack.wait(lambda: app.channel.health_problem() is None)


def test_an_idle_socket_is_kept_alive_and_a_failing_call_does_not_break_it(
    slack: FakeSlack, matti: User, app: App
) -> None:
    asked = len(slack.called("auth.test"))
    slack.faults.append(Fault(method="auth.test", code=500, lasting=True))
    before = socket(slack)
    slack.wait(lambda: len(slack.called("auth.test")) > asked + 2)
    slack.write(matti, "meanwhile")
    assert slack.deliveries[-1].wait()
    assert socket(slack) == before
    slack.wait(lambda: app.texts == ["meanwhile"])


def test_after_a_revocation_the_identity_is_asked_again_and_no_event_is_lost(
    slack: FakeSlack, matti: User, app: App
) -> None:
    with capture_logs() as log:
        slack.uninstall()
        slack.wait(lambda: not slack.pending)
    assert [line["log_level"] for line in log if "removed" in line["event"]] == ["error", "error"]
    assert app.shut_out
    slack.revoked = False
    slack.faults.append(Fault(method="auth.test", code=500, lasting=True))
    slack.write(matti, "again")
    delivery = slack.deliveries[-1]
    slack.wait(lambda: delivery.tries)
    assert not delivery.acked
    slack.faults.clear()
    assert delivery.wait()
    slack.wait(lambda: app.texts == ["again"])


def test_a_stop_leaves_no_socket_open(slack: FakeSlack) -> None:
    with App(slack, Timeouts()):
        slack.wait(lambda: slack.connections)
        begun = time.monotonic()
    slack.wait(lambda: slack.connections == 0)
    assert time.monotonic() - begun < 5


def test_two_replicas_share_the_events(slack: FakeSlack, matti: User) -> None:
    with App(slack) as one, App(slack) as other:
        slack.wait(lambda: slack.connections == 2)
        for number in range(6):
            slack.write(matti, str(number))
        slack.wait(lambda: len(one.heard) + len(other.heard) == 6)
        assert len({event for event, _ in one.heard + other.heard}) == 6
        assert one.heard
        assert other.heard

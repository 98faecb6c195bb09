"""What bolt does for us: only signed and recent requests are heard, and only kept ones acked.

And what the listeners make of a payload, without an assistant behind them.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest

from bot.channels.slack.channel import Slack
from bot.channels.slack.client import Client
from bot.core.events import Chose, Event, FromCustomer, Said
from bot.errors import StorageError
from tests.fakes.slack import FakeSlack, Fault

SECRET = "a signing secret"
CANARY = "Kanarialintu"


class App:
    """The channel with nothing behind it: what it keeps is a list of ids and events."""

    def __init__(self, slack: FakeSlack, secret: str = SECRET) -> None:
        self.kept: list[str] = []
        self.events: list[Event] = []
        self.storage_works = True
        house: Any = SimpleNamespace(
            inbound=lambda event_id, event, _desk="": (event_id, event),
            staff=lambda _platform: {},
        )
        self.channel = Slack(
            Client(slack.bot_token, slack.api_url),
            house,
            staff_channel="",
            own_teams=frozenset({slack.team}),
            app_token="",
            signing_secret=secret,
            keep=self._keep,
            shut_out=lambda: None,
        )

    async def _keep(self, inbound: Any) -> None:
        if not self.storage_works:
            raise StorageError("the database cannot be reached")
        event_id, event = inbound
        self.kept.append(event_id)
        self.events.append(event)

    def receives(self, headers: dict[str, Any], body: str) -> BoltResponse:
        """Take one HTTP request as the web server hands it over."""
        request = AsyncBoltRequest(body=body, headers=headers, mode="http")
        return asyncio.run(self.channel.bolt.async_dispatch(request))


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as server:
        server.user("U1", "Matti", "matti@example.com")
        yield server


def event(text: str = CANARY, **more: Any) -> str:
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.1"}
    body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T0OWN"}
    return json.dumps(body | {"event": said | {"text": text} | more})


def interaction(**body: Any) -> str:
    user = {"id": "U1", "team_id": "T0OWN"}
    return json.dumps({"type": "block_actions", "user": user, "team": {"id": "T0OWN"}} | body)


def press(action: str, value: str) -> str:
    done = {"action_id": action, "block_id": "b", "value": value, "action_ts": "9.9"}
    where = {"type": "message", "message_ts": "1.0", "channel_id": "D1"}
    return interaction(container=where, actions=[done | {"type": "button"}])


def signed(body: str, *, secret: str = SECRET, age: float = 0) -> dict[str, Any]:
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


@pytest.mark.parametrize("age", [0, 290, -290])
def test_a_signed_and_recent_request_is_heard(slack: FakeSlack, age: float) -> None:
    app = App(slack)
    assert app.receives(signed(event(), age=age), event()).status == 200
    assert app.kept == ["Ev1"]


@pytest.mark.parametrize("age", [310, -310])
def test_a_request_older_than_five_minutes_is_refused(slack: FakeSlack, age: float) -> None:
    app = App(slack)
    assert app.receives(signed(event(), age=age), event()).status == 401
    assert app.kept == []


@pytest.mark.parametrize("secret", ["", " "])
def test_without_a_signing_secret_every_request_is_refused(slack: FakeSlack, secret: str) -> None:
    app = App(slack, secret)
    assert app.receives(signed(event(), secret=secret), event()).status == 401
    assert app.kept == []


def test_an_unsigned_request_makes_no_call_to_slack(slack: FakeSlack) -> None:
    assert App(slack).receives(signed(event(), secret="another"), event()).status == 401
    assert slack.called("auth.test") == []


def test_an_unsigned_ssl_check_is_refused_like_anything_else(slack: FakeSlack) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert App(slack).receives(headers, "ssl_check=1&token=x").status == 401


@pytest.mark.parametrize("secret", [SECRET, "another"])
def test_the_libraries_log_nothing_of_a_request(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    caplog.set_level(logging.DEBUG)
    App(slack).receives(signed(event(), secret=secret), event())
    assert CANARY not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("slack_bolt")]


def test_while_slack_does_not_say_who_the_app_is_events_are_to_come_again(
    slack: FakeSlack,
) -> None:
    """Bolt's own authorisation answers 200 here, after which Slack never delivers it again."""
    app = App(slack)
    slack.faults.append(Fault(method="auth.test", error="internal_error"))
    assert app.receives(signed(event()), event()).status == 503
    assert app.receives(signed(event()), event()).status == 200
    assert app.kept == ["Ev1"]


def test_what_was_not_kept_is_not_acknowledged(slack: FakeSlack) -> None:
    app = App(slack)
    app.storage_works = False
    answer = app.receives(signed(event()), event())
    assert (answer.status, answer.body) == (503, "")


def test_a_retry_is_kept_under_the_id_of_the_first_delivery(slack: FakeSlack) -> None:
    """The first may never have arrived: it is the inbox that tells duplicates, by this id."""
    app = App(slack)
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    for headers in (signed(event()), signed(event()) | retry):
        assert app.receives(headers, event()).status == 200
    assert app.kept == ["Ev1", "Ev1"]


# Listeners


def heard(slack: FakeSlack, body: str) -> list[Event]:
    """Deliver a signed payload; return the events that are kept once it is acknowledged."""
    app = App(slack)
    answer = app.receives(signed(body), body)
    assert (answer.status, answer.body) == (200, "")
    return app.events


def test_a_direct_message_is_an_event_of_its_person(slack: FakeSlack) -> None:
    (came,) = heard(slack, event("&lt;hei&gt;"))
    assert isinstance(came, FromCustomer)
    assert came.event == Said(text="<hei>")


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "channel_join"},
        {"subtype": "me_message"},
        {"subtype": "bot_message", "bot_id": "B9"},
        {"subtype": "message_deleted"},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"type": "reaction_added"},
        {"type": "app_home_opened", "tab": "messages"},
    ],
    ids=str,
)
def test_what_nobody_said_to_the_bot_is_acknowledged_and_not_kept(
    slack: FakeSlack, more: dict[str, Any]
) -> None:
    assert heard(slack, event(**more)) == []


@pytest.mark.parametrize("value", ["yes:99", "", "x" * 2000, "<!channel>"])
def test_a_press_on_a_choice_is_an_event_with_its_token(slack: FakeSlack, value: str) -> None:
    """Whether the token means anything is the core's to say."""
    (came,) = heard(slack, press("choice:0", value))
    assert isinstance(came, FromCustomer)
    assert came.event == Chose(token=value)


@pytest.mark.parametrize("action", ["link", "nothing", "choice", "desk:confirm"])
def test_any_other_press_is_acknowledged_and_means_nothing(slack: FakeSlack, action: str) -> None:
    assert heard(slack, press(action, "yes:1")) == []


@pytest.mark.parametrize("callback", ["request_told", "desk_form", "foreign"])
def test_a_submission_that_nobody_waits_for_is_acknowledged(
    slack: FakeSlack, callback: str
) -> None:
    view = {"type": "modal", "id": "V1", "callback_id": callback, "state": {"values": {}}}
    assert heard(slack, interaction(type="view_submission", view=view)) == []

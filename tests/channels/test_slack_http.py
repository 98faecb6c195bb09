"""Slack over HTTP: signatures, deliveries again, presses and forms, and many events at once."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from bot.content.loaded import Understanding
from bot.errors import StorageError
from tests.fakes.slack import User, plain
from tests.fakes.slack.office import Office

COOKIES = "Mihin käytätte evästeitä?"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known, mode="http") as opened:
        yield opened


@pytest.fixture
def matti(office: Office) -> User:
    return office.customer()


def signed(office: Office, body: bytes, *, at: float = 0.0, secret: str = "") -> dict[str, str]:
    stamp = str(int(at or time.time()))
    key = (secret or office.slack.signing_secret).encode()
    digest = hmac.new(key, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def event(office: Office, matti: User, number: int = 0, text: str = COOKIES) -> bytes:
    said = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": matti.id,
        "team": matti.team,
        "text": text,
        "ts": f"{number}.1",
    }
    body = {
        "type": "event_callback",
        "event_id": f"Ev{matti.id}{number}",
        "team_id": office.slack.team,
        "api_app_id": office.slack.app,
        "event": said,
    }
    return json.dumps(body).encode()


def test_a_request_goes_its_whole_way_over_http(office: Office, matti: User) -> None:
    office.on_file(matti.email)
    number = office.request(matti)
    office.says(matti, office.code(number))
    office.acts(office.aino, "confirm", number)
    office.acts(office.mika, "fulfil", number, extent="kokonaan")
    office.card(number, "toteutettu")
    office.slack.wait(lambda: "on toteutettu" in plain(office.slack.said(matti)[-1]))
    assert {try_.via for delivery in office.slack.deliveries for try_ in delivery.tries} == {"http"}
    assert office.slack.connections == 0


def test_an_address_is_verified(office: Office) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    answer = httpx.post(office.url, content=body, headers=signed(office, body))
    assert (answer.status_code, "abc" in answer.text) == (200, True)
    assert httpx.post(office.url, content=body).status_code == 401


@pytest.mark.parametrize("wrong", [{"secret": "another secret"}, {"off": -400}, {"off": 400}])
def test_what_is_wrongly_signed_is_refused(
    office: Office, matti: User, wrong: dict[str, Any]
) -> None:
    body = event(office, matti)
    at = time.time() + wrong.get("off", 0)
    secret = wrong.get("secret", office.slack.signing_secret)
    headers = signed(office, body, secret=secret, at=at)
    answer = httpx.post(office.url, content=body, headers=headers)
    assert answer.status_code == 401
    unheard(office, matti)


def unheard(office: Office, matti: User) -> None:
    office.says(office.customer(), "hei")
    assert office.slack.said(matti) == []


@pytest.mark.parametrize("header", ["X-Slack-Request-Timestamp", "X-Slack-Signature"])
@pytest.mark.parametrize("value", [None, "", "v0=00", "soon", "ä"])
def test_what_is_not_signed_is_refused(
    office: Office, matti: User, header: str, value: str | None
) -> None:
    body = event(office, matti)
    headers: dict[str, Any] = signed(office, body) | {header: (value or "").encode()}
    if value is None:
        del headers[header]
    assert httpx.post(office.url, content=body, headers=headers).status_code == 401
    unheard(office, matti)


def test_a_signature_is_good_for_its_own_body_only(office: Office, matti: User) -> None:
    headers = signed(office, event(office, matti))
    other = event(office, matti, text="Poistakaa tietoni")
    assert httpx.post(office.url, content=other, headers=headers).status_code == 401
    unheard(office, matti)


def test_a_forged_press_is_refused_without_a_signature(office: Office, matti: User) -> None:
    number = office.opened(matti)
    button = office.card(number).buttons[0]
    pressed = office.slack.press_forged(
        office.sari, office.desk, office.card(number).ts, button.action_id, button.value
    )
    office.acked(pressed)
    office.shown(office.sari)
    office.slack.views.clear()
    body = urlencode({"payload": json.dumps(pressed.body)}).encode()
    headers = signed(office, body, secret="another")
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    assert httpx.post(office.url, content=body, headers=headers).status_code == 401
    assert office.slack.view(office.sari) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"payload=%7B"])
def test_what_cannot_be_read_is_refused_and_does_no_harm(office: Office, content: bytes) -> None:
    answer = httpx.post(office.url, content=content, headers=signed(office, content))
    assert 400 <= answer.status_code < 600
    assert office.says(office.customer(), "hei")


def test_what_is_too_large_is_refused_unread(office: Office) -> None:
    body = b"x" * 300_000
    answer = httpx.post(office.url, content=body, headers=signed(office, body))
    assert answer.status_code == 413


def test_without_a_database_slack_delivers_again(
    office: Office, matti: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> int:
        raise StorageError("the database cannot be reached")

    office.slack.retry_pauses = [0.0, 0.1, 1.0]
    with monkeypatch.context() as patched:
        patched.setattr(office.work.app.intake, "receive", away)
        body = event(office, matti, 1)
        refused = httpx.post(office.url, content=body, headers=signed(office, body))
        assert (refused.status_code, refused.text) == (503, "")
        office.slack.write(matti, COOKIES)
        delivery = office.slack.deliveries[-1]
        office.slack.wait(lambda: len(delivery.tries) >= 2)
    office.acked(delivery)
    assert {try_.trouble for try_ in delivery.tries} == {"http_error", ""}
    office.slack.wait(lambda: office.slack.said(matti))
    unheard_twice(office, matti)


def unheard_twice(office: Office, matti: User) -> None:
    office.says(office.customer(), "hei")
    assert len(office.slack.said(matti)) == 1


def test_an_event_that_comes_twice_is_handled_once(office: Office, matti: User) -> None:
    office.says(matti, COOKIES)
    office.acked(office.slack.repeat_last())
    unheard_twice(office, matti)

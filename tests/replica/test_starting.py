"""While it starts, a service says that it lives and is not ready; then its own pages take over."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from bot.errors import ConfigError
from bot.replica.log import configure_logging
from bot.replica.starting import StartingPages
from tests.fakes.replica import free_port


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def pages(port: int) -> Iterator[StartingPages]:
    with StartingPages([("127.0.0.1", port)]) as started:
        yield started


def get(port: int, page: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}/{page}", timeout=2)


def test_it_lives_but_is_not_ready(pages: StartingPages, port: int) -> None:
    assert (get(port, "healthz").status_code, get(port, "healthz").text) == (200, "alive\n")
    pages.tell("training the model", 0.25)
    ready = get(port, "readyz")
    assert ready.status_code == 503
    assert ready.text == "not ready yet: training the model, 25 %\n"
    assert get(port, "metrics").status_code == 503


def test_an_event_is_not_taken_so_that_it_is_delivered_again(
    pages: StartingPages, port: int
) -> None:
    assert pages
    posted = httpx.post(f"http://127.0.0.1:{port}/http/events", content=b"{}", timeout=2)
    assert posted.status_code == 503


def test_a_half_sent_or_nonsensical_request_holds_nobody_up(
    pages: StartingPages, port: int
) -> None:
    assert pages
    with socket.create_connection(("127.0.0.1", port)) as half:
        half.sendall(b"GET /heal")
        with socket.create_connection(("127.0.0.1", port)) as nonsense:
            nonsense.sendall(b"\xff\r\n\r\n")
            assert nonsense.recv(100).startswith(b"HTTP/1.1 503")
        begun = time.monotonic()
        assert get(port, "healthz").status_code == 200
        assert time.monotonic() - begun < 2


def test_who_has_not_asked_yet_is_cut_off_without_a_word_in_the_log(
    port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = StartingPages([("127.0.0.1", port)])
    with pages, socket.create_connection(("127.0.0.1", port)) as half:
        half.sendall(b"GET /heal")
        assert get(port, "healthz").status_code == 200
        pages.__exit__()
        assert half.recv(100) == b""
    assert "Traceback" not in capfd.readouterr().err


def test_the_address_is_free_again_afterwards(port: int) -> None:
    with (
        StartingPages([("127.0.0.1", port)]),
        socket.create_connection(("127.0.0.1", port)) as half,
    ):
        half.sendall(b"GET /heal")
        assert get(port, "healthz").status_code == 200
    socket.create_server(("127.0.0.1", port)).close()


def test_an_address_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(ConfigError, match=rf"nothing can listen on 127\.0\.0\.1:{port}"),
            StartingPages([("127.0.0.1", port)]),
        ):
            pass


def test_what_takes_long_is_logged_now_and_then(
    pages: StartingPages, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging()
    for hundredth in range(101):
        pages.tell("training", hundredth / 100)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["percent"] for line in lines] == [0, 20, 40, 60, 80, 100]
    assert {(line["event"], line["doing"]) for line in lines} == {("starting", "training")}

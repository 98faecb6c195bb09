"""Somebody opens connections and never ends a request: health is answered, the log stays small."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection

import httpx
import pytest

from bot.content.loaded import Understanding
from bot.replica.connections import KEEP_ALIVE_SECONDS, REQUEST_SECONDS
from tests.fakes.limits import open_files
from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica, until

pytestmark = pytest.mark.long

_HANDLES, _CONNECTIONS = 256, 300
_MOST_LOG = 100_000  # bytes
_HEADERS = b"POST /http/events HTTP/1.1\r\nHost: x\r\n"
_BODY = _HEADERS + b"Content-Length: 1000\r\n\r\n{"


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Replica]:
    assert known  # the model is trained before the process starts
    with Loopback(SECRET) as loopback, ExitStack() as stack:
        with open_files(_HANDLES):
            made = stack.enter_context(Replica(tmp_path_factory.mktemp("few-handles"), loopback))
        yield made


@contextmanager
def half_sent(replica: Replica, part: bytes) -> Iterator[list[socket.socket]]:
    """Hold so many connections open, each with a part of a request."""
    opened: list[socket.socket] = []
    with ExitStack() as stack:
        for _ in range(_CONNECTIONS):
            one = stack.enter_context(socket.socket())
            one.settimeout(2)
            with suppress(OSError):
                one.connect(("127.0.0.1", replica.port))
                one.send(part)
                opened.append(one)
        yield opened


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(b"", marks=pytest.mark.long, id="nothing"),
        pytest.param(_HEADERS, marks=pytest.mark.long, id="headers"),
        pytest.param(_BODY, id="body"),
    ],
)
def test_health_is_answered_and_the_log_stays_small(replica: Replica, part: bytes) -> None:
    before = replica.log.stat().st_size
    with half_sent(replica, part):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            for page, told in (("healthz", "alive\n"), ("readyz", "ready\n")):
                assert httpx.get(f"{replica.health}/{page}").text == told
            time.sleep(0.2)
    until(lambda: replica.post({"id": "0", "person": "matti", "text": "hei"}).is_success)
    written = replica.log.read_bytes()[before:]
    assert len(written) < _MOST_LOG
    for line in written.splitlines():
        json.loads(line)


def test_customers_are_served_while_connections_are_held_open(replica: Replica) -> None:
    with half_sent(replica, _BODY):
        replica.connect_anew()  # an idle connection of before may have made room
        asked = {"id": "1", "person": "matti", "text": "hei"}
        assert replica.post(asked).json() == {"received": True}


def test_a_request_that_is_never_ended_is_not_waited_for(replica: Replica) -> None:
    with socket.create_connection(("127.0.0.1", replica.port)) as one:
        one.sendall(_BODY)
        one.settimeout(20)
        begun = time.monotonic()
        assert one.recv(100) == b""
        assert 5 < time.monotonic() - begun < 15
    assert "Traceback" not in replica.log.read_text()


def test_a_kept_connection_outlives_that_of_a_load_balancer(replica: Replica) -> None:
    """Load balancers keep one for 75 s at most by default: it is they who must close it."""
    assert KEEP_ALIVE_SECONDS > 75
    kept = HTTPConnection("127.0.0.1", replica.port)
    with closing(kept):
        kept.request("GET", "/healthz")
        assert kept.getresponse().read() == b"alive\n"
        kept.sock.settimeout(REQUEST_SECONDS + 2)  # longer than a request may take
        with pytest.raises(TimeoutError):
            kept.sock.recv(1)
        kept.request("GET", "/healthz")
        assert kept.getresponse().read() == b"alive\n"

"""Health has a listener of its own; a port that is taken is refused before anything starts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import httpx
import pytest
from prometheus_client import CollectorRegistry

from bot.config.web import WebSection
from bot.errors import ConfigError
from bot.replica.health import HealthPages, HealthServer
from tests.fakes.replica import free_port


def served(problem: Callable[[], str | None], port: int) -> HealthServer:
    return HealthServer(HealthPages(problem, CollectorRegistry()), "127.0.0.1", port, print)


def test_it_answers_while_the_look_at_the_database_hangs() -> None:
    port, looks, release = free_port(), [0], threading.Event()

    def hang() -> str | None:
        looks[0] += 1
        release.wait(20)
        return None

    with served(hang, port):
        for _ in range(2):
            answer = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=10)
            assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
            assert httpx.get(f"http://127.0.0.1:{port}/healthz").text == "alive\n"
        assert looks == [1], "a second look while the first one hangs"
        release.set()


def test_a_look_that_fails_is_no_sign_of_health() -> None:
    port = free_port()

    def fail() -> str | None:
        raise RuntimeError("Kanarialintu")

    with served(fail, port):
        answer = httpx.get(f"http://127.0.0.1:{port}/readyz")
    assert answer.status_code == 503
    assert "RuntimeError" in answer.text
    assert "Kanarialintu" not in answer.text


def test_a_connection_that_its_client_keeps_is_closed_at_the_end() -> None:
    """Else it would stay open until something collects it."""
    with served(lambda: None, port := free_port()):
        client = socket.create_connection(("127.0.0.1", port), timeout=10)
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 200")
    with client, suppress(ConnectionResetError):
        while client.recv(1000):  # a part of the answer, or the end
            pass


def test_a_port_that_is_taken_is_refused_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port}(.|\n)*\[web\]"):
            served(lambda: None, port).__enter__()


def test_health_is_on_the_next_port_of_loopback_unless_it_is_named() -> None:
    assert WebSection(listen="0.0.0.0:8080").health_address == ("127.0.0.1", 8081)
    assert WebSection(listen="127.0.0.1:0").health_address == ("127.0.0.1", 0)
    assert WebSection(health_listen="[::]:99").health_address == ("::", 99)


@pytest.mark.parametrize(
    "section",
    [{"listen": "127.0.0.1:65535"}, {"health_listen": "127.0.0.1:8080"}, {"health_listen": "x"}],
)
def test_a_listener_without_a_port_of_its_own_is_refused(section: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="port"):
        WebSection(**section)
